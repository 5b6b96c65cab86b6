"""From the rows of several tables to records, in the order of the communities.

The rows of all other tables wait in a private database that SQLite moves to the disk when it grows: they may stand in
any order, and memory does not grow with them.
"""

import pickle
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain
from typing import Any, Final, NamedTuple

from kepu_docs.plugin import N_, Fault, Place, RecordForm, RecordTable, SourceError, SourceRecord, first_faults
from kepu_sources.tables.sheets import Heads, Path, Row, RowContent, Sheet, key_of, read_heads
from kepu_sources.tables.table_names import CODE, CODE_COLUMN, Layout, plain

_SHEETS_NOT_READ: Final = ("columns", "填写说明", "填寫說明")
"""What the sheet that explains the columns of a workbook to fill in is called, in the languages that there are."""
_MOST_STRAY: Final = 1_000
"""How many codes that no community has are reported; who has more has another table of communities."""
_MOST_TOGETHER: Final = 200
"""How many rows wait together."""
MOST_ROWS_OF_ONE: Final = 100_000
"""Of all tables together, of one community: memory holds them at once. A list has at most 10,000 entries."""

_example = re.compile(r"[（(]?(?:示例|範例|example)[）)：:]?|[（(](?:示例|範例|example)[）)].+", re.IGNORECASE)
"""The mark alone, or a name that begins with it in brackets."""


def joined(name: str, sheets: Iterable[Sheet], form: RecordForm, folder: str) -> Iterator[SourceRecord]:
    """Yield a record for each row of the table of communities, with the rows of the other tables that are its.

    Raises ``SourceError`` where there is no such table, or where its heading is doubtful.
    """
    join = _Join(name, Layout(form), folder)
    with closing(join):
        yield from join.records(list(sheets))


class _Group(NamedTuple):
    """Rows of one table that stand together and have one code: their numbers, what they say, and their bad cells."""

    rows: list[int]
    data: list[dict[str, Any]]
    bad: list[tuple[int, tuple[int, str]]]


class _KeyedRow(NamedTuple):
    row: int
    key: str
    content: RowContent


