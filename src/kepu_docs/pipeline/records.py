"""The one path from a record of a source to its summary, for all code that processes many records."""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from kepu_docs.composing.snapshots import Snapshot
from kepu_docs.contract.renderers import RenderOptions
from kepu_docs.contract.sources import RecordForm, SourceRecord
from kepu_docs.errors import Fault, InternalError, KepuError, Place, RecordError
from kepu_docs.locale.chain import DEFAULT_LOCALE
from kepu_docs.output.file_names import NamesTaken
from kepu_docs.output.files import write_files
from kepu_docs.pipeline import Engine
from kepu_docs.pipeline.document_settings import NO_SETTINGS, DocumentSettings
from kepu_docs.pipeline.engine import NO_OPTIONS
from kepu_docs.pipeline.keys import in_english
from kepu_docs.pipeline.newcomers import Newcomers
from kepu_docs.pipeline.taken_levels import TakenLevels, taken_level
from kepu_docs.reading.records import read_content
from kepu_docs.schema import WorkSummary
from kepu_docs.schema.text import showable

_logger = logging.getLogger(__name__)
_LONGEST_NAME = 60
"""Of a community in a faulty record, in characters."""
_step = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


class Who(NamedTuple):
    """Whose record it is, as far as is known."""

    district: str = ""
    street: str = ""
    community: str = ""
    code: str = ""


class Made(NamedTuple):
    """The documents of one record."""

    title: str
    documents: list[tuple[str, bytes]]
    """Suffix and content of each document, in the order of the formats."""
    remarks: tuple[Fault, ...]
    """What to check in the documents: names that were converted."""


class Written(NamedTuple):
    """What was written for one record."""

    paths: list[Path]
    remarks: tuple[Fault, ...]
    """As in :class:`Made`."""


def read_summary(engine: Engine, record: SourceRecord, *, placed: bool = False) -> WorkSummary:
    """Return the summary of a record. Raises ``RecordError`` with all its faults, also those its source found.

    They are reported together if the source knows the place of each value; ``placed`` says that it does, for a record
    that comes from another process without its ``find``.
    """
    if record.faults:
        raise RecordError([*record.faults, *(_faults(engine, record) if placed or record.find is not None else ())])
    return engine.read(record.content, record.syntax, record.name, record.line)


def summary_of(engine: Engine, record: SourceRecord) -> WorkSummary:
    """Return the summary of a source's record. Raises ``RecordError`` with all faults at the places in the source."""
    try:
        return read_summary(engine, record)
    except RecordError as error:
        raise RecordError(placed_faults(error.faults, record, with_field=True)) from None


def render_record(
    engine: Engine,
    record: SourceRecord,
    formats: Sequence[str],
    locale: str = DEFAULT_LOCALE,
    options: RenderOptions = NO_OPTIONS,
    *,
    embed: bool = True,
    templates: Snapshot | None = None,
    convert: bool = False,
    settings: DocumentSettings = NO_SETTINGS,
    levels: TakenLevels | None = None,
    newcomers: Newcomers | None = None,
) -> Made:
    """Return the documents of one record.

    With ``convert`` they show the record's words in Traditional characters. A level that was derived from the writer's
    name is noted in ``levels``, a community without an earlier record in the ``settings`` in ``newcomers``. The faults
    of a ``KepuError`` name the record.
    """
    with naming(record):
        summary = settings.applied(read_summary(engine, record))
        photos = Path(record.folder) if record.folder else None
        converted = engine.converted(summary, locale) if convert else None
        document = engine.compose(
            summary,
            locale,
            photos=photos,
            embed=embed,
            templates=templates,
            convert=converted or False,
            form=engine.form_plan(options),
        )
        documents = [
            (engine.registry.renderer(name).suffix, engine.render(document, name, options)) for name in formats
        ]
    _logger.info("%s: rendered as %s", place_of(record), ", ".join(formats))
    if levels is not None:
        levels.add(taken_level(summary.community), summary.community.name)
    if newcomers is not None and settings.earlier is not None and summary.earlier is None:
        newcomers.add(summary.community.name)
    return Made(document.title, documents, converted.remarks(place_of(record)) if converted else ())


