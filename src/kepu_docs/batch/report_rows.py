"""The rows of a report for each community: from the lines of a manifest, in the order of an office's calls."""

import os
import pickle
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, Final, TypeAlias

from kepu_docs.batch.manifest import Line, Output, Status, read_manifest
from kepu_docs.errors import N_, Fault, Place, Translate
from kepu_docs.errors.addresses import is_address
from kepu_docs.pipeline.expected import Contacts, Listed, Reported
from kepu_docs.pipeline.records import Who
from kepu_docs.pipeline.traditional import ConvertedName


class State(StrEnum):
    """The outcome of a community's records, in English."""

    NOT_DONE = N_("not done")
    DONE_WITH_REMARKS = N_("done, with notes")
    DONE = N_("done")
    NOTHING_RECEIVED = N_("nothing received")
    GONE = N_("its record is no longer in the source, or now has errors")


class ToDo(StrEnum):
    """What an office should do about a finding, in English; the message says what would be right."""

    SEND_AGAIN = N_("the community corrects this cell and sends the file again")
    MEND_HERE = N_("ask the community and correct this cell; or send it to them with “kepu-docs workbook --return”")
    MEND_FILE = N_("the person who maintains this file corrects it there")
    ASK_WHOSE = N_("find out who sent this; they correct it and send the file again")
    OPEN_FILE = N_("what was not read is in no document; ask the sender to correct it and send it again")
    NONE = N_("check whether this is intended; if so, there is nothing to do")


_MISSING: Final = "missing"
"""The status of a community without a line."""
_cell = re.compile(r"(?P<sheet>[^!\x00-\x1f]{1,31})!(?P<cell>[A-Z]{0,3}[0-9]{1,7})")
_NOT_IN_A_LINK: Final = frozenset('#"<>|?*%')


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault or a remark in a record of one community."""

    name: str
    """The file."""
    place: str
    """The place in the file: a cell, a line."""
    message: str
    to_do: ToDo

    @property
    def is_fault(self) -> bool:
        """Whether it is a fault; else it is a remark."""
        return self.to_do is not ToDo.NONE

    def link(self, folder: Path) -> str:
        """Return the address of the place as seen from a folder; empty if there is no file that can be linked.

        Only an existing file is linked, never an address or another machine.
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
    """One community: its files, the outcome of its records, and the findings in them."""

    who: Who
    state: State | None
    """``None`` for remarks that do not belong to one community."""
    files: Sequence[str]
    """The files of its records."""
    findings: Sequence[Finding]
    contact: str = ""
    """The contact person."""


class ReportLines:
    """The lines of a manifest as a report needs them: read once, and kept in the order of an office's calls.

    They are in a private database that moves to the disk when it grows.
    """

    def __init__(self, manifest: Path, missing: Sequence[Who]) -> None:
        """``missing`` are the communities that have no record. Raises ``OutputError``."""
        # An empty name gives a private database, in memory until it grows.
        self._rows = sqlite3.connect("", isolation_level=None)
        try:
            self._fill(manifest, missing)
        except BaseException:
            self.close()
            raise

    def _fill(self, manifest: Path, missing: Sequence[Who]) -> None:
        rows = self._rows
        rows.execute("PRAGMA journal_mode = OFF")
        rows.execute(
            "CREATE TABLE line (last INT, district, street, community, code, alone, name, status, "
            "messages BLOB, outputs BLOB, names BLOB)"
        )
        rows.execute("CREATE TABLE file (name PRIMARY KEY, records INT) WITHOUT ROWID")
        rows.execute("BEGIN")
        insert = "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        rows.executemany(insert, map(_row, read_manifest(manifest)))
        rows.executemany(insert, map(_missing_row, missing))
        rows.execute(
            "INSERT INTO file SELECT name, count(*) FROM line WHERE status NOT IN ('absent', 'missing') GROUP BY name"
        )
        rows.execute("COMMIT")

    def close(self) -> None:
        """Remove the database."""
        self._rows.close()

    def states(
        self, unread: Sequence[Fault], listed: Sequence[Listed], translate: Translate, *, with_findings: bool = False
    ) -> Iterator[CommunityState]:
        """Yield the state of each community, by district, street and name; those with unknown names come last.

        The missing communities are among them; ``listed`` has the contact persons. With ``with_findings``, only what
        has findings is yielded, and ``state`` and ``files`` do not count.

        Files with ``unread`` parts follow: these parts are in no record, and so in no line of the manifest. A remark
        about a file with records of several communities does not belong to any of them: it comes at the end, without a
        name or a state.
        """
        contacts = Contacts(listed)
        found = self._rows.execute(
            "SELECT last, district, street, community, code, alone, name, status, messages, records FROM line "
            "LEFT JOIN file USING (name) WHERE messages IS NOT NULL OR NOT ? "
            "ORDER BY last, district, street, community, code, alone, line.rowid",
            (with_findings,),
        )
        for key, group in groupby(found, key=lambda row: row[:6]):
            who = Who(*map(_text, key[1:5]))
            yield replace(_state(who, [row[6:] for row in group]), contact=contacts.of(who))
        for name, faults in groupby(unread, key=lambda fault: fault.place.record):
            yield CommunityState(Who(), State.NOT_DONE, (name,), [_unread(name, fault, translate) for fault in faults])
        shared = self._rows.execute(
            "SELECT name, messages FROM line JOIN file USING (name) WHERE records > 1 AND messages IS NOT NULL "
            "ORDER BY line.rowid"
        )
        for name, kept in shared:
            _, remarks = _unpacked(kept)
            if remarks:
                yield CommunityState(Who(), None, (), _findings(_text(name), remarks, lambda place: ToDo.NONE))

    def documents(self) -> Iterator[tuple[Who, Status, Output]]:
        """Yield the documents in the order of the manifest, each with the status of its record."""
        found = self._rows.execute(
            "SELECT district, street, community, code, status, outputs FROM line WHERE outputs IS NOT NULL "
            "ORDER BY rowid"
        )
        for *who, status, outputs in found:
            for output in pickle.loads(outputs):  # noqa: S301  (see ``_unpacked``)
                yield Who(*map(_text, who)), status, Output(*output)

    def names(self) -> Iterator[tuple[Who, str, ConvertedName]]:
        """Yield the names that documents show in other characters than their records, each with its file."""
        found = self._rows.execute(
            "SELECT district, street, community, code, name, names FROM line "
            "WHERE names IS NOT NULL AND status = 'done' ORDER BY rowid"
        )
        for *who, file, names in found:
            for name in pickle.loads(names):  # noqa: S301  (see ``_unpacked``)
                yield Who(*map(_text, who)), _text(file), ConvertedName(*name)


