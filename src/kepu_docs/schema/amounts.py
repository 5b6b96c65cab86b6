"""Amounts as people write them in digits: the number, its scale and unit, and marks of approximation.

By GB/T 15835-2011 约, 余, 多, 左右 and 上下 are used with digits as they are with hanzi (4.3), and a comma separates
digits in threes (5.1.1). 余 and 多 follow the digits that they add to: 20多万 is more than 200,000, and so is 20万多.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final, Literal, NamedTuple, TypeAlias

from kepu_docs.late_patterns import late_pattern

Approximation: TypeAlias = Literal["exactly", "over", "nearly", "about", "at_least"]
Scale: TypeAlias = Literal[1, 10_000, 100_000_000]

_BEFORE: Final[dict[str, Approximation]] = {
    "近": "nearly", "将近": "nearly", "將近": "nearly", "接近": "nearly", "nearly": "nearly",
    "约": "about", "約": "about", "大约": "about", "大約": "about", "about": "about",
    "超": "over", "超过": "over", "超過": "over", "逾": "over", "突破": "over", "over": "over", "more than": "over",
    "至少": "at_least", "不少于": "at_least", "不少於": "at_least", "不低于": "at_least", "不低於": "at_least",
    "at least": "at_least",
}  # fmt: skip
_WITHIN: Final[dict[str, Approximation]] = {"余": "over", "餘": "over", "多": "over", "+": "over", "＋": "over"}
_AFTER: Final[dict[str, Approximation]] = {"以上": "at_least", "左右": "about", "上下": "about"}
_SCALES: Final[dict[str, Scale]] = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
LONGEST: Final = 100
"""The longest text that may be an amount, in characters: no amount is half as long. Longer texts are not examined
closely."""


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)).replace("+", "[+]") + ")"


BEFORE: Final = _any(_BEFORE)
WITHIN: Final = _any(_WITHIN)
AFTER: Final = _any(_AFTER)
DIGIT: Final = "[0-9０-９]"
GROUPED: Final = f"{DIGIT}{{1,3}}(?:[,，]{DIGIT}{{3}}){{1,3}}"
NUMBER: Final = rf"(?:{GROUPED}|{DIGIT}{{1,12}})(?:\.{DIGIT}{{1,8}})?"
UNIT: Final = rf"(?:(?![余餘多万萬亿億])(?:(?!{AFTER})[A-Za-z%％㎡\u3400-\u9fff]){{1,10}})?"

_parts = late_pattern(
    f" *+(?:(?P<before>{BEFORE}) *+)?(?P<number>{NUMBER})?(?P<early>[余餘多])?(?P<scale>[万萬亿億])? *+"
    f"(?P<within>{WITHIN})?(?P<unit>{UNIT})(?P<after>{AFTER})? *+"
)


class WrittenAmount(NamedTuple):
    """The parts of an amount as they are written; missing parts are empty."""

    before: str
    """The mark of approximation before the number: 近, 约, 超过."""
    number: str
    scale: str
    within: str
    """The mark of approximation after the number: 余, 多, +."""
    unit: str
    after: str
    """The mark of approximation after the unit: 以上, 左右."""

    @property
    def factor(self) -> Scale:
        """The factor of the scale."""
        return _SCALES.get(self.scale, 1)

    @property
    def value(self) -> Decimal:
        """The number in full: 12000 for 1.2万, 10000 for 万."""
        return Decimal(re.sub("[,，]", "", self.number) or 1) * self.factor

    @property
    def approximation(self) -> Approximation:
        """The approximation, by the first mark of it."""
        return _BEFORE.get(self.before) or _WITHIN.get(self.within) or _AFTER.get(self.after) or "exactly"


def read_amount(text: str) -> WrittenAmount | None:
    """Return the amount that all of ``text`` states, with or without a unit; ``None`` if it is not an amount."""
    found = _parts.fullmatch(text) if len(text) <= LONGEST else None
    if found is None or not (found["number"] or found["scale"]):
        return None
    parts = found.groupdict(default="")
    within = parts.pop("early")
    return WrittenAmount(**{**parts, "within": parts["within"] or within})


def amount_pattern(units: str = "", number: str = "") -> str:
    """Return the regular expression of an amount within a text.

    With ``units`` (separated by ``|``) one of them follows, as the group ``unit``, optionally with a mark of
    approximation. ``number`` is the regular expression of the number itself; by default it is a number in digits.
    """
    amount = f"{BEFORE}?(?:{number or NUMBER})[余餘多]?[万萬亿億]?[余餘多]?"
    return f"{amount}(?P<unit>{units}){AFTER}?" if units else amount
