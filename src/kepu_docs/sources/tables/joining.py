"""From the rows of several tables to records, in the order of the communities.

The rows of all other tables wait in a private database that SQLite moves to the disk when it grows: they may stand in
any order, and memory does not grow with them.
"""

import difflib
import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final, NamedTuple

from kepu_docs.contract import RecordForm, SourceRecord
from kepu_docs.errors import N_, Fault, Place, SourceError
from kepu_docs.sources.tables.cells import BadCell, value_of
from kepu_docs.sources.tables.layout import CODE, CODE_COLUMN, COMMUNITIES, Column, Layout, Table, plain

COLUMNS: Final = N_("columns")
"""What the sheet that explains the columns is called, in English; it is not read."""
EXAMPLE: Final = N_("example")
"""What stands in place of a code in the row of an example, in English; the row is not read."""
_SHEETS_NOT_READ: Final = (COLUMNS, "填写说明", "填寫說明")
_CODES_NOT_READ: Final = (EXAMPLE, "示例", "範例")

_NO_SUCH_COLUMN: Final = N_("nothing is known of a column “{heading}”; it is not read")
_MOST_STRAY: Final = 1_000

Path = tuple[str | int, ...]
Row = tuple[int, Sequence[Any]]


class Sheet(NamedTuple):
    """A table as its file holds it."""

    title: str
    rows: Callable[[], Iterator[Row]]
    """Gives the rows from the heading on, each with its number and its cells; it is called once."""
    place: Callable[[int, int | None, str], Place]
    """Gives the place of a row, or of one cell, whose column counts from 0 and has a heading."""
    merged: Callable[[int], Iterable[tuple[int, int]]] = lambda column: ()
    """Gives first and last row of the cells that are merged in a column."""
    share: Callable[[int], float] = lambda row: 0.0
    """Gives how much has been read with a row, from 0 to 1; 0 where that is not known."""
    hidden: bool = False


@dataclass(slots=True)
class _Heads:
    """The columns of one sheet: which column of the table each is."""

    sheet: Sheet
    table: Table
    columns: list[tuple[int, Column]] = field(default_factory=list)
    key: int | None = None
    titles: list[str] = field(default_factory=list)

    def place(self, row: int, column: Column | None = None) -> Place:
        """Return the place of a row, or of its cell in a column."""
        for at, each in self.columns:
            if column is not None and each.path == column.path:
                return self.sheet.place(row, at, self.titles[at])
        return self.sheet.place(row, self.key, CODE) if column is CODE_COLUMN else self.sheet.place(row, None, "")

    def at(self, row: int, path: Path) -> Place:
        """Return the place of what stands at ``path`` in the row's record."""
        for at, each in self.columns:
            if each.path == tuple(path[: len(each.path)]):
                return self.sheet.place(row, at, self.titles[at])
        return self.sheet.place(row, None, "")


def joined(name: str, sheets: Iterable[Sheet], form: RecordForm, folder: str) -> Iterator[SourceRecord]:
    """Yield a record for each row of the table of communities, with the rows of the other tables that are its.

    Raises ``SourceError`` where there is no such table, or where its heading is doubtful.
    """
    join = _Join(name, Layout(form), folder)
    with closing(join):
        yield from join.records(list(sheets))


