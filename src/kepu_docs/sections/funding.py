"""经费: the cost of the work, its sources of money, and its uses."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Final, Literal

from kepu_docs.contract.recognition import Recognition, StatedAmount
from kepu_docs.contract.rollups import Amount, Gathered, Part, Ratio, RollupRule, SurveyAnswer, known
from kepu_docs.contract.sections import SectionKind
from kepu_docs.errors import N_
from kepu_docs.schema import (
    ROLLED_UP,
    UNKNOWN,
    Count,
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
from kepu_docs.sections.own_words import begins_with, words
from kepu_docs.sections.ratios import ratio, residents_of

__all__ = ["FUNDING", "Funding", "FundingBasis", "FundingCharts", "Source", "Use"]


class Source(Record):
    """Where part of the money came from."""

    name: Line
    """Who provided it: 区财政, 社区自筹, 社会捐赠."""
    amount: Annotated[SomeCount, Unit("元")]
    """Amount, in whole 元."""


class Use(Record):
    """What part of the money was spent on."""

    purpose: Line
    """The purpose."""
    amount: Annotated[SomeCount, Unit("元")]
    """Amount, in whole 元."""


class FundingCharts(Record):
    """Charts of the money, each drawn as bar, line or pie."""

    by_use: ChartShape | None = None
    """Spending by purpose."""


class FundingBasis(Record):
    """The basis of the money per resident (communities that state both figures)."""

    amount: Annotated[SomeCount, Unit("元")]
    """The funds, in whole 元."""
    residents: Annotated[SomeCount, Unit("人")]
    """Residents, in 人."""


class Funding(FactSection):
    """经费."""

    main_figures = (("funds", "total", "amount"),)
    kind: Literal["funding"] = "funding"
    total: Annotated[MaybeCount, Unit("元")] = UNKNOWN
    """All the money, if its sources are not listed, in whole 元."""
    sources: Many[Source] = ()
    """The source of the money."""
    uses: Many[Use] = ()
    """What it was spent on."""
    charts: FundingCharts | None = None
    """Charts to draw."""
    basis: Annotated[FundingBasis | None, ROLLED_UP] = None
    """The basis of the money per resident, in the summary of a higher body."""

    def facts(self, summary: WorkSummary) -> Mapping[str, Any]:
        """``amount``: all the money (or all that was spent, if only uses are known); ``spent``; ``per_head``; others.

        ``per_head`` is in 元 per resident, with two decimals. ``givers`` are the sources with their ``role``: the name
        of an ``act`` says how the money was raised (社区自筹), ``money`` is the name of a fund (专项经费), an
        ``authority`` allots money, and any other source is a ``giver``. ``sources_whole`` and ``uses_whole`` say
        whether the entries add up to the amount. ``one_unit`` says whether all uses are in the same unit,
        ``purpose_says`` whether they begin with 用于. ``rows`` are the uses for a table or chart: without 用于, which
        is in its heading.
        """
        given, used = [each.amount for each in self.sources], [each.amount for each in self.uses]
        raised, spent = _sum(given), _sum(used)
        amount = self.total or raised or (None if given else spent)
        part, residents = amount if amount and amount.unit == _UNIT else None, residents_of(summary)
        if self.basis:
            part, residents = self.basis.amount, self.basis.residents
        return {
            "amount": amount,
            "spent": spent,
            "per_head": ratio(part, residents, _UNIT, decimals=2),
            "givers": tuple({**source.__dict__, "role": role_of(source.name)} for source in self.sources),
            "sources_whole": _same(raised, amount),
            "uses_whole": _same(spent, amount),
            "rows": tuple({**use.__dict__, "purpose": _purpose(use.purpose)} for use in self.uses),
            "purpose_says": bool(self.uses) and begins_with(self.uses[0].purpose, "用于", "用於"),
            "one_unit": len({each.unit for each in used}) < 2,
        }


def _purpose(text: str) -> str:
    bare = text.removeprefix("用于").removeprefix("用於").lstrip()
    return bare or text


def role_of(source: str) -> Literal["act", "money", "authority", "giver"]:
    """Return the role of a source of money, from its name."""
    if source.endswith(_ACTS):
        return "act"
    if source.endswith(_MONEY):
        return "money"
    return "authority" if source.endswith(_AUTHORITIES) and not source.endswith(_OURS) else "giver"


_ACTS: Final = words(
    """
    自筹 自籌 筹集 籌集 筹措 籌措 捐赠 捐贈 捐助 捐款 拨款 撥款 拨付 撥付 划拨 劃撥 赞助 贊助 资助 資助 补助
    補助 补贴 補貼 支持 投入 配套 出资 出資 承担 承擔
    """
)
_MONEY: Final = (
    "费",
    "費",
    "金",
    "款",
    "收入",
    "收益",
    "预算",
    "預算",
    "项目",
    "項目",
    "计划",
    "計劃",
    "計畫",
    "工程",
    "基金",
    "资产",
    "資產",
    "专项",
    "專項",
)
_AUTHORITIES: Final = words(
    """
    财政 財政 科协 科協 街道 办事处 辦事處 政府 局 委 办 辦 级 級 镇 鎮 乡 鄉 区 區 县 縣 市 省 国家 國家 中央
    上级 上級 厅 廳 部 财政所 財政所
    """
)
_OURS: Final = words("支部 社区 社區 小区 小區 校区 校區 园区 園區 居委 村委 超市 俱乐部 俱樂部")


def _sum(parts: Sequence[Count]) -> Count | None:
    """Return the sum of the parts; ``None`` if there are none, or if they have different units."""
    units = {part.unit or _UNIT for part in parts if part.value}
    return total(parts, units.pop()) if len(units) == 1 else None


def _same(one: Count | None, other: Count | None) -> bool:
    """Return whether two amounts and their approximations are the same: 约1.5万元 of one source is all of 约1.5万元."""
    if one is None or other is None:
        return False
    return (one.value, one.unit, one.approx) == (other.value, other.unit, other.approx)


_UNIT: Final = "元"
_MOST_SHOWN: Final = 12
"""The most uses in a chart; more of them are shown as a table."""


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
                N_("sources with 财政 or 拨款 in their name"),
            ),
            SurveyAnswer("Donations", "sources.amount", ("捐赠", "捐贈"), N_("sources with 捐赠 in their name")),
            SurveyAnswer("Funds spent over the year", "uses.amount"),
        ),
    ),
    recognition=Recognition(
        words="经费|资金|财力|筹措|拨款|fund|budget|money",
        hints="投入",
        amounts=(StatedAmount("total", "经费|资金", "元", verbs="投入|筹集|安排|落实|争取|拨付|下拨|列支|自筹"),),
    ),
)
