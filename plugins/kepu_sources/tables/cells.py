"""From the cells of a table to the values of a record."""

import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from kepu_docs.plugin import N_, RecordColumn, Vocabulary, read_day, read_period


class BadCell(NamedTuple):
    """A cell that is no value; why."""

    text: str


Reader: TypeAlias = Callable[[Any], Any]
"""Gives what a cell that is not empty says: a value, ``None`` where it is blank after all, or a ``BadCell``."""

_FORMULA_ERRORS: Final = frozenset(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!")
)
_FAILED: Final = BadCell(N_("the formula in this cell gives no value, but an error"))
_A_PART_OF_ONE: Final = BadCell(
    N_("Excel keeps 95% as 0.95, so that nobody knows what is meant; write 95, or format the cell as text")
)
_BLANK: Final = " \t\r\n\u00a0\u3000\ufeff"
_NOTHING: Final = frozenset(("-", "—", "——", "–", "－", "/", "／", "无", "無"))
"""What people write into a cell for which they have nothing."""

_TRUE: Final = "true"
"""The choice of a truth that is true."""
_MARKS: Final[dict[Any, bool]] = {"√": True, "✓": True, "×": False, "✗": False, "1": True, "0": False}
# Twelve digits are more than any number of a record has; an integer of a million digits takes minutes to read.
_plain_number = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,8})?")
_year = re.compile(r"(\d{4})\s*年")
_line_break = re.compile(r"[\r\n]+")
_strong = re.compile(r"[；;\r\n]+")
# The comma of enumerations parts words, but not those within quotation marks or brackets.
_comma_or_mark = re.compile("[、《》“”（）「」]")
_OPENING: Final = {"《": "》", "“": "”", "（": "）", "「": "」"}

LONGEST_VALUE: Final = 100
"""The longest cell that may be a number, a day, a time or a choice, in characters: none that is one has half of it."""

# Most are written so; they need no closer look.
_as_records_have_it = re.compile(r"\d{4}(?:-(?:\d{2}(?:-\d{2})?|H[12]|Q[1-4]))?")


def reader_of(column: RecordColumn, vocabulary: Vocabulary) -> Reader:
    """Return what reads the cells of a column.

    What people write is left to the record's own rules: ``近300人次`` is as good in a cell as in a file.
    """
    match column.cell:
        case "text":
            return text_of
        case "texts":
            return _texts
        case "line_texts":
            return _lines
        case "number":
            return _number
        case "share":
            return _share
        case "day":
            return _day
        case "period":
            return _period
        case "truth":
            return _chosen({**_MARKS, **{word: name == _TRUE for word, name in _names(column, vocabulary).items()}})
        case "choice":
            return _chosen(_names(column, vocabulary))


def text_of(cell: Any) -> Any:
    """Return what a cell of text says."""
    if type(cell) is str:
        text = cell.strip(_BLANK)
        return (_FAILED if text in _FORMULA_ERRORS else text) if text else None
    match cell:
        case bool():
            return "是" if cell else "否"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime.datetime() if cell.time() == datetime.time():
            return cell.date().isoformat()
        case datetime.date() | datetime.time():
            return cell.isoformat()
        case None:
            return None
        case _:
            return str(cell)


def texts_of(text: str) -> list[str]:
    """Return the texts in a cell: separated by line breaks or semicolons if there are any, else by 、."""
    parts = _strong.split(text) if _strong.search(text) else _weakly_parted(text)
    return [part for each in parts if (part := each.strip(_BLANK))]


def _weakly_parted(text: str) -> list[str]:
    """Return what stands between the 、 of a text, except those followed by a closing mark before its opening one."""
    if "、" not in text:
        return [text]
    parts: list[str] = []
    within: set[str] = set()
    end = len(text)
    # From the end on, it is known of each sort of marks which is the next.
    for found in reversed(list(_comma_or_mark.finditer(text))):
        mark = found[0]
        if mark in _OPENING:
            within.discard(_OPENING[mark])
        elif mark != "、":
            within.add(mark)
        elif not within:
            parts.append(text[found.end() : end])
            end = found.start()
    return [text[:end], *reversed(parts)]


def _texts(cell: Any) -> Any:
    if isinstance(cell, list | tuple):  # a program's tables may hold them
        return list(cell)
    text = text_of(cell)
    return texts_of(text) if isinstance(text, str) else text


def _lines(cell: Any) -> Any:
    if isinstance(cell, list | tuple):
        return list(cell)
    text = text_of(cell)
    if not isinstance(text, str):
        return text
    return [part for line in _line_break.split(text) if (part := line.strip(_BLANK))]


def _plain(cell: Any) -> Any:
    """Return a cell that is no text of its own: stripped, whole numbers as such, days without a time."""
    if type(cell) is str:
        text = cell.strip(_BLANK)
        if not text or text in _NOTHING:
            return None
        return _FAILED if text in _FORMULA_ERRORS else text
    if type(cell) is float:
        return int(cell) if cell.is_integer() else cell
    return cell.date() if isinstance(cell, datetime.datetime) else cell


def _number(cell: Any) -> Any:
    """Return the number that a text is: in CSV all cells are texts. Others, as ``近300人次``, stay."""
    cell = _plain(cell)
    if not isinstance(cell, str) or len(cell) > LONGEST_VALUE:
        return cell
    if _plain_number.fullmatch(cell):
        return float(cell) if "." in cell else int(cell)
    return int(found[1]) if (found := _year.fullmatch(cell)) else cell


def _share(cell: Any) -> Any:
    cell = _number(cell)
    return _A_PART_OF_ONE if isinstance(cell, int | float) and 0 < cell <= 1 else cell


def _day(cell: Any) -> Any:
    """Return a day as records write it; offices write 2025年4月12日, 2025/4/12, 2025.4.12 and 20250412 too."""
    return _time(_plain(cell), read_day)


def _period(cell: Any) -> Any:
    """Return a time as records write it; offices write 2025年9月, 2025年上半年 and 2025年9月15日至21日 too."""
    if type(cell) is str and cell[4:] and _as_records_have_it.fullmatch(cell):
        return cell
    return _time(_plain(cell), read_period)


def _time(cell: Any, read: Callable[[str], Any]) -> Any:
    if isinstance(cell, str | int) and not isinstance(cell, bool) and len(text := str(cell)) <= LONGEST_VALUE:
        return read(text) or cell
    return cell


def _names(column: RecordColumn, vocabulary: Vocabulary) -> Mapping[str, str]:
    """Return the choices of a column by what they may be called, in small letters."""
    choices = column.choices
    return {
        **{name.casefold(): choice for choice in choices for name in vocabulary.choice_names(choice)},
        **{choice.casefold(): choice for choice in choices},
    }


def _chosen(choices: Mapping[str, Any]) -> Reader:
    def read(cell: Any) -> Any:
        cell = _plain(cell)
        if cell is None or isinstance(cell, BadCell) or (isinstance(cell, str) and len(cell) > LONGEST_VALUE):
            return cell
        return choices.get(str(cell).casefold(), cell)

    return read
