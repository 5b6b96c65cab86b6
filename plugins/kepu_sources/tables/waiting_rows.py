"""The rows of all tables while they wait for their communities.

They are in a private database, which SQLite moves to disk as it grows: the rows may come in any order, and the use of
memory does not grow with them.
"""

import pickle
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from kepu_sources.tables.fact_rows import KeyedRow
from kepu_sources.tables.row_contents import RefusedCell, RowContent
from kepu_sources.tables.times_in_cells import TimeOfYear


class Group(NamedTuple):
    """Consecutive rows of one table with the same code: their numbers, their data, and their bad cells."""

    rows: list[int]
    data: list[dict[str, Any]]
    bad: list[tuple[int, RefusedCell]]
    times: list[tuple[int, tuple[int, TimeOfYear]]]
    """Times that need the year of the community's record, each with the index of its row in the group."""


class Named(NamedTuple):
    """What identifies a community besides its code: its name, and its name with street and district."""

    name: str
    full: str


class WaitingRows:
    """Groups of rows by the code or the name in them, and the rows of the communities; sheets are known by number."""

    def __init__(self) -> None:
        self.has_equal_codes = self.has_equal_names = self.has_other_keys = True
        """Whether there may be any, until all communities are known."""
        self._has_owners = False
        # An empty name is a private database, in memory until it grows. A web server may make each record in a
        # different thread, one after the other.
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._run = self._base.execute
        self._run("PRAGMA journal_mode = OFF")
        self._run("CREATE TABLE waiting (key TEXT, sheet INTEGER, row INTEGER, content BLOB)")
        self._run("CREATE TABLE beside (key TEXT, name TEXT, sheet INTEGER, row INTEGER)")
        self._run("CREATE TABLE seen (key TEXT PRIMARY KEY, row INTEGER) WITHOUT ROWID")
        self._run("CREATE TABLE named (name TEXT PRIMARY KEY, key TEXT, row INTEGER) WITHOUT ROWID")
        self._run("CREATE TABLE communities (row INTEGER, key TEXT, name TEXT, full TEXT, content BLOB)")

    def close(self) -> None:
        """Forget all rows."""
        self._base.close()

    def add(self, sheet: int, groups: Iterable[tuple[str, Group]]) -> None:
        """Store the rows of a sheet, each group with its key."""
        self._run("BEGIN")
        self._base.executemany(
            "INSERT INTO waiting VALUES (?, ?, ?, ?)",
            ((key, sheet, group.rows[0], pickle.dumps(tuple(group), -1)) for key, group in groups),
        )
        self._run("COMMIT")

    def add_owner(self, key: str, name: str, sheet: int, row: int) -> None:
        """Store the name of the community beside the code of a row."""
        self._has_owners = True
        self._run("INSERT INTO beside VALUES (?, ?, ?, ?)", (key, name, sheet, row))

    def all_added(self) -> None:
        """Prepare for the communities, once all other tables are stored."""
        self._run("CREATE INDEX by_key ON waiting (key, sheet, row)")
        if self._has_owners:
            self._run("CREATE INDEX by_code_beside ON beside (key)")
            self._run("CREATE INDEX by_name_beside ON beside (name)")

    def gather(self, communities: Iterable[tuple[KeyedRow, Named, float]]) -> None:
        """Store the rows of all communities, each with the share of its table that has been read.

        If reading them raises, those before stay stored.
        """
        self._run("BEGIN")
        try:
            for community, named, share in communities:
                row, key, content, owner = community
                kept = pickle.dumps((row, key, content.data, content.bad, content.times, owner, share), -1)
                self._run("INSERT INTO communities VALUES (?, ?, ?, ?, ?)", (row, key, *named, kept))
        finally:
            self._run("COMMIT")
            self._run("CREATE INDEX by_code ON communities (key)")
            self._run("CREATE INDEX by_name ON communities (name)")
            # In most sources each code and each name is unique, and the tables refer to communities only by code.
            self.has_equal_codes = self._any("SELECT 1 FROM communities GROUP BY key HAVING count(*) > 1")
            self.has_equal_names = self._any(
                "SELECT 1 FROM communities WHERE name <> '' GROUP BY full HAVING count(*) > 1"
            )
            self.has_other_keys = self._any("SELECT 1 FROM waiting WHERE key NOT IN (SELECT key FROM communities)")
            if self.has_other_keys:
                # Excel removes leading zeros from codes that it takes for numbers.
                self._run("CREATE INDEX waiting_without_zeros ON waiting (ltrim(key, '0'))")

    def gathered(self) -> Iterator[tuple[KeyedRow, float]]:
        """Yield the rows of the communities in their order."""
        for (kept,) in self._run("SELECT content FROM communities ORDER BY rowid"):
            row, key, data, bad, times, owner, share = _loaded(kept)
            yield KeyedRow(row, key, RowContent(data, bad, [], times), owner), share

    def seen(self, key: str) -> int | None:
        """Return the row that has a key according to :meth:`see`, if any has."""
        if not self.has_equal_codes and not self.has_other_keys:
            return None
        before = self._run("SELECT row FROM seen WHERE key = ?", (key,)).fetchone()
        return None if before is None else int(before[0])

    def see(self, row: int, *keys: str) -> None:
        """Note that a row of the communities has some keys, unless an earlier row has them."""
        if self.has_equal_codes or self.has_other_keys:
            self._base.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", [(key, row) for key in keys])

    def others(self, key: str, row: int) -> list[int]:
        """Return one row of another community with the same code, if rows of other tables wait for it; else nothing."""
        if not (self.has_equal_codes and self._run("SELECT 1 FROM waiting WHERE key = ? LIMIT 1", (key,)).fetchone()):
            return []
        found = self._run("SELECT row FROM communities WHERE key = ? AND row <> ? LIMIT 1", (key, row))
        return [other for (other,) in found]

    def is_only(self, key: str, name: str) -> bool:
        """Return whether ``name`` is the name or the code of the community with the code ``key``, and of no other."""
        named = self._run("SELECT key FROM communities WHERE name = ? OR key = ? LIMIT 2", (name, name))
        return named.fetchall() == [(key,)]

    def is_name(self, name: str) -> bool:
        """Return whether a community has this name."""
        return self._any("SELECT 1 FROM communities WHERE name = ?", name)

    def namesake(self, community: KeyedRow, named: Named) -> tuple[str, int] | None:
        """Return code and row of an earlier community with the same names, which are noted for those that follow."""
        if not (self.has_equal_names and named.name):
            return None
        before: tuple[str, int] | None
        before = self._run("SELECT key, row FROM named WHERE name = ?", (named.full,)).fetchone()
        if before is None:
            self._run("INSERT INTO named VALUES (?, ?, ?)", (named.full, community.key, community.row))
        return before

    def waiting(self, keys: Sequence[str]) -> Iterator[tuple[str, int, Group]]:
        """Yield the groups of rows with one of the keys: key, number of the sheet, rows."""
        marks = ", ".join("?" * len(keys))
        found = self._run(
            f"SELECT key, sheet, content FROM waiting WHERE key IN ({marks}) ORDER BY sheet, row",  # noqa: S608
            keys,
        )
        return ((key, sheet, Group(*_loaded(kept))) for key, sheet, kept in found)

    def nearly_waiting(self, key: str) -> list[tuple[str, int, Group]]:
        """Return the groups of rows whose code, that of no community, differs only in leading zeros."""
        if not (self.has_other_keys and key.isascii() and key.isdigit()):
            return []
        found = self._run(
            "SELECT key, sheet, content FROM waiting WHERE ltrim(key, '0') = ltrim(:key, '0') "
            "AND key NOT IN ('', :key) AND key NOT IN (SELECT key FROM communities) ORDER BY sheet, row",
            {"key": key},
        )
        return [(code, sheet, Group(*_loaded(kept))) for code, sheet, kept in found.fetchall()]

    def beside(self, key: str, name: str) -> list[tuple[str, str, int, int]]:
        """Return the rows with the code of a community and the name of another, or the other way round.

        Each has its code, the name beside it, the number of its sheet, and its own.
        """
        if not self._has_owners:
            return []
        return self._run(
            "SELECT key, name, sheet, row FROM beside WHERE (key IN (:key, :name) AND name NOT IN (:key, :name)) "
            "OR (name = :name AND key NOT IN (:key, :name))",
            {"key": key, "name": name},
        ).fetchall()

    def unseen(self, most: int) -> list[str]:
        """Return the first keys that no community has, ``most`` of them at most."""
        if not self.has_other_keys:
            return []
        keys = self._run("SELECT DISTINCT key FROM waiting WHERE key NOT IN (SELECT key FROM seen) ORDER BY sheet, row")
        return [key for (key,) in keys.fetchmany(most)]

    def _any(self, select: str, *values: str) -> bool:
        return self._run(f"{select} LIMIT 1", values).fetchone() is not None


def _loaded(pickled: bytes) -> Any:
    # Pickled by this class, in a database that nobody else can open.
    return pickle.loads(pickled)  # noqa: S301
