"""Cell styles: which hold dates and percentages, and twin styles that wrap lines or mark a cell as text."""

import datetime
import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final, Literal

from kepu_excel.markup import s, written

FIRST_DAY: Final = datetime.date(1899, 12, 30)
"""The day from which days are counted; workbooks of old Macs count from another."""
FIRST_DAY_1904: Final = datetime.date(1904, 1, 1)
_DATES: Final = frozenset((*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)))
_PERCENT: Final = (9, 10)
_TEXT: Final = 49
_unread = re.compile(r'"[^"]*"?|\[[^\]]*\]?|\\.|_.|\*.')
_of_days = re.compile("[ydYD]")
MOST_STYLES: Final = 65_000
"""The most styles of a workbook; Excel allows 65,490."""

Kind = Literal["", "date", "percent", "text"]


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of the cells with tags.

    ``kinds`` maps a style number to the kind of value that its cells hold. ``twins`` maps a style, whether its twin
    wraps lines, and whether the twin marks a cell as text, to the number of the twin. ``part`` is the styles part with
    these twins. ``wrapped`` are the styles that already wrap lines.
    """

    name: str
    kinds: Mapping[int, Kind]
    wrapped: frozenset[int]
    twins: Mapping[tuple[int, bool, bool], int]
    part: bytes


def kinds_of(root: Any) -> list[Kind]:
    """Return what cells hold, by style number; ``root`` is the root of a styles part."""
    formats = _formats(root)
    return [_kind(style.get("numFmtId", "0"), formats) for each in root.iterfind(s("cellXfs")) for style in each]


def _formats(root: Any) -> dict[str | None, str]:
    found = root.iterfind(f"{s('numFmts')}/{s('numFmt')}")
    return {each.get("numFmtId"): each.get("formatCode") or "" for each in found}


def read_styles(name: str, root: Any, used: Iterable[int]) -> Styles:
    """Return the ``used`` styles of a styles part; ``root`` is used up."""
    formats = _formats(root)
    all_styles = root.find(s("cellXfs"))
    if all_styles is None:
        return Styles(name, {}, frozenset(), {}, b"")
    kinds: dict[int, Kind] = {}
    wrapped: set[int] = set()
    twins: dict[tuple[int, bool, bool], int] = {}
    found = list(all_styles)
    for number in sorted(set(used)):
        if number >= len(found):
            continue
        style = found[number]
        kinds[number] = _kind(style.get("numFmtId", "0"), formats)
        alignment = style.find(s("alignment"))
        if alignment is not None and alignment.get("wrapText") in ("1", "true"):
            wrapped.add(number)
        for wraps, quoted in ((True, False), (False, True), (True, True)):
            if len(all_styles) < MOST_STYLES:
                twins[number, wraps, quoted] = len(all_styles)
                all_styles.append(_twin(style, wraps=wraps, quoted=quoted))
    all_styles.set("count", str(len(all_styles)))
    return Styles(name, kinds, frozenset(wrapped), twins, written(root))


def _twin(style: Any, *, wraps: bool, quoted: bool) -> Any:
    made = deepcopy(style)
    if quoted:
        made.set("quotePrefix", "1")
    if wraps:
        alignment = made.find(s("alignment"))
        if alignment is None:
            alignment = made.makeelement(s("alignment"))
            made.insert(0, alignment)
        alignment.set("wrapText", "1")
        alignment.attrib.pop("shrinkToFit", None)
        made.set("applyAlignment", "1")
    return made


def _kind(number: str, formats: Mapping[str | None, str]) -> Kind:
    code = formats.get(number)
    if code is None:
        known = int(number) if number.isdecimal() else 0
        return "date" if known in _DATES else "percent" if known in _PERCENT else "text" if known == _TEXT else ""
    plain = _unread.sub("", code)
    if plain.strip() == "@":
        return "text"
    if "general" in plain.lower():
        return ""
    if _of_days.search(plain):
        return "date"
    return "percent" if "%" in plain else ""
