"""Tables: column widths that follow the content, and rows in one pass.

WPS and LibreOffice each believe another of the places where a width can stand (poi-tl#36, #680; docx#272), so the
table's width, its grid and every cell's width are written, and add up.
"""

from collections.abc import Sequence
from itertools import accumulate, chain, pairwise
from typing import Final

from kepu_docs.plugin import Place, RenderError, Table
from kepu_word import xml_text
from kepu_word.body.markup import END, Markup

MOST_COLUMNS: Final = 63
"""What Word can show."""

_END_CELL: Final = f"{END}</w:tc>"
_HEAD_ROW: Final = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
_ROW: Final = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"


def table(block: Table, markup: Markup) -> str:
    """Return the ``w:tbl``: the head row is repeated on each page, and no row is broken over pages.

    Raises ``RenderError`` for a table that Word cannot show.
    """
    count = len(block.columns)
    if not 0 < count <= MOST_COLUMNS:
        raise _refusal(block, "{found} columns; a table in Word has from 1 to {expected}", count, MOST_COLUMNS)
    uneven = set(map(len, block.rows)) - {count}
    if uneven:
        raise _refusal(block, "a row of {found} cells; there are {expected} columns", min(uneven), count)
    cells = (*[column.title for column in block.columns], *chain.from_iterable(block.rows))
    column_widths = widths(xml_text.widths(cells), count, markup)
    grid = "".join([f'<w:gridCol w:w="{twips}"/>' for twips in column_widths])
    openings = [f'<w:tc><w:tcPr><w:tcW w:w="{twips}" w:type="dxa"/></w:tcPr>' for twips in column_widths]
    heads = [f"{_END_CELL}{opening}{markup.table_head}" for opening in openings]
    heads[0] = f"{markup.table}{grid}</w:tblGrid>{_HEAD_ROW}{openings[0]}{markup.table_head}"
    others = [
        f"{_END_CELL}{opening}{markup.table_cells[column.align]}"
        for opening, column in zip(openings, block.columns, strict=True)
    ]
    others[0] = f"{_END_CELL}</w:tr>{_ROW}{openings[0]}{markup.table_cells[block.columns[0].align]}"
    # What stands between the texts is the same in each row, so no string is made for a cell.
    pieces = [""] * (2 * len(cells))
    pieces[::2] = heads + others * len(block.rows)
    pieces[1::2] = xml_text.escape_all(cells)
    pieces.append(f"{_END_CELL}</w:tr></w:tbl>")
    return "".join(pieces)


def _refusal(block: Table, message: str, found: int, expected: int) -> RenderError:
    place = Place(field=f"table {block.number or block.caption}".rstrip())
    return RenderError.at(place, message, found=found, expected=expected)


def widths(quarters: Sequence[int], count: int, markup: Markup) -> list[int]:
    """Return the widths in twips of ``count`` columns; they fill the type area.

    ``quarters`` are the widths of all cells, row by row. A column wants the width of its longest cell. Columns that
    want no more than an even share of what is left get what they want; the others share the rest, half of it evenly
    and half by what they want, so that a very long column starves none. What is too much is given to all in
    proportion.
    """
    quarter, padding, room = markup.cell_quarter_twips, markup.cell_padding_twips, markup.text_twips
    # One character more than counted, because fonts and readers measure a little differently.
    wanted = [(max(quarters[place::count]) + 4) * quarter + padding for place in range(count)]
    if sum(wanted) > room:
        wanted = _shared(wanted, room)
    total = sum(wanted)
    # Rounding the sums instead of the widths makes them add up.
    edges = [0, *[room * reached // total for reached in accumulate(wanted)]]
    return [right - left for left, right in pairwise(edges)]


def _shared(wanted: list[int], room: int) -> list[int]:
    left = room
    open_columns = set(range(len(wanted)))
    shares = list(wanted)
    while modest := {place for place in open_columns if wanted[place] * len(open_columns) <= left}:
        open_columns -= modest
        left -= sum(wanted[place] for place in modest)
    greedy = sum(wanted[place] for place in open_columns)
    for place in open_columns:
        shares[place] = left // (2 * len(open_columns)) + left * wanted[place] // (2 * greedy)
    return shares
