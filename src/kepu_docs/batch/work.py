"""What a worker does: records in, finished files in a waiting room out. It decides no names and keeps nothing.

A worker gets plain data and loads its own registry, because the model of a record is made at run time and does not
pickle.
"""

import errno
import hashlib
import json
import os
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import NoneType
from typing import Any, Final, NamedTuple

from kepu_docs.batch.patterns import NamePattern
from kepu_docs.batch.photographs import Photograph, look, look_again
from kepu_docs.composing.snapshots import Snapshot
from kepu_docs.contract.renderers import RenderOptions
from kepu_docs.contract.sources import SourceRecord, Syntax
from kepu_docs.errors import N_, Fault, KepuError, Message, OutputError, Place, RecordError
from kepu_docs.output.files import write_loose
from kepu_docs.pipeline import Engine, default_engine
from kepu_docs.pipeline.keys import in_english
from kepu_docs.reading.records import read_content
from kepu_docs.registry import PluginWarning
from kepu_docs.schema import WorkSummary

DIED: Final = N_("the process that made this record's documents died, twice; is there enough memory?")
FAILED: Final = N_("making its documents failed: {error}")

# These no document escapes; anything else is the matter of one name.
_OF_THE_DISK: Final = frozenset(
    getattr(errno, name, 0)
    for name in ("ENOSPC", "EDQUOT", "EROFS", "EIO", "ENXIO", "ENODEV", "ESTALE", "ENOMEM", "EMFILE", "ENFILE")
)
_PLAIN: Final = (str, int, float, bool, NoneType, Message)


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be made of every record of a run."""

    room: str
    """The waiting room: the folder for finished files until they get their names."""
    pattern: NamePattern
    locale: str
    options: RenderOptions
    embed: bool
    templates: Snapshot | None
    """As they were when the run began; no worker reads the folder again."""
    state: str = ""
    """The sum of all templates: a long-lived worker must not use those of an earlier run."""


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


class Made(NamedTuple):
    """A finished file in the waiting room."""

    format: str
    suffix: str
    file: str
    size: int
    sha256: str


class Who(NamedTuple):
    """Whose record it is, as far as is known."""

    district: str = ""
    street: str = ""
    community: str = ""
    code: str = ""


class Outcome(NamedTuple):
    """What became of a task: files and the name that they are to have, or faults."""

    who: Who
    record: str
    """The SHA-256 of the record."""
    stem: str = ""
    files: tuple[Made, ...] = ()
    photos: tuple[Photograph, ...] = ()
    faults: tuple[Fault, ...] = ()
    fatal: bool = False
    """Whether the faults are those of the disk, which no other record would escape."""


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


def digest(content: bytes | Mapping[str, Any]) -> str:
    """Return the SHA-256 of a record's text or data, in hexadecimal digits."""
    if not isinstance(content, bytes):
        content = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str).encode("utf-8", "surrogatepass")
    # The last record of a file may lack its line end; what stands before the first word of YAML has a meaning.
    return hashlib.sha256(content.strip(b"\r\n")).hexdigest()


def work(job: Job, tasks: Sequence[Task]) -> list[Outcome]:
    """Make the documents of ``tasks`` with the installed plugins."""
    if default_engine.cache_info().currsize:  # threads must not all change the filters of warnings
        return work_with(default_engine(), job, tasks)
    with warnings.catch_warnings():
        # The process that began the run has told which plugins are broken.
        warnings.simplefilter("ignore", PluginWarning)
        engine = default_engine()
    return work_with(engine, job, tasks)


def work_with(engine: Engine, job: Job, tasks: Sequence[Task]) -> list[Outcome]:
    """Make the documents of ``tasks`` with ``engine``; the last outcome is fatal where the disk fails."""
    outcomes: list[Outcome] = []
    for task in tasks:
        outcomes.append(_outcome(engine, job, task))
        if outcomes[-1].fatal:
            break
    return outcomes


def _outcome(engine: Engine, job: Job, task: Task) -> Outcome:
    record = ""
    files: list[Made] = []
    try:
        record = digest(task.content)
        summary = read_summary(engine, task)
        # Looked at before they are used: one that changes meanwhile is seen to have changed.
        began = time.time_ns()
        used = look(task.folder, (photo.file for section in summary.sections for photo in section.photos))
        document = engine.compose(
            summary,
            job.locale,
            photos=Path(task.folder) if task.folder else None,
            embed=job.embed,
            templates=job.templates,
            state=job.state,
        )
        stem = job.pattern.stem(summary, document.title)
        for name in task.formats:
            data = engine.render(document, name, job.options)
            try:
                files.append(_written(job, name, engine.registry.renderer(name).suffix, data))
            except OutputError as error:
                _remove(files)
                return Outcome(_who(summary), record, faults=error.faults, fatal=is_of_the_room(error))
        return Outcome(_who(summary), record, stem, tuple(files), look_again(used, task.folder, began))
    except KeyboardInterrupt:
        raise
    except KepuError as error:
        faults = tuple(_plain(placed(fault, task)) for fault in error.faults)
    except BaseException as error:  # a stranger's plugin may raise anything, and even call sys.exit()
        faults = (Fault(place_of(task), FAILED, (("error", shown(error)),)),)
    _remove(files)
    return Outcome(guess(engine, task), record, faults=faults)


def read_summary(engine: Engine, task: Task) -> WorkSummary:
    """Return the summary of a record. Raises ``RecordError`` with all its faults, those that its source saw too."""
    if task.faults:
        raise RecordError([*task.faults, *(_faults(engine, task) if task.placed else ())])
    return engine.read(task.content, task.syntax, task.name, task.line)


def _faults(engine: Engine, task: Task) -> tuple[Fault, ...]:
    """Return what is wrong with a record besides what its source has seen."""
    try:
        engine.read(task.content, task.syntax, task.name, task.line)
    except RecordError as error:
        return error.faults
    return ()


def _written(job: Job, format_name: str, suffix: str, data: bytes) -> Made:
    file = write_loose(job.room, data)
    return Made(format_name, suffix, file, len(data), hashlib.sha256(data).hexdigest())


def _remove(files: Sequence[Made]) -> None:
    for made in files:
        with suppress(OSError):
            os.unlink(made.file)


def is_of_the_disk(error: OutputError) -> bool:
    """Tell whether the disk failed, which no other document would escape."""
    return isinstance(error.__cause__, OSError) and error.__cause__.errno in _OF_THE_DISK


def is_of_the_room(error: OutputError) -> bool:
    """Tell whether nothing can be written in the waiting room: all but for a single file that is too large."""
    return not (isinstance(error.__cause__, OSError) and error.__cause__.errno == errno.EFBIG)


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


def _plain(fault: Fault) -> Fault:
    """Return a fault that can go to another process, and be told there, whatever a plugin put into it."""
    values = tuple((name, value if isinstance(value, _PLAIN) else shown(value, str)) for name, value in fault.values)
    plain = replace(fault, values=values)
    try:
        plain.told(str)
    except Exception:  # the text has a {name} without a value, or stray braces
        return Fault(fault.place, "{text}", (("text", fault.text),))
    return plain


def shown(value: object, form: Callable[[object], str] = repr) -> str:
    """Return what a stranger's object says of itself, if it can."""
    try:
        return form(value)[:500]
    except Exception:
        return type(value).__name__


def _who(summary: WorkSummary) -> Who:
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
