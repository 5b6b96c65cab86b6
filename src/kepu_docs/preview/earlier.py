"""The records of an earlier year, for the figures to be compared and for the paper beside this year's."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kepu_docs.errors import Fault
from kepu_docs.pipeline.earlier_years import EarlierYears
from kepu_docs.pipeline.engine import Engine
from kepu_docs.preview.readings import Reading, read_held
from kepu_docs.preview.records import HeldRecord, HeldRecords, hold_records
from kepu_docs.schema import Community


@dataclass(frozen=True, slots=True)
class EarlierRecords:
    """The records of an earlier year; those that are wrong are left out, with what is wrong with them."""

    held: HeldRecords = field(default_factory=HeldRecords)
    years: EarlierYears | None = None
    faults: tuple[Fault, ...] = ()
    by_name: Mapping[str, HeldRecord] = field(default_factory=dict)

    def forgotten(self) -> "EarlierRecords":
        """Return the same, to be read anew whatever the files say."""
        return replace(self, held=replace(self.held.forgotten(), all=()))

    def of(self, community: Community) -> HeldRecord | None:
        """Return the record of a community: by its code, or else its name."""
        return self.by_name.get(f"code {community.code}") or self.by_name.get(f"name {community.name}")


def read_earlier(
    engine: Engine, given: Sequence[str], before: EarlierRecords, changed: Collection[str] = ()
) -> EarlierRecords:
    """Return the records of ``given`` as they are now; those of ``before`` where they cannot be read now."""
    if not given:
        return EarlierRecords()
    held = hold_records(engine, given, before.held, changed)
    if held == before.held:
        return before
    readings = [(each, read_held(engine, each)) for each in held.all]
    summaries = [reading.summary for _, reading in readings if reading.summary is not None]
    faults = (*held.faults, *(fault for _, reading in readings for fault in reading.faults))
    return EarlierRecords(held, EarlierYears.of(summaries), faults, dict(_names(readings)))


def _names(readings: Iterable[tuple[HeldRecord, Reading]]) -> Iterable[tuple[str, HeldRecord]]:
    for held, reading in readings:
        if reading.summary is None:
            continue
        community = reading.summary.community
        if community.code:
            yield f"code {community.code}", held
        yield f"name {community.name}", held
