"""The one way from a record of a source to its summary, for all that work on many records."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from kepu_docs.contract.renderers import RenderOptions
from kepu_docs.contract.sources import SourceRecord, Syntax
from kepu_docs.errors import Fault, InternalError, KepuError, Place, RecordError
from kepu_docs.locale.chain import DEFAULT_LOCALE
from kepu_docs.output.file_names import NamesTaken
from kepu_docs.output.files import write_files
from kepu_docs.pipeline import Engine
from kepu_docs.pipeline.keys import in_english
from kepu_docs.reading.records import read_content
from kepu_docs.schema import WorkSummary

_NO_OPTIONS: Final = RenderOptions()

_step = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


class Task(NamedTuple):
    """One record for a worker, and the formats that are wanted of it."""

    formats: tuple[str, ...]
    name: str
    content: bytes | Mapping[str, Any]
    syntax: Syntax
    place: str
    line: int
    folder: str
    faults: tuple[Fault, ...]
    placed: bool = False
    """Whether the source can tell the place of each value: then all faults are told together."""


class Who(NamedTuple):
    """Whose record it is, as far as is known."""

    district: str = ""
    street: str = ""
    community: str = ""
    code: str = ""


def task_of(record: SourceRecord, formats: tuple[str, ...]) -> Task:
    """Return a record as it is sent to a worker."""
    return Task(
        formats,
        record.name,
        record.content,
        record.syntax,
        record.place,
        record.line,
        record.folder,
        record.faults,
        record.find is not None,
    )


def read_summary(engine: Engine, task: Task) -> WorkSummary:
    """Return the summary of a record. Raises ``RecordError`` with all its faults, those that its source saw too."""
    if task.faults:
        raise RecordError([*task.faults, *(_faults(engine, task) if task.placed else ())])
    return engine.read(task.content, task.syntax, task.name, task.line)


def summary_of(engine: Engine, record: SourceRecord) -> WorkSummary:
    """Return the summary of a source's record. Raises ``RecordError`` with all faults, placed as the source knows."""
    try:
        return read_summary(engine, task_of(record, ()))
    except RecordError as error:
        raise RecordError(placed_faults(error.faults, record, with_field=True)) from None


def render_record(
    engine: Engine,
    record: SourceRecord,
    formats: Sequence[str],
    folder: Path,
    names: NamesTaken,
    locale: str = DEFAULT_LOCALE,
    options: RenderOptions = _NO_OPTIONS,
    *,
    embed: bool = True,
    templates: Path | None = None,
) -> list[Path]:
    """Write the documents of one record, all of them or none, and return their paths.

    They are named for the summary's title; ``names`` are those already given out. The faults of a ``KepuError`` name
    the record.
    """
    task = task_of(record, ())
    try:
        summary = read_summary(engine, task)
        photos = Path(record.folder) if record.folder else None
        document = engine.compose(summary, locale, photos=photos, embed=embed, templates=templates)
        renderers = [engine.registry.renderer(name) for name in formats]
        contents = [engine.render(document, name, options) for name in formats]
        longest = max((renderer.suffix for renderer in renderers), key=len)
        stem = names.take(document.title, longest).removesuffix(longest)
        paths = [folder / (stem + renderer.suffix) for renderer in renderers]
        write_files(list(zip(paths, contents, strict=True)))
    except KepuError as error:
        raise type(error)(placed_faults(error.faults, record)) from error
    except (Exception, SystemExit) as error:  # a fault of ours, which the next record need not have
        raise InternalError.of(error, place_of(task)) from error
    return paths


def _faults(engine: Engine, task: Task) -> tuple[Fault, ...]:
    """Return what is wrong with a record besides what its source has seen."""
    try:
        engine.read(task.content, task.syntax, task.name, task.line)
    except RecordError as error:
        return error.faults
    return ()


def place_of(task: Task) -> Place:
    """Return where a record stands."""
    if isinstance(task.content, bytes):
        return Place(task.name, task.line if task.place else None)
    return Place(task.name, cell=task.place)


def placed(fault: Fault, task: Task) -> Fault:
    """Let a fault name the record: those of composing know but the field."""
    place = fault.place
    whole = place_of(task)
    if place.line is None and not place.cell and not isinstance(task.content, bytes):
        return replace(fault, place=replace(place, record=task.name, cell=task.place))
    if place.record:
        return fault
    return replace(fault, place=replace(place, record=task.name, line=whole.line))


def who_of(summary: WorkSummary) -> Who:
    """Return whose record a summary is."""
    community = summary.community
    return Who(community.district or "", community.street or "", community.name, community.code or "")


def guess(engine: Engine, task: Task) -> Who:
    """Return whose record it seems to be, though it is wrong: an operator must know to whom it goes back."""
    data: Any = task.content
    try:
        if isinstance(data, bytes):
            data = read_content(data, name=task.name, syntax=task.syntax).data
        given = in_english(data, engine.registry.model, engine.languages.vocabulary).data.get("community")
    except Exception:  # it may be anything
        return Who()
    if not isinstance(given, Mapping):
        return Who()
    known = (given.get(name) for name in ("district", "street", "name", "code"))
    return Who(*(each[:60] if isinstance(each, str) else "" for each in known))


def found_fault(fault: Fault, record: SourceRecord, *, with_field: bool = False) -> Fault:
    """Return a fault with the place that the record's source knows for it: people look for a cell, not for a field.

    Programs look for both, and get the field ``with_field``.
    """
    if record.find is None or not fault.place.field:
        return fault
    try:
        path = tuple(int(step[1]) if step[1] else step[2] for step in _step.finditer(fault.place.field))
        place = record.find(path)
    except Exception:  # a stranger's source may raise anything; the field is a place as well
        return fault
    return replace(fault, place=replace(place, field=fault.place.field) if with_field else place)


def found_faults(faults: Sequence[Fault], record: SourceRecord, *, with_field: bool = False) -> list[Fault]:
    """Return faults with their places. What the source could not read is missing too, which is not told as well."""
    found = [found_fault(fault, record, with_field=with_field) for fault in faults]
    if not record.faults:
        return found
    first: dict[Place, Fault] = {}
    for fault in found:
        first.setdefault(replace(fault.place, field="") if fault.place.cell else fault.place, fault)
    return list(first.values())


def placed_faults(faults: Sequence[Fault], record: SourceRecord, *, with_field: bool = False) -> list[Fault]:
    """Return faults of reading or composing a record, each with the record's name and the place in its source."""
    task = task_of(record, ())
    return found_faults([placed(fault, task) for fault in faults], record, with_field=with_field)
