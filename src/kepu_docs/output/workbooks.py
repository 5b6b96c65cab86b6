"""Workbooks that a run writes, row by row, and how they are recognised later: by their properties.

Office programs keep these properties when they save a workbook. Every workbook of kepu-docs states that it was made,
and last changed, on one and the same day; saving it changes the latter. Its category says what it is; workbooks of
earlier versions have none.
"""

import os
import re
import shutil
import struct
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple
from zipfile import ZipFile

from kepu_docs.errors import N_, Message, OutputError, Place
from kepu_docs.output.files import reason_of
from kepu_docs.output.sheet_rows import LETTERS, LINE, Link, cells_xml, row_xml

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


_BODY: Final = 2
"""The number of the format of cells below the heads: XlsxWriter counts formats in the order of their first use."""


@contextmanager
def open_workbook(file: Path, room: Path, category: str, place: Place) -> Iterator["Book"]:
    """Provide a workbook that is written to ``file``; its rows are in ``room`` until it is finished.

    Raises ``OutputError`` at ``place``.
    """
    try:
        import xlsxwriter
        from xlsxwriter.exceptions import XlsxWriterException
    except ImportError:
        text = N_('workbooks need the extra “excel”: pip install "kepu-docs[excel]"')
        raise OutputError.at(place, text) from None
    made = BytesIO()
    try:
        # With constant_memory texts are in their cells, as they are in the rows that are put in.
        frame = xlsxwriter.Workbook(made, {"constant_memory": True, "tmpdir": str(room)})
        # The same workbook has the same bytes, whenever it is written.
        frame.set_properties({"created": datetime.fromisoformat(MADE), "category": category})
        with ExitStack() as stack:
            stack.callback(_let_go, frame)
            book = Book(frame, room, stack)
            yield book
            frame.close()
            book.write(made, file)
    except (OSError, XlsxWriterException) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise OutputError.at(place, N_("not written: {reason}"), reason=Message(reason)) from None


def _let_go(frame: Any) -> None:
    """Close the files of rows and of sheets, which an unfinished workbook leaves open."""
    for sheet in frame.worksheets():
        for file in (sheet.row_data_fh, sheet.fh):
            with suppress(OSError):
                file.close()


class Book:
    """A workbook that is written row by row.

    XlsxWriter makes its ``frame``: everything but the rows below the heads, which are put in at the end.
    """

    def __init__(self, frame: Any, room: Path, stack: ExitStack) -> None:
        """``stack`` closes the files of rows, which are in the folder ``room`` without a name."""
        self.frame = frame
        self._room = room
        self._stack = stack
        self._sheets: dict[str, Sheet] = {}

    def add(self, sheet: "Sheet") -> BinaryIO:
        """Add a sheet, and return the file for its rows."""
        self._sheets[f"xl/worksheets/sheet{len(self._sheets) + 1}.xml"] = sheet
        # It is closed with the stack.
        file = tempfile.TemporaryFile(dir=self._room)  # noqa: SIM115
        return self._stack.enter_context(file)

    def write(self, made: BinaryIO, file: Path) -> None:
        """Write the workbook to ``file``, given its frame as XlsxWriter ``made`` it."""
        with ZipFile(made) as frame, ZipFile(file, "w") as archive:
            for part in frame.infolist():
                data = frame.read(part)
                sheet = self._sheets.get(part.filename)
                if sheet is None:
                    archive.writestr(part, data)
                    continue
                before, after = sheet.around(data)
                # A part of known size only has the fields of a large one if it is one.
                part.file_size = len(before) + sheet.rows.seek(0, os.SEEK_END) + len(after)
                sheet.rows.seek(0)
                with archive.open(part, "w") as target:
                    target.write(before)
                    shutil.copyfileobj(sheet.rows, target, _CHUNK)
                    target.write(after)


_MOST_LINKS: Final = 60_000
"""The most links of a sheet; Excel allows slightly more. They are held in memory."""
_LONGEST_LINK: Final = 2_000
_LAST_ROW: Final = 1_048_576
"""The last row of a sheet of Excel."""
_CHUNK: Final = 256 * 1024


class Sheet:
    """Writes rows under a heading that stays visible. Texts are never treated as formulas, links or numbers."""

    def __init__(self, book: Book, title: str, heads: Sequence[tuple[str, int]], head: Any, body: Any = None) -> None:
        """``heads`` maps headings to the widths of their columns; ``head`` and ``body`` are formats of the workbook."""
        self.title = title
        self.sheet = book.frame.add_worksheet(title)
        self.rows = book.add(self)
        self._columns = LETTERS[len(heads) - 1]
        self._body = body
        self._style = _BODY if body else 0
        for column, (text, width) in enumerate(heads):
            self.sheet.set_column(column, column, width)
            self.sheet.write_string(0, column, text, head)
        self.sheet.freeze_panes(1, 0)
        self.row = 0
        self._links = 0

    def write(self, values: Sequence[Any], height: float = LINE) -> int:
        """Write a row, ``height`` points tall, and return its number, as formulas use it."""
        number = self.write_cells(cells_xml(values, style=self._style), height)
        if Link in map(type, values):
            self._add_links(values)
        return number

    def write_cells(self, cells: str, height: float = LINE) -> int:
        """Write a row of cells that :func:`~kepu_docs.output.sheet_rows.cells_xml` made, and return its number."""
        self.row += 1
        number = self.row + 1
        if self._body and self.row == 1:
            # The frame must have the format, and its number.
            self.sheet.write_blank(1, 0, None, self._body)
        if number <= _LAST_ROW:
            self.rows.write(row_xml(number, cells, height).encode())
        return number

    def _add_links(self, values: Sequence[Any]) -> None:
        for column, link in enumerate(values):
            if isinstance(link, Link) and self._links < _MOST_LINKS and len(link.address) < _LONGEST_LINK:
                self._links += 1
                self.sheet.write_url(self.row, column, link.address, self._body, link.text)

    def around(self, frame: bytes) -> tuple[bytes, bytes]:
        """Return what is before and after the rows below the heads, in the sheet as XlsxWriter made it."""
        before, tag, rest = frame.partition(b"<sheetData>")
        heads, end, below = rest.partition(b"</row>")
        if self.row:
            assert not self._style or b'<c r="A2" s="%d"' % self._style in below  # noqa: S101
            size = b'<dimension ref="A1:%s%d"/>' % (self._columns.encode(), min(self.row + 1, _LAST_ROW))
            before = re.sub(rb'<dimension ref="[^"]*"/>', size, before, count=1)
        return before + tag + heads + end, below[below.rindex(b"</sheetData>") :]


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
