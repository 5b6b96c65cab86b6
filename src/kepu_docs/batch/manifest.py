"""The manifest: what a folder of documents was made from, a line of JSON for each record.

During a run lines are only ever added, so that a killed run loses none but the last; a line that came later counts
before one that says something of the same files. At a run's end the manifest is written anew, in the order of the
source and without what no longer counts.
"""

import hashlib
import json
import os
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, get_args

from kepu_docs.batch.work import Who
from kepu_docs.errors import N_, Fault, Message, OutputError, Place
from kepu_docs.pipeline.writing import TEMPORARY_PREFIX, reason_of
from kepu_docs.visible import json_text

MANIFEST: Final = "manifest.jsonl"
HALF_MANIFEST: Final = f"{TEMPORARY_PREFIX}manifest.tmp"

Status: TypeAlias = Literal["done", "failed", "absent"]
"""``absent``: its documents are there, but the record is no longer in its source, or fails as it is now."""


@dataclass(frozen=True, slots=True)
class Output:
    """A finished document: its format, its path below the folder, its size in bytes, and its SHA-256."""

    format: str
    path: str
    size: int
    sha256: str
    stale: bool = False
    """Whether it is of an older state of the record, since the last run made other formats."""


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one record."""

    source: str
    """The location that was given, relative to the folder where it is a path."""
    name: str
    place: str
    """The file or table within the source, and where in it the record stands."""
    status: Status
    who: Who
    record: str
    """The SHA-256 of the record's text or data."""
    made_with: Mapping[str, str]
    """The version, and SHA-256 sums of plugins, templates and options."""
    stem: str = ""
    """The path that the record asked for, before it was made unique."""
    outputs: tuple[Output, ...] = ()
    photos: tuple[tuple[str, int, int], ...] = ()
    errors: tuple[tuple[str, str], ...] = ()
    """Place and message of each fault."""

    def text(self) -> bytes:
        """Return the line as it stands in the manifest."""
        data = {
            "source": self.source,
            "name": self.name,
            "place": self.place,
            "status": self.status,
            **self.who._asdict(),
            "record": self.record,
            "made_with": self.made_with,
        }
        if self.outputs:
            data["stem"] = self.stem
            data["outputs"] = [_told(output) for output in self.outputs]
        if self.photos:
            data["photos"] = self.photos
        if self.errors:
            data["errors"] = [{"place": place, "message": message} for place, message in self.errors]
        return json_text(data).encode() + b"\n"

    @classmethod
    def read(cls, text: bytes) -> "Line":
        """Return the line that ``text`` is. Raises ``ValueError`` for anything else."""
        try:
            data = json.loads(text)
            line = cls(
                data["source"],
                data["name"],
                data["place"],
                data["status"],
                Who(*(data[name] for name in Who._fields)),
                data["record"],
                data["made_with"],
                data.get("stem", ""),
                tuple(Output(**output) for output in data.get("outputs", ())),
                tuple((file, size, changed) for file, size, changed in data.get("photos", ())),
                tuple((error["place"], error["message"]) for error in data.get("errors", ())),
            )
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
            raise ValueError(f"not a line of a manifest: {error!r}") from None
        if not line._is_sound():
            raise ValueError("not a line of a manifest")
        return line

    def _is_sound(self) -> bool:
        texts = (self.source, self.name, self.place, self.record, self.stem, *self.who)
        told = (text for error in self.errors for text in error)
        return (
            all(isinstance(text, str) for text in (*texts, *told))
            and self.status in get_args(Status)
            and isinstance(self.made_with, dict)
            and all(_is_output(output) for output in self.outputs)
            and all(isinstance(file, str) for file, _, _ in self.photos)
        )


def _is_output(output: Output) -> bool:
    return (
        isinstance(output.format, str)
        and isinstance(output.path, str)
        and isinstance(output.size, int)
        and isinstance(output.sha256, str)
        and is_below(output.path)
    )


def is_below(path: str) -> bool:
    """Tell whether a path is one that a run gives out: with no step that leads out of its folder."""
    return "\\" not in path and "\0" not in path and not {"", ".", ".."}.intersection(path.split("/"))


def _told(output: Output) -> dict[str, Any]:
    told = asdict(output)
    if not output.stale:
        del told["stale"]
    return told


def key_of(text: str) -> int:
    """Return 64 bits that stand for ``text`` in memory, where there may be a hundred thousand of them."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def is_gone(path: "str | os.PathLike[str]") -> bool:
    """Tell whether there is surely no file at ``path``; of a disk that does not answer nothing is said."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


