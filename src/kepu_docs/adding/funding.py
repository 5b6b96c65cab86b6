"""经费: all the money, where it came from, where it went."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kepu_docs.adding.entries import is_made
from kepu_docs.contract.rollups import Amount, Gathered, Part, RollupRule, known
from kepu_docs.schema import WorkSummary
from kepu_docs.schema.sections import Funding

_UNIT: Final = "元"
_MOST_SHOWN: Final = 12
"""Of uses in a chart; more of them are a table."""


def _tell(section: Funding, summary: WorkSummary) -> Iterator[Part]:
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
    elif not is_made(summary) and whole and residents and residents.value and all(map(_in_yuan, whole)):
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


FUNDING: Final = RollupRule(_tell, _make)
