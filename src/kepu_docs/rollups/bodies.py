"""The bodies that communities belong to: which one a record is put to, and what it is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from kepu_docs.errors import N_, Place, RecordError, SourceError
from kepu_docs.schema import Community

By: TypeAlias = Literal["street", "district", "city"]

LEVELS: Final[tuple[By, ...]] = ("street", "district", "city")
"""What records may be grouped by, the lowest first."""

_OF_LEVEL: Final[Mapping[By, tuple[str, ...]]] = {
    "street": ("street", "town", "township"),
    "district": ("district", "county"),
    "city": ("city",),
}
_ENDS: Final = {
    "街道": "street", "街道办事处": "street", "镇": "town", "鎮": "town", "乡": "township", "鄉": "township",
    "区": "district", "區": "district", "县": "county", "縣": "county", "旗": "county", "市": "city",
}  # fmt: skip
"""What the names of bodies end in."""
_COMMUNITY_ENDS: Final = ("社区", "社區", "小区", "小區")


def body_level(name: str, otherwise: str) -> str:
    """Return what a body is, by its name; ``otherwise`` where the name does not say."""
    if name.endswith(_COMMUNITY_ENDS):
        return otherwise
    return next((level for end, level in _ENDS.items() if name.endswith(end)), otherwise)


def rank(level: str) -> int:
    """Return how high a level is: 0 for a community."""
    return next((place for place, by in enumerate(LEVELS, 1) if level in _OF_LEVEL[by]), 0)


@dataclass(frozen=True, slots=True, order=True)
class Body:
    """A higher body. Its place above it is empty where it is not known, or where it has several."""

    city: str
    district: str
    name: str
    level: str

    @property
    def path(self) -> str:
        """What messages call it."""
        return " ".join(filter(None, (self.city, self.district, self.name)))


def body_of(community: Community, by: By, record: str) -> Body:
    """Return the body that a record is put to. Raises ``RecordError`` where the record does not say."""
    place, path = Place(record, field=f"community.{by}"), ("community", by)
    own, wanted = rank(community.level), LEVELS.index(by) + 1
    if own > wanted:
        text = N_("the record is about {name}, which is higher than what the summaries are put together by")
        raise RecordError.at(place, text, path=path, name=community.name)
    name = community.name if own == wanted else getattr(community, by)
    if not name:
        raise RecordError.at(
            place, "it does not say where {name} belongs, and cannot be put to any", path=path, name=community.name
        )
    level = community.level if own == wanted else body_level(name, by)
    return Body(
        (community.city or "") if by != "city" else "",
        (community.district or "") if by == "street" else "",
        name,
        level,
    )


class Common:
    """What all records have in common: the places that they are of, as far as they agree."""

    def __init__(self) -> None:
        self._values: dict[str, str | None] = {}
        self._highest = 0

    def add(self, community: Community) -> None:
        """Take in the places of a record."""
        own = rank(community.level)
        self._highest = max(self._highest, own)
        for at, name in enumerate((*LEVELS, "province"), 1):
            value = community.name if at == own else getattr(community, name)
            # Below what a record is about there is nothing that all of it would be of.
            value = None if at < own else value
            known = self._values.setdefault(name, value)
            if known != value:
                self._values[name] = None

    def __getitem__(self, name: str) -> str:
        """Return the common street office, district, city or province; nothing where there is none."""
        return self._values.get(name) or ""

    def body(self, name: str) -> Body:
        """Return the body of all records, called ``name`` if that is given.

        Raises ``SourceError`` where no name is given and the records are of several bodies.
        """
        lowest = next((by for by in LEVELS if self[by]), None)
        if name:
            level = body_level(name, lowest or LEVELS[min(self._highest, len(LEVELS) - 1)])
            place = max(rank(level), 1)
            district = self["district"] if place < LEVELS.index("district") + 1 else ""
            return Body(self["city"] if place < len(LEVELS) else "", district, name, level)
        if lowest is None:
            text = N_("the records are of no one street, district or city; give a name, or say what to put together by")
            raise SourceError.at(Place(), text)
        own = self[lowest]
        district = self["district"] if lowest == "street" else ""
        return Body(self["city"] if lowest != "city" else "", district, own, body_level(own, lowest))
