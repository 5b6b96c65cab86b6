"""Writes .xlsb, the binary workbooks of Excel, for tests: no library does. The records are those of [MS-XLSB]."""

import datetime
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any, Final, NamedTuple

_ROW, _ERROR, _BOOL, _REAL, _SHARED, _FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_ERROR = 0, 3, 4, 5, 7, 8, 9, 11
_ITEM, _NAME, _XF, _BEGIN_SHEET, _END_SHEET, _BEGIN_BOOK, _END_BOOK = 19, 39, 47, 129, 130, 131, 132
_BEGIN_SHEETS, _END_SHEETS, _BEGIN_DATA, _END_DATA, _DIMENSION, _BOOK_PROPERTIES, _SHEET = (
    143,
    144,
    145,
    146,
    148,
    153,
    156,
)
_BEGIN_TEXTS, _END_TEXTS, _MERGED, _BEGIN_MERGED, _END_MERGED = 159, 160, 176, 177, 178
_BEGIN_OTHERS, _END_OTHERS, _OWN, _SHEETS_OF_FORMULAS = 353, 354, 357, 362
_BEGIN_STYLES, _END_STYLES, _BEGIN_XFS, _END_XFS = 278, 279, 617, 618

_TYPES: Final = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{more}</Types>'
)
_RELATION: Final = '<Relationship Id="{name}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{type}" Target="{target}"/>'
_RELATIONS: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
)
_DAY: Final = 14
"""The number of the format of days that every workbook knows."""
_ZERO_DAY: Final = datetime.datetime(1899, 12, 30)
ERRORS: Final = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#N/A": 0x2A}
_ONE_BY_ZERO: Final = b"\x1e\1\0\x1e\0\0\6"


class Formula(NamedTuple):
    """A cell with a formula, and the value that was calculated: a number, a text, or an error such as ``#DIV/0!``."""

    value: float | str


class BinarySheet(NamedTuple):
    """Rows of cells, the numbers of those that are hidden, and ranges (first and last row, left and right column)."""

    rows: Sequence[Sequence[Any]]
    hidden_rows: frozenset[int] = frozenset()
    merged: Sequence[tuple[int, int, int, int]] = ()
    is_hidden: bool = False
    more: Iterable[tuple[int, int, Any]] = ()
    """Cells far away: row and column from 0."""
    example: tuple[int, Sequence[str]] | None = None
    """The row from 1, and headings, each with the text below it, of hidden names as workbooks have them that are handed out."""


def record(number: int, content: bytes = b"") -> bytes:
    """Return a record: its number and its length in groups of seven bits, the lowest first, then its content."""
    head = bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80, number >> 7])
    size, length = len(content), b""
    while size >= 0x80:
        length += bytes([size & 0x7F | 0x80])
        size >>= 7
    return head + length + bytes([size]) + content


def wide(text: str) -> bytes:
    """Return a text with the number of its UTF-16 units."""
    data = text.encode("utf-16-le")
    return struct.pack("<I", len(data) // 2) + data


def binary_workbook(sheets: Mapping[str, BinarySheet]) -> bytes:
    """Return a workbook of these sheets."""
    texts: dict[str, int] = {}
    parts: dict[str, bytes] = {}
    entries, relations, types = b"", "", ""
    for number, (title, sheet) in enumerate(sheets.items(), 1):
        parts[f"xl/worksheets/sheet{number}.bin"] = _sheet(sheet, texts)
        entries += record(_SHEET, struct.pack("<II", sheet.is_hidden, number) + wide(f"rId{number}") + wide(title))
        relations += _RELATION.format(name=f"rId{number}", type="worksheet", target=f"worksheets/sheet{number}.bin")
        types += (
            f'<Override PartName="/xl/worksheets/sheet{number}.bin" ContentType="application/vnd.ms-excel.worksheet"/>'
        )
    for name, kind in (("sharedStrings", "sharedStrings"), ("styles", "styles")):
        relations += _RELATION.format(name=f"r{name}", type=kind, target=f"{name}.bin")
        types += f'<Override PartName="/xl/{name}.bin" ContentType="application/vnd.ms-excel.{name}"/>'
    parts["xl/sharedStrings.bin"] = b"".join(
        (
            record(_BEGIN_TEXTS, struct.pack("<II", len(texts), len(texts))),
            *(record(_ITEM, b"\0" + wide(text)) for text in texts),
            record(_END_TEXTS),
        )
    )
    xfs = (record(_XF, struct.pack("<HHHHHBBHBB", 0xFFFF, each, 0, 0, 0, 0, 0, 0, 0, 0)) for each in (0, _DAY))
    parts["xl/styles.bin"] = b"".join(
        (record(_BEGIN_STYLES), record(_BEGIN_XFS, struct.pack("<I", 2)), *xfs, record(_END_XFS), record(_END_STYLES))
    )
    parts["xl/workbook.bin"] = b"".join(
        (
            record(_BEGIN_BOOK),
            record(_BOOK_PROPERTIES, struct.pack("<II", 0, 0) + wide("")),
            record(_BEGIN_SHEETS),
            entries,
            record(_END_SHEETS),
            *_own_sheets(len(sheets)),
            *(_names(number, sheet.example) for number, sheet in enumerate(sheets.values()) if sheet.example),
            record(_END_BOOK),
        )
    )
    main = _RELATION.format(name="r1", type="officeDocument", target="xl/workbook.bin")
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES.format(more=types))
        archive.writestr("_rels/.rels", _RELATIONS.format(inside=main))
        archive.writestr("xl/_rels/workbook.bin.rels", _RELATIONS.format(inside=relations))
        for part, data in parts.items():
            archive.writestr(part, data)
    return stream.getvalue()


