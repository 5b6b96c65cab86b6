"""How a workbook that a run wrote is known again: by its properties, which office programs keep when they save it.

Every workbook of ours says that it was made, and last changed, on one and the same day; whoever saves it changes the
latter. Its category says what it is; workbooks of earlier versions have none.
"""

import os
import re
import struct
import zlib
from typing import BinaryIO, Final, NamedTuple

MADE: Final = "2000-01-01T00:00:00Z"
"""When every workbook says that it was made."""
REPORT_MARK: Final = "kepu-docs report"
FIGURES_MARK: Final = "kepu-docs figures"

_PROPERTIES: Final = b"docProps/core.xml"
_END: Final = struct.Struct("<4s4H2LH")
_ENTRY: Final = struct.Struct("<4s6H3L5H2L")
_HEAD: Final = struct.Struct("<4s5H3L2H")
_MOST_OF_AN_END: Final = 65_535 + _END.size
"""In bytes: what may stand behind a ZIP archive's directory."""
_MOST_OF_A_DIRECTORY: Final = 256 * 1024
_MOST_OF_PROPERTIES: Final = 64 * 1024
"""In bytes, of a workbook's directory and of its properties: ours have less than a tenth. Of others no more is read."""


class Mark(NamedTuple):
    """What the properties of a workbook say of it."""

    is_made_by_us: bool = False
    is_changed: bool = False
    category: str = ""


def look_at(file: BinaryIO) -> Mark:
    """Return what the properties of a workbook say: nothing, if it is none. Little is read, whatever the file is."""
    properties = _properties(file)
    category = re.search(rb"<cp:category(?: [^<>]{0,200})?>([^<>]{0,200})</", properties)
    return Mark(
        _says(properties, b"dcterms:created"),
        not _says(properties, b"dcterms:modified"),
        category[1].decode(errors="replace") if category else "",
    )


def _says(properties: bytes, name: bytes) -> bool:
    return re.search(rb"<%s(?: [^<>]{0,200})?>%s</" % (name, MADE.encode()), properties) is not None


def _properties(file: BinaryIO) -> bytes:
    try:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _MOST_OF_AN_END))
        end = file.read(_MOST_OF_AN_END)
        *_, length, start, _ = _END.unpack_from(end, end.rindex(b"PK\5\6"))
        file.seek(start)
        directory = file.read(min(length, _MOST_OF_A_DIRECTORY))
        at = 0
        while at < len(directory):
            entry = _ENTRY.unpack_from(directory, at)
            packing, packed, name, extra, comment, place = (entry[each] for each in (4, 8, 10, 11, 12, 16))
            at += _ENTRY.size
            if directory[at : at + name] == _PROPERTIES:
                return _unpacked(file, place, packed, packing)
            at += name + extra + comment
    except (struct.error, ValueError, zlib.error):
        pass
    return b""


def _unpacked(file: BinaryIO, place: int, packed: int, packing: int) -> bytes:
    file.seek(place)
    *_, name, extra = _HEAD.unpack(file.read(_HEAD.size))
    file.seek(name + extra, os.SEEK_CUR)
    data = file.read(min(packed, _MOST_OF_PROPERTIES))
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, _MOST_OF_PROPERTIES) if packing else data
