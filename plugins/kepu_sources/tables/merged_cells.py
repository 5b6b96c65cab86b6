"""Cells merged over several rows: their value holds for each row, except for figures."""

from collections.abc import Sequence
from typing import Any, Final

from kepu_docs.plugin import N_
from kepu_sources.tables.books import filled
from kepu_sources.tables.no_values import BadCell
from kepu_sources.tables.sheets import Heads

MERGED_FIGURE: Final = BadCell(
    N_(
        "this figure is in merged cells of several rows, so it is unclear whether it is for each row "
        "or for all; unmerge the cells, and write the figure of each row"
    )
)


class MergedCells:
    """The merged cells of a sheet, row by row. True if there are any."""

    def __init__(self, heads: Heads) -> None:
        self._ranges = heads.merged()
        self._columns = [at for at, _ in heads.columns]
        self._figures = frozenset(heads.judge().figures)
        self._now: dict[int, tuple[int, Any]] = {}
        """For each column: the last row of its most recent merged cells, and their value."""

    def __bool__(self) -> bool:
        return bool(self._ranges)

    def filled(self, row: int, cells: Sequence[Any]) -> tuple[Sequence[Any], Sequence[int]]:
        """Return the cells of a row with the values of merged ones, and the columns of figures where that is doubtful.

        A row without any value of its own is a part of the row above: its cells stay blank.
        """
        merged: list[int] = []
        for at, ranges in self._ranges.items():
            if row in ranges and at < len(cells):
                self._now[at] = ranges[row], cells[at]
            elif at in self._now and row <= self._now[at][0]:
                merged.append(at)
        if not merged or not any(at < len(cells) and filled(cells[at]) for at in self._columns):
            return cells, ()
        full = [*cells, *[None] * (max(merged) + 1 - len(cells))]
        for at in merged:
            full[at] = self._now[at][1]
        return full, [at for at in merged if at in self._figures and filled(full[at])]
