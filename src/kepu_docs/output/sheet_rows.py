"""Rows of a sheet as SpreadsheetML, the XML of Excel: what XlsxWriter writes too, many times as fast.

XlsxWriter keeps each cell as an object and passes each through a dozen functions. Most of the time of a workbook with
many rows goes there, so that kepu-docs writes its rows itself, and XlsxWriter everything around them.
"""

import re
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""The names of the columns; no sheet has more."""
LINE: Final = 15
"""The usual height of a row, in points."""
_LONGEST: Final = 32_767
"""The longest text of a cell, in units of UTF-16; Excel reports more as a fault of the file."""

_special = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9a-fA-F]{4}_|^\\s|\\s\\Z")
_looks_escaped = re.compile("(_x[0-9a-fA-F]{4}_)")
_no_character = re.compile("[\ud800-\udfff]")
_unwritable = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


class Formula(NamedTuple):
    """A formula and its value, for programs that do not calculate."""

    text: str
    value: float | str


class Link(NamedTuple):
    """A text that links to a cell of this workbook (``internal:``), or to a file or a cell of it (``external:``)."""

    text: str
    address: str


ROW: Final = "\0"
"""The number of the row in cells that are made once for several rows."""


def row_xml(number: int, cells: str, height: float = LINE) -> str:
    """Return a row of ``cells``; empty if there are none. ``number`` counts from 1, ``height`` is in points."""
    if not cells:
        return ""
    tall = "" if height == LINE else f' ht="{height:.16g}" customHeight="1"'
    return f'<row r="{ROW}"{tall}>{cells}</row>'.replace(ROW, str(number))


def cells_xml(values: Iterable[Any], first: int = 0, style: int = 0) -> str:
    """Return the cells of a row, from the column ``first`` on, counted from 0; their row is :data:`ROW`.

    Texts that are empty, and values that are neither texts nor numbers, have no cell. ``style`` is the number of a
    format.
    """
    end = f'{ROW}" s="{style}"' if style else f'{ROW}"'
    cells = ""
    for letter, value in zip(LETTERS[first:], values, strict=False):
        if isinstance(value, str):
            if value:
                cells += f'<c r="{letter}{end}{_text(value)}'
        elif isinstance(value, int | float):
            cells += f'<c r="{letter}{end}><v>{value:.16G}</v></c>'
        elif isinstance(value, Formula):
            cells += f'<c r="{letter}{end}{_formula(value)}'
        elif isinstance(value, Link):
            cells += f'<c r="{letter}{end}{_text(value.text)}'
    return cells


def _text(text: str) -> str:
    """Return the rest of a cell with a text."""
    if len(text) > _LONGEST // 2:
        text = _cut(text)
    space = ""
    if _special.search(text):
        text = _escaped(text)
        space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f' t="inlineStr"><is><t{space}>{text}</t></is></c>'


def _cut(text: str) -> str:
    """Return the beginning of a text that fits into a cell; no character is cut in half."""
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * _LONGEST]
    return units.decode("utf-16-le", "ignore")


def _escaped(text: str) -> str:
    text = _looks_escaped.sub(r"_x005F\1", text)
    text = _no_character.sub("\ufffd", text)
    text = _unwritable.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _formula(formula: Formula) -> str:
    """Return the rest of a cell with a formula."""
    text, value = formula
    kind = ' t="str"' if isinstance(value, str) and value else ""
    shown = _escaped(value) if isinstance(value, str) else value
    return f"{kind}><f>{_escaped(text.removeprefix('='))}</f><v>{shown}</v></c>"
