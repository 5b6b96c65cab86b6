"""How sums of approximate numbers are rounded: as people round them, and so that they stay true.

By GB/T 15835-2011 约, 近, 余 and 多 are used with round numbers, and a number that a writer rounded is exact to its
last digit that is not zero: 近900 is exact to hundreds. For sums (and other figures that are computed; a figure that a
writer gave is shown unchanged) this implies:

- no figure is finer than the coarsest approximate part, and no figure of a hundred or more has units or more than three
  significant digits: 近600 + 319 + 95 + 近900 are 约1900;
- 余 and 以上 are lower bounds: they are rounded down, and since they are the sum of lower bounds they may be one place
  finer (300余 + 25 are 320余); a part that is not known makes the sum 以上, whatever the others are, as it may be of
  any size, which 余 and 约 deny: 500 + 81 + a part that nobody counted are 580以上; beside 近 and 约, which may be
  less than they say, it is no finer than these: 近60 + 38 + such a part are 90以上;
- 近 means less than stated: it is kept if the sum is round or rounded up (近300 + 95 are 近400), and else becomes 约;
- a figure of a hundred or more keeps two digits, as a single one can be wrong by a third: 近1万 + 2300 are 约1.2万;
- a ratio has no more digits than the coarsest of the figures that it is computed from, and at least two for the same
  reason.

The value itself is kept in full, with the place to which it is exact, so that sums of sums equal the sums of all; it is
rounded when it is shown.
"""

from collections.abc import Iterable, Mapping
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any, Final

from kepu_docs.schema.amounts import Approximation

_MOST_FIGURES: Final = 3
_WITHOUT_DECIMALS: Final = 100
_FEWEST_FIGURES: Final = 2
LOWER_BOUNDS: Final = frozenset({"over", "at_least"})
"""Lower bounds, which are rounded down."""


def last_place(value: float) -> float:
    """Return the place value of the last digit that is not zero: 100 for 300, 0.1 for 2.5; 1 for 0."""
    if not value:
        return 1
    if isinstance(value, int):
        place = 1
        while not value % (10 * place):
            place *= 10
        return place
    return power_of_ten(int(Decimal(str(value)).normalize().as_tuple().exponent))


def place_of(step: float) -> int:
    """Return the place of a power of ten, or of the first digit of a number: 2 for 100 and for 250."""
    return Decimal(str(step)).adjusted()


def power_of_ten(exponent: int) -> float:
    """Return 100 for 2, 0.1 for -1."""
    return 10**exponent if exponent >= 0 else float(f"1e{exponent}")


def borne(place: float | None, approx: Approximation, whole: Approximation) -> float | None:
    """Return the place to which a sum ``whole`` can be exact, given a part that is exact to ``place``.

    The actual value of 近 and 约 may be lower, and a sum that is a lower bound is rounded one place finer. The value of
    余 is a lower bound, and lets a sum with 约 be one place finer: so sums of sums equal those of all.
    """
    if place is None:
        return None
    if whole == "at_least" and approx in ("nearly", "about"):
        return place * 10
    return power_of_ten(place_of(place) - 1) if whole == "about" and approx in LOWER_BOUNDS else place


def place_shown(value: float, approx: Approximation, exact_to: float) -> int:
    """Return the place to which a sum is rounded whose coarsest part is exact to ``exact_to``: 2 for hundreds."""
    figures = place_of(value) + 1
    place = max(place_of(exact_to) - (approx in LOWER_BOUNDS), figures - _MOST_FIGURES)
    if figures < _MOST_FIGURES:
        return min(place, figures - 1)
    return min(max(place, 1), figures - _FEWEST_FIGURES)


def rounded(value: float, approx: Approximation, exact_to: float) -> tuple[float, Approximation]:
    """Return the shown form of a sum whose coarsest part is exact to ``exact_to``: number and approximation."""
    if approx == "exactly" or not value:
        return value, approx
    found = to_place(value, place_shown(value, approx, exact_to), down=approx in LOWER_BOUNDS)
    return found, "about" if approx == "nearly" and found < value else approx


def as_shown(quantity: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a quantity's fields as a document shows it: a sum is rounded, a given quantity is unchanged."""
    exact_to = quantity.get("exact_to")
    if exact_to is None:
        return quantity
    value, approx = rounded(quantity["value"], quantity["approx"], exact_to)
    return {**quantity, "value": value, "approx": approx, "exact_to": None}


def to_place(value: float, place: int, *, down: bool = False) -> float:
    """Return a number rounded to a place, 2 for hundreds; a half is rounded away from 0, as spreadsheets do."""
    found = Decimal(str(value)).quantize(Decimal(1).scaleb(place), ROUND_FLOOR if down else ROUND_HALF_UP)
    return int(found) if isinstance(value, int) else float(found)


def decimals_borne(ratio: float, approximate: Iterable[float], most: int) -> int:
    """Return the decimals with which a ratio is shown: no more than ``most``, and than the approximate numbers allow.

    It is less than 0 if they only allow tens or hundreds. A ratio of a hundred or more has no decimals: nobody says
    2166.7 books per hundred people.
    """
    if ratio >= _WITHOUT_DECIMALS:
        most = 0
    figures = [len(Decimal(str(number)).normalize().as_tuple().digits) for number in approximate]
    if not figures or not ratio:
        return most
    return min(most, max(min(figures), _FEWEST_FIGURES) - 1 - place_of(ratio))
