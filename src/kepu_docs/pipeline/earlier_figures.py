"""A summary and that of an earlier time: what can be compared."""

from kepu_docs.errors import N_, Place, RecordError
from kepu_docs.schema import Period, WorkSummary
from kepu_docs.schema.changes import main_figures
from kepu_docs.schema.main_figures import EarlierYear


def earlier_year(summary: WorkSummary) -> EarlierYear:
    """Return the main figures of a summary, as one of a later time has them to compare with."""
    figures = {name: count for name, (_, count) in main_figures(summary).items() if name in EarlierYear.model_fields}
    return EarlierYear(period=summary.period, **figures)


def with_earlier(summary: WorkSummary, earlier: EarlierYear | None, *, table: bool = False) -> WorkSummary:
    """Return a summary that has the figures of an earlier time; with ``table`` they are shown in a table too.

    Without ``earlier``, it is the summary as it is. Raises ``RecordError`` for a time that is not earlier, or not as
    long: a half-year is not compared with a year.
    """
    if earlier is None:
        return summary
    if earlier.period.start >= summary.period.start or _months(earlier.period) != _months(summary.period):
        text = N_("figures of {earlier} cannot be compared with those of {period}; expected an earlier time as long")
        times = {"earlier": _shown(earlier.period), "period": _shown(summary.period)}
        raise RecordError.at(Place(field="earlier.period"), text, path=("earlier", "period"), **times)
    return summary.model_copy(update={"earlier": earlier.model_copy(update={"table": table or earlier.table})})


def _months(period: Period) -> int:
    return sum(1 for _ in period.months())


def _shown(period: Period) -> str:
    return f"{period.start} – {period.end}"
