"""What the reader does not report about .xlsb, Excel's binary workbooks: parts are streams of records ([MS-XLSB])."""

import struct
from collections.abc import Iterator, Mapping
from typing import Final

from kepu_docs.plugin import Place
from kepu_sources.tables.record_names import NamedFormula
from kepu_sources.tables.sheet_notes import FAILED_FORMULA, SheetNotes, require_few_merged, require_reach

_LONGEST_RECORD: Final = 64 * 1024
"""The longest record that is read, in bytes; longer ones are skipped."""

_ROW: Final = 0
_ERROR_CELL: Final = 3
_FAILED_CELLS: Final = frozenset((_ERROR_CELL, 11))
"""Record numbers of cells that hold an error: a constant, and the result of a formula."""
_CELLS: Final = range(2, 12)
"""Record numbers of all cells that are not blank."""
_NAME: Final = 39
_BEGIN_DATA: Final = 145
_SHEET: Final = 156
_MERGED: Final = 176

_NAME_AT: Final = 9
"""Where the text of a name begins in its record, after the number of its sheet."""
_HIDDEN: Final = 0x10
_FLAGS_OF_ROW: Final = 11
_longs = struct.Struct("<I")
_ranges = struct.Struct("<4I")


class Records:
    """The records of a part, which arrives in pieces."""

    def __init__(self) -> None:
        self._rest = b""
        self._over = 0
        """The bytes of a long record that are still to be skipped."""

    def of(self, piece: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield the records that end in a piece, each with its number."""
        if self._over >= len(piece):
            self._over -= len(piece)
            return
        data = self._rest + piece[self._over :]
        self._over = 0
        at, end = 0, len(data)
        while head := _head(data, at):
            number, begin, size = head
            if begin + size > end:
                if size > _LONGEST_RECORD:
                    self._over = begin + size - end
                    at = end
                break
            yield number, data[begin : begin + size]
            at = begin + size
        self._rest = data[at:]


def _head(data: bytes, at: int) -> tuple[int, int, int] | None:
    """Return number, start of the content, and length of the record at a position; ``None`` if it is incomplete."""
    try:
        number = data[at]
        at += 1
        if number & 0x80:
            number = number & 0x7F | (data[at] & 0x7F) << 7
            at += 1
        size = 0
        for shift in range(0, 28, 7):
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
    except IndexError:
        return None
    return number, at, size


class BinarySheet:
    """What a part of records contains, if it is a sheet."""

    def __init__(self, place: Place) -> None:
        self.notes = SheetNotes()
        self._place = place
        self._records = Records()
        self._is_sheet = False
        self._row = self._rows = self._columns = 0

    def look_at(self, piece: bytes) -> None:
        """Read the next piece of the part. Raises ``SourceError`` for content too large for the reader."""
        for number, content in self._records.of(piece):
            if number == _BEGIN_DATA:
                self._is_sheet = True
            elif not self._is_sheet or len(content) < _longs.size:
                continue
            elif number == _ROW:
                (self._row,) = _longs.unpack_from(content)
                if len(content) > _FLAGS_OF_ROW and content[_FLAGS_OF_ROW] & _HIDDEN:
                    self.notes.hidden.add(self._row + 1)
            elif number in _CELLS:
                (column,) = _longs.unpack_from(content)
                self._rows, self._columns = max(self._rows, self._row + 1), max(self._columns, column + 1)
                if number in _FAILED_CELLS:
                    self.notes.failed[self._row + 1, column] = FAILED_FORMULA
            elif number == _MERGED and len(content) >= _ranges.size:
                self.notes.merged.append(_ranges.unpack_from(content))
        require_reach(self._rows, self._columns, self._place)
        require_few_merged(len(self.notes.merged), self._place)


def sheets_in(book: bytes) -> Mapping[str, str]:
    """Return the titles of the sheets in a workbook's main part, by the names of their relationships."""
    found = {}
    for number, content in Records().of(book):
        if number == _SHEET:
            relation, at = _wide(content, 2 * _longs.size)
            found[relation] = _wide(content, at)[0]
    return found


def names_in(book: bytes) -> list[NamedFormula]:
    """Return the defined names in a workbook's main part."""
    return [_named(content) for number, content in Records().of(book) if number == _NAME and len(content) > _NAME_AT]


def _named(content: bytes) -> NamedFormula:
    sheet = int.from_bytes(content[5:_NAME_AT], "little")
    name, at = _wide(content, _NAME_AT)
    tokens, at = _sized(content, at)
    return NamedFormula(name, sheet, tokens, _sized(content, at)[0])


def _sized(content: bytes, at: int) -> tuple[bytes, int]:
    """Return the bytes at a position in a record, whose length precedes them, and where they end."""
    begin = at + _longs.size
    end = begin + int.from_bytes(content[at:begin], "little")
    return content[begin:end], end


def _wide(content: bytes, at: int) -> tuple[str, int]:
    """Return the text at a position in a record, and where it ends."""
    units = int.from_bytes(content[at : at + _longs.size], "little")
    begin = at + _longs.size
    end = min(begin + 2 * units, len(content))
    return content[begin:end].decode("utf-16-le", "replace"), end
