"""The decision whether the entries of a list are shown as the rows of a table."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from kepu_docs.schema import Period, Quantity, Record
from kepu_docs.typography.columns import width

_FEWEST_ROWS: Final = 4
_FEWEST_COLUMNS: Final = 2
_MOST_COLUMNS: Final = 7
_LONGEST: Final = 40
"""The longest text in a cell, in characters: a longer one makes a column with a few words on each line."""
_ROOM: Final = 73
"""The room on a page, in columns of half a hanzi; see :mod:`kepu_docs.composing.remarks_column`."""
_MARGINS: Final = 3
_READABLE: Final = 10
"""The narrowest lines of text."""
_HEAD: Final = 4
_SPARSE: Final = 4
"""A column in which at most one row in this many has an entry is moved to the remarks."""
_REMARKS: Final = 19
"""The least width of the remarks column, with margins."""
_WIDTHS_KEPT: Final = 1024
_width: Final = lru_cache(_WIDTHS_KEPT)(width)
"""The width of a unit or of a short text, such as the name of a place: many rows have the same."""


def fills_table(rows: Sequence[Record], fields: Sequence[str]) -> bool:
    """Return whether ``rows`` have enough in common for a table, beside the names of the rows.

    There are four or more of them, two to seven of the ``fields`` are given in any row, at least half of the cells
    which that makes are filled, none of them holds a long text, and a page has room for the columns.
    """
    if len(rows) < _FEWEST_ROWS:
        return False
    columns = [cells for name in fields if any(cells := [_shown(getattr(row, name)) for row in rows])]
    filled = sum(1 for cells in columns for cell in cells if cell)
    return (
        _FEWEST_COLUMNS <= len(columns) <= _MOST_COLUMNS
        and 2 * filled >= len(columns) * len(rows)
        and not any(len(cell) > _LONGEST for cells in columns for cell in cells)
        and fits_page([[getattr(row, name) for row in rows] for name in fields])
    )


def fits_page(columns: Sequence[Sequence[Any]]) -> bool:
    """Return whether a page has room for ``columns`` beside the names of the rows, so that none is moved to remarks.

    Nearly empty columns are moved anyway: for these, the remarks column must have room.
    """
    needs = [_READABLE + _MARGINS]
    sparse = False
    for cells in columns:
        given = [cell for cell in cells if cell is not None and (cell if type(cell) is str else _shown(cell))]
        if len(cells) >= _FEWEST_ROWS and 0 < len(given) * _SPARSE <= len(cells):
            sparse = True
        elif given:
            needs.append(max(_HEAD, *map(_least, given)) + _MARGINS)
    return sum(needs) + (_REMARKS if sparse else 0) <= _ROOM


def _least(value: Any) -> int:
    """Return the approximate least width of a cell: texts are broken, figures and dates are not."""
    # Asking pydantic whether something is a model takes longer than everything else here.
    kind = type(value)
    if kind is Period:
        start, end = value.start, value.end
        month, day = _numbered(start.month), _numbered(start.day)
        if start == end:
            return month + day
        return month + day + 2 + _numbered(end.day) + (month if start.month != end.month else 0)
    if kind is not str and issubclass(kind, Quantity):
        return len(f"{value.value:g}") + _width(value.unit or "") + (2 if value.approx != "exactly" else 0)
    text = _shown(value)
    return min(_width(text) if len(text) <= _LONGEST else width(text), _READABLE)


def _numbered(number: int) -> int:
    """Return the width of a number of up to two digits with a hanzi: 9月, 12日."""
    return 3 if number < 10 else 4


def _shown(value: Any) -> str:
    """Return the approximate text of a cell; empty for a quantity of zero, which is not shown."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    # An attribute that a model does not have takes pydantic long to miss.
    holder = getattr(value, "__dict__", {})
    return "1" if value is not None and holder.get("value", True) else ""
