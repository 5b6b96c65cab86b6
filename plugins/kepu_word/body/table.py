"""Tables: column widths that follow the content, and rows in one pass.

WPS and LibreOffice each believe another of the places where a width can stand (poi-tl#36, #680; docx#272), so the
table's width, its grid and every cell's width are written, and add up.
"""

import re
from collections.abc import Sequence
from itertools import accumulate, chain, pairwise
from operator import sub
from typing import Final

from kepu_docs.plugin import Align, Place, RenderError, Table
from kepu_word import xml_text
from kepu_word.body.markup import END, Markup

MOST_COLUMNS: Final = 63
"""What Word can show."""

# Narrow characters in a row, which make a number, a word or an address, with the marks that stay with them.
_UNBROKEN: Final = re.compile(r"[!-~£¥€±°·–−]+[％%，。、；：）》”]?")
_HEAD_QUARTERS: Final = 8
"""A head goes over lines of at least two characters."""

_SHORT_DATE: Final = 16
"""So many quarters wide, a date (10月21日) needs no more; in 2026年8月31日 a digit meets a hanzi at five places."""

_END_CELL: Final = f"{END}</w:tc>"
_HEAD_ROW: Final = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
_ROW: Final = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"


def table(block: Table, markup: Markup) -> str:
    """Return the ``w:tbl``: the head row is repeated on each page, and no row is broken over pages.

    A low table stands on one page; of a higher one no row stands alone at a page's foot or at the next one's head.
    Raises ``RenderError`` for a table that Word cannot show.
    """
    count = len(block.columns)
    if not 0 < count <= MOST_COLUMNS:
        raise _refusal(block, "{found} columns; a table in Word has from 1 to {expected}", count, MOST_COLUMNS)
    uneven = set(map(len, block.rows)) - {count}
    if uneven:
        raise _refusal(block, "a row of {found} cells; there are {expected} columns", min(uneven), count)
    cells = (*[column.title for column in block.columns], *chain.from_iterable(block.rows))
    quarters = xml_text.widths(cells)
    column_widths = widths(block, cells, quarters, markup)
    grid = "".join([f'<w:gridCol w:w="{twips}"/>' for twips in column_widths])
    openings = [f'<w:tc><w:tcPr><w:tcW w:w="{twips}" w:type="dxa"/></w:tcPr>' for twips in column_widths]
    heads = [f"{_END_CELL}{opening}{markup.table_head}" for opening in openings]
    heads[0] = f"{markup.table}{grid}</w:tblGrid>{_HEAD_ROW}{openings[0]}{markup.table_head}"
    free, kept = (_starts(block, openings, texts) for texts in (markup.table_cells, markup.kept_table_cells))
    first, last = _kept(len(block.rows), quarters, column_widths, markup)
    # What stands between the texts is the same in each row of a kind, so no string is made for a cell.
    pieces = [""] * (2 * len(cells))
    between = kept * first + free * (len(block.rows) - first - last - 1) + kept * last + free
    pieces[::2] = heads + (between if block.rows else [])
    pieces[1::2] = xml_text.escape_all(cells)
    pieces.append(f"{_END_CELL}</w:tr></w:tbl>")
    return "".join(pieces)


def _starts(block: Table, openings: list[str], texts: dict[str, str]) -> list[str]:
    """Return what stands before each text of a row; ``texts`` are the openings of its paragraphs."""
    starts = [
        f"{_END_CELL}{opening}{texts[column.align]}" for opening, column in zip(openings, block.columns, strict=True)
    ]
    starts[0] = f"{_END_CELL}</w:tr>{_ROW}{openings[0]}{texts[block.columns[0].align]}"
    return starts


