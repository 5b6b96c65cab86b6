"""Who the summary is about."""

from typing import Annotated, Literal, TypeAlias

from kepu_docs.schema.quantity import Count, Measure, Unit
from kepu_docs.schema.record import ROLLED_UP, Record
from kepu_docs.schema.text import TextRule

Name = Annotated[str, TextRule(60)]
"""A name of a place or body, at most 60 characters."""


Level: TypeAlias = Literal["community", "street", "town", "township", "district", "county", "city"]
"""What sort of body a summary is about."""


class Community(Record):
    """The community, and its basic figures."""

    name: Name
    """Its name: 试验社区."""
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
    residents: Annotated[Count, Unit("人")] | None = None
    """How many people live there, in 人."""
    floating: Annotated[Count, Unit("人")] | None = None
    """How many of them are registered elsewhere (流动人口), in 人."""
    households: Annotated[Count, Unit("户")] | None = None
    """How many households, in 户."""
    area: Annotated[Measure, Unit("平方公里")] | None = None
    """Its area, in 平方公里."""
    grids: Annotated[Count, Unit("个")] | None = None
    """How many grids (网格), in 个."""
    units: Annotated[Count, Unit("家")] | None = None
    """How many organisations have their seat there (驻区单位), in 家."""
    level: Annotated[Level, ROLLED_UP] = "community"
    """What it is: a community, or a higher body whose communities are told together."""
