"""Workbooks that a run writes, row by row, and how they are recognised later: by their properties.

Office programs keep these properties when they save a workbook. Every workbook of kepu-docs states that it was made,
and last changed, on one and the same day; saving it changes the latter. Its category says what it is; workbooks of
earlier versions have none.
"""

import os
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from kepu_docs.errors import N_, Message, OutputError, Place
from kepu_docs.output.files import reason_of

MADE: Final = "2000-01-01T00:00:00Z"
"""The day on which every workbook states that it was made."""
REPORT_MARK: Final = "kepu-docs report"
FIGURES_MARK: Final = "kepu-docs figures"
MOST_ROWS: Final = 1_000_000
"""The most rows of a sheet; Excel allows slightly more."""
A4: Final = 9
"""Excel's number of the paper size A4."""

_PROPERTIES: Final = b"docProps/core.xml"
_END: Final = struct.Struct("<4s4H2LH")
_ENTRY: Final = struct.Struct("<4s6H3L5H2L")
_HEAD: Final = struct.Struct("<4s5H3L2H")
_MOST_OF_AN_END: Final = 65_535 + _END.size
"""In bytes: how much may follow the directory of a ZIP archive."""
_MOST_OF_A_DIRECTORY: Final = 256 * 1024
_MOST_OF_PROPERTIES: Final = 64 * 1024
"""The size of a workbook's directory and of its properties, in bytes: those of kepu-docs have less than a tenth. No
more is read of others."""


@contextmanager
def open_workbook(file: Path, room: Path, category: str, place: Place) -> Iterator[Any]:
    """Provide a workbook of XlsxWriter that is written to ``file``; its rows go to ``room`` until it is finished.

    Raises ``OutputError`` at ``place``.
    """
    try:
        import xlsxwriter
        from xlsxwriter.exceptions import XlsxWriterException
    except ImportError:
        text = N_('workbooks need the extra “excel”: pip install "kepu-docs[excel]"')
        raise OutputError.at(place, text) from None
    try:
        # With constant_memory rows are written to disk at once, so that memory does not grow with them.
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": str(room)})
        # The same workbook has the same bytes, whenever it is written.
        book.set_properties({"created": datetime.fromisoformat(MADE), "category": category})
        try:
            yield book
            book.close()
        finally:
            _let_go(book)
    except (OSError, XlsxWriterException) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise OutputError.at(place, N_("not written: {reason}"), reason=Message(reason)) from None


def _let_go(book: Any) -> None:
    """Close the files of rows and of sheets, which an unfinished workbook leaves open."""
    for sheet in book.worksheets():
        for file in (sheet.row_data_fh, sheet.fh):
            with suppress(OSError):
                file.close()


class Formula(NamedTuple):
    """A formula and its value, for programs that do not calculate."""

    text: str
    value: float | str


class Link(NamedTuple):
    """A text that links to a cell of this workbook (``internal:``), or to a file or a cell of it (``external:``)."""

    text: str
    address: str


_MOST_LINKS: Final = 60_000
"""The most links of a sheet; Excel allows slightly more. They are held in memory."""
_LONGEST_LINK: Final = 2_000


class Sheet:
    """Writes rows under a heading that stays visible. Texts are never treated as formulas, links or numbers."""

    def __init__(self, book: Any, title: str, heads: Sequence[tuple[str, int]], head: Any, body: Any = None) -> None:
        """``heads`` maps headings to the widths of their columns; ``head`` and ``body`` are formats of the workbook."""
        self.title = title
        self.sheet = book.add_worksheet(title)
        self._body = body
        for column, (text, width) in enumerate(heads):
            self.sheet.set_column(column, column, width)
            self.sheet.write_string(0, column, text, head)
        self.sheet.freeze_panes(1, 0)
        self.row = 0
        self._links = 0

    def write(self, values: Sequence[Any]) -> int:
        """Write a row and return its number, as formulas use it."""
        self.row += 1
        for column, value in enumerate(values):
            match value:
                case Formula(text, known):
                    self.sheet.write_formula(self.row, column, text, self._body, known)
                case Link(text, address):
                    self._write_link(column, text, address)
                case int() | float():
                    self.sheet.write_number(self.row, column, value, self._body)
                case str() if value:
                    self.sheet.write_string(self.row, column, value, self._body)
        return self.row + 1

    def _write_link(self, column: int, text: str, address: str) -> None:
        if self._links < _MOST_LINKS and len(address) < _LONGEST_LINK:
            self._links += 1
            self.sheet.write_url(self.row, column, address, self._body, text)
        else:
            self.sheet.write_string(self.row, column, text, self._body)


class Mark(NamedTuple):
    """The properties of a workbook that identify it."""

    is_made_by_us: bool = False
    is_changed: bool = False
    category: str = ""


def look_at(file: BinaryIO) -> Mark:
    """Return the properties of a workbook, empty if it is not one. Only a little of the file is read."""
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
