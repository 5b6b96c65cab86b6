"""活动: how much was held, in which month and of which category, and what most people came to."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kepu_docs.adding.entries import is_made, largest
from kepu_docs.contract.rollups import Amount, Gathered, Mention, Part, RollupRule, known, made, parts_of, told
from kepu_docs.schema import Count, Period, WorkSummary
from kepu_docs.schema.sections.activities import Activities, Activity

_TOTALS: Final = {
    "times_total": "场",
    "attendance_total": "人次",
    "online_views_total": "人次",
    "materials_total": "份",
    "boards_total": "块",
}
_OF_EACH: Final = ("online_views", "materials", "boards")
_ONCE: Final = Count(value=1, unit="场")
_AT_LEAST_ONCE: Final = Count(value=1, unit="场", approx="at_least")
"""How often something was held of which neither how often nor when is known."""
_FEWEST_SHOWN: Final = 2
"""Of months in a chart."""


def _tell(section: Activities, summary: WorkSummary) -> Iterator[Part]:
    yield from told(section, _TOTALS, ("partners",))
    held = () if is_made(summary) else section.activities
    listed = [(f"activities[{place}]", activity) for place, activity in enumerate(held)]
    yield from _held(section, listed)
    yield from _by_category(section, listed)
    if section.attendance_total is None:
        yield from parts_of("attendance_total", "", _came(listed))
    for field in _OF_EACH:
        if getattr(section, f"{field}_total") is None:
            for path, activity in listed:
                if getattr(activity, field) is not None:
                    yield Amount(f"{field}_total", getattr(activity, field), f"{path}.{field}")
    for activity in section.activities:
        yield from (Mention("partners", partner) for partner in activity.partners)
        yield from largest("activities", activity, activity.attendance, summary)


def _held(section: Activities, listed: list[tuple[str, Activity]]) -> Iterator[Part]:
    """Yield how often something was held, in all and in each month."""
    for path, activity in listed:
        times = activity.times or (_ONCE if activity.held_on else _AT_LEAST_ONCE)
        path = f"{path}.times" if activity.times else path
        if section.times_total is None:
            yield Amount("times_total", times, path)
        if not section.months:
            yield Amount("months.times", times, path, _month(activity.held_on))
    for place, month in enumerate(section.months):
        yield Amount("months.times", month.times, f"months[{place}].times", _month(month.month))


def _by_category(section: Activities, listed: list[tuple[str, Activity]]) -> Iterator[Part]:
    """Yield how often something of each category was held, and how many came."""
    known_times = {category.name for category in section.categories if category.times}
    known_attendance = {category.name for category in section.categories if category.attendance}
    for place, category in enumerate(section.categories):
        for field in ("times", "attendance"):
            quantity = getattr(category, field)
            if quantity is not None:
                yield Amount(f"categories.{field}", quantity, f"categories[{place}].{field}", category.name)
    named: dict[str, list[tuple[str, Activity]]] = {}
    for path, activity in listed:
        if activity.category:
            named.setdefault(activity.category, []).append((path, activity))
    for name, those in named.items():
        if name not in known_times:
            for path, activity in those:
                times = activity.times or (_ONCE if activity.held_on else _AT_LEAST_ONCE)
                yield Amount("categories.times", times, f"{path}.times" if activity.times else path, name)
        if name not in known_attendance:
            yield from parts_of("categories.attendance", name, _came(those))


def _came(listed: list[tuple[str, Activity]]) -> Iterator[tuple[str, Count | None]]:
    return ((f"{path}.attendance", activity.attendance) for path, activity in listed)


def _month(period: Period | None) -> str:
    """Return the month that a time lies in, ``""`` where it is not known or there are several."""
    if period is None or (period.start.year, period.start.month) != (period.end.year, period.end.month):
        return ""
    return f"{period.start.year}-{period.start.month:02}"


def _make(gathered: Gathered) -> Mapping[str, Any]:
    times, came = gathered.each("categories.times", "场"), gathered.each("categories.attendance", "人次")
    categories = [
        known({"name": name, "times": times.get(name), "attendance": came.get(name)})
        for name in dict.fromkeys((*times, *came))
        if name
    ]
    months = sorted(gathered.each("months.times", "场").items(), key=lambda each: (not each[0], each[0]))
    charts = {"by_month": "bar"} if sum(bool(month) for month, _ in months) >= _FEWEST_SHOWN else {}
    return known(
        {
            **made(gathered, _TOTALS, ("partners",)),
            "categories": categories,
            "months": [known({"month": month or None, "times": held}) for month, held in months],
            "activities": gathered.best("activities"),
            "charts": charts,
        }
    )


ACTIVITIES: Final = RollupRule(_tell, _make)
