"""The base of every section, and what sections share."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, TypeAlias, get_args

from pydantic.fields import FieldInfo

from kepu_docs.schema.passages import Passage
from kepu_docs.schema.record import Record
from kepu_docs.schema.text import Line, Many, Prose, Text

if TYPE_CHECKING:
    from kepu_docs.schema.summary import WorkSummary


class RolledUp:
    """Marks a field that only the summaries of higher bodies have: what is handed out to be filled in lacks it."""


ROLLED_UP: Final = RolledUp()
"""Marks a field that only the summaries of higher bodies have: ``Annotated[…, ROLLED_UP]``."""


def is_rolled_up(field: FieldInfo) -> bool:
    """Tell whether only the summaries of higher bodies have a field."""
    return any(isinstance(mark, RolledUp) for mark in field.metadata)


ChartShape: TypeAlias = Literal["bar", "line", "pie"]
"""How a chart is drawn."""


class Photo(Record):
    """A photograph."""

    file: Line
    """Its file, from the record's folder on: photos/lecture.jpg."""
    caption: Line | None = None
    """What stands below it."""
    alt: Line | None = None
    """What it shows, for those who cannot see it, where the caption does not say it."""


class Section(Record):
    """The base of all section kinds. A subclass gives ``kind`` a ``Literal`` of one name."""

    rolled_up: ClassVar[bool] = False
    """Whether only the summaries of higher bodies have such sections: what is handed out to be filled in has none."""
    kind: str
    heading: Line | None = None
    """The section's own heading, in place of the usual one of its kind."""
    photos: Many[Photo] = ()
    """Photographs, shown at the section's end, two side by side."""
    written: Many[Passage] | None = None
    """The section as it was written, passage by passage; told in place of what the wording makes of its facts."""

    @classmethod
    def kind_name(cls) -> str:
        """The one value that ``kind`` may have."""
        (name,) = get_args(cls.model_fields["kind"].annotation)
        return str(name)

    def facts(self, summary: "WorkSummary") -> Mapping[str, Any]:
        """Facts computed from the data, by name; the wording template finds them beside the fields.

        Values are what fields may be: texts, numbers, dates, quantities, tuples and mappings of such.
        """
        return {}


class FactSection(Section):
    """A section of typed facts, with room for the writer's own words."""

    narrative: Prose = ()
    """Paragraphs in the writer's own words, told after the sentences made from the facts."""
    points: Many[Text] = ()
    """Points in the writer's own words, told as 一是…, 二是…"""


class Person(Record):
    """Somebody in a post; either part may be left out."""

    name: Line | None = None
    """The person's name."""
    title: Line | None = None
    """The post: 社区党委书记."""
