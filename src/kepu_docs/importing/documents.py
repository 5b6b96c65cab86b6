"""An existing document as a record: Word, plain text or Markdown.

:func:`import_document` returns an :class:`ImportedSummary` for each summary in a file; most files have one. Its
``record`` loses no word of the document: the text of its sections is in ``written``, in the original order, and facts
that are certain are in typed fields as well. ``place(path)`` of each value is its place in the document; ``outline``
has the headings with their numbers as written.

A Word document written by kepu-docs gives its record, and ``changes`` lists what was changed in it since.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kepu_docs.contract.renderers import RenderOptions
from kepu_docs.errors import N_, DocumentError, KepuError, Message, Place
from kepu_docs.importing.changes import changes_since
from kepu_docs.importing.lines import Content, Note
from kepu_docs.importing.reading import read_content, read_form_content
from kepu_docs.importing.result import (
    Change,
    Given,
    ImportedFact,
    ImportedSummary,
    OutlineEntry,
    RecordPath,
    outline_entry,
)
from kepu_docs.importing.structure.elements import Heading
from kepu_docs.importing.structure.frame import framed
from kepu_docs.importing.structure.outline import outline
from kepu_docs.pipeline import Engine, default_engine, read_reference
from kepu_docs.pipeline.validation import field_name
from kepu_docs.schema import WorkSummary
from kepu_docs.schema.text import LIST_LENGTH, PARAGRAPH_LENGTH

# What finds structure and facts, and what reads forms, is imported when it is needed: a document of kepu-docs, which
# carries its record, needs neither.
if TYPE_CHECKING:
    from kepu_docs.importing.assembling import Assembler
    from kepu_docs.importing.forms.placeholder_facts import PlaceholderFacts

__all__ = [
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
    form: str | PathLike[str] | bytes | None = None,
    engine: Engine | None = None,
) -> tuple[ImportedSummary, ...]:
    """Return the summaries of a document: .docx, .txt or .md; with a ``form``, of a filled form, .docx or .xlsx.

    ``period`` and ``community`` state what the document does not. ``full_width`` makes punctuation between hanzi
    full-width. ``form`` is the form that the document was filled into, with its placeholders: if the document does not
    carry its record, the text in their places is read.

    Raises ``DocumentError`` for a document that is broken, refused, or empty, or does not match the form;
    ``TemplateError`` for a faulty form, and ``RecordError`` for a file that cannot be read or for a faulty record in a
    document of kepu-docs.
    """
    given = Given(None if period is None else str(period), community)
    engine = engine or default_engine()
    content = read_content(Path(path)) if form is None else read_form_content(Path(path))
    if form is not None:
        return (_of_form(Path(path), content, form, engine, given),)
    return imported(content, engine, given, full_width=full_width)


def _of_form(
    path: Path, content: Content, form: str | PathLike[str] | bytes, engine: Engine, given: Given
) -> ImportedSummary:
    """Return the summary of a filled form: the record that it carries with the changes since, or the text in it.

    Raises ``DocumentError`` for a document that does not match the form.
    """
    from kepu_docs.importing.forms.form_documents import form_changes, import_form

    data, name = read_reference(form), content.name
    options = RenderOptions(form=data)
    engine.require_form(options)
    try:
        filled = engine.form_layout(path.read_bytes())
    except DocumentError as error:
        raise DocumentError([replace(each, place=Place(name)) for each in error.faults]) from None
    layout, source = engine.form_layout(data), Place(name)
    if not content.record:
        return import_form(filled, layout, name, engine, given, _placeholders(engine), _assembler(engine))

    def changes(summary: WorkSummary) -> Iterable[Change]:
        document = engine.compose(summary, embed=False, form=engine.form_plan(options))
        again = engine.form_layout(engine.render(document, path.suffix.lower().lstrip("."), options))
        return form_changes(filled, again, layout, name, source)

    return _ours(content, engine, source, changes)


@cache
def _placeholders(engine: Engine) -> "PlaceholderFacts":
    from kepu_docs.importing.forms.placeholder_facts import PlaceholderFacts
    from kepu_docs.pipeline.forms import FormPreparer

    preparer = FormPreparer(engine.registry)
    return PlaceholderFacts(engine.registry, preparer.names, preparer.frame)


def imported(
    content: Content, engine: Engine, given: Given, *, full_width: bool = False
) -> tuple[ImportedSummary, ...]:
    """Return the summaries of a document that has been read."""
    source = Place(content.name)
    if content.record:
        return (_ours(content, engine, source),)
    if not content.lines:
        raise DocumentError.at(source, N_("the document has no text"))
    if len(content.lines) > _MOST_LINES:
        text = N_("the document has {count} paragraphs; at most {limit} are allowed")
        raise DocumentError.at(source, text, count=len(content.lines), limit=_MOST_LINES)
    from kepu_docs.importing.assembling import bounded
    from kepu_docs.importing.punctuation import widened
    from kepu_docs.importing.structure.furniture import pieces
    from kepu_docs.importing.structure.gluing import glued
    from kepu_docs.importing.structure.joining import joined

    lines, count = widened(content.lines) if full_width else (content.lines, 0)
    assembler = _assembler(engine)
    summaries: list[ImportedSummary] = []
    parted = [part for line in joined(lines) for part in glued(line)]
    for number, piece in enumerate(pieces(bounded(parted, PARAGRAPH_LENGTH))):
        # Notes about the whole document come with its first summary.
        notes = content.notes if number == 0 else ()
        summaries.append(assembler.summary(piece, given, source, notes, count if number == 0 else 0))
    return tuple(summaries)


@cache
def _assembler(engine: Engine) -> "Assembler":
    from kepu_docs.importing.assembling import Assembler

    return Assembler(engine)


def _ours(
    content: Content, engine: Engine, source: Place, changes_of: Callable[[WorkSummary], Iterable[Change]] | None = None
) -> ImportedSummary:
    """Return the record that a document carries, with later changes; ``changes_of`` replaces the comparison."""
    summary = engine.read(content.record.encode(), "json", content.name)
    notes = list(content.notes)
    try:
        changes = changes_since(content, summary, engine) if changes_of is None else tuple(changes_of(summary))
    except KepuError as error:
        changes = ()
        why = Message.of(N_("later changes are unknown: {reason}"), reason=str(error))
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
