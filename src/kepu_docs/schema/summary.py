"""A work summary, which is a complete record, and everything that its sections share."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal, TypeAlias, Union

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    Tag,
    TypeAdapter,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    create_model,
    field_validator,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticSerializationError, core_schema, to_jsonable_python

from kepu_docs.default_engine import named_default_engine
from kepu_docs.schema.community import Community, Name
from kepu_docs.schema.formal_paper import Imprint, Letterhead
from kepu_docs.schema.highlights import Highlight
from kepu_docs.schema.main_figures import EarlierYear, FigurePair, MainFigure, can_be_compared
from kepu_docs.schema.passages import Passage
from kepu_docs.schema.period import Day, Period, SomePeriod
from kepu_docs.schema.quantity import Count, Quantity
from kepu_docs.schema.record import Record
from kepu_docs.schema.refusal import refusal
from kepu_docs.schema.shapes import choices_of
from kepu_docs.schema.text import Line, Many, Prose, Text, as_tuple

MOST_SECTIONS: Final = 100
UNKNOWN_KIND: Final = "?"
"""The error type of validation for a section of an unknown kind."""
FORM: Final = "kepu_docs.form"
"""The key of the form of a record in a validation context."""


ChartShape: TypeAlias = Literal["bar", "line", "pie"]
"""How a chart is drawn."""

EntryOrder: TypeAlias = Literal["by_date", "as_written"]
"""In which order entries that may have a date are shown."""

Wording: TypeAlias = Literal["varied", "plain"]
"""Whether sentences that may be worded in several ways are, or all in the first."""

HeadingStyle: TypeAlias = Literal["plain", "message"]
"""Whether headings name what a section is about (科普活动), or say what was done (丰富活动形式，扩大科普覆盖)."""


class Photo(Record):
    """A photograph."""

    file: Line
    """Its file, relative to the record's folder: photos/lecture.jpg."""
    caption: Line | None = None
    """The text below it."""
    alt: Line | None = None
    """What it shows, for people who cannot see it, if the caption does not say so."""


class Section(Record):
    """The base of all section kinds. A subclass names itself by ``kind: Literal["drills"] = "drills"``."""

    rolled_up: ClassVar[bool] = False
    """Whether only the summaries of higher bodies have such sections: what is handed out to be filled in has none."""
    main_figures: ClassVar[tuple[tuple[MainFigure, str, str], ...]] = ()
    """The main figures that such sections state, by which communities are compared; with each the field that has the
    sum in the section of a higher body, and the field or computed fact that has it in any section."""
    if TYPE_CHECKING:
        # A subclass may narrow it, which would not be allowed for a field that can be set.
        kind: Any
    else:
        kind: str
    heading: Line | None = None
    """A heading of its own, instead of the usual one of its kind."""
    photos: Many[Photo] = ()
    """Photographs, placed at the end of the section, two side by side."""
    written: Many[Passage] | None = None
    """The section as it was written, passage by passage; it replaces the text made from its facts."""

    @property
    def member_levels(self) -> frozenset[str]:
        """The levels of the members from which the summary was added up, as this section names them; usually empty.

        ``mixed`` is among them if a member represents members of several levels.
        """
        return frozenset()

    @property
    def reporting(self) -> Count | None:
        """How many records the summary was added up from, if this section states it; most sections do not."""
        return None

    @property
    def partial(self) -> frozenset[str]:
        """Fields of the community that only some of those records state, if this section knows; most do not."""
        return frozenset()

    @property
    def years(self) -> tuple[Period, Sequence[FigurePair]] | None:
        """The earlier period of a comparison, and the main figures of both; most sections have no comparison."""
        return None

    def model_post_init(self, context: Any) -> None:
        """Count ``kind`` as given, so that it is always written with a section."""
        self.__pydantic_fields_set__.add("kind")

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Require ``kind``: it may be left out in Python, where the class determines it."""
        made = super().__get_pydantic_json_schema__(schema, handler)
        described = handler.resolve_ref_schema(made)
        described.get("properties", {}).get("kind", {}).pop("default", None)
        described["required"] = ["kind", *(name for name in described.get("required", ()) if name != "kind")]
        return made

    @classmethod
    def kind_name(cls) -> str:
        """The only value that ``kind`` can have."""
        (name,) = choices_of(cls, "kind")
        return name

    def facts(self, summary: "WorkSummary") -> Mapping[str, Any]:
        """Facts computed from the data, by name; the wording template finds them beside the fields.

        Values have the types of fields: texts, numbers, dates, quantities, and tuples and mappings of these.
        """
        return {}

    def standing_out(self, summary: "WorkSummary") -> Iterable[Highlight]:
        """Possible highlights (亮点) for the overview of the summary; most sections offer none.

        ``highlights/KIND.jinja`` words each.
        """
        return ()


class UnknownSection(Section):
    """A section of a kind that no installed plugin has, kept as the data that it is."""

    model_config = ConfigDict(extra="allow")

    kind: Name
    """What it calls itself."""

    @classmethod
    def kind_name(cls) -> str:
        """Empty, since it may be of any unknown kind."""
        return ""

    def has_only(self, *names: str) -> bool:
        """Whether nothing is known beyond the fields ``names``, including the data that is kept."""
        kept = (self.model_extra or {}).items()
        return super().has_only(*names) and not any(value for name, value in kept if name not in names)

    @model_validator(mode="before")
    @classmethod
    def _as_json(cls, value: Any) -> Any:
        """Keep only what JSON can hold, so that a record that is written and read again is the same."""
        try:
            return to_jsonable_python(value) if isinstance(value, Mapping) else value
        except (PydanticSerializationError, ValueError) as error:
            raise ValueError(str(error)) from None


class FactSection(Section):
    """A section of typed facts, with room for the writer's own words."""

    narrative: Prose = ()
    """Paragraphs in your own words, placed after the sentences made from the facts."""
    points: Many[Text] = ()
    """Points in your own words, displayed as 一是…, 二是…"""
    order: EntryOrder | None = None
    """The order of its entries, if different from the rest of the record."""


