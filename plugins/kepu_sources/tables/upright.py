"""Upright sheets: labels in the first column, values in the second, one record in all.

A workbook for a single community has its sheet of communities, and those of its sections, in this form. They become an
ordinary row under headings, in which each cell keeps its place in the sheet.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

from kepu_docs.plugin import Place, RecordColumn, RecordTable, SourceError, plain_name
from kepu_sources.tables.books import filled
from kepu_sources.tables.sheets import Row, Sheet
from kepu_sources.tables.table_names import CODE, Layout

_MOST_LABELS: Final = 300
"""How many rows are searched for labels; the longest sheet of kepu-docs has 50."""
_MOST_TITLES: Final = 10
"""How many rows are searched for ordinary headings."""
_LONGEST_LABEL: Final = 200
_FILLED_IN: Final = frozenset(("filled in", "填写内容", "填寫內容"))
"""The headings of the second column in workbooks of kepu-docs, in all languages."""


def as_rows(sheet: Sheet, table: RecordTable, layout: Layout) -> Sheet:
    """Return a sheet unchanged or, if it is upright, as a row under headings.

    A sheet is upright if more labels are known in its first column than headings in any row.
    """
    if table.is_list or not sheet.may_be_upright:
        return sheet
    known = layout.columns(table)
    try:
        rows = list(islice(sheet.rows(), _MOST_LABELS))
    except SourceError:  # whoever reads it reports the error
        return sheet
    labels = sum(_is_known(cells[0], known) for _, cells in rows if cells)
    across = max((sum(_is_known(cell, known) for cell in cells) for _, cells in rows[:_MOST_TITLES]), default=0)
    is_ours = any(len(cells) > 1 and str(cells[1]).strip().casefold() in _FILLED_IN for _, cells in rows[:_MOST_TITLES])
    if labels > across or (is_ours and labels):
        return _UprightSheet(sheet, rows, with_code=bool(table.path))
    return sheet


def _is_known(cell: Any, known: Mapping[str, RecordColumn]) -> bool:
    return isinstance(cell, str) and 0 < len(cell) <= _LONGEST_LABEL and plain_name(cell) in known


class _UprightSheet(Sheet):
    """An upright sheet as a row under headings."""

    def __init__(self, sheet: Sheet, rows: list[Row], *, with_code: bool) -> None:
        """Read an upright sheet; ``with_code`` adds a blank code, that of the only community, to a section's row."""
        self.title = sheet.title
        self.hidden = sheet.hidden
        self._sheet = sheet
        self._lines: list[int] = [rows[0][0]] if with_code else []
        self._labels: list[Any] = [CODE] if with_code else []
        self._values: list[Any] = [""] if with_code else []
        for number, cells in rows:
            value = cells[1] if len(cells) > 1 else ""
            if not cells or not filled(cells[0]) or str(value).strip().casefold() in _FILLED_IN:
                continue
            self._lines.append(number)
            self._labels.append(cells[0])
            self._values.append(value)

    def rows(self) -> Iterator[Row]:
        yield 1, self._labels
        yield 2, self._values

    def place(self, row: int, column: int | None, heading: str) -> Place:
        if column is None:
            return self._sheet.place(self._lines[0], None, "")
        return self._sheet.place(self._lines[column], 0 if row == 1 else 1, heading)

    def share(self, row: int) -> float:
        return 1.0
