"""The example row in a workbook that kepu-docs wrote: known by hidden names, wherever it is now.

For each sheet such a workbook stores the row of the example (``_kepu_example``) and what it said, with the heading of
each cell (``_kepu_example_cells``). Spreadsheet programs move the names as rows are inserted or deleted.
"""

import csv
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Final, NamedTuple

from kepu_docs.plugin import DocumentError, Place, parse_xml

_BOOK: Final = "xl/workbook.xml"
_MOST_BYTES: Final = 4 * 1024 * 1024
"""The most bytes of the part that lists sheets and names; in a workbook of kepu-docs it has 30 KB."""
EXAMPLE_ROW: Final = "_kepu_example"
EXAMPLE_CELLS: Final = "_kepu_example_cells"
"""The hidden names."""

_row = re.compile(r"\$([0-9]{1,7})(?::|$)|\$[A-Z]{1,3}\$([0-9]{1,7})")


class ExampleMark(NamedTuple):
    """The example row of a sheet, and what its cells said."""

    row: int
    cells: Mapping[str, str]
    """The texts of the cells that are not blank, by heading."""

    def of(self, titles: Sequence[str]) -> list[frozenset[str]]:
        """Return what the example says in each column, by the column's heading.

        Columns may have been moved. A column with a changed heading may hold any example whose own heading has
        disappeared.
        """
        known = {title.strip() for title in titles}
        lost = frozenset(text for heading, text in self.cells.items() if heading not in known)
        return [
            frozenset((self.cells[title.strip()],)) if title.strip() in self.cells else self._of_others(title, lost)
            for title in titles
        ]

    def _of_others(self, title: str, lost: frozenset[str]) -> frozenset[str]:
        return lost if title else frozenset()


def example_marks(data: bytes, place: Place) -> Mapping[str, ExampleMark]:
    """Return the marks of the examples in a workbook's package by sheet title; empty for an unknown package."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package, package.open(_BOOK) as part:
            text = part.read(_MOST_BYTES)
        if EXAMPLE_ROW.encode() not in text:
            return {}
        root = parse_xml(text, _BOOK, place)
    # The mark is optional: if anything is wrong with the package, the reader reports it.
    except (KeyError, OSError, NotImplementedError, RuntimeError, ValueError, zipfile.error, zlib.error):
        return {}
    except DocumentError:
        return {}
    titles = [str(each.get("name")) for each in root.iter("{*}sheet")]
    names: dict[tuple[str, str], str] = {}
    for each in root.iter("{*}definedName"):
        number = str(each.get("localSheetId", ""))
        if number.isascii() and number.isdecimal() and int(number[:6]) < len(titles):
            names[titles[int(number[:6])], str(each.get("name"))] = each.text or ""
    return {
        title: example_mark(row, texts_of_array(names.get((title, EXAMPLE_CELLS), "")))
        for (title, name), formula in names.items()
        if name == EXAMPLE_ROW and (row := row_of_range(formula.rpartition("!")[2]))
    }


def example_mark(row: int, texts: Sequence[str]) -> ExampleMark:
    """Return the mark of a row; ``texts`` are headings, each followed by the example's text below it."""
    return ExampleMark(row, dict(zip(texts[::2], texts[1::2], strict=False)))


def row_of_range(text: str) -> int | None:
    """Return the first row, from 1, of a range such as ``$2:$2`` or ``$A$2``, without its sheet."""
    found = _row.search(text)
    return int(found[1] or found[2]) if found else None


def texts_of_array(formula: str, separator: str = ",") -> list[str]:
    """Return the texts of an array such as ``{"编码*","示例","时间","2025"}``."""
    try:
        return next(csv.reader([formula.strip("{}")], delimiter=separator), [])
    except csv.Error:
        return []
