"""Who the summary is about."""

from typing import Annotated, Any

from pydantic import Field

from kepu_docs.schema.converted import UNKNOWN
from kepu_docs.schema.levels import Level, level_of
from kepu_docs.schema.quantity import MaybeCount, MaybeMeasure, Unit
from kepu_docs.schema.record import Record
from kepu_docs.schema.text import TextRule

Name = Annotated[str, TextRule(60)]
"""A name of a place or body, at most 60 characters."""


def _level(known: dict[str, Any]) -> Level:
    """Return the level that a name says; a name that was refused is not among what is known."""
    return level_of(known.get("name", ""))


class Community(Record):
    """Who writes: a community or another body, and its basic figures."""

    name: Name
    """Its name: 试验社区."""
    level: Level = Field(default_factory=_level)
    """What it is: community, village, school, street office, town … Where not given, what its name ends in says so."""
    code: Name | None = None
    """Its code in the register of divisions, with all its zeros: "000101"."""
    street: Name | None = None
    """Its street office or township: 试验街道."""
    district: Name | None = None
    """Its district or county."""
    city: Name | None = None
    """Its city."""
    province: Name | None = None
    """Its province."""
    residents: Annotated[MaybeCount, Unit("人")] = UNKNOWN
    """How many people live there, in 人; of a school its teachers and pupils, of an institution those it serves."""
    floating: Annotated[MaybeCount, Unit("人")] = UNKNOWN
    """How many of them are registered elsewhere (流动人口), in 人."""
    households: Annotated[MaybeCount, Unit("户")] = UNKNOWN
    """How many households, in 户."""
    area: Annotated[MaybeMeasure, Unit("平方公里")] = UNKNOWN
    """Its area, in 平方公里."""
    grids: Annotated[MaybeCount, Unit("个")] = UNKNOWN
    """How many grids (网格), in 个."""
    units: Annotated[MaybeCount, Unit("家")] = UNKNOWN
    """How many organisations have their seat there (驻区单位), in 家."""
