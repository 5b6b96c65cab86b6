"""Joins the rows of several tables to records, in the order of the communities.

The rows of all other tables wait in a private database, which SQLite moves to disk as it grows: the rows may come in
any order, and the use of memory does not grow with them.
"""

import pickle
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any, Final, NamedTuple

from kepu_docs.plugin import (
    N_,
    Fault,
    Period,
    Place,
    RecordForm,
    RecordTable,
    SourceError,
    SourceRecord,
    first_faults,
)
from kepu_sources.tables.beside_facts import DOUBTFUL, Beside, listed
from kepu_sources.tables.codes import code_of, same_name
from kepu_sources.tables.example_rows import copied, is_example, is_untouched, without_mark
from kepu_sources.tables.headings import read_heads
from kepu_sources.tables.known_sheets import known_sheets
from kepu_sources.tables.merged_cells import MERGED_FIGURE, MergedCells
from kepu_sources.tables.no_values import BadCell
from kepu_sources.tables.repeated_rows import repeated_rows
from kepu_sources.tables.sheets import Heads, Path, RefusedCell, Row, RowContent, Sheet, key_of
from kepu_sources.tables.table_names import CODE, CODE_COLUMN, Layout
from kepu_sources.tables.times_in_cells import TimeOfYear, outside
from kepu_sources.tables.upright import as_rows

_MOST_STRAY: Final = 1_000
"""How many codes without a community are reported; a source with more belongs to another table of communities."""
_MOST_TOGETHER: Final = 200
"""How many rows are grouped together at most."""
MOST_ROWS_OF_ONE: Final = 100_000
"""The most rows of one community in all tables together: memory holds them at once. A list has at most 10,000
entries."""

_EXAMPLE_KEY: Final = "示例"
"""The key of rows whose code still holds the word of the example; no row that is read has it as its code."""
_NO_CODE_BUT_EXAMPLE: Final = N_(
    "the code's cell still says “example”, so it is unclear who this row belongs to; replace it with "
    "the code of the community"
)

_COPIED: Final = N_(
    "this row is a copy of the example and still has its text, so it is unclear whether these are "
    "facts; replace it with your own, or if it is right, delete the example row ({cells})"
)

_HELD: Final = "held_on"
_NEAR_CODE: Final = N_("no community has the code “{code}”; did you mean “{near}”? The row is left out")

_chinese = re.compile(r"[\u4e00-\u9fff]{2,60}")


def joined(name: str, sheets: Iterable[Sheet], form: RecordForm, folder: str) -> Iterator[SourceRecord]:
    """Yield a record for each row of the table of communities, with its rows of the other tables.

    Raises ``SourceError`` if there is no such table, or if a heading of it is doubtful.
    """
    join = _Join(name, Layout(form), folder)
    with closing(join):
        yield from join.records(list(sheets))


class _Group(NamedTuple):
    """Consecutive rows of one table with the same code: their numbers, their data, and their bad cells."""

    rows: list[int]
    data: list[dict[str, Any]]
    bad: list[tuple[int, RefusedCell]]
    times: list[tuple[int, tuple[int, TimeOfYear]]]
    """Times that need the year of the community's record, each with the index of its row in the group."""


class _KeyedRow(NamedTuple):
    row: int
    key: str
    content: RowContent
    owner: str = ""
    """The name of the community, written beside the code."""


