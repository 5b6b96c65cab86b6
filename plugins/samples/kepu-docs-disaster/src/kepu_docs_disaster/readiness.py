"""Emergency resources: teams, drills and supplies."""

from typing import Annotated

from kepu_docs.plugin import UNKNOWN, Line, MaybeCount, MaybePeriod, Record, Unit


class RescueTeam(Record):
    """A team for emergencies."""

    name: Line
    """Its name: 抢险救援队."""
    members: Annotated[MaybeCount, Unit("人")] = UNKNOWN
    """Number of members, in 人."""


class Drill(Record):
    """A drill, or several of the same."""

    name: Line
    """Its name: 地震应急疏散演练."""
    held_on: MaybePeriod = UNKNOWN
    """When it was held."""
    place: Line | None = None
    """Where."""
    scenario: Line | None = None
    """What was assumed: 6.0级地震."""
    times: Annotated[MaybeCount, Unit("场")] = UNKNOWN
    """How often it was held, in 场; once where not given."""
    attendance: Annotated[MaybeCount, Unit("人次")] = UNKNOWN
    """How many took part, all times together, in 人次."""


class Supply(Record):
    """Something in store for emergencies."""

    name: Line
    """What it is: 应急灯."""
    number: Annotated[MaybeCount, Unit("件")] = UNKNOWN
    """How many, in 件 or another unit: 20盏."""