class _Join:
    def __init__(self, name: str, layout: Layout, folder: str) -> None:
        self._name = name
        self._layout = layout
        self._folder = folder
        self._warnings: list[Fault] = []
        self._heads: list[_Heads] = []
        # An empty name is a database of our own, in memory until it grows.
        self._rows = sqlite3.connect("", isolation_level=None)
        self._rows.execute("PRAGMA journal_mode = OFF")
        self._rows.execute("CREATE TABLE waiting (key TEXT, sheet INTEGER, row INTEGER, said BLOB)")
        self._rows.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, row INTEGER) WITHOUT ROWID")

    def close(self) -> None:
        self._rows.close()

    def records(self, sheets: list[Sheet]) -> Iterator[SourceRecord]:
        communities: list[Sheet] = []
        for sheet, table in self._known(sheets):
            if table is self._layout.communities:
                communities.append(sheet)
            else:
                self._wait(sheet, table)
        if len(communities) != 1:
            text = (
                N_("two tables are called “{name}”")
                if communities
                else N_("there is no table called “{name}”, with a row for each community")
            )
            raise SourceError.at(Place(self._name), text, name=self._layout_name())
        self._rows.execute("CREATE INDEX by_key ON waiting (key, sheet, row)")
        (sheet,) = communities
        yield from self._told(sheet)
        yield from self._strays()

    def _layout_name(self) -> str:
        return " / ".join(dict.fromkeys((COMMUNITIES, *self._layout.names(self._layout.communities))))

    def _known(self, sheets: list[Sheet]) -> Iterator[tuple[Sheet, Table]]:
        """Yield the sheets with their tables, and warn of others; a single one is that of communities."""
        explanations = {plain(each) for each in _SHEETS_NOT_READ}
        sheets = [sheet for sheet in sheets if plain(sheet.title) not in explanations]
        if len(sheets) == 1 and self._layout.table(sheets[0].title) is None:
            yield sheets[0], self._layout.communities
            return
        for sheet in sheets:
            table = self._layout.table(sheet.title)
            if table is not None:
                yield sheet, table
            elif not sheet.hidden and any(any(_filled(cell) for cell in cells) for _, cells in sheet.rows()):
                text = N_("nothing is known of a table “{name}”; it is not read")
                self._warnings.append(Fault(Place(self._name), text, (("name", sheet.title),)))

    def _wait(self, sheet: Sheet, table: Table) -> None:
        """Have the rows of a sheet wait for their communities."""
        rows = sheet.rows()
        heads = self._head(sheet, table, rows)
        number = len(self._heads)
        self._heads.append(heads)
        if heads.key is None and heads.columns:
            text = N_("the table has no column “{name}”, which says whose row it is")
            place = Place(sheet.place(1, None, "").record, cell=sheet.title)
            raise SourceError.at(place, text, name=" / ".join(dict.fromkeys(self._layout.code_names())))
        self._rows.execute("BEGIN")
        self._rows.executemany(
            "INSERT INTO waiting VALUES (?, ?, ?, ?)",
            (
                (key, number, row, pickle.dumps(values))
                for row, key, values in _keyed(heads, rows)
                if not is_example(key)
            ),
        )
        self._rows.execute("COMMIT")

    def _head(self, sheet: Sheet, table: Table, rows: Iterator[Row]) -> _Heads:
        """Return the columns of a sheet: its first row that is not blank."""
        known = self._layout.columns(table)
        heads = _Heads(sheet, table)
        for row, cells in rows:
            titles = [str(cell).strip() if _filled(cell) else "" for cell in cells]
            if not any(titles):
                continue
            heads.titles = titles
            unknown: list[Fault] = []
            used: dict[tuple[str, ...], str] = {}
            for at, title in enumerate(titles):
                column = known.get(plain(title)) if title else None
                place = sheet.place(row, at, title)
                if column is None:
                    if title:
                        unknown.append(_unknown(place, title, known))
                    continue
                if column.path in used:
                    text = N_("the columns “{first}” and “{second}” are the same")
                    raise SourceError.at(place, text, first=used[column.path], second=title)
                used[column.path] = title
                if column is CODE_COLUMN:
                    heads.key = at
                else:
                    heads.columns.append((at, column))
            if not used:
                text = N_("none of these headings is known; the first row must have headings such as “{heading}”")
                raise SourceError.at(sheet.place(row, None, ""), text, heading=self._layout.example_heading(table))
            self._warnings += unknown
            return heads
        return heads

    def _told(self, sheet: Sheet) -> Iterator[SourceRecord]:
        rows = sheet.rows()
        heads = self._head(sheet, self._layout.communities, rows)
        records = (each for each in _filled_rows(heads, rows) if not is_example(self._key_of(heads, each[1])))
        first = next(records, None)
        if first is None:
            text = N_("the table has no rows; fill in a row for each community")
            raise SourceError.at(Place(self._name, cell=sheet.title), text)
        broken: SourceError | None = None
        try:
            second = next(records, None)
        except SourceError as error:
            second, broken = None, error
        yield self._record(heads, *first, alone=second is None and broken is None)
        if broken:
            raise broken
        for row, values in chain((second,) if second else (), records):
            yield self._record(heads, row, values, alone=False)

    @staticmethod
    def _key_of(heads: _Heads, values: list[tuple[int, Any]]) -> str:
        """Return the key of a community: its code, or its name where it has none."""
        said = {heads.columns[at][1].path: value for at, value in values}
        return _key(said.get(("community", CODE)) or said.get(("community", "name")))

    def _record(self, heads: _Heads, row: int, values: list[tuple[int, Any]], *, alone: bool) -> SourceRecord:
        key = self._key_of(heads, values)
        made = _Made(heads, row)
        made.take(values)
        before = self._rows.execute("SELECT row FROM seen WHERE key = ?", (key,)).fetchone()
        if before:
            text = N_("this community stands in row {row} already; each needs a code of its own")
            made.faults.append(Fault(heads.at(row, ("community", CODE)), text, (("row", before[0]),)))
        else:
            self._rows.execute("INSERT INTO seen VALUES (?, ?)", (key, row))
            if alone:
                # Of a single community all rows without a code must be.
                self._rows.execute("INSERT OR IGNORE INTO seen VALUES ('', ?)", (row,))
            found = self._rows.execute(
                "SELECT sheet, row, said FROM waiting WHERE key = ? OR (? AND key = '') ORDER BY sheet, row",
                (key, alone),
            )
            for number, at, said in found:
                # Pickled by ourselves, in a database that nobody else can open.
                made.join(self._heads[number], at, pickle.loads(said))  # noqa: S301
        warnings, self._warnings = tuple(self._warnings), []
        place = heads.place(row)
        return SourceRecord(
            place.record or self._name,
            made.data(),
            place=place.cell or str(place.line or ""),
            line=place.line or 1,
            folder=self._folder,
            find=made.find,
            faults=tuple(made.faults),
            warnings=warnings,
            read=heads.sheet.share(row),
        )

    def _strays(self) -> Iterator[SourceRecord]:
        """Yield a failing record for each code that no community has."""
        keys = self._rows.execute(
            "SELECT DISTINCT key FROM waiting WHERE key NOT IN (SELECT key FROM seen) ORDER BY sheet, row"
        ).fetchmany(_MOST_STRAY)
        for (key,) in keys:
            faults = []
            found = self._rows.execute("SELECT sheet, row FROM waiting WHERE key = ? ORDER BY sheet, row", (key,))
            for number, row in found.fetchmany(_MOST_STRAY):
                text = (
                    N_("no community has the code “{code}”; the row is not told")
                    if key
                    else N_("the row has no code, so that nobody knows whose it is")
                )
                faults.append(Fault(self._heads[number].place(row, CODE_COLUMN), text, (("code", key),) if key else ()))
            place = faults[0].place
            yield SourceRecord(
                place.record or self._name,
                {"community": {CODE: key}},
                place=place.cell or str(place.line or ""),
                faults=tuple(faults),
                read=1.0,
            )


