"""What waits for the deep run, and what must not."""

from itertools import combinations, product

import pytest

from tests.depth import DEEP, covering, presences, told, tried, waiting

CASES = [
    dict(zip("abc", values, strict=True)) for values in product(range(3), range(12), range(13)) if values != (0, 0, 0)
]


def test_every_two_values_meet_that_can() -> None:
    def met(cases: list[dict[str, int]]) -> set[tuple[tuple[str, int], ...]]:
        return {pair for case in cases for pair in combinations(sorted(case.items()), 2)}

    chosen = [CASES[place] for place in covering(CASES)]
    assert met(chosen) == met(CASES)
    assert len(chosen) < len(CASES) / 2
    assert covering([{"a": 1}, {"a": 2}]) == {0, 1}
    assert covering([]) == set()


@pytest.mark.parametrize("number", [0, 1, 2, 3, 7, 12, 40])
def test_every_two_names_are_together_apart_and_neither(number: int) -> None:
    names = [f"n{place}" for place in range(number)]
    chosen = presences(names)
    for one, other in combinations(names, 2):
        assert {(one in each, other in each) for each in chosen} == set(product((True, False), repeat=2))
    assert len(chosen) <= 12


class Case:
    """As much of a test as is asked of it."""

    def __init__(self, nodeid: str, *marks: pytest.Mark) -> None:
        self.nodeid = nodeid
        self._marks = {mark.name: mark for mark in marks}

    def get_closest_marker(self, name: str) -> pytest.Mark | None:
        return self._marks.get(name)


@pytest.mark.pairwise
@pytest.mark.parametrize("third", [None, 7, "x"])
@pytest.mark.parametrize("second", range(4))
@pytest.mark.parametrize("first", ["en", "zh_Hans"])
def test_a_matrix(first: str, second: int, third: object, request: pytest.FixtureRequest) -> None:
    """What pytest hands to the hook is a matrix to it: of 24 cases half, or nearly so, wait."""
    cases = [item for item in request.session.items if item.nodeid.startswith(request.node.nodeid.partition("[")[0])]
    assert 0 < len(cases) <= (24 if DEEP else 14)


def test_what_waits() -> None:
    deep, some = pytest.mark.deep.mark, pytest.mark.some(3).mark
    cases = [
        Case("a.py::test_plain"),
        Case("a.py::test_deep", deep),
        *(Case(f"a.py::test_some[{number}]", some) for number in range(7)),
        Case("a.py::test_one[x]"),
        Case("a.py::test_one[y]", deep),
    ]
    left = [case.nodeid.partition("::")[2] for case in waiting(cases)]  # type: ignore[arg-type]
    assert left == ["test_deep", *(f"test_some[{number}]" for number in (1, 2, 4, 5)), "test_one[y]"]


def test_the_line_says_how_many_and_how_to_run_them() -> None:
    assert "1,234 tests" in told(1_234, rest=False)
    assert told(1_234, rest=False).endswith(": make test-deep")
    assert told(7, rest=True) == "rest: 7 tests were tried as deeply by make test"


def test_what_a_deep_run_need_not_repeat() -> None:
    deep, pairwise = pytest.mark.deep.mark, pytest.mark.pairwise.mark
    cases = [Case("a.py::test_plain"), Case("a.py::test_deep", deep), Case("a.py::test_pairs[1]", pairwise)]
    assert [case.nodeid for case in tried(cases)] == ["a.py::test_plain"]  # type: ignore[arg-type]