class Person(Record):
    """A person and a post; either may be left out."""

    name: Line | None = None
    """The person's name."""
    title: Line | None = None
    """The post: 社区党委书记."""


class _OfTheForm:
    """Validates sections with the form in the validation context, or else with that of the default engine."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self._validated)

    @staticmethod
    def _validated(value: Any, info: ValidationInfo) -> Any:
        form = info.context.get(FORM) if isinstance(info.context, Mapping) else None
        return _kinds_of(form or _default_form()).validated(value)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(_kinds_of(_default_form()).core_schema)


class _OfKinds:
    """Validates sections, each with the model of its kind, which is built when the first section of it is met."""

    def __init__(self, kinds: tuple[type[Section], ...], *, unknown: bool) -> None:
        self._kinds = {kind.kind_name(): kind for kind in kinds}
        section: Any = Union[kinds]  # noqa: UP007  (made at run time)
        if unknown:
            section = _with_unknown(kinds)
        elif len(kinds) > 1:
            section = Annotated[section, Field(discriminator="kind")]
        one: Any = Annotated[section, WrapValidator(_as_it_is)]
        self._one, self.annotation = one, tuple[one, ...]

    def validated(self, value: Any) -> Any:
        """Return the sections. Raises pydantic's ``ValidationError``."""
        return self._sections.validate_python(value)

    @property
    def core_schema(self) -> CoreSchema:
        """The schema of sections of any kind."""
        return self._any_kind.core_schema

    @cached_property
    def _sections(self) -> TypeAdapter[tuple[Any, ...]]:
        return _limited(tuple[Annotated[Any, PlainValidator(self._section)], ...])

    @cached_property
    def _any_kind(self) -> TypeAdapter[tuple[Any, ...]]:
        return _limited(self.annotation)

    @cached_property
    def _section_of_any_kind(self) -> TypeAdapter[Any]:
        return TypeAdapter(self._one)

    def _section(self, value: Any) -> Any:
        kind = value.get("kind") if type(value) is dict else None
        model = self._kinds.get(kind) if isinstance(kind, str) else None
        # The union of all kinds gives the best error for a section that fits none of them.
        return (model.__pydantic_validator__ if model else self._section_of_any_kind).validate_python(value)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.validated)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(self.core_schema)


def _limited(sections: Any) -> TypeAdapter[tuple[Any, ...]]:
    return TypeAdapter(Annotated[sections, Field(max_length=MOST_SECTIONS), BeforeValidator(as_tuple)])


def _kinds_of(form: "type[WorkSummary]") -> _OfKinds:
    """Return the validator of the sections of ``form``."""
    return next(each for each in form.model_fields["sections"].metadata if isinstance(each, _OfKinds))


def _default_form() -> "type[WorkSummary]":
    """Return the form of the default engine."""
    form: type[WorkSummary] = named_default_engine().registry.model
    return form


