"""The lines of a summary with the marks that number them.

Text that only looks like a mark is recognised: a figure at the beginning of a line (``3.5万元``, ``3、4月份``), or a
number that is not part of a count (``16 浏览``).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from kepu_docs.importing.lines import Line
from kepu_docs.importing.structure.furniture import is_title
from kepu_docs.importing.structure.numbering_marks import RANKS, TITLE_NUMBERS, Mark, MarkStyle, mark_of
from kepu_docs.reading.times import day_of

Form: TypeAlias = Literal["text", "heading", "run-in", "long", "point", "table"]

_LIKE_FIGURES: Final = ("hanzi", "arabic", "bare arabic", "decimal 2", "decimal 3", "decimal 4")
"""Marks that look like figures."""
_SHORT: Final = 30
"""The most characters of a line that may be only a day."""

# What makes text that looks like a mark a figure: 3.5万元, 3、4月份, 一、二年级.
_figure = re.compile(
    r"[万亿元米%％倍折度岁吨亩]|平方|公里|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})"
    r"(?:[月日号个名人次层楼级期等类项]|年级|季度)|[一二三四五六七八九十]、"
)
_counted = re.compile("[名位余多场份次户届册条块张]|个(?!人)")
"""Measure words after a number that counts something: 20 名志愿者."""


@dataclass(slots=True)
class Entry:
    """A line, its mark, and what it is read as."""

    line: Line
    mark: Mark | None
    text: str
    form: Form = "text"
    key: float = 0.0
    """The rank of its style: smaller ranks are higher levels."""
    head: str = ""
    body: str = ""
    glued: bool = False
    level: int = 0
    group: list["Entry"] = field(default_factory=list)

    @property
    def offset(self) -> int:
        """Where the text begins in the line."""
        return max(len(self.line.text) - len(self.text), 0) if not self.line.number else 0

    @property
    def is_headed(self) -> bool:
        """Whether it is a heading, on its own line or run in."""
        return self.form in ("heading", "run-in")


def entries_of(lines: Sequence[Line]) -> list[Entry]:
    """Return the lines with the marks that number them."""
    marks = [_Candidate(line) for line in lines]
    _look_ahead(marks)
    counted: tuple[int, ...] = ()
    last: dict[MarkStyle, int] = {}
    entries: list[Entry] = []
    for at, (line, candidate) in enumerate(zip(lines, marks, strict=True)):
        if line.table is not None:
            entries.append(Entry(line, None, "", "table"))
            continue
        mark = candidate.mark
        if mark is not None and candidate.is_doubtful and not _counts(mark, last, candidate.next_number):
            mark = None
        if at == 0 and mark is not None and candidate.numbers_title(line.shown[mark.end :]):
            mark = None
        if mark is not None and mark.parts:
            if mark.parts[:-1] == counted[: len(mark.parts) - 1] or not counted:
                counted = mark.parts
            else:
                mark = None
        elif mark is not None and mark.style in ("arabic", "bare arabic"):
            counted = (mark.number,)
        if mark is not None and mark.style in RANKS:
            last = {style: number for style, number in last.items() if RANKS[style] <= RANKS[mark.style]}
            last[mark.style] = mark.number
        entries.append(Entry(line, mark, line.shown[mark.end :] if mark else line.shown))
    return entries


class _Candidate:
    """A possible mark of a line, whether it is doubtful, and the next number of its style."""

    __slots__ = ("is_doubtful", "mark", "next_number")

    def __init__(self, line: Line) -> None:
        shown = line.shown if line.table is None else ""
        self.mark = mark_of(shown)
        self.is_doubtful = False
        self.next_number: int | None = None
        if self.mark is not None:
            behind = shown[self.mark.end :]
            if not _may_number(self.mark, behind, shown):
                self.mark = None
            else:
                self.is_doubtful = self.mark.style == "bare arabic" or (
                    self.mark.style == "arabic" and _figure.match(behind) is not None
                )

    def numbers_title(self, behind: str) -> bool:
        """Return whether the number is not part of a count and precedes the title of one of several summaries."""
        mark = self.mark
        return (
            mark is not None
            and mark.style in TITLE_NUMBERS
            and mark.number + 1 != self.next_number
            and (mark.number > 1 or self.next_number == 1)
            and is_title(behind)
        )


def _may_number(mark: Mark, behind: str, shown: str) -> bool:
    """Return whether a mark may number the text after it: it is not clearly a figure or part of a date."""
    if not behind.strip() or mark.style not in _LIKE_FIGURES:
        return bool(behind.strip())
    if mark.style == "bare arabic" and _counted.match(behind):
        return False
    if mark.style == "hanzi" and behind[0].isdigit():
        # 三、四月份 is a figure, 一、3个方面 is not.
        return True
    if mark.style != "arabic" and _figure.match(behind):
        return False
    return len(shown) > _SHORT or day_of(shown) is None


def _look_ahead(candidates: list[_Candidate]) -> None:
    """Give each candidate the number of the next one of its style with no higher mark between them."""
    following: dict[MarkStyle, int] = {}
    for candidate in reversed(candidates):
        mark = candidate.mark
        if mark is None or mark.style not in RANKS:
            continue
        candidate.next_number = following.get(mark.style)
        if mark.style == "bare arabic" and "decimal 2" in following and candidate.next_number is None:
            # 1 is a higher level than 1.1.
            candidate.next_number = mark.number + 1
        following = {style: number for style, number in following.items() if RANKS[style] <= RANKS[mark.style]}
        following[mark.style] = mark.number


def _counts(mark: Mark, last: dict[MarkStyle, int], next_number: int | None) -> bool:
    """Return whether a doubtful mark continues a count or begins one."""
    before = last.get(mark.style)
    if mark.number == 1:
        return before is None and next_number == 2
    return before == mark.number - 1
