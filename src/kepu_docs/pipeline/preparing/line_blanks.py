"""Blanks within a line: ____ and white space after a label or before a unit, days as 年 月 日, boxes to tick."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from kepu_docs.contract.form_layout import FormLine
from kepu_docs.reading.units import unit_named

MOST_BLANKS_A_LINE: Final = 50
"""The most blanks of a line that are found."""
_LONGEST: Final = 2_000
"""In characters; the most of a line that is searched."""
_LONGEST_BEHIND: Final = 12
_KEPT: Final = 4
"""Characters of white space that stay next to a blank."""
_SPACE: Final = r"[ \t\u00a0\u2002\u2003\u3000]"
_GAP: Final = rf"(?:[_＿﹍]|{_SPACE})"
_ruled = re.compile(r"[_＿﹍]{2,}")
_spaces = re.compile(rf"{_SPACE}{{2,}}|\u3000")
_day = re.compile(
    rf"(?P<year>(?:20)?{_GAP}{{1,30}}|20[0-9]{{2}})\s?年(?P<month>{_GAP}{{1,20}})月(?P<day>{_GAP}{{1,20}})[日号]"
)
_in_brackets = re.compile(rf"[（(](?P<gap>{_SPACE}{{2,}})[）)]")
_colon = re.compile(rf"[：:]{_SPACE}*$")
_parting = re.compile(r"[，。；、！？,;]|[ \t\u00a0\u2002\u2003\u3000_＿﹍]{2,}")
_unit_behind = re.compile(r"[\u3400-\u9fff㎡%％]{1,4}")
_boxes = re.compile(
    r"(?P<first>[□☐○])\s{0,2}(?P<word>是|有|已)(?:[\s\u3000、/／]{0,10})(?P<second>[□☐○])\s{0,2}(?P<other>否|无|無|没有|未)"
    r"|(?P<word2>是|有)\s{0,2}(?P<first2>[□☐○])(?:[\s\u3000、/／]{0,10})(?P<other2>否|无|無|没有)\s{0,2}(?P<second2>[□☐○])"
)


@dataclass(frozen=True, slots=True)
class LineBlank:
    """A blank from ``start`` up to ``stop`` in a line, with the words before and after it, up to the next blanks."""

    start: int
    stop: int
    label: str
    behind: str
    names: tuple[str, ...] = ()
    is_day: bool = False


def boxes(text: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield where in a line a yes and a no with boxes begin, and where the box of the yes is: 是□ 否□."""
    for found in _boxes.finditer(text[:_LONGEST]):
        yield found.start(), found.span("first" if found["first"] else "first2")


def line_blanks(line: FormLine) -> list[LineBlank]:
    """Return the blanks of a line in order; none for a line that contains nothing else."""
    text = line.text
    if len(text) > _LONGEST or not text.strip() or line.tags or line.is_fixed:
        return []
    # White space far before a day only moves it to the right.
    spans: list[tuple[int, int, tuple[str, ...], bool]] = [
        (max(found.start(), found.end("year") - _KEPT), found.end(), (), True)
        for found in islice(_day.finditer(text), MOST_BLANKS_A_LINE)
    ]

    def add(start: int, stop: int, names: tuple[str, ...] = ()) -> None:
        if len(spans) < MOST_BLANKS_A_LINE and all(stop <= begin or end <= start for begin, end, _, _ in spans):
            spans.append((start, stop, names, False))

    for each in line.blanks:
        add(each.start, each.stop, each.names)
    for found in _ruled.finditer(text):
        add(*found.span())
    for found in _in_brackets.finditer(text):
        add(*found.span("gap"))
    for found in _spaces.finditer(text):
        if _is_gap(text, *found.span()):
            start, stop = found.span()
            # White space that separates it from the words after it stays.
            is_word = stop < len(text) and "\u3400" <= text[stop] <= "\u9fff" and not unit_behind(text[stop:])
            add(start, stop - min(_KEPT, (stop - start) // 2) if is_word else stop)
    if colon := _colon.search(text):
        add(colon.start() + 1, len(text))
    spans.sort()
    if len(spans) == 1 and not (text[: spans[0][0]] + text[spans[0][1] :]).strip() and not spans[0][3]:
        return []
    made: list[LineBlank] = []
    end = 0
    for place, (start, stop, names, is_day) in enumerate(spans):
        after = spans[place + 1][0] if place + 1 < len(spans) else len(text)
        before = text[end:start]
        if end and (unit := unit_behind(before)):
            rest = before.lstrip(" \u3000").removeprefix(unit)
            before = rest if rest[:1] in (" ", "\u3000", "\t", "") else before
        made.append(LineBlank(start, stop, _label(before), text[stop:after][:_LONGEST_BEHIND], names, is_day))
        end = stop
    return made


def _is_gap(text: str, start: int, stop: int) -> bool:
    """Return whether white space is a blank to write on: after a colon, or between words and a unit."""
    before, after = text[:start].rstrip(), text[stop:].lstrip()
    if not before:
        return False
    if before[-1] in "：:":
        return True
    if stop - start < 2:
        return False
    return bool(after) and bool(unit_behind(after)) and "\u3400" <= before[-1] <= "\u9fff"


def unit_behind(text: str) -> str:
    """Return the unit that a text begins with; nothing if it does not begin with one."""
    found = _unit_behind.match(text.lstrip(" \u3000"))
    word = found[0] if found else ""
    for length in range(len(word), 0, -1):
        if unit_named(word[:length]):
            return word[:length]
    return ""


def _label(before: str) -> str:
    """Return the words directly before a blank, without the unit of a preceding blank."""
    parts = _parting.split(before.rstrip(" \t\u00a0\u2002\u2003\u3000（("))
    return parts[-1].strip().rstrip("：:（(").strip()
