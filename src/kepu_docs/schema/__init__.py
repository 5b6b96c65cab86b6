"""What a record is: the pydantic models of a work summary, and the types of their fields."""

from typing import Any

from kepu_docs.schema.amounts import Approximation, Scale
from kepu_docs.schema.community import Community, Name
from kepu_docs.schema.json_schema import json_schema
from kepu_docs.schema.period import Day, Period
from kepu_docs.schema.quantity import Count, Measure, Quantity, Share, Unit, combined, total
from kepu_docs.schema.record import ROLLED_UP, Record
from kepu_docs.schema.summary import FactSection, Person, Photo, Section, WorkSummary, summary_model
from kepu_docs.schema.text import Line, Many, Prose, Text

__all__ = [
    "ROLLED_UP",
    "Approximation",
    "Community",
    "Count",
    "Day",
    "FactSection",
    "Line",
    "Many",
    "Measure",
    "Name",
    "Period",
    "Person",
    "Photo",
    "Prose",
    "Quantity",
    "Record",
    "Scale",
    "Section",
    "Share",
    "Text",
    "Unit",
    "WorkSummary",
    "combined",
    "json_schema",
    "summary_model",
    "total",
]


def __getattr__(name: str) -> Any:
    """Return what was here until the last release, with a warning."""
    if name == "CORE_SECTIONS":
        from kepu_docs.schema import sections

        return sections.CORE_SECTIONS
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
