"""The records of an earlier time, and which community each belongs to."""

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
"""The number of earlier years that a process keeps unpacked."""


@dataclass(frozen=True, slots=True)
class EarlierYears:
    """The figures of many communities for an earlier time, packed into few bytes to be sent to other processes."""

    packed: bytes

    @classmethod
    def of(cls, summaries: Iterable[WorkSummary]) -> Self:
        """Return the figures of ``summaries``; a key that two of them share finds neither."""
        found: dict[str, Any] = {}
        for summary in summaries:
            community = summary.community
            figures = earlier_year(summary).model_dump(mode="json", exclude_unset=True)
            entry = {"place": place_of(community), "figures": figures}
            for key in known_by(community):
                # If two summaries have the same key, it is uncertain which is meant.
                found[key] = None if key in found else entry
        return cls(zlib.compress(json.dumps(found, ensure_ascii=False).encode()))

    def find(self, community: Community) -> EarlierYear | None:
        """Return the figures of a community, found by its code, else by its name and place, else by its name alone."""
        years = _unpacked(self.packed)
        *surer, by_name = known_by(community)
        found = next((years[key] for key in (*surer, by_name) if key in years), None)
        if found is None or (not any(key in years for key in surer) and lies_elsewhere(community, found["place"])):
            return None
        return EarlierYear.model_validate(found["figures"])


def lies_elsewhere(community: Community, place: Sequence[str | None]) -> bool:
    """Return whether the street office or district of a community differs from that of its namesake."""
    return any(here and there and here != there for here, there in zip(place_of(community), place, strict=True))


def place_of(community: Community) -> list[str | None]:
    """Return the place of a community: its street office and its district."""
    return [community.street, community.district]


def known_by(community: Community) -> Iterator[str]:
    """Yield the keys by which a community may be found, the most reliable first."""
    if community.code:
        yield f"code {community.code}"
    yield f"place {community.name} {community.street or ''} {community.district or ''}"
    yield f"name {community.name}"


@lru_cache(_KEPT)
def _unpacked(packed: bytes) -> Mapping[str, Any]:
    years: Mapping[str, Any] = json.loads(zlib.decompress(packed))
    return years
