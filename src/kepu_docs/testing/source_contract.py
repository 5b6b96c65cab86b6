"""The contract of every source of records: a class of tests to inherit from."""

import gc
import os
import pickle
import re
import tempfile
import tracemalloc
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Final, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kepu_docs.contract.sources import RecordForm, Source, SourceRecord
from kepu_docs.errors import Fault, KepuError, SourceError
from kepu_docs.pipeline import Engine
from kepu_docs.pipeline.records import summary_of
from kepu_docs.registry.offers import source_keys
from kepu_docs.testing.plugins import engine_of
from kepu_docs.testing.steps import LINEAR, growth, steps
from kepu_docs.testing.verdict import holds, raised, shortened, verdict

Content: TypeAlias = bytes | Callable[[Path], str]
"""What a source reads: the bytes of a file, or a function that writes files of its choice into an empty folder and
returns the location: a path or an address."""

_SIZE: Final = 40
"""The number of records in the source when the growth of time is measured; the most is four times that."""
_MOST_BEFORE: Final = 0.75
"""The largest share of the work on all records that may be done before the first one is yielded, as tables are joined
first."""
_ROOM: Final = 64 * 1024
"""The number of bytes by which memory use may grow, however many records there are: for buffers."""
_SUFFIX: Final = re.compile(r"\.[a-z0-9]+")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9]*")
_PLAIN: Final = (str, int, float, bool, date, datetime, type(None))
_DESCRIPTORS: Final = Path("/proc/self/fd")


@dataclass(frozen=True, slots=True)
class SourceSample:
    """An input of a source, and the records that it must give."""

    content: Content
    """The bytes of a file, or a function that writes into an empty folder and returns the location."""
    records: Sequence[Mapping[str, Any] | None]
    """The records, in order, as ``kepu_docs.load`` takes them; ``None`` for one that must be refused, with the place of
    the fault."""


