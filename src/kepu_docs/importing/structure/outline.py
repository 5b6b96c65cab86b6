"""The outline of a summary: which lines are headings, with level and number, which are points, and which are text.

A line that begins with a mark may be a heading on its own line, a run-in heading (``1、文体活动。全年…``), a heading
glued to its text (``四、…宣传科普知识因地制宜，…``), a point, or plain text.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from kepu_docs.importing.lines import Line, Note
from kepu_docs.importing.structure.elements import Element
from kepu_docs.importing.structure.entries import Entry, entries_of
from kepu_docs.importing.structure.joining import goes_on, whole
from kepu_docs.importing.structure.judging import is_below, judge, judge_prefaces, judge_unnumbered
from kepu_docs.importing.structure.numbering_marks import RANKS, MarkStyle
from kepu_docs.importing.structure.passages import POINT_STYLES, elements_of

DEEPEST: Final = 4
_LONGEST: Final = 200
"""The most characters of a heading in a record."""


def outline(lines: Sequence[Line], notes: list[Note]) -> list[Element]:
    """Return the elements of the text of a summary, in order; doubtful decisions go into ``notes``."""
    entries = _joined(entries_of(lines))
    _group(entries)
    bare = any(entry.mark is not None and entry.mark.style == "bare arabic" for entry in entries)
    below = {id(entry): after for entry, after in pairwise(entries)}
    for entry in entries:
        if entry.line.is_listed or (bare and entry.mark is not None and entry.mark.style == "arabic"):
            # Among headings with bare numbers, 1. counts points.
            entry.form = "point"
        elif entry.form == "text" and entry.mark is not None and entry.mark.style in RANKS and entry.group[0] is entry:
            judge(entry.group, below)
    if any(entry.is_headed for entry in entries):
        judge_prefaces(entries)
    else:
        judge_unnumbered(entries)
    _level(entries)
    return elements_of(entries, notes)


def _joined(entries: Sequence[Entry]) -> list[Entry]:
    """Join headings that were broken into two lines."""
    kept: list[Entry] = []
    for entry in entries:
        before = kept[-1] if kept else None
        if (
            before is not None
            and before.mark is not None
            and not before.mark.is_lead
            and before.form == "text"
            and entry.form == "text"
            and entry.mark is None
            and entry.line.level is None
            and not entry.line.apart
            and goes_on(before.text, entry.text)
        ):
            line = whole([before.line, entry.line])
            kept[-1] = Entry(line, before.mark, before.text + line.text[len(before.line.text) :])
        else:
            kept.append(entry)
    return kept


def _group(entries: Sequence[Entry]) -> None:
    """Group entries of one style under one heading."""
    known: dict[MarkStyle, float] = {}
    for entry in entries:
        if entry.line.level and entry.mark is not None and entry.mark.style in RANKS:
            known.setdefault(entry.mark.style, entry.line.level / 10)
    groups: dict[float, list[Entry]] = {}
    for entry in entries:
        mark, level = entry.mark, entry.line.level
        if level and len(entry.text) <= _LONGEST:
            entry.form, entry.head, entry.key = "heading", entry.text, level / 10
            groups = {key: group for key, group in groups.items() if key <= entry.key}
        elif mark is not None and mark.style in RANKS:
            if mark.style in known:
                entry.key, entry.form, entry.head = known[mark.style], "text", entry.text
            else:
                entry.key = 1.0 + RANKS[mark.style]
            groups = {key: group for key, group in groups.items() if key <= entry.key}
            entry.group = groups.setdefault(entry.key, [])
            entry.group.append(entry)


def _level(entries: Sequence[Entry]) -> None:
    """Give headings their levels, and mark short lines with nothing below them as points."""
    for at, entry in enumerate(entries):
        if entry.group and entry.group[0] is entry and entry.is_headed and len(entry.group) > 1:
            _bare(entry.group, entries, at)
    headings = [entry for entry in entries if entry.is_headed]
    highest = min((entry.key for entry in headings), default=0.0)
    stack: list[float] = []
    for entry in headings:
        while stack and stack[-1] > entry.key:
            stack.pop()
        if not stack and entry.key > highest:
            stack.append(highest)
        if not stack or stack[-1] < entry.key:
            stack.append(entry.key)
        entry.level = len(stack)
        if entry.level > DEEPEST:
            entry.form = "point"


def _bare(group: Sequence[Entry], entries: Sequence[Entry], at: int) -> None:
    """Mark a group of successive lines as points if a short one has nothing below it."""
    style = group[0].mark.style if group[0].mark else None
    if style not in POINT_STYLES or any(entry.line.level for entry in group):
        return
    following = entries[at : at + len(group)]
    if len(following) < len(group) or any(a is not b for a, b in zip(group, following, strict=True)):
        return
    # The last may have its text below it; the others, if short, have none.
    if any(entry.form == "heading" for entry in group[:-1]) or (
        group[-1].form == "heading" and _ends(group[-1], entries, at + len(group))
    ):
        for entry in group:
            entry.form = "point"


def _ends(last: Entry, entries: Sequence[Entry], after: int) -> bool:
    """Return whether nothing is below the last line of a group: the text ends or a higher heading follows."""
    return after == len(entries) or not is_below(entries[after], last)
