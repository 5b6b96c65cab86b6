"""Safe places: shelters, and houses that withstand an earthquake."""

from typing import Annotated

from kepu_docs.plugin import UNKNOWN, Line, MaybeCount, Record, Unit


class Shelter(Record):
    """A shelter for emergencies."""

    name: Line
    """Its name: 试验广场避难场所."""
    category: Line | None = None
    """Of which sort it is: 室外, 室内."""
    place: Line | None = None
    """Where."""
    capacity: Annotated[MaybeCount, Unit("人")] = UNKNOWN
    """How many find room there, in 人."""
    area: Annotated[MaybeCount, Unit("平方米")] = UNKNOWN
    """How large it is, in whole 平方米."""


class Reinforcement(Record):
    """Houses reinforced against earthquakes."""

    done: Annotated[MaybeCount, Unit("户")] = UNKNOWN
    """Houses that have been reinforced, in 户."""
    needed: Annotated[MaybeCount, Unit("户")] = UNKNOWN
    """All houses that need it, those that have it by now among them, in 户."""
    funds: Annotated[MaybeCount, Unit("元")] = UNKNOWN
    """What it cost, in whole 元."""
