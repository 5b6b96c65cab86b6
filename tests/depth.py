"""How much is tested: a representative part in the quick run, everything if ``KEPU_DEEP`` is set.

Three marks say what waits for ``make test-deep``. Nothing is skipped silently: conftest.py reports how many tests were
left out, and how to run them.

``deep``
    The whole test.
``some(every)``
    All cases of a parametrized test except the first of each ``every``.
``pairwise``
    Cases of a test with several parameters that are not needed to combine every two values of two parameters once.

``KEPU_DEEP`` also decides how many examples a property is tested with (:func:`examples`). ``KEPU_DEEP=rest`` leaves out
the tests that the quick run has tested completely, and half of the examples, for running both one after the other.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, groupby
from math import comb
from typing import Final

import pytest

DEEP: Final = os.environ.get("KEPU_DEEP", "") not in ("", "0")
"""Whether everything is to be tried."""
REST: Final = os.environ.get("KEPU_DEEP", "") == "rest"
"""Whether a quick run went before, and its tests need not be run a second time."""
COMMAND: Final = "make test-deep"

_FEWEST: Final = 5
_MOST: Final = 15
_SHARE: Final = 20


def examples(number: int) -> int:
    """Return how many examples a property is tried with that is worth ``number`` of them where nobody waits."""
    few = min(number, max(_FEWEST, min(_MOST, number // _SHARE)))
    # The run after the quick tests has a time limit, and every run tries other examples.
    return max(few, number // 2) if REST else number if DEEP else few


def waiting(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Return the tests that are left to the deep run."""
    left: list[pytest.Item] = []
    for _, group in groupby(items, key=lambda item: item.nodeid.partition("[")[0]):
        cases = list(group)
        first = cases[0]
        some = first.get_closest_marker("some")
        kept = range(len(cases))
        if some:
            kept = range(0, len(cases), some.args[0])
        left_out = set(range(len(cases))) - set(kept)
        if first.get_closest_marker("pairwise"):
            left_out |= set(range(len(cases))) - covering([_values(case) for case in cases])
        left += [
            case for place, case in enumerate(cases) if place in left_out or case.get_closest_marker("deep") is not None
        ]
    return left


def tried(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Return the tests that are no other in the deep run: whole there, without examples, and of one size."""
    left = set(map(id, waiting(items)))
    return [
        item
        for item in items
        if id(item) not in left
        and item.get_closest_marker("pairwise") is None
        and not getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        and not hasattr(getattr(item, "module", None), "DEEP")
    ]


def presences(names: Sequence[str]) -> list[tuple[str, ...]]:
    """Return choices of names, few of them, so that of every two names some choice has both, one, the other, or neither.

    Each name gets a code of its own (Kleitman and Spencer): so many bits, the first and half of all of them set; choice n
    has the names whose bit n is set. Two of equally many bits that differ have a bit each that the other lacks, and share
    the first; a choice of none is added.
    """
    bits = next(bits for bits in range(2, 65, 2) if comb(bits - 1, bits // 2 - 1) >= len(names))
    codes = [{0, *others} for others in combinations(range(1, bits), bits // 2 - 1)]
    chosen = [tuple(name for name, code in zip(names, codes, strict=False) if bit in code) for bit in range(bits)]
    return [*dict.fromkeys(chosen), ()]


def _values(case: pytest.Item) -> Mapping[str, int]:
    """Return which value each parameter has: pytest's own numbers are those of cases, not of values."""
    spec = getattr(case, "callspec", None)
    return {name: id(value) for name, value in spec.params.items()} if spec else {}


def covering(cases: Sequence[Mapping[str, int]]) -> set[int]:
    """Return places of cases in which every two values of two parameters meet that meet in any; greedily, so of few.

    A case says of each parameter which of its values it has. With one parameter every case is needed.
    """
    pairs = [set(_pairs(case)) for case in cases]
    missing = set().union(*pairs)
    chosen: set[int] = set()
    while missing:
        best = max(range(len(cases)), key=lambda place: len(pairs[place] & missing))
        chosen.add(best)
        missing -= pairs[best]
    return chosen


def _pairs(case: Mapping[str, int]) -> Iterable[tuple[tuple[str, int], ...]]:
    return combinations(sorted(case.items()), min(2, len(case)))


def told(left: int, *, rest: bool = REST) -> str:
    """Return the line that says what was left out."""
    if rest:
        return f"rest: {left:,} tests were tried as deeply by make test"
    return f"quick: {left:,} tests are left to the deep run, and properties are tried with few examples: {COMMAND}"


__all__ = ["COMMAND", "DEEP", "REST", "covering", "examples", "presences", "told", "tried", "waiting"]
