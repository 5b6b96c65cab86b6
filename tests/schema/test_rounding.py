"""How computed figures are rounded."""

import pytest

from kepu_docs.schema.amounts import Approximation
from kepu_docs.schema.rounding import decimals_borne, last_place, rounded, to_place


@pytest.mark.parametrize(
    ("value", "place"), [(300, 100), (1_914, 1), (12_000, 1_000), (2.5, 0.1), (0.67, 0.01), (40.0, 10), (0, 1)]
)
def test_the_last_figure_says_how_exact_a_number_is(value: float, place: float) -> None:
    assert last_place(value) == place


@pytest.mark.parametrize(
    ("value", "approx", "exact_to", "said"),
    [
        (1_914, "nearly", 100, (1_900, "about")),
        (1_950, "nearly", 100, (2_000, "nearly")),
        (325, "over", 100, (320, "over")),
        (581, "at_least", 1, (580, "at_least")),
        (324_265, "over", 1_000, (324_000, "over")),
        (25, "about", 10, (30, "about")),
        (0.67, "at_least", 1, (0.6, "at_least")),
        (12.345, "about", 0.1, (12.3, "about")),
        (0, "about", 100, (0, "about")),
        (1_914, "exactly", 100, (1_914, "exactly")),
        (999_999_999_999, "over", 1, (999_000_000_000, "over")),
    ],
)
def test_sums_are_rounded(
    value: float, approx: Approximation, exact_to: float, said: tuple[float, Approximation]
) -> None:
    assert rounded(value, approx, exact_to) == said


@pytest.mark.parametrize(
    ("value", "place", "found"), [(250, 2, 300), (-250, 2, -300), (2.345, -2, 2.35), (7, -2, 7), (49, 2, 0)]
)
def test_halves_are_rounded_as_spreadsheets_do(value: float, place: int, found: float) -> None:
    assert to_place(value, place) == found


@pytest.mark.parametrize(
    ("ratio", "approximate", "most", "found"),
    [
        (1.788, [12_000], 2, 1),
        (243.1, [3_000], 1, -1),
        (1.49, [10_000], 2, 1),
        (2.3333, [], 2, 2),
        (0.01234, [123], 2, 2),
    ],
)
def test_a_ratio_bears_as_many_figures_as_what_it_is_made_of(
    ratio: float, approximate: list[float], most: int, found: int
) -> None:
    assert decimals_borne(ratio, approximate, most) == found