class _Join:
    def __init__(self, name: str, layout: Layout, folder: str) -> None:
        self._name = name
        self._layout = layout
        self._folder = folder
        self._warnings: list[Fault] = []
        self._lost: list[Fault] = []
        """Faults for facts that would be in no document and belong to no known community."""
        self._heads: list[Heads] = []
        self._has_equal_codes = self._has_equal_names = self._has_other_keys = True
        """Whether there may be any, until all communities are known."""
        self._uncoded: set[int] = set()
        """The rows of communities whose code still holds the word of the example."""
        # An empty name is a private database, in memory until it grows. A web server may make each record in a
        # different thread, one after the other.
        self._rows = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._rows.execute("PRAGMA journal_mode = OFF")
        self._rows.execute("CREATE TABLE waiting (key TEXT, sheet INTEGER, row INTEGER, content BLOB)")
        self._rows.execute("CREATE TABLE beside (key TEXT, name TEXT, sheet INTEGER, row INTEGER)")
        self._rows.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, row INTEGER) WITHOUT ROWID")
        self._rows.execute("CREATE TABLE named (name TEXT PRIMARY KEY, key TEXT, row INTEGER) WITHOUT ROWID")
        self._rows.execute("CREATE TABLE communities (row INTEGER, key TEXT, name TEXT, content BLOB)")

    def close(self) -> None:
        self._rows.close()

    def records(self, sheets: list[Sheet]) -> Iterator[SourceRecord]:
        communities: list[Sheet] = []
        known = known_sheets(self._name, sheets, self._layout)
        self._warnings += known.warnings
        self._lost += known.lost
        for given, table in known.tables:
            sheet = as_rows(given, table, self._layout)
            if table is self._layout.communities:
                communities.append(sheet)
            else:
                self._wait(sheet, table)
        if len(communities) != 1:
            text = (
                N_("two tables have the name “{name}”")
                if communities
                else N_("there is no table “{name}”, with one row for each community")
            )
            raise SourceError.at(Place(self._name), text, name=self._layout_name())
        self._rows.execute("CREATE INDEX by_key ON waiting (key, sheet, row)")
        self._rows.execute("CREATE INDEX by_code_beside ON beside (key)")
        self._rows.execute("CREATE INDEX by_name_beside ON beside (name)")
        (sheet,) = communities
        yield from self._records_of(sheet)
        yield from self._strays()
        if self._lost:
            place = self._lost[0].place
            yield SourceRecord(
                place.record or self._name, {}, place=str(place.line or place.cell), faults=tuple(self._lost), read=1.0
            )

    def _layout_name(self) -> str:
        return " / ".join(dict.fromkeys((self._layout.communities.name, *self._layout.names(self._layout.communities))))

    def _wait(self, sheet: Sheet, table: RecordTable) -> None:
        """Store the rows of a sheet until their communities are read."""
        heads, rows = self._head(sheet, table)
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
        """Yield the rows with their code, consecutive ones grouped."""
        held, group = "", _Group([], [], [], [])
        for row, key, content, owner in self._keyed(heads, rows):
            if key != held or len(group.rows) >= _MOST_TOGETHER:
                if group.rows:
                    yield held, group
                held, group = key, _Group([], [], [], [])
            if content.times:
                group.times.extend((len(group.rows), time) for time in content.times)
            group.rows.append(row)
            group.data.append(content.data)
            if content.bad:
                group.bad.extend((row, bad) for bad in content.bad)
            if owner and key:
                self._rows.execute("INSERT INTO beside VALUES (?, ?, ?, ?)", (key, owner, len(self._heads) - 1, row))
        if group.rows:
            yield held, group

    def _keyed(self, heads: Heads, rows: Iterator[Row]) -> Iterator[_KeyedRow]:
        """Yield the rows of a table with their codes. A code in merged cells applies to all their rows."""
        at, owner = heads.key, heads.owner
        if at is None:
            at, owner = owner, None
        if at is None:
            # Such a table belongs to a single community.
            yield from self._filled(heads, rows, lambda row, cells, content: "")
            return
        last = dict(heads.sheet.merged(at))
        until, code, above = 0, "", ""

        def key_at(row: int, cells: Sequence[Any], content: RowContent) -> str:
            nonlocal until, code, above
            key = key_of(cells[at], above) if at < len(cells) else ""
            if row in last:
                until, code = last[row], key
            if not key and row <= until:
                return code
            above = key or (key_of(cells[owner], above) if owner is not None and owner < len(cells) else "")
            return above

        yield from self._filled(heads, rows, key_at)

    def _filled(
        self, heads: Heads, rows: Iterator[Row], key_at: Callable[[int, Sequence[Any], RowContent], str]
    ) -> Iterator[_KeyedRow]:
        """Yield the rows that have values, except examples; a second example row has probably been filled in."""
        examples: list[int] = []
        shown, code_at = heads.shown(), heads.code_at()
        judge = heads.judge()
        merged = MergedCells(heads)
        has_merged = bool(merged)
        example = heads.sheet.example
        hidden = heads.sheet.hidden_rows()
        seen_hidden: list[int] = []
        for row, given in rows:
            cells, doubtful = merged.filled(row, given) if has_merged else (given, ())
            found = judge.judge(row, cells)
            if found and found[0] is not Beside.DOUBTFUL:
                continue
            if heads.untitled or len(cells) > len(heads.titles):
                self._warnings += heads.strays(row, cells)
            kept: list[int] = []
            of_example: list[int] = []
            if example is not None:
                is_it = row == example.row
                if (is_it or heads.has_mark(cells)) and is_untouched(shown, cells):
                    continue
                if is_it:
                    cells, kept = heads.without_example(cells)
                else:
                    of_example = copied(shown, cells, heads.columns, code_at)
                    if heads.has_mark(cells):
                        cells, kept = heads.without_code(cells)
            content = heads.content(cells)
            key = key_at(row, cells, content)
            if kept:
                read = heads.is_fact(key, cells, content)
                self._warnings.append(heads.example_left(row, kept, read=read))
                if not read:
                    continue
                if code_at in kept:
                    if not heads.table.path:
                        self._uncoded.add(row)
                    key = key or _EXAMPLE_KEY
            if content.marks and (kept or not is_example(key)):
                self._warnings += heads.settle(row, key, cells, content)
            if found:
                content.bad.append(RefusedCell(found[1], DOUBTFUL, cells[found[1]]))
            if heads.state is not None and (content.data or content.bad) and (state := heads.not_held(cells)):
                content.bad.append(RefusedCell(heads.state, state, cells[heads.state]))
            if of_example:
                places = [heads.sheet.place(row, at, heads.titles[at]) for at in of_example]
                why = BadCell(_COPIED, (("cells", listed(places)),))
                content.bad.append(RefusedCell(of_example[0], why, cells[of_example[0]]))
            if doubtful:
                content.bad.extend(RefusedCell(at, MERGED_FIGURE, cells[at]) for at in doubtful)
            if not content.data and not content.bad and not content.times:
                continue
            if kept or not is_example(key):
                heads.passed(key, cells, content)
                if row in hidden:
                    seen_hidden.append(row)
                yield _KeyedRow(row, key, content, heads.owner_of(cells))
                continue
            examples.append(row)
        if examples[1:]:
            text = N_(
                "rows that are also marked as examples are not read; replace the mark with the code "
                "of the community ({cells})"
            )
            places = [heads.place(row, CODE_COLUMN) for row in examples[1:]]
            self._warnings.append(Fault(places[0], text, (("cells", listed(places)),)))
        self._warnings += judge.warnings()
        if seen_hidden:
            places = [heads.place(row) for row in seen_hidden]
            text = N_("hidden rows are read too; delete what should not be in a document ({cells})")
            self._warnings.append(Fault(places[0], text, (("cells", listed(places)),)))

    def _records_of(self, sheet: Sheet) -> Iterator[SourceRecord]:
        heads, rows = self._head(sheet, self._layout.communities)
        communities = self._shared(heads, self._filled(heads, rows, _code_or_name))
        if self._heads:
            # The owners of rows in other tables are known once all codes and names are.
            communities = self._gathered(communities)
        held = next(communities, None)
        if held is None:
            if sheet.may_be_empty:
                return
            self._require_codes()
            text = N_("the table has no rows; fill in a row for each community")
            raise SourceError.at(Place(self._name, cell=sheet.title), text)
        alone = True
        while held:
            # What follows the last row is left out with it.
            broken: SourceError | None = None
            try:
                following = next(communities, None)
            except SourceError as error:
                following, broken = None, error
            alone = alone and following is None and broken is None
            if not alone:
                self._require_codes()
            yield self._record(heads, *held, alone=alone)
            if broken:
                raise broken
            held, alone = following, False

    def _require_codes(self) -> None:
        """Raise ``SourceError`` for a table that does not say to whom its rows belong."""
        for heads in self._heads:
            if heads.key is None and heads.owner is None and heads.columns:
                text = N_("the table has no column “{name}”, which says who a row belongs to")
                place = Place(heads.sheet.place(1, None, "").record, cell=heads.sheet.title)
                raise SourceError.at(place, text, name=" / ".join(dict.fromkeys(self._layout.code_names())))

    def _shared(self, heads: Heads, communities: Iterator[_KeyedRow]) -> Iterator[tuple[_KeyedRow, float]]:
        """Yield the rows of communities, with the share of their table that has been read."""
        for each in communities:
            data = each.content.data.get("community", {})
            code = data.get(CODE, "")
            if code and not data.get("name") and _chinese.fullmatch(code):
                data["name"] = data.pop(CODE)
                text = N_("the cell for the code has the name of the community, which is used instead")
                self._warnings.append(Fault(heads.at(each.row, ("community", CODE)), text))
            if name := without_mark(str(data.get("name", ""))):
                data["name"] = name
                text = N_("the word “example” before the name is left out")
                self._warnings.append(Fault(heads.at(each.row, ("community", "name")), text))
            yield each, heads.sheet.share(each.row)

    def _gathered(self, communities: Iterator[tuple[_KeyedRow, float]]) -> Iterator[tuple[_KeyedRow, float]]:
        """Yield the rows of communities once all have been read."""
        broken: SourceError | None = None
        self._rows.execute("BEGIN")
        try:
            for each, share in communities:
                values = (each.row, each.key, name_of(each.content), pickle.dumps((each, share), -1))
                self._rows.execute("INSERT INTO communities VALUES (?, ?, ?, ?)", values)
        except SourceError as error:
            broken = error
        self._rows.execute("COMMIT")
        self._rows.execute("CREATE INDEX by_code ON communities (key)")
        self._rows.execute("CREATE INDEX by_name ON communities (name)")
        # In most sources each code and each name is unique, and the tables refer to communities only by code.
        self._has_equal_codes = self._any("SELECT 1 FROM communities GROUP BY key HAVING count(*) > 1")
        self._has_equal_names = self._any("SELECT 1 FROM communities GROUP BY name HAVING count(*) > 1")
        self._has_other_keys = self._any("SELECT 1 FROM waiting WHERE key NOT IN (SELECT key FROM communities)")
        if self._has_other_keys:
            # Excel removes leading zeros from codes that it takes for numbers.
            self._rows.execute("CREATE INDEX waiting_without_zeros ON waiting (ltrim(key, '0'))")
        for (pickled,) in self._rows.execute("SELECT content FROM communities ORDER BY rowid"):
            # Pickled by this class, in a database that nobody else can open.
            yield pickle.loads(pickled)  # noqa: S301
        if broken:
            raise broken

    def _any(self, select: str) -> bool:
        return self._rows.execute(f"{select} LIMIT 1").fetchone() is not None

    def _record(self, heads: Heads, community: _KeyedRow, share: float, *, alone: bool) -> SourceRecord:
        row, key, content, _ = community
        made = _Made(heads, row, content)
        code_place = heads.at(row, ("community", CODE))
        if alone:
            # With a single community, everything belongs to it.
            made.faults += self._lost
            self._lost = []
        before = self._rows.execute("SELECT row FROM seen WHERE key = ?", (key,)).fetchone()
        others = self._others(key, row)
        if row in self._uncoded and not alone:
            made.faults.append(Fault(code_place, _NO_CODE_BUT_EXAMPLE))
        if before:
            text = N_("row {row} already has this community; each needs a code of its own")
            made.faults.append(Fault(code_place, text, (("row", before[0]),)))
        elif others:
            self._rows.execute("INSERT INTO seen VALUES (?, ?)", (key, row))
            text = N_(
                "row {row} has the same code, so it is unclear who the rows of the other tables "
                "belong to; each community needs a code of its own"
            )
            made.faults.append(Fault(code_place, text, (("row", others[0]),)))
        else:
            self._rows.execute("INSERT INTO seen VALUES (?, ?)", (key, row))
            self._join_rows(made, code_place, key, row, self._keys(key, name_of(content), alone=alone))
            made.faults += first_faults(self._disagreeing(key, name_of(content)))
            self._join_nearly(made, key)
        made.faults += made.doubtful()
        self._warnings += first_faults(made.several())
        self._warnings += first_faults(made.repeated())
        self._warnings += self._namesakes(heads, community)
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
            refused=made.refused,
            warnings=warnings,
            read=share,
        )

    def _others(self, key: str, row: int) -> list[int]:
        """Return one row of another community with the same code, if rows of other tables wait for it; else nothing."""
        if not (
            self._has_equal_codes
            and self._rows.execute("SELECT 1 FROM waiting WHERE key = ? LIMIT 1", (key,)).fetchone()
        ):
            return []
        found = self._rows.execute("SELECT row FROM communities WHERE key = ? AND row <> ? LIMIT 1", (key, row))
        return [other for (other,) in found]

    def _keys(self, key: str, name: str, *, alone: bool) -> list[str]:
        """Return the keys that rows of a community may have: its code, and its name if no other community has it."""
        keys = [key]
        if alone:
            # With a single community, all rows without a code belong to it.
            keys += ["", _EXAMPLE_KEY]
        if self._has_other_keys and name and name != key:
            named = self._rows.execute("SELECT key FROM communities WHERE name = ? OR key = ? LIMIT 2", (name, name))
            if named.fetchall() == [(key,)]:
                keys.append(name)
        return keys

    def _join_rows(self, made: "_Made", code_place: Place, key: str, row: int, keys: Sequence[str]) -> None:
        """Add to a community the rows that wait for one of the keys."""
        if len(keys) > 1:
            self._rows.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", [(each, row) for each in keys])
        marks = ", ".join("?" * len(keys))
        found = self._rows.execute(
            f"SELECT key, sheet, content FROM waiting WHERE key IN ({marks}) ORDER BY sheet, row",  # noqa: S608
            keys,
        )
        rows = 0
        by_name: dict[int, list[Place]] = {}
        for word, number, content in found:
            group = _group(content)
            rows += len(group.rows)
            if rows > MOST_ROWS_OF_ONE:
                found.close()
                text = N_("the tables have more than {limit} rows for this community, the most that is allowed")
                made.faults.append(Fault(code_place, text, (("limit", MOST_ROWS_OF_ONE),)))
                break
            made.join(self._heads[number], group)
            if word and word not in (key, _EXAMPLE_KEY):
                by_name.setdefault(number, []).extend(
                    self._heads[number].place(each, CODE_COLUMN) for each in group.rows
                )
        for places in by_name.values():
            text = N_("these rows have the name of the community instead of its code, and are assigned by it ({cells})")
            self._warnings.append(Fault(places[0], text, (("cells", listed(places)),)))

    def _disagreeing(self, key: str, name: str) -> Iterator[Fault]:
        """Yield a fault for rows with the code of one community and the name of another: they may belong to either.

        A name may be longer or shorter than that of the community, if no other community has it.
        """
        if not name:
            return
        found = self._rows.execute(
            "SELECT key, name, sheet, row FROM beside WHERE (key IN (:key, :name) AND name NOT IN (:key, :name)) "
            "OR (name = :name AND key NOT IN (:key, :name))",
            {"key": key, "name": name},
        )
        for code, owner, sheet, row in found.fetchall():
            others = self._rows.execute("SELECT 1 FROM communities WHERE name = ? LIMIT 1", (owner,)).fetchone()
            if others or not (owner in name or name in owner):
                text = N_(
                    "the code “{code}” and the name “{name}” in this row belong to two different "
                    "communities; correct one of them, or delete the name"
                )
                yield Fault(self._heads[sheet].owner_place(row), text, (("code", code), ("name", owner)))

    def _join_nearly(self, made: "_Made", key: str) -> None:
        """Add to a community the rows whose code differs only in leading zeros; each is a fault, but not a stray."""
        if not (self._has_other_keys and key.isascii() and key.isdigit()):
            return
        found = self._rows.execute(
            "SELECT key, sheet, content FROM waiting WHERE ltrim(key, '0') = ltrim(:key, '0') "
            "AND key NOT IN ('', :key) AND key NOT IN (SELECT key FROM communities) ORDER BY sheet, row",
            {"key": key},
        )
        faults: list[Fault] = []
        for code, number, content in found.fetchall():
            self._rows.execute("INSERT OR IGNORE INTO seen VALUES (?, 0)", (code,))
            heads, group = self._heads[number], _group(content)
            made.join(heads, group)
            values = (("code", code), ("near", key))
            faults += (Fault(heads.place(row, CODE_COLUMN), _NEAR_CODE, values) for row in group.rows)
        made.faults += first_faults(faults)

    def _namesakes(self, heads: Heads, community: _KeyedRow) -> Iterator[Fault]:
        """Yield a warning for a community whose name and street appeared before under another code."""
        data = community.content.data.get("community", {})
        name = name_of(community.content)
        if not (self._has_equal_names and name):
            return
        who = "\0".join((name, str(data.get("street", "")), str(data.get("district", ""))))
        before = self._rows.execute("SELECT key, row FROM named WHERE name = ?", (who,)).fetchone()
        if before is None:
            self._rows.execute("INSERT INTO named VALUES (?, ?, ?)", (who, community.key, community.row))
        elif before[0] != community.key:
            text = N_(
                "row {row} has a community of the same name with another code; if they are the same, "
                "delete one row; otherwise fill in their streets"
            )
            yield Fault(heads.at(community.row, ("community", "name")), text, (("row", before[1]),))

    def _strays(self) -> Iterator[SourceRecord]:
        """Yield a failing record for each code without a community."""
        keys = self._rows.execute(
            "SELECT DISTINCT key FROM waiting WHERE key NOT IN (SELECT key FROM seen) ORDER BY sheet, row"
        ).fetchmany(_MOST_STRAY + 1)
        for count, (key,) in enumerate(keys, 1):
            text, values = self._stray(key)
            if count > _MOST_STRAY:
                text, values = N_("there are more codes that no community has; they are not listed one by one"), ()
            found = self._rows.execute("SELECT sheet, content FROM waiting WHERE key = ? ORDER BY sheet, row", (key,))
            faults = first_faults(self._stray_faults(found, text, values))
            place = faults[0].place
            yield SourceRecord(
                place.record or self._name,
                {"community": {CODE: key}},
                place=str(place.line or place.cell),
                faults=tuple(faults),
                read=1.0,
            )

    def _stray_faults(
        self, found: Iterable[tuple[int, bytes]], text: str, values: tuple[tuple[str, object], ...]
    ) -> Iterator[Fault]:
        """Yield a fault for each row without a community, and what else is wrong with the row."""
        for number, pickled in found:
            heads, group = self._heads[number], _group(pickled)
            yield from (Fault(heads.place(row, CODE_COLUMN), text, values) for row in group.rows)
            yield from (heads.fault(row, refused) for row, refused in group.bad)

    def _stray(self, key: str) -> tuple[str, tuple[tuple[str, object], ...]]:
        """Return what is wrong with rows whose code no community has."""
        if not key:
            return N_("the row has no code, so it is unclear who it belongs to"), ()
        if key == _EXAMPLE_KEY:
            return _NO_CODE_BUT_EXAMPLE, ()
        if isinstance(cut := code_of(key), BadCell):
            return cut.text, ()
        return N_("no community has the code “{code}”; the row is left out"), (("code", key),)


