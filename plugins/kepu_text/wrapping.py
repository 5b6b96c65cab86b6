"""Breaking text into lines of a given number of columns, by the rules of Chinese typesetting.

White space is swallowed where a line is broken at it. Where no line could be made otherwise, it breaks at the margin.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from kepu_docs.plugin import may_break, measured


def wrap(text: str, room: int, first: int | None = None) -> list[str]:
    """Return the lines of ``text``: at most ``room`` columns each, the first at most ``first``.

    No line begins or ends with white space, if ``text`` does not.
    """
    limit = room if first is None else first
    if 2 * len(text) <= limit:  # no grapheme takes more than two columns
        return [text]
    units, columns = measured(text)
    ends = [0, *accumulate(columns)]
    lines: list[str] = []
    start = 0
    while ends[-1] - ends[start] > limit:
        fitting = max(bisect_right(ends, ends[start] + limit, lo=start) - 1, start + 1)
        while units[fitting].isspace():
            fitting += 1
        for cut in range(fitting, start, -1):
            if may_break(units, cut):
                break
        else:
            cut = fitting
        lines.append(_joined(units[start:cut]).rstrip())
        start = cut
        limit = room
    lines.append(_joined(units[start:]))
    return lines


def _joined(units: Sequence[str]) -> str:
    return units if isinstance(units, str) else "".join(units)