def write_made(made: Made, record: SourceRecord, folder: Path, names: NamesTaken) -> Written:
    """Write the documents of one record, all of them or none.

    They are named after the document's title; ``names`` are the names already used. The faults of a ``KepuError`` name
    the record.
    """
    with naming(record):
        longest = max((suffix for suffix, _ in made.documents), key=len)
        stem = names.take(made.title, longest).removesuffix(longest)
        files = [(folder / (stem + suffix), content) for suffix, content in made.documents]
        write_files(files)
    _logger.info("%s: written as %s", place_of(record), stem)
    return Written([path for path, _ in files], made.remarks)


@contextmanager
def naming(record: SourceRecord, *, with_field: bool = False) -> Iterator[None]:
    """Make the faults of every error name the record; an unexpected error becomes an ``InternalError``."""
    try:
        yield
    except KepuError as error:
        raise type(error)(placed_faults(error.faults, record, with_field=with_field)) from error
    except (Exception, SystemExit) as error:  # an internal error, which need not affect the next record
        raise InternalError.of(error, place_of(record)) from error


def _faults(engine: Engine, record: SourceRecord) -> tuple[Fault, ...]:
    """Return the faults of a record other than those that its source found."""
    try:
        engine.read(record.content, record.syntax, record.name, record.line)
    except RecordError as error:
        return error.faults
    return ()


def place_of(record: SourceRecord) -> Place:
    """Return the place of a record."""
    if isinstance(record.content, bytes):
        return Place(record.name, record.line if record.place else None)
    return Place(record.name, cell=record.place)


def placed(fault: Fault, record: SourceRecord) -> Fault:
    """Return a fault that names the record: faults of composing only know the field."""
    place = fault.place
    whole = place_of(record)
    if place.line is None and not place.cell and not isinstance(record.content, bytes):
        return replace(fault, place=replace(place, record=record.name, cell=record.place))
    if place.record:
        return fault
    return replace(fault, place=replace(place, record=record.name, line=whole.line))


def who_of(summary: WorkSummary) -> Who:
    """Return whose record a summary is."""
    community = summary.community
    return Who(community.district or "", community.street or "", community.name, community.code or "")


def guess(engine: Engine, record: SourceRecord) -> Who:
    """Return the probable owner of a faulty record: an operator must know to whom it goes back.

    What a faulty record calls its community may be any text; what is returned can be shown in every document.
    """
    given = guessed_community(record, RecordForm(engine.registry.model, engine.languages.vocabulary))
    known = (given.get(name) for name in ("district", "street", "name", "code"))
    return Who(*(showable(showable(each)[:_LONGEST_NAME]) if isinstance(each, str) else "" for each in known))


def guessed_community(record: SourceRecord, form: RecordForm) -> Mapping[str, Any]:
    """Return what a record, even a faulty one, says of its community, with English keys; nothing if it says nothing."""
    data: Any = record.content
    try:
        if isinstance(data, bytes):
            data = read_content(data, name=record.name, syntax=record.syntax).data
        given = in_english(data, form.model, form.vocabulary).data.get("community")
    except Exception:  # it may be anything
        return {}
    return given if isinstance(given, Mapping) else {}


def found_fault(fault: Fault, record: SourceRecord, *, with_field: bool = False) -> Fault:
    """Return a fault with the place that the record's source knows: people look for a cell rather than a field.

    Programs look for both, and get the field ``with_field``; the field is also given if there is no cell.
    """
    if record.find is None or not fault.place.field:
        return fault
    try:
        path = tuple(int(step[1]) if step[1] else step[2] for step in _step.finditer(fault.place.field))
        place = record.find(path)
    except Exception:  # a foreign source may raise anything; the field also is a place
        return fault
    if with_field or (place.line is None and not place.cell):
        place = replace(place, field=fault.place.field)
    return replace(fault, place=place)


def found_faults(faults: Sequence[Fault], record: SourceRecord, *, with_field: bool = False) -> list[Fault]:
    """Return faults with their places. A value that the source could not read is not also reported as missing."""
    found = [found_fault(fault, record, with_field=with_field) for fault in faults]
    if not record.faults:
        return found
    first: dict[Place, Fault] = {}
    for given, fault in zip(faults, found, strict=True):
        place = found_fault(given, record).place
        # A source may know by what name its readers miss something in a row.
        is_cell = place.cell and place.field == given.place.field
        first.setdefault(replace(place, field="") if is_cell else place, fault)
    return list(first.values())


def placed_faults(faults: Sequence[Fault], record: SourceRecord, *, with_field: bool = False) -> list[Fault]:
    """Return faults of reading or composing a record, each with the record's name and its place in the source."""
    return found_faults([placed(fault, record) for fault in faults], record, with_field=with_field)
