"""The work of a worker: records in, finished files in a waiting room out. It assigns no names and keeps no state.

A worker gets plain data and loads its own registry, because the model of a record is made at run time and cannot be
pickled.
"""

import errno
import hashlib
import json
import os
import time
import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

from kepu_docs.batch.patterns import NamePattern, period_text
from kepu_docs.batch.photographs import Photograph, look, look_again
from kepu_docs.composing.snapshots import Snapshot
from kepu_docs.contract.renderers import RenderOptions
from kepu_docs.contract.sources import SourceRecord
from kepu_docs.errors import N_, Fault, KepuError, OutputError
from kepu_docs.output.files import write_loose
from kepu_docs.pipeline import Engine, default_engine, has_default_engine
from kepu_docs.pipeline.document_settings import NO_SETTINGS, DocumentSettings
from kepu_docs.pipeline.own_templates import sendable, shown
from kepu_docs.pipeline.records import Who, guess, place_of, placed, read_summary, who_of
from kepu_docs.pipeline.taken_levels import taken_level
from kepu_docs.pipeline.traditional import ConvertedName
from kepu_docs.registry import PluginWarning
from kepu_docs.schema.levels import Level

DIED: Final = N_("the process that made this record's documents died twice; is there enough memory?")
FAILED: Final = N_("making its documents failed: {error}")

_MOST_NAMES: Final = 200
"""The most names of a record that a run keeps for review; those with characters of several forms come first."""

# These affect every document; any other error affects a single name.
_OF_THE_DISK: Final = frozenset(
    getattr(errno, name, 0)
    for name in ("ENOSPC", "EDQUOT", "EROFS", "EIO", "ENXIO", "ENODEV", "ESTALE", "ENOMEM", "EMFILE", "ENFILE")
)


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be made from every record of a run."""

    room: str
    """The waiting room: the folder for finished files until they get their names."""
    pattern: NamePattern
    locale: str
    options: RenderOptions
    embed: bool
    templates: Snapshot | None
    """The contents when the run began; workers do not read the folder again."""
    state: str = ""
    """The hash of all templates: a long-lived worker must not use those of an earlier run."""
    convert: bool = False
    """Whether the records' words are shown in Traditional characters."""
    settings: DocumentSettings = NO_SETTINGS
    """How documents are worded, and what their figures are compared with."""


class Task(NamedTuple):
    """One record for a worker, and the formats requested for it."""

    record: SourceRecord
    """Without its ``find`` and its warnings, which stay in the process that reads the source."""
    formats: tuple[str, ...]
    placed: bool
    """Whether the source knows the place of each value."""

    @classmethod
    def of(cls, record: SourceRecord, formats: tuple[str, ...]) -> Self:
        """Return a record as it is sent to a worker."""
        return cls(replace(record, find=None, warnings=()), formats, record.find is not None)


class Made(NamedTuple):
    """A finished file in the waiting room."""

    format: str
    suffix: str
    file: str
    size: int
    sha256: str


class Outcome(NamedTuple):
    """The outcome of a task: files and the name requested for them, or faults."""

    who: Who
    record: str
    """The SHA-256 of the record."""
    stem: str = ""
    files: tuple[Made, ...] = ()
    photos: tuple[Photograph, ...] = ()
    faults: tuple[Fault, ...] = ()
    period: str = ""
    """The period of the record, as records write it."""
    names: tuple[ConvertedName, ...] = ()
    """Names that were converted, to be reviewed."""
    level: Level | None = None
    """The level that was inferred from the writer's name, if the record does not state it."""
    compared: bool = True
    """Whether there was an earlier record of the community, if the run has earlier records."""
    fatal: bool = False
    """Whether the faults are those of the disk, which would affect every other record too."""


def digest(content: bytes | Mapping[str, Any]) -> str:
    """Return the SHA-256 of a record's text or data, in hexadecimal digits."""
    if not isinstance(content, bytes):
        content = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str).encode("utf-8", "surrogatepass")
    # The last record of a file may lack its line end; leading white space of YAML is significant.
    return hashlib.sha256(content.strip(b"\r\n")).hexdigest()


