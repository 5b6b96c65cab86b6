"""The changes since an earlier year, over the communities that have records of both years."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kepu_docs.rollups.group import period_data
from kepu_docs.rollups.sums import Sum
from kepu_docs.schema import WorkSummary
from kepu_docs.schema.main_figures import MAIN_FIGURES
from kepu_docs.sections.rollup import Member, Rollup

Pairs = list[tuple[Member, Member]]


def compared(
    pairs: Pairs, new: Sequence[Mapping[str, Any]], vanished: Sequence[Mapping[str, Any]], earlier: WorkSummary
) -> dict[str, Any]:
    """Return the comparison of two years as in a record.

    A figure is compared over the communities that state it in both years; new and departed communities are listed
    separately.
    """
    changes = []
    for figure, unit in MAIN_FIGURES.items():
        known = [
            (this, that)
            for one, other in pairs
            if (this := getattr(one, figure)) is not None and (that := getattr(other, figure)) is not None
        ]
        if known:
            sums = Sum(), Sum()
            for pair in known:
                for each, count in zip(sums, pair, strict=True):
                    each.add(count)
            this_sum, that_sum = (each.shown(unit, "") for each in sums)
            changes.append({"figure": figure, "communities": len(known), "before": that_sum, "now": this_sum})
    found = {"period": period_data(earlier.period), "changes": changes}
    return {**found, **{name: list(rows) for name, rows in (("new", new), ("vanished", vanished)) if rows}}


def members_of(summary: WorkSummary) -> Sequence[Member]:
    """Return the communities that a rolled-up summary is made of."""
    return next((each.members for each in summary.sections if isinstance(each, Rollup)), ())


def paired(now: list[Member], before: list[Member]) -> tuple[Pairs, list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Return the communities that are in both years, the new ones, and those that are gone.

    They are matched by code; without one in both years, by name, street office and district; else by a name that only
    one community has.
    """
    rest = dict(enumerate(before))
    pairs = []
    waiting = now
    for names in (_by_code, _by_place, _by_name):
        found: dict[tuple[str, ...], list[int]] = {}
        for place, member in rest.items():
            for key in names(member):
                found.setdefault(key, []).append(place)
        seen: dict[tuple[str, ...], int] = {}
        for member in waiting:
            for key in names(member):
                seen[key] = seen.get(key, 0) + 1
        unpaired = []
        for member in waiting:
            own = next(names(member), ())
            places = found.get(own, [])
            if len(places) == 1 and seen[own] == 1:
                pairs.append((member, rest.pop(places[0])))
            else:
                unpaired.append(member)
        waiting = unpaired
    return pairs, [_named(member) for member in waiting], [_named(member) for member in rest.values()]


def _by_code(member: Member) -> Iterator[tuple[str, ...]]:
    if member.code:
        yield (member.level, member.code)


def _by_place(member: Member) -> Iterator[tuple[str, ...]]:
    yield (member.level, member.name, member.street or "", member.district or "")


def _by_name(member: Member) -> Iterator[tuple[str, ...]]:
    yield (member.level, member.name)


def _named(member: Member) -> dict[str, Any]:
    return member.model_dump(mode="json", exclude_unset=True)