class SourceContract:
    """The contract of every source, as tests.

    Inherit from it in a test module, and give samples::

        class TestRoll(SourceContract):
            key = ".roll"
            samples = [SourceSample("试验社区,2025".encode(), [{"community": {"name": "试验社区"}, "period": 2025}])]
            broken = ["试验社区".encode()]

    From the samples the tests make broken ones: truncated, with changed bytes, empty, missing.
    """

    key: ClassVar[str]
    """A suffix or a scheme that it reads: ``.xlsx``, ``postgresql://``."""
    plugins: ClassVar[Sequence[object]] = ()
    """Plugins to test with besides kepu-docs, as modules; all installed plugins if none is named."""
    samples: ClassVar[Sequence[SourceSample]] = ()
    """Inputs, and the records that they must give."""
    broken: ClassVar[Sequence[Content]] = ()
    """Inputs that must be refused: by a ``SourceError``, or record by record."""
    examples: ClassVar[int] = 100
    """How many broken files are drawn at random."""

    def many(self, count: int) -> Content | None:
        """Return an input with ``count`` records; override it so that the tests can see that reading is lazy."""
        return None

    @cached_property
    def _engine(self) -> Engine:
        return engine_of(self.plugins)

    @cached_property
    def _form(self) -> RecordForm:
        return RecordForm(self._engine.registry.model, self._engine.languages.vocabulary)

    @property
    def source(self) -> Source:
        """The source; override it to test a source that is created in another way."""
        known = self._engine.registry.sources
        if self.key not in known:
            pytest.fail(
                f"no plugin reads “{self.key}”: install yours (pip install -e .), or name its module in the attribute "
                f"plugins. There are: {', '.join(known)}",
                pytrace=False,
            )
        return known[self.key]

    # The tests.

    @holds("suffixes and schemes of the source “{self.key}” are such as files and addresses have")
    def test_what_it_reads(self) -> Iterator[str]:
        """Suffixes have a dot and lower-case letters, schemes only lower-case letters, and there is at least one."""
        source = self.source
        for name, values, pattern, example in (
            ("suffixes", source.suffixes, _SUFFIX, ".xlsx"),
            ("schemes", source.schemes, _SCHEME, "postgresql"),
        ):
            if isinstance(values, str) or not isinstance(values, Sequence):
                yield f"{name} is {values!r}; expected several, as in ({example!r},)"
                continue
            for each in values:
                if not (isinstance(each, str) and pattern.fullmatch(each)):
                    yield f"{name} has {each!r}; expected one such as {example!r}"
        if not list(source_keys(source)):
            yield "it has neither suffixes nor schemes, so that nothing is read by it"

    @holds("the samples of the source “{self.key}” give their records")
    def test_the_samples_give_their_records(self) -> Iterator[str]:
        """Each sample gives its records, in order; they load."""
        if not self.samples:
            yield "give a sample in the attribute samples"
        for name, sample, location in self._placed():
            got = self._read(location)
            if isinstance(got, str):
                yield f"{name}: {got}"
                continue
            if len(got) != len(sample.records):
                places = ", ".join(f"“{each.place}”" for each in got)
                yield f"{name} gives {len(got)} records ({places}); expected {len(sample.records)}"
            for record, expected in zip(got, sample.records, strict=False):
                yield from self._differing(f"{name}, record “{record.place}”", record, expected)

    @holds("each record of the source “{self.key}” has its place, and is such as other processes can have")
    def test_each_record_has_its_place(self) -> Iterator[str]:
        """Records have names, places of their own and plain data; ``read`` grows; ``find`` finds every value."""
        for name, _, location in self._placed():
            got = self._read(location)
            if isinstance(got, str):
                yield f"{name}: {got}"
                continue
            places: dict[tuple[str, str, int], int] = {}
            read = 0.0
            for at, record in enumerate(got):
                here = f"{name}, records[{at}]"
                yield from _unsound(here, record)
                key = record.name, record.place, record.line
                if (first := places.setdefault(key, at)) != at:
                    yield f"{here} has the place of records[{first}]: {record.name}, “{record.place}”"
                if len(got) > 1 and not record.place:
                    yield f"{here} has no place; expected where among the {len(got)} it stands, such as “line 12”"
                if record.read and record.read < read:
                    yield f"{here} has read {record.read}, and the record before it {read}; expected that it grows"
                read = max(read, record.read)

    @holds("what the source “{self.key}” cannot read ends in a SourceError with its place, or in the fault of a record")
    def test_what_is_broken_is_refused(self) -> Iterator[str]:
        """Broken input is refused: the samples of ``broken``, and a file that does not exist."""
        for at, content in enumerate(self.broken):
            with _placed(content, self.key) as location:
                name = f"broken[{at}]"
                got, problem = self._attempt(location)
                if problem:
                    yield f"{name}: {problem}"
                elif got is not None and all(self._loads(record) for record in got):
                    yield f"{name} is read, and gives {len(got)} sound records; expected an error"
        if self.key.startswith("."):
            with tempfile.TemporaryDirectory() as folder:
                there = Path(folder) / f"folder{self.key}"
                for path in (there, there.with_name(f"nothing{self.key}")):
                    got, problem = self._attempt(str(path))
                    if problem or got is not None:
                        yield f"a file that is not there: {problem or 'it is read; expected a SourceError'}"
                there.mkdir()
                _, problem = self._attempt(str(there))
                if problem:
                    yield f"a folder in place of a file: {problem}"

    def test_any_bytes_are_read_or_refused(self) -> None:
        """Files that are truncated, changed or random give records or a ``SourceError``, and nothing else."""
        contents = [each.content for each in self.samples if isinstance(each.content, bytes)]
        contents += [each for each in self.broken if isinstance(each, bytes)]
        if not contents or not self.key.startswith("."):
            pytest.skip("none of its samples is a file")
        for content in (b"", b"\n", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", *contents):
            self._survive(content)

        @settings(max_examples=self.examples, deadline=None, suppress_health_check=list(HealthCheck))
        @given(_broken(contents))
        def check(content: bytes) -> None:
            self._survive(content)

        check()

    @holds("the same location gives the same records")
    def test_the_same_location_gives_the_same_records(self) -> Iterator[str]:
        """Read again, or read at the same time, a location gives the same records."""
        for name, _, location in self._placed():
            first, again = self._read(location), self._read(location)
            if isinstance(first, str) or isinstance(again, str):
                yield f"{name}: {first if isinstance(first, str) else again}"
                continue
            if list(map(_sent, again)) != list(map(_sent, first)):
                yield f"{name}: read a second time, the records differ"
            pairs = list(zip(self._records(location), self._records(location), strict=True))
            if any(_sent(one) != _sent(other) for one, other in pairs):
                yield f"{name}: read twice at the same time, the records differ"

    @holds("what the source “{self.key}” opens it closes")
    def test_what_is_opened_is_closed(self) -> Iterator[str]:
        """Nothing stays open: not after all is read, nor when reading is abandoned, nor when it fails."""
        for name, _, location in self._placed():
            for how, most in (("when all is read", None), ("when reading is given up after a record", 1)):
                for problem in self._left_open(location, most):
                    yield f"{name}: {how}, {problem}"
        for at, content in enumerate(self.broken):
            with _placed(content, self.key) as location:
                for problem in self._left_open(location, None):
                    yield f"broken[{at}]: when reading fails, {problem}"

    @holds("the source “{self.key}” reads record by record")
    def test_reading_is_lazy(self) -> Iterator[str]:
        """The first of many records comes as soon as that of few, time grows with their number, and none is kept."""
        contents = {size: self.many(size) for size in (_SIZE, 2 * _SIZE, 4 * _SIZE)}
        if any(content is None for content in contents.values()):
            pytest.skip("override the method many, so that it can be seen that reading is lazy")
        with tempfile.TemporaryDirectory() as folder:
            locations = {
                size: _written(content, Path(folder) / str(size), self.key)
                for size, content in contents.items()
                if content is not None
            }
            for size, location in locations.items():
                got = self._read(location)
                if isinstance(got, str) or len(got) != size:
                    yield f"many({size}): {got if isinstance(got, str) else f'{len(got)} records'}; expected {size}"
                    return
            before = self._more(self._first, locations) / max(self._more(self._drained, locations), 1)
            if before > _MOST_BEFORE:
                yield (
                    f"{before:.0%} of the work that more records make is done before the first of them comes; "
                    "yield each as soon as it is read"
                )
            grows = growth(lambda size: self._drained(locations[size]), _SIZE)
            if grows >= LINEAR:
                yield f"the last doubling costs {grows:.1f} times the one before; linear is 2"
            held = {size: self._memory(location) for size, location in locations.items()}
            if held[4 * _SIZE] > 2 * held[_SIZE] + _ROOM:
                yield f"{_SIZE} records take {held[_SIZE]} bytes at the most, {4 * _SIZE} take {held[4 * _SIZE]}"

    # Helpers.

    def _placed(self) -> Iterator[tuple[str, SourceSample, str]]:
        """Yield the samples, each with its name and its temporary location."""
        for at, sample in enumerate(self.samples):
            with _placed(sample.content, self.key) as location:
                yield f"samples[{at}]", sample, location

    def _records(self, location: str) -> Iterator[SourceRecord]:
        return self.source.records(location, self._form)

    def _read(self, location: str) -> list[SourceRecord] | str:
        """Return the records of a location, or why there are none."""
        got, problem = self._attempt(location, expected=False)
        return problem if got is None else got

    def _attempt(self, location: str, *, expected: bool = True) -> tuple[list[SourceRecord] | None, str]:
        """Return the records of a location (``None`` if it is refused), and faults in the way it is refused."""
        try:
            return list(self._records(location)), ""
        except SourceError as error:
            if not expected:
                return None, f"it is refused: {error}"
            without = [fault for fault in error.faults if not fault.place.record]
            if without or not error.faults:
                return None, f"the SourceError “{error}” has no place; expected the location in Place(…)"
            return None, ""
        except (Exception, SystemExit) as error:
            return None, f"{raised(error)}; expected a SourceError with the place of what is wrong"

    def _survive(self, content: bytes) -> None:
        """Fail if reading a file gives anything else than records and errors of kepu-docs."""
        with _placed(content, self.key) as location:
            got, problem = self._attempt(location)
            found = [f"{shortened(content)}: {problem}"] if problem else []
            for record in got or ():
                found += list(_unsound(shortened(content), record))
                try:
                    self._loads(record)
                except (Exception, SystemExit) as error:
                    found.append(f"{shortened(content)}: the record “{record.place}” is refused: {raised(error)}")
            verdict("any bytes are read or refused", found)

    def _loads(self, record: SourceRecord) -> bool:
        try:
            summary_of(self._engine, record)
        except KepuError:
            return False
        return True

    def _differing(self, name: str, record: SourceRecord, expected: Mapping[str, Any] | None) -> Iterator[str]:
        try:
            got = summary_of(self._engine, record)
        except KepuError as error:
            if expected is not None:
                yield f"{name} is refused: {error}"
            yield from _without_place(name, error.faults)
            return
        if expected is None:
            yield f"{name} is taken; expected that it is refused"
        elif got != (wanted := self._engine.load(expected)):
            shown, hoped = (each.model_dump(mode="json", exclude_unset=True) for each in (got, wanted))
            yield f"{name} is {shown}; expected {hoped}"

    def _left_open(self, location: str, most: int | None) -> Iterator[str]:
        """Yield what is open after ``most`` records, or all of them, and was not open before."""
        gc.collect()
        before = _open_files()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", ResourceWarning)
            reading = self._records(location)
            try:
                for at, _ in enumerate(reading, 1):
                    if at == most:
                        break
            except KepuError:
                pass
            except (Exception, SystemExit) as error:
                yield raised(error)
            close = getattr(reading, "close", None)
            if close is None:
                yield "it cannot be closed: what records returns has no method close; make it a generator"
            else:
                close()
            still = sorted(_open_files() - before)
            del reading
            gc.collect()
        if still:
            yield f"this is still open: {', '.join(still)}"
        for warning in caught:
            if issubclass(warning.category, ResourceWarning):
                yield f"something is closed by chance alone: {warning.message}"

    def _more(self, read: Callable[[str], None], locations: Mapping[int, str]) -> int:
        """Return how many more lines of Python run for the most records than for the fewest."""
        fewest, most = (steps(lambda size=size: read(locations[size])) for size in (_SIZE, 4 * _SIZE))  # type: ignore[misc]
        return most - fewest

    def _first(self, location: str) -> None:
        reading = self._records(location)
        next(reading)
        getattr(reading, "close", lambda: None)()

    def _drained(self, location: str) -> None:
        for _ in self._records(location):
            pass

    def _memory(self, location: str) -> int:
        """Return the peak memory in bytes while records are read and none of them is kept."""
        gc.collect()
        tracemalloc.start()
        try:
            self._drained(location)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


def _written(content: Content, folder: Path, key: str) -> str:
    """Write the input of a source into a new folder, and return its location."""
    folder.mkdir()
    if not isinstance(content, bytes):
        return content(folder)
    path = folder / f"样本{key if key.startswith('.') else ''}"
    path.write_bytes(content)
    return str(path)


@contextmanager
def _placed(content: Content, key: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield _written(content, Path(folder) / "source", key)


@st.composite
def _broken(draw: st.DrawFn, contents: Sequence[bytes]) -> bytes:
    """The bytes of a sample, truncated or changed at some places, or random bytes."""
    content = bytearray(draw(st.sampled_from(contents) | st.binary(max_size=64)))
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(content)))
        content[start : start + draw(st.integers(0, 4))] = draw(st.binary(max_size=4))
    return bytes(content[: draw(st.none() | st.integers(0, len(content)))])


