"""Breaking text into lines of a given number of columns, by the rules of Chinese typesetting.

White space is swallowed where a line is broken at it. Where no line could be made otherwise, it breaks at the margin.
A number stays with its unit, if the line has room for both.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final

from kepu_docs.plugin import may_break, measured

# A number with what says how exact it is, and the one or two characters that it counts.
_QUANTITY: Final = re.compile(
    r"[近约約]?(?<![0-9.,])[0-9]++(?:[.,][0-9]++)*+[余餘多]?[万萬亿億]?[余餘多]?"
    r"(?:人次|场次|場次|人份|平方米|平方公里|公里|公斤|小时|小時|分钟|分鐘|年度|月份|[一-鿿])"
)


def wrap(text: str, room: int, first: int | None = None) -> list[str]:
    """Return the lines of ``text``: at most ``room`` columns each, the first at most ``first``.

    No line begins or ends with white space, if ``text`` does not.
    """
    limit = room if first is None else first
    if 2 * len(text) <= limit:  # no grapheme takes more than two columns
        return [text]
    units, columns = measured(text)
    ends = [0, *accumulate(columns)]
    inside = _inside(units, ends, room)
    lines: list[str] = []
    start = 0
    while ends[-1] - ends[start] > limit:
        fitting = max(bisect_right(ends, ends[start] + limit, lo=start) - 1, start + 1)
        while units[fitting].isspace():
            fitting += 1
        cut = _cut(units, start, fitting, inside)
        lines.append(_joined(units[start:cut]).rstrip())
        start = cut
        limit = room
    lines.append(_joined(units[start:]))
    return lines


def _joined(units: Sequence[str]) -> str:
    return units if isinstance(units, str) else "".join(units)


def _cut(units: Sequence[str], start: int, fitting: int, inside: frozenset[int]) -> int:
    """Return where a line ends that begins at ``start`` and has room up to ``fitting``."""
    apart = 0
    for cut in range(fitting, start, -1):
        if may_break(units, cut):
            if cut not in inside:
                return cut
            apart = apart or cut
    # Where a line has no other place for it, a number is parted from its unit.
    return apart or fitting


def _inside(units: Sequence[str], ends: Sequence[int], room: int) -> frozenset[int]:
    """Return the places inside quantities that a line of ``room`` columns can hold; ``units`` end at ``ends``."""
    text = _joined(units)
    if len(text) != len(units):
        return frozenset()  # some are of several characters, as hardly any text has them
    return frozenset(
        place
        for found in _QUANTITY.finditer(text)
        if ends[found.end()] - ends[found.start()] <= room
        for place in range(found.start() + 1, found.end())
    )


def unbroken(text: str) -> Iterator[str]:
    """Yield the parts of ``text`` between which a line may end."""
    units, columns = measured(text)
    ends = [0, *accumulate(columns)]
    inside = _inside(units, ends, ends[-1])
    cuts = [place for place in range(1, len(units)) if place not in inside and may_break(units, place)]
    for start, end in pairwise((0, *cuts, len(units))):
        yield _joined(units[start:end]).rstrip()
