"""What a workbook's package holds, looked at before the reader opens it.

The reader (calamine) lays out a sheet as a rectangle: one cell in the last row and column, put there by accident or by
malice, would take 500 GB, and end the whole process. It also takes a formula that failed for a blank cell.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

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
_IDS: Final = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
"""What names a sheet's part, in ordinary workbooks and in strict ones."""
_OPEN_DOCUMENT: Final = "content.xml"
_LONGEST_CELL: Final = 20_000
"""What may have been cut in two, where a part was read in pieces: a formula has at most 8,192 characters."""

FAILED_FORMULA: Final = "#VALUE!"
"""What stands for a formula that gives an error."""
NOT_CALCULATED: Final = "#GETTING_DATA"
"""What stands for a formula without a result: programs that write workbooks calculate nothing."""

_FAILED: Final = b't="e"'
_FORMULA_FAILS: Final = N_("a formula in this workbook gives an error; mend it, or save it as .xlsx to see its cell")
# Of Excel 97: a formula, and a cell, whose value is an error. Nothing else has these bytes in its place.
_failed_in_old = re.compile(
    rb"\x06\x00[\x16-\xff][\x00-\x1f].{6}\x02\x00[\x00\x07\x0f\x17\x1d\x24\x2a]\x00\x00\x00\xff\xff"
    rb"|\x05\x02\x08\x00.{6}[\x00\x07\x0f\x17\x1d\x24\x2a]\x01",
    re.DOTALL,
)
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
# Most sheets have no cell that is far away, and are not looked at twice. The quick look knows only how programs write.
_far = re.compile(rb' r="(?:[A-Za-z]{3}|[A-Za-z]{1,2}[0-9]{6})')
_UNUSUAL: Final = (b"'", b"\t", b"\r", b"r =", b"r= ")
_UNUSUAL_LINES: Final = (b"\nr", b"r=\n")
_any_reference = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})""")
_tag = re.compile(rb"<(table:table-row|table:table-cell)\b([^<>]*+)>")
_spanned = re.compile(rb"""table:number-rows-spanned\s*=\s*["']([0-9]{1,9})""")
_repeated = re.compile(rb"""table:number-(?:rows|columns)-repeated\s*=\s*["']([0-9]+)""")


class SheetNotes(NamedTuple):
    """What the reader does not say of a sheet."""

    failed: dict[str, str]
    """What stands for the cells whose formula gives no value."""
    hidden: set[int]
    """The rows that are hidden."""


def sheet_notes(data: bytes, place: Place) -> Mapping[str, SheetNotes]:
    """Return what the reader does not say of sheets, by their titles.

    Raises ``DocumentError`` or ``SourceError`` at ``place`` for what is larger than the reader could bear.
    """
    package = _Package(place)
    for name, text in _texts(data, place):
        package.look_at(name, text)
    return package.notes()


def require_results(data: bytes, place: Place) -> None:
    """Raise ``SourceError`` for a workbook of Excel 97 with an error in place of a value; the reader leaves it out."""
    if _failed_in_old.search(data):
        raise SourceError.at(place, _FORMULA_FAILS)


def _texts(data: bytes, place: Place) -> Iterator[tuple[str, bytes]]:
    """Yield the parts in pieces, each with the end of the one before."""
    part, before = "", b""
    for name, piece in look_into(data, place, MOST_BYTES):
        yield name, (before if name == part else b"") + piece
        part, before = name, piece[-_LONGEST_CELL:]


class _Package:
    def __init__(self, place: Place) -> None:
        self._place = place
        self._notes: dict[str, SheetNotes] = {}
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
        self._notes_of(name).failed.update((cell[1].decode(), shown) for cell in cells if cell)

    def _notes_of(self, name: str) -> SheetNotes:
        return self._notes.setdefault(name, SheetNotes({}, set()))

    def _measure(self, name: str, text: bytes) -> None:
        # A single character is found ten times faster than two.
        unusual = _UNUSUAL + _UNUSUAL_LINES if b"\n" in text else _UNUSUAL
        if name not in self._reach and not any(mark in text for mark in unusual) and not _far.search(text):
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
            if (spanned := _spanned.search(tag[2])) and int(spanned[1]) > 1:
                message = N_("what merged cells of this workbook hold cannot be read; save the workbook as .xlsx")
                raise SourceError.at(self._place, message)
            found = _repeated.search(tag[2])
            if found and int(found[1]) > _MOST_REPEATED and not _is_blank(text, tag):
                message = N_("a sheet repeats one row or cell {count} times; save the workbook as .xlsx")
                raise SourceError.at(self._place, message, count=int(found[1]))
        if b'value-type="error"' in text:
            raise SourceError.at(self._place, _FORMULA_FAILS)

    def notes(self) -> Mapping[str, SheetNotes]:
        """Return what the reader does not say of sheets, by their titles."""
        if not self._notes or not all(self._about.values()):
            return {}
        relations = parse_xml(self._about[_RELATIONS], _RELATIONS, self._place)
        targets = {each.get("Id"): str(each.get("Target")) for each in relations.iterchildren("{*}Relationship")}
        titles = {
            _part_name(next((targets[name] for name in map(each.get, _IDS) if name in targets), "")): str(
                each.get("name")
            )
            for each in parse_xml(self._about[_BOOK], _BOOK, self._place).iter("{*}sheet")
        }
        return {titles[name.lower()]: notes for name, notes in self._notes.items() if name.lower() in titles}


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


def position_of(cell: str) -> tuple[int, int]:
    """Return the row of a cell from 1, and its column from 0: 5 and 2 of C5."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), _number(letters.encode()) - 1


def letters_of(column: int) -> str:
    """Return the letters of a column that counts from 0: A, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
