"""Conversion of program data to the few types of a record: data of Python, numpy and pandas.

Neither numpy nor pandas is imported for it: their values are recognised by their attributes. It is used only if data do
not fit a model, so that plain data cost nothing extra.
"""

import datetime
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from numbers import Integral, Real
from operator import index
from types import NoneType
from typing import Any, Final

_PLAIN: Final = frozenset((str, int, bool, NoneType, datetime.date))
_SPANS: Final = ("datetime64[Y]", "datetime64[M]")
"""The types of numpy's years and months, which are not days."""
_DEEPEST: Final = 100
"""How deeply lists and mappings are followed, deeper than any record: a value that contains itself has no end."""


def plain_data(value: Any, depth: int = 0) -> Any:
    """Return ``value`` in the types of a record, or ``value`` itself if it already has them.

    Whole numbers of any type become ``int``, other numbers ``float``, moments their day, arrays and other sequences
    lists, mappings ``dict``. Missing values (NaN, NaT, ``pandas.NA``) become ``None``; in a mapping their key is left
    out.
    """
    kind = type(value)
    if kind in _PLAIN or depth > _DEEPEST:
        return value
    if isinstance(value, Mapping):
        parts = {key: plain_data(part, depth + 1) for key, part in value.items()}
        if kind is dict and all(part is value[key] for key, part in parts.items()):
            return value
        return {key: part for key, part in parts.items() if part is not None or value[key] is None}
    if isinstance(value, list | tuple):
        entries = [plain_data(part, depth + 1) for part in value]
        changed = any(new is not old for new, old in zip(entries, value, strict=True))
        return entries if changed else value
    return _plain_value(value, depth)


def _plain_value(value: Any, depth: int) -> Any:
    if _is_absent(value):
        return None
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, str | int | float | bytes | datetime.date):
        return value
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value():
        return int(value) if value.adjusted() < _DEEPEST else float(value)
    if isinstance(value, Real | Decimal):
        return float(value)
    if hasattr(value, "tolist"):  # values and arrays of numpy and pandas
        return plain_data(days_of(value).tolist(), depth + 1)
    if isinstance(value, Sequence):
        return [plain_data(part, depth + 1) for part in value]
    try:
        return index(value)
    except TypeError:
        return value


def days_of(value: Any) -> Any:
    """Return moments of numpy as their days, and a year or month as records write it; any other value unchanged."""
    value = value.to_numpy() if hasattr(value, "to_numpy") and hasattr(value, "dtype") else value  # a column of pandas
    kind = getattr(value, "dtype", None)
    if getattr(kind, "kind", "") != "M" or not hasattr(value, "astype"):
        return value
    if str(kind) in _SPANS and not getattr(value, "ndim", 0) and not _is_absent(value):
        return value.astype(str)
    return value.astype("datetime64[D]")  # a value in nanoseconds would become a number


def _is_absent(value: Any) -> bool:
    """Return whether a value is missing: one that is not equal to itself (NaN, NaT), or ``pandas.NA``."""
    pandas = sys.modules.get("pandas")
    if pandas is not None and value is getattr(pandas, "NA", None):
        return True
    try:
        return bool(value != value)  # the test for NaN
    except (ArithmeticError, TypeError, ValueError):  # arrays, signalling NaN
        return isinstance(value, Decimal) and value.is_nan()
