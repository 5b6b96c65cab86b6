"""成效: what came of the work."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from kepu_docs.schema.community import Name
from kepu_docs.schema.quantity import Count, Share, Unit, integral
from kepu_docs.schema.record import ROLLED_UP, Record
from kepu_docs.schema.summary import FactSection
from kepu_docs.schema.text import Line, Many, Text

if TYPE_CHECKING:
    from kepu_docs.schema.summary import WorkSummary


class Award(Record):
    """An award or honour."""

    name: Line
    """What it is: 科普示范社区."""
    community: Annotated[Name | None, ROLLED_UP] = None
    """Whose it is, in the summary of a higher body."""
    level: Line | None = None
    """Of which level: 市级."""
    giver: Line | None = None
    """Who gave it."""
    year: Annotated[int, Field(ge=1950, le=2100), BeforeValidator(integral)] | None = None
    """In which year."""


class Case(Record):
    """An example worth telling."""

    title: Line
    """Its title."""
    community: Annotated[Name | None, ROLLED_UP] = None
    """Whose it is, in the summary of a higher body."""
    text: Text
    """What happened."""


class Outcomes(FactSection):
    """成效."""

    kind: Literal["outcomes"]
    households_reached: Annotated[Count, Unit("户")] | None = None
    """Households that the work reached, in 户."""
    residents_reached: Annotated[Count, Unit("人次")] | None = None
    """Residents that it reached, in 人次."""
    coverage: Annotated[Share, Unit("%")] | None = None
    """Share of households that the work reached, in %."""
    participation: Annotated[Share, Unit("%")] | None = None
    """Share of residents who took part, in %."""
    satisfaction: Annotated[Share, Unit("%")] | None = None
    """Share of residents who are content, in %."""
    awards: Many[Award] = ()
    """Awards and honours."""
    cases: Many[Case] = ()
    """Examples worth telling."""
    awards_total: Annotated[Annotated[Count, Unit("项")] | None, ROLLED_UP] = None
    """How many awards and honours in all, where not all of them are listed, in 项."""

    def facts(self, summary: "WorkSummary") -> Mapping[str, Any]:
        """``honours``: the awards, for a table: the year is a text there."""
        return {"honours": tuple({**dict(award), "year": str(award.year or "")} for award in self.awards)}
