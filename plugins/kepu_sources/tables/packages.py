"""Checks of a workbook's package before the reader opens it.

The reader (calamine) lays out a sheet as a rectangle: a single cell in the last row and column, put there by accident
or malice, would take 500 GB and end the whole process. It also treats a failed formula as a blank cell.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Final

from kepu_docs.plugin import Place, look_into, parse_xml
from kepu_sources.tables.binary_sheets import BinarySheet, names_in, sheets_in
from kepu_sources.tables.open_documents import CONTENT, OpenDocument
from kepu_sources.tables.record_names import put_example
from kepu_sources.tables.sheet_notes import (
    FAILED_FORMULA,
    NOT_CALCULATED,
    SheetNotes,
    number_of,
    require_reach,
)

MOST_BYTES: Final = 500 * 1024 * 1024
"""The most bytes of all parts, unpacked."""
_BOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_BINARY_BOOK: Final = "xl/workbook.bin"
_BINARY_RELATIONS: Final = "xl/_rels/workbook.bin.rels"
_IDS: Final = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
"""The attributes that name a sheet's part, in ordinary and in strict workbooks."""
_LONGEST_CELL: Final = 20_000
"""How much of a part may have been cut between two pieces: a formula has at most 8,192 characters."""

_FAILED: Final = b't="e"'
_failed = re.compile(rb'<(?:\w++:)?c\s(?:(?!t="e")[^<>])*+t="e"[^<>]*+>')
_not_calculated = re.compile(
    rb"<(?:\w++:)?c\s([^<>]*+)>\s*+<(?:\w++:)?f\b[^<>]*+(?:(?<=/)>|(?<!/)>[^<]*+</(?:\w++:)?f\s*+>)\s*+"
    rb"(?:<(?:\w++:)?v\s*+(?:/>|>\s*+</(?:\w++:)?v\s*+>)\s*+)?</(?:\w++:)?c\s*+>"
)
# The result of such a formula is a text, and may be blank.
_of_text = re.compile(rb"""\st\s*=\s*["']str["']""")
_hidden_row = re.compile(rb"""<(?:\w++:)?row\b((?:(?!\shidden)[^<>])*+\shidden\s*=\s*["'](?:1|true)["'][^<>]*+)>""")
_row_number = re.compile(rb"""\sr\s*=\s*["']([0-9]{1,7})["']""")
_reference = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Z]{1,3}[0-9]{1,7})["']""")
# Most sheets have no cell far away, and are not examined twice. The quick check knows only how programs write.
_far = re.compile(rb' r="(?:[A-Za-z]{3}|[A-Za-z]{1,2}[0-9]{6})')
_UNUSUAL: Final = (b"'", b"\t", b"\r", b"r =", b"r= ")
_UNUSUAL_LINES: Final = (b"\nr", b"r=\n")
_any_reference = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})""")


def sheet_notes(data: bytes, place: Place) -> Mapping[str, SheetNotes]:
    """Return what the reader does not report about sheets, by title.

    Raises ``DocumentError`` or ``SourceError`` at ``place`` for content too large for the reader.
    """
    package: _Package | None = None
    part, before = "", b""
    for name, piece in look_into(data, place, MOST_BYTES):
        package = package or _Package(place, _names(data))
        package.look_at(name, piece, (before if name == part else b"") + piece)
        part, before = name, piece[-_LONGEST_CELL:]
    return package.notes() if package else {}


def _names(data: bytes) -> frozenset[str]:
    """Return the names of the parts of a package in lower case; ``data`` is known to be one."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return frozenset(name.lower() for name in archive.namelist())


