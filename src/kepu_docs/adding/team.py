"""队伍: the people of all communities, and their largest groups."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kepu_docs.adding.entries import counted, is_made, largest
from kepu_docs.contract.rollups import Amount, Gathered, Part, RollupRule, known, made, told
from kepu_docs.schema import WorkSummary
from kepu_docs.schema.sections import Team
from kepu_docs.schema.shapes import unit_of

_TOTALS: Final = {
    field: unit_of(Team, field)
    for field in (
        "full_time", "part_time", "volunteers", "registered_volunteers", "experts", "informants", "person_months",
        "groups_total",
    )
}  # fmt: skip


def _tell(section: Team, summary: WorkSummary) -> Iterator[Part]:
    yield from told(section, _TOTALS, ("makeup",))
    if section.groups and section.groups_total is None and not is_made(summary):
        yield Amount("groups_total", counted(len(section.groups), _TOTALS["groups_total"]), "groups")
    for group in section.groups:
        yield from largest("groups", group, group.members, summary)


def _make(gathered: Gathered) -> Mapping[str, Any]:
    return known({**made(gathered, _TOTALS, ("makeup",)), "groups": gathered.best("groups")})


TEAM: Final = RollupRule(_tell, _make)