def _kept(rows: int, quarters: Sequence[int], column_widths: Sequence[int], markup: Markup) -> tuple[int, int]:
    """Return how many of the first rows are kept with the next, and how many of those before the last.

    What is kept together is so low that little is left blank where it goes to the next page; ``quarters`` are the
    widths of all cells, the head's first.
    """
    count, most = len(column_widths), markup.low_table_lines
    room = [(twips - markup.cell_padding_twips) // markup.cell_quarter_twips for twips in column_widths]
    if rows < most and _lines(_by_column(quarters, count), room) <= most:
        return max(rows - 1, 0), 0
    pairs = quarters[count : 3 * count], quarters[-2 * count :]
    low = [_lines(_by_column(pair, count), room) <= most for pair in pairs]
    return int(rows > 1 and low[0]), int(rows > 2 and low[1])


def _by_column(quarters: Sequence[int], count: int) -> list[tuple[Sequence[int], int]]:
    """Return the widths of each column's cells, and the largest of them; ``quarters`` has them row by row."""
    columns = [quarters[place::count] for place in range(count)]
    return [(cells, max(cells)) for cells in columns]


def _lines(columns: Sequence[tuple[Sequence[int], int]], room: Sequence[int]) -> int:
    """Return how many lines the rows take of ``columns`` (see :func:`_by_column`) that have so much ``room``."""
    rows = len(columns[0][0])
    # Only columns that are broken at all have more lines than one.
    broken = [
        [-(-taken // max(have, 1)) for taken in cells]
        for (cells, longest), have in zip(columns, room, strict=True)
        if longest > have
    ]
    return sum(map(max, zip([1] * rows, *broken, strict=True))) if broken else rows


def _refusal(block: Table, message: str, found: int, expected: int) -> RenderError:
    place = Place(field=f"table {block.number or block.caption}".rstrip())
    return RenderError.at(place, message, found=found, expected=expected)


def widths(block: Table, cells: Sequence[str], quarters: Sequence[int], markup: Markup) -> list[int]:
    """Return the widths in twips of a table's columns; they fill the type area.

    ``quarters`` are the widths of all ``cells``, row by row. A column wants the width of its longest cell. Where there
    is too little room, figures and dates get what they want, and others at least what their longest number or word
    does, so that none is broken; of the rest as many columns as can be get what they want, if that takes fewest
    lines. What is too much even so is taken from all in proportion.
    """
    count = len(block.columns)
    quarter, padding, room = markup.cell_quarter_twips, markup.cell_padding_twips, markup.text_twips
    # One character more than counted, because fonts and readers measure a little differently.
    columns = _by_column(quarters, count)
    wanted = [(longest + 4) * quarter + padding for _, longest in columns]
    if sum(wanted) > room:
        least = [
            (_least_quarters(column.align, cells[place::count], quarters[place::count]) + 4) * quarter + padding
            for place, column in enumerate(block.columns)
        ]
        # Long dates take more where a reader sets digits apart from hanzi or has a wider font.
        ample = [
            least[place] + (max(columns[place][1] - _SHORT_DATE, 0) // 2 * quarter if column.align == "center" else 0)
            for place, column in enumerate(block.columns)
        ]
        if sum(ample) <= room:
            least, wanted = ample, list(map(max, wanted, ample))
        wanted = _fitted(wanted, least, room, columns, markup) if sum(least) <= room else least
    total = sum(wanted)
    # Rounding the sums instead of the widths makes them add up.
    edges = [0, *[room * reached // total for reached in accumulate(wanted)]]
    return [right - left for left, right in pairwise(edges)]


def _least_quarters(align: Align, cells: Sequence[str], quarters: Sequence[int]) -> int:
    """Return the width that a column needs lest a number or a word be broken in it; its head stands first."""
    broken, whole = (cells, ()) if align == "left" else (cells[:1], quarters[1:])
    words = map(xml_text.width, _UNBROKEN.findall("\n".join(broken)))
    return max([min(max(quarters), _HEAD_QUARTERS), *words, *whole])


def _fitted(
    wanted: list[int], least: list[int], room: int, columns: Sequence[tuple[Sequence[int], int]], markup: Markup
) -> list[int]:
    """Return widths that add up to ``room``, none below its ``least``.

    Columns that want little get what they want. How many are so lucky is tried: those left share what is left. Where
    there is no room for any to be, all get their least, in proportion.
    """
    quarter, padding = markup.cell_quarter_twips, markup.cell_padding_twips
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    needs = list(map(sub, wanted, least))
    best: list[int] = []
    fewest = 0
    # What is left for those that share, what of it is beyond their least, and what they need beyond it.
    left, spare, missing = room, room - sum(least), sum(needs)
    for lucky, first in enumerate(order):
        others = order[lucky:]
        if wanted[first] * len(others) > left:  # it wants more than an even share
            if spare < 0:
                break
            shares = list(wanted)
            even = spare // len(others)
            for place in others:
                # Half of it evenly and half by what they want, so that a very long column starves none.
                by_need = spare * needs[place] // (missing or 1)
                shares[place] = least[place] + (min(even, needs[place]) + by_need) // 2
            lines = _lines(columns, [(share - padding) // quarter - 2 for share in shares])
            if not best or lines <= fewest:
                best, fewest = shares, lines
        left -= wanted[first]
        spare -= needs[first]
        missing -= needs[first]
    return best or least
