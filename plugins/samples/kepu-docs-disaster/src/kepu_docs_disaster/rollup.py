"""How the sections of communities are added up to the section of a street office or district."""

from collections.abc import Iterator, Mapping
from typing import Any

from kepu_docs.plugin import Amount, Count, Gathered, Mention, Part, RollupRule, WorkSummary
from kepu_docs_disaster.section import DisasterPrevention

UNITS = {"drills_total": "场", "attendance_total": "人次"}
NAMES = ("documents", "plans", "topics")


def tell(section: DisasterPrevention, summary: WorkSummary) -> Iterator[Part]:
    """Yield the amounts and names of a section: the stated totals, or else the sums of its drills."""
    drills = section.drills
    if section.drills_total is not None:
        yield Amount("drills_total", section.drills_total, "drills_total")
    else:
        for place, drill in enumerate(drills):
            yield Amount("drills_total", drill.times or Count(value=1, unit="场"), f"drills[{place}]")
    if section.attendance_total is not None:
        yield Amount("attendance_total", section.attendance_total, "attendance_total")
    elif any(drill.attendance for drill in drills):
        for place, drill in enumerate(drills):
            yield Amount("attendance_total", drill.attendance, f"drills[{place}].attendance")
    for field in NAMES:
        for name in getattr(section, field):
            yield Mention(field, name)


def make(gathered: Gathered) -> Mapping[str, Any]:
    """Return the fields of the higher body's section."""
    sums = {figure: gathered.total(figure, unit) for figure, unit in UNITS.items()}
    fields = {**sums, **{field: gathered.names(field) for field in NAMES}}
    return {name: value for name, value in fields.items() if value}


RULE = RollupRule(tell, make)
