"""The widths of the columns of a table, for formats whose pages have a width."""

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from operator import sub
from typing import Final, Literal

from kepu_docs.typography.quarters import quarters as width

# A sequence of narrow characters, which make a number, a word or an address, with the marks attached to them.
_UNBROKEN: Final = re.compile(r"[!-~£¥€±°·–−]+[％%，。、；：）》”]?")
_HEAD_QUARTERS: Final = 8
"""A heading is wrapped to lines of at least two characters."""

_SHORT_DATE: Final = 16
"""A date (10月21日) that is this wide or less, in quarters, needs no spare room; in 2026年8月31日 digits and hanzi meet
at five places."""


def column_widths(
    aligns: Sequence[Literal["left", "center", "right"]],
    cells: Sequence[str],
    quarters: Sequence[int],
    *,
    quarter: int,
    padding: int,
    room: int,
) -> list[int]:
    """Return the widths of a table's columns, which are aligned as ``aligns`` says; they fill the ``room``.

    ``quarters`` are the widths of all ``cells``, row by row, the heading first. A ``quarter`` of a character, the
    ``padding`` of a cell on both sides together, the ``room`` and the result all have the same unit, a small one.

    A column's preferred width is that of its longest cell. If there is too little room, figures and dates get their
    preferred width, and other columns at least the width of their longest number or word, so that none is broken; of
    the rest, as many columns as possible get their preferred width, if that takes the fewest lines. If that is still
    too much, all are reduced in proportion.
    """
    count = len(aligns)
    # One character more than counted, because fonts and readers measure slightly differently.
    columns = by_column(quarters, count)
    wanted = [(longest + 4) * quarter + padding for _, longest in columns]
    if sum(wanted) > room:
        least = [
            (_least_quarters(align, cells[place::count], quarters[place::count]) + 4) * quarter + padding
            for place, align in enumerate(aligns)
        ]
        # Long dates take more if a reader adds space between digits and hanzi, or has a wider font.
        ample = [
            least[place] + (max(columns[place][1] - _SHORT_DATE, 0) // 2 * quarter if align == "center" else 0)
            for place, align in enumerate(aligns)
        ]
        if sum(ample) <= room:
            least, wanted = ample, list(map(max, wanted, ample))
        wanted = _fitted(wanted, least, room, columns, quarter, padding) if sum(least) <= room else least
    total = sum(wanted)
    # The sums are rounded instead of the widths, so that they add up.
    edges = [0, *[room * reached // total for reached in accumulate(wanted)]]
    return [right - left for left, right in pairwise(edges)]


def by_column(quarters: Sequence[int], count: int) -> list[tuple[Sequence[int], int]]:
    """Return the widths of each column's cells, and the largest, or 0; ``quarters`` has them row by row."""
    columns = [quarters[place::count] for place in range(count)]
    return [(cells, max(cells, default=0)) for cells in columns]


def table_lines(columns: Sequence[tuple[Sequence[int], int]], room: Sequence[int]) -> int:
    """Return how many lines the rows take if the ``columns`` (see :func:`by_column`) have the given ``room``.

    The room of a column is in quarters of a character.
    """
    rows = len(columns[0][0])
    # Only columns that are broken at all have more than one line.
    broken = [
        [-(-taken // max(have, 1)) for taken in cells]
        for (cells, longest), have in zip(columns, room, strict=True)
        if longest > have
    ]
    return sum(map(max, zip([1] * rows, *broken, strict=True))) if broken else rows


def _least_quarters(align: str, cells: Sequence[str], quarters: Sequence[int]) -> int:
    """Return the width that a column needs so that no number or word is broken in it; its heading comes first."""
    broken, whole = (cells, ()) if align == "left" else (cells[:1], quarters[1:])
    words = map(width, _UNBROKEN.findall("\n".join(broken)))
    return max([min(max(quarters), _HEAD_QUARTERS), *words, *whole])


def _fitted(
    wanted: list[int],
    least: list[int],
    room: int,
    columns: Sequence[tuple[Sequence[int], int]],
    quarter: int,
    padding: int,
) -> list[int]:
    """Return widths that add up to ``room``, none below its ``least``.

    Columns with a small preferred width get it. Their number is found by trial: the others share the remaining room. If
    there is not enough room for any, all get their least width, in proportion.
    """
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    needs = list(map(sub, wanted, least))
    best: list[int] = []
    fewest = 0
    # The remaining room for those that share it, the part of it beyond their least widths, and what they need beyond
    # those.
    left, spare, missing = room, room - sum(least), sum(needs)
    for lucky, first in enumerate(order):
        others = order[lucky:]
        if wanted[first] * len(others) > left:  # it needs more than an even share
            if spare < 0:
                break
            shares = list(wanted)
            even = spare // len(others)
            for place in others:
                # Half of it evenly and half by preference, so that a very long column does not take everything.
                by_need = spare * needs[place] // (missing or 1)
                shares[place] = least[place] + (min(even, needs[place]) + by_need) // 2
            lines = table_lines(columns, [(share - padding) // quarter - 2 for share in shares])
            if not best or lines <= fewest:
                best, fewest = shares, lines
        left -= wanted[first]
        spare -= needs[first]
        missing -= needs[first]
    return best or least
