"""农业科技推广: the section, and the facts computed for it."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from kepu_docs.plugin import UNKNOWN, Count, FactSection, Line, Many, MaybeCount, Record, Unit, WorkSummary, total
from kepu_docs_agriculture.crops import Harvest, Technique, Variety
from kepu_docs_agriculture.farmers import Course, DemonstrationBase, Visit


class Agriculture(FactSection):
    """New varieties and techniques, and the farmers who take them up."""

    kind: Literal["agriculture"] = "agriculture"
    varieties: Many[Variety] = ()
    """The new varieties, one by one."""
    varieties_total: Annotated[MaybeCount, Unit("个")] = UNKNOWN
    """How many new varieties in all, where not all are listed, in 个."""
    techniques: Many[Technique] = ()
    """The new techniques, one by one."""
    techniques_total: Annotated[MaybeCount, Unit("项")] = UNKNOWN
    """How many new techniques in all, where not all are listed, in 项."""
    demonstration_households: Annotated[MaybeCount, Unit("户")] = UNKNOWN
    """Demonstration households, in 户."""
    bases: Many[DemonstrationBase] = ()
    """Demonstration bases."""
    audiences: Many[Line] = ()
    """For whom the courses were: 种养大户, 农村致富能手."""
    courses: Many[Course] = ()
    """The courses, one by one."""
    courses_total: Annotated[MaybeCount, Unit("期")] = UNKNOWN
    """How many courses in all, where not all are listed, in 期."""
    attendance_total: Annotated[MaybeCount, Unit("人次")] = UNKNOWN
    """How many attendances in all, where not all courses are listed, in 人次."""
    visits: Many[Visit] = ()
    """Visits of experts to the fields, one by one."""
    visits_total: Annotated[MaybeCount, Unit("次")] = UNKNOWN
    """How many visits in all, where not all are listed, in 次."""
    harvests: Many[Harvest] = ()
    """What the crops yielded."""
    income_gain: Annotated[MaybeCount, Unit("元")] = UNKNOWN
    """How much more a household earned on the average, in whole 元."""

    def facts(self, summary: WorkSummary) -> Mapping[str, Any]:
        """Return the totals ``variety_count``, ``technique_count``, ``base_count``, ``held`` and ``visited``.

        There are also the totals ``variety_area``, ``attendance`` and ``advised``. Varieties, techniques and bases are
        split into those of which little more than the name is known (``named_varieties`` …) and the others
        (``described_varieties`` …).
        """
        return {
            "variety_count": self.varieties_total or number(self.varieties, "个"),
            "technique_count": self.techniques_total or number(self.techniques, "项"),
            "base_count": number(self.bases, "个"),
            "held": self.courses_total or number(self.courses, "期"),
            "visited": self.visits_total or number(self.visits, "次"),
            "variety_area": total((variety.area for variety in self.varieties), "亩"),
            "attendance": self.attendance_total or total((course.attendance for course in self.courses), "人次"),
            "advised": total((visit.advised for visit in self.visits), "户次"),
            **parted("varieties", self.varieties, "name", "crop"),
            **parted("techniques", self.techniques, "name"),
            **parted("bases", self.bases, "name"),
        }


def number(things: Sequence[Record], unit: str) -> Count | None:
    """Return how many things there are; ``None`` if there are none."""
    return Count(value=len(things), unit=unit) if things else None


def parted(what: str, things: Sequence[Record], *naming: str) -> Mapping[str, Any]:
    """Return the things of which only the fields ``naming`` are known, and the others."""
    named: list[Record] = []
    described: list[Record] = []
    for thing in things:
        others = (value for name, value in thing if name not in naming)
        # A quantity of 0 means the same as a missing one.
        (described if any(value and getattr(value, "value", 1) for value in others) else named).append(thing)
    return {f"named_{what}": tuple(named), f"described_{what}": tuple(described)}
