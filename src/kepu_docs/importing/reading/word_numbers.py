"""Word's automatic numbers, which are not in the text: counted as Word counts them and written as it shows them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kepu_docs.importing.reading.word_elements import W, value_of
from kepu_docs.importing.reading.word_styles import Styles
from kepu_docs.typography.numerals import circled, hanzi, ordinal

if TYPE_CHECKING:
    from lxml.etree import _Element

PART: Final = "word/numbering.xml"
_LEVELS: Final = 9
_LARGEST: Final = 99_999
"""The largest counter that is written in a numeral format; a file may begin its lists this high (see ``_whole``)."""
_LARGEST_ROMAN: Final = 3_999
_LARGEST_LETTER: Final = 26 * 30
"""Larger counters are shown in digits: Word's numerals would be rows of M, or of one letter."""
_LONGEST: Final = 64
"""The most characters of the text that shows a number, which is repeated in every paragraph that has one."""
_ROMAN: Final = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
                 (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_LARGEST_RINGED: Final = 10
_LARGEST_ENCLOSED: Final = 20
_FORMAL: Final = str.maketrans("一二三四五六七八九十百千万", "壹贰叁肆伍陆柒捌玖拾佰仟萬")
_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_DIGITS: Final = str.maketrans("0123456789", "〇一二三四五六七八九")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    written: str
    shown: str
    legal: bool


class Numbering:
    """The numbers of one document, in the order of its paragraphs."""

    def __init__(
        self,
        lists: "Mapping[str, _Element]",
        used: Mapping[str, str],
        starts: Mapping[str, Mapping[int, int]],
        own: Mapping[str, Mapping[int, _Level]],
    ) -> None:
        """``lists`` by abstract number; ``used`` has the abstract number of each ``w:num``.

        ``starts`` says where a ``w:num`` restarts its levels; ``own`` are levels with which it replaces others.
        """
        self._lists = lists
        self._levels: dict[str, Mapping[int, _Level]] = {}
        self._used = used
        self._starts = starts
        self._own = own
        self._counters: dict[str, list[int]] = {}
        self._begun: set[str] = set()

    @classmethod
    def read(cls, root: "_Element | None", styles: Styles) -> "Numbering":
        """Read the part of a document with the numbers, if it has one; ``styles`` gives the lists of list styles."""
        if root is None:
            return cls({}, {}, {}, {})
        lists = {str(each.get(W + "abstractNumId")): each for each in root.iterchildren(W + "abstractNum")}
        nums = {str(each.get(W + "numId")): each for each in root.iterchildren(W + "num")}
        linked = {value_of(each, "styleLink"): name for name, each in lists.items()}
        used: dict[str, str] = {}
        starts: dict[str, dict[int, int]] = {}
        own: dict[str, dict[int, _Level]] = {}
        for identity, each in nums.items():
            used[identity] = _abstract(each, lists, nums, linked, styles)
            starts[identity] = {}
            own[identity] = {}
            for override in each.iterchildren(W + "lvlOverride"):
                at = _whole(override.get(W + "ilvl"), 0)
                if at >= _LEVELS:
                    continue
                if override.find(W + "startOverride") is not None:
                    starts[identity][at] = _whole(value_of(override, "startOverride"), 1)
                level = override.find(W + "lvl")
                if level is not None:
                    own[identity][at] = _level(level)
        return cls(lists, used, starts, own)

    def next(self, number: tuple[str, int] | None) -> str:
        """Return the number of the next paragraph with the ``w:numId`` and level ``number``; nothing if it has none."""
        if number is None:
            return ""
        identity, deep = number
        abstract = self._used.get(identity, "")
        levels = self._levels_of(abstract)
        own = self._own.get(identity)
        levels = {**levels, **own} if own else levels
        if deep not in levels or not 0 <= deep < _LEVELS:
            return ""
        counters = self._counters.setdefault(abstract, [])
        if identity not in self._begun:
            self._begun.add(identity)
            overrides = self._starts.get(identity, {})
            if overrides:
                del counters[min(overrides) :]
        while len(counters) <= deep:
            at = len(counters)
            start = self._starts.get(identity, {}).get(at, levels[at].start if at in levels else 1)
            # A higher level that has not occurred yet counts as begun.
            counters.append(start - 1 if at == deep else start)
        counters[deep] += 1
        del counters[deep + 1 :]
        level = levels[deep]
        if level.written == "bullet":
            return "•"
        if level.written == "none":
            return ""
        return re.sub(r"%([1-9])", lambda found: self._shown(levels, level, counters, int(found[1]) - 1), level.shown)

    def _levels_of(self, abstract: str) -> Mapping[int, _Level]:
        known = self._levels.get(abstract)
        if known is None:
            found = self._lists[abstract].iterchildren(W + "lvl") if abstract in self._lists else ()
            known = self._levels[abstract] = {
                at: _level(level) for level in found if (at := _whole(level.get(W + "ilvl"), 0)) < _LEVELS
            }
        return known

    @staticmethod
    def _shown(levels: Mapping[int, _Level], level: _Level, counters: list[int], at: int) -> str:
        if at >= len(counters):
            return ""
        written = "decimal" if level.legal or at not in levels else levels[at].written
        return _numeral(counters[at], written)


def _abstract(
    num: "_Element",
    lists: "Mapping[str, _Element]",
    nums: "Mapping[str, _Element]",
    linked: Mapping[str, str],
    styles: Styles,
) -> str:
    """Return the abstract number of a ``w:num``; if it refers to a list style, that of the style."""
    name = value_of(num, "abstractNumId")
    style = value_of(lists[name], "numStyleLink") if name in lists else ""
    if not style:
        return name
    behind = nums.get(styles.number_of(style))
    return linked.get(style, name) if behind is None else value_of(behind, "abstractNumId")


def _level(element: "_Element") -> _Level:
    return _Level(
        _whole(value_of(element, "start"), 1),
        value_of(element, "numFmt") or "decimal",
        value_of(element, "lvlText")[:_LONGEST],
        element.find(W + "isLgl") is not None,
    )


def _numeral(number: int, written: str) -> str:
    """Return a counter in one of Word's number formats; as digits if the format is a rare one."""
    if not 0 < number <= _LARGEST:
        return str(number)
    match written:
        case "chineseCounting" | "chineseCountingThousand" | "japaneseCounting" | "taiwaneseCounting":
            return hanzi(number)
        case "taiwaneseCountingThousand" | "koreanCounting":
            return hanzi(number)
        case "ideographTraditional" if number <= len(_STEMS):
            return _STEMS[number - 1]
        case "ideographZodiac" if number <= len(_BRANCHES):
            return _BRANCHES[number - 1]
        case "ideographEnclosedCircle" if number <= _LARGEST_RINGED:
            return chr(ord("㊀") + number - 1)
        case "decimalEnclosedParen" if number <= _LARGEST_ENCLOSED:
            return chr(ord("⑴") + number - 1)
        case "decimalEnclosedFullstop" if number <= _LARGEST_ENCLOSED:
            return chr(ord("⒈") + number - 1)
        case "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal":
            return hanzi(number).translate(_FORMAL)
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital":
            return str(number).translate(_DIGITS)
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese":
            return circled(number)
        case "decimalFullWidth" | "decimalFullWidth2":
            return str(number).translate(_FULL_WIDTH)
        case "decimalZero":
            return f"{number:02}"
        case "upperLetter" | "lowerLetter":
            if number > _LARGEST_LETTER:
                return str(number)
            letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter if written == "upperLetter" else letter.lower()
        case "upperRoman" | "lowerRoman":
            if number > _LARGEST_ROMAN:
                return str(number)
            shown = ""
            for size, sign in _ROMAN:
                shown += sign * (number // size)
                number %= size
            return shown if written == "upperRoman" else shown.lower()
        case "ordinalText":
            return ordinal(number)
        case _:
            return str(number)


def _whole(value: object, usual: int) -> int:
    text = str(value or "")
    return int(text) if text.isdecimal() and len(text) < 6 else usual
