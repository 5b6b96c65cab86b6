"""A work summary, the whole of a record, and what its sections share."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar, Final, Literal, TypeAlias, Union

from pydantic import BeforeValidator, Field, create_model

from kepu_docs.schema.community import Community, Name
from kepu_docs.schema.paper import Imprint, Letterhead
from kepu_docs.schema.passages import Passage
from kepu_docs.schema.period import Day, Period
from kepu_docs.schema.record import Record
from kepu_docs.schema.shapes import choices_of
from kepu_docs.schema.text import Line, Many, Prose, Text, as_tuple

MOST_SECTIONS: Final = 100


ChartShape: TypeAlias = Literal["bar", "line", "pie"]
"""How a chart is drawn."""


MainFigure: TypeAlias = Literal[
    "residents", "volunteers", "trainings", "trained", "activities_held", "activity_attendance", "funds"
]
"""The figures by which communities are compared."""


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
    main_figures: ClassVar[tuple[tuple[MainFigure, str, str], ...]] = ()
    """The main figures that such sections state, by which communities are compared; with each the field that has the
    sum in the section of a higher body, and the field or computed fact that has it in any section."""
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
        (name,) = choices_of(cls, "kind")
        return name

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


class WorkSummary(Record):
    """The facts of a community's year of science popularisation.

    Records are read with the subclass that :func:`summary_model` makes, which knows the section kinds.
    """

    community: Community
    """Who the summary is about."""
    period: Period
    """The time it is about: 2025, 2025-H1, 2025-Q3, 2025-09, or from one day to another."""
    title: Line | None = None
    """The title; made from community and period where not given."""
    letterhead: Letterhead | None = None
    """What stands above the title of a formal paper (版头)."""
    addressee: Line | None = None
    """Whom it is for (主送机关), without a colon: 试验街道办事处."""
    opening: Prose = ()
    """Opening paragraphs."""
    written: Many[Passage] | None = None
    """The opening as it was written, passage by passage; told in place of what the wording makes of the opening and of
    the community's figures."""
    sections: tuple[Section, ...] = ()
    """The sections, in the order in which they are told."""
    closing: Prose = ()
    """Closing paragraphs."""
    attachments: Many[Line] = ()
    """Names of the attachments, without punctuation at the end."""
    signed_by: Name | None = None
    """Who signs: 试验社区居民委员会."""
    signed_on: Day | None = None
    """The day of signing."""
    sealed: bool = False
    """Whether a seal will be put on the paper; it decides where the signature stands."""
    imprint: Imprint | None = None
    """What stands at the foot of a formal paper's last page (版记)."""


def summary_model(models: Iterable[type[Section]]) -> type[WorkSummary]:
    """Return the model of a record whose sections are of the given kinds."""
    kinds = tuple(models)
    section: Any = Union[kinds]  # noqa: UP007  (made at run time)
    if len(kinds) > 1:
        section = Annotated[section, Field(discriminator="kind")]
    sections: Any = Annotated[tuple[section, ...], Field(max_length=MOST_SECTIONS), BeforeValidator(as_tuple)]
    description = WorkSummary.model_fields["sections"].description
    return create_model(
        "WorkSummary",
        __base__=WorkSummary,
        __doc__=WorkSummary.__doc__,
        sections=(sections, Field((), description=description)),
    )