class _Package:
    def __init__(self, place: Place, names: frozenset[str]) -> None:
        self._place = place
        self._notes: dict[str, SheetNotes] = {}
        self._reach: dict[str, tuple[int, int]] = {}
        self._about = {_BOOK: b"", _RELATIONS: b"", _BINARY_BOOK: b"", _BINARY_RELATIONS: b""}
        self._is_binary = _BINARY_BOOK in names
        self._binary: dict[str, BinarySheet] = {}
        is_open_document = CONTENT in names and not names & {_BOOK, _BINARY_BOOK}
        self._open_document = OpenDocument(place) if is_open_document else None

    def look_at(self, name: str, piece: bytes, text: bytes) -> None:
        """Read a piece of a part, on its own and together with the end of the piece before."""
        if self._is_binary:
            self._binary.setdefault(name, BinarySheet(self._place)).look_at(piece)
        if name.lower() in self._about:
            self._about[name.lower()] += piece
        elif self._open_document:
            if name == CONTENT:
                self._open_document.look_at(piece)
        else:
            # Any part, whatever its name: the workbook may refer to any as a sheet.
            self._measure(name, text)
            if _FAILED in text:
                cells = (_reference.search(tag) for tag in _failed.findall(text))
                self._put(name, cells, FAILED_FORMULA)
            if b"hidden" in text:
                rows = (_row_number.search(each[1]) for each in _hidden_row.finditer(text))
                self._notes_of(name).hidden.update(int(row[1]) for row in rows if row)
            if b"<f" in text or (b":" in text and b":f" in text):
                found = (each[1] for each in _not_calculated.finditer(text))
                self._put(
                    name, (_reference.search(each) for each in found if not _of_text.search(each)), NOT_CALCULATED
                )

    def _put(self, name: str, cells: Iterable[re.Match[bytes] | None], shown: str) -> None:
        self._notes_of(name).failed.update((position_of(cell[1]), shown) for cell in cells if cell)

    def _notes_of(self, name: str) -> SheetNotes:
        return self._notes.setdefault(name, SheetNotes())

    def _measure(self, name: str, text: bytes) -> None:
        # A single character is found ten times faster than two.
        unusual = _UNUSUAL + _UNUSUAL_LINES if b"\n" in text else _UNUSUAL
        if name not in self._reach and not any(mark in text for mark in unusual) and not _far.search(text):
            return
        columns, rows = self._reach.get(name, (0, 0))
        for letters, row in _any_reference.findall(text):
            columns = max(columns, number_of(letters))
            rows = max(rows, int(row))
        self._reach[name] = columns, rows
        require_reach(rows, columns, self._place)

    def notes(self) -> Mapping[str, SheetNotes]:
        """Return what the reader does not report about sheets, by title."""
        if self._open_document:
            return self._open_document.notes()
        notes = self._titled(self._notes, _RELATIONS)
        if not self._is_binary:
            return notes
        binary = self._titled({name: sheet.notes for name, sheet in self._binary.items()}, _BINARY_RELATIONS)
        titles = list(sheets_in(self._about[_BINARY_BOOK]).values())
        for named in names_in(self._about[_BINARY_BOOK]):
            if named.sheet < len(titles) and titles[named.sheet] in binary:
                put_example(binary[titles[named.sheet]], named, is_binary=True)
        return {**notes, **binary}

    def _titled(self, parts: Mapping[str, SheetNotes], relations: str) -> Mapping[str, SheetNotes]:
        """Return the notes of the parts that are sheets, by title."""
        titles = self._titles(relations) if parts else {}
        return {titles[name.lower()]: notes for name, notes in parts.items() if name.lower() in titles}

    def _titles(self, relations: str) -> Mapping[str, str]:
        """Return the titles of sheets by the names of their parts in lower case."""
        if not self._about[relations]:
            return {}
        root = parse_xml(self._about[relations], relations, self._place)
        targets = {str(each.get("Id")): str(each.get("Target")) for each in root.iterchildren("{*}Relationship")}
        titles = self._titles_by_relation(relations)
        return {_part_name(targets[each]): title for each, title in titles if each in targets}

    def _titles_by_relation(self, relations: str) -> Iterable[tuple[str, str]]:
        if relations == _BINARY_RELATIONS:
            return sheets_in(self._about[_BINARY_BOOK]).items()
        if not self._about[_BOOK]:
            return ()
        sheets = parse_xml(self._about[_BOOK], _BOOK, self._place).iter("{*}sheet")
        return [
            (str(relation), str(each.get("name")))
            for each in sheets
            for relation in map(each.get, _IDS)
            if relation is not None
        ]


def _part_name(target: str) -> str:
    """Return the name of the part that a relationship of the workbook refers to; part names ignore case."""
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").lower()


def position_of(cell: bytes) -> tuple[int, int]:
    """Return row, from 1, and column, from 0, of a cell: 5 and 2 for C5."""
    letters = cell.rstrip(b"0123456789")
    return int(cell[len(letters) :]), number_of(letters) - 1
