"""Finds where headings and points begin in a whole summary, or a whole section, on one line."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Final

from kepu_docs.importing.lines import Line
from kepu_docs.importing.structure.numbering_marks import mark_of
from kepu_docs.typography.numerals import number_of

_LONG_LINE: Final = 100
_SHORTEST: Final = 20
"""In characters; shorter lines contain only one part."""
_LONGEST_HEADING: Final = 40
"""The most characters of a heading after which its first point begins without a full stop."""

_AFTER: Final = r"(?<=[。！？!?；;：:”」）)\s\u3000])"
_top = re.compile(rf"(?:{_AFTER}|(?<=总结)|(?<=总結)|(?<=總結)|(?<=如下))([一二三四五六七八九十]{{1,3}})、(?=\S)")
_second = re.compile(r"[（(]([一二三四五六七八九十]{1,3})[)）](?=\S)")
_third = re.compile(r"(?<![0-9０-９.．、,，A-Za-z\-—第（(])([0-9]{1,2})[、.．](?![、\s])(?!(?![0-9]{1,2}月)[0-9])")
_as_follows = re.compile(r"[^：:]{0,200}(?:如下|总结|總結)[：:。，\s]{0,2}$")
_stop_before = frozenset("。！？!?；;：:”」）) \u3000")
_titled = re.compile(r"([^。！？!?；;，,：:\s]{4,40}(?:总结|總結|汇报|报告|小结))[\s\u3000]+(?=\S)")
_signed = re.compile(
    r"(?<=[。！？])[^。！？!?；;，,：:\s]{0,40}[\s\u3000]*((?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日)$"
)


def glued(line: Line) -> Iterable[Line]:
    """Yield the parts of a line that contains several headings or points, or even a whole summary."""
    title = _titled.match(line.text)
    if len(line.text) < _SHORTEST or line.level is not None or line.table is not None:
        yield line
        return
    cuts = _cuts(line, is_titled=title is not None)
    if not cuts:
        yield line
        return
    signature = _signed.search(line.text)
    frame = [*([title.end()] if title else []), *([signature.start()] if signature else [])]
    ends = sorted({0, *frame, *cuts, len(line.text)})
    column = line.place.column
    for begin, end in pairwise(ends):
        text = line.text[begin:end].strip(" \u3000")
        if text:
            place = line.place if column is None else replace(line.place, column=column + begin)
            yield Line(text, place, line.number if not begin else "", apart=line.apart and not begin)


def _cuts(line: Line, *, is_titled: bool) -> list[int]:
    """Return where headings and points begin within a line: 一、, within these （一）, and within those 1、."""
    text, mark = line.text, mark_of(line.shown)
    first = mark.number if mark is not None and mark.style == "hanzi" else 0
    tops = _tops(text, first)
    seconds = _counted(_second.finditer(text), text, tops, glued_first=True)
    thirds = _counted(_third.finditer(text), text, sorted({*tops, *seconds}), glued_first=False)
    if len(text) < _LONG_LINE and not is_titled and not _is_outline(text, len(tops) + first, [*seconds, *thirds]):
        return []
    if len(tops) == 1 and not (mark is not None and mark.style == "hanzi") and not (seconds or thirds):
        # A single 一、 may be a figure of speech.
        return []
    if not tops and mark is None:
        # A paragraph may count incidentally; after a title or 如下, the whole text is on the line.
        return sorted([*seconds, *thirds]) if seconds and (is_titled or _as_follows.match(text, 0, seconds[0])) else []
    if not tops and mark is not None and mark.style not in ("hanzi", "bracketed hanzi", "formal hanzi"):
        thirds = []
    return sorted({*tops, *seconds, *thirds})


def _is_outline(text: str, tops: int, lower: list[int]) -> bool:
    """Return whether a short line contains an outline rather than a mere count (一、甲；二、乙)."""
    return tops > 0 and (bool(lower) or (tops > 1 and text.count("。") >= 2 * tops - 1))


def _tops(text: str, count: int) -> list[int]:
    """Return where 一、, 二、 … begin without a gap after ``count``, the number that the line begins with."""
    cuts: list[int] = []
    for match in _top.finditer(text):
        if number_of(match[1]) == count + 1:
            count += 1
            cuts.append(match.start())
    return cuts


def _counted(found: Iterable[re.Match[str]], text: str, cuts: list[int], *, glued_first: bool) -> list[int]:
    """Return where the numbers of counts from 1 begin, in the parts of a text that is cut at ``cuts``.

    A single number is not a count. Later numbers come after a full stop; the first may directly follow a heading, and
    with ``glued_first`` any word.
    """
    kept: list[int] = []
    run: list[int] = []
    at = begin = 0
    for match in found:
        while at < len(cuts) and cuts[at] <= match.start():
            begin = cuts[at]
            at += 1
            kept += run if len(run) > 1 else ()
            run = []
        place = match.start()
        if number_of(match[1]) != len(run) + 1 or (place > 0 and not _may_begin(text, begin, place, run, glued_first)):
            continue
        run.append(place)
    return kept + (run if len(run) > 1 else [])


def _may_begin(text: str, begin: int, place: int, run: list[int], glued_first: bool) -> bool:
    """Return whether a number within a line may begin a heading or a point."""
    if text[place - 1] in _stop_before:
        return True
    if run or place - begin > _LONGEST_HEADING:
        return False
    head = text[begin:place]
    return (glued_first or begin > 0 or mark_of(head) is not None) and not re.search("[。！？；]", head)
