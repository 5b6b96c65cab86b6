"""Tables of Word: their cells in the columns that a reader sees, whatever is merged, deleted or hidden."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kepu_docs.errors import N_, Place
from kepu_docs.importing.lines import MOST_CELLS, CellCount, Cells
from kepu_docs.importing.reading.word_elements import VAL, W, child_of, is_on, value_of
from kepu_docs.importing.reading.word_line import DELETED, LeftOut
from kepu_docs.importing.reading.word_text import Texts

if TYPE_CHECKING:
    from lxml.etree import _Element

_WIDEST_CELL: Final = 63
"""The most columns that a cell may span or a row may skip: Word allows no more in a table."""
_HIDDEN: Final = N_("hidden in the document")
_MERGED: Final = N_("merged cells; the record has their text in the first cell and leaves the others blank")

_ROW: Final = W + "tr"
_CELL: Final = W + "tc"
_CONTROL: Final = W + "sdt"
_AROUND: Final = frozenset(W + name for name in ("sdt", "sdtContent", "ins", "customXml", "smartTag", "moveTo"))
_SPAN: Final = W + "gridSpan"
_DOWN: Final = W + "vMerge"
_ALONG: Final = W + "hMerge"
_GONE: Final = W + "cellDel"


@dataclass(slots=True)
class _Cell:
    """A cell: its text, how many columns it spans, and whether it is part of the cell above it or before it."""

    text: str = ""
    span: int = 1
    is_below: bool = False
    is_merged: bool = False


@dataclass(slots=True)
class Tables:
    """Reads tables; ``read_cell`` returns the text of a cell, and puts anchored content into a list."""

    texts: Texts
    left_out: LeftOut
    cells: CellCount
    read_cell: "Callable[[_Element, Place, list[_Element]], str]"

    def read(self, table: "_Element", place: Place) -> tuple[Cells | None, "list[_Element]"]:
        """Return a table, or nothing if it is blank, and what is anchored in its cells: text boxes, other tables."""
        hanging: list[_Element] = []
        rows: list[list[_Cell]] = []
        count = 0
        for row in self._below(table, _ROW, place):
            if not self._is_gone(row, place):
                rows.append(self._row(row, place, hanging, is_first=not rows))
                count += len(rows[-1])
                if count > MOST_CELLS:
                    break
        width = max((sum(cell.span for cell in row) for row in rows), default=0)
        self.cells.add(len(rows), width, place.line)
        merged = [cell.text for row in rows for cell in row if cell.is_merged and cell.text]
        if merged:
            self.left_out.note(place, "；".join(merged), _MERGED)
        if not any(cell.text for row in rows for cell in row):
            return None, hanging
        return Cells(tuple(_filled(row, width) for row in rows)), hanging

    def _row(self, row: "_Element", place: Place, hanging: "list[_Element]", *, is_first: bool) -> list[_Cell]:
        properties = child_of(row, W + "trPr")
        before, behind = (
            (0, 0) if properties is None else (_columns(properties, "gridBefore"), _columns(properties, "gridAfter"))
        )
        cells = [_Cell()] * before
        for element in self._below(row, _CELL, place):
            cell = self._cell(element, place, hanging, is_first=is_first)
            if cell is not None:
                cells.append(cell)
        return cells + [_Cell()] * behind

    def _cell(self, element: "_Element", place: Place, hanging: "list[_Element]", *, is_first: bool) -> _Cell | None:
        cell = _Cell()
        properties = child_of(element, W + "tcPr")
        for each in () if properties is None else properties.iterchildren(_SPAN, _DOWN, _ALONG, _GONE):
            tag = each.tag
            if tag == _SPAN:
                cell.span = _count(str(each.get(VAL) or ""), 1)
                cell.is_merged = cell.is_merged or cell.span > 1
            elif tag == _ALONG or (tag == _DOWN and not (is_first and each.get(VAL) != "restart")):
                # Without a value, the cell continues the one above, or before.
                cell.is_below = cell.is_below or each.get(VAL) in (None, "continue")
                cell.is_merged = True
            elif tag == _GONE:
                self.texts.leave_out(element, place, DELETED)
                return None
        if cell.is_below:
            self.texts.leave_out(element, place, _HIDDEN)
        else:
            cell.text = self.read_cell(element, place, hanging)
        return cell

    def _is_gone(self, row: "_Element", place: Place) -> bool:
        """Return whether a row was deleted or hidden, and list its content."""
        properties = child_of(row, W + "trPr")
        if properties is None:
            return False
        deleted = properties.find(W + "del") is not None
        if deleted or is_on(properties.find(W + "hidden")):
            self.texts.leave_out(row, place, DELETED if deleted else _HIDDEN)
            return True
        return False

    def _below(self, element: "_Element", tag: str, place: Place) -> "Iterator[_Element]":
        """Yield the rows of a table, or the cells of a row, wherever Word put them; not those of a nested table."""
        stack = [iter(element)]
        while stack:
            for child in stack[-1]:
                if child.tag == tag:
                    yield child
                elif child.tag in _AROUND and not (child.tag == _CONTROL and self.texts.is_prompt(child, place)):
                    stack.append(iter(child))
                    break
            else:
                stack.pop()


def _filled(row: list[_Cell], width: int) -> tuple[str, ...]:
    """Return the cells of a row, with blank cells added for spanned columns and at its end."""
    cells = [text for cell in row for text in (cell.text, *[""] * (cell.span - 1))]
    return (*cells, *[""] * (width - len(cells)))


def _columns(properties: "_Element", name: str) -> int:
    return _count(value_of(properties, name), 0)


def _count(value: str, least: int) -> int:
    return min(max(int(value), least), _WIDEST_CELL) if value.isdecimal() and len(value) < 4 else least
