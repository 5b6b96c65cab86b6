"""What a report says of each community: from the lines of a manifest, in the order in which an office telephones."""

import os
import pickle
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Final, TypeAlias

from kepu_docs.batch.manifest import Line, read_manifest
from kepu_docs.errors import N_, Place
from kepu_docs.errors.addresses import is_address
from kepu_docs.pipeline.records import Who

NOT_DONE: Final = N_("not done")
DONE_WITH_REMARKS: Final = N_("done with remarks")
DONE: Final = N_("done")
GONE: Final = N_("its record is gone from the source, or fails now")

_MEND_CELL: Final = N_("mend this cell, and send the file again")
_MEND_FILE: Final = N_("mend this place of the file, and send it again")
_LOOK: Final = N_("look whether this is meant; if it is, nothing is to be done")

_cell = re.compile(r"(?P<sheet>[^!\x00-\x1f]{1,31})!(?P<cell>[A-Z]{0,3}[0-9]{1,7})")
_NOT_IN_A_LINK: Final = frozenset('#"<>|?*%')


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, or to be looked at, in a record of one community."""

    name: str
    """The file."""
    place: str
    """Where in it: a cell, a line."""
    message: str
    is_fault: bool

    @property
    def to_do(self) -> str:
        """What is to be done about it, in English."""
        if not self.is_fault:
            return _LOOK
        return _MEND_CELL if _cell.match(self.place) else _MEND_FILE

    def link(self, folder: Path) -> str:
        """Return the address of the place as seen from a folder; nothing where there is no file that can be linked.

        Only a file that is there is linked, never an address or another machine.
        """
        if not self.name or is_address(self.name) or self.name.startswith(("\\\\", "//")):
            return ""
        if _NOT_IN_A_LINK & set(self.name) or not os.path.isfile(self.name):
            return ""
        try:
            path = os.path.relpath(self.name, folder).replace(os.sep, "/")
        except ValueError:  # another drive
            return ""
        found = _cell.match(self.place)
        if found is None:
            return path
        cell = found["cell"] if found["cell"][:1].isalpha() else f"A{found['cell']}"
        title = found["sheet"].replace("'", "''")
        return f"{path}#'{title}'!{cell}"


@dataclass(frozen=True, slots=True)
class CommunityState:
    """Whose records they are, what became of them, and what was found in them."""

    who: Who
    state: str
    """In English."""
    findings: Sequence[Finding]


def community_states(manifest: Path) -> Iterator[CommunityState]:
    """Yield what became of each community, by district, street and name; those that are not known come last.

    What was remarked of a file with records of several communities concerns none of them: it comes at the end, of
    nobody and without a state. The lines are sorted in a private database that moves to the disk when it grows.
    Raises ``OutputError``.
    """
    # An empty name is a database of our own, in memory until it grows.
    with closing(sqlite3.connect("", isolation_level=None)) as rows:
        rows.execute("PRAGMA journal_mode = OFF")
        rows.execute("CREATE TABLE line (last INT, district, street, community, code, alone, name, status, kept BLOB)")
        rows.execute("CREATE TABLE file (name PRIMARY KEY, records INT) WITHOUT ROWID")
        rows.execute("BEGIN")
        rows.executemany("INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_row, read_manifest(manifest)))
        rows.execute("INSERT INTO file SELECT name, count(*) FROM line WHERE status != 'absent' GROUP BY name")
        rows.execute("COMMIT")
        found = rows.execute(
            "SELECT district, street, community, code, alone, name, status, kept, records FROM line "
            "LEFT JOIN file USING (name) ORDER BY last, district, street, community, code, alone, line.rowid"
        )
        for key, group in groupby(found, key=lambda row: row[:5]):
            yield _state(Who(*map(_text, key[:4])), [row[5:] for row in group])
        shared = rows.execute(
            "SELECT name, kept FROM line JOIN file USING (name) WHERE records > 1 ORDER BY line.rowid"
        )
        for name, kept in shared:
            _, remarks = _unpacked(kept)
            if remarks:
                yield CommunityState(Who(), "", _findings(_text(name), remarks, is_fault=False))


def _row(line: Line) -> tuple[object, ...]:
    """Return a line with what it is sorted by. Of those whose names are not known each stands alone."""
    alone = "" if line.who.community or line.who.code else f"{line.name}\0{line.place}"
    texts = (text.encode("utf-8", "surrogatepass") for text in (*line.who, alone, line.name))
    return (not line.who.district, *texts, line.status, pickle.dumps((line.errors, line.remarks), -1))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


_Messages: TypeAlias = tuple[tuple[str, str], ...]


def _unpacked(kept: bytes) -> tuple[_Messages, _Messages]:
    # Pickled by ourselves, in a database that nobody else can open.
    errors, remarks = pickle.loads(kept)  # noqa: S301
    return errors, remarks


def _findings(name: str, messages: _Messages, *, is_fault: bool) -> list[Finding]:
    return [
        Finding(name, place.removeprefix(str(Place(name))).lstrip(": "), message, is_fault)
        for place, message in messages
    ]


def _state(who: Who, lines: list[tuple[Any, ...]]) -> CommunityState:
    """Return what became of a community with some lines: name, status, faults and remarks, records of the file."""
    findings: list[Finding] = []
    statuses: set[str] = set()
    for name, status, kept, records in lines:
        errors, remarks = _unpacked(kept)
        statuses.add(status)
        findings += _findings(_text(name), errors, is_fault=True)
        if records == 1:
            findings += _findings(_text(name), remarks, is_fault=False)
    if "failed" in statuses:
        return CommunityState(who, NOT_DONE, findings)
    if "done" in statuses:
        return CommunityState(who, DONE_WITH_REMARKS if findings else DONE, findings)
    return CommunityState(who, GONE, findings)
