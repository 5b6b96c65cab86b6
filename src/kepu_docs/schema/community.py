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


class Community(Record):
    """The writer (a community or another body), and its basic figures."""

    name: Name
    """Its name: 试验社区."""
    level: Annotated[Level, Field(json_schema_extra=lambda schema: schema.pop("default", None))] = "community"
    """What it is: community, village, school, street office, town … If not given, the end of its name decides."""
    code: Name | None = None
    """Its administrative division code, with all zeros: "000101"."""
    street: Name | None = None
    """Its street office or township: 试验街道."""
    district: Name | None = None
    """Its district or county."""
    city: Name | None = None
    """Its city."""
    province: Name | None = None
    """Its province."""
    residents: Annotated[MaybeCount, Unit("人")] = UNKNOWN
    """How many people live there, in 人; for a school, teachers and pupils; for an institution, those it serves."""
    floating: Annotated[MaybeCount, Unit("人")] = UNKNOWN
    """Residents registered elsewhere (流动人口), in 人."""
    households: Annotated[MaybeCount, Unit("户")] = UNKNOWN
    """Number of households, in 户."""
    area: Annotated[MaybeMeasure, Unit("平方公里")] = UNKNOWN
    """Its area, in 平方公里."""
    grids: Annotated[MaybeCount, Unit("个")] = UNKNOWN
    """Number of grids (网格), in 个."""
    units: Annotated[MaybeCount, Unit("家")] = UNKNOWN
    """Organisations located there (驻区单位), in 家."""

    def model_post_init(self, context: Any) -> None:
        """Take the level from the name, where it is not given. It still counts as not given when it is written."""
        if "level" not in self.model_fields_set:
            self.__dict__["level"] = level_of(self.name)
