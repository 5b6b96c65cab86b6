"""The higher bodies that communities belong to: which body a record is added to, and its name."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from kepu_docs.errors import N_, Place, RecordError, SourceError
from kepu_docs.schema import Community
from kepu_docs.schema.levels import Level, level_by_name, rank

By: TypeAlias = Literal["street", "district", "city"]

LEVELS: Final[tuple[By, ...]] = ("street", "district", "city")
"""The levels that records may be grouped by, the lowest first."""


def body_level(name: str, otherwise: Level) -> Level:
    """Return the level of a division from its name; ``otherwise`` if the name does not show it."""
    found = level_by_name(name)
    return found if found is not None and rank(found) else otherwise


@dataclass(frozen=True, slots=True, order=True)
class Body:
    """A higher body. The bodies above it are empty if they are not known, or if there are several."""

    city: str
    district: str
    name: str
    level: Level

    @property
    def path(self) -> str:
        """Its name in messages."""
        return " ".join(filter(None, (self.city, self.district, self.name)))


def body_of(community: Community, by: By, record: str) -> Body:
    """Return the body that a record is added to. Raises ``RecordError`` if the record does not state it."""
    place, path = Place(record, field=f"community.{by}"), ("community", by)
    own, wanted = rank(community.level), LEVELS.index(by) + 1
    if own > wanted:
        text = N_("the record is about {name}, which is above the level by which the summaries are grouped")
        raise RecordError.at(place, text, path=path, name=community.name)
    name = community.name if own == wanted else getattr(community, by)
    if not name:
        raise RecordError.at(
            place, "it does not say where {name} belongs, so it cannot be assigned", path=path, name=community.name
        )
    level = community.level if own == wanted else body_level(name, by)
    return Body(
        (community.city or "") if by != "city" else "",
        (community.district or "") if by == "street" else "",
        name,
        level,
    )


class Common:
    """The places that all records share, as far as they agree."""

    def __init__(self) -> None:
        self._values: dict[str, str | None] = {}
        self._highest = 0

    def add(self, community: Community) -> None:
        """Take the places of a record into account."""
        own = rank(community.level)
        self._highest = max(self._highest, own)
        for at, name in enumerate((*LEVELS, "province"), 1):
            value = community.name if at == own else getattr(community, name)
            # No place below the level of the record covers all of it.
            value = None if at < own else value
            known = self._values.setdefault(name, value)
            if known != value:
                self._values[name] = None

    def __getitem__(self, name: str) -> str:
        """Return the common street office, district, city or province; empty if there is none."""
        return self._values.get(name) or ""

    def body(self, name: str) -> Body:
        """Return the body of all records, called ``name`` if that is given.

        Raises ``SourceError`` if no name is given and the records belong to several bodies.
        """
        lowest = next((by for by in LEVELS if self[by]), None)
        if name:
            level = body_level(name, lowest or LEVELS[min(self._highest, len(LEVELS) - 1)])
            place = max(rank(level), 1)
            district = self["district"] if place < LEVELS.index("district") + 1 else ""
            return Body(self["city"] if place < len(LEVELS) else "", district, name, level)
        if lowest is None:
            text = N_(
                "the records belong to no single street, district or city; give a name, or the level to group them by"
            )
            raise SourceError.at(Place(), text)
        own = self[lowest]
        district = self["district"] if lowest == "street" else ""
        return Body(self["city"] if lowest != "city" else "", district, own, body_level(own, lowest))