def work(job: Job, tasks: Sequence[Task]) -> list[Outcome]:
    """Make the documents of ``tasks`` with the installed plugins."""
    if has_default_engine():  # threads must not all change the filters of warnings
        return work_with(default_engine(), job, tasks)
    with warnings.catch_warnings():
        # The process that began the run has already warned of broken plugins.
        warnings.simplefilter("ignore", PluginWarning)
        engine = default_engine()
    return work_with(engine, job, tasks)


def work_with(engine: Engine, job: Job, tasks: Sequence[Task]) -> list[Outcome]:
    """Make the documents of ``tasks`` with ``engine``; the last outcome is fatal if the disk fails."""
    outcomes: list[Outcome] = []
    for task in tasks:
        outcomes.append(_outcome(engine, job, task))
        if outcomes[-1].fatal:
            break
    return outcomes


def _outcome(engine: Engine, job: Job, task: Task) -> Outcome:
    record, folder = task.record, task.record.folder
    sha256 = ""
    files: list[Made] = []
    try:
        sha256 = digest(record.content)
        summary = job.settings.applied(read_summary(engine, record, placed=task.placed))
        # Read before use, so that a photograph that changes in the meantime is detected.
        began = time.time_ns()
        used = look(folder, (photo.file for section in summary.sections for photo in section.photos))
        converted = engine.converted(summary, job.locale) if job.convert else None
        document = engine.compose(
            summary,
            job.locale,
            photos=Path(folder) if folder else None,
            embed=job.embed,
            templates=job.templates,
            convert=converted or False,
            state=job.state,
            form=engine.form_plan(job.options),
        )
        stem = job.pattern.stem(summary, document.title)
        for name in task.formats:
            data = engine.render(document, name, job.options)
            try:
                files.append(_written(job, name, engine.registry.renderer(name).suffix, data))
            except OutputError as error:
                _remove(files)
                return Outcome(who_of(summary), sha256, faults=error.faults, fatal=is_of_the_room(error))
        photos = look_again(used, folder, began)
        return Outcome(
            who_of(summary),
            sha256,
            stem,
            tuple(files),
            photos,
            period=period_text(summary.period),
            level=taken_level(summary.community),
            compared=job.settings.earlier is None or summary.earlier is not None,
            names=converted.names[:_MOST_NAMES] if converted else (),
        )
    except KeyboardInterrupt:
        raise
    except KepuError as error:
        faults = tuple(_plain(placed(fault, record)) for fault in error.faults)
    except BaseException as error:  # a plugin may raise anything, and even call sys.exit()
        faults = (Fault(place_of(record), FAILED, (("error", shown(error)),)),)
    _remove(files)
    return Outcome(guess(engine, record), sha256, faults=faults)


def _written(job: Job, format_name: str, suffix: str, data: bytes) -> Made:
    file = write_loose(job.room, data)
    return Made(format_name, suffix, file, len(data), hashlib.sha256(data).hexdigest())


def _remove(files: Sequence[Made]) -> None:
    for made in files:
        with suppress(OSError):
            os.unlink(made.file)


def is_of_the_disk(error: OutputError) -> bool:
    """Return whether the disk failed, which would affect every other document too."""
    return isinstance(error.__cause__, OSError) and error.__cause__.errno in _OF_THE_DISK


def is_of_the_room(error: OutputError) -> bool:
    """Return whether nothing can be written in the waiting room: any failure except a single file that is too large."""
    return not (isinstance(error.__cause__, OSError) and error.__cause__.errno == errno.EFBIG)


def _plain(fault: Fault) -> Fault:
    """Return a fault that can be sent to another process and shown there, whatever a plugin put into it."""
    plain = sendable(fault)
    try:
        plain.translated(str)
    except Exception:  # the text has a {name} without a value, or stray braces
        return replace(fault, msgid="{text}", values=(("text", fault.msgid),))
    return plain
