"""Tables in fixed pitch: columns aligned by display width, three rules, cells wrapped inside their column."""

from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest
from operator import sub

from kepu_docs.plugin import Align, Column
from kepu_docs.plugin import widths as widths_of
from kepu_text.wrapping import unbroken, wrap

_GAP = "  "
_NARROWEST = 4  # columns: two hanzi


def table_lines(columns: Sequence[Column], rows: Sequence[Sequence[str]], page: int | None) -> list[str]:
    """Return the lines of a table, centred on a page of ``page`` columns.

    A table with more columns than the page can hold at two hanzi each is wider than the page. If a cell is wrapped,
    blank lines separate the rows.
    """
    heads = [column.title for column in columns]
    count = len(heads)
    cells = [*heads, *chain.from_iterable(rows)]
    taken = widths_of(cells)
    natural = [max(1, *taken[place::count]) for place in range(count)]
    room = page and page - len(_GAP) * (count - 1)
    aligns = [column.align for column in columns]
    if room is None or sum(natural) <= room:
        widths = natural
        by_column = [
            _column(cells[place::count], taken[place::count], natural[place], align)
            for place, align in enumerate(aligns)
        ]
        head, *body = map(_GAP.join, zip(*by_column, strict=True))
        heading = [head]
    else:
        by_row = [taken[start : start + count] for start in range(0, len(taken), count)]
        least = [_least(column.align, [row[place] for row in (heads, *rows)]) for place, column in enumerate(columns)]
        widths = _share(natural, room, least if sum(least) <= room else [_NARROWEST] * count)
        heading, *bodies = [_row(row, own, widths, aligns) for row, own in zip((heads, *rows), by_row, strict=True)]
        body = [*_joined(bodies)]
    total = sum(widths) + len(_GAP) * (count - 1)
    rule = "-" * total
    lines = [rule, *heading, rule]
    if body:
        lines += [*body, rule]
    margin = " " * ((page - total) // 2) if page else ""
    return [(margin + line).rstrip() for line in lines]


def _column(cells: list[str], taken: list[int], width: int, align: Align) -> list[str]:
    """Return the ``cells`` of a column, which fit into its ``width``, with blanks that fill it."""
    if align == "left":
        return [text + " " * (width - own) for text, own in zip(cells, taken, strict=True)]
    if align == "right":
        return [" " * (width - own) + text for text, own in zip(cells, taken, strict=True)]
    return [_aligned(text, width - own, align) for text, own in zip(cells, taken, strict=True)]


def _least(align: Align, cells: list[str]) -> int:
    """Return the least width of a column that does not break a number with its unit, or a word, in it.

    ``cells`` begins with the column head. Figures and dates are not broken at all.
    """
    broken, whole = (cells, []) if align == "left" else (cells[:1], cells[1:])
    return max(_NARROWEST, *widths_of([*whole, *chain.from_iterable(map(unbroken, broken))]))


def _share(natural: list[int], room: int, least: list[int]) -> list[int]:
    """Return the widths of columns within ``room``: narrow ones keep theirs, wide ones share the rest.

    No column is narrower than its ``least``, unless its natural width is.
    """
    widths = natural.copy()
    reserved = sum(map(min, natural, least))
    order = sorted(range(len(natural)), key=natural.__getitem__)
    for left, place in zip(range(len(natural), 0, -1), order, strict=True):
        own = min(natural[place], least[place])
        # The others already have what they need.
        reserved -= own
        widths[place] = min(natural[place], max(min(room // left, room - reserved), own))
        room -= widths[place]
    return widths


def _row(cells: Sequence[str], taken: Sequence[int], widths: list[int], aligns: list[Align]) -> list[str]:
    """Return the lines of a row; ``taken`` are the display widths of its ``cells``."""
    spare = list(map(sub, widths, taken))
    if min(spare) >= 0:
        return [_GAP.join(map(_aligned, cells, spare, aligns))]
    wrapped = [wrap(cell, room) for cell, room in zip(cells, widths, strict=True)]
    return [
        _GAP.join(map(_aligned, line, map(sub, widths, widths_of(line)), aligns))
        for line in zip_longest(*wrapped, fillvalue="")
    ]


def _aligned(text: str, spare: int, align: Align) -> str:
    if align == "left":
        return text + " " * spare
    before = spare if align == "right" else spare // 2
    return " " * before + text + " " * (spare - before)


def _joined(bodies: list[list[str]]) -> Iterable[str]:
    """Yield the lines of all rows, separated by blank lines if one of them has several."""
    apart = any(len(lines) > 1 for lines in bodies)
    for place, lines in enumerate(bodies):
        if apart and place:
            yield ""
        yield from lines
