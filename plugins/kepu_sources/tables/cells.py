"""From the cells of a table to the values of a record."""

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final, TypeAlias

from kepu_docs.plugin import N_, RecordColumn, Vocabulary
from kepu_sources.tables.amounts_in_units import amount_in_unit, number_in_unit
from kepu_sources.tables.figures_in_cells import LONGEST, figure_in, number_in, without_noise
from kepu_sources.tables.no_values import FAILED, FORMULA_ERRORS, BadCell, CellMark, bad, doubt_of, meaning_of
from kepu_sources.tables.times_in_cells import day_of, time_of

Reader: TypeAlias = Callable[[Any], Any]
"""Reads a cell that is not empty. It returns a value, ``None`` if the cell turns out to be blank, or, if there is no
value, a ``BadCell``, a ``CellMark`` or a ``TimeOfYear``."""

_A_PART_OF_ONE: Final = BadCell(
    N_("Excel stores 95% as 0.95, so it is not clear what was meant; write 95, or format the cell as text")
)
_BLANK: Final = " \t\r\n\u00a0\u3000\ufeff"

_ONE: Final = Decimal(1)
_PERCENT: Final = "%"
_ORDINARY: Final = 100_000_000
"""Whole numbers below this need no closer look."""

_TRUE: Final = "true"
"""The choice that means true."""
_MARKS: Final[dict[Any, bool]] = {"√": True, "✓": True, "×": False, "✗": False, "1": True, "0": False}
_HELD: Final = "held_on"
"""The field for the time of an event, which lies in the period of the summary and needs no year."""
_OF_SUMMARY: Final = ("period",)
_A_DAY: Final = N_(
    "“{found}” is a day, but this cell is for the period of the summary; write it as 2025, 2025年上半年 or 2025-09"
)
_day_alone = re.compile(r"\d{4}-\d{2}-\d{2}")
_line_break = re.compile(r"[\r\n\v\f\x85\u2028\u2029]+")
_break = re.compile(r"[\t\r\n\v\f\x85\u2028\u2029]")
_strong = re.compile(r"[；;\r\n]+")
# The enumeration comma separates words, but not within quotation marks or brackets.
_comma_or_mark = re.compile("[、《》“”（）「」]")
_any_comma_or_mark = re.compile("[、，,《》“”（）「」]")
_COMMAS: Final = "、，,"
_OPENING: Final = {"《": "》", "“": "”", "（": "）", "「": "」"}
_MARKS_BEFORE_TEXT: Final = "，。、；：！？（《“「—-"
"""After these marks a line continues without a blank."""
_LONGEST_WORD: Final = 24
"""The longest word between commas, in terminal columns: a longer one is a clause."""

# Most cells match this; they need no closer look.
_as_records_have_it = re.compile(r"\d{4}(?:-(?:\d{2}(?:-\d{2})?|H[12]|Q[1-4]))?")


def reader_of(column: RecordColumn, vocabulary: Vocabulary, factor: Decimal = _ONE) -> Reader:
    """Return a function that reads the cells of a column; ``factor`` converts its figures to the column's unit.

    Spellings that a record accepts are left to the record's own rules: ``近300人次`` is as valid in a cell as in a
    file.
    """
    match column.cell:
        case "text":
            return _text
        case "texts":
            return _texts
        case "line_texts":
            return _lines
        case "number":
            return _number_reader(column, factor)
        case "share":
            return _share_reader(factor)
        case "day":
            return _day
        case "period":
            if column.path == _OF_SUMMARY:
                return _time_of_summary
            return _time_held if column.field == _HELD else _time
        case "truth":
            return _chosen({**_MARKS, **{word: name == _TRUE for word, name in _names(column, vocabulary).items()}})
        case "choice":
            return _chosen(_names(column, vocabulary))


def text_of(cell: Any) -> Any:
    """Return the value of a text cell."""
    if type(cell) is str:
        text = cell.strip(_BLANK)
        return (FAILED if text in FORMULA_ERRORS else text) if text else None
    match cell:
        case bool():
            return "是" if cell else "否"
        case float():
            return str(number_in(cell))
        case datetime.datetime() if cell.time() == datetime.time():
            return cell.date().isoformat()
        case datetime.date() | datetime.time():
            return cell.isoformat()
        case None:
            return None
        case _:
            return str(cell)


def texts_of(text: str) -> list[str]:
    """Return the texts in a cell: separated by line breaks or semicolons if there are any, otherwise by 、 or ，."""
    parts = _strong.split(text) if _strong.search(text) else _weakly_parted(text)
    # A line may end with the comma that was before its break.
    return [part for each in parts if (part := each.strip(_BLANK).rstrip(_COMMAS))]


def _weakly_parted(text: str) -> list[str]:
    """Return the words between the commas of a text; only between 、 if other commas separate clauses or figures."""
    if "，" in text or "," in text:
        parts = _parted(text, _any_comma_or_mark)
        if not any(map(_is_clause, parts)):
            return parts
    return _parted(text, _comma_or_mark) if "、" in text else [text]


def _is_clause(part: str) -> bool:
    return len(part.encode("gb18030", "replace")) > _LONGEST_WORD or any(
        char.isdigit() or char in "。！？：" for char in part
    )


