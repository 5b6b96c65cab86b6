"""What has changed since the earlier year whose figures a summary has, for its overview."""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from kepu_docs.composing.plain_data import plain
from kepu_docs.schema import Count, WorkSummary
from kepu_docs.schema.changes import main_figures, what_changed
from kepu_docs.schema.main_figures import MAIN_FIGURES, MainFigure

Direction: TypeAlias = Literal["up", "down", "level", "new", "none", "unclear"]
"""Which way a figure went."""


def changes_since(summary: WorkSummary) -> tuple[Mapping[str, Any], ...]:
    """Return the changes of those main figures that both years state comparably, as plain data.

    Each has the ``figure``, as tables show it, and its ``name``; ``before`` and ``now``; the ``direction``: ``up``,
    ``down``, ``level``, ``new`` (nothing before), ``none`` (nothing now), or ``unclear`` where the numbers are too
    approximate for saying how much; and, without signs, the ``difference`` and the ``percent``, ``None`` where they are
    nothing or not known. A figure that is “at least” so much is not compared.
    """
    earlier = summary.earlier
    if earlier is None:
        return ()
    return tuple(
        _change(figure, before, now)
        for figure, (_, now) in main_figures(summary).items()
        # How many people live there is not what the year's work came to.
        if figure != "residents"
        and isinstance(before := getattr(earlier, figure, None), Count)
        and before.unit == MAIN_FIGURES[figure]
        and "at_least" not in (before.approx, now.approx)
        and (before.value or now.value)
    )


def _change(figure: MainFigure, before: Count, now: Count) -> Mapping[str, Any]:
    changed = what_changed(before, now)
    exact = {"approx": changed.approx, "scale": 1}
    unit = MAIN_FIGURES[figure]
    difference, percent = abs(changed.difference), abs(changed.percent)
    return {
        "figure": {"figure": figure},
        "name": figure,
        "before": plain(before),
        "now": plain(now),
        "direction": _direction(before, now, changed.difference),
        "difference": {"value": difference, "unit": unit, **exact} if difference else None,
        "percent": {"value": percent, "unit": "%", **exact} if percent and before.value and now.value else None,
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
