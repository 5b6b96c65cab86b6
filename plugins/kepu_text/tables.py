"""Tables of fixed pitch: columns aligned by display width, three rules, cells wrapped inside their column."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from operator import le, sub

from kepu_docs.plugin import Align, Column
from kepu_text.columns import width
from kepu_text.wrapping import wrap

_GAP = "  "
_NARROWEST = 4  # columns: two hanzi


def table_lines(columns: Sequence[Column], rows: Sequence[Sequence[str]], page: int | None) -> list[str]:
    """Return the lines of a table, centred on a page of so many columns.

    A table with more columns than the page can hold at two hanzi each is wider than the page. If a cell is wrapped,
    blank lines part the rows.
    """
    heads = [column.title for column in columns]
    measured = [[width(cell) for cell in row] for row in (heads, *rows)]
    natural = [max(1, *sizes) for sizes in zip(*measured, strict=True)]
    widths = natural if page is None else _share(natural, page - len(_GAP) * (len(columns) - 1))
    aligns = [column.align for column in columns]
    head, *bodies = [_row(row, sizes, widths, aligns) for row, sizes in zip((heads, *rows), measured, strict=True)]
    total = sum(widths) + len(_GAP) * (len(widths) - 1)
    rule = "-" * total
    lines = [rule, *head, rule]
    if bodies:
        lines += [*_joined(bodies), rule]
    margin = " " * ((page - total) // 2) if page else ""
    return [(margin + line).rstrip() for line in lines]


def _share(natural: list[int], room: int) -> list[int]:
    """Return the widths of columns within ``room``: narrow ones keep theirs, wide ones share what is left."""
    widths = natural.copy()
    for left, place in zip(
        range(len(natural), 0, -1), sorted(range(len(natural)), key=natural.__getitem__), strict=True
    ):
        widths[place] = min(natural[place], max(room // left, _NARROWEST))
        room -= widths[place]
    return widths


def _row(cells: Sequence[str], sizes: list[int], widths: list[int], aligns: list[Align]) -> list[str]:
    if all(map(le, sizes, widths)):
        return [_GAP.join(map(_padded, cells, map(sub, widths, sizes), aligns))]
    wrapped = [wrap(cell, room) for cell, room in zip(cells, widths, strict=True)]
    return [_GAP.join(map(_aligned, line, widths, aligns)) for line in zip_longest(*wrapped, fillvalue="")]


def _aligned(text: str, room: int, align: Align) -> str:
    return _padded(text, room - width(text), align)


def _padded(text: str, spare: int, align: Align) -> str:
    if align == "left":
        return text + " " * spare
    before = spare if align == "right" else spare // 2
    return " " * before + text + " " * (spare - before)


def _joined(bodies: list[list[str]]) -> Iterable[str]:
    """Yield the lines of all rows, parted by blank lines if one of them has several."""
    apart = any(len(lines) > 1 for lines in bodies)
    for place, lines in enumerate(bodies):
        if apart and place:
            yield ""
        yield from lines
