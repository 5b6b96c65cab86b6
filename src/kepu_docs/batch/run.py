"""A run: records from their sources through the workers to finished documents, and the manifest that tells of them."""

import os
import re
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from filelock import FileLock, Timeout

from kepu_docs.batch.crew import Crew
from kepu_docs.batch.fingerprint import fingerprint
from kepu_docs.batch.locations import Location, locations, records
from kepu_docs.batch.manifest import Line, Manifest, Output
from kepu_docs.batch.placing import LOCK, ROOM, Places, StandsInTheWayError
from kepu_docs.batch.work import Job, Outcome, Task, digest, task_of
from kepu_docs.contract import SourceRecord
from kepu_docs.errors import Fault, KepuError, OutputError, Place, Translate
from kepu_docs.pipeline import Engine, make_folder

BUNDLE: Final = 32
"""Records that a worker gets at once."""
_MOST_BYTES: Final = 1024 * 1024
"""Of the records of a bundle, so that long ones do not gather in memory."""
_MOST_UNCHANGED: Final = 1024

_step = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


class Progress(NamedTuple):
    """How far a run is: records by what became of them, and the share of the sources that is done (0: unknown)."""

    made: int = 0
    unchanged: int = 0
    failed: int = 0
    share: float = 0.0

    @property
    def records(self) -> int:
        """All records that are done with."""
        return self.made + self.unchanged + self.failed


@dataclass(slots=True)
class Tally:
    """What a run has done so far."""

    made: int = 0
    unchanged: int = 0
    edited: int = 0
    failed: int = 0
    share: float = 0.0
    warnings: list[Fault] = field(default_factory=list)

    def progress(self) -> Progress:
        """Return it as others may see it."""
        return Progress(self.made, self.unchanged, self.failed, self.share)


class _Entry(NamedTuple):
    """A record on its way: what was known of it, or its place among the tasks of the bundle."""

    record: SourceRecord
    source: str
    known: tuple[int, Line] | None
    task: Task
    carried: tuple[Output, ...] = ()


@dataclass(slots=True)
class _Bundle:
    entries: list[_Entry] = field(default_factory=list)
    wait: Callable[[], list[Outcome]] = list
    size: int = 0
    tasks: int = 0

    @property
    def full(self) -> bool:
        return self.tasks >= BUNDLE or self.size > _MOST_BYTES or len(self.entries) >= _MOST_UNCHANGED


