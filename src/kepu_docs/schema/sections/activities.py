"""活动: what was held for the residents, by category."""

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from kepu_docs.schema.community import Name
from kepu_docs.schema.period import Period
from kepu_docs.schema.quantity import ONCE, Count, Unit, integral, total, total_fields
from kepu_docs.schema.record import ROLLED_UP, Record
from kepu_docs.schema.summary import ChartShape, FactSection
from kepu_docs.schema.text import Line, Many, Prose, Text

if TYPE_CHECKING:
    from kepu_docs.schema.summary import WorkSummary


_NAMING = ("name", "category", "theme")
_LONGEST_YEAR = 12
"""Months that are all shown, those without an activity too."""


class Activity(Record):
    """One activity, or one series of the same."""

    name: Line
    """Its name: 科普知识竞赛."""
    community: Annotated[Name | None, ROLLED_UP] = None
    """Whose it is, in the summary of a higher body."""
    category: Line | None = None
    """What sort it is; activities are grouped by it: 科普讲座, 文体活动."""
    theme: Line | None = None
    """Its theme or slogan, without quotation marks."""
    occasion: Line | None = None
    """On which occasion: 全国科技活动周, 全国科普月."""
    held_on: Period | None = None
    """When it was held."""
    place: Line | None = None
    """Where."""
    organiser: Line | None = None
    """Who held it, if not the community itself."""
    partners: Many[Line] = ()
    """Who held it together with the community."""
    audience: Many[Line] = ()
    """Whom it was for: 青少年, 老年人."""
    times: Annotated[Count, Unit("场")] | None = None
    """How often it was held, in 场; once where only its time is given."""
    attendance: Annotated[Count, Unit("人次")] | None = None
    """How many came, all times together, in 人次."""
    online_views: Annotated[Count, Unit("人次")] | None = None
    """How many watched online, in 人次."""
    materials: Annotated[Count, Unit("份")] | None = None
    """How many leaflets and other materials were handed out, in 份."""
    boards: Annotated[Count, Unit("块")] | None = None
    """How many display boards were shown, in 块."""
    result: Text | None = None
    """What came of it."""
    award: Line | None = None
    """What award it won."""


class Category(Record):
    """Words about one category of activities."""

    name: Line
    """The category, as the activities name it."""
    heading: Line | None = None
    """Its heading, in place of its name."""
    narrative: Prose = ()
    """Paragraphs about it."""
    points: Many[Text] = ()
    """Points about it."""
    times: Annotated[Annotated[Count, Unit("场")] | None, ROLLED_UP] = None
    """How many of it in all, where not all of them are listed, in 场."""
    attendance: Annotated[Annotated[Count, Unit("人次")] | None, ROLLED_UP] = None
    """How many attendances in all, where not all of them are listed, in 人次."""


class Month(Record):
    """What was held in one month, where not all activities are listed."""

    month: Period | None = None
    """The month; what was held in no certain month has none."""
    times: Annotated[Count, Unit("场")]
    """How often something was held, in 场."""


class Frequency(Record):
    """How often, on the average."""

    times: Annotated[Count, Unit("次")]
    """How many times, in 次 …"""
    months: Annotated[int, Field(ge=1, le=12), BeforeValidator(integral)]
    """… in each so many months: 2."""


class ActivityCharts(Record):
    """Charts of the activities, each drawn as bar, line or pie."""

    by_month: ChartShape | None = None
    """How often something was held in each month."""
    attendance_by_category: ChartShape | None = None
    """How many came to the activities of each category."""


