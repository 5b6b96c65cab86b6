"""The changes since the earlier year whose figures a summary has, for its overview."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, TypeAlias

from kepu_docs.composing.plain_data import plain
from kepu_docs.schema import Count, Period, WorkSummary
from kepu_docs.schema.changes import Computed, main_figures, what_changed
from kepu_docs.schema.main_figures import MAIN_FIGURES, FigurePair, MainFigure

Direction: TypeAlias = Literal["up", "down", "level", "new", "none", "unclear"]
"""The direction in which a figure changed."""


def changes_since(summary: WorkSummary, computed: Computed) -> tuple[Period | None, tuple[Mapping[str, Any], ...]]:
    """Return the earlier period of a summary, and the changes of its main figures, as plain data.

    Only figures that both years state are compared. Each has the ``figure``, as tables show it, and its ``name``;
    ``before`` and ``now``; the ``direction``: ``up``, ``down``, ``level``, ``new`` (nothing before), ``none`` (nothing
    now), or ``unclear`` if the numbers are too approximate to state the difference; the ``difference`` and the
    ``percent``, and without their signs the ``amount`` and the ``rate``, ``None`` if they are zero or not known. A
    figure that is “at least” so much is not compared.
    """
    for period, pairs in _years(summary, computed):
        # The number of residents is not a result of the year's work.
        changes = [
            _change(figure, before, now)
            for figure, before, now in pairs
            if figure != "residents"
            and before.unit == MAIN_FIGURES[figure]
            and "at_least" not in (before.approx, now.approx)
            and (before.value or now.value)
        ]
        return period, tuple(changes)
    return None, ()


def _years(summary: WorkSummary, computed: Computed) -> Iterator[tuple[Period, Iterable[FigurePair]]]:
    """Yield the earlier period and its figures beside the present ones: those of the record, else of its sections."""
    earlier = summary.earlier
    if earlier is not None:
        figures = main_figures(summary, computed).items()
        known = [(figure, getattr(earlier, figure, None), now) for figure, (_, now) in figures]
        yield earlier.period, [(figure, before, now) for figure, before, now in known if before is not None]
    for section in summary.sections:
        if section.years is not None:
            yield section.years


def _change(figure: MainFigure, before: Count, now: Count) -> Mapping[str, Any]:
    changed = what_changed(before, now)
    exact = {"approx": changed.approx, "scale": 1}
    unit = MAIN_FIGURES[figure]
    difference, percent = changed.difference, changed.percent if before.value and now.value else 0
    return {
        "figure": {"figure": figure},
        "name": figure,
        "before": plain(before),
        "now": plain(now),
        "direction": _direction(before, now, changed.difference),
        "difference": {"value": difference, "unit": unit, **exact} if difference else None,
        "percent": {"value": percent, "unit": "%", **exact} if percent else None,
        "amount": {"value": abs(difference), "unit": unit, **exact} if difference else None,
        "rate": {"value": abs(percent), "unit": "%", **exact} if percent else None,
    }


def _direction(before: Count, now: Count, difference: int) -> Direction:
    if not before.value:
        return "new"
    if not now.value:
        return "none"
    if difference:
        return "up" if difference > 0 else "down"
    is_exact = before.approx == now.approx == "exactly"
    return "level" if is_exact and before.value == now.value else "unclear"
