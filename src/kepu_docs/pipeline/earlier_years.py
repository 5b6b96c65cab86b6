"""The records of an earlier time: whose figures are whose."""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Self

from kepu_docs.pipeline.earlier_figures import earlier_year
from kepu_docs.schema import Community, WorkSummary
from kepu_docs.schema.main_figures import EarlierYear

_KEPT: Final = 4
"""Earlier years that a process keeps unpacked."""


@dataclass(frozen=True, slots=True)
class EarlierYears:
    """The figures of an earlier time of many communities; it goes to other processes as few bytes."""

    packed: bytes

    @classmethod
    def of(cls, summaries: Iterable[WorkSummary]) -> Self:
        """Return the figures of ``summaries``. Of a community that is there twice none is taken."""
        found: dict[str, Any] = {}
        for summary in summaries:
            community = summary.community
            figures = earlier_year(summary).model_dump(mode="json", exclude_unset=True)
            entry = {"place": place_of(community), "figures": figures}
            for key in known_by(community):
                # Of two that go by one key neither is meant for sure.
                found[key] = None if key in found else entry
        return cls(zlib.compress(json.dumps(found, ensure_ascii=False).encode()))

    def find(self, community: Community) -> EarlierYear | None:
        """Return the figures of a community: known by its code, else by its name and place, else by its name alone."""
        years = _unpacked(self.packed)
        *surer, by_name = known_by(community)
        found = next((years[key] for key in (*surer, by_name) if key in years), None)
        if found is None or (not any(key in years for key in surer) and lies_elsewhere(community, found["place"])):
            return None
        return EarlierYear.model_validate(found["figures"])


def lies_elsewhere(community: Community, place: Sequence[str | None]) -> bool:
    """Tell whether street office or district of a community are others than those of its namesake."""
    return any(here and there and here != there for here, there in zip(place_of(community), place, strict=True))


def place_of(community: Community) -> list[str | None]:
    """Return where a community lies: its street office and its district."""
    return [community.street, community.district]


def known_by(community: Community) -> Iterator[str]:
    """Yield what a community may be known by, the surest first."""
    if community.code:
        yield f"code {community.code}"
    yield f"place {community.name} {community.street or ''} {community.district or ''}"
    yield f"name {community.name}"


@lru_cache(_KEPT)
def _unpacked(packed: bytes) -> Mapping[str, Any]:
    years: Mapping[str, Any] = json.loads(zlib.decompress(packed))
    return years
