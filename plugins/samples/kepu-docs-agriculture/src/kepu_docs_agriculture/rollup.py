"""How the sections of communities are added up to the section of a street office or district."""

from collections.abc import Iterator, Mapping
from typing import Any

from kepu_docs.plugin import Amount, Count, Gathered, Mention, Part, RollupRule, WorkSummary
from kepu_docs_agriculture.section import Agriculture

UNITS = {
    "varieties_total": "个",
    "techniques_total": "项",
    "demonstration_households": "户",
    "courses_total": "期",
    "attendance_total": "人次",
    "visits_total": "次",
}


def tell(section: Agriculture, summary: WorkSummary) -> Iterator[Part]:
    """Yield the amounts of a section: the stated totals, or else the number of listed entries.

    What two communities introduce counts twice. The income gain of a household is an average, and is not added.
    """
    lists = {
        "varieties_total": section.varieties,
        "techniques_total": section.techniques,
        "courses_total": section.courses,
        "visits_total": section.visits,
    }
    for figure, unit in UNITS.items():
        stated = getattr(section, figure)
        if stated is not None:
            yield Amount(figure, stated, figure)
        elif lists.get(figure):
            yield Amount(figure, Count(value=len(lists[figure]), unit=unit), figure.removesuffix("_total"))
    if section.attendance_total is None and any(course.attendance for course in section.courses):
        for place, course in enumerate(section.courses):
            yield Amount("attendance_total", course.attendance, f"courses[{place}].attendance")
    for name in section.audiences:
        yield Mention("audiences", name)


def make(gathered: Gathered) -> Mapping[str, Any]:
    """Return the fields of the higher body's section."""
    sums = {figure: gathered.total(figure, unit) for figure, unit in UNITS.items()}
    fields = {**sums, "audiences": gathered.names("audiences")}
    return {name: value for name, value in fields.items() if value}


RULE = RollupRule(tell, make)