class _Join:
    def __init__(self, name: str, layout: Layout, folder: str) -> None:
        self._name = name
        self._layout = layout
        self._folder = folder
        self._warnings: list[Fault] = []
        self._heads: list[Heads] = []
        # An empty name is a database of our own, in memory until it grows.
        # A web server may have each record made in another of its threads, one after the other.
        self._rows = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._rows.execute("PRAGMA journal_mode = OFF")
        self._rows.execute("CREATE TABLE waiting (key TEXT, sheet INTEGER, row INTEGER, content BLOB)")
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
        yield from self._records_of(sheet)
        yield from self._strays()

    def _layout_name(self) -> str:
        return " / ".join(dict.fromkeys((self._layout.communities.name, *self._layout.names(self._layout.communities))))

    def _known(self, sheets: list[Sheet]) -> list[tuple[Sheet, RecordTable]]:
        """Return the sheets with their tables, and warn of others; a single one is that of communities."""
        explanations = {plain(each) for each in _SHEETS_NOT_READ}
        tables = [
            (sheet, self._layout.table(sheet.title)) for sheet in sheets if plain(sheet.title) not in explanations
        ]
        others = [sheet for sheet, table in tables if table is None and not sheet.hidden and not sheet.is_blank()]
        known = [(sheet, table) for sheet, table in tables if table is not None]
        if len(others) == 1 and not known:
            return [(others[0], self._layout.communities)]
        text = N_("nothing is known of a table “{name}”; it is not read")
        self._warnings += first_faults(Fault(Place(self._name), text, (("name", sheet.title),)) for sheet in others)
        return known

    def _wait(self, sheet: Sheet, table: RecordTable) -> None:
        """Have the rows of a sheet wait for their communities."""
        heads, rows = self._head(sheet, table)
        if heads.key is None and heads.columns:
            text = N_("the table has no column “{name}”, which says whose row it is")
            place = Place(sheet.place(1, None, "").record, cell=sheet.title)
            raise SourceError.at(place, text, name=" / ".join(dict.fromkeys(self._layout.code_names())))
        number = len(self._heads)
        self._heads.append(heads)
        self._rows.execute("BEGIN")
        self._rows.executemany(
            "INSERT INTO waiting VALUES (?, ?, ?, ?)",
            ((key, number, group.rows[0], pickle.dumps(group, -1)) for key, group in self._groups(heads, rows)),
        )
        self._rows.execute("COMMIT")

    def _head(self, sheet: Sheet, table: RecordTable) -> tuple[Heads, Iterator[Row]]:
        heads, rows, warnings = read_heads(sheet, table, self._layout)
        self._warnings += warnings
        return heads, rows

    def _groups(self, heads: Heads, rows: Iterator[Row]) -> Iterator[tuple[str, "_Group"]]:
        """Yield the rows with their code, together those that stand together."""
        held, group = "", _Group([], [], [])
        for row, key, content in self._keyed(heads, rows):
            if key != held or len(group.rows) >= _MOST_TOGETHER:
                if group.rows:
                    yield held, group
                held, group = key, _Group([], [], [])
            group.rows.append(row)
            group.data.append(content.data)
            group.bad.extend((row, bad) for bad in content.bad)
        if group.rows:
            yield held, group

    def _keyed(self, heads: Heads, rows: Iterator[Row]) -> Iterator[_KeyedRow]:
        """Yield the rows of a table with their codes. A code in merged cells is that of all their rows."""
        at = heads.key
        if at is None:
            return
        last = dict(heads.sheet.merged(at))
        until, code = 0, ""

        def key_at(row: int, cells: Sequence[Any], content: RowContent) -> str:
            nonlocal until, code
            key = key_of(cells[at]) if at < len(cells) else ""
            if row in last:
                until, code = last[row], key
            return key or (code if row <= until else "")

        yield from self._filled(heads, rows, key_at)

    def _filled(
        self, heads: Heads, rows: Iterator[Row], key_at: Callable[[int, Sequence[Any], RowContent], str]
    ) -> Iterator[_KeyedRow]:
        """Yield the rows that say anything, except examples; of these a second one was probably filled in."""
        examples = 0
        for row, cells in rows:
            if heads.untitled or len(cells) > len(heads.titles):
                self._warnings += heads.strays(row, cells)
            content = heads.content(cells)
            key = key_at(row, cells, content)
            if not content.data and not content.bad:
                continue
            if not is_example(key):
                yield _KeyedRow(row, key, content)
                continue
            examples += 1
            if examples == 2:
                text = N_(
                    "this row is marked as an example too, and is not read; put the code of the community in its place"
                )
                self._warnings.append(Fault(heads.place(row, CODE_COLUMN), text))

    def _records_of(self, sheet: Sheet) -> Iterator[SourceRecord]:
        heads, rows = self._head(sheet, self._layout.communities)
        communities = self._filled(heads, rows, _code_or_name)
        first = next(communities, None)
        if first is None:
            if sheet.may_be_empty:
                return
            text = N_("the table has no rows; fill in a row for each community")
            raise SourceError.at(Place(self._name, cell=sheet.title), text)
        broken: SourceError | None = None
        try:
            second = next(communities, None)
        except SourceError as error:
            second, broken = None, error
        yield self._record(heads, first, alone=second is None and broken is None)
        if broken:
            raise broken
        for each in chain((second,) if second else (), communities):
            yield self._record(heads, each, alone=False)

    def _record(self, heads: Heads, community: _KeyedRow, *, alone: bool) -> SourceRecord:
        row, key, content = community
        made = _Made(heads, row, content)
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
                "SELECT sheet, content FROM waiting WHERE key IN (?, ?) ORDER BY sheet, row",
                (key, "" if alone else key),
            )
            rows = 0
            for number, content in found:
                group = _group(content)
                rows += len(group.rows)
                if rows > MOST_ROWS_OF_ONE:
                    found.close()
                    text = N_("the tables have more than {limit} rows for this community, the most that it may have")
                    made.faults.append(Fault(heads.at(row, ("community", CODE)), text, (("limit", MOST_ROWS_OF_ONE),)))
                    break
                made.join(self._heads[number], group)
        warnings, self._warnings = tuple(self._warnings), []
        place = heads.place(row)
        return SourceRecord(
            place.record or self._name,
            made.data(),
            place=str(place.line or place.cell),
            line=place.line or 1,
            folder=self._folder,
            find=made.find,
            faults=tuple(first_faults(made.faults)),
            warnings=warnings,
            read=heads.sheet.share(row),
        )

    def _strays(self) -> Iterator[SourceRecord]:
        """Yield a failing record for each code that no community has."""
        keys = self._rows.execute(
            "SELECT DISTINCT key FROM waiting WHERE key NOT IN (SELECT key FROM seen) ORDER BY sheet, row"
        ).fetchmany(_MOST_STRAY + 1)
        if keys:
            # Excel takes the zeros off codes that it takes for numbers.
            self._rows.execute("CREATE INDEX without_zeros ON seen (ltrim(key, '0'))")
        for count, (key,) in enumerate(keys, 1):
            text, values = self._stray(key)
            if count > _MOST_STRAY:
                text, values = N_("there are more codes that no community has; they are not told one by one"), ()
            found = self._rows.execute("SELECT sheet, content FROM waiting WHERE key = ? ORDER BY sheet, row", (key,))
            faults = first_faults(
                Fault(self._heads[number].place(row, CODE_COLUMN), text, values)
                for number, pickled in found
                for row in _group(pickled).rows
            )
            place = faults[0].place
            yield SourceRecord(
                place.record or self._name,
                {"community": {CODE: key}},
                place=str(place.line or place.cell),
                faults=tuple(faults),
                read=1.0,
            )

    def _stray(self, key: str) -> tuple[str, tuple[tuple[str, object], ...]]:
        """Return what is wrong with rows of a code that no community has."""
        if not key:
            return N_("the row has no code, so that nobody knows whose it is"), ()
        near = self._rows.execute("SELECT key FROM seen WHERE ltrim(key, '0') = ltrim(?, '0')", (key,)).fetchone()
        if near and key.isdigit():
            text = N_("no community has the code “{code}”; is it “{near}”? The row is not told")
            return text, (("code", key), ("near", near[0]))
        return N_("no community has the code “{code}”; the row is not told"), (("code", key),)


