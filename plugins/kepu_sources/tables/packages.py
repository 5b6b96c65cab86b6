"""What a workbook's package holds, looked at before the reader opens it.

The reader (calamine) lays out a sheet as a rectangle: one cell in the last row and column, put there by accident or by
malice, would take 500 GB, and end the whole process. It also takes a formula that failed for a blank cell.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from kepu_docs.plugin import N_, Place, SourceError, look_into, parse_xml

MOST_BYTES: Final = 500 * 1024 * 1024
"""Of all parts, unpacked."""
MOST_CELLS: Final = 20_000_000
"""Of one sheet: rows times columns; 32 bytes each."""
_MOST_REPEATED: Final = 1_000
"""How often an OpenDocument sheet may repeat one row or cell that is not blank."""

_LONGEST_BLANK: Final = 64 * 1024
"""How far into a repeated row is looked, in bytes, to see that it is blank: blank rows are short."""

_BOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OPEN_DOCUMENT: Final = "content.xml"
_LONGEST_TAG: Final = 200
"""What may have been cut in two, where a part was read in pieces."""

_FAILED: Final = b't="e"'
_failed = re.compile(rb'<(?:\w++:)?c\s(?:(?!t="e")[^<>])*+t="e"[^<>]*+>')
_reference = re.compile(rb'\sr="([A-Z]{1,3}[0-9]{1,7})"')
# Most sheets have no cell that is far away, and are not looked at twice. The quick look knows only how programs write.
_far = re.compile(rb' r="(?:[A-Za-z]{3}|[A-Za-z]{1,2}[0-9]{6})')
_UNUSUAL: Final = (b"'", b"\t", b"\r", b"\nr", b"r =", b"r= ", b"r=\n")
_any_reference = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})""")
_tag = re.compile(rb"<(table:table-row|table:table-cell)\b([^<>]*+)>")
_repeated = re.compile(rb"""table:number-(?:rows|columns)-repeated\s*=\s*["']([0-9]+)""")


def failed_formulas(data: bytes, place: Place) -> Mapping[str, AbstractSet[str]]:
    """Return the cells whose formula failed, by the titles of their sheets.

    Raises ``DocumentError`` or ``SourceError`` at ``place`` for what is larger than the reader could bear.
    """
    package = _Package(place)
    for name, text in _texts(data, place):
        package.look_at(name, text)
    return package.failed()


def _texts(data: bytes, place: Place) -> Iterator[tuple[str, bytes]]:
    """Yield the parts in pieces, each with the end of the one before."""
    part, before = "", b""
    for name, piece in look_into(data, place, MOST_BYTES):
        yield name, (before if name == part else b"") + piece
        part, before = name, piece[-_LONGEST_TAG:]


class _Package:
    def __init__(self, place: Place) -> None:
        self._place = place
        self._failed: dict[str, set[str]] = {}
        self._reach: dict[str, tuple[int, int]] = {}
        self._about = {_BOOK: b"", _RELATIONS: b""}
        self._content = b""

    def look_at(self, name: str, text: bytes) -> None:
        """Take in a piece of a part."""
        if name.lower() in self._about:
            self._about[name.lower()] += text
        elif name == _OPEN_DOCUMENT:
            self._look_at_open_document(text)
        else:
            # Whatever a part is called: the workbook may say of any that it is a sheet.
            self._measure(name, text)
            if _FAILED in text:
                cells = (_reference.search(tag) for tag in _failed.findall(text))
                self._failed.setdefault(name, set()).update(cell[1].decode() for cell in cells if cell)

    def _measure(self, name: str, text: bytes) -> None:
        if name not in self._reach and not _far.search(text) and not any(mark in text for mark in _UNUSUAL):
            return
        columns, rows = self._reach.get(name, (0, 0))
        for letters, row in _any_reference.findall(text):
            columns = max(columns, _number(letters))
            rows = max(rows, int(row))
        self._reach[name] = columns, rows
        if columns * rows > MOST_CELLS:
            message = N_(
                "a sheet reaches to row {row} and column {column}, more than can be read; "
                "delete the rows and columns below and beside the table, or use CSV"
            )
            raise SourceError.at(self._place, message, row=rows, column=letters_of(columns - 1))

    def _look_at_open_document(self, text: bytes) -> None:
        for tag in _tag.finditer(text):
            found = _repeated.search(tag[2])
            if found and int(found[1]) > _MOST_REPEATED and not _is_blank(text, tag):
                message = N_("a sheet repeats one row or cell {count} times; save the workbook as .xlsx")
                raise SourceError.at(self._place, message, count=int(found[1]))
        if b'value-type="error"' in text:
            message = N_("a formula in this workbook gives an error; mend it, or save it as .xlsx to see its cell")
            raise SourceError.at(self._place, message)

    def failed(self) -> Mapping[str, AbstractSet[str]]:
        """Return the cells whose formula failed, by the titles of their sheets."""
        if not self._failed or not all(self._about.values()):
            return {}
        relations = parse_xml(self._about[_RELATIONS], _RELATIONS, self._place)
        targets = {each.get("Id"): str(each.get("Target")) for each in relations.iterchildren("{*}Relationship")}
        titles = {
            _part_name(targets.get(each.get(_ID), "")): str(each.get("name"))
            for each in parse_xml(self._about[_BOOK], _BOOK, self._place).iter("{*}sheet")
        }
        return {titles[name.lower()]: cells for name, cells in self._failed.items() if name.lower() in titles}


def _part_name(target: str) -> str:
    """Return the name of the part to which a relation of the workbook leads; upper and lower case are one there."""
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").lower()


def _is_blank(text: bytes, tag: "re.Match[bytes]") -> bool:
    """Tell whether a repeated cell, or all cells of a repeated row, hold nothing."""
    if tag[2].endswith(b"/"):
        return b"office:value" not in tag[2]
    reach = tag.end() + _LONGEST_BLANK
    end = text.find(b"</" + tag[1], tag.end(), reach)
    if end < 0 and reach < len(text):
        return False
    inside = text[tag.start() : end if end >= 0 else len(text)]
    return b"office:value" not in inside and b"<text:" not in inside


def _number(letters: bytes) -> int:
    """Return the place of a column, from 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def letters_of(column: int) -> str:
    """Return the letters of a column that counts from 0: A, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
