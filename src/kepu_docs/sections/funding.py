"""经费: what the work cost, where the money came from and where it went."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from kepu_docs.contract.recognition import Recognition, StatedAmount
from kepu_docs.contract.rollups import Amount, Gathered, Part, Ratio, RollupRule, SurveyAnswer, known
from kepu_docs.contract.sections import SectionKind
from kepu_docs.errors import N_
from kepu_docs.schema import (
    ROLLED_UP,
    UNKNOWN,
    FactSection,
    Line,
    Many,
    MaybeCount,
    Record,
    SomeCount,
    Unit,
    WorkSummary,
    total,
)
from kepu_docs.schema.summary import ChartShape
from kepu_docs.sections.ratios import ratio, residents_of

__all__ = ["FUNDING", "Funding", "FundingBasis", "FundingCharts", "Source", "Use"]


class Source(Record):
    """Where some of the money came from."""

    name: Line
    """Who gave it: 区财政, 社区自筹, 社会捐赠."""
    amount: Annotated[SomeCount, Unit("元")]
    """How much, in whole 元."""


class Use(Record):
    """What some of the money was spent on."""

    purpose: Line
    """What for."""
    amount: Annotated[SomeCount, Unit("元")]
    """How much, in whole 元."""


class FundingCharts(Record):
    """Charts of the money, each drawn as bar, line or pie."""

    by_use: ChartShape | None = None
    """How much was spent on what."""


class FundingBasis(Record):
    """What the money for each resident is computed from: those who have stated both."""

    amount: Annotated[SomeCount, Unit("元")]
    """The money, in whole 元."""
    residents: Annotated[SomeCount, Unit("人")]
    """Residents, in 人."""


class Funding(FactSection):
    """经费."""

    main_figures = (("funds", "total", "amount"),)
    kind: Literal["funding"] = "funding"
    total: Annotated[MaybeCount, Unit("元")] = UNKNOWN
    """All the money, where its sources are not listed, in whole 元."""
    sources: Many[Source] = ()
    """Where it came from."""
    uses: Many[Use] = ()
    """What it was spent on."""
    charts: FundingCharts | None = None
    """Charts to draw."""
    basis: Annotated[FundingBasis | None, ROLLED_UP] = None
    """What the money for each resident is computed from, in the summary of a higher body."""

    def facts(self, summary: WorkSummary) -> Mapping[str, Any]:
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


_UNIT: Final = "元"
_MOST_SHOWN: Final = 12
"""Of uses in a chart; more of them are a table."""


def _parts(section: Funding, summary: WorkSummary) -> Iterator[Part]:
    sources = [
        Amount("sources.amount", source.amount, f"sources[{place}].amount", source.name)
        for place, source in enumerate(section.sources)
    ]
    uses = [
        Amount("uses.amount", use.amount, f"uses[{place}].amount", use.purpose)
        for place, use in enumerate(section.uses)
    ]
    whole = [Amount("total", section.total, "total")] if section.total is not None else sources or uses
    yield from sources
    yield from uses
    yield from (Amount("total", part.quantity, part.path) for part in whole)
    residents = summary.community.residents
    if section.basis:
        yield Amount("basis.amount", section.basis.amount, "basis.amount")
        yield Amount("basis.residents", section.basis.residents, "basis.residents")
    elif not summary.is_rolled_up and whole and residents and residents.value and all(map(_in_yuan, whole)):
        yield from (Amount("basis.amount", part.quantity, part.path) for part in whole)
        yield Amount("basis.residents", residents, "community.residents")


def _in_yuan(part: Amount) -> bool:
    return part.quantity is not None and part.quantity.unit == _UNIT


def _make(gathered: Gathered) -> Mapping[str, Any]:
    basis = known(
        {"amount": gathered.total("basis.amount", _UNIT), "residents": gathered.total("basis.residents", "人")}
    )
    uses = [{"purpose": name, "amount": amount} for name, amount in gathered.each("uses.amount", _UNIT).items() if name]
    return known(
        {
            "total": gathered.total("total", _UNIT),
            "sources": [
                {"name": name, "amount": amount}
                for name, amount in gathered.each("sources.amount", _UNIT).items()
                if name
            ],
            "uses": uses,
            "charts": {"by_use": "bar"} if 1 < len(uses) <= _MOST_SHOWN else {},
            "basis": basis if len(basis) > 1 else {},
        }
    )


FUNDING: Final = SectionKind(
    Funding,
    rollup=RollupRule(
        _parts,
        _make,
        (Ratio(N_("funds for each resident"), "basis.amount", "basis.residents"),),
        (
            SurveyAnswer("Funds raised over the year", "total"),
            SurveyAnswer(
                "Government appropriations",
                "sources.amount",
                ("财政", "財政", "拨款", "撥款"),
                N_("sources whose name has 财政 or 拨款 in it"),
            ),
            SurveyAnswer("Donations", "sources.amount", ("捐赠", "捐贈"), N_("sources whose name has 捐赠 in it")),
            SurveyAnswer("Funds spent over the year", "uses.amount"),
        ),
    ),
    recognition=Recognition(
        words="经费|资金|财力|fund|budget|money",
        hints="投入",
        amounts=(StatedAmount("total", "经费|资金", "元", verbs="投入|筹集|安排|落实|争取|拨付"),),
    ),
)
