"""The codes of communities as programs leave them in cells: damaged codes are refused, all others are read."""

import re
import unicodedata
from typing import Any, Final

from kepu_docs.plugin import N_
from kepu_sources.tables.cells import text_of
from kepu_sources.tables.no_values import BadCell, CellMark, meaning_of
from kepu_sources.tables.sheet_notes import NOT_CALCULATED

_CUT: Final = BadCell(
    N_(
        "Excel has shortened this code and its last digits are lost; format the cells as text and "
        "enter the whole code again"
    )
)
NO_RESULT: Final = BadCell(
    N_(
        "the formula in this cell has no result yet; open the workbook in Excel or WPS, save it "
        "there, and send that file"
    )
)
_MOST_DIGITS: Final = 10**15
"""From this number on, Excel does not keep all digits."""
_LONGEST: Final = 100
"""The most characters that are examined; a longer text is not a code."""

_shortened = re.compile(r"[0-9](?:[.,][0-9]{1,15})?E[+-][0-9]{1,3}|[0-9][.,][0-9]{1,15}E[0-9]{1,3}", re.IGNORECASE)
# ="000101" keeps zeros in CSV, and '000101 in Excel.
_as_text = re.compile(r'=\s?"([^"]{0,100})"')
_whole = re.compile(r"([0-9]{1,40})\.0{1,10}")
_blanks = re.compile(r"[\s\u200b-\u200d\ufeff]+")
_parted = re.compile(r"[0-9]+(?: [0-9]+)*")


def code_of(cell: Any) -> Any:
    """Return the code in a cell, ``None`` if there is none, or an object that says why there is none.

    That is a ``BadCell`` for a code that Excel has cut, and a ``CellMark`` for words such as 无 and 同上.
    """
    if type(cell) is str and cell.isascii() and cell.isalnum():
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _CUT if abs(cell) >= _MOST_DIGITS else text_of(cell)
    if cell == NOT_CALCULATED:
        return NO_RESULT
    text = text_of(cell)
    return _read(text) if isinstance(text, str) and len(text) <= _LONGEST else text


def _read(text: str) -> Any:
    plain = unicodedata.normalize("NFKC", text)
    found = _as_text.fullmatch(plain)
    plain = _blanks.sub(" ", found[1] if found else plain).strip(" '‘’`")
    if _shortened.fullmatch(plain):
        return _CUT
    if whole := _whole.fullmatch(plain):
        return whole[1]
    if _parted.fullmatch(plain):
        return plain.replace(" ", "")
    if isinstance(meaning := meaning_of(plain), CellMark):
        return meaning
    # A code in words keeps its marks; only what programs add around it is removed.
    return plain if found or plain.isascii() else text.strip(" '‘’`")


def same_name(key: str) -> str:
    """Return a code or a name in the form that is compared: without white space within a Chinese name."""
    return key if key.isascii() else _blanks.sub("", key)
