"""What the reader of workbooks does not report about a sheet, and the limits of a sheet, for all file formats."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from kepu_docs.plugin import N_, Place, SourceError

MOST_CELLS: Final = 20_000_000
"""The most cells of one sheet, rows times columns; each takes 32 bytes."""
MOST_MERGED: Final = 100_000
"""The most ranges of merged cells of a sheet."""

FAILED_FORMULA: Final = "#VALUE!"
"""The value shown for a formula that gives an error."""
NOT_CALCULATED: Final = "#GETTING_DATA"
"""The value shown for a formula without a result: programs that write workbooks calculate nothing."""


@dataclass(slots=True)
class SheetNotes:
    """What the reader does not report about a sheet."""

    failed: dict[tuple[int, int], str] = field(default_factory=dict)
    """The values shown for cells whose formula gives no value, by row from 1 and column from 0."""
    hidden: set[int] = field(default_factory=set)
    """The rows that are hidden, from 1."""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First and last row, first and last column of merged cells, from 0, for formats in which the reader does not know
    them."""
    example_row: int | None = None
    """The row of the example, from 1, if the file marks one by hidden names."""
    example_cells: Sequence[str] = ()
    """The headings of the example, each with the example's text below it."""


def require_reach(rows: int, columns: int, place: Place) -> None:
    """Raise ``SourceError`` at ``place`` for a sheet whose extent is too large for memory."""
    if columns * rows > MOST_CELLS:
        message = N_(
            "a sheet extends to row {row} and column {column}, more than can be read; delete unused "
            "rows and columns below and next to the table, or use CSV"
        )
        raise SourceError.at(place, message, row=rows, column=letters_of(columns - 1))


def require_few_merged(count: int, place: Place) -> None:
    """Raise ``SourceError`` at ``place`` if a sheet has too many ranges of merged cells."""
    if count > MOST_MERGED:
        text = N_("the sheet has {found} ranges of merged cells; at most {limit} are read")
        raise SourceError.at(place, text, found=count, limit=MOST_MERGED)


def number_of(letters: bytes) -> int:
    """Return the number of a column, from 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def letters_of(column: int) -> str:
    """Return the letters of a column, counted from 0: A, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
