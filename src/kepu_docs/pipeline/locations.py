"""From a user's input (paths, folders, name patterns, addresses, ``-``) to sources."""

import glob
import logging
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from kepu_docs.contract.sources import RecordForm, Source, SourceRecord, Tables, TableSource
from kepu_docs.errors import N_, Fault, KepuError, Message, Place, SourceError
from kepu_docs.errors.addresses import is_address, scrubbed, shown_location
from kepu_docs.pipeline.engine import Engine
from kepu_docs.pipeline.objects import Objects
from kepu_docs.reading.embedded import carries_record
from kepu_docs.reading.opening import unreadable
from kepu_docs.registry import Registry
from kepu_docs.registry.offers import SOURCES, TABLES, source_keys

_logger = logging.getLogger(__name__)
_STANDARD_INPUT: Final = "-"
_LINES: Final = ".jsonl"
_TABLES: Final = ".csv"
_TABLES_NOT_READ: Final = (
    ".numbers", ".wps", ".ett", ".xlt", ".xltx", ".xltm", ".dbf", ".tsv", ".fods", ".sxc", ".ots", ".uos", ".dif",
    ".slk", ".wk1", ".wks", ".xlw", ".mdb", ".accdb",
)  # fmt: skip
"""Suffixes of files with tables. If no source reads such a file in a folder of records, it is reported: otherwise it
would silently be missing from every document."""
SETTINGS_FILE: Final = "kepu-docs.toml"
"""It lies next to records but is not a record: in a folder it is left to the code that looks for settings."""
_WORKBOOK: Final = ".xlsx"
PRINTED: Final = ".pdf"
"""A PDF is read if it is named. In a folder it is a letter, or lies next to the Word document of the same record,
which would be counted twice."""
_address = re.compile(r"([A-Za-z][A-Za-z0-9]*)(?:\+[A-Za-z0-9_]+)?://")


class _TablesNotRead:
    """Reports that a file in a folder is not read although its suffix is that of a table."""

    suffixes = _TABLES_NOT_READ
    schemes = ()

    def records(self, location: str, form: RecordForm) -> Iterator[SourceRecord]:
        """Yield a record that fails, so that reports name it."""
        name = shown_location(location)
        text = N_("tables in this kind of file cannot be read; open it in its own program and save it as .xlsx")
        yield SourceRecord(name, b"", faults=(Fault(Place(name), text),), read=1.0)


class Location(NamedTuple):
    """One place to read records from, the source that reads it, and the user's input for it."""

    source: Source
    path: str
    given: str
    objects: Objects | None = None
    """The objects that a program gave instead of a path or address."""


def locations(
    engine: Engine,
    given: Sequence[str | Objects],
    output: Path | None = None,
    warnings: list[Fault] | None = None,
) -> list[Location]:
    """Return the places that ``given`` names: a folder stands for all readable files in it and its subfolders.

    PDF documents are read if they are named, but not if they are found in folders. Objects of a program are a place of
    their own.

    The ``output`` folder, if any, is left out if it is found within another folder: generated files are not sources.
    Neither are files that another run wrote, as far as they are found and not named; ``warnings`` gets what they are.

    Raises ``SourceError`` for what does not exist and for what no source reads.
    """
    found: list[Location] = []
    for each in given:
        found += [_objects(engine, each)] if isinstance(each, Objects) else _locations(engine, each, output)
    paths = [each.path for each in found if each.path != each.given]
    if not paths:
        return found
    from kepu_docs.pipeline.own_files import own_files, passed_over

    suffixes = [key for key in engine.registry.sources if key.startswith(".")]
    own = own_files(paths, [each.path for each in found if each.path == each.given], suffixes)
    if warnings is not None:
        warnings += passed_over(own)
    left_out = frozenset(own)
    return [each for each in found if each.path == each.given or each.path not in left_out]


def not_written(found: Iterable[Location], registry: Registry, formats: Iterable[str], output: Path) -> list[Location]:
    """Return the locations without documents in ``output`` that were found through a folder or a pattern.

    ``render`` writes its documents there: on its next run they are not records of their own.
    """
    suffixes = tuple(registry.renderer(name).suffix for name in formats)
    return [
        each
        for each in found
        if each.path == each.given
        or not each.path.endswith(suffixes)
        or not _is_same(os.path.dirname(each.path) or os.curdir, output)
        or _holds_tables(each.path)
    ]


