"""Passages: a text as somebody wrote it, in the few forms that summaries are written in."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from kepu_docs.schema.quantity import integral
from kepu_docs.schema.record import Record
from kepu_docs.schema.refusal import refusal
from kepu_docs.schema.text import Cell, Line, Many, Text

PointStyle: TypeAlias = Literal["一是", "第一，", "其一，", "1.", "（1）", "①", "•"]
"""The mark of the points in a list, in its form for the first point."""


class Subheading(Record):
    """A heading below the section's own heading."""

    heading: Line
    """The heading, without its number."""
    level: Annotated[int, Field(ge=2, le=4), BeforeValidator(integral)] = 2
    """Its level, from 2 to 4 (the section's own is 1): 2."""
    run_in: Text | None = None
    """The paragraph that continues on the line of the heading."""


class Points(Record):
    """A list of points."""

    points: Many[Text]
    """The points, without their markers."""
    style: PointStyle = "一是"
    """The marker, as for the first point: 一是, “第一，”, “其一，”, “1.”, “（1）”, ① or •."""


class WrittenTable(Record):
    """A table, as written."""

    columns: Many[Cell]
    """The headings of its columns."""
    rows: Many[Many[Cell]] = ()
    """Its rows, each a list of cells."""
    caption: Line | None = None
    """Its caption, without its number."""


_FORMS: Final[dict[str, type[BaseModel]]] = {"heading": Subheading, "points": Points, "columns": WrittenTable}
PARAGRAPH: Final = "paragraph"


def form_of(value: Any) -> str | None:
    """Return which form of passage a value has: ``paragraph``, or the field that identifies a record."""
    if isinstance(value, str):
        return PARAGRAPH
    for name, model in _FORMS.items():
        if isinstance(value, model) or (isinstance(value, Mapping) and name in value):
            return name
    return None


class _ByForm:
    """Chooses the form of a passage by its fields, so that a fault is about that form alone."""

    @staticmethod
    def check(value: Any) -> Any:
        """Return ``value``, or raise if it has no known form."""
        if form_of(value) is None:
            raise refusal("passage_form", "expected a paragraph, or a passage with {names}", names=", ".join(_FORMS))
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        forms = {name: handler.generate_schema(model) for name, model in _FORMS.items()}
        chosen = core_schema.tagged_union_schema({PARAGRAPH: handler.generate_schema(Text), **forms}, form_of)
        return core_schema.no_info_before_validator_function(self.check, chosen)


Passage: TypeAlias = Annotated[str | Subheading | Points | WrittenTable, _ByForm()]
"""A paragraph, a heading, a list of points, or a table."""