class _Made:
    """A record that is being put together, and where each part of it stands."""

    def __init__(self, heads: _Heads, row: int) -> None:
        self._heads = heads
        self._row = row
        self._data: dict[str, Any] = {}
        self._sections: dict[str, list[dict[str, Any]]] = {}
        self._places: dict[tuple[str, int], tuple[_Heads, int]] = {}
        self._lists: dict[tuple[str, str], list[tuple[_Heads, int]]] = {}
        self.faults: list[Fault] = []

    def take(self, values: list[tuple[int, Any]]) -> None:
        """Take the row of the community itself."""
        for at, value in values:
            path = self._heads.columns[at][1].path
            if self._bad(self._heads, self._row, at, value):
                continue
            if path[0] == "sections":
                _put(self._section(path[1], 0), path[2:], value)
            else:
                _put(self._data, path, value)

    def join(self, heads: _Heads, row: int, values: list[tuple[int, Any]]) -> None:
        """Take a row of another table: a section, or a record of a list in the first section of its kind."""
        kind = heads.table.path[0]
        said: dict[str, Any] = {}
        for at, value in values:
            if not self._bad(heads, row, at, value):
                _put(said, heads.columns[at][1].path, value)
        if heads.table.is_list:
            name = heads.table.path[1]
            self._section(kind, 0).setdefault(name, []).append(said)
            self._lists.setdefault((kind, name), []).append((heads, row))
            return
        number = sum(1 for each, _ in self._places if each == kind)
        self._places[kind, number] = heads, row
        self._section(kind, number).update(said)

    def _section(self, kind: str, number: int) -> dict[str, Any]:
        sections = self._sections.setdefault(kind, [])
        while len(sections) <= number:
            sections.append({"kind": kind})
        return sections[number]

    def _bad(self, heads: _Heads, row: int, at: int, value: Any) -> bool:
        if not isinstance(value, BadCell):
            return False
        place = heads.sheet.place(row, heads.columns[at][0], heads.titles[heads.columns[at][0]])
        self.faults.append(Fault(place, value.text))
        return True

    def data(self) -> dict[str, Any]:
        """Return the record."""
        sections = [section for each in self._sections.values() for section in each]
        return {**self._data, "sections": sections} if sections else self._data

    def find(self, path: Path) -> Place:
        """Return the place of the value at ``path``."""
        if len(path) < 2 or path[0] != "sections":
            return self._heads.at(self._row, path)
        order = [(kind, number) for kind, each in self._sections.items() for number in range(len(each))]
        place = int(path[1])
        if place >= len(order):
            return self._heads.place(self._row)
        kind, number = order[place]
        if len(path) > 3:
            rows = self._lists.get((kind, str(path[2])), ()) if number == 0 else ()
            at = path[3]
            if isinstance(at, int) and at < len(rows):
                heads, row = rows[at]
                return heads.at(row, path[4:])
        if (kind, number) in self._places:
            heads, row = self._places[kind, number]
            return heads.at(row, path[2:])
        return self._heads.at(self._row, ("sections", kind, *path[2:]))


