"""Figures in cells, converted to the unit of their column."""

import re
from decimal import Decimal
from typing import Final

from kepu_docs.plugin import N_, Dimension, read_amount, unit_factor, unit_named, unit_of_column
from kepu_sources.tables.no_values import BadCell, bad, shown

_OTHER_UNIT: Final = N_(
    "“{found}” has a different unit from this column, which is in {unit}; write the figure in {unit}, or leave it out"
)
_SCALED_TWICE: Final = N_(
    "the heading gives a multiple of {unit}, and “{found}” also has 万 or 亿, so the value is unclear; "
    "write the figure with its unit, such as 1.2万{unit}"
)
_INEXACT: Final = N_("“{found}” cannot be converted exactly to {unit}; write the figure in {unit}")
_TOO_LARGE: Final = N_(
    "“{found}” is too large for a community, like a telephone or identity number; write the figure itself"
)
_TOO_LARGE_AMOUNT: Final = 1_000_000_000
_DECIMALS: Final = Decimal("0.0001")

_of_people = re.compile("[人名位员員众眾民生师師者童友老妇婦娃长長]")
_no_unit = re.compile("[以之不内內外%％]")
_letters = re.compile("[A-Za-z]+")
_FEWEST_LETTERS: Final = 3
"""The fewest letters of an English word for what is counted; shorter ones are typing slips: 8O, 2k."""


def number_in_unit(number: float, ours: str, factor: Decimal, *, decimals: bool) -> float | BadCell:
    """Return a number of a cell, converted to the unit of its column."""
    if abs(number) >= _TOO_LARGE_AMOUNT:
        return bad(_TOO_LARGE, number)
    if factor == 1:
        return number
    value = _exact(Decimal(str(number)) * factor, decimals=decimals)
    if value is None:
        return BadCell(_INEXACT, (("found", shown(number)), ("unit", ours)))
    return int(value) if value == int(value) else float(value)


def amount_in_unit(text: str, ours: str, factor: Decimal, *, decimals: bool) -> str | BadCell:
    """Return an amount of a cell in the unit of its column; a text that is not an amount is returned unchanged."""
    amount = read_amount(text)
    if amount is None:
        return text
    if amount.value >= _TOO_LARGE_AMOUNT:
        return bad(_TOO_LARGE, text)
    if amount.unit:
        found = unit_factor(amount.unit, ours)
        if found is None:
            return text if unit_named(amount.unit) is None and _may_be(amount.unit, ours) else _other(text, ours)
        factor = found
    elif factor != 1 and amount.scale:
        return BadCell(_SCALED_TWICE, (("found", shown(text)), ("unit", ours)))
    if factor == 1:
        return text
    value = _exact(amount.value * factor, decimals=decimals)
    if value is None:
        return BadCell(_INEXACT, (("found", shown(text)), ("unit", ours)))
    return f"{amount.before}{value:f}{amount.within}{ours}{amount.after}"


def _other(text: str, ours: str) -> BadCell:
    return BadCell(_OTHER_UNIT, (("found", shown(text)), ("unit", ours)))


def _may_be(word: str, ours: str) -> bool:
    """Return whether a word that is not a known unit may follow figures of a column: 名群众 for people."""
    dimension = unit_of_column(ours).dimension
    if _no_unit.search(word):
        return False
    if dimension is not Dimension.PEOPLE and dimension is not Dimension.PIECES:
        return False
    if _letters.fullmatch(word):
        return len(word) >= _FEWEST_LETTERS
    return dimension is Dimension.PIECES or _of_people.search(word) is not None


def _exact(value: Decimal, *, decimals: bool) -> Decimal | None:
    """Return a value without trailing zeros, if no digit of it is lost; ``None`` otherwise."""
    found = value.quantize(_DECIMALS) if decimals else value.to_integral_value()
    if found != value:
        return None
    return found.to_integral_value() if found == found.to_integral_value() else found.normalize()
