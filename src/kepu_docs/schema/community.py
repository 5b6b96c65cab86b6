"""Who the summary is about."""

from typing import Annotated, Literal, TypeAlias

from kepu_docs.schema.converted import UNKNOWN
from kepu_docs.schema.quantity import MaybeCount, MaybeMeasure, Unit
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
    residents: Annotated[MaybeCount, Unit("人")] = UNKNOWN
    """How many people live there, in 人."""
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
    level: Annotated[Level, ROLLED_UP] = "community"
    """What it is: a community, or a higher body whose communities are put together."""
