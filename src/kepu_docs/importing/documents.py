"""An existing document as a record: Word, plain text or Markdown.

:func:`import_document` gives an :class:`ImportedSummary` for each summary in a file, of which mostly there is one. Its
``record`` loses no word of the document: what its sections say stands in ``written``, in the order in which it was
written, and facts that are sure stand in typed fields beside it. ``place(path)`` of each value is where in the
document it stands; ``outline`` has the headings with their numbers as written.

A Word document of ours gives back its record, and ``changes`` says what was changed in it since.
"""

import json
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Final

from kepu_docs.errors import N_, DocumentError, KepuError, Message, Place
from kepu_docs.importing.assembling import Assembler, Given, bounded, outline_entry
from kepu_docs.importing.changes import changes_since
from kepu_docs.importing.lines import Content, Note
from kepu_docs.importing.punctuation import widened
from kepu_docs.importing.reading import SUFFIXES, read_content
from kepu_docs.importing.result import Change, ImportedFact, ImportedSummary, OutlineEntry, RecordPath
from kepu_docs.importing.structure.elements import Heading
from kepu_docs.importing.structure.frame import framed
from kepu_docs.importing.structure.furniture import pieces
from kepu_docs.importing.structure.gluing import glued
from kepu_docs.importing.structure.joining import joined
from kepu_docs.importing.structure.outline import outline
from kepu_docs.pipeline import Engine, default_engine
from kepu_docs.pipeline.validation import field_name
from kepu_docs.schema.text import LIST_LENGTH, PARAGRAPH_LENGTH

__all__ = [
    "SUFFIXES",
    "Change",
    "ImportedFact",
    "ImportedSummary",
    "Note",
    "OutlineEntry",
    "RecordPath",
    "field_name",
    "import_document",
]

_MOST_LINES: Final = LIST_LENGTH


def import_document(
    path: str | PathLike[str],
    *,
    period: str | int | None = None,
    community: str | None = None,
    full_width: bool = False,
    engine: Engine | None = None,
) -> tuple[ImportedSummary, ...]:
    """Return the summaries of a document: .docx, .txt or .md.

    ``period`` and ``community`` say what the document does not. ``full_width`` makes punctuation between hanzi
    full-width. Raises ``DocumentError`` for a document that is broken, refused, or empty, and ``RecordError`` for a
    file that cannot be read, or a record of ours that is wrong.
    """
    given = Given(None if period is None else str(period), community)
    return imported(read_content(Path(path)), engine or default_engine(), given, full_width=full_width)


def imported(
    content: Content, engine: Engine, given: Given, *, full_width: bool = False
) -> tuple[ImportedSummary, ...]:
    """Return the summaries of a document that was read."""
    source = Place(content.name)
    if content.record:
        return (_ours(content, engine, source),)
    if not content.lines:
        raise DocumentError.at(source, N_("the document holds no text"))
    if len(content.lines) > _MOST_LINES:
        text = N_("the document has {count} paragraphs; at most {limit} are allowed")
        raise DocumentError.at(source, text, count=len(content.lines), limit=_MOST_LINES)
    lines, count = widened(content.lines) if full_width else (content.lines, 0)
    assembler = _assembler(engine)
    summaries: list[ImportedSummary] = []
    parted = [part for line in joined(lines) for part in glued(line)]
    for number, piece in enumerate(pieces(bounded(parted, PARAGRAPH_LENGTH))):
        # What belongs to the whole document comes with its first summary.
        notes = content.notes if number == 0 else ()
        summaries.append(assembler.summary(piece, given, source, notes, count if number == 0 else 0))
    return tuple(summaries)


@cache
def _assembler(engine: Engine) -> Assembler:
    return Assembler(engine)


def _ours(content: Content, engine: Engine, source: Place) -> ImportedSummary:
    """Return the record that a document of ours carries, and what was changed since."""
    summary = engine.read(content.record.encode(), "json", content.name)
    notes = list(content.notes)
    try:
        changes = changes_since(content, summary, engine)
    except KepuError as error:
        changes = ()
        why = Message.of(N_("what was changed since is not known: {reason}"), reason=str(error))
        notes.append(Note(source, "", why))
    _, lines = framed(content.lines)
    headings = [element for element in outline(lines, []) if isinstance(element, Heading)]
    return ImportedSummary(
        record=json.loads(content.record),
        summary=summary,
        title=summary.title or (content.lines[0].text if content.lines else ""),
        text=tuple(line.shown for line in content.lines),
        text_places=tuple(line.place for line in content.lines),
        outline=tuple(map(outline_entry, headings)),
        unclear=tuple(notes),
        changes=changes,
        is_ours=True,
        source=source,
    )
