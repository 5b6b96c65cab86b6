"""Tables: column widths that follow the content, and rows written in one pass.

A width can be given in several places, and WPS and LibreOffice each rely on a different one (poi-tl#36, #680;
docx#272). So the table's width, its grid and every cell's width are written, and they add up.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Final

from kepu_docs.plugin import Place, RenderError, Table, by_column, column_widths, quarters_of, table_lines
from kepu_word.body.markup import END, Markup
from kepu_word.xml_text import escape_all

MOST_COLUMNS: Final = 63
"""The most columns that Word can show."""

_END_CELL: Final = f"{END}</w:tc>"
_HEAD_ROW: Final = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
_ROW: Final = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"


def table(block: Table, markup: Markup) -> str:
    """Return the ``w:tbl``: the head row is repeated on each page, and no row breaks across pages.

    A low table stays on one page; in a higher one, no single row is left at a page's foot or at the next page's head.
    Raises ``RenderError`` for a table that Word cannot show.
    """
    count = len(block.columns)
    if not 0 < count <= MOST_COLUMNS:
        raise _refusal(block, "{found} columns; a table in Word has from 1 to {expected}", count, MOST_COLUMNS)
    uneven = set(map(len, block.rows)) - {count}
    if uneven:
        raise _refusal(block, "a row of {found} cells; there are {expected} columns", min(uneven), count)
    cells = (*[column.title for column in block.columns], *chain.from_iterable(block.rows))
    quarters = quarters_of(cells)
    widths = column_widths(
        [column.align for column in block.columns],
        cells,
        quarters,
        quarter=markup.cell_quarter_twips,
        padding=markup.cell_padding_twips,
        room=markup.text_twips,
    )
    grid = "".join([f'<w:gridCol w:w="{twips}"/>' for twips in widths])
    openings = [f'<w:tc><w:tcPr><w:tcW w:w="{twips}" w:type="dxa"/></w:tcPr>' for twips in widths]
    heads = [f"{_END_CELL}{opening}{markup.table_head}" for opening in openings]
    heads[0] = f"{markup.table}{grid}</w:tblGrid>{_HEAD_ROW}{openings[0]}{markup.table_head}"
    free, kept = (_starts(block, openings, texts) for texts in (markup.table_cells, markup.kept_table_cells))
    first, last = _kept(len(block.rows), quarters, widths, markup)
    # What is between the texts is the same in each row of a kind, so no string is made for each cell.
    pieces = [""] * (2 * len(cells))
    between = kept * first + free * (len(block.rows) - first - last - 1) + kept * last + free
    pieces[::2] = heads + (between if block.rows else [])
    pieces[1::2] = escape_all(cells)
    pieces.append(f"{_END_CELL}</w:tr></w:tbl>")
    return "".join(pieces)


def _starts(block: Table, openings: list[str], texts: dict[str, str]) -> list[str]:
    """Return what precedes each text of a row; ``texts`` are the openings of its paragraphs."""
    starts = [
        f"{_END_CELL}{opening}{texts[column.align]}" for opening, column in zip(openings, block.columns, strict=True)
    ]
    starts[0] = f"{_END_CELL}</w:tr>{_ROW}{openings[0]}{texts[block.columns[0].align]}"
    return starts


def _kept(rows: int, quarters: Sequence[int], widths: Sequence[int], markup: Markup) -> tuple[int, int]:
    """Return how many of the first rows are kept with the next row, and how many of those before the last.

    Rows that are kept together are low, so that little is left blank if they move to the next page; ``quarters`` are
    the widths of all cells, those of the head first.
    """
    count, most = len(widths), markup.low_table_lines
    room = [(twips - markup.cell_padding_twips) // markup.cell_quarter_twips for twips in widths]
    if rows < most and table_lines(by_column(quarters, count), room) <= most:
        return max(rows - 1, 0), 0
    pairs = quarters[count : 3 * count], quarters[-2 * count :]
    low = [table_lines(by_column(pair, count), room) <= most for pair in pairs]
    return int(rows > 1 and low[0]), int(rows > 2 and low[1])


def _refusal(block: Table, message: str, found: int, expected: int) -> RenderError:
    place = Place(field=f"table {block.number or block.caption}".rstrip())
    return RenderError.at(place, message, found=found, expected=expected)
