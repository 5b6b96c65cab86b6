"""Levels that were derived from names because records did not give them, with one remark for each level."""

from typing import Final

from kepu_docs.errors import N_, Fault, Message, Place
from kepu_docs.schema import Community
from kepu_docs.schema.levels import Level

_MOST_NAMES: Final = 5
_SEVERAL: Final[dict[Level, str]] = {
    "village": N_("villages"),
    "school": N_("schools"),
    "street": N_("subdistricts"),
    "town": N_("towns"),
    "township": N_("townships"),
    "district": N_("districts"),
    "county": N_("counties"),
    "city": N_("cities"),
    "association": N_("associations"),
    "institution": N_("institutions"),
}
"""A writer whose name gives no level is a community, which needs no remark."""


class TakenLevels:
    """The names from which levels were derived: the first of each level, and the number of names."""

    def __init__(self) -> None:
        self._names: dict[Level, list[str]] = {}
        self._counts: dict[Level, int] = {}

    def add(self, level: Level | None, name: str) -> None:
        """Note the level that was derived from a name, if any was."""
        if level is None:
            return
        self._counts[level] = self._counts.get(level, 0) + 1
        names = self._names.setdefault(level, [])
        if len(names) < _MOST_NAMES:
            names.append(name)

    def remarks(self) -> tuple[Fault, ...]:
        """Return a remark for each level, if any was taken, in the order of levels."""
        text = N_("recognised as {level} by their names: {names}; if that is wrong, give “level” in the record")
        return tuple(
            Fault(Place(), text, (("level", Message(several)), ("names", self._shown(level))))
            for level, several in _SEVERAL.items()
            if level in self._counts
        )

    def _shown(self, level: Level) -> str:
        return ", ".join(self._names[level]) + (", …" if self._counts[level] > _MOST_NAMES else "")


def taken_level(community: Community) -> Level | None:
    """Return the level that was derived from the name, unless it is community."""
    return None if "level" in community.model_fields_set or community.level == "community" else community.level
