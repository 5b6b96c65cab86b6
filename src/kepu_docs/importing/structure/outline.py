"""The outline of a summary: which lines are headings, of which level, with which number; which are points; which text.

A line that begins with a mark may be a heading of its own, a heading that runs in (``1、文体活动。全年…``), one that is
glued to its text (``四、…宣传科普知识因地制宜，…``), a point, or plain text. Lines with one style of mark under one
heading are judged together: what most of them are, all are.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from kepu_docs.errors import N_, Message
from kepu_docs.importing.lines import Line, Note
from kepu_docs.importing.structure.elements import Element, Grid, Heading, Listed, Text, shift
from kepu_docs.importing.structure.gluing import cut, run_in
from kepu_docs.importing.structure.numbering_marks import RANKS, Mark, MarkStyle, mark_of
from kepu_docs.reading.times import day_of
from kepu_docs.schema.passages import PointStyle

DEEPEST: Final = 4
_LONGEST_HEADING: Final = 60
_LONGEST_BROKEN: Final = 34
_FEWEST_LETTERS: Final = 3
_LONGEST_UNNUMBERED: Final = 22
_LONGEST_SENTENCE: Final = 40
_RUN_IN: Final = 0.5
"""The key of leads that are set apart, below headings on lines of their own without numbers."""
_LONGEST: Final = 200
"""Characters of a heading in a record."""

_POINT_STYLES: Final[dict[MarkStyle, PointStyle]] = {
    "is": "一是", "ordinal": "第一，", "of them": "其一，", "arabic": "1.", "bracketed arabic": "（1）",
    "half bracket": "（1）", "circled": "①", "bullet": "•",
}  # fmt: skip
_LIKE_FIGURES: Final = ("hanzi", "arabic", "bare arabic", "decimal 2", "decimal 3", "decimal 4")
"""Marks that a figure may look like."""
_STOPS: Final = ("。", "！", "？", "!", "?", "；", ";", "…", ".", "，", ",", "、")
_GO_ON: Final = re.compile(r"[，,、：:—和与及的]$")

# What makes a figure of what looked like a mark: 3.5万元, 3、4月份, 一、二年级.
_figure = re.compile(
    r"[万亿元米%％倍折度岁吨亩]|平方|公里|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})"
    r"(?:[月日号个名人次层楼级期等类项]|年级|季度)|[一二三四五六七八九十]、"
)

_counted = re.compile("[名位余多场份次户届册条块张]|个(?!人)")
"""What a bare number counts: 20 名志愿者."""

Form: TypeAlias = Literal["text", "heading", "run-in", "long", "point", "table"]


@dataclass(slots=True)
class _Entry:
    """A line, its mark, and what it is taken for."""

    line: Line
    mark: Mark | None
    text: str
    form: Form = "text"
    key: float = 0.0
    """The rank of its style: what has a smaller one stands above it."""
    head: str = ""
    body: str = ""
    glued: bool = False
    level: int = 0
    group: list["_Entry"] = field(default_factory=list)

    @property
    def offset(self) -> int:
        return max(len(self.line.text) - len(self.text), 0) if not self.line.number else 0


def outline(lines: Sequence[Line], notes: list[Note]) -> list[Element]:
    """Return the elements of the text of a summary, in its order; what is doubtful goes into ``notes``."""
    entries = _joined(list(_entries(lines)))
    _group(entries)
    bare = any(entry.mark is not None and entry.mark.style == "bare arabic" for entry in entries)
    below = {id(entry): after for entry, after in pairwise(entries)}
    for entry in entries:
        if entry.line.is_listed or (bare and entry.mark is not None and entry.mark.style == "arabic"):
            # Beside headings with bare numbers, 1. counts points.
            entry.form = "point"
        elif entry.form == "text" and entry.mark is not None and entry.mark.style in RANKS and entry.group[0] is entry:
            _judge(entry.group, below)
    if not any(entry.form in ("heading", "run-in") for entry in entries):
        _unnumbered(entries)
    _level(entries)
    return _elements(entries, notes)


def _entries(lines: Sequence[Line]) -> Iterable[_Entry]:
    """Yield the lines with their marks. A figure at the beginning of a line is no mark: 3.5万元, 三、四月份."""
    counted: tuple[int, ...] = ()
    for line in lines:
        if line.table is not None:
            yield _Entry(line, None, "", "table")
            continue
        shown = line.shown
        mark = mark_of(shown)
        if mark is not None and not _numbers(mark, shown):
            mark = None
        if mark is not None and mark.parts:
            if mark.parts[:-1] == counted[: len(mark.parts) - 1] or not counted:
                counted = mark.parts
            else:
                mark = None
        elif mark is not None and mark.style in ("arabic", "bare arabic"):
            counted = (mark.number,)
        yield _Entry(line, mark, shown[mark.end :] if mark else shown)


def _numbers(mark: Mark, text: str) -> bool:
    """Tell whether a mark numbers the text that it begins, and is not a figure or a part of a date."""
    behind = text[mark.end :]
    if not behind.strip() or mark.style not in _LIKE_FIGURES:
        return bool(behind.strip())
    if mark.style == "bare arabic" and _counted.match(behind):
        return False
    if mark.style == "hanzi" and behind[0].isdigit():
        # 三、四月份 is a figure, 一、3个方面 is not.
        return True
    return not _figure.match(behind) and (len(text) > 30 or day_of(text) is None)


def _joined(entries: list[_Entry]) -> list[_Entry]:
    """Join headings that were broken over two lines: the first cannot end there, the second is short too."""
    kept: list[_Entry] = []
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
            and len(before.text) <= _LONGEST_BROKEN
            and len(entry.text) <= _LONGEST_BROKEN
            and not entry.text.endswith(_STOPS)
            and (_GO_ON.search(before.text) or _unpaired(before.text))
        ):
            joint = " " if before.text[-1].isascii() and entry.text[0].isascii() else ""
            whole = replace(before.line, text=before.line.text + joint + entry.text)
            kept[-1] = _Entry(whole, before.mark, before.text + joint + entry.text)
        else:
            kept.append(entry)
    return kept


def _unpaired(text: str) -> bool:
    return any(text.count(first) > text.count(last) for first, last in ("“”", "（）", "《》", "()", "「」"))


def _group(entries: list[_Entry]) -> None:
    """Put entries of one style together that stand under one heading."""
    known: dict[MarkStyle, float] = {}
    for entry in entries:
        if entry.line.level and entry.mark is not None and entry.mark.style in RANKS:
            known.setdefault(entry.mark.style, entry.line.level / 10)
    groups: dict[float, list[_Entry]] = {}
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


def _form(entry: _Entry) -> Form:
    """Return what a line with a mark looks like by itself."""
    text = entry.text
    if 0 < entry.line.lead < len(entry.line.text) or len(text) > 12:
        parts = run_in(text, max(entry.line.lead - entry.offset, 0))
        if parts and _counts_on(entry.mark, mark_of(parts[1])):
            # A sentence that counts for itself: （一）高位推动。（二）部门联动。
            return "text"
        if parts:
            entry.head, entry.body = parts
            return "run-in"
    limit = _LONGEST_HEADING * (1 if not text.isascii() else 2)
    if len(text) <= limit and not text.endswith(_STOPS):
        entry.head = text
        return "heading"
    if len(text) <= 20 and text.endswith(("。", ".")) and not re.search("[，,；;。.]", text[:-1]):
        entry.head = text
        return "heading"
    return "long"


def _counts_on(mark: Mark | None, after: Mark | None) -> bool:
    return mark is not None and after is not None and (after.style, after.number) == (mark.style, mark.number + 1)


def _is_sentence(text: str) -> bool:
    """Tell whether a text is one sentence, short enough for a heading."""
    return (
        len(text) <= _LONGEST_SENTENCE and text.endswith(("。", ".")) and re.search("[。！？!?；;]", text[:-1]) is None
    )


def _is_below(after: _Entry, entry: _Entry) -> bool:
    """Tell whether ``after``, the next line, stands under ``entry``: it is text, or of a lower level."""
    return after.key > entry.key or (not after.key and not after.line.is_listed)


def _judge(group: list[_Entry], below: Mapping[int, _Entry]) -> None:
    """Decide of the lines of one style under one heading what they are; ``below`` is what follows each of them."""
    group = [entry for entry in group if entry.form == "text"]
    for entry in group:
        entry.form = _form(entry)
        after = below.get(id(entry))
        if entry.form == "long" and _is_sentence(entry.text) and after is not None and _is_below(after, entry):
            # A heading may be a sentence, where its text stands below it.
            entry.form, entry.head = "heading", entry.text
    rank = group[0].key
    led = [entry for entry in group if entry.form in ("heading", "run-in")]
    always = rank < 1.0 or rank <= 1.0 + RANKS["hanzi"]
    if not always and 2 * len(led) < len(group):
        for entry in group:
            entry.form = "point"
        return
    for entry in group:
        if entry.form == "long" or (entry.form == "heading" and always):
            found = cut(entry.text, sure=entry.form == "heading")
            if found:
                entry.head, entry.body = found
                entry.form, entry.glued = "run-in", True
            elif entry.form == "long":
                entry.form, entry.head = ("heading", entry.text) if len(entry.text) <= _LONGEST else ("point", "")


def _unnumbered(entries: list[_Entry]) -> None:
    """Take lines for headings where there are no others: what looks apart with text below it, and leads set apart."""
    found = [
        entry
        for entry, below in pairwise(entries)
        if entry.form == "text"
        and entry.mark is None
        and not entry.line.aside
        and _looks_apart(entry)
        and not entry.text.isdigit()
        and below.form == "text"
        and below.text.endswith(("。", "！", "？", ".", "；"))
        and len(below.text) > len(entry.text)
    ]
    for entry in found if len(found) > 1 else ():
        entry.form, entry.head = "heading", entry.text
    leads = [
        entry
        for entry in entries
        if entry.form == "text"
        and entry.mark is None
        and _FEWEST_LETTERS <= entry.line.lead <= _LONGEST_SENTENCE
        and entry.line.lead < len(entry.text)
        and re.search("[。：:]", entry.text[entry.line.lead - 1 : entry.line.lead + 1])
    ]
    for entry in leads if len(leads) > 1 else ():
        parts = run_in(entry.text, entry.line.lead)
        if parts:
            (entry.head, entry.body), entry.form = parts, "run-in"
            entry.key = _RUN_IN if len(found) > 1 else 0.0


def _looks_apart(entry: _Entry) -> bool:
    """Tell whether a line without a number looks like a heading: it is short and plain, or all of it is set apart."""
    if entry.line.lead >= len(entry.text) > _FEWEST_LETTERS:
        return len(entry.text) <= _LONGEST_SENTENCE and not entry.text.endswith(_STOPS)
    return (
        _FEWEST_LETTERS <= len(entry.text) <= _LONGEST_UNNUMBERED
        and re.search(r"[^\w、“”《》（）()·\s]", entry.text) is None
    )


def _level(entries: list[_Entry]) -> None:
    """Give headings their levels, and take short lines that nothing stands under for points."""
    for at, entry in enumerate(entries):
        if entry.group and entry.group[0] is entry and entry.form in ("heading", "run-in") and len(entry.group) > 1:
            _bare(entry.group, entries, at)
    headings = [entry for entry in entries if entry.form in ("heading", "run-in")]
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


def _bare(group: list[_Entry], entries: list[_Entry], at: int) -> None:
    """Take a group of lines for points where they follow one another, and a short one has nothing below it."""
    style = group[0].mark.style if group[0].mark else None
    if style not in _POINT_STYLES or any(entry.line.level for entry in group):
        return
    following = entries[at : at + len(group)]
    if len(following) < len(group) or any(a is not b for a, b in zip(group, following, strict=True)):
        return
    # Below the last may stand its text; the others have none where they are short.
    if any(entry.form == "heading" for entry in group[:-1]) or (
        group[-1].form == "heading" and _ends(group[-1], entries, at + len(group))
    ):
        for entry in group:
            entry.form = "point"


def _ends(last: _Entry, entries: list[_Entry], after: int) -> bool:
    """Tell whether nothing stands under the last line of a group: the text ends, or a higher heading follows."""
    return after == len(entries) or not _is_below(entries[after], last)


def _elements(entries: list[_Entry], notes: list[Note]) -> list[Element]:
    elements: list[Element] = []
    at = 0
    while at < len(entries):
        entry = entries[at]
        if entry.form in ("heading", "run-in"):
            elements.append(_heading(entry))
            if entry.glued:
                why = Message(N_("the heading is glued to its text; where it ends was guessed"))
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


def _heading(entry: _Entry) -> Heading:
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


def _grid(entry: _Entry, elements: list[Element]) -> Grid:
    """Return a table, with the line above it where that is its caption."""
    assert entry.line.table is not None  # noqa: S101  (the form says so)
    before = elements[-1] if elements else None
    if isinstance(before, Text):
        found = re.fullmatch(
            r"(?:表\s*+[0-9一二三四五六七八九十]{0,3}|Table\s+[0-9]{1,3})[\s:：.、\u3000]*(.{0,80})", before.text
        )
        if found and not before.text.endswith("。"):
            elements.pop()
            return Grid(entry.line.table, before.place, found[1])
    return Grid(entry.line.table, entry.line.place)


def _run(entries: list[_Entry], at: int) -> list[_Entry]:
    """Return the points from ``at`` on that are led in one style and counted from 1 without a gap."""
    run: list[_Entry] = []
    while at < len(entries):
        entry = entries[at]
        mark = entry.mark
        if mark is None or entry.form not in ("text", "point") or mark.style not in _POINT_STYLES:
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


def _listed(run: list[_Entry]) -> Listed:
    marks = [entry.mark for entry in run if entry.mark is not None]
    return Listed(
        _POINT_STYLES[marks[0].style],
        tuple(entry.text.strip() for entry in run),
        tuple(shift(entry.line.place, entry.offset) for entry in run),
    )
