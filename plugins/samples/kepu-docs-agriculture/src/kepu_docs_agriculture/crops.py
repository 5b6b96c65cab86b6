"""Crops: new varieties, new techniques, and yields."""

from typing import Annotated

from kepu_docs.plugin import UNKNOWN, Line, MaybeCount, MaybeShare, Record, SomeMeasure, Text, Unit


class Variety(Record):
    """A new variety."""

    name: Line
    """Its name: 试验稻1号."""
    crop: Line | None = None
    """Of which crop: 水稻."""
    source: Line | None = None
    """From where it came: 省农业科学院."""
    area: Annotated[MaybeCount, Unit("亩")] = UNKNOWN
    """On how much land it is grown, in whole 亩."""
    result: Text | None = None
    """The result."""


class Technique(Record):
    """A new technique."""

    name: Line
    """Its name: 水肥一体化."""
    crop: Line | None = None
    """For which crop: 蔬菜."""
    area: Annotated[MaybeCount, Unit("亩")] = UNKNOWN
    """On how much land it is applied, in whole 亩."""
    result: Text | None = None
    """The result."""


class Harvest(Record):
    """What a crop yielded."""

    crop: Line
    """Which crop: 水稻."""
    per_mu: Annotated[SomeMeasure, Unit("公斤")]
    """How much one 亩 yielded on the average, in 公斤."""
    growth: Annotated[MaybeShare, Unit("%")] = UNKNOWN
    """How much more that is than the year before, in %."""
    area: Annotated[MaybeCount, Unit("亩")] = UNKNOWN
    """On how much land it was grown, in whole 亩."""
