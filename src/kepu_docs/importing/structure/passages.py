"""From judged lines to the elements of a summary: headings, lists of points, tables, paragraphs."""

import re
from collections.abc import Sequence
from typing import Final

from kepu_docs.errors import N_, Message
from kepu_docs.importing.lines import Note
from kepu_docs.importing.structure.elements import Element, Grid, Heading, Listed, Text, shift
from kepu_docs.importing.structure.entries import Entry
from kepu_docs.importing.structure.numbering_marks import MarkStyle
from kepu_docs.schema.passages import PointStyle

POINT_STYLES: Final[dict[MarkStyle, PointStyle]] = {
    "is": "一是", "ordinal": "第一，", "of them": "其一，", "arabic": "1.", "bracketed arabic": "（1）",
    "half bracket": "（1）", "circled": "①", "bullet": "•",
}  # fmt: skip
"""The point styles of a record, by the marks of points in the document."""

_caption = re.compile(r"(?:表\s*+[0-9一二三四五六七八九十]{0,3}|Table\s+[0-9]{1,3})[\s:：.、\u3000]*(.{0,80})")


def elements_of(entries: Sequence[Entry], notes: list[Note]) -> list[Element]:
    """Return the elements that lines represent; guesses go into ``notes``."""
    elements: list[Element] = []
    at = 0
    while at < len(entries):
        entry = entries[at]
        if entry.is_headed:
            elements.append(_heading(entry))
            if entry.glued:
                why = Message(N_("the heading runs into its text; its end was guessed"))
                notes.append(Note(entry.line.place, entry.head, why))
        elif entry.form == "table":
            elements.append(_grid(entry, elements))
        else:
            run = _run(entries, at)
            if len(run) > 1:
                elements.append(_listed(run))
                at += len(run)
                continue
            elements.append(Text(entry.line.shown, entry.line.place))
        at += 1
    return elements


def _heading(entry: Entry) -> Heading:
    mark = entry.mark
    return Heading(
        entry.level,
        mark.written if mark else "",
        entry.head.strip(),
        entry.line.place,
        entry.body.strip(),
        mark.number if mark else None,
        mark.style if mark else None,
    )


def _grid(entry: Entry, elements: list[Element]) -> Grid:
    """Return a table, with the line above it if that is its caption."""
    assert entry.line.table is not None  # noqa: S101  (the form guarantees it)
    before = elements[-1] if elements else None
    if isinstance(before, Text):
        found = _caption.fullmatch(before.text)
        if found and not before.text.endswith("。"):
            elements.pop()
            return Grid(entry.line.table, before.place, found[1])
    return Grid(entry.line.table, entry.line.place)


def _run(entries: Sequence[Entry], at: int) -> list[Entry]:
    """Return the points from ``at`` on that have one style and are counted from 1 without a gap."""
    run: list[Entry] = []
    while at < len(entries):
        entry = entries[at]
        mark = entry.mark
        if mark is None or entry.form not in ("text", "point") or mark.style not in POINT_STYLES:
            break
        if run and run[0].mark is not None and run[0].mark.style != mark.style:
            break
        if mark.style != "bullet" and mark.number != len(run) + 1:
            break
        if (mark.style == "ordinal" and mark.written.endswith("是")) or not entry.text.strip():
            break
        run.append(entry)
        at += 1
    return run


def _listed(run: Sequence[Entry]) -> Listed:
    marks = [entry.mark for entry in run if entry.mark is not None]
    return Listed(
        POINT_STYLES[marks[0].style],
        tuple(entry.text.strip() for entry in run),
        tuple(shift(entry.line.place, entry.offset) for entry in run),
    )