def is_example(key: str) -> bool:
    """Tell whether a key is the mark of the row that shows how to fill in a table."""
    return key.casefold().strip("（）()：: ") in _CODES_NOT_READ


def _values(heads: _Heads, cells: Sequence[Any]) -> list[tuple[int, Any]]:
    """Return what the cells of a row say, by the places of their columns."""
    return [
        (number, value)
        for number, (at, column) in enumerate(heads.columns)
        if at < len(cells) and (value := value_of(cells[at], column.cell)) is not None
    ]


def _filled_rows(heads: _Heads, rows: Iterator[Row]) -> Iterator[tuple[int, list[tuple[int, Any]]]]:
    """Yield number and values of the rows that say anything."""
    for row, cells in rows:
        values = _values(heads, cells)
        if values:
            yield row, values


def _keyed(heads: _Heads, rows: Iterator[Row]) -> Iterator[tuple[int, str, list[tuple[int, Any]]]]:
    """Yield number, code and values of the rows that say anything. A code in merged cells is that of all their rows."""
    if heads.key is None:
        return
    last = dict(heads.sheet.merged(heads.key))
    until, code = 0, ""
    for row, cells in rows:
        key = _key(cells[heads.key]) if heads.key < len(cells) else ""
        if row in last:
            until, code = last[row], key
        elif row <= until:
            key = key or code
        values = _values(heads, cells)
        if values:
            yield row, key, values


def _key(cell: Any) -> str:
    key = value_of(cell, "text")
    return key if isinstance(key, str) else ""


def _put(data: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for name in path[:-1]:
        data = data.setdefault(name, {})
    data[path[-1]] = value


def _filled(cell: Any) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _unknown(place: Place, title: str, known: Iterable[str]) -> Fault:
    near = difflib.get_close_matches(plain(title), known, 1, 0.75)
    if not near:
        return Fault(place, _NO_SUCH_COLUMN, (("heading", title),))
    text = N_("nothing is known of a column “{heading}”; is it “{near}”? It is not read")
    return Fault(place, text, (("heading", title), ("near", near[0])))
