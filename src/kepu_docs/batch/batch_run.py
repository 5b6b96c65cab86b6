"""A run: records from their sources through the workers to finished documents, and the manifest."""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from filelock import FileLock, Timeout

from kepu_docs.batch.existing_files import check_existing_files
from kepu_docs.batch.fingerprint import fingerprint
from kepu_docs.batch.folder import Folder
from kepu_docs.batch.manifest import Line, Manifest, Output
from kepu_docs.batch.output_places import Places, StandsInTheWayError
from kepu_docs.batch.photographs import are_same
from kepu_docs.batch.process_end import uninterrupted
from kepu_docs.batch.reserved_names import LOCK, OURS
from kepu_docs.batch.work import Job, Outcome, Task, digest
from kepu_docs.batch.workers import Workers
from kepu_docs.contract.sources import SourceRecord
from kepu_docs.errors import N_, Fault, KepuError, Message, OutputError, Place, Translate, internal_fault
from kepu_docs.errors.addresses import is_address, shown_location
from kepu_docs.output.files import LinkError, is_link, reason_of
from kepu_docs.pipeline import Engine, make_folder
from kepu_docs.pipeline.locations import Location, locations, records
from kepu_docs.pipeline.newcomers import Newcomers
from kepu_docs.pipeline.objects import Objects
from kepu_docs.pipeline.records import Who, found_faults, place_of
from kepu_docs.pipeline.taken_levels import TakenLevels

BUNDLE: Final = 32
"""The number of records that a worker gets at once."""
_MOST_BYTES: Final = 1024 * 1024
"""The largest size of a bundle's records in bytes, so that long records do not accumulate in memory."""
_MOST_UNCHANGED: Final = 1024


class Progress(NamedTuple):
    """The progress of a run: records by their status, and the share of the sources that is done (0: unknown)."""

    made: int = 0
    unchanged: int = 0
    failed: int = 0
    share: float = 0.0

    @property
    def records(self) -> int:
        """All records that are done."""
        return self.made + self.unchanged + self.failed


@dataclass(slots=True)
class Tally:
    """The counts of a run so far."""

    made: int = 0
    unchanged: int = 0
    edited: int = 0
    failed: int = 0
    share: float = 0.0
    warnings: list[Fault] = field(default_factory=list)
    levels: TakenLevels = field(default_factory=TakenLevels)
    newcomers: Newcomers = field(default_factory=Newcomers)

    def progress(self) -> Progress:
        """Return the counts as a :class:`Progress` for callers."""
        return Progress(self.made, self.unchanged, self.failed, self.share)


class _Entry(NamedTuple):
    """A record in progress."""

    record: SourceRecord
    source: str
    task: Task
    """With the formats to be made: none if all documents exist."""
    at: int = -1
    line: Line | None = None
    """The manifest line of this very record, and the byte offset at which it begins."""
    there: tuple[Output, ...] = ()
    """The documents of that line that exist on the disk."""


@dataclass(slots=True)
class _Bundle:
    entries: list[_Entry] = field(default_factory=list)
    wait: Callable[[], list[Outcome]] = list
    size: int = 0
    tasks: int = 0

    @property
    def full(self) -> bool:
        return self.tasks >= BUNDLE or self.size > _MOST_BYTES or len(self.entries) >= _MOST_UNCHANGED


@dataclass(slots=True)
class _Named:
    """A record with its outcome, and the name that its documents get."""

    entry: _Entry
    outcome: Outcome | None
    name: str = ""


