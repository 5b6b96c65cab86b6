"""The changes since an earlier year according to the records themselves: those that state figures of both years."""

from collections.abc import Iterator, Mapping
from typing import Any

from kepu_docs.rollups.sums import Sum
from kepu_docs.schema import Count, Period
from kepu_docs.schema.main_figures import MAIN_FIGURES, EarlierYear, MainFigure
from kepu_docs.sections.rollup import Comparison


class StatedYears:
    """The sums of both years, for each figure over the records that state it in both; one pass, bounded memory."""

    def __init__(self) -> None:
        self._sums: dict[MainFigure, tuple[Sum, Sum, int]] = {}
        self._periods: dict[str, Any] = {}

    def add(self, earlier: EarlierYear, figures: Mapping[MainFigure, Sum]) -> None:
        """Add a record's figures of the earlier year, and those of its own."""
        self._note(earlier.period)
        for figure, now in figures.items():
            before = getattr(earlier, figure, None)
            if isinstance(before, Count) and before.unit == MAIN_FIGURES[figure]:
                self._add(figure, before, now, 1)

    def take(self, compared: Comparison) -> None:
        """Add the comparison in a summary that was itself added up."""
        self._note(compared.period)
        for change in compared.changes:
            self._add(change.figure, change.before, Sum.of(change.now), change.communities.value)

    def _note(self, period: Period) -> None:
        self._periods.setdefault(f"{period.start} {period.end}", period.model_dump(mode="json"))

    def _add(self, figure: MainFigure, before: Count, now: Sum, communities: int) -> None:
        earlier_sum, this_sum, number = self._sums.get(figure, (Sum(), Sum(), 0))
        earlier_sum.add(before)
        this_sum.take(now)
        self._sums[figure] = earlier_sum, this_sum, number + communities

    def compared(self) -> dict[str, Any] | None:
        """Return the comparison as in a record; ``None`` without any figures, or if the earlier periods differ."""
        if len(self._periods) != 1 or not self._sums:
            return None
        (period,) = self._periods.values()
        return {"period": period, "changes": list(self._changes())}

    def _changes(self) -> Iterator[dict[str, Any]]:
        for figure, unit in MAIN_FIGURES.items():
            if figure in self._sums:
                before, now, number = self._sums[figure]
                shown = {"before": before.shown(unit, ""), "now": now.shown(unit, "")}
                yield {"figure": figure, "communities": number, **shown}