class _Made:
    """A record that is being put together, and the place of each part of it."""

    def __init__(self, heads: Heads, row: int, content: RowContent) -> None:
        self._heads = heads
        self._row = row
        self._data = content.data
        self._sections: dict[str, list[dict[str, Any]]] = {}
        self._places: dict[str, list[tuple[Heads, int]]] = {}
        """The places of the sections of each kind, in their order."""
        self._lists: dict[tuple[str, str], list[tuple[Heads, list[int]]]] = {}
        self.faults: list[Fault] = []
        self.refused: dict[Place, Any] = {}
        """The contents of the cells that are refused."""
        for refused in content.bad:
            self._refuse(heads, row, refused)
        self._period = _period_of(content.data)
        self._complete(heads, row, content.data, content.times)
        # In a flat table, fields of sections are in the row of the community.
        for kind, fields in self._data.pop("sections", {}).items():
            self._sections[kind] = [{"kind": kind, **fields}]

    def _complete(self, heads: Heads, row: int, data: dict[str, Any], times: Iterable[tuple[int, TimeOfYear]]) -> None:
        """Add the years to the times of a row."""
        for at, time in times:
            found = time.within(self._period)
            if isinstance(found, BadCell):
                self._refuse(heads, row, RefusedCell(at, found, time.found))
            else:
                heads.put(data, at, found)

    def _refuse(self, heads: Heads, row: int, refused: RefusedCell) -> None:
        fault = heads.fault(row, refused)
        self.faults.append(fault)
        self.refused[fault.place] = refused.cell

    def join(self, heads: Heads, group: _Group) -> None:
        """Add rows of another table: sections, or records of a list in the first section of its kind."""
        for number, time in group.times:
            self._complete(heads, group.rows[number], group.data[number], [time])
        for row, refused in group.bad:
            self._refuse(heads, row, refused)
        for row, data in zip(group.rows, group.data, strict=True):
            if _HELD in data and self._period and (wrong := outside(data[_HELD], self._period)):
                held = (_HELD,)
                place = heads.at(row, held)
                self.faults.append(Fault(place, wrong.text, wrong.values))
                self.refused[place] = data[_HELD]
        kind = heads.table.path[0]
        if heads.table.is_list:
            name = heads.table.path[1]
            self._section(kind, 0).setdefault(name, []).extend(group.data)
            self._lists.setdefault((kind, name), []).append((heads, group.rows))
            return
        places = self._places.setdefault(kind, [])
        for row, data in zip(group.rows, group.data, strict=True):
            section = self._section(kind, len(places))
            # In the row of the community may stand something else.
            text = N_("the sheet of the communities has a different value; keep one of the two, and delete the other")
            self.faults += [
                Fault(heads.at(row, (name,)), text)
                for name, value in data.items()
                if not places and section.get(name, value) != value
            ]
            section.update(data)
            places.append((heads, row))

    def several(self) -> Iterator[Fault]:
        """Yield a warning for each kind with several sections that differ."""
        for kind, places in self._places.items():
            first, *others = self._sections[kind]
            if not any(each != first for each in others) or self._has_lists(kind):
                continue
            heads, row = places[1]
            text = N_(
                "the community has {count} rows in this sheet, which become as many sections of its "
                "document; if they belong together, merge them into one row"
            )
            yield Fault(heads.place(row), text, (("count", len(places)),))

    def doubtful(self) -> Iterator[Fault]:
        """Yield a fault for each kind with several sections if it is unclear to which the rows of the lists belong."""
        for kind, places in self._places.items():
            if len(places) < 2 or not self._has_lists(kind):
                continue
            heads, row = places[1]
            text = N_(
                "the community has {count} rows in this sheet, so it is unclear which of these "
                "sections the rows of its lists belong to; keep one row, or use a record file (YAML)"
            )
            yield Fault(heads.place(row), text, (("count", len(places)),))

    def _has_lists(self, kind: str) -> bool:
        return any(kind == each for each, _ in self._lists)

    def repeated(self) -> Iterator[Fault]:
        """Yield a warning for each table with identical rows: somebody may have entered them twice."""
        for (kind, name), those in self._lists.items():
            entries = self._sections[kind][0][name]
            places = [(heads, row) for heads, rows in those for row in rows]
            yield from repeated_rows(entries, places, those[0][0].identity())
        for kind, places in self._places.items():
            # The rows of lists belong to the first section, and make it different.
            yield from repeated_rows(self._sections[kind][: len(places)], places, [])

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
        """Return the place in the source of the value at ``path``."""
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
        """Return the kind of the section at a position, and its index in that kind; an empty kind if there is none."""
        for kind, each in self._sections.items():
            if place < len(each):
                return kind, place
            place -= len(each)
        return "", 0


def _code_or_name(row: int, cells: Sequence[Any], content: RowContent) -> str:
    return same_name(str(content.data.get("community", {}).get(CODE, ""))) or name_of(content)


def name_of(content: RowContent) -> str:
    """Return the name of the community of a row, in the form that is compared; empty if it has none."""
    return same_name(str(content.data.get("community", {}).get("name", "")))


def _period_of(data: Mapping[str, Any]) -> Period | None:
    """Return the period of a record; ``None`` if it has none, or one that the record's own rules refuse."""
    try:
        return Period.model_validate(data["period"])
    except (KeyError, ValueError):
        return None


def _group(pickled: bytes) -> _Group:
    # Pickled by this class, in a database that nobody else can open.
    group: _Group = pickle.loads(pickled)  # noqa: S301
    return group
