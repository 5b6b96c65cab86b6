"""When the entries of a list are shown as the rows of a table."""

from collections.abc import Sequence
from typing import Any, Final

from kepu_docs.schema import Record

_FEWEST_ROWS: Final = 4
_FEWEST_COLUMNS: Final = 2
_MOST_COLUMNS: Final = 7
_LONGEST: Final = 40
"""Of a text in a cell, in characters: a longer one makes a column of few words a line."""


def fills_table(rows: Sequence[Record], fields: Sequence[str]) -> bool:
    """Tell whether ``rows`` have enough in common for a table, beside what names them.

    There are four or more of them, two to seven of the ``fields`` are given in any row, at least half of the cells
    which that makes are filled, and none of them holds a long text.
    """
    if len(rows) < _FEWEST_ROWS:
        return False
    columns = [cells for name in fields if any(cells := [_shown(getattr(row, name)) for row in rows])]
    filled = sum(1 for cells in columns for cell in cells if cell)
    return (
        _FEWEST_COLUMNS <= len(columns) <= _MOST_COLUMNS
        and 2 * filled >= len(columns) * len(rows)
        and not any(len(cell) > _LONGEST for cells in columns for cell in cells)
    )


def _shown(value: Any) -> str:
    """Return roughly what stands in a cell; nothing for a quantity of nothing, which is not shown."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return "1" if value is not None and getattr(value, "value", True) else ""
