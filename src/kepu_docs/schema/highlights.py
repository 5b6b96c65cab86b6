"""What of a summary stands out (亮点), as its sections offer it, and which of that is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias, TypeVar

HighlightSort: TypeAlias = Literal["award", "first", "facility", "largest"]

T = TypeVar("T")

_MOST: Final[Mapping[HighlightSort, int]] = {"award": 2, "first": 1, "facility": 1, "largest": 1}
"""Of each sort, in the order in which they are shown: awards of the time, what was held for the first time, places
newly made, and the activity that most people came to."""
_MOST_SHOWN: Final = 4


@dataclass(frozen=True, slots=True)
class Highlight:
    """Something that stands out: its sort, and its ``facts`` for the template that words it.

    Of several of one sort those of the least ``rank`` are shown.
    """

    sort: HighlightSort
    facts: Mapping[str, Any]
    rank: tuple[Any, ...] = field(default=())


def shown(offered: Iterable[tuple[T, Highlight]]) -> list[tuple[T, Highlight]]:
    """Return which of the highlights that are offered are shown, each with what offers it.

    At most four: two awards, and one of each other sort; what is named twice is shown once, in the first sort.
    """
    found: list[tuple[T, Highlight]] = []
    everything = list(offered)
    for sort, most in _MOST.items():
        of_sort = sorted((each for each in everything if each[1].sort == sort), key=lambda each: each[1].rank)
        new = [each for each in of_sort if all(each[1].facts != other.facts for _, other in found)]
        found += new[:most]
    return found[:_MOST_SHOWN]
