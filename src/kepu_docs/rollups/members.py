"""The communities that a summary is made of; if there are very many, their street offices or districts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from kepu_docs.rollups.bodies import body_level
from kepu_docs.rollups.sums import Sum
from kepu_docs.schema import Community
from kepu_docs.schema.levels import Level, rank
from kepu_docs.schema.main_figures import MAIN_FIGURES, MainFigure
from kepu_docs.sections.rollup import Member

MOST_MEMBERS: Final = 2_000
"""If there are more communities, their street offices are shown, and if there are more of these, their districts. So
memory stays bounded, and the sum of sums equals the sum of all: a district with too many communities is part of a city
with too many."""

DISTRICT: Final = 2

Figures = dict[MainFigure, Sum]


@dataclass(slots=True)
class _Row:
    name: str
    level: Level
    code: str
    street: str
    district: str
    communities: int
    made_of: str
    """The level of the members that a row represents; empty for a row that represents itself."""
    figures: dict[MainFigure, Sum]


class Members:
    """Rows of communities, or of the bodies that they are combined into."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, ...], _Row] = {}
        self._depth = 0
        """0: not combined; 1: combined by street office; 2: by district."""

    def add(self, community: Community, figures: Figures) -> None:
        """Add a community, or a body of which nothing else is known, with its main figures."""
        street, district = community.street or "", community.district or ""
        self._add(_Row(community.name, community.level, community.code or "", street, district, 1, "", dict(figures)))

    def take(self, member: Member, body: Community) -> None:
        """Add a row of a record about ``body`` that was itself added up."""
        street, district = place_of_member(member, body)
        communities = member.communities.value if member.communities else 1
        counts = {figure: getattr(member, figure) for figure in MAIN_FIGURES}
        figures = {figure: Sum.of(count) for figure, count in counts.items() if count is not None}
        made_of = member.made_of if member.communities else ""
        self._add(_Row(member.name, member.level, member.code or "", street, district, communities, made_of, figures))

    def _add(self, row: _Row) -> None:
        row = _higher(row, self._depth)
        key = (row.district, row.street, row.level, row.code, row.name)
        known = self._rows.get(key)
        if known is None:
            self._rows[key] = row
        else:
            known.communities += row.communities
            known.made_of = _alike(known, row)
            for figure, amount in row.figures.items():
                known.figures.setdefault(figure, Sum()).take(amount)
        while len(self._rows) > MOST_MEMBERS and self._depth < 2:
            self._depth += 1
            rows, self._rows = list(self._rows.values()), {}
            for each in rows:
                self._add(each)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the rows as in a record, in the order of districts, street offices, codes and names."""
        for row in sorted(self._rows.values(), key=lambda each: (each.district, each.street, each.code, each.name)):
            data: dict[str, Any] = {"name": row.name}
            if row.level != "community":
                data["level"] = row.level
            if row.made_of:
                data["communities"] = row.communities
            if row.made_of not in ("", "community"):
                data["made_of"] = row.made_of
            data.update({name: getattr(row, name) for name in ("code", "street", "district") if getattr(row, name)})
            for figure, unit in MAIN_FIGURES.items():
                if figure in row.figures:
                    data[figure] = row.figures[figure].shown(unit, unit)
            yield data


def place_of_member(member: Member, body: Community) -> tuple[str, str]:
    """Return street office and district of a row of a record about ``body``; mostly they are those of the body."""
    own, height = rank(body.level), rank(member.level)
    street = member.street or ((body.name if own == 1 else body.street) if height < 1 else "")
    district = member.district or ((body.name if own == DISTRICT else body.district) if height < DISTRICT else "")
    return street or "", district or ""


def _higher(row: _Row, depth: int) -> _Row:
    """Return a row as part of a higher body, if its community is too small to be shown."""
    if depth >= 1 and not rank(row.level) and row.street:
        row = _risen(row, row.street, "street")
    if depth >= 2 and row.level not in ("district", "county", "city") and row.district:
        row = _risen(row, row.district, "district")
    return row


def _risen(row: _Row, name: str, level: Level) -> _Row:
    district = "" if level == "district" else row.district
    made_of = row.made_of or row.level
    return replace(
        row, name=name, level=body_level(name, level), code="", street="", district=district, made_of=made_of
    )


def _alike(one: _Row, other: _Row) -> str:
    """Return the level of the members that two combined rows represent."""
    kinds = {one.made_of or one.level, other.made_of or other.level}
    return kinds.pop() if len(kinds) == 1 else "mixed"
