"""The main figures by which communities and years are compared, and those of an earlier year."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal, TypeAlias

from kepu_docs.schema.converted import UNKNOWN
from kepu_docs.schema.period import Period, SomePeriod
from kepu_docs.schema.quantity import Count, MaybeCount, Unit
from kepu_docs.schema.record import Record

MainFigure: TypeAlias = Literal[
    "residents", "volunteers", "trainings", "trained", "activities_held", "activity_attendance", "funds"
]
"""The figures by which communities and years are compared."""

MAIN_FIGURES: Final[Mapping[MainFigure, str]] = {
    "residents": "人",
    "volunteers": "人",
    "trainings": "场",
    "trained": "人次",
    "activities_held": "场",
    "activity_attendance": "人次",
    "funds": "元",
}
"""The main figures, and their units."""


FigurePair: TypeAlias = tuple[MainFigure, Count, Count]
"""A main figure at two times: the earlier count and the present one."""


def can_be_compared(earlier: Period, period: Period) -> bool:
    """Return whether a period is earlier than another, and as long: a half-year is not compared with a year."""
    return earlier.start < period.start and len(list(earlier.months())) == len(list(period.months()))


class EarlierYear(Record):
    """The main figures of an earlier period, to compare with; unknown figures are not compared."""

    period: SomePeriod
    """The earlier period: 2024."""
    residents: Annotated[MaybeCount, Unit("人")] = UNKNOWN
    """The residents at that time, in 人; rollups use them for comparison."""
    volunteers: Annotated[MaybeCount, Unit("人")] = UNKNOWN
    """Its volunteers, in 人."""
    trainings: Annotated[MaybeCount, Unit("场")] = UNKNOWN
    """Number of training sessions, in 场."""
    trained: Annotated[MaybeCount, Unit("人次")] = UNKNOWN
    """Attendances, in 人次."""
    activities_held: Annotated[MaybeCount, Unit("场")] = UNKNOWN
    """Its activities, in 场."""
    activity_attendance: Annotated[MaybeCount, Unit("人次")] = UNKNOWN
    """Attendances, in 人次."""
    funds: Annotated[MaybeCount, Unit("元")] = UNKNOWN
    """Funds, in whole 元."""
    table: bool = False
    """Whether to add a table with the figures of both years."""
