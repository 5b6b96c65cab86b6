"""防震减灾: the section, and the facts computed for it."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from kepu_docs.plugin import UNKNOWN, Count, FactSection, Line, Many, MaybeCount, Measure, Unit, WorkSummary, total
from kepu_docs_disaster.places import Reinforcement, Shelter
from kepu_docs_disaster.readiness import Drill, RescueTeam, Supply


class DisasterPrevention(FactSection):
    """Disaster prevention: drills, shelters, and houses made safe."""

    kind: Literal["disaster_prevention"] = "disaster_prevention"
    in_assessment: bool | None = None
    """Whether the year-end assessment looks at it."""
    documents: Many[Line] = ()
    """The notices that were carried out: 《关于开展防灾演练的通知》."""
    plans: Many[Line] = ()
    """Plans for emergencies: 地震应急预案."""
    teams: Many[RescueTeam] = ()
    """Teams for emergencies."""
    topics: Many[Line] = ()
    """What the residents were told about: 农房抗震设防."""
    drills: Many[Drill] = ()
    """The drills, one by one."""
    drills_total: Annotated[MaybeCount, Unit("场")] = UNKNOWN
    """How many drills in all, where not all are listed, in 场."""
    attendance_total: Annotated[MaybeCount, Unit("人次")] = UNKNOWN
    """How many attendances in all, where not all drills are listed, in 人次."""
    shelters: Many[Shelter] = ()
    """The shelters, one by one."""
    reinforcement: Reinforcement | None = None
    """Houses reinforced against earthquakes."""
    supplies: Many[Supply] = ()
    """What is in store for emergencies."""

    def facts(self, summary: WorkSummary) -> Mapping[str, Any]:
        """Return the totals ``held`` and ``attendance`` of drills, and ``places``, the shelters grouped by category.

        For shelters there are also the totals ``place_count``, ``capacity`` and ``area``; for the teams, the total
        ``members``; ``share`` is the share of the houses in need that have been reinforced, in %.
        """
        return {
            "held": self.drills_total or total((drill.times or Count(value=1) for drill in self.drills), "场"),
            "attendance": self.attendance_total or total((drill.attendance for drill in self.drills), "人次"),
            "places": together(self.shelters),
            "place_count": total((Count(value=1) for _ in self.shelters), "处"),
            "capacity": total((shelter.capacity for shelter in self.shelters), "人"),
            "area": total((shelter.area for shelter in self.shelters), "平方米"),
            "members": total((team.members for team in self.teams), "人"),
            "share": share(self.reinforcement),
        }


def together(shelters: Sequence[Shelter]) -> tuple[Shelter, ...]:
    """Return the shelters grouped by category; those without a category come last."""
    order = list(dict.fromkeys(shelter.category for shelter in shelters if shelter.category))
    return tuple(sorted(shelters, key=lambda each: order.index(each.category) if each.category else len(order)))


def share(reinforcement: Reinforcement | None) -> Measure | None:
    """Return the share of the needed work that has been done, in %; ``None`` if it is not known.

    It has one decimal, or none if the numbers are approximate.
    """
    done, needed = (reinforcement.done, reinforcement.needed) if reinforcement else (None, None)
    if done is None or needed is None or not needed.value:
        return None
    exact = done.approx == needed.approx == "exactly"
    value = round(100 * done.value / needed.value, 1 if exact else 0)
    return Measure(value=value, unit="%", approx="exactly" if exact else "about")
