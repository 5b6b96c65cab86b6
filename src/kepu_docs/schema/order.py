"""The order in which the entries of a list are shown: by their dates, or as they are written."""

import datetime
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias, TypeVar

from kepu_docs.schema.period import Period
from kepu_docs.schema.summary import FactSection, WorkSummary

When: TypeAlias = Period | datetime.date | int | None
"""The time of an entry: a period, a day or a year; ``None`` if it is not known."""
_Entry = TypeVar("_Entry")

_UNDATED: Final = (datetime.date.max, datetime.date.max)


def in_order(
    entries: Iterable[_Entry], when: Callable[[_Entry], When], section: FactSection, summary: WorkSummary
) -> tuple[_Entry, ...]:
    """Return the entries of a list in the order in which they are shown; ``when`` returns the time of an entry.

    By date, entries that began earlier come first, and among these those that ended earlier; entries with the same time
    keep their order, and those without a time come last. The setting of the section takes precedence over that of the
    record. In a summary that was added up from others, whose lists have an order of their own, only the section's
    setting applies.
    """
    order = section.order or ("as_written" if summary.is_rolled_up else summary.order)
    if order == "as_written":
        return tuple(entries)
    return tuple(sorted(entries, key=lambda entry: _ends(when(entry))))


def _ends(when: When) -> tuple[datetime.date, datetime.date]:
    if type(when) is Period:  # the usual case
        return (when.start, when.end)
    if when is None:
        return _UNDATED
    if isinstance(when, int):
        return (datetime.date(when, 1, 1), datetime.date(when, 12, 31))
    # Asking pydantic whether something is a period takes longer.
    return (when, when) if isinstance(when, datetime.date) else (when.start, when.end)
