"""The records of a source at one moment."""

import os
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import count, islice
from typing import Final, TypeAlias

from kepu_docs.contract.sources import SourceRecord
from kepu_docs.errors import Fault, InternalError, KepuError, Place
from kepu_docs.pipeline.engine import Engine
from kepu_docs.pipeline.locations import Location, locations, records
from kepu_docs.pipeline.records import guess

Signature: TypeAlias = tuple[tuple[int, int, int], ...]
"""Inode number, modification time and size of each file."""

MOST_RECORDS: Final = 5_000
"""The most records that are listed; nobody reads a longer list."""


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """One record of the source."""

    key: str
    """Identifies the record, however it changes and wherever it moves in its file."""
    file: str
    """The path or address that it was read from."""
    record: SourceRecord
    digest: str
    """Changes with everything that the source yields for the record."""
    content: str
    """Changes with the record's content, but not with its place."""
    is_old: bool = False
    """Whether the source can no longer be read, and this is an earlier state."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The records of one file or folder, and its state when it was read; empty if the state cannot be determined."""

    signature: Signature
    records: tuple[HeldRecord, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class HeldRecords:
    """All records of the source, and its faults."""

    parts: Mapping[str, _Part] = field(default_factory=dict)
    """By the path or address that is read."""
    faults: tuple[Fault, ...] = ()
    all: tuple[HeldRecord, ...] = ()
    more: bool = False
    """Whether there are more records than are held."""

    def find(self, key: str) -> HeldRecord | None:
        """Return the record with a key; the first one without a key."""
        return next((each for each in self.all if not key or each.key == key), None)

    def forgotten(self) -> "HeldRecords":
        """Return the same object, to be read again even if the files have not changed, because the readers have."""
        return replace(self, parts={path: replace(part, signature=()) for path, part in self.parts.items()})


def hold_records(
    engine: Engine, given: Sequence[str], before: HeldRecords, changed: Collection[str] = ()
) -> HeldRecords:
    """Return the records of ``given`` as they are now; only files that are ``changed`` or look changed are read.

    For files that cannot be read now, the records held ``before`` stay, marked as old.
    """
    try:
        found = locations(engine, given)
    except KepuError as error:
        return replace(before.forgotten(), all=tuple(map(_old, before.all)), faults=error.faults)
    parts: dict[str, _Part] = {}
    held: list[HeldRecord] = []
    for location in found:
        room = MOST_RECORDS + 1 - len(held)
        part = before.parts.get(location.path)
        signature = _signature(location.path)
        if part is None or not signature or part.signature != signature or _is_among(location.path, changed):
            part = _read(engine, location, room, signature, part.records if part else ())
        parts[location.path] = part
        held += part.records
        if len(held) > MOST_RECORDS:
            break
    faults = tuple(fault for part in parts.values() for fault in part.faults)
    return HeldRecords(parts, faults, tuple(held[:MOST_RECORDS]), len(held) > MOST_RECORDS)


def _is_among(path: str, changed: Collection[str]) -> bool:
    whole = {os.path.abspath(path), os.path.realpath(path)} if changed else set()
    return any(each in whole or os.path.dirname(each) in whole for each in changed)


def _signature(path: str) -> Signature:
    """Return the signature of a file, or of a folder of tables; empty for an address or a missing file."""
    try:
        files = [entry.stat() for entry in os.scandir(path)] if os.path.isdir(path) else [os.stat(path)]
    except (OSError, ValueError):
        return ()
    return tuple(sorted((each.st_ino, each.st_mtime_ns, each.st_size) for each in files))


def _read(engine: Engine, location: Location, room: int, signature: Signature, before: tuple[HeldRecord, ...]) -> _Part:
    """Return a limited number of records of one location; also those of ``before`` if reading ended early."""
    held: list[HeldRecord] = []
    faults: list[Fault] = []
    try:
        for _, record in islice(records(engine, [location], faults), room):
            held.append(HeldRecord("", location.path, record, *_digests(record)))
    except (Exception, SystemExit) as error:  # whatever the error, the next location need not have it
        faults += InternalError.of(error, Place(location.path)).faults
    keys = _keys(engine, held, before)
    held = [replace(each, key=key) for each, key in zip(held, keys, strict=True)]
    if faults:
        known = {each.key for each in held}
        held += [_old(each) for each in before if each.key not in known]
        signature = ()
    return _Part(signature, tuple(held), tuple(faults))


def _keys(engine: Engine, held: Sequence[HeldRecord], before: Sequence[HeldRecord]) -> list[str]:
    """Return a key for each record: that of the record ``before`` with its content, its community, or else its place.

    So a row inserted above others does not affect them, and a community that is renamed stays the same record.
    """
    keys: dict[int, str] = {}
    left = list(before)

    def match(feature: Callable[[HeldRecord], Hashable]) -> None:
        waiting: dict[Hashable, list[str]] = {}
        for each in reversed(left):
            waiting.setdefault(feature(each), []).append(each.key)
        waiting.pop(None, None)
        for number, each in enumerate(held):
            found = waiting.get(feature(each)) if waiting and number not in keys else None
            if found:
                keys[number] = found.pop()
        taken = set(keys.values())
        left[:] = [each for each in left if each.key not in taken]

    match(lambda each: each.content)
    unknown = (each for number, each in enumerate(held) if number not in keys)
    if {each.record.place for each in unknown} != {each.record.place for each in left}:
        match(lambda each: _whose(engine, each.record))
    match(lambda each: each.record.place)
    taken = {*keys.values(), *(each.key for each in before)}
    for number, each in enumerate(held):
        if number not in keys:
            keys[number] = _new_key(each, taken)
            taken.add(keys[number])
    return [keys[number] for number in range(len(held))]


def _whose(engine: Engine, record: SourceRecord) -> Hashable:
    """Return the identity of the community; ``None`` if the record does not state it."""
    who = guess(engine, record)
    return who.code or ((who.community, who.street, who.district) if who.community else None)


def _new_key(held: HeldRecord, taken: Collection[str]) -> str:
    for number in count():
        given = f"{held.file}\n{held.record.place}\n{number}".encode("utf-8", "surrogatepass")
        key = blake2b(given, digest_size=8).hexdigest()
        if key not in taken:
            break
    return key


def _old(held: HeldRecord) -> HeldRecord:
    return replace(held, is_old=True)


def _digests(record: SourceRecord) -> tuple[str, str]:
    """Return a digest of everything that the source yields for a record, and a digest of its content alone."""
    content = _digest(record.content)
    return _digest((record.name, record.place, record.line, content, record.faults, record.warnings)), content


def _digest(given: object) -> str:
    return blake2b(repr(given).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
