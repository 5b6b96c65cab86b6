"""The numbers that an amount may mean, and whether two amounts may be the same."""

from typing import Final, NamedTuple

from kepu_docs.plugin import Count, read_amount

_NEAR: Final = 0.15
"""How far an amount with 约 or 近 may be from the written number, as a share of it."""


class Amount(NamedTuple):
    """The range of numbers that may be meant: from ``least`` to ``most``."""

    least: float
    most: float

    @classmethod
    def of(cls, count: Count) -> "Amount":
        """Return the range of a quantity in a record."""
        return cls._from(float(count.value), count.approx)

    @classmethod
    def read(cls, text: str) -> "Amount":
        """Return the range of an amount in a text."""
        written = read_amount(text)
        if written is None:
            raise ValueError(text)
        return cls._from(float(written.value), written.approximation)

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
        """Return whether both may be the same number."""
        return self.least <= other.most and other.least <= self.most

    def is_less(self, other: "Amount") -> bool:
        """Return whether this is certainly less than ``other``."""
        return self.most < other.least


def shown(count: Count) -> str:
    """Return a count as messages show it, in figures: a sum is rounded, as in the document."""
    said = count.as_shown
    before = {"nearly": "近", "about": "约"}.get(said.approx, "")
    after = {"over": "余", "at_least": "+"}.get(said.approx, "")
    return f"{before}{said.value}{after}{said.unit or ''}"


def _room(value: float) -> float:
    """Return how much 余 and 多 may add: one unit of the last non-zero digit, and at least a fifth."""
    whole = int(value)
    step = 1
    while whole and whole % (step * 10) == 0:
        step *= 10
    return max(step, value / 5)
