"""Data as programs have them, brought to the few types of a record: those of Python, of numpy, of pandas.

Neither numpy nor pandas is imported for it: their values are known by what they can do. It is asked for when data do
not fit a model, so that plain data never pay for it.
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
"""The types of numpy's years and months, which are no days."""
_DEEPEST: Final = 100
"""How deep lists and mappings are followed, which no record needs: what contains itself has no end."""


def plain_data(value: Any, depth: int = 0) -> Any:
    """Return ``value`` in the types of a record, or ``value`` itself where it has no others.

    Whole numbers of any type become ``int``, other numbers ``float``, moments their day, arrays and other sequences
    lists, mappings ``dict``. What says that nothing is known (NaN, NaT, ``pandas.NA``) becomes ``None``; of a mapping
    its key is left out.
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
    if hasattr(value, "tolist"):  # numpy's and pandas' values and arrays
        return plain_data(days_of(value).tolist(), depth + 1)
    if isinstance(value, Sequence):
        return [plain_data(part, depth + 1) for part in value]
    try:
        return index(value)
    except TypeError:
        return value


def days_of(value: Any) -> Any:
    """Return moments of numpy as their days, and a year or month as records write it; any other value as it is."""
    value = value.to_numpy() if hasattr(value, "to_numpy") and hasattr(value, "dtype") else value  # a column of pandas
    kind = getattr(value, "dtype", None)
    if getattr(kind, "kind", "") != "M" or not hasattr(value, "astype"):
        return value
    if str(kind) in _SPANS and not getattr(value, "ndim", 0) and not _is_absent(value):
        return value.astype(str)
    return value.astype("datetime64[D]")  # one in nanoseconds would become a number


def _is_absent(value: Any) -> bool:
    """Tell whether a value says that nothing is known: what is not itself (NaN, NaT), or ``pandas.NA``."""
    pandas = sys.modules.get("pandas")
    if pandas is not None and value is getattr(pandas, "NA", None):
        return True
    try:
        return bool(value != value)  # what NaN is known by
    except (ArithmeticError, TypeError, ValueError):  # arrays, signalling NaN
        return isinstance(value, Decimal) and value.is_nan()
