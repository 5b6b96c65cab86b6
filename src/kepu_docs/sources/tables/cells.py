"""From the cells of a table to the values of a record."""

import datetime
import re
from typing import Any, Final, NamedTuple

from kepu_docs.errors import N_
from kepu_docs.sources.tables.layout import CellKind

_FORMULA_ERRORS: Final = frozenset(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!")
)
FAILED_FORMULA: Final = "#VALUE!"
_BLANK: Final = " \t\r\n\u00a0\u3000\ufeff"

_truths: Final[dict[Any, bool]] = {"true": True, "false": False, "√": True, "✓": True, 1: True, 0: False}
# Twelve digits are more than any number of a record has; an integer of a million digits takes minutes to read.
_plain_number = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,8})?")
_day = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_month = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_year = re.compile(r"(\d{4})\s*年")
_line_break = re.compile(r"[\r\n]+")
_strong = re.compile(r"[；;\r\n]+")
# The comma of enumerations parts words, but not those within quotation marks or brackets.
_weak = re.compile(r"、(?![^《》]*》)(?![^“”]*”)(?![^（）]*）)(?![^「」]*」)")


class BadCell(NamedTuple):
    """A cell that is no value; why."""

    text: str


def value_of(cell: Any, kind: CellKind) -> Any:
    """Return what a cell says, ``None`` where it is blank, or a ``BadCell``.

    What people write is left to the record's own rules: ``近300人次`` is as good in a cell as in a file.
    """
    if isinstance(cell, str):
        cell = cell.strip(_BLANK)
        if cell in _FORMULA_ERRORS:
            return BadCell(N_("the formula in this cell gives no value, but an error"))
    elif isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    elif isinstance(cell, datetime.datetime):
        cell = cell.date()
    if cell is None or cell == "":
        return None
    match kind:
        case "number":
            return _number(cell)
        case "truth":
            # SQLite has but 0 and 1.
            return _truths.get(cell.casefold() if isinstance(cell, str) else cell, cell)
        case "day" | "period":
            return _in_time(cell)
        case "texts":
            return texts_of(_text(cell))
        case "line_texts":
            return [part for line in _line_break.split(_text(cell)) if (part := line.strip(_BLANK))]
        case _:
            return _text(cell)


def texts_of(text: str) -> list[str]:
    """Return the texts in a cell: parted by line breaks or semicolons where there are such, else by 、."""
    parts = _strong.split(text) if _strong.search(text) else _weak.split(text)
    return [part for each in parts if (part := each.strip(_BLANK))]


def _text(cell: Any) -> str:
    match cell:
        case bool():
            return "是" if cell else "否"
        case datetime.date() | datetime.time():
            return cell.isoformat()
        case _:
            return str(cell)


def _number(cell: Any) -> Any:
    """Return the number that a text is: in CSV all cells are texts. Others, as ``近300人次``, stay."""
    if not isinstance(cell, str) or not _plain_number.fullmatch(cell):
        return cell
    return float(cell) if "." in cell else int(cell)


def _in_time(cell: Any) -> Any:
    """Return a day or a period as records write it; offices write 2025年4月12日, 2025/4/12 and 2025.4 too."""
    if not isinstance(cell, str):
        return cell
    if found := _day.fullmatch(cell):
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    if found := _month.fullmatch(cell):
        return f"{found[1]}-{int(found[2]):02}"
    if found := _year.fullmatch(cell):
        return int(found[1])
    return cell
