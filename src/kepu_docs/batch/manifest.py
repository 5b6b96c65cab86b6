"""The manifest: what a folder of documents was made from, a line of JSON for each record.

During a run lines are only ever added, so that a killed run loses none but the last; a line that came later counts
before one that says something of the same files. At a run's end the manifest is written anew, in the order of the
source and without what no longer counts.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal, TypeAlias

from kepu_docs.batch.work import Who
from kepu_docs.errors import OutputError, Place
from kepu_docs.pipeline.writing import TEMPORARY_PREFIX

MANIFEST: Final = "manifest.jsonl"
HALF_MANIFEST: Final = f"{TEMPORARY_PREFIX}manifest.tmp"

Status: TypeAlias = Literal["done", "failed", "absent"]
"""``absent``: its documents are there, but the record is no longer in its source."""


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
        return json.dumps(data, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"

    @classmethod
    def read(cls, text: bytes) -> "Line":
        """Return the line that ``text`` is. Raises ``ValueError`` for anything else."""
        try:
            data = json.loads(text)
            return cls(
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
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"not a line of a manifest: {error!r}") from None


def _told(output: Output) -> dict[str, Any]:
    told = asdict(output)
    if not output.stale:
        del told["stale"]
    return told


def key_of(text: str) -> int:
    """Return 64 bits that stand for ``text`` in memory, where there may be a hundred thousand of them."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


class Manifest:
    """The manifest of one folder, open for one run.

    It keeps a few numbers a record in memory, the lines stay on disk.
    """

    def __init__(self, folder: Path) -> None:
        """Read what there is. Raises ``OutputError`` for a manifest that is none."""
        self.path = folder / MANIFEST
        self._by_record: dict[int, list[int]] = {}
        self._by_path: dict[int, int] = {}
        self._by_place: dict[int, int] = {}
        self._seen: list[int] = []
        self._file = self._opened()
        for at, line in self._lines():
            self._index(at, line)

    def _opened(self) -> BinaryIO:
        try:
            file = open(self.path, "a+b")  # noqa: SIM115  (it stays open)
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputError.at(
                Place(str(self.path)), "the manifest cannot be written: {reason}", reason=reason
            ) from None
        # A killed run, or a full disk, may have left half a line.
        file.seek(0, os.SEEK_END)
        end = file.tell()
        while end > 0:
            step = min(end, 65536)
            file.seek(end - step)
            found = file.read(step).rfind(b"\n")
            if found >= 0:
                end += found + 1 - step
                break
            end -= step
        file.truncate(end)
        return file

    def _lines(self) -> Iterator[tuple[int, Line]]:
        self._file.seek(0)
        at = 0
        for number, text in enumerate(self._file, 1):
            try:
                yield at, Line.read(text)
            except ValueError:
                place = Place(str(self.path), number)
                message = "this is no line of a manifest; remove the file, and run again with --fresh"
                raise OutputError.at(place, message) from None
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
        self._file.seek(at)
        return Line.read(self._file.readline())

    def known(self, record: str) -> Iterator[tuple[int, Line]]:
        """Yield the lines that still count of documents made from a record with this SHA-256."""
        for at in self._by_record.get(key_of(record), ()):
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
            return any(self._by_path.get(key_of(output.path)) == at for output in line.outputs)
        return self._by_place.get(key_of(f"{line.name}\0{line.place}")) == at

    def add(self, lines: Iterable[Line]) -> None:
        """Add lines at the end, and have them on their way to the disk. Raises ``OutputError``."""
        self._file.seek(0, os.SEEK_END)
        at = begin = self._file.tell()
        try:
            for line in lines:
                text = line.text()
                self._file.write(text)
                self._index(at, line)
                self._seen.append(at)
                at += len(text)
            self._file.flush()
        except OSError as error:
            with suppress(OSError):
                self._file.truncate(begin)
            reason = error.strerror or str(error)
            raise OutputError.at(
                Place(str(self.path)), "the manifest cannot be written: {reason}", reason=reason
            ) from None

    def keep(self, at: int) -> None:
        """Note that the line at a byte of the manifest holds still."""
        self._seen.append(at)

    def finish(self, sources: frozenset[str], *, complete: bool) -> int:
        """Write the manifest anew; return how many records are no longer in their source.

        Of the ``sources`` of this run, lines that the run did not come upon are of absent records, if it was complete;
        lines of other sources stay.
        """
        absent = 0
        seen = set(self._seen)
        new = self.path.with_name(HALF_MANIFEST)
        try:
            with open(new, "wb") as file:
                for at in self._seen:
                    self._file.seek(at)
                    file.write(self._file.readline())
                for at, line in self._lines():
                    if at in seen or not self._counts(at, line):
                        continue
                    if complete and line.source in sources:
                        if not line.outputs:
                            continue
                        absent += 1
                        line = Line(**{**{name: getattr(line, name) for name in line.__slots__}, "status": "absent"})
                    file.write(line.text())
                file.flush()
                os.fsync(file.fileno())
            self._file.close()
            os.replace(new, self.path)
        except OSError as error:
            with suppress(OSError):
                new.unlink()
            reason = error.strerror or str(error)
            raise OutputError.at(
                Place(str(self.path)), "the manifest cannot be written: {reason}", reason=reason
            ) from None
        return absent

    def close(self) -> None:
        """Close the file."""
        with suppress(OSError):
            self._file.close()


def read_manifest(path: Path) -> Iterator[Line]:
    """Yield the lines of a finished manifest; none if there is no such file."""
    if not path.exists():
        return
    with open(path, "rb") as file:
        for text in file:
            yield Line.read(text)
