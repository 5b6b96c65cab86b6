"""The records of an earlier time: whose figures are whose."""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
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
            figures = earlier_year(summary).model_dump(mode="json", exclude_unset=True)
            for key in _keys(summary.community):
                # Of two that go by one key neither is meant for sure.
                found[key] = None if key in found else figures
        return cls(zlib.compress(json.dumps(found, ensure_ascii=False).encode()))

    def find(self, community: Community) -> EarlierYear | None:
        """Return the figures of a community: known by its code, else by its name and place, else by its name alone."""
        years = _unpacked(self.packed)
        found = next((years[key] for key in _keys(community) if key in years), None)
        return EarlierYear.model_validate(found) if found is not None else None


def _keys(community: Community) -> Iterator[str]:
    """Yield what a community may be known by, the surest first."""
    if community.code:
        yield f"code {community.code}"
    yield f"place {community.name} {community.street or ''} {community.district or ''}"
    yield f"name {community.name}"


@lru_cache(_KEPT)
def _unpacked(packed: bytes) -> Mapping[str, Any]:
    years: Mapping[str, Any] = json.loads(zlib.decompress(packed))
    return years
