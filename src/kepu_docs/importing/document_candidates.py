"""Documents as candidates for the checker: their summaries, each text with its place, headings as they are numbered."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from kepu_docs.checking import Candidate, DocumentPlaces, ReadDocument
from kepu_docs.contract.checks import WrittenHeading
from kepu_docs.importing.documents import SUFFIXES, ImportedSummary, RecordPath, import_document
from kepu_docs.pipeline import Engine
from kepu_docs.reading.decoding import decode
from kepu_docs.schema.written import written_texts

_PLAIN_TEXT = ".txt"


def document_readers(engine: Engine) -> Mapping[str, ReadDocument]:
    """Return what reads the summaries of documents, by the documents' suffixes."""

    def read(path: Path) -> Iterator[Candidate]:
        for summary in import_document(path, engine=engine):
            yield _candidate(path, summary)

    return dict.fromkeys(SUFFIXES, read)


def _candidate(path: Path, imported: ImportedSummary) -> Candidate:
    # Markdown escapes its signs and Word has markup between them: only plain text has the words as they stand.
    text = decode(path.read_bytes(), str(path)) if path.suffix.lower() == _PLAIN_TEXT and not imported.is_ours else ""
    places = DocumentPlaces(str(path), text, written_texts(imported.summary), imported.place)
    outline = tuple(WrittenHeading(each.path, each.level, each.number) for each in imported.outline if each.path)
    return Candidate(imported.summary, places, str(path), outline, frozenset(_unwritten(imported)))


def _unwritten(imported: ImportedSummary) -> Iterator[RecordPath]:
    """Yield the texts of a record that its document does not have: facts are taken out of words that stand there."""
    shown = "".join("".join(line.split()) for line in imported.text)
    for field in written_texts(imported.summary):
        if "".join(field.text.split()) not in shown:
            yield field.path