def _sent(record: SourceRecord) -> SourceRecord:
    """Return a record as other processes receive it."""
    return replace(record, find=None)


def _unsound(name: str, record: SourceRecord) -> Iterator[str]:
    """Yield the faults of a record, whatever its content."""
    if not isinstance(record, SourceRecord):
        yield f"{name} is {shortened(record)}; expected a SourceRecord"
        return
    if not record.name:
        yield f"{name} has no name; expected what messages call the file or table that it stands in"
    if record.line < 1:
        yield f"{name} begins on line {record.line}; lines count from 1"
    if not 0 <= record.read <= 1:
        yield f"{name} has read {record.read} of the source; expected a share from 0 to 1"
    if record.folder and not os.path.isabs(record.folder):
        yield f"{name} has the folder {record.folder!r}; expected it in full, as folder_of gives it"
    yield from _without_place(name, (*record.faults, *record.warnings))
    if isinstance(record.content, bytes):
        return
    if not isinstance(record.content, Mapping):
        yield f"{name} has the content {shortened(record.content)}; expected bytes, or a dictionary"
        return
    for path, value in _leaves(record.content):
        if not isinstance(value, _PLAIN):
            yield f"{name} has {shortened(value)} at {path}; expected texts, numbers, booleans, dates, None"
        if record.find is not None:
            try:
                place = record.find(path)
            except (Exception, SystemExit) as error:
                yield f"{name}: asked for the place of {path}, {raised(error)}"
            else:
                if not place.record:
                    yield f"{name}: the place of {path} is {place!r}; expected one with the record's name"
    try:
        pickle.dumps(_sent(record))
    except Exception as error:  # pickle passes on any exception that a value raises
        yield f"{name} cannot be sent to another process: {error!r}"


def _without_place(name: str, faults: Sequence[Fault]) -> Iterator[str]:
    for fault in faults:
        if not fault.place.record and not fault.place.cell:
            yield f"{name}: the fault “{fault}” has no place"


def _leaves(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Yield the values within data that are neither lists nor dictionaries, each with its path."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _leaves(part, (*path, name))
    elif isinstance(value, list | tuple):
        for at, part in enumerate(value):
            yield from _leaves(part, (*path, at))
    else:
        yield path, value


def _open_files() -> set[str]:
    """Return the files that this process has open, as far as the system reports them."""
    if not _DESCRIPTORS.is_dir():
        return set()
    found = set()
    for descriptor in list(_DESCRIPTORS.iterdir()):
        try:
            found.add(f"{os.readlink(descriptor)} ({descriptor.name})")
        except OSError:  # the folder itself, which was open while it was listed
            continue
    return found
