"""Breaking text into lines of a given number of columns, by the rules of Chinese typesetting.

A line may break between hanzi, and at white space, which the break swallows. It does not break inside a word,
number or address of narrow characters, nor inside a grapheme; closing punctuation does not begin a line and opening
punctuation does not end one (行首行尾禁则). Where no line could be made otherwise, it breaks at the margin.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from kepu_docs.plugin import measured, width

# The dash and the ellipsis are two characters each; neither may begin a line, so they are not split either.
_NOT_FIRST = frozenset("、。，．；：？！）］｝〕〉》」』】〗〙〛”’〞…—～〜·・％‰℃°々ー,.;:?!)]}%")
_NOT_LAST = frozenset("（［｛〔〈《「『【〖〘〚“‘〝￥＄¥([{$")
_GLUE = frozenset("\u00a0\u2007\u202f\u2060")  # white space and a joiner that forbid a break


def wrap(text: str, room: int, first: int | None = None) -> list[str]:
    """Return the lines of ``text``: at most ``room`` columns each, the first at most ``first``.

    No line begins or ends with white space.
    """
    limit = room if first is None else first
    if 2 * len(text) <= limit:  # no grapheme takes more than two columns
        return [text]
    units, columns = measured(text)
    ends = [0, *accumulate(columns)]
    lines: list[str] = []
    start = 0
    while ends[-1] - ends[start] > limit:
        fitting = bisect_right(ends, ends[start] + limit, lo=start) - 1
        cut = _last_break(units, start, max(fitting, start + 1))
        lines.append(_joined(units[start:cut]).rstrip())
        start = _skip_space(units, cut)
        limit = room
    lines.append(_joined(units[start:]))
    return lines


def _joined(units: Sequence[str]) -> str:
    return units if isinstance(units, str) else "".join(units)


def balance(text: str, room: int) -> list[str]:
    """Return the lines of ``text``: as few as ``room`` columns allow, and as equal in length as they can be."""
    lines = wrap(text, room)
    if len(lines) == 1:
        return lines
    narrow, wide = -(-width(text) // len(lines)), room
    while narrow < wide:
        middle = (narrow + wide) // 2
        if len(wrap(text, middle)) > len(lines):
            narrow = middle + 1
        else:
            wide = middle
    return wrap(text, wide)


def _last_break(units: Sequence[str], start: int, fitting: int) -> int:
    """Return the last place up to ``fitting`` where the line from ``start`` may break; at worst ``fitting``."""
    for cut in range(fitting, start, -1):
        if _may_break(units, cut):
            return cut
    return fitting


def _may_break(units: Sequence[str], cut: int) -> bool:
    before, after = units[cut - 1], units[cut]
    if _is_hanzi(before) and _is_hanzi(after):
        return True
    if before[-1] in _GLUE or after[0] in _GLUE:
        return False
    if after.isspace():
        # A break amid white space is the same as the one before it.
        return not before.isspace() and _suits_next(units, cut)
    if before.isspace():
        return False
    return after[0] not in _NOT_FIRST and before[0] not in _NOT_LAST and not (_in_word(before) and _in_word(after))


def _is_hanzi(unit: str) -> bool:
    """Whether ``unit`` is one of the hanzi that nearly all text is made of, with nothing attached to it."""
    return "\u4e00" <= unit <= "\u9fff" and len(unit) == 1


def _suits_next(units: Sequence[str], cut: int) -> bool:
    """Whether what follows the white space at ``cut`` may begin a line."""
    place = _skip_space(units, cut)
    return units[place][0] not in _NOT_FIRST and units[cut - 1][0] not in _NOT_LAST


def _skip_space(units: Sequence[str], place: int) -> int:
    while place < len(units) and units[place].isspace():
        place += 1
    return place


def _in_word(unit: str) -> bool:
    """Whether ``unit`` is of the narrow characters that make words, numbers and addresses (``don’t``, ``3,000``)."""
    char = unit[0]
    kind = unicodedata.east_asian_width(char)
    return kind in {"N", "Na"} or char == "’" or (kind == "A" and unicodedata.category(char)[0] == "L")
