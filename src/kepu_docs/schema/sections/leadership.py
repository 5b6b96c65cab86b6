"""组织领导: who led the work, and how it was made part of the community's work."""

from typing import Annotated, Literal

from kepu_docs.schema.period import Period
from kepu_docs.schema.quantity import Count, Unit
from kepu_docs.schema.record import ROLLED_UP, Record
from kepu_docs.schema.summary import FactSection, Person
from kepu_docs.schema.text import Line, Many


class LeadingGroup(Record):
    """The leading group (领导小组)."""

    name: Line | None = None
    """Its name; 科普工作领导小组 where not given."""
    head: Line | None = None
    """Name of the head (组长)."""
    title: Line | None = None
    """The head's post."""
    deputy: Line | None = None
    """Name of the deputy head (副组长)."""
    deputy_title: Line | None = None
    """The deputy head's post."""
    members: Annotated[Count, Unit("人")] | None = None
    """How many it has, with the head, in 人."""
    makeup: Many[Line] = ()
    """Whom it is made up of: 社区干部, 居民代表."""
    founded_on: Period | None = None
    """When it was set up."""


class CommunityLeadership(Record):
    """How the work is led in the communities of a higher body."""

    in_agenda: Annotated[Count, Unit("个")] | None = None
    """In how many of them it is on the agenda, in 个."""
    in_plan: Annotated[Count, Unit("个")] | None = None
    """In how many of them it is in the yearly plan, in 个."""
    in_assessment: Annotated[Count, Unit("个")] | None = None
    """In how many of them it counts in the yearly assessment, in 个."""
    groups: Annotated[Count, Unit("个")] | None = None
    """How many leading groups they have, in 个."""
    members: Annotated[Count, Unit("人")] | None = None
    """How many members these have, in 人."""
    associations: Annotated[Count, Unit("个")] | None = None
    """How many science associations they have, in 个."""


class Leadership(FactSection):
    """组织领导."""

    kind: Literal["leadership"]
    guided_by: Many[Line] = ()
    """Bodies that guided the work: 区科协."""
    group: LeadingGroup | None = None
    """The leading group."""
    officer: Person | None = None
    """Who has charge of the work from day to day."""
    association: Line | None = None
    """Name of the community's science association (科协组织)."""
    in_agenda: bool = False
    """Whether the work is on the community's agenda (议事日程)."""
    in_plan: bool = False
    """Whether the work is in the yearly plan (年度工作计划)."""
    in_assessment: bool = False
    """Whether the work counts in the yearly assessment (年终考评)."""
    plans: Many[Line] = ()
    """Other plans that the work is part of: 社区发展规划."""
    meetings: Annotated[Count, Unit("次")] | None = None
    """How many meetings dealt with the work, in 次."""
    rules: Many[Line] = ()
    """Rules that were made: 奖励制度."""
    communities: Annotated[CommunityLeadership | None, ROLLED_UP] = None
    """How the work is led in its communities, in the summary of a higher body."""
