"""The records of a source at one moment."""

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import islice
from typing import Final, TypeAlias

from kepu_docs.contract.sources import SourceRecord
from kepu_docs.errors import Fault, InternalError, KepuError, Place
from kepu_docs.pipeline.engine import Engine
from kepu_docs.pipeline.locations import Location, locations, records

Signature: TypeAlias = tuple[tuple[int, int, int], ...]
"""Number, time of change and size of each file."""

MOST_RECORDS: Final = 5_000
"""So many records are listed; a page of more is no list that anybody reads."""


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """One record of the source."""

    key: str
    """The same for the record at the same place, however it changes."""
    file: str
    """The path or address that it was read from."""
    record: SourceRecord
    digest: str
    """Changes with whatever the source gives of it."""
    is_old: bool = False
    """Whether the source cannot be read any more, and this is what it gave before."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What one file or folder gave, and how it was when it was read; nothing where that cannot be told."""

    signature: Signature
    records: tuple[HeldRecord, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class HeldRecords:
    """All records of the source, and what is wrong with it."""

    parts: Mapping[str, _Part] = field(default_factory=dict)
    """By the path or address that is read."""
    faults: tuple[Fault, ...] = ()
    all: tuple[HeldRecord, ...] = ()
    more: bool = False
    """Whether there are more than are held."""

    def find(self, key: str) -> HeldRecord | None:
        """Return the record of a key; the first one for none."""
        return next((each for each in self.all if not key or each.key == key), None)

    def forgotten(self) -> "HeldRecords":
        """Return the same, to be read anew whatever the files say: what reads them is another."""
        return replace(self, parts={path: replace(part, signature=()) for path, part in self.parts.items()})


def hold_records(
    engine: Engine, given: Sequence[str], before: HeldRecords, changed: Collection[str] = ()
) -> HeldRecords:
    """Return the records of ``given`` as they are now; what is neither ``changed`` nor looks so is not read again.

    Of what cannot be read now, those that were held ``before`` stay, marked as old.
    """
    try:
        found = locations(engine, given)
    except KepuError as error:
        return replace(before.forgotten(), all=tuple(map(_old, before.all)), faults=error.faults)
    parts: dict[str, _Part] = {}
    held: list[HeldRecord] = []
    for location in found:
        room = MOST_RECORDS - len(held)
        part = before.parts.get(location.path)
        signature = _signature(location.path)
        if part is None or not signature or part.signature != signature or _is_among(location.path, changed):
            part = _read(engine, location, room, signature, part.records if part else ())
        parts[location.path] = part
        held += part.records
        if len(held) >= MOST_RECORDS:
            break
    faults = tuple(fault for part in parts.values() for fault in part.faults)
    return HeldRecords(parts, faults, tuple(held), len(held) >= MOST_RECORDS)


def _is_among(path: str, changed: Collection[str]) -> bool:
    whole = {os.path.abspath(path), os.path.realpath(path)} if changed else set()
    return any(each in whole or os.path.dirname(each) in whole for each in changed)


def _signature(path: str) -> Signature:
    """Return how a file, or a folder of tables, looks from without; nothing for an address, and what is not there."""
    try:
        files = [entry.stat() for entry in os.scandir(path)] if os.path.isdir(path) else [os.stat(path)]
    except (OSError, ValueError):
        return ()
    return tuple(sorted((each.st_ino, each.st_mtime_ns, each.st_size) for each in files))


def _read(engine: Engine, location: Location, room: int, signature: Signature, before: tuple[HeldRecord, ...]) -> _Part:
    """Return at most so many records of one location; those of ``before`` as well where its reading ended early."""
    held: list[HeldRecord] = []
    faults: list[Fault] = []
    try:
        for _, record in islice(records(engine, [location], faults), room):
            key = blake2b(f"{location.path}\n{record.place}".encode("utf-8", "surrogatepass"), digest_size=8)
            held.append(HeldRecord(key.hexdigest(), location.path, record, _digest(record)))
    except Exception as error:  # a fault of ours, which the next location need not have
        faults += InternalError.of(error, Place(location.path)).faults
    if faults:
        known = {each.key for each in held}
        held += [_old(each) for each in before if each.key not in known]
        signature = ()
    return _Part(signature, tuple(held), tuple(faults))


def _old(held: HeldRecord) -> HeldRecord:
    return replace(held, is_old=True)


def _digest(record: SourceRecord) -> str:
    given = repr((record.name, record.place, record.line, record.content, record.faults, record.warnings))
    return blake2b(given.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
