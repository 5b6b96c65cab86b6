"""Comparison of a summary with one of an earlier time."""

from typing import Final

from kepu_docs.errors import N_, Place, RecordError
from kepu_docs.schema import Period, WorkSummary
from kepu_docs.schema.changes import main_figures
from kepu_docs.schema.main_figures import EarlierYear, can_be_compared


def earlier_year(summary: WorkSummary) -> EarlierYear:
    """Return the main figures of a summary, in the form in which a later summary compares with them."""
    figures = {name: count for name, (_, count) in main_figures(summary).items() if name in EarlierYear.model_fields}
    return EarlierYear(period=summary.period, **figures)


NOT_COMPARABLE: Final = N_(
    "figures of {earlier} cannot be compared with those of {period}; expected an earlier period of the same length"
)


def both_times(earlier: Period, period: Period) -> dict[str, str]:
    """Return the values for the message ``NOT_COMPARABLE``."""
    return {"earlier": f"{earlier.start} – {earlier.end}", "period": f"{period.start} – {period.end}"}


def with_earlier(summary: WorkSummary, earlier: EarlierYear | None, *, table: bool = False) -> WorkSummary:
    """Return a summary with the figures of an earlier time; with ``table`` they are also shown in a table.

    Without ``earlier``, return the summary unchanged. Raises ``RecordError`` for a time that is not earlier or not of
    the same length: a half-year is not compared with a year.
    """
    if earlier is None:
        return summary
    if not can_be_compared(earlier.period, summary.period):
        values = both_times(earlier.period, summary.period)
        raise RecordError.at(Place(field="earlier.period"), NOT_COMPARABLE, path=("earlier", "period"), **values)
    return summary.model_copy(update={"earlier": earlier.model_copy(update={"table": table or earlier.table})})
