"""A work summary, the whole of a record, and what its sections share."""

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
from kepu_docs.schema.quantity import Count
from kepu_docs.schema.record import Record
from kepu_docs.schema.refusal import refusal
from kepu_docs.schema.shapes import choices_of
from kepu_docs.schema.text import Line, Many, Prose, Text, as_tuple

MOST_SECTIONS: Final = 100
UNKNOWN_KIND: Final = "?"
"""What validation calls the kind of a section whose kind nobody knows."""
FORM: Final = "kepu_docs.form"
"""Where a validation context has the form of a record."""


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
        # A subclass may narrow it, which of a field that could be set it might not.
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
        """Of which levels those are that it names as what the summary was added up of; most sections name none.

        ``mixed`` is among them where it stands for some of several levels.
        """
        return frozenset()

    @property
    def reporting(self) -> Count | None:
        """How many the summary was added up of, where it says so; most sections do not."""
        return None

    @property
    def years(self) -> tuple[Period, Sequence[FigurePair]] | None:
        """An earlier time with which it compares, and the main figures of both; most sections compare with none."""
        return None

    def model_post_init(self, context: Any) -> None:
        """Count ``kind`` among what was given: what is written of a section always has it."""
        self.__pydantic_fields_set__.add("kind")

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Ask for ``kind``: it may be left out in Python, where the class says it."""
        made = super().__get_pydantic_json_schema__(schema, handler)
        described = handler.resolve_ref_schema(made)
        described.get("properties", {}).get("kind", {}).pop("default", None)
        described["required"] = ["kind", *(name for name in described.get("required", ()) if name != "kind")]
        return made

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

    def standing_out(self, summary: "WorkSummary") -> Iterable[Highlight]:
        """What may be shown as a highlight (亮点) in the overview of the summary; most sections offer nothing.

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
        """Nothing, since it may be of any kind that is not known."""
        return ""

    def has_only(self, *names: str) -> bool:
        """Whether nothing is known beyond the fields ``names``, of the data that is kept either."""
        kept = (self.model_extra or {}).items()
        return super().has_only(*names) and not any(value for name, value in kept if name not in names)

    @model_validator(mode="before")
    @classmethod
    def _as_json(cls, value: Any) -> Any:
        """Keep what JSON can hold, so that a record that is written and read again is the same."""
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
    """Validates sections by the form that the validation context gives, or else by that of the default engine."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self._validated)

    @staticmethod
    def _validated(value: Any, info: ValidationInfo) -> Any:
        form = info.context.get(FORM) if isinstance(info.context, Mapping) else None
        return _kinds_of(form or _default_form()).validated(value)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(_kinds_of(_default_form()).core_schema)


class _OfKinds:
    """Validates sections, each by the model of its kind, which is built when the first section of it comes."""

    def __init__(self, kinds: tuple[type[Section], ...], *, unknown: bool) -> None:
        self._kinds = {kind.kind_name(): kind for kind in kinds}
        section: Any = Union[kinds]  # noqa: UP007  (made at run time)
        if unknown:
            section = _with_unknown(kinds)
        elif len(kinds) > 1:
            section = Annotated[section, Field(discriminator="kind")]
        self._one: Any = Annotated[section, WrapValidator(_as_it_is)]
        self.annotation: Any = tuple[self._one, ...]

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
        # All kinds together know best what is wrong with one that is not among them.
        return (model.__pydantic_validator__ if model else self._section_of_any_kind).validate_python(value)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.validated)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(self.core_schema)


def _limited(sections: Any) -> TypeAdapter[tuple[Any, ...]]:
    return TypeAdapter(Annotated[sections, Field(max_length=MOST_SECTIONS), BeforeValidator(as_tuple)])


def _kinds_of(form: "type[WorkSummary]") -> _OfKinds:
    """Return what validates the sections of ``form``."""
    return next(each for each in form.model_fields["sections"].metadata if isinstance(each, _OfKinds))


def _default_form() -> "type[WorkSummary]":
    """Return the form of the default engine."""
    form: type[WorkSummary] = named_default_engine().registry.model
    return form


class WorkSummary(Record):
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
        """Refuse figures with which those of the summary cannot be compared."""
        period = info.data.get("period")
        if value is not None and isinstance(period, Period) and not can_be_compared(value.period, period):
            raise refusal("comparison_times", "expected the figures of an earlier period of the same length")
        return value

    @property
    def is_rolled_up(self) -> bool:
        """Whether it was added up of others: its totals are all there is to add, and its entries but samples."""
        return any(section.rolled_up for section in self.sections)

    @property
    def member_levels(self) -> frozenset[str]:
        """Of which levels those are that it was added up of: none where it was not, ``mixed`` where nobody knows."""
        return frozenset().union(*(section.member_levels for section in self.sections if section.rolled_up))

    @property
    def reporting(self) -> Count | None:
        """How many it was added up of; ``None`` where it was not."""
        return next((section.reporting for section in self.sections if section.reporting), None)


def summary_model(models: Iterable[type[Section]], *, unknown: bool = False) -> type[WorkSummary]:
    """Return the form of a record whose sections are of the given kinds: its fields, and its JSON Schema.

    With ``unknown``, sections of other kinds are let in as :class:`UnknownSection`. What is read with it
    (:func:`validated`) is a :class:`WorkSummary`.
    """
    kinds = _OfKinds(tuple(models), unknown=unknown)
    sections: Any = Annotated[kinds.annotation, kinds]
    return create_model("WorkSummary", __base__=WorkSummary, __doc__=WorkSummary.__doc__, sections=(sections, ()))


def _as_it_is(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    """Take a section that has been built as it is, be its kind that of an engine of one's own."""
    return value if isinstance(value, Section) else validate(value)


def _with_unknown(kinds: tuple[type[Section], ...]) -> Any:
    """Return the type of a section that is of one of ``kinds``, or of none of them."""
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
