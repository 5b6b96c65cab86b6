"""Units of figures in headings and cells: whether one may replace that of a column, and by which factor.

金额（万元） is a column in 元, times 10,000; 居民（户） is not a column in 人.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum, auto
from typing import Final, NamedTuple


class Dimension(Enum):
    """What is measured; figures of different dimensions are not comparable."""

    MONEY = auto()
    PEOPLE = auto()
    HOUSEHOLDS = auto()
    WORK = auto()
    AREA = auto()
    LENGTH = auto()
    TIME = auto()
    LESSONS = auto()
    SHARE = auto()
    WEIGHT = auto()
    PIECES = auto()
    """Counted objects, with any measure word: 场, 次, 册, 个."""


class KnownUnit(NamedTuple):
    """A unit: its dimension, and its factor of the smallest unit; ``None`` if none is exact (foreign money)."""

    dimension: Dimension
    factor: Decimal | None


_ONE: Final = Decimal(1)
_UNITS: Final[Mapping[Dimension, Mapping[str, Decimal | None]]] = {
    Dimension.MONEY: {
        "元": _ONE, "人民币": _ONE, "人民幣": _ONE, "元人民币": _ONE, "rmb": _ONE, "cny": _ONE, "yuan": _ONE,
        "块钱": _ONE, "美元": None, "美金": None, "港币": None, "港幣": None, "港元": None, "欧元": None,
        "歐元": None, "日元": None, "新台币": None, "新臺幣": None, "澳门元": None, "澳門元": None,
    },
    Dimension.PEOPLE: dict.fromkeys(("人", "人次", "人数", "人數", "名", "位", "人员", "人員", "people"), _ONE),
    Dimension.HOUSEHOLDS: dict.fromkeys(("户", "戶", "户次", "戶次", "户数", "家庭", "户家庭"), _ONE),
    Dimension.WORK: {"人月": _ONE, "人天": None, "人日": None, "人年": Decimal(12), "工时": None, "工時": None},
    Dimension.AREA: {
        "平方米": _ONE, "平米": _ONE, "㎡": _ONE, "m2": _ONE, "m²": _ONE, "平方": _ONE, "平方公尺": _ONE,
        "平方公里": Decimal(1_000_000), "平方千米": Decimal(1_000_000), "km2": Decimal(1_000_000),
        "km²": Decimal(1_000_000), "㎢": Decimal(1_000_000), "公顷": Decimal(10_000), "公頃": Decimal(10_000),
        "亩": None, "畝": None,
    },
    Dimension.LENGTH: {
        "米": _ONE, "m": _ONE, "公尺": _ONE, "公里": Decimal(1000), "千米": Decimal(1000), "km": Decimal(1000),
        "里": None, "厘米": Decimal("0.01"), "公分": Decimal("0.01"), "cm": Decimal("0.01"),
    },
    Dimension.TIME: {
        "小时": _ONE, "小時": _ONE, "时": _ONE, "h": _ONE,
        "分钟": Decimal(1) / 60, "分鐘": Decimal(1) / 60, "天": None, "日": None, "周": None, "週": None,
        "月": None, "个月": None, "個月": None, "年": None,
    },
    Dimension.LESSONS: dict.fromkeys(("学时", "學時", "课时", "課時"), _ONE),
    Dimension.SHARE: {"%": _ONE, "％": _ONE, "百分比": _ONE, "百分点": _ONE, "‰": Decimal("0.1")},
    Dimension.WEIGHT: {"公斤": _ONE, "千克": _ONE, "kg": _ONE, "斤": Decimal("0.5"), "克": None, "吨": None},
    Dimension.PIECES: dict.fromkeys(
        (
            "场次", "場次", "场", "場", "次", "次数", "个", "個", "项", "項", "册", "冊", "本", "份", "条", "條", "块",
            "塊", "处", "處", "支", "家", "篇", "台", "臺", "套", "期", "件", "张", "張", "幅", "批", "种", "種", "类",
            "類", "组", "組", "部", "节", "節", "堂", "课", "課", "间", "間", "座", "面", "辆", "輛", "盒", "箱", "只",
            "例", "宗", "起", "班", "队", "隊", "轮", "輪", "集", "版", "页", "頁",
        ),
        _ONE,
    ),
}  # fmt: skip
UNITS: Final[Mapping[str, KnownUnit]] = {
    word: KnownUnit(dimension, factor) for dimension, words in _UNITS.items() for word, factor in words.items()
}
_SCALES: Final = {"十": 10, "百": 100, "千": 1000, "仟": 1000, "万": 10_000, "萬": 10_000, "亿": 10**8, "億": 10**8}
_LONGEST: Final = 200
"""How far into a text a unit is searched for, in characters."""
_LONGEST_BEHIND: Final = 8
"""The longest unit without brackets after a heading, in characters."""

_words = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_scaled = re.compile(rf"(?P<number>10{{1,8}})?(?P<scale>[十百千仟万萬亿億]{{0,2}})(?P<unit>{_words})?", re.IGNORECASE)
_in_brackets = re.compile(r"[（(\[【]([^（()）\[\]【】]{1,20})[）)\]】]")
_unit_is = re.compile(r"(?:单位|單位)\s?(?:[:：]|均?[为為是])\s?([^（()）。；;]{1,20})")
_parting = re.compile(r"[、，,/／\s]+")
_stroke = re.compile(r"(.{1,40})[/／]([^/／]{1,10})")


def unit_named(word: str) -> KnownUnit | None:
    """Return the unit that the whole word is, with the multiple before it; ``None`` if it is not a known unit."""
    found = _scaled.fullmatch(word.strip())
    if found is None or not found["unit"]:
        return None
    unit = UNITS[found["unit"].casefold()]
    return unit if unit.factor is None else KnownUnit(unit.dimension, unit.factor * _multiple(found))


def unit_factor(word: str, ours: str, *, in_heading: bool = False) -> Decimal | None:
    """Return the factor from the unit ``word`` to that of a column, ``ours``; ``None`` if there is none.

    In a heading, a multiple alone, such as 万, refers to the column's own unit.
    """
    if word == ours:
        return _ONE
    found = _scaled.fullmatch(word.strip())
    if in_heading and found and not found["unit"] and (found["number"] or found["scale"]):
        return _multiple(found)
    theirs, own = unit_named(word), unit_of_column(ours)
    if theirs is None or own.factor is None:
        return None
    if own.dimension is Dimension.PEOPLE and (word in ("个", "個") or (in_heading and word == "次")):
        return _ONE
    if theirs.dimension is not own.dimension or theirs.factor is None:
        return None
    return theirs.factor / own.factor


def unit_in(title: str) -> str:
    """Return the unit that a heading has in brackets or after its name; nothing if none is known."""
    for found in _in_brackets.finditer(title[:_LONGEST]):
        word = found[1].strip()
        if is_named := _unit_is.fullmatch(word):
            word = is_named[1].strip()
        scale = _scaled.fullmatch(word)
        if word and (unit_named(word) or (scale and (scale["number"] or scale["scale"]))):
            return word
    rest = without_unit(title)
    return title[len(rest) :].lstrip("/／") if rest else ""


def without_unit(title: str) -> str:
    """Return a heading without the unit after it: 金额 of 金额万元 and of 金额/元; nothing if it has none."""
    if (found := _stroke.fullmatch(title)) and unit_named(found[2]):
        return found[1]
    for at in range(max(len(title) - _LONGEST_BEHIND, 1), len(title)):
        if title[at] in _SCALES and unit_named(title[at:]):
            return title[:at]
    return ""


def units_named(text: str) -> Iterator[str]:
    """Yield the units of figures that a line names: 单位：万元."""
    for found in _unit_is.finditer(text[:_LONGEST]):
        yield from (word for word in _parting.split(found[1].strip()) if unit_named(word))


def units_of_all(text: str) -> Iterator[str]:
    """Yield the units that a title or a line above a table gives for all of it, also in brackets: 经费（万元）."""
    yield from units_named(text)
    yield from (found[1] for found in _in_brackets.finditer(text[:_LONGEST]) if unit_named(found[1]))


def is_unit_for(word: str, ours: str) -> bool:
    """Return whether a unit for a whole table applies to a column in the unit ``ours``."""
    unit = unit_named(word)
    return unit is not None and unit.dimension is unit_of_column(ours).dimension


def unit_of_column(ours: str) -> KnownUnit:
    """Return the unit of a column; an unknown unit is a measure word."""
    return UNITS.get(ours) or KnownUnit(Dimension.PIECES, _ONE)


def _multiple(found: re.Match[str]) -> Decimal:
    value = Decimal(found["number"] or 1)
    for each in found["scale"]:
        value *= _SCALES[each]
    return value
