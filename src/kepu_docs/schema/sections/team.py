"""队伍: the people who do the work."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from kepu_docs.schema.community import Name
from kepu_docs.schema.quantity import Count, Unit
from kepu_docs.schema.record import ROLLED_UP, Record
from kepu_docs.schema.summary import FactSection
from kepu_docs.schema.text import Line, Many, Text

if TYPE_CHECKING:
    from kepu_docs.schema.summary import WorkSummary


class TeamGroup(Record):
    """One group among the team."""

    name: Line
    """Its name: 夕阳红宣讲队."""
    community: Annotated[Name | None, ROLLED_UP] = None
    """Whose it is, in the summary of a higher body."""
    members: Annotated[Count, Unit("人")] | None = None
    """How many it has, in 人."""
    work: Text | None = None
    """What it does."""


class Team(FactSection):
    """队伍: cadres, volunteers, experts."""

    kind: Literal["team"]
    full_time: Annotated[Count, Unit("人")] | None = None
    """Full-time workers (专职), in 人."""
    part_time: Annotated[Count, Unit("人")] | None = None
    """Part-time workers (兼职), in 人."""
    volunteers: Annotated[Count, Unit("人")] | None = None
    """Volunteers, in 人."""
    registered_volunteers: Annotated[Count, Unit("人")] | None = None
    """Those of them who are registered, in 人."""
    makeup: Many[Line] = ()
    """Whom the volunteers are made up of: 退休教师, 医务工作者."""
    experts: Annotated[Count, Unit("人")] | None = None
    """Experts and lecturers, in 人."""
    informants: Annotated[Count, Unit("人")] | None = None
    """Science information officers (科普信息员), in 人."""
    person_months: Annotated[Count, Unit("人月")] | None = None
    """Work put in over the period, in 人月."""
    groups: Many[TeamGroup] = ()
    """Groups among the team."""
    groups_total: Annotated[Annotated[Count, Unit("支")] | None, ROLLED_UP] = None
    """How many groups in all, where not all of them are listed, in 支."""

    def facts(self, summary: "WorkSummary") -> Mapping[str, Any]:
        """``named``: names of groups of which nothing else is known; ``told``: the other groups."""
        return {
            "named": tuple(group.name for group in self.groups if group.has_only("name")),
            "told": tuple(group for group in self.groups if not group.has_only("name")),
        }
