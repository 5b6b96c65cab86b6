"""经费: what the work cost, where the money came from and where it went."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from kepu_docs.schema.quantity import Count, Unit, total
from kepu_docs.schema.record import ROLLED_UP, Record
from kepu_docs.schema.sections.ratios import ratio, residents_of
from kepu_docs.schema.summary import ChartShape, FactSection
from kepu_docs.schema.text import Line, Many

if TYPE_CHECKING:
    from kepu_docs.schema.summary import WorkSummary


class Source(Record):
    """Where some of the money came from."""

    name: Line
    """Who gave it: 区财政, 社区自筹, 社会捐赠."""
    amount: Annotated[Count, Unit("元")]
    """How much, in whole 元."""


class Use(Record):
    """What some of the money was spent on."""

    purpose: Line
    """What for."""
    amount: Annotated[Count, Unit("元")]
    """How much, in whole 元."""


class FundingCharts(Record):
    """Charts of the money, each drawn as bar, line or pie."""

    by_use: ChartShape | None = None
    """How much was spent on what."""


class FundingBasis(Record):
    """What the money for each resident is computed from: those who have stated both."""

    amount: Annotated[Count, Unit("元")]
    """The money, in whole 元."""
    residents: Annotated[Count, Unit("人")]
    """Residents, in 人."""


class Funding(FactSection):
    """经费."""

    kind: Literal["funding"]
    total: Annotated[Count, Unit("元")] | None = None
    """All the money, where its sources are not listed, in whole 元."""
    sources: Many[Source] = ()
    """Where it came from."""
    uses: Many[Use] = ()
    """What it was spent on."""
    charts: FundingCharts | None = None
    """Charts to draw."""
    basis: Annotated[FundingBasis | None, ROLLED_UP] = None
    """What the money for each resident is computed from, in the summary of a higher body."""

    def facts(self, summary: "WorkSummary") -> Mapping[str, Any]:
        """``amount``: all the money (or, where only uses are known, all that was spent); ``spent``; ``per_head``.

        ``per_head`` is in 元 for each resident, with two decimals.
        """
        spent = total((use.amount for use in self.uses), "元")
        amount = self.total or total((source.amount for source in self.sources), "元") or spent
        part, residents = amount, residents_of(summary)
        if self.basis:
            part, residents = self.basis.amount, self.basis.residents
        per_head = ratio(part, residents, "元", decimals=2)
        return {"amount": amount, "spent": spent, "per_head": per_head}
