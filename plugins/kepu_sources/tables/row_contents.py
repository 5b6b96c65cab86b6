"""The content of a row: its cells read by column, each short text of a column once."""

from collections.abc import Callable, Sequence
from operator import getitem, itemgetter
from typing import Any, Final, NamedTuple

from kepu_sources.tables.cells import Reader
from kepu_sources.tables.codes import NO_RESULT
from kepu_sources.tables.formula_texts import formula_in
from kepu_sources.tables.no_values import BadCell, CellMark
from kepu_sources.tables.sheet_notes import NOT_CALCULATED
from kepu_sources.tables.times_in_cells import TimeOfYear

NO_VALUES: Final = frozenset((BadCell, CellMark, TimeOfYear))
"""What a cell may have instead of a value."""
SHORT_TEXT: Final = 30
"""The longest text of a cell that is remembered, in characters."""
_REMEMBERED: Final = 2_000
"""How many texts of a column are remembered."""


class RefusedCell(NamedTuple):
    """A cell that has no value: the index of its column, the reason, and its content."""

    at: int
    why: BadCell
    cell: Any


class RowContent(NamedTuple):
    """The content of a row: its part of a record, and its cells without values, by column index."""

    data: dict[str, Any]
    bad: list[RefusedCell]
    marks: list[tuple[int, CellMark]]
    """Cells without a value so far, which :meth:`kepu_sources.tables.sheets.Heads.settle` resolves."""
    times: list[tuple[int, TimeOfYear]]
    """Times that need a year."""

    def take(self, at: int, value: BadCell | CellMark | TimeOfYear, cell: Any) -> None:
        """Store what a cell of a column holds instead of a value."""
        if isinstance(value, BadCell):
            self.bad.append(RefusedCell(at, value, cell))
        elif isinstance(value, TimeOfYear):
            self.times.append((at, value))
        else:
            self.marks.append((at, value))


class ColumnReader(dict[Any, Any]):
    """What the cells of a column mean, by cell: looking a cell up reads it; most short texts are in many rows."""

    def __init__(self, at: int, path: tuple[str, ...], read: Reader) -> None:
        """Read the column ``at`` for the field at ``path`` of a row."""
        super().__init__()
        self.at = at
        self.way, self.name = path[:-1], path[-1]
        self.read = read

    def __missing__(self, cell: Any) -> Any:
        if type(cell) is not str:
            return None if cell is None else self.read(cell)
        value = None
        if cell:
            value = formula_in(cell) if cell[0] == "=" else None
            if value is None:
                value = self.read(cell)
            if cell == NOT_CALCULATED and type(value) in NO_VALUES:
                value = NO_RESULT
        if len(cell) <= SHORT_TEXT:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[cell] = value
        return value

    def put(self, data: dict[str, Any], value: Any) -> None:
        """Put the value of a cell into the data of its row."""
        for step in self.way:
            data = data.setdefault(step, {})
        data[self.name] = value


class RowReader:
    """Reads the cells of rows."""

    def __init__(self, columns: Sequence[ColumnReader]) -> None:
        """Read some columns, in the order of their places."""
        self._columns = columns
        self._names = [column.name for column in columns]
        self._are_direct = not any(column.way for column in columns)
        self._width = columns[-1].at + 1 if columns else 0
        self._picked: Callable[[Sequence[Any]], Sequence[Any]] = _picking([column.at for column in columns])

    def read(self, cells: Sequence[Any]) -> RowContent:
        """Return the content of a row."""
        if len(cells) < self._width:
            cells = [*cells, *[None] * (self._width - len(cells))]
        own = self._picked(cells)
        try:
            values = list(map(getitem, self._columns, own))
        except TypeError:  # tables of a program may hold lists
            values = [column.__missing__(cell) for column, cell in zip(self._columns, own, strict=True)]
        if self._are_direct and NO_VALUES.isdisjoint(map(type, values)):
            data = {name: value for name, value in zip(self._names, values, strict=True) if value is not None}
            return RowContent(data, [], [], [])
        content = RowContent({}, [], [], [])
        for column, value, cell in zip(self._columns, values, own, strict=True):
            if value is None:
                continue
            if type(value) in NO_VALUES:
                content.take(column.at, value, cell)
            else:
                column.put(content.data, value)
        return content


def _picking(places: Sequence[int]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """Return a function that returns the items of a sequence at some places."""
    if len(places) < 2:  # for one place, itemgetter returns the item alone
        return lambda cells: [cells[at] for at in places]
    return itemgetter(*places)
