"""How wide the columns of a table are, for formats whose pages have a width."""

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from operator import sub
from typing import Final, Literal

from kepu_docs.typography.quarters import quarters as width

# Narrow characters in a row, which make a number, a word or an address, with the marks that stay with them.
_UNBROKEN: Final = re.compile(r"[!-~£¥€±°·–−]+[％%，。、；：）》”]?")
_HEAD_QUARTERS: Final = 8
"""A head goes over lines of at least two characters."""

_SHORT_DATE: Final = 16
"""So many quarters wide, a date (10月21日) needs no more; in 2026年8月31日 a digit meets a hanzi at five places."""


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

    ``quarters`` are the widths of all ``cells``, row by row, the head's first. A ``quarter`` of a character, the
    ``padding`` of a cell at both sides together, the ``room`` and the result are of one unit, a small one.

    A column wants the width of its longest cell. Where there is too little room, figures and dates get what they want,
    and others at least what their longest number or word does, so that none is broken; of the rest as many columns as
    can be get what they want, if that takes fewest lines. What is too much even so is taken from all in proportion.
    """
    count = len(aligns)
    # One character more than counted, because fonts and readers measure a little differently.
    columns = by_column(quarters, count)
    wanted = [(longest + 4) * quarter + padding for _, longest in columns]
    if sum(wanted) > room:
        least = [
            (_least_quarters(align, cells[place::count], quarters[place::count]) + 4) * quarter + padding
            for place, align in enumerate(aligns)
        ]
        # Long dates take more where a reader sets digits apart from hanzi or has a wider font.
        ample = [
            least[place] + (max(columns[place][1] - _SHORT_DATE, 0) // 2 * quarter if align == "center" else 0)
            for place, align in enumerate(aligns)
        ]
        if sum(ample) <= room:
            least, wanted = ample, list(map(max, wanted, ample))
        wanted = _fitted(wanted, least, room, columns, quarter, padding) if sum(least) <= room else least
    total = sum(wanted)
    # Rounding the sums instead of the widths makes them add up.
    edges = [0, *[room * reached // total for reached in accumulate(wanted)]]
    return [right - left for left, right in pairwise(edges)]


def by_column(quarters: Sequence[int], count: int) -> list[tuple[Sequence[int], int]]:
    """Return the widths of each column's cells, and the largest, 0 of none; ``quarters`` has them row by row."""
    columns = [quarters[place::count] for place in range(count)]
    return [(cells, max(cells, default=0)) for cells in columns]


def table_lines(columns: Sequence[tuple[Sequence[int], int]], room: Sequence[int]) -> int:
    """Return how many lines the rows take of ``columns`` (see :func:`by_column`) that have so much ``room``.

    The room of a column is in quarters of a character.
    """
    rows = len(columns[0][0])
    # Only columns that are broken at all have more lines than one.
    broken = [
        [-(-taken // max(have, 1)) for taken in cells]
        for (cells, longest), have in zip(columns, room, strict=True)
        if longest > have
    ]
    return sum(map(max, zip([1] * rows, *broken, strict=True))) if broken else rows


def _least_quarters(align: str, cells: Sequence[str], quarters: Sequence[int]) -> int:
    """Return the width that a column needs lest a number or a word be broken in it; its head stands first."""
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

    Columns that want little get what they want. How many are so lucky is tried: those left share what is left. Where
    there is no room for any to be, all get their least, in proportion.
    """
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
            lines = table_lines(columns, [(share - padding) // quarter - 2 for share in shares])
            if not best or lines <= fewest:
                best, fewest = shares, lines
        left -= wanted[first]
        spare -= needs[first]
        missing -= needs[first]
    return best or least
