"""The second round: each community with faults gets its workbook back, as it was, with messages at the faulty cells."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from kepu_docs.batch.manifest import read_manifest
from kepu_docs.batch.reserved_names import MANIFEST
from kepu_docs.batch.work import digest
from kepu_docs.contract.record_tables import CODE, COMMUNITIES, RecordTable, record_tables
from kepu_docs.contract.sources import SourceRecord
from kepu_docs.errors import N_, Fault, KepuError, Place, RecordError, SourceError
from kepu_docs.locale.words import Words
from kepu_docs.pipeline import Engine, empty_workbook
from kepu_docs.pipeline.keys import in_english
from kepu_docs.pipeline.locations import locations, records
from kepu_docs.pipeline.records import Who, found_faults, guess, place_of, read_summary
from kepu_docs.reading.records import read_content
from kepu_docs.schema.text import showable
from kepu_docs.starters.filled_in import ColumnPath, FilledIn, FilledRow

_NAME: Final = ("community", "name")
_LOCKED: Final = frozenset((_NAME, ("community", CODE)))
_STANDARD_INPUT: Final = "-"
_Path = tuple[str | int, ...]
_step = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def returned_workbooks(
    engine: Engine, report: Path, words: Words, kinds: Sequence[str], faults: list[Fault]
) -> Iterator[tuple[Who, bytes]]:
    """Yield a name and a workbook for each record that failed in a batch, or fails now, in the order of the sources.

    ``report`` is the batch's folder, or its report or manifest. A workbook has the sections of its record, then those
    of ``kinds``, with the columns that most summaries use and those that are filled in. Records that cannot be sent
    back are added to ``faults``. Raises ``SourceError`` if there is no such batch, or its sources are gone.
    """
    folder = report if report.is_dir() else report.parent
    failed = [line for line in read_manifest(folder / MANIFEST) if line.status == "failed"]
    if not failed and not (folder / MANIFEST).exists():
        raise SourceError.at(
            Place(str(report)), N_("this is not the report of a batch; give its report.xlsx or its folder")
        )
    errors = {line.record: line.errors for line in failed}
    sources: list[str] = []
    for source in dict.fromkeys(line.source for line in failed):
        if source == _STANDARD_INPUT or source.startswith("<"):
            text = N_("this source cannot be read a second time; nothing from it is sent back")
            faults.append(Fault(Place(source), text))
        else:
            sources.append(_from_here(folder, source))
    for _, record in records(engine, locations(engine, sources, folder), faults):
        found = found_faults(_faults(engine, record), record, with_field=True)
        known = errors.get(digest(record.content), ())
        if not (found or known):
            continue
        who = guess(engine, record)
        if not who.community:
            faults.append(Fault(place_of(record), N_("the sender is unknown; it is not sent back")))
            continue
        filled = _Filling(engine, record).filled_in(found, [message for _, message in known], words)
        own = [kind for kind in engine.registry.kinds if kind in {name.split(".")[0] for name in filled.rows}]
        yield (
            who,
            empty_workbook(engine.registry, list(dict.fromkeys((*own, *kinds))), words, short=True, filled=filled),
        )


def _from_here(folder: Path, source: str) -> str:
    """Return the location of a source of a manifest; a location that is not a path is returned unchanged."""
    path = os.path.normpath(os.path.join(folder, source))
    return os.path.relpath(path) if os.path.lexists(path) or "*" in path else source


def _faults(engine: Engine, record: SourceRecord) -> Sequence[Fault]:
    try:
        read_summary(engine, record)
    except RecordError as error:
        return error.faults
    except KepuError as error:
        return error.faults
    return ()


@dataclass(slots=True)
class _Row:
    """A row of a table being filled in: its place in the record, its values, and its faults."""

    table: RecordTable
    path: _Path
    values: dict[ColumnPath, Any] = field(default_factory=dict)
    remarks: dict[ColumnPath, list[str]] = field(default_factory=dict)

    def note(self, column: ColumnPath, text: str) -> None:
        texts = self.remarks.setdefault(column, [])
        if text not in texts:
            texts.append(text)

    def column_at(self, rest: _Path) -> ColumnPath | None:
        """Return the column for a path below the row, if there is one."""
        for column in self.table.columns:
            short = rest[: len(column.path)]
            if short == column.path or (short and short == column.path[: len(short)]):
                return column.path
        return None


class _Filling:
    """A record being written back into tables."""

    def __init__(self, engine: Engine, record: SourceRecord) -> None:
        self._record = record
        self._tables = {table.name: table for table in record_tables(engine.registry.model)}
        self._rows: list[_Row] = []
        data: Any = record.content
        if isinstance(data, bytes):
            data = read_content(data, name=record.name, syntax=record.syntax).data
        data = _showable(in_english(data, engine.registry.model, engine.languages.vocabulary).data)
        self._add(COMMUNITIES, (), data)
        sections = data.get("sections") if isinstance(data, Mapping) else None
        for number, section in enumerate(sections if isinstance(sections, list | tuple) else ()):
            if not isinstance(section, Mapping):
                continue
            kind = str(section.get("kind"))
            self._add(kind, ("sections", number), section)
            for name, entries in section.items():
                if f"{kind}.{name}" in self._tables and isinstance(entries, list | tuple):
                    for place, entry in enumerate(entries):
                        self._add(f"{kind}.{name}", ("sections", number, str(name), place), entry)

    def _add(self, name: str, path: _Path, data: Any) -> None:
        table = self._tables.get(name)
        if table is None or not isinstance(data, Mapping):
            return
        row = _Row(table, path)
        for column in table.columns:
            value: Any = data
            for step in column.path:
                value = value.get(step) if isinstance(value, Mapping) else None
            if value is not None and value != "":
                row.values[column.path] = value
        self._rows.append(row)

    def filled_in(self, faults: Sequence[Fault], otherwise: Sequence[str], words: Words) -> FilledIn:
        """Return the tables with the faults at their cells; if there are none, the faults ``otherwise`` known."""
        for fault in faults:
            text = replace(fault, place=Place()).translated(words.translate)
            row, column = self._cell_of(fault.place)
            row.note(column, text)
            if fault.place in self._record.refused:
                row.values.setdefault(column, _showable(self._record.refused[fault.place]))
        for text in () if faults else otherwise:
            self._rows[0].note(_NAME, text)
        rows: dict[str, list[FilledRow]] = {}
        for each in self._rows:
            remarks = {column: "\n".join(texts) for column, texts in each.remarks.items()}
            rows.setdefault(each.table.name, []).append(FilledRow(each.values, remarks))
        known = frozenset(self._rows[0].values) - frozenset(self._rows[0].remarks)
        return FilledIn(rows, _LOCKED & known)

    @cached_property
    def _by_place(self) -> Mapping[Place, tuple[_Row, ColumnPath]]:
        """The rows and columns by their places in the source."""
        find = self._record.find
        if find is None:
            return {}
        return {
            find((*row.path, *column.path)): (row, column.path)
            for row in reversed(self._rows)
            for column in reversed(row.table.columns)
        }

    def _cell_of(self, place: Place) -> tuple[_Row, ColumnPath]:
        """Return the row and the column of a place; for a place without a cell, those of the community's name."""
        if place in self._by_place:
            return self._by_place[place]
        path: _Path = tuple(int(step[1]) if step[1] else step[2] for step in _step.finditer(place.field))
        for row in sorted(self._rows, key=lambda each: -len(each.path)):
            if path and path[: len(row.path)] == row.path and (found := row.column_at(path[len(row.path) :])):
                return row, found
        return self._rows[0], _NAME


def _showable(value: Any) -> Any:
    """Return a value of a faulty record with a blank for each character that no workbook can hold."""
    if isinstance(value, str):
        return "\n".join(map(showable, value.splitlines()))
    if isinstance(value, Mapping):
        return {name: _showable(each) for name, each in value.items()}
    return [_showable(each) for each in value] if isinstance(value, list | tuple) else value
