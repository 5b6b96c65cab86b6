"""The base of every model of a record, and of every section."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ConfigDict

from kepu_docs.schema.text import Line, Many, Prose, Text

if TYPE_CHECKING:
    from kepu_docs.schema.summary import WorkSummary


class Record(BaseModel):
    """A frozen part of a record: strict types, no unknown keys."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)


class Section(Record):
    """The base of a section kind. A subclass adds ``kind: Literal["name"]`` and its typed facts."""

    kind: str
    heading: Line | None = None
    """The section's heading; each kind has one of its own where this is not given."""
    narrative: Prose = ()
    """Paragraphs in the writer's own words."""
    points: Many[Text] = ()
    """Points told as 一是…, 二是…, in the writer's own words."""

    @classmethod
    def kind_name(cls) -> str:
        """The one value that ``kind`` may have."""
        (name,) = get_args(cls.model_fields["kind"].annotation)
        return str(name)

    def facts(self, summary: "WorkSummary") -> Mapping[str, Any]:
        """Facts computed from the data, by name, for the wording template to use beside the fields."""
        return {}
