"""In which order the entries of a list are shown: by their dates, or as they are written."""

import datetime
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias, TypeVar

from kepu_docs.schema.period import Period
from kepu_docs.schema.summary import FactSection, WorkSummary

When: TypeAlias = Period | datetime.date | int | None
"""When something was or will be: a time, a day or a year; ``None`` where that is not known."""
_Entry = TypeVar("_Entry")

_UNDATED: Final = (datetime.date.max, datetime.date.max)


def in_order(
    entries: Iterable[_Entry], when: Callable[[_Entry], When], section: FactSection, summary: WorkSummary
) -> tuple[_Entry, ...]:
    """Return the entries of a list in the order in which they are shown; ``when`` tells the time of one.

    By date, those come first that began first, and of these those that ended first; entries of one time stay as they
    are written, and those without a time stand last. What the section asks for counts before what the record does. In
    a summary that was added up of others, whose lists have an order of their own, only the section may ask for it.
    """
    order = section.order or ("as_written" if summary.is_rolled_up else summary.order)
    if order == "as_written":
        return tuple(entries)
    return tuple(sorted(entries, key=lambda entry: _ends(when(entry))))


def _ends(when: When) -> tuple[datetime.date, datetime.date]:
    if type(when) is Period:  # as most are
        return (when.start, when.end)
    if when is None:
        return _UNDATED
    if isinstance(when, int):
        return (datetime.date(when, 1, 1), datetime.date(when, 12, 31))
    # To ask pydantic whether something is a period costs more.
    return (when, when) if isinstance(when, datetime.date) else (when.start, when.end)
