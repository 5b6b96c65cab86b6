"""The manifest: what the documents in a folder were made from, with a line of JSON for each record.

During a run lines are only appended, so a killed run loses at most the last one; a later line takes precedence over an
earlier one about the same files. At the end of a run the manifest is rewritten, in the order of the source and without
the lines that are out of date.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal, TypeAlias

from kepu_docs.batch.folder import Folder
from kepu_docs.batch.photographs import Photograph
from kepu_docs.batch.reserved_names import MANIFEST, is_document_path
from kepu_docs.errors import N_, Fault, Message, OutputError, Place
from kepu_docs.errors.addresses import printable_path
from kepu_docs.errors.visible import json_text
from kepu_docs.output.file_names import is_path
from kepu_docs.output.files import create_file, explaining, open_if_there, open_own, reason_of, replace_file
from kepu_docs.pipeline.records import Who
from kepu_docs.pipeline.traditional import ConvertedName
from kepu_docs.schema.shapes import literals

MOST_OF_A_LINE: Final = 4 * 1024 * 1024
"""The longest line of a manifest, in bytes: the faults of a record that has ten thousand. Longer lines are invalid."""
_LARGEST: Final = 2**64
"""Sizes and times are below."""
READ_UP_TO: Final = 1
"""The largest format of lines that this version reads; a line without ``format`` has format 1."""
_BEGIN: Final = b'{"source": '
"""The beginning of each line."""
_PIECE: Final = 64 * 1024
"""In bytes: how much of a file is in memory while it is copied."""
_UNREAD: Final = N_("the manifest cannot be read: {reason}")
_UNWRITTEN: Final = N_("the manifest cannot be written: {reason}")

Status: TypeAlias = Literal["done", "failed", "absent"]
"""``absent``: its documents exist, but the record is no longer in its source, or fails now."""
_STATUSES: Final = literals(Status)
_TEXT: Final = {str}


class NewerFormatError(ValueError):
    """A line of a manifest is of a format that only a newer version reads."""

    def __init__(self, found: int) -> None:
        super().__init__(f"a line of format {found}")
        self.found = found


@dataclass(frozen=True, slots=True)
class Output:
    """A finished document: its format, its path below the folder, its size in bytes, and its SHA-256."""

    format: str
    path: str
    size: int
    sha256: str
    stale: bool = False
    """Whether it was made from an older state of the record, because the last run made other formats."""


@dataclass(frozen=True, slots=True)
class Line:
    """The outcome of one record."""

    source: str
    """The location that was given; a path is relative to the folder."""
    name: str
    place: str
    """The file or table within the source, and the place of the record in it."""
    status: Status
    who: Who
    record: str
    """The SHA-256 of the record's text or data."""
    made_with: Mapping[str, str]
    """The version, and SHA-256 sums of plugins, templates and options."""
    stem: str = ""
    """The path requested for the record's documents, before it was made unique."""
    outputs: tuple[Output, ...] = ()
    photos: tuple[Photograph, ...] = ()
    errors: tuple[tuple[str, str], ...] = ()
    """Place and message of each fault."""
    period: str = ""
    """The period of the record, as records write it; empty if it is not known."""
    names: tuple[ConvertedName, ...] = ()
    """Names that the documents show in other characters than the record."""
    remarks: tuple[tuple[str, str], ...] = ()
    """Place and message of the warnings that its source gave with the record."""

    def text(self) -> bytes:
        """Return the line as the manifest has it; if there are too many faults for a line, only the first ones."""
        errors, remarks = list(self.errors), list(self.remarks)
        while len(text := self._text(errors, remarks)) > MOST_OF_A_LINE and (errors or remarks):
            del errors[len(errors) // 2 :]
            del remarks[len(remarks) // 2 :]
        return text

    def _text(self, errors: Iterable[tuple[str, str]], remarks: Iterable[tuple[str, str]]) -> bytes:
        data = {
            "source": self.source,
            "name": self.name,
            "place": self.place,
            "status": self.status,
            **self.who._asdict(),
            "record": self.record,
            "made_with": self.made_with,
        }
        if self.period:
            data["period"] = self.period
        if self.outputs:
            data["stem"] = self.stem
            data["outputs"] = [_output_data(output) for output in self.outputs]
        if self.photos:
            data["photos"] = self.photos
        if self.names:
            data["names"] = [name._asdict() for name in self.names]
        if self.errors:
            data["errors"] = [{"place": place, "message": message} for place, message in errors]
        if self.remarks:
            data["remarks"] = [{"place": place, "message": message} for place, message in remarks]
        return json_text(data).encode("utf-8", "backslashreplace") + b"\n"

    @classmethod
    def read(cls, text: bytes) -> "Line":
        """Return the line written as ``text``. Raises ``ValueError`` for anything else, including hostile input."""
        try:
            # As text: from bytes, UTF-16 would be accepted as well.
            data = json.loads(text.decode(), object_pairs_hook=_once_each, parse_constant=_refused)
            if type(given := data.get("format", READ_UP_TO)) is int and given > READ_UP_TO:
                raise NewerFormatError(given)
            line = cls(
                data["source"],
                data["name"],
                data["place"],
                data["status"],
                Who(data["district"], data["street"], data["community"], data["code"]),
                data["record"],
                data["made_with"],
                data.get("stem", ""),
                tuple(Output(**output) for output in _list(data, "outputs")),
                tuple(Photograph(*photo) for photo in _list(data, "photos")),
                _messages(data, "errors"),
                data.get("period", ""),
                tuple(ConvertedName(**name) for name in _list(data, "names")),
                _messages(data, "remarks"),
            )
        except NewerFormatError:
            raise
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
            raise ValueError(f"not a line of a manifest: {type(error).__name__}") from None
        if not line._is_sound():
            raise ValueError("not a line of a manifest")
        return line

    def _is_sound(self) -> bool:
        return (
            _are_texts((self.source, self.name, self.place, self.record, self.stem, self.period))
            and all(map(_are_texts, (self.who, *self.errors, *self.remarks, *self.names)))
            and self.status in _STATUSES
            and isinstance(self.made_with, dict)
            and _are_texts(self.made_with.values())
            and (not self.stem or is_path(self.stem))
            and (bool(self.stem) or not self.outputs)
            and all(_is_output(output) for output in self.outputs)
            and all(_is_photograph(photo) for photo in self.photos)
        )


def _are_texts(values: Iterable[object]) -> bool:
    return {*map(type, values)} <= _TEXT


def _list(data: Mapping[str, Any], key: str) -> list[Any]:
    found = data.get(key, [])
    if not isinstance(found, list):
        raise TypeError(key)
    return found


def _messages(data: Mapping[str, Any], key: str) -> tuple[tuple[str, str], ...]:
    return tuple((each["place"], each["message"]) for each in _list(data, key))


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object of some pairs. Duplicate keys are ambiguous, so they are an error."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refused(constant: str) -> Any:
    raise ValueError(f"{constant} is no number of a manifest")


def _is_output(output: Output) -> bool:
    return (
        isinstance(output.format, str)
        and isinstance(output.path, str)
        and _is_number(output.size)
        and isinstance(output.sha256, str)
        and isinstance(output.stale, bool)
        and is_document_path(output.path)
    )


def _is_photograph(photo: Photograph) -> bool:
    return isinstance(photo.file, str) and isinstance(photo.sha256, str) and all(map(_is_number, photo[1:5]))


def _is_number(value: object) -> bool:
    return type(value) is int and -_LARGEST < value < _LARGEST


def _output_data(output: Output) -> dict[str, Any]:
    data = {"format": output.format, "path": output.path, "size": output.size, "sha256": output.sha256}
    return data | {"stale": True} if output.stale else data


def key_of(text: str) -> int:
    """Return 64 bits that represent ``text`` in memory, where there may be a hundred thousand of them."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


class Manifest:
    """The manifest of one folder, open for one run.

    It keeps a few numbers for each record in memory; the lines stay on disk.
    """

    def __init__(self, folder: Folder) -> None:
        """Read an existing manifest, and change nothing. Raises ``OutputError`` for a file that is not a manifest."""
        self.path = folder.path / MANIFEST
        self._folder = folder
        self._by_record: dict[int, list[int]] = {}
        self._by_path: dict[int, int] = {}
        self._by_place: dict[int, int] = {}
        self._looked_at: dict[int, int] = {}
        self._by_source: dict[str, list[int]] = {}
        self._formats: set[str] = set()
        self._seen: list[int] = []
        self._damaged = _Damage()
        self._end = 0
        """Where the last complete line ends; a killed run, or a full disk, may have left more after it."""
        self._out = -1
        self._room: Path | None = None
        self._file = _opened(self.path)
        if self._file is None:
            return
        try:
            with self._explaining():
                for at, line in self._lines(first=True):
                    self._index(at, line)
                    self._by_source.setdefault(line.source, []).append(at)
                if not (self._by_record or self._by_place):
                    _check_rest(self._file, self._end, self.path, self._damaged)
        except BaseException:
            self.close()
            raise

    def begin(self, room: Path) -> None:
        """Prepare the manifest for new lines; ``room`` is a folder for unfinished files.

        Raises ``OutputError``.
        """
        self._room = room
        with self._explaining():
            if self._file is None:
                os.close(create_file(self.path))
            elif os.fstat(self._file.fileno()).st_nlink > 1:
                # The file has another name, for example in somebody's backup, which must not receive the new lines.
                self._move_out()
            self._out = open_own(self.path, os.O_RDWR | os.O_APPEND)
            if self._file is None:
                self._file = open(open_own(self.path), "rb")  # noqa: SIM115  (it stays open)
            if not os.path.samestat(os.fstat(self._out), os.fstat(self._file.fileno())):
                raise ValueError(N_("another program has just replaced it; run again"))
            if os.fstat(self._out).st_size > self._end:
                os.ftruncate(self._out, self._end)

    def _new_file(self) -> Path:
        assert self._room is not None  # noqa: S101
        return self._room / secrets.token_hex(8)

    def _move_out(self) -> None:
        """Copy the manifest to a new file of its own, which replaces the one that also has other names."""
        assert self._file is not None  # noqa: S101
        new = self._new_file()
        left = self._end
        with self._file, open(create_file(new), "wb") as file:
            self._file.seek(0)
            while left and (piece := self._file.read(min(left, _PIECE))):
                left -= len(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        self._file = None
        replace_file(str(new), str(self.path))

    def _explaining(self) -> AbstractContextManager[None]:
        return explaining(self.path, _UNWRITTEN)

    @property
    def damage(self) -> tuple[Fault, ...]:
        """A warning for the operator about lines that cannot be read; empty if there are none."""
        if not self._damaged.count:
            return ()
        text = N_("damaged lines of the manifest: {count}; the documents listed there are made again")
        return (Fault(Place(str(self.path), self._damaged.first), text, (("count", self._damaged.count),)),)

    def _lines(self, *, first: bool = False) -> Iterator[tuple[int, Line]]:
        """Yield the lines that can be read, each with its byte offset; the ``first`` time, record the damaged ones."""
        if self._file is None:
            return
        self._file.seek(0)
        for number, (at, text, end) in enumerate(_texts(self._file), 1):
            line = _line(text, self.path)
            if first:
                self._end = end
                if line is None:
                    self._damaged.note(number)
            if line is not None:
                yield at, line

    def _index(self, at: int, line: Line) -> None:
        if line.status != "failed":
            self._by_record.setdefault(key_of(line.record), []).append(at)
        self._by_place[key_of(f"{line.name}\0{line.place}")] = at
        for output in line.outputs:
            self._by_path[key_of(output.path)] = at
            self._formats.add(output.format)

    @property
    def has_records(self) -> bool:
        """Whether there are any records to compare with."""
        return bool(self._by_record)

    def line(self, at: int) -> Line:
        """Return the line that begins at a byte offset of the manifest."""
        return Line.read(self._text(at))

    def _text(self, at: int) -> bytes:
        assert self._file is not None  # noqa: S101
        self._file.seek(at)
        return self._file.readline(MOST_OF_A_LINE)

    def take(self, record: str, fits: Callable[[Line], bool]) -> tuple[int, Line] | None:
        """Return the next line of documents made from a record with this SHA-256 that is still valid and ``fits``.

        Each line is examined once in a run, so that many equal records take linear and not quadratic time.
        """
        key = key_of(record)
        lines = self._by_record.get(key, ())
        for place in range(self._looked_at.get(key, 0), len(lines)):
            self._looked_at[key] = place + 1
            line = self.line(lines[place])
            if line.record == record and self._counts(lines[place], line) and fits(line):
                return lines[place], line
        return None

    def owner(self, path: str) -> Line | None:
        """Return the line of the document at ``path``."""
        at = self._by_path.get(key_of(path))
        line = None if at is None else self.line(at)
        return line if line and any(output.path == path for output in line.outputs) else None

    def has_format(self, name: str) -> bool:
        """Return whether any document is of this format."""
        return name in self._formats

    def of_others(self, sources: frozenset[str]) -> Iterator[Line]:
        """Yield the valid lines that were read at the beginning and are not of these ``sources``."""
        for source, places in self._by_source.items():
            for at in places if source not in sources else ():
                if self._counts(at, line := self.line(at)):
                    yield line

    def _counts(self, at: int, line: Line) -> bool:
        if line.outputs:
            return any(self._owns(at, output) for output in line.outputs)
        return self._by_place.get(key_of(f"{line.name}\0{line.place}")) == at

    def _owns(self, at: int, output: Output) -> bool:
        return self._by_path.get(key_of(output.path)) == at

    def add(self, lines: Iterable[Line]) -> None:
        """Append lines, all or none, and pass them to the operating system. Raises ``OutputError``."""
        added = [(line, line.text()) for line in lines]
        try:
            _write(self._out, b"".join(text for _, text in added))
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(self._out, self._end)
            raise OutputError.at(Place(str(self.path)), _UNWRITTEN, reason=Message(reason_of(error))) from None
        for line, text in added:
            self._index(self._end, line)
            self._seen.append(self._end)
            self._end += len(text)

    def keep(self, at: int) -> None:
        """Record that the line at a byte offset of the manifest is still valid."""
        self._seen.append(at)

    def finish(self, sources: frozenset[str], *, complete: bool) -> int:
        """Rewrite the manifest; return how many records are no longer in their source.

        If the run was complete, the lines of its ``sources`` that it did not meet belong to absent records; the lines
        of other sources are kept. Documents that are gone from the disk are no longer listed.
        """
        absent = 0
        # Only what counts and was not met is looked at: nothing, in most runs.
        left_over = {*self._by_path.values(), *self._by_place.values()}.difference(self._seen)
        new = self._new_file()
        with self._explaining():
            try:
                with open(create_file(new), "wb") as file:
                    for at in self._seen:
                        file.write(self._text(at))
                    for at in sorted(left_over):
                        line = self.line(at)
                        if not self._counts(at, line):
                            continue
                        is_of_run = complete and line.source in sources
                        left = tuple(
                            output
                            for output in line.outputs
                            if self._owns(at, output) and not self._folder.is_gone(output.path)
                        )
                        if not left and (line.outputs or is_of_run):
                            continue
                        absent += is_of_run
                        file.write(replace(line, outputs=left, status="absent" if is_of_run else line.status).text())
                    file.flush()
                    os.fsync(file.fileno())
                self.close()
                replace_file(str(new), str(self.path))
            except BaseException:
                with suppress(OSError):
                    new.unlink()
                raise
        return absent

    def close(self) -> None:
        """Close the file; calling this twice is allowed."""
        out, self._out = self._out, -1
        if out >= 0:
            with suppress(OSError):
                os.close(out)
        if self._file is not None:
            self._file.close()


def _write(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _texts(file: BinaryIO) -> Iterator[tuple[int, bytes | None, int]]:
    """Yield each complete line with the byte offsets of its beginning and end; ``None`` for a line that is too long.

    Text after the last line end is left out. Never more than the length of the longest line is in memory.
    """
    at = 0
    while text := file.readline(MOST_OF_A_LINE):
        size, piece = len(text), text
        while not piece.endswith(b"\n"):
            piece = file.readline(MOST_OF_A_LINE)
            if not piece:
                return
            size += len(piece)
        yield at, text if len(text) == size else None, at + size
        at += size


def _opened(path: Path) -> BinaryIO | None:
    """Open a manifest, if it exists. Raises ``OutputError`` for anything that is not a file."""
    with explaining(path, _UNREAD):
        return open_if_there(path)


@dataclass(slots=True)
class _Damage:
    """How many lines cannot be read, and the number of the first one."""

    count: int = 0
    first: int = 1

    def note(self, number: int) -> None:
        self.first = self.first if self.count else number
        self.count += 1


def check_manifest(path: Path) -> bool:
    """Return whether ``path`` is a manifest of kepu-docs with at least one record. Only its first line is read.

    Raises ``OutputError`` for a file that is not a manifest.
    """
    file = _opened(path)
    if file is None:
        return False
    with file, explaining(path, _UNREAD):
        damaged = _Damage()
        whole = 0
        for number, (_, text, end) in enumerate(_texts(file), 1):
            if _line(text, path) is not None:
                return True
            damaged.note(number)
            whole = end
        _check_rest(file, whole, path, damaged)
    return False


def _check_rest(file: BinaryIO, whole: int, path: Path, damaged: _Damage) -> None:
    """Raise ``OutputError`` for a file without a valid line, unless a killed run may have left it."""
    file.seek(whole)
    if damaged.count or not _is_half(file, path):
        text = N_("this file is not a manifest; move it or choose another folder")
        raise OutputError.at(Place(str(path), damaged.first), text)


def _is_half(file: BinaryIO, path: Path) -> bool:
    """Tell whether the rest of a file is the begin of a line of ours, or what a loss of power leaves: zeros."""
    half = file.read(MOST_OF_A_LINE)
    if not half.strip(b"\0"):
        return not any(piece.strip(b"\0") for piece in iter(lambda: file.read(_PIECE), b""))
    if file.read(1) or not half.startswith(_BEGIN[: len(half)]):
        return False
    try:
        json.loads(half.decode(errors="replace"))
    except (ValueError, RecursionError):
        return True
    # Nothing is missing but the line end: then it is a line of ours, or one of somebody else.
    return _line(half, path) is not None


def _line(text: bytes | None, path: Path) -> Line | None:
    """Return the line of the manifest at ``path`` that ``text`` is, if it is one.

    Raises ``OutputError`` for a format that only a newer version reads: that is no damage.
    """
    try:
        return None if text is None else Line.read(text)
    except NewerFormatError as error:
        newer = N_(
            "this manifest has format {found}; this version of kepu-docs reads up to {limit}; update kepu-docs, or "
            "give another folder"
        )
        raise OutputError.at(Place(printable_path(path)), newer, found=error.found, limit=READ_UP_TO) from None
    except ValueError:
        return None


def read_manifest(path: Path) -> Iterator[Line]:
    """Yield the lines of a finished manifest; none if there is no such file.

    Raises ``OutputError`` for anything that is not a file, including a link.
    """
    file = _opened(path)
    if file is None:
        return
    with file, explaining(path, _UNREAD):
        for _, text, _ in _texts(file):
            line = _line(text, path)
            if line is not None:
                yield line