def _holds_tables(path: str) -> bool:
    """Return whether a file is a workbook of records rather than a filled form, which has the same suffix."""
    if not path.endswith(_WORKBOOK):
        return False
    try:
        with open(path, "rb") as file:
            return not carries_record(file.read(), path)
    except OSError:
        return True


def _objects(engine: Engine, given: Objects) -> Location:
    source: Source = given
    if isinstance(given.items, Tables):
        found = engine.registry.sources.get(TABLES)
        if found is None:
            text = N_("no plugin reads data frames or rows of databases; see “kepu-docs plugins list”")
            raise SourceError.at(Place(given.name), text)
        source = found
    return Location(source, given.address, given.address, given)


def _locations(engine: Engine, given: str, output: Path | None) -> Iterator[Location]:
    sources = engine.registry.sources
    if not sources:
        text = N_("no plugin reads sources of records; see “kepu-docs plugins list”")
        raise SourceError.at(Place(given), text)
    address = _address.match(given)
    if address:
        source = sources.get(f"{address[1].lower()}://")
        if source is None:
            known = ", ".join(key for key in sources if key.endswith("://")) or "-"
            text = N_("addresses of this kind cannot be read; the kinds are: {known}")
            raise SourceError.at(Place(address[0]), text, known=known)
        yield Location(source, given, given)
    elif given == _STANDARD_INPUT:
        source = sources.get(_LINES)
        if source is None:
            text = N_("standard input cannot be read as {suffix}; the endings are: {known}")
            raise SourceError.at(Place(), text, suffix=_LINES, known=_known_suffixes(engine))
        yield Location(source, given, given)
    elif os.path.isdir(given):
        found = list(_folder(engine, given, given, output))
        if not found:
            known = _known_suffixes(engine)
            raise SourceError.at(Place(given), "this folder has no file that ends in one of {known}", known=known)
        yield from found
    elif glob.has_magic(given) and not os.path.exists(given):
        yield from _pattern(engine, given, output)
    else:
        yield _file(engine, given)


def _pattern(engine: Engine, given: str, output: Path | None) -> list[Location]:
    """Return the sources among the files that match a name pattern."""
    paths = sorted(glob.glob(given, recursive=True))
    if not paths:
        raise SourceError.at(Place(given), "no file name matches this pattern")
    found: list[Location] = []
    for path in paths:
        source = _read_by(engine, os.path.splitext(path)[1].lower())
        if _is_no_record(os.path.basename(path)):
            continue
        if os.path.isdir(path):
            # With ** the pattern matches the files of a folder as well as the folder.
            if "**" not in given and not _is_same(path, output):
                found += _folder(engine, path, given, output)
        elif source and (given.lower().endswith(PRINTED) or not path.lower().endswith(PRINTED)):
            found.append(Location(source, path, given))
    if not found:
        text = N_("no file name matches this pattern and ends in one of {known}")
        raise SourceError.at(Place(given), text, known=_known_suffixes(engine))
    return found


def _is_no_record(name: str) -> bool:
    """Return whether a file is no record: a lock of Excel or LibreOffice, a file that macOS adds, or the settings."""
    return name.startswith((".", "~$")) or name == SETTINGS_FILE


def _read_by(engine: Engine, suffix: str) -> Source | None:
    """Return the source of a file found in a folder, or one that reports an unread table; ``None`` for other files."""
    source = engine.registry.sources.get(suffix)
    return _TablesNotRead() if source is None and suffix in _TABLES_NOT_READ else source


def _known_suffixes(engine: Engine) -> str:
    return ", ".join(key for key in engine.registry.sources if key.startswith(".")) or "-"


def _file(engine: Engine, path: str) -> Location:
    suffix = os.path.splitext(path)[1].lower()
    source = engine.registry.sources.get(suffix)
    if source is None:
        if not os.path.exists(path):
            raise SourceError.at(Place(path), "there is no such file")
        text = N_("files that end in “{suffix}” cannot be read; the endings are: {known}")
        raise SourceError.at(Place(path), text, suffix=suffix, known=_known_suffixes(engine))
    return Location(source, path, path)