class Run:
    """One run over some sources into one folder."""

    def __init__(
        self,
        engine: Engine,
        sources: Sequence[str | Objects],
        folder: Path,
        job: Job,
        formats: Sequence[str],
        *,
        fresh: bool = False,
        archive: bool = False,
        translate: Translate = str,
        progress: Callable[[Progress], None] = lambda progress: None,
    ) -> None:
        self._engine = engine
        passed_over: list[Fault] = []
        self._found = locations(engine, sources, folder, passed_over)
        self._folder = folder
        self.formats = tuple(formats)
        self._suffixes = {name: engine.registry.renderer(name).suffix for name in formats}
        self._all_suffixes = {name: renderer.suffix for name, renderer in engine.registry.renderers.items()}
        self._fresh = fresh
        self._archive = archive
        self._translate = translate
        self._progress = progress
        self._made_with = fingerprint(engine.registry, job)
        self._sources = {location.given: _stable(location, folder) for location in self._found}
        self.job = replace(job, state=self._made_with["templates"])
        self.tally = Tally()
        self.tally.warnings += passed_over
        self.absent = 0
        self.source_faults: list[Fault] = []
        self.follows_killed = False
        """Whether the previous run was killed, perhaps by one of the records."""

    @property
    def sources(self) -> frozenset[str]:
        """The names of the sources in the manifest."""
        return frozenset(self._sources.values())

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Lock the folder for this run, open its manifest and waiting room, and tidy up at the end.

        Raises ``OutputError``; nothing is written if a file with a name that the run needs was not written by
        kepu-docs.
        """
        check_existing_files(self._folder, archive=self._archive)
        make_folder(self._folder)
        lock = FileLock(self._folder / LOCK, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise OutputError.at(Place(str(self._folder)), "another run is using this folder") from None
        except OSError as error:
            reason = LinkError() if is_link(self._folder / LOCK) else error
            text = N_("nothing can be written here: {reason}")
            raise OutputError.at(Place(str(self._folder)), text, reason=Message(reason_of(reason))) from None
        try:
            with self._tidied():
                yield
        finally:
            lock.release()

    @contextmanager
    def _tidied(self) -> Iterator[None]:
        folder = Folder(self._folder)
        self._manifest = Manifest(folder)
        try:
            suffixes = self._all_suffixes.values()
            self._places = Places(folder, self._manifest, self.sources, suffixes, fresh=self._fresh)
            self.follows_killed = self._places.follows_killed
            try:
                room = self._places.sweep()
                self._manifest.begin(room)
                self.tally.warnings += self._manifest.damage
                self.job = replace(self.job, room=str(room))
                yield
            finally:
                with uninterrupted():
                    self._places.leave()
        finally:
            self._manifest.close()

    def go(self, start_workers: Callable[[bool], Workers]) -> None:
        """Process all records, within ``opened``.

        ``start_workers(few)`` returns the workers; ``few`` says that the records fit into one bundle.

        Raises ``KeyboardInterrupt`` when the user stops the run, ``OutputError`` when the disk fails; everything made
        until then is in the manifest. Parts of a source that cannot be read are in ``source_faults``.
        """
        try:
            self._go(start_workers)
        except BaseException:
            # An unfinished manifest is valid too, so the first reason is the one to report.
            with uninterrupted(), suppress(OutputError):
                self._manifest.finish(self.sources, complete=False)
            raise
        with uninterrupted():
            self.absent = self._manifest.finish(self.sources, complete=not self.source_faults)

    def _go(self, start_workers: Callable[[bool], Workers]) -> None:
        # Sources are closed when the run ends, however it ends.
        with closing(self._bundles()) as bundles:
            self._work(bundles, start_workers)

    def _work(self, bundles: Iterator[_Bundle], start_workers: Callable[[bool], Workers]) -> None:
        first = next(bundles, None)
        if first is None:
            return
        second = next(bundles, None)
        workers = start_workers(second is None)
        under_way: deque[_Bundle] = deque()
        done = False
        try:
            for bundle in chain((first,), (second,) if second else (), bundles):
                tasks = [entry.task for entry in bundle.entries if entry.task.formats]
                bundle.wait = workers.begin(tasks) if tasks else list
                under_way.append(bundle)
                while len(under_way) >= workers.at_once:
                    self._settle(under_way.popleft(), workers)
            while under_way:
                self._settle(under_way.popleft(), workers)
            done = True
        finally:
            workers.end(now=not done)

    def _bundles(self) -> Generator[_Bundle]:
        bundle = _Bundle()
        for entry in self._entries():
            bundle.entries.append(entry)
            if entry.task.formats:
                bundle.tasks += 1
                bundle.size += len(entry.record.content)
            if bundle.full:
                yield bundle
                bundle = _Bundle()
        if bundle.entries:
            yield bundle

    def _entries(self) -> Iterator[_Entry]:
        found = [location for location in self._found if not self._is_ours(location)]
        for location, record in records(self._engine, found, self.source_faults):
            self.tally.warnings += record.warnings
            source = self._sources[location.given]
            try:
                yield self._entry(record, source)
            except Exception as error:  # a fault of kepu-docs, which the next record need not have
                fault = internal_fault(error, Place(record.name, cell=record.place))
                broken = replace(record, content=b"", faults=(*record.faults, fault), find=None)
                yield _Entry(broken, source, Task.of(broken, self.formats))

    def _is_ours(self, location: Location) -> bool:
        """Return whether a run made a file that a folder or a pattern has matched: then it is not a source."""
        if location.path == location.given:
            return False
        path = os.path.relpath(os.path.abspath(location.path), self._folder.absolute()).replace(os.sep, "/")
        return path in OURS or self._manifest.owner(path) is not None

    def _entry(self, record: SourceRecord, source: str) -> _Entry:
        """Return a record with what is known about it; each manifest line is used for one record only."""

        def fits(line: Line) -> bool:
            return line.made_with == self._made_with and are_same(line.photos, record.folder)

        if not self._fresh and not record.faults and self._manifest.has_records:
            known = self._manifest.take(digest(record.content), fits)
            if known:
                at, line = known
                there = tuple(output for output in line.outputs if self._places.has(output))
                made = {output.format for output in there if not output.stale}
                wanted = tuple(name for name in self.formats if name not in made)
                return _Entry(record, source, Task.of(record, wanted), at, line, there)
        return _Entry(record, source, Task.of(record, self.formats))

    def _settle(self, bundle: _Bundle, workers: Workers) -> None:
        """Move the documents of a bundle to their paths, and add them to the manifest."""
        outcomes = iter(_sound(bundle.wait()))
        named = [self._tried(entry, next(outcomes) if entry.task.formats else None) for entry in bundle.entries]
        self._make_again([each for each in named if each.entry.task.formats and each.outcome is None], workers)
        with uninterrupted():
            self._record(named)
            self.tally.share = bundle.entries[-1].record.read
        self._progress(self.tally.progress())

    def _tried(self, entry: _Entry, outcome: Outcome | None) -> _Named:
        """Return a record with the name of its documents, or with the fault that occurred while it was named."""
        try:
            return self._named(entry, outcome)
        except Exception as error:  # a fault of kepu-docs, which the next record need not have
            return _Named(entry, self._spoilt(error, entry, outcome))

    def _spoilt(self, error: Exception, entry: _Entry, outcome: Outcome | None) -> Outcome:
        """Return the outcome of a record whose finished documents met an unexpected exception."""
        if outcome is not None:
            self._places.discard(outcome)
        who = outcome.who if outcome else entry.line.who if entry.line else Who()
        record = outcome.record if outcome else entry.line.record if entry.line else ""
        return Outcome(who, record, faults=(internal_fault(error, place_of(entry.record)),))

    def _named(self, entry: _Entry, outcome: Outcome | None) -> _Named:
        """Return a record with the name of its documents; if the name has changed, all of them must be made again."""
        if outcome is not None and outcome.faults:
            return _Named(entry, outcome)
        about = entry.line or outcome
        assert about is not None  # noqa: S101
        name = self._places.name(about.who, about.stem, list(self._suffixes.values()))
        there = tuple(output for output in entry.there if output.path == name + self._suffix(output))
        if any(output not in there and output.format in self._suffixes for output in entry.there):
            # A record that had this name before, or gave up a better one.
            if outcome is not None:
                self._places.discard(outcome)
            return _Named(_Entry(entry.record, entry.source, Task.of(entry.record, self.formats)), None, name)
        return _Named(entry._replace(there=there), outcome, name)

    def _suffix(self, output: Output) -> str:
        return self._all_suffixes.get(output.format, "")

    def _make_again(self, named: list[_Named], workers: Workers) -> None:
        bundles = [named[begin : begin + BUNDLE] for begin in range(0, len(named), BUNDLE)]
        waiting = [workers.begin([each.entry.task for each in bundle]) for bundle in bundles]
        for bundle, wait in zip(bundles, waiting, strict=True):
            for each, outcome in zip(bundle, _sound(wait()), strict=True):
                each.outcome = outcome

    def _record(self, named: list[_Named]) -> None:
        self._places.announce(
            (made, each.name + made.suffix) for each in named if each.outcome for made in each.outcome.files
        )
        lines: list[Line] = []
        try:
            for each in named:
                line = self._line(each)
                if line is None:
                    self._flush(lines)
                    self._manifest.keep(each.entry.at)
                else:
                    lines.append(line)
        except BaseException:
            with suppress(OutputError):  # the reason comes first
                self._flush(lines)
            raise
        self._flush(lines)
        self._places.recorded()

    def _flush(self, lines: list[Line]) -> None:
        if lines:
            self._manifest.add(lines)
            lines.clear()

    def _line(self, named: _Named) -> Line | None:
        """Place the documents of a record and return its new line; ``None`` if the old line is still valid."""
        entry, outcome = named.entry, named.outcome
        record = entry.record
        remarks = self._messages(record.warnings)
        if outcome is None:
            assert entry.line is not None  # noqa: S101
            self.tally.unchanged += 1
            self.tally.edited += self._edited(entry.there)
            line = replace(
                entry.line,
                source=entry.source,
                name=record.name,
                place=record.place,
                status="done",
                outputs=entry.there,
                remarks=remarks,
            )
            return None if line == entry.line else line
        faults = outcome.faults
        outputs: tuple[Output, ...] = ()
        if not faults:
            try:
                placed = self._places.place(named.name, outcome)
            except StandsInTheWayError as error:
                self._places.discard(outcome)
                faults = error.faults
            except KepuError:
                raise
            except Exception as error:  # a fault of kepu-docs, which the next record need not have
                faults = self._spoilt(error, entry, outcome).faults
            else:
                made = {output.format for output in placed}
                kept = tuple(output for output in entry.there if output.format not in made)
                self.tally.edited += self._edited(kept)
                outputs = (*kept, *placed, *self._stale(named.name, outcome.who, (*kept, *placed)))
        line = Line(
            entry.source,
            record.name,
            record.place,
            "failed" if faults else "done",
            outcome.who,
            outcome.record,
            self._made_with,
            remarks=remarks,
        )
        if faults:
            self.tally.failed += 1
            return replace(line, errors=self._messages(found_faults(faults, record)))
        self.tally.made += 1
        self.tally.levels.add(outcome.level, outcome.who.community)
        if not outcome.compared:
            self.tally.newcomers.add(outcome.who.community)
        return replace(
            line,
            stem=outcome.stem,
            outputs=outputs,
            photos=outcome.photos,
            period=outcome.period,
            names=outcome.names,
        )

    def _messages(self, faults: Iterable[Fault]) -> tuple[tuple[str, str], ...]:
        return tuple((str(fault.place), _message(fault, self._translate)) for fault in faults)

    def _edited(self, outputs: Sequence[Output]) -> int:
        return sum(output.format in self._suffixes and self._places.is_edited(output) for output in outputs)

    def _stale(self, name: str, who: Who, others: Sequence[Output]) -> Iterator[Output]:
        """Yield the documents in other formats that an earlier run made from an older state of this record."""
        have = {*self.formats, *(output.format for output in others)}
        for format_name, suffix in self._all_suffixes.items():
            if format_name in have or not self._manifest.has_format(format_name):
                continue
            line = self._manifest.owner(name + suffix)
            if line and line.who == who:
                for output in line.outputs:
                    if output.path == name + suffix and self._places.has(output):
                        yield replace(output, stale=True)


def _sound(outcomes: list[Outcome]) -> list[Outcome]:
    """Return the outcomes if none of them is fatal. Raises ``OutputError``."""
    for outcome in outcomes:
        if outcome.fatal:
            raise OutputError(outcome.faults)
    return outcomes


def _stable(location: Location, folder: Path) -> str:
    """Return a name of a location that does not depend on the current folder, without passwords."""
    given = location.given
    if location.objects is not None:
        return given
    if given == "-" or is_address(given):
        return shown_location(given)
    try:
        return os.path.relpath(os.path.abspath(given), folder.absolute())
    except ValueError:  # another drive on Windows
        return os.path.abspath(given)


def _message(fault: Fault, translate: Translate) -> str:
    return replace(fault, place=Place()).translated(translate)