def _parted(text: str, signs: re.Pattern[str]) -> list[str]:
    """Return the parts between the commas of a text, without commas followed by a closing mark before its opening."""
    parts: list[str] = []
    within: set[str] = set()
    end = len(text)
    # Read from the end, so that the next mark of each kind is known.
    for found in reversed(list(signs.finditer(text))):
        mark = found[0]
        if mark in _OPENING:
            within.discard(_OPENING[mark])
        elif mark not in _COMMAS:
            within.add(mark)
        elif not within:
            parts.append(text[found.end() : end])
            end = found.start()
    return [text[:end], *reversed(parts)]


def _text(cell: Any) -> Any:
    """Return a text on one line, or what it means if it is not a value."""
    text = cell.strip(_BLANK) if type(cell) is str else text_of(cell)
    if type(text) is not str:
        return text
    return doubt_of(text) or _meant(text) if text else None


def _meant(text: str) -> Any:
    """Return a stripped text on one line, or what it means if it is not a value."""
    found = meaning_of(text)
    if found is not None:
        return found
    # Most texts are printable, which is the quickest check.
    return text if text.isprintable() or not _break.search(text) else on_one_line(text)


def on_one_line(text: str) -> str:
    """Return a text with a blank for each line break or tab, but without one after a punctuation mark."""
    lines = [line for each in _break.split(text) if (line := each.strip(_BLANK))]
    return "".join(
        line if at == 0 or lines[at - 1].endswith(tuple(_MARKS_BEFORE_TEXT)) else f" {line}"
        for at, line in enumerate(lines)
    )


def _texts(cell: Any) -> Any:
    if isinstance(cell, list | tuple):  # tables of a program may hold them
        return list(cell)
    text = cell.strip(_BLANK) if type(cell) is str else text_of(cell)
    if type(text) is not str:
        return text
    return (meaning_of(text) or texts_of(text)) if text else None


def _lines(cell: Any) -> Any:
    if isinstance(cell, list | tuple):
        return list(cell)
    text = text_of(cell)
    if not isinstance(text, str):
        return text
    return meaning_of(text) or [
        part.replace("\t", " ") for line in _line_break.split(text) if (part := line.strip(_BLANK))
    ]


def _plain(cell: Any) -> Any:
    """Return a cell that is not free text: stripped and on one line, or what it means if it is not a value."""
    if type(cell) is not str:
        return cell
    text = cell.strip(_BLANK)
    return _meant(text) if text else None


def _is_value(cell: Any) -> bool:
    return cell is not None and not isinstance(cell, BadCell | CellMark)


def _number_reader(column: RecordColumn, factor: Decimal) -> Reader:
    unit, decimals = column.unit, column.may_have_decimals
    is_in_unit = factor == 1

    def read(cell: Any) -> Any:
        """Return the number in a text: in CSV all cells are texts. Other texts, such as ``近300人次``, stay."""
        kind = type(cell)
        if is_in_unit and (kind is int or (kind is float and cell.is_integer())) and -_ORDINARY < cell < _ORDINARY:
            return int(cell)
        cell = _plain(cell)
        if not _is_value(cell):
            return cell
        if isinstance(cell, str) and len(cell) > LONGEST:
            return cell
        if not is_in_unit and isinstance(cell, float):
            return _in_unit(without_noise(cell), unit, factor, decimals=decimals)
        return _in_unit(figure_in(cell, unit, decimals=decimals), unit, factor, decimals=decimals)

    return read


def _in_unit(cell: Any, unit: str, factor: Decimal, *, decimals: bool) -> Any:
    """Return a figure in the unit of its column; one without a unit, a year, is unchanged."""
    if not unit or isinstance(cell, bool | BadCell):
        return cell
    if isinstance(cell, str):
        return amount_in_unit(cell, unit, factor, decimals=decimals)
    if isinstance(cell, int | float):
        return number_in_unit(cell, unit, factor, decimals=decimals)
    return cell


def _share_reader(factor: Decimal) -> Reader:
    def read(cell: Any) -> Any:
        cell = _plain(cell)
        if _is_value(cell):
            cell = _in_unit(figure_in(cell, _PERCENT, decimals=True), _PERCENT, factor, decimals=True)
        return _A_PART_OF_ONE if isinstance(cell, int | float) and 0 < cell <= 1 else cell

    return read


def _day(cell: Any) -> Any:
    cell = _plain(cell)
    return day_of(cell) if _is_value(cell) else cell


def _time(cell: Any) -> Any:
    return _time_in(cell, held=False)


def _time_of_summary(cell: Any) -> Any:
    time = _time(cell)
    is_day = isinstance(time, datetime.date) or (isinstance(time, str) and _day_alone.fullmatch(time))
    return bad(_A_DAY, time) if is_day else time


def _time_held(cell: Any) -> Any:
    return _time_in(cell, held=True)


def _time_in(cell: Any, *, held: bool) -> Any:
    if type(cell) is str and cell[4:] and _as_records_have_it.fullmatch(cell):
        return cell
    cell = _plain(cell)
    return time_of(cell, held=held) if _is_value(cell) else cell


def _names(column: RecordColumn, vocabulary: Vocabulary) -> Mapping[str, str]:
    """Return the choices of a column by their possible names, in lower case."""
    choices = column.choices
    return {
        **{name.casefold(): choice for choice in choices for name in vocabulary.choice_names(choice)},
        **{choice.casefold(): choice for choice in choices},
    }


def _chosen(choices: Mapping[str, Any]) -> Reader:
    def read(cell: Any) -> Any:
        if isinstance(cell, float):
            cell = number_in(cell)
        cell = _plain(cell)
        if not _is_value(cell) or (isinstance(cell, str) and len(cell) > LONGEST):
            return cell
        return choices.get(str(cell).casefold(), cell)

    return read
