"""The records of an earlier year, for comparing figures and for showing the paper beside this year's."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kepu_docs.errors import Fault
from kepu_docs.pipeline.earlier_years import EarlierYears, known_by, lies_elsewhere, place_of
from kepu_docs.pipeline.engine import Engine
from kepu_docs.preview.readings import Reading, read_held
from kepu_docs.preview.records import HeldRecord, HeldRecords, hold_records
from kepu_docs.schema import Community


@dataclass(frozen=True, slots=True)
class EarlierRecords:
    """The records of an earlier year; faulty ones are left out, and their faults listed."""

    held: HeldRecords = field(default_factory=HeldRecords)
    years: EarlierYears | None = None
    faults: tuple[Fault, ...] = ()
    by_key: Mapping[str, tuple[HeldRecord, Community] | None] = field(default_factory=dict)
    """By the key of a community; ``None`` if two have the same key."""

    def forgotten(self) -> "EarlierRecords":
        """Return the same object, to be read again even if the files have not changed."""
        return replace(self, held=replace(self.held.forgotten(), all=()))

    def of(self, community: Community) -> HeldRecord | None:
        """Return the record of a community, found as for comparing figures: :meth:`EarlierYears.find`."""
        *surer, by_name = known_by(community)
        found = next((self.by_key[key] for key in (*surer, by_name) if key in self.by_key), None)
        if found is None:
            return None
        held, other = found
        is_sure = any(key in self.by_key for key in surer)
        return held if is_sure or not lies_elsewhere(community, place_of(other)) else None


def read_earlier(
    engine: Engine, given: Sequence[str], before: EarlierRecords, changed: Collection[str] = ()
) -> EarlierRecords:
    """Return the records of ``given`` as they are now; those of ``before`` if they cannot be read now."""
    if not given:
        return EarlierRecords()
    held = hold_records(engine, given, before.held, changed)
    if held == before.held:
        return before
    readings = [(each, read_held(engine, each)) for each in held.all]
    summaries = [reading.summary for _, reading in readings if reading.summary is not None]
    faults = (*held.faults, *(fault for _, reading in readings for fault in reading.faults))
    return EarlierRecords(held, EarlierYears.of(summaries), faults, _by_key(readings))


def _by_key(readings: Iterable[tuple[HeldRecord, Reading]]) -> Mapping[str, tuple[HeldRecord, Community] | None]:
    found: dict[str, tuple[HeldRecord, Community] | None] = {}
    for held, reading in readings:
        if reading.summary is not None:
            community = reading.summary.community
            for key in known_by(community):
                found[key] = None if key in found else (held, community)
    return found
