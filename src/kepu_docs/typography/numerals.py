"""Numbers of headings and list items, as they are shown: 一、 （一） 1. （1） 一是 First."""

import re
from collections.abc import Callable
from typing import Final

_DIGITS = "零一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
_GROUPS = ((10**8, "亿"), (10**4, "万"), (1, ""))
_MOST_IN_HANZI = 10**12
_MOST_IN_WORDS = 10**12
"""Larger counters are shown in digits: nobody counts that far, and every number needs a label."""

_CARDINALS = (
    *("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ORDINALS = (
    *("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth"),
    *("fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"))


def hanzi(number: int) -> str:
    """Return ``number`` (from 1 on) in hanzi as a counter is written: 十, 十一, 二十, 一百零五, 一百一十, 一万零三.

    The forms are those of Word's ``chineseCountingThousand``; from a million million on, digits are used. Raises
    ``ValueError`` for a number that is not a counter.
    """
    _check(number)
    if number >= _MOST_IN_HANZI:
        return str(number)
    text = ""
    gap = False
    for size, name in _GROUPS:
        group = number // size % 10_000
        if not group:
            gap = bool(text)
            continue
        text += ("零" if gap or (text and group < 1000) else "") + _hanzi_of_a_group(group) + name
        gap = False
    return text.removeprefix("一") if text.startswith("一十") else text


def _hanzi_of_a_group(number: int) -> str:
    """Return 1 to 9999 in hanzi, ten as 一十."""
    text = ""
    gap = False
    for power, name in _PLACES:
        digit = number // power % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + _DIGITS[digit] + name
        gap = False
    return text


def ordinal(number: int) -> str:
    """Return ``number`` (from 1 on) as an English ordinal at a sentence's start: First, Twenty-first.

    The forms are those of Word's ``ordinalText``; from a million million on, digits are used. Raises ``ValueError`` for
    a number that is not a counter.
    """
    _check(number)
    if number >= _MOST_IN_WORDS:
        return str(number)
    words = []
    rest = number
    for size, name in _SCALES:
        if rest >= size:
            words += [*_cardinal(rest // size), name]
            rest %= size
    if rest >= 100:
        words += [_CARDINALS[rest // 100], "hundred"]
        rest %= 100
    if not rest:
        words[-1] += "th"
    elif rest < len(_ORDINALS):
        words.append(_ORDINALS[rest])
    else:
        tens, ones = _TENS[rest // 10], rest % 10
        words.append(f"{tens}-{_ORDINALS[ones]}" if ones else f"{tens[:-1]}ieth")
    return " ".join(words).capitalize()


def _cardinal(number: int) -> list[str]:
    """Return the English words of 1 to 999."""
    hundreds, rest = divmod(number, 100)
    words = [_CARDINALS[hundreds], "hundred"] if hundreds else []
    if rest >= len(_CARDINALS):
        words.append("-".join(filter(None, (_TENS[rest // 10], _CARDINALS[rest % 10]))))
    elif rest:
        words.append(_CARDINALS[rest])
    return words


def _check(number: int) -> None:
    if number < 1:
        raise ValueError(f"no counter for {number}")


def circled(number: int) -> str:
    """Return ``number`` (from 1 on) in a circle: ① to ㊿; Unicode has no more, and （51） follows."""
    for first, last, sign in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= number <= last:
            return chr(ord(sign) + number - first)
    return f"（{number}）"


_NUMERALS: dict[str, Callable[[int], str]] = {"hanzi": hanzi, "arabic": str, "ordinal": ordinal}


def numeral(number: int, numerals: str) -> str:
    """Return ``number`` in ``hanzi`` or ``arabic`` numerals, or as an English ``ordinal``."""
    return _NUMERALS[numerals](number)


def label(pattern: str, numerals: str, counters: tuple[int, ...]) -> str:
    """Return ``pattern`` with ``%1``..``%9`` replaced by the counter of that level (``counters[0]`` is level 1)."""
    return re.sub(r"%([1-9])", lambda match: numeral(counters[int(match[1]) - 1], numerals), pattern)


def advance(counters: tuple[int, ...], level: int) -> tuple[int, ...]:
    """Return the counters after one more heading of ``level`` (1 is the highest).

    Deeper counters are dropped, so each list of sub-headings starts at 1 again; a skipped level counts as 1, as Word
    counts it.
    """
    above = counters[: level - 1]
    skipped = (1,) * (level - 1 - len(above))
    own = counters[level - 1] if level <= len(counters) else 0
    return (*above, *skipped, own + 1)


_VALUES: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "Ｏ": 0, "两": 2, "兩": 2,
    "壹": 1, "贰": 2, "貳": 2, "叁": 3, "參": 3, "肆": 4, "伍": 5, "陆": 6, "陸": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_POWERS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "廿": 20}


def number_of(text: str) -> int | None:
    """Return the number that hanzi or digits write: 十二, 二十, 一百零五, 12; ``None`` for anything else."""
    if text and all(char in "0123456789０１２３４５６７８９" for char in text):
        return int(text)
    if text and all(char in _VALUES for char in text):
        return int("".join(str(_VALUES[char]) for char in text))
    total = digit = 0
    for char in text:
        if char in _VALUES:
            digit = _VALUES[char]
        elif char in _POWERS:
            power = _POWERS[char]
            total += power if char == "廿" else max(digit, 1) * power
            digit = 0
        else:
            return None
    return total + digit if text else None