class Activities(FactSection):
    """活动."""

    kind: Literal["activities"]
    partners: Many[Line] = ()
    """With whom the community joined hands: 街道, 学校."""
    activities: Many[Activity] = ()
    """The activities, one by one."""
    categories: Many[Category] = ()
    """Words about categories; their order is the order of the categories."""
    run_in_headings: bool = False
    """Whether the categories' headings stand in the line of their text."""
    frequency: Frequency | None = None
    """How often something was held."""
    times_total: Annotated[Count, Unit("场")] | None = None
    """How many in all, where not all of them are listed, in 场."""
    attendance_total: Annotated[Count, Unit("人次")] | None = None
    """How many attendances in all, where not all activities are listed, in 人次."""
    online_views_total: Annotated[Annotated[Count, Unit("人次")] | None, ROLLED_UP] = None
    """How many watched online in all, where not all activities are listed, in 人次."""
    materials_total: Annotated[Annotated[Count, Unit("份")] | None, ROLLED_UP] = None
    """How many materials were handed out in all, where not all activities are listed, in 份."""
    boards_total: Annotated[Annotated[Count, Unit("块")] | None, ROLLED_UP] = None
    """How many display boards were shown in all, where not all activities are listed, in 块."""
    months: Annotated[Many[Month], ROLLED_UP] = ()
    """How often something was held in each month, where not all activities are listed."""
    charts: ActivityCharts | None = None
    """Charts to draw."""

    def facts(self, summary: "WorkSummary") -> Mapping[str, Any]:
        """``held`` and ``attendance`` in all, ``groups``: the activities of each category, and ``months``.

        ``held`` is not known where it is not known of each activity how often or when it was held.

        A group has ``name`` (``None`` for activities without a category, which come last), ``heading``,
        ``narrative``, ``points``, ``activities``, ``named`` (those of which only name and theme are known),
        ``told`` (the others), ``held`` and ``attendance``. Of each of the ``months`` it is known how many ``times``
        something was held; the last has no ``month`` and counts what lies in none, if anything does.
        """
        noted = {category.name: category for category in self.categories}
        held = self.activities
        if self.months:
            held = tuple([Activity(name="-", held_on=each.month, times=each.times) for each in self.months])
        grouped: dict[str | None, list[Activity]] = {name: [] for name in noted}
        for activity in self.activities:
            grouped.setdefault(activity.category, []).append(activity)
        loose = grouped.pop(None, None)
        if loose:
            grouped[None] = loose
        return {
            "months": _months(held, summary.period),
            "held": self.times_total or _held(self.activities),
            "attendance": self.attendance_total or _attendance(self.activities),
            "groups": tuple(
                _group(name, noted.get(name or ""), tuple(activities)) for name, activities in grouped.items()
            ),
        }


def _group(name: str | None, noted: Category | None, activities: tuple[Activity, ...]) -> Mapping[str, Any]:
    named: list[Activity] = []
    told: list[Activity] = []
    for activity in activities:
        (named if activity.has_only(*_NAMING) else told).append(activity)
    return {
        "name": name,
        "category": name,
        "heading": noted.heading if noted else None,
        "narrative": noted.narrative if noted else (),
        "points": noted.points if noted else (),
        "activities": activities,
        "named": tuple(named),
        "told": tuple(told),
        "held": (noted.times if noted else None) or _held(activities),
        "attendance": (noted.attendance if noted else None) or _attendance(activities),
    }


def _held(activities: tuple[Activity, ...]) -> Count | None:
    if not all(activity.times or activity.held_on for activity in activities):
        return None
    return total([activity.times or ONCE for activity in activities], "场")


def _attendance(activities: tuple[Activity, ...]) -> Count | None:
    return total([activity.attendance for activity in activities], "人次")


def _months(activities: Iterable[Activity], within: Period) -> tuple[Mapping[str, Any], ...]:
    """Return the months of ``within``, or of a longer time those from the first activity to the last."""
    counted: dict[tuple[int, int], list[Count]] = {}
    elsewhere: list[Count] = []
    for activity in activities:
        times, held_on = activity.times or ONCE, activity.held_on
        if held_on and (held_on.start.year, held_on.start.month) == (held_on.end.year, held_on.end.month):
            counted.setdefault((held_on.start.year, held_on.start.month), []).append(times)
        else:
            elsewhere.append(times)
    months = list(within.months())
    if len(months) > _LONGEST_YEAR:
        months = list(Period(start=_first(min(counted)), end=_first(max(counted))).months()) if counted else []
    shown = [*months, *sorted(set(counted) - set(months))]
    rows = [_month(*month, counted.get(month, ())) for month in shown]
    if elsewhere:
        rows.append({"month": None, "times": total(elsewhere, "场")})
    return tuple(rows)


def _month(year: int, month: int, held: Iterable[Count]) -> dict[str, Any]:
    """Return the row of a month. A year has many, mostly not looked at: they are made without models."""
    times = total_fields(held, "场")
    start = datetime.date(year, month, 1)
    end = datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)
    return {"month": {"start": start, "end": end}, "times": 0 if times is None else times if times["value"] else None}


def _first(month: tuple[int, int]) -> datetime.date:
    return datetime.date(*month, 1)
