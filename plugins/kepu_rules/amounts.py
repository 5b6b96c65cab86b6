"""Numbers as people write them, exact or not, and whether two of them can be the same."""

import re
from decimal import Decimal
from typing import Final, NamedTuple

from kepu_docs.plugin import Count
from kepu_rules.searching import Pattern

PATTERN: Final = (
    r"(?:近|将近|接近|约|大约|超|超过|逾|突破|不少于|至少)?\d[\d,，]{0,14}(?:\.\d{1,4})?[余多]?[万亿]?[余多]?"
)
"""A number in a text, with what says that it is not exact."""

_parts = Pattern(
    r"(近|将近|接近|约|大约|超过|超|逾|突破|不少于|至少)?(\d[\d,，]*(?:\.\d+)?)([余多])?([万亿])?([余多])?"
)
_SCALES: Final = {"万": 10_000, "亿": 100_000_000}
_NEAR: Final = 0.15
"""How far what is 约 or 近 may be from the number that is written."""


class Amount(NamedTuple):
    """The numbers that may be meant: from ``least`` to ``most``."""

    least: float
    most: float

    @classmethod
    def of(cls, count: Count) -> "Amount":
        """Return the amount of a quantity of a record."""
        return cls._from(float(count.value), count.approx)

    @classmethod
    def read(cls, text: str) -> "Amount":
        """Return the amount of words that :data:`PATTERN` matches."""
        parts = _parts.match(text)
        if parts is None:
            raise ValueError(text)
        value = float(Decimal(re.sub("[,，]", "", parts[2])) * _SCALES.get(parts[4] or "", 1))
        approx = {"近": "nearly", "将近": "nearly", "接近": "nearly", "约": "about", "大约": "about"}.get(
            parts[1] or ""
        )
        if approx is None:
            approx = "over" if parts[1] or parts[3] or parts[5] else "exactly"
        return cls._from(value, approx)

    @classmethod
    def _from(cls, value: float, approx: str) -> "Amount":
        match approx:
            case "exactly":
                return cls(value, value)
            case "nearly":
                return cls(value * (1 - _NEAR), value)
            case "about":
                return cls(value * (1 - _NEAR), value * (1 + _NEAR))
            case "over":
                return cls(value, value + _room(value))
            case _:
                return cls(value, float("inf"))

    def may_be(self, other: "Amount") -> bool:
        """Tell whether both may be the same number."""
        return self.least <= other.most and other.least <= self.most

    def is_less(self, other: "Amount") -> bool:
        """Tell whether this is surely less than ``other``."""
        return self.most < other.least


def _room(value: float) -> float:
    """Return how much 余 and 多 may add: as much as the last figure that is no zero counts, and at least a fifth."""
    whole = int(value)
    step = 1
    while whole and whole % (step * 10) == 0:
        step *= 10
    return max(step, value / 5)
