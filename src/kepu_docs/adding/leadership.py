"""组织领导: in how many communities the work is led in which way."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kepu_docs.adding.entries import ONE
from kepu_docs.contract.rollups import Amount, Gathered, Part, RollupRule, known, made, told
from kepu_docs.schema import WorkSummary
from kepu_docs.schema.sections.leadership import CommunityLeadership, Leadership
from kepu_docs.schema.shapes import unit_of

_NAMES: Final = ("guided_by", "plans", "rules")
_FLAGS: Final = ("in_agenda", "in_plan", "in_assessment")
_COUNTS: Final = {
    f"communities.{field}": unit_of(CommunityLeadership, field) for field in CommunityLeadership.model_fields
}


def _tell(section: Leadership, summary: WorkSummary) -> Iterator[Part]:
    yield from told(section, ("meetings",), _NAMES)
    if section.communities:
        for part in told(section.communities, CommunityLeadership.model_fields):
            if isinstance(part, Amount):
                yield Amount(f"communities.{part.figure}", part.quantity, f"communities.{part.path}")
    if summary.community.level != "community":
        return  # a leading group of its own is none of its communities'
    for flag in _FLAGS:
        if getattr(section, flag):
            yield Amount(f"communities.{flag}", ONE, flag)
    if section.group:
        yield Amount("communities.groups", ONE, "group")
        if section.group.members:
            yield Amount("communities.members", section.group.members, "group.members")
    if section.association:
        yield Amount("communities.associations", ONE, "association")


def _make(gathered: Gathered) -> Mapping[str, Any]:
    counts = {figure.partition(".")[2]: gathered.total(figure, unit) for figure, unit in _COUNTS.items()}
    fields = made(gathered, {"meetings": unit_of(Leadership, "meetings")}, _NAMES)
    return known({**fields, "communities": known(counts)})


LEADERSHIP: Final = RollupRule(_tell, _make)