def _row(line: Line) -> tuple[object, ...]:
    """Return a line as it is sorted. Each line without a known name is a row of its own."""
    alone = "" if line.who.community or line.who.code else f"{line.name}\0{line.place}"
    messages = (line.errors, line.remarks) if line.errors or line.remarks else None
    outputs = [(each.format, each.path, each.size, "", each.stale) for each in line.outputs]
    names = [tuple(name) for name in line.names]
    return _sorted(line.who, alone, line.name, line.status, messages, outputs, names)


def _missing_row(who: Who) -> tuple[object, ...]:
    return _sorted(who, "", "", _MISSING)


def _sorted(who: Who, alone: str, name: str, status: str, *kept: object) -> tuple[object, ...]:
    texts = (text.encode("utf-8", "surrogatepass") for text in (*who, alone, name))
    last = 2 * bool(alone) + (not who.district)
    return (last, *texts, status, *(pickle.dumps(each, -1) if each else None for each in (*kept, None, None, None)[:3]))


def missing_of(listed: Sequence[Listed], manifest: Path) -> Iterator[Who]:
    """Return the communities of a list that have no record."""
    reported = Reported()
    for line in read_manifest(manifest) if listed else ():
        reported.add(line.who.code, line.who.community, line.who.street, line.who.district)
    return (each.who for each in listed if not reported.has(each.who))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


_Messages: TypeAlias = tuple[tuple[str, str], ...]


def _unpacked(kept: bytes | None) -> tuple[_Messages, _Messages]:
    if kept is None:
        return (), ()
    # Pickled by this program, in a database that no other program can open.
    errors, remarks = pickle.loads(kept)  # noqa: S301
    return errors, remarks


def _findings(name: str, messages: _Messages, to_do: Callable[[str], ToDo]) -> list[Finding]:
    """Return the findings in a file; ``to_do`` returns what to do about each, given its place there."""
    places = [place.removeprefix(str(Place(name))).lstrip(": ") for place, _ in messages]
    return [Finding(name, place, text, to_do(place)) for place, (_, text) in zip(places, messages, strict=True)]


def _unread(name: str, fault: Fault, translate: Translate) -> Finding:
    place = str(replace(fault.place, record=""))
    return Finding(name, place, replace(fault, place=Place()).translated(translate), ToDo.OPEN_FILE)


def _to_do(who: Who, place: str, *, is_shared: bool) -> ToDo:
    """Return what to do about a fault in a file, which may be shared by several records."""
    if not (who.community or who.code):
        return ToDo.ASK_WHOSE
    if not _cell.match(place):
        return ToDo.MEND_FILE
    return ToDo.MEND_HERE if is_shared else ToDo.SEND_AGAIN


def _state(who: Who, lines: list[tuple[Any, ...]]) -> CommunityState:
    """Return the state of a community with the given lines: name, status, faults and remarks, records in the file."""
    findings: list[Finding] = []
    statuses: set[str] = set()
    for name, status, kept, records in lines:
        errors, remarks = _unpacked(kept)
        statuses.add(status)
        to_do = partial(_to_do, who, is_shared=records != 1)
        findings += _findings(_text(name), errors, to_do)
        if records == 1:
            findings += _findings(_text(name), remarks, lambda place: ToDo.NONE)
    files = tuple(filter(None, dict.fromkeys(_text(line[0]) for line in lines)))
    if "failed" in statuses:
        return CommunityState(who, State.NOT_DONE, files, findings)
    if "done" in statuses:
        return CommunityState(who, State.DONE_WITH_REMARKS if findings else State.DONE, files, findings)
    return CommunityState(who, State.GONE if files else State.NOTHING_RECEIVED, files, findings)