def _own_sheets(count: int) -> Iterable[bytes]:
    """Return the list of sheets that formulas refer to by its numbers: of this workbook, each alone."""
    own = b"".join(struct.pack("<III", 0, each, each) for each in range(count))
    yield record(_BEGIN_OTHERS)
    yield record(_OWN)
    yield record(_SHEETS_OF_FORMULAS, struct.pack("<I", count) + own)
    yield record(_END_OTHERS)


def _names(number: int, example: tuple[int, Sequence[str]]) -> bytes:
    """Return the hidden names of an example: a reference to its row, and an array of its texts."""
    row, values = example
    area = b"\x3b" + struct.pack("<HIIHH", number, row - 1, row - 1, 0, 16383)
    array = struct.pack("<II", 1, len(values))
    for value in values:
        array += struct.pack("<BH", 1, len(value.encode("utf-16-le")) // 2) + value.encode("utf-16-le")
    formulas = (("_kepu_example", area, b""), ("_kepu_example_cells", b"\x60" + bytes(14), array))
    return b"".join(
        record(
            _NAME,
            struct.pack("<IBI", 1, 0, number)
            + wide(name)
            + struct.pack("<I", len(tokens))
            + tokens
            + struct.pack("<I", len(more))
            + more
            + struct.pack("<I", 0xFFFFFFFF),
        )
        for name, tokens, more in formulas
    )


def _sheet(sheet: BinarySheet, texts: dict[str, int]) -> bytes:
    height = max(len(sheet.rows), 1)
    width = max(map(len, sheet.rows), default=1)
    data = [
        record(_BEGIN_SHEET),
        record(_DIMENSION, struct.pack("<IIII", 0, height - 1, 0, width - 1)),
        record(_BEGIN_DATA),
    ]
    for number, row in enumerate(sheet.rows):
        data.append(_row(number, is_hidden=number + 1 in sheet.hidden_rows))
        data += (_cell(column, cell, texts) for column, cell in enumerate(row) if cell is not None)
    for number, column, cell in sheet.more:
        data += (_row(number), _cell(column, cell, texts))
    data.append(record(_END_DATA))
    if sheet.merged:
        data.append(record(_BEGIN_MERGED, struct.pack("<I", len(sheet.merged))))
        data += (record(_MERGED, struct.pack("<IIII", *each)) for each in sheet.merged)
        data.append(record(_END_MERGED))
    return b"".join((*data, record(_END_SHEET)))


def _row(number: int, *, is_hidden: bool = False) -> bytes:
    return record(_ROW, struct.pack("<IIHBBBI", number, 0, 300, 0, 0x10 if is_hidden else 0, 0, 0))


def _cell(column: int, cell: Any, texts: dict[str, int]) -> bytes:
    is_day = isinstance(cell, datetime.date)
    head = struct.pack("<II", column, 1 if is_day else 0)
    if isinstance(cell, Formula):
        return _formula(head, cell.value)
    if isinstance(cell, datetime.date):
        day = datetime.datetime(cell.year, cell.month, cell.day)
        return record(_REAL, head + struct.pack("<d", (day - _ZERO_DAY).days))
    if isinstance(cell, bool):
        return record(_BOOL, head + bytes([cell]))
    if isinstance(cell, int | float):
        return record(_REAL, head + struct.pack("<d", cell))
    if cell in ERRORS:
        return record(_ERROR, head + bytes([ERRORS[cell]]))
    return record(_SHARED, head + struct.pack("<I", texts.setdefault(cell, len(texts))))


def _formula(head: bytes, value: float | str) -> bytes:
    formula = struct.pack("<HI", 0, len(_ONE_BY_ZERO)) + _ONE_BY_ZERO + struct.pack("<I", 0)
    if isinstance(value, int | float):
        return record(_FORMULA_NUMBER, head + struct.pack("<d", value) + formula)
    if value in ERRORS:
        return record(_FORMULA_ERROR, head + bytes([ERRORS[value]]) + formula)
    return record(_FORMULA_TEXT, head + wide(value) + formula)
