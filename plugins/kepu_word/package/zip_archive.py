"""The package: a ZIP archive assembled from handmade records.

The standard library's ``zipfile`` compresses every part again; here the parts that stay the same are compressed once,
and a document is their bytes, its own parts and a directory. Dates are fixed (1980-01-01, the earliest that ZIP can
hold, or a given one), so the same parts give the same bytes.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from struct import Struct
from typing import Final

from kepu_word.package.compression import compressed

_STORED: Final = 0
_DEFLATED: Final = 8
_VERSION: Final = 20
_UTF_8: Final = 1 << 11
"""The flag of a name that is not in ASCII."""
_DATE: Final = 1 << 5 | 1

# signature, version, flags, method, time, date, CRC, compressed size, size, length of name, of extra field
_LOCAL: Final = Struct("<4s5H3I2H")
# signature, version made by, version needed, flags, method, time, date, CRC, compressed size, size, length of name,
# of extra field, of comment, disk, internal attributes, external attributes
_CENTRAL: Final = Struct("<4s6H3I5HI")
# The offsets of time and date in the two.
_LOCAL_TIME: Final = 10
_CENTRAL_TIME: Final = 12
# And those of CRC, compressed size, size.
_LOCAL_SUMS: Final = 14
_CENTRAL_SUMS: Final = 16
_SUMS: Final = Struct("<3I")
_OFFSET: Final = Struct("<I")
# signature, disk, disk of directory, entries here, entries, size of directory, its offset, length of comment
_END: Final = Struct("<4s4H2IH")


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it is in an archive: its whole local record, and its directory record up to the offset."""

    local: bytes
    central: bytes
    name: bytes


def deflated(name: str, data: bytes) -> Part:
    """Return a compressed part."""
    return _part(name, data, compressed(data), _DEFLATED)


def stored(name: str, data: bytes) -> Part:
    """Return a part that is not compressed: one that is tiny, or already compressed."""
    return _part(name, data, data, _STORED)


def _part(name: str, data: bytes, packed: bytes, method: int) -> Part:
    encoded = name.encode()
    common = (
        _VERSION,
        0 if name.isascii() else _UTF_8,
        method,
        0,
        _DATE,
        zlib.crc32(data),
        len(packed),
        len(data),
        len(encoded),
        0,
    )
    local = _LOCAL.pack(b"PK\3\4", *common) + encoded + packed
    return Part(local, _CENTRAL.pack(b"PK\1\2", _VERSION, *common, 0, 0, 0, 0), encoded)


def parts_of(package: bytes) -> list[Part]:
    """Return the parts of an archive without extra fields and comments, in order."""
    *_, count, _, at, _ = _END.unpack(package[-_END.size :])
    parts: list[Part] = []
    for _ in range(count):
        *_, packed, _, length, _, _, _, _, _ = _CENTRAL.unpack(package[at : at + _CENTRAL.size])
        end = at + _CENTRAL.size
        (offset,) = _OFFSET.unpack(package[end : end + _OFFSET.size])
        start = offset + _LOCAL.size
        name = package[start : start + length]
        parts.append(Part(package[offset : start + length + packed], package[at:end], name))
        at = end + _OFFSET.size + length
    return parts


def refilled(part: Part, data: bytes) -> Part:
    """Return a compressed part with other ``data``, and all else as it is."""
    packed = compressed(data)
    sums = _SUMS.pack(zlib.crc32(data), len(packed), len(data))
    local = _replaced(part.local[: _LOCAL.size + len(part.name)], _LOCAL_SUMS, sums)
    return Part(local + packed, _replaced(part.central, _CENTRAL_SUMS, sums), part.name)


def dated(part: Part, stamp: bytes) -> Part:
    """Return ``part`` with another time and date: four bytes, as ZIP has them."""
    return Part(_replaced(part.local, _LOCAL_TIME, stamp), _replaced(part.central, _CENTRAL_TIME, stamp), part.name)


def _replaced(record: bytes, place: int, values: bytes) -> bytes:
    return record[:place] + values + record[place + len(values) :]


@dataclass(frozen=True, slots=True)
class Start:
    """The common beginning of many archives: parts and their directory, whose offsets are the same in all of them."""

    parts: bytes
    directory: bytes
    count: int


def start(parts: Iterable[Part]) -> Start:
    """Return ``parts`` as the beginning of archives."""
    local = b""
    directory = b""
    count = 0
    for part in parts:
        directory += part.central + _OFFSET.pack(len(local)) + part.name
        local += part.local
        count += 1
    return Start(local, directory, count)


def archive(beginning: Start, parts: Sequence[Part]) -> bytes:
    """Return the archive of ``beginning`` and ``parts`` in their order."""
    pieces = [beginning.parts]
    directory = [beginning.directory]
    offset = len(beginning.parts)
    for part in parts:
        pieces.append(part.local)
        directory += (part.central, _OFFSET.pack(offset), part.name)
        offset += len(part.local)
    entries = b"".join(directory)
    count = beginning.count + len(parts)
    pieces += (entries, _END.pack(b"PK\5\6", 0, 0, count, count, len(entries), offset, 0))
    return b"".join(pieces)
