"""From what a user gives (paths, folders, patterns of names, addresses, ``-``) to sources."""

import glob
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from kepu_docs.contract import RecordForm, Source, SourceRecord
from kepu_docs.errors import N_, Place, SourceError
from kepu_docs.pipeline import Engine

_STANDARD_INPUT: Final = "-"
_LINES: Final = ".jsonl"
_TABLES: Final = ".csv"
_address = re.compile(r"([A-Za-z][A-Za-z0-9]*)(?:\+[A-Za-z0-9_]+)?://")


class Location(NamedTuple):
    """One place to read records from, the source that reads it, and what the user gave for it."""

    source: Source
    path: str
    given: str


def locations(engine: Engine, given: Sequence[str]) -> list[Location]:
    """Return the places that ``given`` name: a folder is all the files in it and below that some source reads.

    Raises ``SourceError`` for what is not there, and for what nothing reads.
    """
    found: list[Location] = []
    for each in given:
        found += _locations(engine, each)
    return found


def _locations(engine: Engine, given: str) -> Iterator[Location]:
    sources = engine.registry.sources
    address = _address.match(given)
    if address:
        source = sources.get(f"{address[1].lower()}://")
        if source is None:
            known = ", ".join(key for key in sources if key.endswith("://")) or "-"
            text = N_("nothing reads addresses of this kind; known are: {known}")
            raise SourceError.at(Place(address[0]), text, known=known)
        yield Location(source, given, given)
    elif given == _STANDARD_INPUT:
        yield Location(sources[_LINES], given, given)
    elif os.path.isdir(given):
        yield from _folder(engine, given)
    elif glob.has_magic(given) and not os.path.exists(given):
        paths = sorted(glob.glob(given, recursive=True))
        if not paths:
            raise SourceError.at(Place(given), "no file has such a name")
        for path in paths:
            yield from ([_file(engine, path, given)] if os.path.isfile(path) else _folder(engine, path))
    else:
        yield _file(engine, given, given)


def _file(engine: Engine, path: str, given: str) -> Location:
    suffix = os.path.splitext(path)[1].lower()
    source = engine.registry.sources.get(suffix)
    if source is None:
        if not os.path.exists(path):
            raise SourceError.at(Place(path), "there is no such file")
        known = ", ".join(key for key in engine.registry.sources if not key.endswith("://"))
        text = N_("nothing reads files that end in “{suffix}”; known are: {known}")
        raise SourceError.at(Place(path), text, suffix=suffix, known=known)
    return Location(source, path, given)


def _folder(engine: Engine, given: str) -> Iterator[Location]:
    """Yield the files of a folder; a folder of tables is one source by itself."""
    count = 0
    for folder, folders, names in os.walk(given):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        suffixes = {os.path.splitext(name)[1].lower() for name in names}
        if _TABLES in suffixes and _TABLES in engine.registry.sources:
            count += 1
            yield Location(engine.registry.sources[_TABLES], folder, given)
        for name in sorted(names):
            suffix = os.path.splitext(name)[1].lower()
            if name.startswith((".", "~$")) or suffix == _TABLES or suffix not in engine.registry.sources:
                continue
            count += 1
            yield Location(engine.registry.sources[suffix], os.path.join(folder, name), given)
    if not count:
        known = ", ".join(key for key in engine.registry.sources if not key.endswith("://"))
        raise SourceError.at(Place(given), "this folder holds no file that ends in one of {known}", known=known)


def records(engine: Engine, found: Sequence[Location]) -> Iterator[tuple[Location, SourceRecord]]:
    """Yield the records of all locations, one after the other; ``read`` is the share of them all.

    Raises ``SourceError`` where reading cannot go on.
    """
    form = RecordForm(engine.registry.model, engine.languages.vocabulary)
    for number, location in enumerate(found):
        for record in location.source.records(location.path, form):
            # Of a single stream whose length nobody knows nothing can be said.
            share = (number + record.read) / len(found) if record.read or len(found) > 1 else 0.0
            yield location, record if share == record.read else replace(record, read=share)
