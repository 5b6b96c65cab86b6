"""Documents as candidates for the checker: their summaries, with the place of each text and the numbers of headings."""

import re
from collections.abc import Iterator
from pathlib import Path

from kepu_docs.checking import Candidate, DocumentPlaces
from kepu_docs.contract.checks import WrittenHeading, WrittenNumber
from kepu_docs.importing.documents import ImportedSummary, RecordPath, import_document
from kepu_docs.importing.structure.numbering_marks import mark_of
from kepu_docs.importing.suffixes import PLAIN_TEXT
from kepu_docs.pipeline import Engine
from kepu_docs.reading.decoding import decode
from kepu_docs.schema.written import written_texts

_LONGEST_NUMBER = 8
_number = re.compile(r"[(（]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）]?[、.．，,：:]{0,2}[ \u3000]*$")


def document_candidates(engine: Engine, path: Path) -> Iterator[Candidate]:
    """Yield the summaries of a document. Raises as :func:`import_document` does."""
    for summary in import_document(path, engine=engine):
        yield _candidate(path, summary)


def _candidate(path: Path, imported: ImportedSummary) -> Candidate:
    # Markdown escapes its signs and Word puts markup between words: only plain text contains the words as they are.
    text = decode(path.read_bytes(), str(path)) if path.suffix.lower() == PLAIN_TEXT and not imported.is_ours else ""
    places = DocumentPlaces(str(path), text, written_texts(imported.summary), imported.place)
    outline = tuple(WrittenHeading(each.path, each.level, each.number) for each in imported.outline if each.path)
    return Candidate(
        imported.summary,
        places,
        str(path),
        outline,
        frozenset(_unwritten(imported)),
        tuple(_numbered_points(imported)),
        frozenset(fact.path for fact in imported.facts if fact.guess is not None),
    )


def _numbered_points(imported: ImportedSummary) -> Iterator[WrittenNumber]:
    """Yield the numbers of points as they are written before them in the document."""
    lines: dict[int | None, list[tuple[int, str]]] = {}
    for text, place in zip(imported.text, imported.text_places, strict=True):
        lines.setdefault(place.line, []).append((place.column or 1, text))
    for field in written_texts(imported.summary):
        if len(field.path) > 1 and field.path[-2] == "points":
            place = imported.place(field.path)
            for column, text in reversed(lines.get(place.line, [])):
                if place.column is None or column <= place.column:
                    # The point begins after its number; if its column is not known, the number begins the line.
                    mark = mark_of(text)
                    end = place.column - column if place.column else mark.end if mark else 0
                    number = _number.search(text[max(end - _LONGEST_NUMBER, 0) : end])
                    if number:
                        yield WrittenNumber(field.path, number[0].strip())
                    break


def _unwritten(imported: ImportedSummary) -> Iterator[RecordPath]:
    """Yield the texts of a record that its document does not contain, such as facts derived from its words."""
    shown = "".join("".join(line.split()) for line in imported.text)
    for field in written_texts(imported.summary):
        if "".join(field.text.split()) not in shown:
            yield field.path
