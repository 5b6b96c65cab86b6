"""The schema of a record: the pydantic models of a work summary, and the types of their fields."""

from typing import Any

from kepu_docs.schema.amounts import Approximation, Scale
from kepu_docs.schema.community import Community, Name
from kepu_docs.schema.converted import UNKNOWN
from kepu_docs.schema.formal_paper import Imprint, Letterhead
from kepu_docs.schema.json_schema import json_schema
from kepu_docs.schema.order import in_order
from kepu_docs.schema.passages import Points, Subheading, WrittenTable
from kepu_docs.schema.period import Day, MaybePeriod, Period, SomePeriod
from kepu_docs.schema.quantity import (
    Count,
    MaybeCount,
    MaybeMeasure,
    MaybeShare,
    Measure,
    Quantity,
    Share,
    SomeCount,
    SomeMeasure,
    SomeShare,
    Unit,
    coarser,
    combined,
    total,
)
from kepu_docs.schema.record import ROLLED_UP, Record
from kepu_docs.schema.summary import FactSection, Person, Photo, Section, WorkSummary, summary_model
from kepu_docs.schema.text import Line, Many, Prose, Text

__all__ = [
    "ROLLED_UP",
    "UNKNOWN",
    "Approximation",
    "Community",
    "Count",
    "Day",
    "FactSection",
    "Imprint",
    "Letterhead",
    "Line",
    "Many",
    "MaybeCount",
    "MaybeMeasure",
    "MaybePeriod",
    "MaybeShare",
    "Measure",
    "Name",
    "Period",
    "Person",
    "Photo",
    "Points",
    "Prose",
    "Quantity",
    "Record",
    "Scale",
    "Section",
    "Share",
    "SomeCount",
    "SomeMeasure",
    "SomePeriod",
    "SomeShare",
    "Subheading",
    "Text",
    "Unit",
    "WorkSummary",
    "WrittenTable",
    "coarser",
    "combined",
    "in_order",
    "json_schema",
    "summary_model",
    "total",
]


def __getattr__(name: str) -> Any:
    """Return a name that was here until the last release, with a warning."""
    if name == "CORE_SECTIONS":
        from kepu_docs.schema import sections

        return sections.CORE_SECTIONS
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
