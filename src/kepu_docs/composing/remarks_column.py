"""Which columns of a table are told in its last one, the remarks (备注).

A column in which little stands takes room from the others and shows blanks; and a sheet of A4 in portrait has no room
for more than six or seven columns. What stands in such columns is told in one cell a row, each with its field's name.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kepu_docs.blocks import Column
from kepu_docs.locale.formats import Formats
from kepu_docs.typography.columns import width, widths

_FEWEST_ROWS: Final = 4
_SPARSE: Final = 4
"""A column is nearly empty where at most one row in so many has something in it."""
_ROOM: Final = 73
"""What the type area of GB/T 9704 (156 mm) has room for at the size of tables (小四, 12 points), in columns of half a
hanzi."""
_MARGINS: Final = 3
"""Of a cell, in such columns."""
_READABLE: Final = 10
"""The narrowest lines of text, five hanzi; and of a head that goes over lines, two."""
_READABLE_HEAD: Final = 4
_READABLE_REMARKS: Final = 16
_AMPLE_REMARKS: Final = 24
_FEW_LINES: Final = 4
"""Of a remark."""
_MARKS: Final = 4
"""What colon and semicolon take in a remark."""
_FEW_COLUMNS: Final = 4
"""So many have room."""

# Numbers and words of narrow letters are not broken.
_UNBROKEN: Final = re.compile("[!-~]+")


@dataclass(frozen=True, slots=True)
class Stack:
    """A column with its cells."""

    column: Column
    shown: Sequence[str]

    @property
    def filled(self) -> int:
        """How many of the cells have something in them."""
        return len(self.shown) - self.shown.count("")


def parted(stacks: Sequence[Stack]) -> tuple[list[Stack], list[Stack]]:
    """Return the columns that stay, and those that are told as remarks, each in their order.

    The first column stays, and what names the rows (the first text that each row has another of, or else the first two
    that all have), dates, and one figure, the one that most rows have.
    """
    rows = len(stacks[0].shown)
    sparse = rows >= _FEWEST_ROWS and any(stack.filled * _SPARSE <= rows for stack in stacks)
    if not sparse and (len(stacks) <= _FEW_COLUMNS or _surely_fit(stacks)):
        return list(stacks), []
    staying = _staying(stacks)
    moved = {
        place
        for place, stack in enumerate(stacks)
        if place not in staying and rows >= _FEWEST_ROWS and stack.filled * _SPARSE <= rows
    }
    if len(stacks) - len(moved) > _FEW_COLUMNS:
        needs = {place: _least(stack) + _MARGINS for place, stack in enumerate(stacks) if place not in moved}
        # What few rows have goes first, then what takes most room to tell: texts before figures, the last first.
        free = sorted(
            needs.keys() - staying,
            key=lambda place: (stacks[place].filled, stacks[place].column.align == "right", -place),
        )
        for place in free:
            if sum(needs.values()) + _remarks_need([stacks[other] for other in moved]) <= _ROOM:
                break
            moved.add(place)
            del needs[place]
    kept = [stack for place, stack in enumerate(stacks) if place not in moved]
    return kept, [stacks[place] for place in sorted(moved)]


def _staying(stacks: Sequence[Stack]) -> set[int]:
    """Return the places of the columns that are never told as remarks."""
    aligns = [stack.column.align for stack in stacks]
    figures = [place for place, align in enumerate(aligns) if align == "right"]
    staying = {0, *(place for place, align in enumerate(aligns) if align == "center")}
    # What names the rows is in all of them, and mostly another in each; before it may stand their category, or whose.
    texts = [place for place, align in enumerate(aligns) if align == "left"]
    # A row of sums has no name.
    whole = [place for place in texts if stacks[place].filled + 1 >= len(stacks[place].shown)]
    names = [place for place in whole if len(set(stacks[place].shown)) == len(stacks[place].shown)]
    staying.update(names[:1] or whole[:2] or texts[:1])
    if figures:
        staying.add(max(figures, key=lambda place: (stacks[place].filled, -place)))
    return staying


def _surely_fit(stacks: Sequence[Stack]) -> bool:
    """Tell whether no column can need so much that there is too little room; how wide texts are is not looked at."""
    most = _MARGINS * len(stacks)
    for stack in stacks:
        longest = max(map(len, stack.shown))
        # A character takes two columns at most, and one in a word that is not broken.
        cells = longest if stack.column.align == "left" else 2 * longest
        most += max(cells, len(stack.column.title), _READABLE)
    return most <= _ROOM


def _remarks_need(moved: Sequence[Stack]) -> int:
    """Return what the column of remarks needs for a few lines; long ones take more lines, for figures are to stay."""
    if not moved:
        return 0
    longest = sum(width(stack.column.title) + max(widths(stack.shown)) + _MARKS for stack in moved)
    return min(max(longest // _FEW_LINES, _READABLE_REMARKS), _AMPLE_REMARKS) + _MARGINS


def _least(stack: Stack) -> int:
    """Return how narrow a column may be and still be read: figures and dates are not broken, nor are words."""
    title = stack.column.title
    broken, whole = (stack.shown, 0) if stack.column.align == "left" else ((), max(widths(stack.shown)))
    words = max(map(len, _UNBROKEN.findall("\n".join((title, *broken)))), default=0)
    lines = min(max(widths(broken)), _READABLE) if broken else 0
    return max(min(width(title), _READABLE_HEAD), words, lines, whole)


def remark(stacks: Sequence[Stack], row: int, formats: Formats) -> str:
    """Return what ``stacks`` have in a row: ``主办单位：区科协；奖项：一等奖``."""
    pattern = formats.pattern("remark")
    values = [(stack.column.title, formats.clause(stack.shown[row])) for stack in stacks if stack.shown[row]]
    # 6学时 says itself what it is.
    return formats.pattern("remarks").join(
        value if title in value else pattern.format(name=title, value=value) for title, value in values
    )
