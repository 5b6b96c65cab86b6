"""The limit on reported faults: a small file may have a hundred thousand."""

from collections.abc import Iterable
from itertools import islice
from typing import Final

from kepu_docs.errors import N_, Fault, Place

MOST_FAULTS: Final = 100
"""How many faults of one record, table or folder are reported one by one; more would not help."""
AND_MORE: Final = N_("and {count} more from here on, not listed one by one")
"""What is reported of those that follow."""


def first_faults(faults: Iterable[Fault]) -> list[Fault]:
    """Return the first hundred faults, and one more that states at the next one's place how many follow.

    The faults that follow are counted, and not kept.
    """
    stream = iter(faults)
    first = list(islice(stream, MOST_FAULTS))
    following = next(stream, None)
    if following is not None:
        first.append(and_more(following.place, 1 + sum(1 for _ in stream)))
    return first


def and_more(place: Place, count: int) -> Fault:
    """Return the fault that represents ``count`` more, of which the first is at ``place``."""
    return Fault(place, AND_MORE, (("count", count),))
