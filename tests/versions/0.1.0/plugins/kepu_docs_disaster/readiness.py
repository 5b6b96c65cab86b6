"""What stands ready: teams, drills and supplies."""

from typing import Annotated

from kepu_docs.plugin import Count, Line, Period, Record, Unit


class RescueTeam(Record):
    """A team for emergencies."""

    name: Line
    """Its name: 抢险救援队."""
    members: Annotated[Count, Unit("人")] | None = None
    """How many it has, in 人."""


class Drill(Record):
    """A drill, or several of the same."""

    name: Line
    """Its name: 地震应急疏散演练."""
    held_on: Period | None = None
    """When it was held."""
    place: Line | None = None
    """Where."""
    scenario: Line | None = None
    """What was assumed: 6.0级地震."""
    times: Annotated[Count, Unit("场")] | None = None
    """How often it was held, in 场; once where not given."""
    attendance: Annotated[Count, Unit("人次")] | None = None
    """How many took part, all times together, in 人次."""


class Supply(Record):
    """Something in store for emergencies."""

    name: Line
    """What it is: 应急灯."""
    number: Annotated[Count, Unit("件")] | None = None
    """How many, in 件 or another unit: 20盏."""
