"""The workbook of a chart, with which Word edits its data.

XlsxWriter, an extra, makes the package for the first chart; its parts are kept, compressed. Of each chart only the
sheet and its texts are made, as XlsxWriter makes them: the same bytes in a fraction of its time.
"""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import zip_longest
from math import isfinite
from typing import Any, Final

from kepu_docs.plugin import Chart
from kepu_word.package import zip_archive
from kepu_word.package.parts import DECLARATION, R
from kepu_word.xml_text import escape

SHEET: Final = "Sheet1"

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET_PART: Final = b"xl/worksheets/sheet1.xml"
_TEXTS_PART: Final = b"xl/sharedStrings.xml"
_ROWS_A_SPAN: Final = 16
_LONGEST: Final = 32_767
"""In units of UTF-16; Excel refuses a longer text."""

# Office writes a character that XML cannot hold as _x0001_, and what looks like that with an escaped underscore.
_ESCAPED: Final = re.compile("(_x[0-9a-fA-F]{4}_)")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _Package:
    """The parts of all workbooks: those before the sheet, the sheet, those up to the texts, the texts, and the rest."""

    start: zip_archive.Start
    sheet: zip_archive.Part
    between: Sequence[zip_archive.Part]
    texts: zip_archive.Part
    end: Sequence[zip_archive.Part]


def workbook(block: Chart) -> bytes:
    """Return the workbook: categories in the first column, a series in each other one.

    All texts are texts, whatever they look like. Raises ``ImportError`` if XlsxWriter is not installed.
    """
    from xlsxwriter import Workbook

    package = _package(Workbook)
    places: dict[str, int] = {}
    heads = [block.axis, *(series.name for series in block.series)]
    # In the order in which XlsxWriter would get them.
    texts = [_fitting(text) for text in (block.axis, *block.categories, *heads[1:])]
    numbers = [places.setdefault(text, len(places)) for text in texts]
    size = len(block.categories) + 1
    rows = zip_longest(
        map(_text, numbers[1:size]), *([_number(value) for value in series.values] for series in block.series)
    )
    sheet = _sheet([list(map(_text, (numbers[0], *numbers[size:]))), *rows])
    parts = (
        zip_archive.refilled(package.sheet, sheet.encode()),
        *package.between,
        zip_archive.refilled(package.texts, _shared(places, len(texts)).encode()),
        *package.end,
    )
    return zip_archive.archive(package.start, parts)


def letters(column: int) -> str:
    """Return the letters of a column of a sheet: A for 1."""
    found = ""
    while column:
        column, letter = divmod(column - 1, 26)
        found = chr(ord("A") + letter) + found
    return found


@lru_cache(1)
def _package(writer: Any) -> _Package:
    """Return the package of a workbook that the class ``writer`` of XlsxWriter makes."""
    stream = BytesIO()
    with writer(stream, {"in_memory": True}) as book:
        # The same figures give the same bytes on any day.
        book.set_properties({"created": datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)})
        book.add_worksheet(SHEET).write_string(0, 0, SHEET)
    parts = zip_archive.parts_of(stream.getvalue())
    names = [part.name for part in parts]
    sheet, texts = names.index(_SHEET_PART), names.index(_TEXTS_PART)
    return _Package(
        zip_archive.start(parts[:sheet]), parts[sheet], parts[sheet + 1 : texts], parts[texts], parts[texts + 1 :]
    )


def _sheet(rows: Sequence[Sequence[str | None]]) -> str:
    """Return the sheet; ``rows`` have what follows each cell's name, ``None`` for a cell that is empty."""
    columns = [letters(number) for number in range(1, len(rows[0]) + 1)]
    written: list[str] = []
    for start in range(0, len(rows), _ROWS_A_SPAN):
        near = rows[start : start + _ROWS_A_SPAN]
        last = max((number for row in near for number, cell in enumerate(row, 1) if cell is not None), default=1)
        for number, row in enumerate(near, start + 1):
            cells = [
                f'<c r="{column}{number}"{cell}</c>'
                for column, cell in zip(columns, row, strict=True)
                if cell is not None
            ]
            written.append(f'<row r="{number}" spans="1:{last}">{"".join(cells)}</row>')
    return (
        f'{DECLARATION}\n<worksheet xmlns="{_MAIN}" xmlns:r="{R}"><dimension ref="A1:{columns[-1]}{len(rows)}"/>'
        '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"<sheetData>{''.join(written)}</sheetData>"
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>'
    )


def _shared(texts: Iterable[str], cells: int) -> str:
    """Return the part with the texts of the sheet, which ``cells`` refer to by their place."""
    items = [f"<si><t{_preserved(shown)}>{escape(shown)}</t></si>" for shown in map(_holding, texts)]
    sizes = f'count="{cells}" uniqueCount="{len(items)}"'
    return f'{DECLARATION}\n<sst xmlns="{_MAIN}" {sizes}>{"".join(items)}</sst>'


def _text(place: int) -> str:
    return f' t="s"><v>{place}</v>'


def _number(value: float | None) -> str | None:
    if value is None:
        return None
    if not isfinite(value):
        raise TypeError(f"a chart cannot show {value}")
    return f"><v>{value:.16G}</v>"


def _fitting(text: str) -> str:
    if 2 * len(text) <= _LONGEST:
        return text
    return text.encode("utf-16-le")[: 2 * _LONGEST].decode("utf-16-le", "ignore")


def _holding(text: str) -> str:
    """Return ``text`` with its characters escaped that a workbook's XML cannot hold."""
    return _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", _ESCAPED.sub(r"_x005F\1", text))


def _preserved(text: str) -> str:
    return ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
