"""What the reader of workbooks does not say of a sheet, and how far a sheet may reach, whatever kind its file is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from kepu_docs.plugin import N_, Place, SourceError

MOST_CELLS: Final = 20_000_000
"""Of one sheet: rows times columns; 32 bytes each."""
MOST_MERGED: Final = 100_000
"""Ranges of merged cells of a sheet."""

FAILED_FORMULA: Final = "#VALUE!"
"""What stands for a formula that gives an error."""
NOT_CALCULATED: Final = "#GETTING_DATA"
"""What stands for a formula without a result: programs that write workbooks calculate nothing."""


@dataclass(slots=True)
class SheetNotes:
    """What the reader does not say of a sheet."""

    failed: dict[tuple[int, int], str] = field(default_factory=dict)
    """What stands for the cells whose formula gives no value, by their rows from 1 and columns from 0."""
    hidden: set[int] = field(default_factory=set)
    """The rows that are hidden, from 1."""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First and last row, first and last column of merged cells, from 0, where the reader does not know them."""
    example_row: int | None = None
    """In which row the example stands, from 1, if the file marks one by hidden names."""
    example_cells: Sequence[str] = ()
    """Its headings, each with what the example says below it."""


def require_reach(rows: int, columns: int, place: Place) -> None:
    """Raise ``SourceError`` at ``place`` for a sheet that is laid out larger than memory could bear."""
    if columns * rows > MOST_CELLS:
        message = N_(
            "a sheet extends to row {row} and column {column}, more than can be read; delete unused "
            "rows and columns below and next to the table, or use CSV"
        )
        raise SourceError.at(place, message, row=rows, column=letters_of(columns - 1))


def require_few_merged(count: int, place: Place) -> None:
    """Raise ``SourceError`` at ``place`` for more ranges of merged cells than a sheet may have."""
    if count > MOST_MERGED:
        text = N_("the sheet has {found} ranges of merged cells; at most {limit} are read")
        raise SourceError.at(place, text, found=count, limit=MOST_MERGED)


def number_of(letters: bytes) -> int:
    """Return the place of a column, from 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def letters_of(column: int) -> str:
    """Return the letters of a column that counts from 0: A, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