def _folder(engine: Engine, top: str, given: str, output: Path | None) -> Iterator[Location]:
    """Yield the files of a folder; a folder of tables is a single source."""
    for folder, folders, names in os.walk(top, onerror=_refuse):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not _is_same(os.path.join(folder, name), output)
        )
        names = sorted(name for name in names if not _is_no_record(name))
        suffixes = {os.path.splitext(name)[1].lower() for name in names if not _is_report(folder, name)}
        if _TABLES in suffixes and _TABLES in engine.registry.sources:
            yield Location(engine.registry.sources[_TABLES], folder, given)
        for name in names:
            suffix = os.path.splitext(name)[1].lower()
            source = _read_by(engine, suffix)
            if suffix in (_TABLES, PRINTED) or source is None:
                continue
            yield Location(source, os.path.join(folder, name), given)


def _is_report(folder: str, name: str) -> bool:
    from kepu_docs.pipeline.own_files import is_report_as_csv

    return is_report_as_csv(folder, name)


def _refuse(error: OSError) -> None:
    raise unreadable(os.fsdecode(error.filename), error) from None


def _is_same(path: str, output: Path | None) -> bool:
    try:
        return output is not None and os.path.samefile(path, output)
    except (OSError, ValueError):
        return False


def records(
    engine: Engine, found: Sequence[Location], faults: list[Fault], form: RecordForm | None = None
) -> Iterator[tuple[Location, SourceRecord]]:
    """Yield the records of all locations, one after the other; ``read`` is the share of all locations.

    The records have the engine's model unless another ``form`` is given.

    If reading a location fails, the reason is added to ``faults`` and the next location begins. Errors of the caller's
    own iterable are not caught.
    """
    form = form or RecordForm(engine.registry.model, engine.languages.vocabulary)
    for number, location in enumerate(found):
        shown = shown_location(location.path) if is_address(location.path) else ""
        stream = _stream(location, form)
        _logger.info("reading %s", shown or location.path)
        while True:
            try:
                record = next(stream, None)
            except KepuError as error:
                if location.source is location.objects:
                    raise
                faults += _without_secrets(error.faults, location.path)
                break
            except Exception as error:  # a foreign source may raise anything
                if location.source is location.objects:
                    raise
                text = N_("reading failed (plugin {plugin}): {error}")
                values = (("plugin", _owner(engine, location.source)), ("error", scrubbed(repr(error), location.path)))
                faults.append(Fault(Place(shown or location.path), text, values))
                break
            if record is None:
                break
            if shown and (record.name != shown or record.faults or record.warnings):
                wrong, warnings = (
                    _without_secrets(record.faults, location.path),
                    _without_secrets(record.warnings, location.path),
                )
                record = replace(record, name=scrubbed(record.name, location.path), faults=wrong, warnings=warnings)
            # A single stream of unknown length has no known share.
            share = (number + record.read) / len(found) if record.read or len(found) > 1 else 0.0
            yield location, record if share == record.read else replace(record, read=share)


def _stream(location: Location, form: RecordForm) -> Iterator[SourceRecord]:
    source, given = location.source, location.objects
    if given is not None and isinstance(given.items, Tables) and isinstance(source, TableSource):
        return source.tables(given.items, given.name, form, given.folder)
    return source.records(location.path, form)


def _without_secrets(faults: Sequence[Fault], location: str) -> tuple[Fault, ...]:
    """Return the faults that a source reported about its location, without the secrets of an address."""
    if not is_address(location):
        return tuple(faults)
    return tuple(
        replace(
            fault,
            msgid=scrubbed(fault.msgid, location),
            place=replace(fault.place, record=scrubbed(fault.place.record, location)),
            values=tuple((name, _scrubbed(value, location)) for name, value in fault.values),
        )
        for fault in faults
    )


def _scrubbed(value: object, location: str) -> object:
    if isinstance(value, Message):
        return replace(value, values=tuple((name, _scrubbed(each, location)) for name, each in value.values))
    return scrubbed(value, location) if isinstance(value, str) else value


def _owner(engine: Engine, source: Source) -> str:
    """Return the plugin that offers a source."""
    return next(engine.registry.owners[SOURCES, key] for key in source_keys(source))