class Manifest:
    """The manifest of one folder, open for one run.

    It keeps a few numbers a record in memory, the lines stay on disk.
    """

    def __init__(self, folder: Path) -> None:
        """Read what there is. Raises ``OutputError`` for a file that is no manifest at all."""
        self.path = folder / MANIFEST
        self._folder = folder
        self._by_record: dict[int, list[int]] = {}
        self._by_path: dict[int, int] = {}
        self._by_place: dict[int, int] = {}
        self._seen: list[int] = []
        self._damaged: list[int] = []
        try:
            # Written through the one, and read through the other: what is written is at once on its way.
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
            self._out = os.open(self.path, flags, 0o666)
        except OSError as error:
            raise self._unwritten(error) from None
        try:
            self._file = open(self.path, "rb")  # noqa: SIM115  (it stays open)
            self._end = self._cut_half_line()
            for at, line in self._lines(self._damaged):
                self._index(at, line)
            if self._damaged and not (self._by_record or self._by_place):
                place = Place(str(self.path), self._damaged[0])
                raise OutputError.at(place, "this file is no manifest of a run; move it away, or give another folder")
        except OSError as error:
            self.close()
            raise self._unwritten(error) from None
        except BaseException:
            self.close()
            raise

    def _unwritten(self, error: OSError) -> OutputError:
        text = N_("the manifest cannot be written: {reason}")
        return OutputError.at(Place(str(self.path)), text, reason=Message(reason_of(error)))

    @property
    def damage(self) -> tuple[Fault, ...]:
        """What an operator should know of lines that cannot be read."""
        if not self._damaged:
            return ()
        text = N_("{count} lines of the manifest are damaged; the documents that they told of are made anew")
        return (Fault(Place(str(self.path), self._damaged[0]), text, (("count", len(self._damaged)),)),)

    def _cut_half_line(self) -> int:
        """Cut off what a killed run, or a full disk, may have left at the end; return where the end is."""
        end = whole = os.fstat(self._out).st_size
        while end > 0:
            step = min(end, 65536)
            self._file.seek(end - step)
            found = self._file.read(step).rfind(b"\n")
            if found >= 0:
                end += found + 1 - step
                break
            end -= step
        if end < whole:
            os.ftruncate(self._out, end)
            self._file.seek(0)
        return end

    def _lines(self, damaged: list[int] | None = None) -> Iterator[tuple[int, Line]]:
        """Yield the lines that can be read, each with the byte at which it begins."""
        at = 0
        self._file.seek(0)
        for number, text in enumerate(self._file, 1):
            try:
                yield at, Line.read(text)
            except ValueError:
                if damaged is not None:
                    damaged.append(number)
            at += len(text)

    def _index(self, at: int, line: Line) -> None:
        if line.status != "failed":
            self._by_record.setdefault(key_of(line.record), []).append(at)
        self._by_place[key_of(f"{line.name}\0{line.place}")] = at
        for output in line.outputs:
            self._by_path[key_of(output.path)] = at

    @property
    def has_records(self) -> bool:
        """Whether there is any record to compare with."""
        return bool(self._by_record)

    def line(self, at: int) -> Line:
        """Return the line that begins at a byte of the manifest."""
        return Line.read(self._text(at))

    def _text(self, at: int) -> bytes:
        self._file.seek(at)
        return self._file.readline()

    def known(self, record: str, used: Container[int] = ()) -> Iterator[tuple[int, Line]]:
        """Yield the lines that still count of documents made from a record with this SHA-256, but those ``used``."""
        for at in self._by_record.get(key_of(record), ()):
            if at in used:
                continue
            line = self.line(at)
            if line.record == record and self._counts(at, line):
                yield at, line

    def owner(self, path: str) -> Line | None:
        """Return the line that tells of the document at ``path``."""
        at = self._by_path.get(key_of(path))
        line = None if at is None else self.line(at)
        return line if line and any(output.path == path for output in line.outputs) else None

    def all(self) -> Iterator[Line]:
        """Yield the lines that count."""
        for at, line in self._lines():
            if self._counts(at, line):
                yield line

    def _counts(self, at: int, line: Line) -> bool:
        if line.outputs:
            return any(self._owns(at, output) for output in line.outputs)
        return self._by_place.get(key_of(f"{line.name}\0{line.place}")) == at

    def _owns(self, at: int, output: Output) -> bool:
        return self._by_path.get(key_of(output.path)) == at

    def add(self, lines: Iterable[Line]) -> None:
        """Add lines at the end, all or none, and have them on their way to the disk. Raises ``OutputError``."""
        told = [(line, line.text()) for line in lines]
        rest = memoryview(b"".join(text for _, text in told))
        try:
            while rest:
                rest = rest[os.write(self._out, rest) :]
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(self._out, self._end)
            raise self._unwritten(error) from None
        for line, text in told:
            self._index(self._end, line)
            self._seen.append(self._end)
            self._end += len(text)

    def keep(self, at: int) -> None:
        """Note that the line at a byte of the manifest holds still."""
        self._seen.append(at)

    def finish(self, sources: frozenset[str], *, complete: bool) -> int:
        """Write the manifest anew; return how many records are no longer in their source.

        Of the ``sources`` of this run, lines that the run did not come upon are of absent records, if it was complete;
        lines of other sources stay. Documents that are gone from the disk are no longer told of.
        """
        absent = 0
        seen = set(self._seen)
        new = self.path.with_name(HALF_MANIFEST)
        try:
            with open(new, "wb") as file:
                for at in self._seen:
                    file.write(self._text(at))
                for at, line in self._lines():
                    if at in seen or not self._counts(at, line):
                        continue
                    is_of_run = complete and line.source in sources
                    left = tuple(
                        output
                        for output in line.outputs
                        if self._owns(at, output) and not is_gone(self._folder / output.path)
                    )
                    if not left and (line.outputs or is_of_run):
                        continue
                    absent += is_of_run
                    file.write(replace(line, outputs=left, status="absent" if is_of_run else line.status).text())
                file.flush()
                os.fsync(file.fileno())
            self.close()
            os.replace(new, self.path)
        except OSError as error:
            with suppress(OSError):
                new.unlink()
            raise self._unwritten(error) from None
        return absent

    def close(self) -> None:
        """Close the file; it may be closed already."""
        out, self._out = self._out, -1
        if out >= 0:
            with suppress(OSError):
                os.close(out)
        if hasattr(self, "_file"):
            self._file.close()


def read_manifest(path: Path) -> Iterator[Line]:
    """Yield the lines of a finished manifest; none if there is no such file."""
    if not path.exists():
        return
    with open(path, "rb") as file:
        for text in file:
            with suppress(ValueError):
                yield Line.read(text)