class Run:
    """One run over some sources into one folder."""

    def __init__(
        self,
        engine: Engine,
        sources: Sequence[str],
        folder: Path,
        job: Job,
        formats: Sequence[str],
        *,
        fresh: bool = False,
        translate: Translate = str,
        progress: Callable[[Progress], None] = lambda progress: None,
    ) -> None:
        self._engine = engine
        self._found = locations(engine, sources)
        self._folder = folder
        self._formats = tuple(formats)
        self._suffixes = {name: engine.registry.renderer(name).suffix for name in formats}
        self._fresh = fresh
        self._translate = translate
        self._progress = progress
        self._made_with = fingerprint(engine.registry, job)
        self._sources = {location.given: _stable(location, folder) for location in self._found}
        self.job = replace(job, room=str(folder.absolute() / ROOM), state=self._made_with["templates"])
        self.tally = Tally()
        self.absent = 0
        self.source_error: KepuError | None = None

    @contextmanager
    def _open(self) -> Iterator[None]:
        """Have the folder to ourselves, with its manifest and waiting room; leave it tidy."""
        make_folder(self._folder)
        lock = FileLock(self._folder / LOCK, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise OutputError.at(Place(str(self._folder)), "another run is at work in this folder") from None
        except OSError as error:
            raise OutputError.at(
                Place(str(self._folder)),
                "nothing can be written here: {reason}",
                reason=error.strerror or str(error),
            ) from None
        try:
            self._manifest = Manifest(self._folder)
            try:
                sources = frozenset(self._sources.values())
                self._places = Places(self._folder, self._manifest, sources, fresh=self._fresh)
                self._places.room()
                yield
            finally:
                self._manifest.close()
        finally:
            lock.release()

    def go(self, hire: Callable[[bool], Crew]) -> None:
        """Go through all records. ``hire(few)`` gives the workers; ``few`` are those of one bundle.

        Raises ``KeyboardInterrupt`` when the user stops it, ``OutputError`` when the disk does; what was made until
        then is in the manifest. A source that ends in the middle leaves its error in ``source_error``.
        """
        with self._open():
            complete = False
            try:
                self._go(hire)
                complete = self.source_error is None
            finally:
                with _uninterrupted():
                    sources = frozenset(self._sources.values())
                    self.absent = self._manifest.finish(sources, complete=complete)
                    self._places.leave()

    def _go(self, hire: Callable[[bool], Crew]) -> None:
        bundles = self._bundles()
        first = next(bundles, None)
        if first is None:
            return
        second = next(bundles, None)
        crew = hire(second is None)
        under_way: deque[_Bundle] = deque()
        done = False
        try:
            for bundle in chain((first,), (second,) if second else (), bundles):
                tasks = [entry.task for entry in bundle.entries if entry.known is None]
                bundle.wait = crew.begin(tasks) if tasks else list
                under_way.append(bundle)
                while len(under_way) >= crew.at_once:
                    self._settle(under_way.popleft(), crew)
            while under_way:
                self._settle(under_way.popleft(), crew)
            done = True
        finally:
            crew.dismiss(now=not done)

    def _bundles(self) -> Iterator[_Bundle]:
        bundle = _Bundle()
        for entry in self._entries():
            bundle.entries.append(entry)
            if entry.known is None:
                bundle.tasks += 1
                bundle.size += len(entry.record.content)
            if bundle.full:
                yield bundle
                bundle = _Bundle()
        if bundle.entries:
            yield bundle

    def _entries(self) -> Iterator[_Entry]:
        used: set[int] = set()
        try:
            for location, record in records(self._engine, self._found):
                self.tally.warnings += record.warnings
                yield self._entry(record, self._sources[location.given], used)
        except KepuError as error:
            self.source_error = error

    def _entry(self, record: SourceRecord, source: str, used: set[int]) -> _Entry:
        """Return a record with what is known of it; each line of the manifest is good for one record."""
        carried: tuple[Output, ...] = ()
        formats = self._formats
        if not self._fresh and not record.faults and self._manifest.has_records:
            for at, line in self._manifest.known(digest(record.content)):
                if at in used or line.made_with != self._made_with or not _same_photos(line, record.folder):
                    continue
                used.add(at)
                there = {output.format for output in line.outputs if not output.stale and self._is_there(output)}
                formats = tuple(name for name in self._formats if name not in there)
                if not formats:
                    return _Entry(record, source, (at, line), task_of(record, self._formats))
                carried = tuple(output for output in line.outputs if output.format in there)
                break
        return _Entry(record, source, None, task_of(record, formats), carried)

    def _is_there(self, output: Output) -> bool:
        try:
            size = os.stat(os.path.join(self._folder, output.path)).st_size
        except OSError:
            return False
        if size and size != output.size:
            self.tally.edited += 1
        return size > 0

    def _settle(self, bundle: _Bundle, crew: Crew) -> None:
        """Give the documents of a bundle their places, and tell the manifest."""
        outcomes = iter(bundle.wait())
        with _uninterrupted():
            named: list[tuple[_Entry, str, Outcome | None]] = []
            fatal: Outcome | None = None
            for entry in bundle.entries:
                outcome = None
                if entry.known is None:
                    outcome = next(outcomes, None)
                    if outcome is None or outcome.fatal:
                        fatal = outcome
                        break
                named.append(self._named(entry, outcome, crew))
            self._record(named)
            self.tally.share = bundle.entries[-1].record.read
        self._progress(self.tally.progress())
        if fatal:
            raise OutputError(fatal.faults)

    def _named(self, entry: _Entry, outcome: Outcome | None, crew: Crew) -> tuple[_Entry, str, Outcome | None]:
        """Return an entry with its documents' name, and their outcome if they are to be placed."""
        if outcome is not None and outcome.faults:
            return entry, "", outcome
        line = entry.known[1] if entry.known else None
        suffixes = list(self._suffixes.values())
        if line:
            name = self._places.name(line.who, line.stem, suffixes)
            if all(
                output.path == name + self._suffixes[output.format]
                for output in line.outputs
                if output.format in self._suffixes
            ):
                return entry, name, None
        else:
            assert outcome is not None  # noqa: S101
            name = self._places.name(outcome.who, outcome.stem, suffixes)
            if all(output.path == name + self._suffixes.get(output.format, "") for output in entry.carried):
                return entry, name, outcome
            self._places.discard(outcome)
        # A record before it took its name: it is made anew under the next.
        again = entry.task._replace(formats=self._formats)
        (outcome,) = crew.begin([again])()
        return entry._replace(known=None, carried=()), name, outcome

    def _record(self, named: list[tuple[_Entry, str, Outcome | None]]) -> None:
        self._places.announce(
            name + made.suffix for _, name, outcome in named if outcome is not None for made in outcome.files
        )
        lines: list[Line] = []
        try:
            for entry, name, outcome in named:
                line = self._line(entry, name, outcome)
                if line is None:
                    assert entry.known is not None  # noqa: S101
                    self._flush(lines)
                    self._manifest.keep(entry.known[0])
                else:
                    lines.append(line)
        finally:
            self._flush(lines)

    def _flush(self, lines: list[Line]) -> None:
        if lines:
            self._manifest.add(lines)
            self._places.recorded(output for line in lines for output in line.outputs)
            lines.clear()

    def _line(self, entry: _Entry, name: str, outcome: Outcome | None) -> Line | None:
        """Place the documents of an entry and return its new line; ``None`` where the old one holds still."""
        record = entry.record
        if outcome is None:
            assert entry.known is not None  # noqa: S101
            self.tally.unchanged += 1
            line = entry.known[1]
            now = (entry.source, record.name, record.place, "done")
            if (line.source, line.name, line.place, line.status) == now:
                return None
            return replace(line, source=entry.source, name=record.name, place=record.place, status="done")
        faults = outcome.faults
        outputs: tuple[Output, ...] = ()
        if outcome.fatal:
            raise OutputError(faults)
        if not faults:
            try:
                outputs = (*entry.carried, *self._places.place(name, outcome), *self._stale(name))
            except StandsInTheWayError as error:
                self._places.discard(outcome)
                faults = error.faults
        line = Line(
            entry.source,
            record.name,
            record.place,
            "failed" if faults else "done",
            outcome.who,
            outcome.record,
            self._made_with,
        )
        if faults:
            self.tally.failed += 1
            told = [found_fault(fault, record) for fault in faults]
            errors = tuple((str(fault.place), _message(fault, self._translate)) for fault in told)
            return replace(line, errors=errors)
        self.tally.made += 1
        return replace(line, stem=outcome.stem, outputs=outputs, photos=outcome.photos)

    def _stale(self, name: str) -> tuple[Output, ...]:
        """Return the documents of other formats that an earlier run made of an older state of this record."""
        return tuple(
            replace(output, stale=True)
            for format_name, renderer in self._engine.registry.renderers.items()
            if format_name not in self._formats and (line := self._manifest.owner(name + renderer.suffix))
            for output in line.outputs
            if output.path == name + renderer.suffix
        )


def _stable(location: Location, folder: Path) -> str:
    """Return a name of a location that is the same from whatever folder the command is given; without passwords."""
    given = location.given
    if given == "-" or "://" in given:
        return re.sub(r"(?<=://)[^/@]*@", "", given)
    try:
        return os.path.relpath(os.path.abspath(given), folder.absolute())
    except ValueError:  # another drive of Windows
        return os.path.abspath(given)


def _same_photos(line: Line, folder: str) -> bool:
    for file, size, changed in line.photos:
        try:
            status = os.stat(os.path.join(folder, file))
        except OSError:
            return False
        if (status.st_size, status.st_mtime_ns) != (size, changed):
            return False
    return True


def found_fault(fault: Fault, record: SourceRecord) -> Fault:
    """Return a fault with the place that the record's source knows for it: people look for a cell, not for a field."""
    if record.find is None or not fault.place.field:
        return fault
    path = tuple(int(step[1]) if step[1] else step[2] for step in _step.finditer(fault.place.field))
    return replace(fault, place=record.find(path))


def _message(fault: Fault, translate: Translate) -> str:
    return replace(fault, place=Place()).told(translate)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put off Ctrl-C until what has begun is done: files in their places and lines in the manifest go together."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed = False

    def note(number: int, frame: object) -> None:
        nonlocal pressed
        pressed = True

    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt
