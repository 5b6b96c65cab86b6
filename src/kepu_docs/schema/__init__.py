"""What a record is: the pydantic models of a work summary, and the types of their fields."""

from kepu_docs.schema.base import Record, Section
from kepu_docs.schema.text import Line, Many, Prose, Text

__all__ = ["Line", "Many", "Prose", "Record", "Section", "Text"]
