"""What the reader does not report about .xls workbooks of Excel 97, and .et of WPS, which have the same content.

Such a file is a small file system ([MS-CFB]); one of its streams holds the records of the workbook ([MS-XLS]).
"""

import struct
from collections.abc import Iterator
from typing import Final

from kepu_docs.plugin import N_, Place, SourceError
from kepu_sources.tables.record_names import NamedFormula, put_example
from kepu_sources.tables.sheet_notes import FAILED_FORMULA, SheetNotes

_FREE: Final = 0xFFFF_FFFA
"""The first number that is not a sector."""
_ENTRIES_IN_HEAD: Final = 109
_STREAMS: Final = ("workbook", "book")
_SIZE_OF_ENTRY: Final = 128

_NAME: Final = 0x0018
_FORMULA: Final = 0x0006
_END: Final = 0x000A
_ERROR_CELL: Final = 0x0205
_ROW: Final = 0x0208
_SHEET: Final = 0x0085
_HIDDEN: Final = 0x20
_NO_NUMBER: Final = b"\xff\xff"
_IS_ERROR: Final = 2
_head = struct.Struct("<HH")


def old_sheet_notes(data: bytes, place: Place) -> list[SheetNotes]:
    """Return what the reader does not report about the sheets of a workbook, in their order.

    Raises ``SourceError`` at ``place`` for a broken workbook.
    """
    try:
        stream = _Container(data).workbook()
        about = [(number, content) for number, content in _records(stream, 0) if number in (_SHEET, _NAME)]
        found = [_notes_of(stream, int.from_bytes(each[:4], "little")) for number, each in about if number == _SHEET]
        for named in (_named(content) for number, content in about if number == _NAME):
            if 0 <= named.sheet < len(found):
                put_example(found[named.sheet], named, is_binary=False)
    except (struct.error, IndexError, ValueError) as error:
        text = N_("this is not a workbook, or it is broken: {reason}")
        raise SourceError.at(place, text, reason=str(error)) from None
    return found


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records from a position up to the one that ends their part, each with its number."""
    while at + _head.size <= len(stream):
        number, size = _head.unpack_from(stream, at)
        at += _head.size
        if number == _END:
            return
        yield number, stream[at : at + size]
        at += size


def _notes_of(stream: bytes, begin: int) -> SheetNotes:
    notes = SheetNotes()
    for number, content in _records(stream, begin):
        if number == _ROW and len(content) > 12 and content[12] & _HIDDEN:
            notes.hidden.add(int.from_bytes(content[:2], "little") + 1)
        elif (number == _FORMULA and content[12:14] == _NO_NUMBER and content[6] == _IS_ERROR) or (
            number == _ERROR_CELL and content[7:8] == b"\1"
        ):
            row, column = _head.unpack_from(content)
            notes.failed[row + 1, column] = FAILED_FORMULA
    return notes


def _named(content: bytes) -> NamedFormula:
    """Return the name that a record defines."""
    count, size, sheet = struct.unpack_from("<BH2xH", content, 3)
    width = 2 if content[14] & 1 else 1
    begin = 15 + count * width
    name = content[15:begin].decode("utf-16-le" if width > 1 else "latin-1", "replace")
    return NamedFormula(name, sheet - 1, content[begin : begin + size], content[begin + size :])


class _Container:
    """The file system of a workbook."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size = 1 << struct.unpack_from("<H", data, 30)[0]
        small, count, self._directory = struct.unpack_from("<H10xII", data, 32)
        self._small_size = 1 << small
        self._least, first_small, _, first_more, _ = struct.unpack_from("<5I", data, 56)
        if self._size not in (512, 4096) or self._small_size != 64:
            raise ValueError("unknown size of sectors")
        count = min(count, len(data) // self._size)
        numbers = list(struct.unpack_from(f"<{_ENTRIES_IN_HEAD}I", data, 76))
        more = first_more
        while more < _FREE and len(numbers) < count:
            sector = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            numbers += sector[:-1]
            more = sector[-1]
        self._next: list[int] = []
        for each in numbers[:count]:
            if each < _FREE:
                self._next += struct.unpack(f"<{self._size // 4}I", self._sector(each))
        self._small_next = (
            [each[0] for each in struct.iter_unpack("<I", self._chain(first_small))] if first_small < _FREE else []
        )

    def workbook(self) -> bytes:
        """Return the stream that holds the workbook."""
        directory = self._chain(self._directory)
        small = b""
        found: dict[str, tuple[int, int]] = {}
        for at in range(0, len(directory) - _SIZE_OF_ENTRY + 1, _SIZE_OF_ENTRY):
            length = int.from_bytes(directory[at + 64 : at + 66], "little")
            name = directory[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace").lower()
            first, size = struct.unpack_from("<II", directory, at + 116)
            if at == 0 and first < _FREE:
                small = self._chain(first)
            found.setdefault(name, (first, size))
        stream = next((found[name] for name in _STREAMS if name in found), None)
        if stream is None:
            raise ValueError("it holds no stream of a workbook")
        first, size = stream
        if size >= self._least:
            return self._chain(first)[:size]
        begins = (each * self._small_size for each in _followed(first, self._small_next))
        return b"".join(small[begin : begin + self._small_size] for begin in begins)[:size]

    def _chain(self, first: int) -> bytes:
        return b"".join(map(self._sector, _followed(first, self._next)))

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self._size
        sector = self._data[begin : begin + self._size]
        return sector.ljust(self._size, b"\0") if sector else b""


def _followed(first: int, after: list[int]) -> Iterator[int]:
    """Yield the sector numbers of a chain."""
    left = len(after)
    while first < _FREE:
        left -= 1
        if left < 0:
            raise ValueError("its sectors lead in a circle")
        yield first
        first = after[first]
