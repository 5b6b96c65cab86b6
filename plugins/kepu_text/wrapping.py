"""Breaking text into lines of a given number of columns, by the rules of Chinese typesetting.

White space at a line break is dropped. If a line cannot be broken otherwise, it breaks at the margin. A number stays
with its unit if the line has room for both.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final

from kepu_docs.plugin import may_break, measured, width

# A number, with what says how exact it is and the one or two characters that it counts.
_QUANTITY: Final = re.compile(
    r"[近约約]?(?<![0-9.,])[0-9]++(?:[.,][0-9]++)*+[余餘多]?[万萬亿億]?[余餘多]?"
    r"(?:人次|场次|場次|人份|平方米|平方公里|公里|公斤|小时|小時|分钟|分鐘|年度|月份|[一-鿿])"
)
_AMID: Final = frozenset("0123456789近约約余餘多万萬亿億人场場平方公里小分年月时時")
"""All characters after which a quantity may go on."""
_UNITS: Final = frozenset("人场場平方公里小分年月时時")
"""Those of them that only go on to another character of a unit, which is one of these pairs."""
_PAIRS: Final = frozenset(
    (
        *("人次", "场次", "場次", "人份", "平方", "方米", "方公", "公里", "公斤"),
        *("小时", "小時", "分钟", "分鐘", "年度", "月份"),
    )
)
_DIGIT: Final = re.compile("[0-9]")
_NEAR: Final = 7
"""How far before a place in a quantity its last digit may be, in characters (3余万余平方公·里); or right after it."""
_LONGEST: Final = 24
"""The greatest length of a quantity, in characters on either side of a place in it."""


def wrap(text: str, room: int, first: int | None = None) -> list[str]:
    """Return the lines of ``text``: at most ``room`` columns each, the first at most ``first``.

    No line begins or ends with white space, if ``text`` does not.
    """
    limit = room if first is None else first
    if 2 * len(text) <= limit:  # no grapheme takes more than two columns
        return [text]
    units, columns = measured(text)
    if isinstance(columns, bytes):
        return _even_lines(text, columns, limit, room)
    ends = list(accumulate(columns, initial=0))
    lines: list[str] = []
    start = 0
    while ends[-1] - ends[start] > limit:
        fitting = max(bisect_right(ends, ends[start] + limit, lo=start) - 1, start + 1)
        while units[fitting].isspace():
            fitting += 1
        cut = _cut(units, start, fitting, room)
        lines.append(_joined(units[start:cut]).rstrip())
        start = cut
        limit = room
    lines.append(_joined(units[start:]))
    return lines


def _even_lines(text: str, columns: bytes, limit: int, room: int) -> list[str]:
    """Return the lines of a text each of whose characters takes one or two ``columns``: nearly any text.

    The narrow ones of a line are counted, which takes less time than to add up all its columns.
    """
    rest = 2 * len(text) - columns.count(1)
    lines: list[str] = []
    start = 0
    while rest > limit:
        fitting, left = start, limit
        while left > 1:
            step = left // 2
            left += columns.count(1, fitting, fitting + step) - 2 * step
            fitting += step
        if (left and columns[fitting] == 1) or fitting == start:
            fitting += 1
        before, after = text[fitting - 1], text[fitting]
        if "\u4e00" <= before <= "\u9fff" and "\u4e00" <= after <= "\u9fff" and before not in _AMID:
            cut = fitting  # the usual case
            lines.append(text[start:cut])
        else:
            while text[fitting].isspace():
                fitting += 1
            cut = _cut(text, start, fitting, room)
            lines.append(text[start:cut].rstrip())
        rest += columns.count(1, start, cut) - 2 * (cut - start)
        start = cut
        limit = room
    lines.append(text[start:])
    return lines


def _joined(units: Sequence[str]) -> str:
    return units if isinstance(units, str) else "".join(units)


def _cut(units: Sequence[str], start: int, fitting: int, room: int) -> int:
    """Return where a line ends that begins at ``start`` and has room up to ``fitting``; the next line has ``room``."""
    apart, cut = 0, fitting
    while cut > start:
        if not may_break(units, cut):
            cut -= 1
        elif units[cut - 1] not in _AMID or not (inside := _in_quantity(units, cut, room)):  # the usual case
            return cut
        else:
            apart = apart or cut
            cut -= inside
    # If a line has no other place to break, a number is separated from its unit.
    return apart or fitting


def _in_quantity(units: Sequence[str], cut: int, room: int) -> int:
    """Return how far ``cut`` is inside a quantity that fits into a line of ``room`` columns; 0 if it is not in one."""
    if units[cut - 1] in _UNITS and units[cut - 1] + units[cut][0] not in _PAIRS:
        return 0
    if not _DIGIT.search(_joined(units[max(cut - _NEAR, 0) : cut + 1])):
        return 0
    before = _joined(units[max(cut - _LONGEST, 0) : cut])
    for found in _QUANTITY.finditer(before + _joined(units[cut : cut + _LONGEST])):
        start, end = found.span()
        if start < len(before) < end and (2 * (end - start) <= room or width(found[0]) <= room):
            return len(before) - start
    return 0


def unbroken(text: str) -> Iterator[str]:
    """Yield the parts of ``text`` between which a line may end."""
    units, _ = measured(text)
    room = 2 * len(text)  # enough for any quantity in it
    cuts = [place for place in range(1, len(units)) if may_break(units, place) and not _in_quantity(units, place, room)]
    for start, end in pairwise((0, *cuts, len(units))):
        yield _joined(units[start:end]).rstrip()
