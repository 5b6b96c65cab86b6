"""The highlights of a summary (亮点): those that its sections offer, and which of them are shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias, TypeVar

HighlightSort: TypeAlias = Literal["award", "first", "facility", "largest"]

T = TypeVar("T")

_MOST: Final[Mapping[HighlightSort, int]] = {"award": 2, "first": 1, "facility": 1, "largest": 1}
"""The most of each sort, in the order in which they are shown: awards of the period, things held for the first time,
places newly built, and the activity with the largest attendance."""
_MOST_SHOWN: Final = 4


@dataclass(frozen=True, slots=True)
class Highlight:
    """Something that stands out: its sort, and its ``facts`` for the template that words it.

    If there are several of one sort, those of lowest ``rank`` are shown.
    """

    sort: HighlightSort
    facts: Mapping[str, Any]
    rank: tuple[Any, ...] = field(default=())


def shown(offered: Iterable[tuple[T, Highlight]]) -> list[tuple[T, Highlight]]:
    """Return the highlights that are shown, each with the section that offers it.

    At most four: two awards, and one of each other sort; a highlight offered twice is shown once, in the first sort.
    """
    found: list[tuple[T, Highlight]] = []
    everything = list(offered)
    for sort, most in _MOST.items():
        of_sort = sorted((each for each in everything if each[1].sort == sort), key=lambda each: each[1].rank)
        new = [each for each in of_sort if all(each[1].facts != other.facts for _, other in found)]
        found += new[:most]
    return found[:_MOST_SHOWN]
