"""Tables: column widths that follow the content, and rows in one pass.

WPS and LibreOffice each believe another of the places where a width can stand (poi-tl#36, #680; docx#272), so the
table's width, its grid and every cell's width are written, and add up.
"""

from itertools import pairwise
from typing import Final

from kepu_docs.plugin import Place, RenderError, Table
from kepu_word.marks import END, Marks
from kepu_word.text import escape, widest

MOST_COLUMNS: Final = 63
"""What Word can show."""

_END_CELL: Final = f"{END}</w:tc>"


def table(block: Table, marks: Marks) -> str:
    """Return the ``w:tbl``: the head row is repeated on each page, and no row is broken over pages."""
    column_widths = widths(block, marks)
    grid = "".join([f'<w:gridCol w:w="{twips}"/>' for twips in column_widths])
    cells = [f'<w:tc><w:tcPr><w:tcW w:w="{twips}" w:type="dxa"/></w:tcPr>' for twips in column_widths]
    head = "".join(
        [
            f"{cell}{marks.table_head}{escape(column.title)}{_END_CELL}"
            for cell, column in zip(cells, block.columns, strict=True)
        ]
    )
    # One form for all rows, filled by the interpreter itself, takes half the time of a string for each cell.
    form = "".join(
        [
            f"{cell}{marks.table_cells[column.align]}%s{_END_CELL}"
            for cell, column in zip(cells, block.columns, strict=True)
        ]
    )
    form = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{form}</w:tr>"
    rows = "".join([form % row for row in _escaped(block.rows)])
    return (
        f"{marks.table}{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>"
    )


def _escaped(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    text = "".join(map("".join, rows))
    if text == escape(text):
        return rows
    return tuple([tuple(map(escape, row)) for row in rows])


def widths(block: Table, marks: Marks) -> list[int]:
    """Return the columns' widths in twips; they fill the type area.

    A column wants the width of its longest cell. Columns that want no more than an even share of what is left get
    what they want; the others share the rest, half of it evenly and half by what they want, so that a very long
    column starves none. What is too much is given to all in proportion.
    """
    if not 0 < len(block.columns) <= MOST_COLUMNS:
        raise RenderError.at(
            Place(field=f"table {block.number or block.caption}".rstrip()),
            "{columns} columns; a table in Word has from 1 to {limit}",
            columns=len(block.columns),
            limit=MOST_COLUMNS,
        )
    heads = [column.title for column in block.columns]
    # Two halves more than counted, because fonts and readers measure a little differently.
    wanted = [
        (widest(column) + 2) * marks.cell_half_twips + marks.cell_padding_twips
        for column in zip(heads, *block.rows, strict=True)
    ]
    room = marks.text_twips
    total = sum(wanted)
    shares = [room * want / total for want in wanted] if total <= room else _shared(wanted, room)
    # Rounding the sums instead of the widths makes them add up.
    edges = [0]
    reached = 0.0
    for share in shares:
        reached += share
        edges.append(round(reached))
    return [right - left for left, right in pairwise(edges)]


def _shared(wanted: list[int], room: int) -> list[float]:
    left = float(room)
    open_columns = set(range(len(wanted)))
    shares = [0.0] * len(wanted)
    while modest := {place for place in open_columns if wanted[place] * len(open_columns) <= left}:
        for place in modest:
            shares[place] = float(wanted[place])
        open_columns -= modest
        left -= sum(wanted[place] for place in modest)
    greedy = sum(wanted[place] for place in open_columns)
    for place in open_columns:
        shares[place] = left / 2 * (1 / len(open_columns) + wanted[place] / greedy)
    return shares