class _Made:
    """A record that is being put together, and where each part of it stands."""

    def __init__(self, heads: Heads, row: int, content: RowContent) -> None:
        self._heads = heads
        self._row = row
        self._data = content.data
        self._sections: dict[str, list[dict[str, Any]]] = {}
        self._places: dict[str, list[tuple[Heads, int]]] = {}
        """Where the sections of each kind stand, in their order."""
        self._lists: dict[tuple[str, str], list[tuple[Heads, list[int]]]] = {}
        self.faults = list(heads.faults(row, content.bad))
        # In a flat table, fields of sections stand in the row of the community.
        for kind, fields in self._data.pop("sections", {}).items():
            self._sections[kind] = [{"kind": kind, **fields}]

    def join(self, heads: Heads, group: _Group) -> None:
        """Take rows of another table: sections, or records of a list in the first section of its kind."""
        for row, bad in group.bad:
            self.faults += heads.faults(row, [bad])
        kind = heads.table.path[0]
        if heads.table.is_list:
            name = heads.table.path[1]
            self._section(kind, 0).setdefault(name, []).extend(group.data)
            self._lists.setdefault((kind, name), []).append((heads, group.rows))
            return
        places = self._places.setdefault(kind, [])
        for row, data in zip(group.rows, group.data, strict=True):
            self._section(kind, len(places)).update(data)
            places.append((heads, row))

    def _section(self, kind: str, number: int) -> dict[str, Any]:
        sections = self._sections.setdefault(kind, [])
        while len(sections) <= number:
            sections.append({"kind": kind})
        return sections[number]

    def data(self) -> dict[str, Any]:
        """Return the record."""
        sections = [section for each in self._sections.values() for section in each]
        return {**self._data, "sections": sections} if sections else self._data

    def find(self, path: Path) -> Place:
        """Return the place of the value at ``path``."""
        if len(path) < 2 or path[0] != "sections":
            return self._heads.at(self._row, path)
        kind, number = self._section_at(int(path[1]))
        if not kind:
            return self._heads.place(self._row)
        if len(path) > 3 and number == 0 and isinstance(path[3], int):
            at = path[3]
            for heads, rows in self._lists.get((kind, str(path[2])), ()):
                if at < len(rows):
                    return heads.at(rows[at], path[4:])
                at -= len(rows)
        places = self._places.get(kind, ())
        if number < len(places):
            heads, row = places[number]
            return heads.at(row, path[2:])
        return self._heads.at(self._row, ("sections", kind, *path[2:]))

    def _section_at(self, place: int) -> tuple[str, int]:
        """Return the kind of the section at a place, and which of its kind it is; no kind where there is none."""
        for kind, each in self._sections.items():
            if place < len(each):
                return kind, place
            place -= len(each)
        return "", 0


def _code_or_name(row: int, cells: Sequence[Any], content: RowContent) -> str:
    community = content.data.get("community", {})
    return str(community.get(CODE, "") or community.get("name", ""))


def _group(pickled: bytes) -> _Group:
    # Pickled by ourselves, in a database that nobody else can open.
    group: _Group = pickle.loads(pickled)  # noqa: S301
    return group


def is_example(key: str) -> bool:
    """Tell whether a code or a name is the mark of the row that shows how to fill in a table."""
    return bool(key) and _example.fullmatch(key) is not None
