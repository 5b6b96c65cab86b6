"""Where people are safe: shelters, and houses that withstand an earthquake."""

from typing import Annotated

from kepu_docs.plugin import Count, Line, Record, Unit


class Shelter(Record):
    """A shelter for emergencies."""

    name: Line
    """Its name: 试验广场避难场所."""
    category: Line | None = None
    """Of which sort it is: 室外, 室内."""
    place: Line | None = None
    """Where."""
    capacity: Annotated[Count, Unit("人")] | None = None
    """How many find room there, in 人."""
    area: Annotated[Count, Unit("平方米")] | None = None
    """How large it is, in whole 平方米."""


class Reinforcement(Record):
    """Houses reinforced against earthquakes."""

    done: Annotated[Count, Unit("户")] | None = None
    """Houses that have been reinforced, in 户."""
    needed: Annotated[Count, Unit("户")] | None = None
    """All houses that need it, those that have it by now among them, in 户."""
    funds: Annotated[Count, Unit("元")] | None = None
    """What it cost, in whole 元."""