class WorkSummary(Record, defer_build=False):  # web frameworks look for what is built
    """The facts of a community's year of science popularisation.

    Its sections are of the kinds of the installed plugins, or of those of the form (:func:`summary_model`) that the
    validation context has under ``FORM``, as for an engine of one's own.
    """

    community: Community
    """Who the summary is about."""
    period: SomePeriod
    """The period: 2025, 2025-H1, 2025-Q3, 2025-09, or from one day to another."""
    title: Line | None = None
    """The title; if not given, it is made from community and period."""
    letterhead: Letterhead | None = None
    """The letterhead above the title of a formal document (版头)."""
    addressee: Line | None = None
    """The addressee (主送机关), without a colon: 试验街道办事处."""
    order: EntryOrder = "by_date"
    """The order of entries that may have a date: by_date (those without a date last) or as_written."""
    wording: Wording = "varied"
    """Whether each sentence has one of several wordings, chosen by community and period (varied), or always the first
    (plain)."""
    headings: HeadingStyle = "plain"
    """Whether headings are plain, or state what the section's facts show (message)."""
    overview: bool = True
    """Whether an overview of the period follows the opening, if there are enough facts for one."""
    highlights: Many[Text] = ()
    """Highlights (亮点) in the writer's own words; if there are none, a rule chooses from the facts."""
    earlier: EarlierYear | None = None
    """The main figures of an earlier year, to compare with those of this year."""
    opening: Prose = ()
    """Opening paragraphs."""
    written: Many[Passage] | None = None
    """The opening as it was written, passage by passage; it replaces the text made from the opening and the community's
    figures."""
    sections: Annotated[Sequence[Section], _OfTheForm()] = ()
    """The sections, in the order in which they appear."""
    closing: Prose = ()
    """Closing paragraphs."""
    attachments: Many[Line] = ()
    """Names of the attachments, without final punctuation."""
    signed_by: Name | None = None
    """Who signs: 试验社区居民委员会."""
    signed_on: Day | None = None
    """The date of signing."""
    sealed: bool = False
    """Whether the document will be sealed; this decides the position of the signature."""
    imprint: Imprint | None = None
    """The imprint at the foot of the last page of a formal document (版记)."""

    @field_validator("earlier")
    @classmethod
    def _is_earlier(cls, value: EarlierYear | None, info: ValidationInfo) -> EarlierYear | None:
        """Refuse figures that cannot be compared with those of the summary."""
        period = info.data.get("period")
        if value is not None and isinstance(period, Period) and not can_be_compared(value.period, period):
            raise refusal("comparison_times", "expected the figures of an earlier period of the same length")
        return value

    @property
    def is_rolled_up(self) -> bool:
        """Whether it was added up from others: its totals are complete, and its entries only samples."""
        return any(section.rolled_up for section in self.sections)

    @property
    def member_levels(self) -> frozenset[str]:
        """The levels of the members that it was added up from: empty if it was not, ``mixed`` if unknown."""
        return frozenset().union(*(section.member_levels for section in self.sections if section.rolled_up))

    @property
    def reporting(self) -> Count | None:
        """How many records it was added up from; ``None`` if it was not."""
        return next((section.reporting for section in self.sections if section.reporting), None)

    @property
    def partial(self) -> tuple[str, ...]:
        """Figures of the community that are sums, and that only some of the records added up state."""
        partial: frozenset[str] = frozenset().union(*(section.partial for section in self.sections))
        values = ((name, value) for name, value in self.community if name in partial)
        return tuple(name for name, value in values if isinstance(value, Quantity) and value.value)


def summary_model(models: Iterable[type[Section]], *, unknown: bool = False) -> type[WorkSummary]:
    """Return the form of a record whose sections are of the given kinds: its fields, and its JSON Schema.

    With ``unknown``, sections of other kinds are accepted as :class:`UnknownSection`. A record read with it
    (:func:`validated`) is a :class:`WorkSummary`.
    """
    kinds = _OfKinds(tuple(models), unknown=unknown)
    sections: Any = Annotated[kinds.annotation, kinds]
    return create_model(
        "WorkSummary",
        __base__=WorkSummary,
        __doc__=WorkSummary.__doc__,
        # Only its JSON Schema is asked for: :func:`validated`.
        __cls_kwargs__={"defer_build": True},
        sections=(sections, ()),
    )


def _as_it_is(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    """Accept a section that has already been built, even if its kind belongs to an engine of the caller."""
    return value if isinstance(value, Section) else validate(value)


def _with_unknown(kinds: tuple[type[Section], ...]) -> Any:
    """Return the type of a section of one of ``kinds``, or of an unknown kind."""
    names = {kind.kind_name() for kind in kinds}

    def chosen(value: Any) -> str | None:
        kind = value.get("kind") if isinstance(value, Mapping) else getattr(value, "kind", None)
        if isinstance(kind, str):
            return kind if kind in names else UNKNOWN_KIND
        return None

    known = tuple(Annotated[kind, Tag(kind.kind_name())] for kind in kinds)
    union: Any = Union[(*known, Annotated[UnknownSection, Tag(UNKNOWN_KIND)])]  # made at run time
    return Annotated[union, Discriminator(chosen)]


def validated(form: type[WorkSummary], data: object) -> WorkSummary:
    """Return the summary of ``data``, with sections of the kinds of ``form``. Raises pydantic's ``ValidationError``."""
    return WorkSummary.model_validate(data, context={FORM: form})
