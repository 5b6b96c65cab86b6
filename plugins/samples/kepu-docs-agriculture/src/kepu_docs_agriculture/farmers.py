"""Those who adopt the innovations: demonstration bases, courses for farmers, and experts in the fields."""

from typing import Annotated

from kepu_docs.plugin import UNKNOWN, Line, MaybeCount, MaybePeriod, Record, Unit


class DemonstrationBase(Record):
    """A place where farmers see how it is done."""

    name: Line
    """Its name: 试验村示范基地."""
    place: Line | None = None
    """Where."""
    crop: Line | None = None
    """What is grown there: 水稻."""
    area: Annotated[MaybeCount, Unit("亩")] = UNKNOWN
    """How large, in whole 亩."""


class Course(Record):
    """A course for farmers."""

    topic: Line
    """What it taught: 水稻病虫害绿色防控."""
    held_on: MaybePeriod = UNKNOWN
    """When it was held."""
    place: Line | None = None
    """Where."""
    trainer: Line | None = None
    """Who taught it."""
    attendance: Annotated[MaybeCount, Unit("人次")] = UNKNOWN
    """Attendances, in 人次 (all sessions)."""


class Visit(Record):
    """A visit of experts to the fields."""

    expert: Line
    """Who came: 县农业技术推广中心专家."""
    held_on: MaybePeriod = UNKNOWN
    """When."""
    place: Line | None = None
    """To which village or field."""
    advice: Line | None = None
    """On what they advised: 水稻育秧."""
    advised: Annotated[MaybeCount, Unit("户次")] = UNKNOWN
    """How many households they advised, in 户次."""
