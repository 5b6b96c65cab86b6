"""What the reader does not report about .ods, the workbooks of LibreOffice."""

import re
from collections.abc import Mapping
from typing import Final
from xml.parsers import expat

from kepu_docs.plugin import N_, Place, SourceError
from kepu_sources.tables.example_marks import EXAMPLE_CELLS, EXAMPLE_ROW, row_of_range, texts_of_array
from kepu_sources.tables.sheet_notes import (
    FAILED_FORMULA,
    NOT_CALCULATED,
    SheetNotes,
    require_few_merged,
)

CONTENT: Final = "content.xml"
"""The part that holds all sheets."""
_MOST_REPEATED: Final = 1_000
"""How often a sheet may repeat a row or cell that is not blank."""
_LONGEST_ERROR: Final = 20
"""The longest text in place of a value, in characters."""
_TABLE: Final = "table:table"
_ROW: Final = "table:table-row"
_CELLS: Final = ("table:table-cell", "table:covered-table-cell")
_TEXT: Final = "text:"
"""The prefix of the elements that hold the text of a cell."""
_NAMED_RANGE: Final = "table:named-range"
_NAMED_EXPRESSION: Final = "table:named-expression"
_HIDDEN: Final = ("collapse", "filter")
_error = re.compile(r"#[A-Z0-9/_]{1,15}[!?]?|(?:Err|错误|錯誤)[:：][0-9]{3}")


class OpenDocument:
    """The sheets of a workbook, whose part arrives in pieces.

    Element names are compared as written, prefix included, as the reader does.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._notes: dict[str, SheetNotes] = {}
        self._sheet = SheetNotes()
        self._depth = 0
        self._row = self._column = 0
        """The parser's position: row from 1, and column from 0."""
        self._rows = self._columns = 1
        """How often the current row and column are repeated."""
        self._is_hidden = self._is_filled = self._has_text = False
        """Whether the current row is hidden, has a cell with a value, and has one with a text, which may be blank."""
        self._cell: dict[str, str] | None = None
        self._text = ""
        self._failed: list[tuple[int, int, str]] = []
        """The failed cells of this row: first column, how many, the value shown."""
        # UTF-8, as in all packages, whatever the part declares.
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype

    def look_at(self, piece: bytes) -> None:
        """Read the next piece of the part. Raises ``SourceError`` for content that cannot be read."""
        self._parse(piece, is_last=False)

    def notes(self) -> Mapping[str, SheetNotes]:
        """Return what the reader does not report about the sheets, by title; call it after the last piece."""
        self._parse(b"", is_last=True)
        return self._notes

    def _parse(self, piece: bytes, *, is_last: bool) -> None:
        try:
            self._parser.Parse(piece, is_last)
        except expat.ExpatError as error:
            text = N_("this is not a workbook, or it is broken: {reason}")
            raise SourceError.at(self._place, text, reason=str(error)) from None

    def _doctype(self, *_: object) -> None:
        raise SourceError.at(
            self._place, N_("this is not a workbook, or it is broken: {reason}"), reason="document type definition"
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _TABLE:
            self._depth += 1
            if self._depth == 1:
                self._sheet = self._notes.setdefault(attributes.get("table:name", ""), SheetNotes())
                self._row, self._rows = 0, 1
        elif name == _ROW:
            self._row += self._rows
            self._rows = _count(attributes.get("table:number-rows-repeated"))
            self._column, self._columns = 0, 0
            self._is_hidden, self._is_filled = attributes.get("table:visibility") in _HIDDEN, False
            self._has_text = False
            self._failed = []
        elif name == _NAMED_RANGE and self._depth and attributes.get("table:name") == EXAMPLE_ROW:
            address = attributes.get("table:cell-range-address", "")
            self._sheet.example_row = row_of_range(address.partition(":")[0].rpartition(".")[2])
        elif name == _NAMED_EXPRESSION and self._depth and attributes.get("table:name") == EXAMPLE_CELLS:
            self._sheet.example_cells = texts_of_array(attributes.get("table:expression", ""), ";")
        elif name in _CELLS:
            self._column += self._columns
            self._columns = _count(attributes.get("table:number-columns-repeated"))
            self._cell, self._text = attributes, ""
        elif self._cell is not None and name.startswith(_TEXT):
            # Blanks are elements of their own, with their number.
            self._require_few(self._columns)
            self._has_text = True

    def _characters(self, text: str) -> None:
        if self._cell is not None and len(self._text) < _LONGEST_ERROR:
            self._text += text.strip()

    def _end(self, name: str) -> None:
        if name in _CELLS and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
        elif name == _ROW:
            self._end_row()
        elif name == _TABLE:
            self._depth -= 1

    def _end_cell(self, cell: Mapping[str, str]) -> None:
        has_value = any(each.startswith(("office:value", "office:string", "office:date")) for each in cell)
        is_filled = has_value or self._text != ""
        formula = "table:formula" in cell
        if cell.get("calcext:value-type") == "error" or (formula and _error.fullmatch(self._text)):
            self._failed.append((self._column, self._columns, FAILED_FORMULA))
        elif formula and not is_filled:
            self._failed.append((self._column, self._columns, NOT_CALCULATED))
        elif not is_filled:
            return
        self._is_filled = True
        self._require_few(self._columns)
        down, right = _count(cell.get("table:number-rows-spanned")), _count(cell.get("table:number-columns-spanned"))
        if down > 1 or right > 1:
            first = self._row - 1
            self._sheet.merged.append((first, first + down - 1, self._column, self._column + right - 1))
            require_few_merged(len(self._sheet.merged), self._place)

    def _end_row(self) -> None:
        if self._is_filled or self._has_text:
            self._require_few(self._rows)
        if not self._is_filled:
            return
        rows = range(self._row, self._row + self._rows)
        if self._is_hidden:
            self._sheet.hidden.update(rows)
        for column, count, shown in self._failed:
            self._sheet.failed.update(((row, each), shown) for row in rows for each in range(column, column + count))

    def _require_few(self, count: int) -> None:
        if count > _MOST_REPEATED:
            message = N_("a sheet repeats one row or cell {count} times; save the workbook as .xlsx")
            raise SourceError.at(self._place, message, count=count)


def _count(text: str | None) -> int:
    """Return the count in an attribute; at least one."""
    return max(int(text[:12]), 1) if text and text.isascii() and text.isdecimal() else 1
