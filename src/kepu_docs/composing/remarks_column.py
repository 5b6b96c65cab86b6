"""The columns of a table that are moved to its last one, the remarks (备注).

A column with few entries takes room from the others and shows blanks; and a sheet of A4 in portrait has no room for
more than six or seven columns. The entries of such columns go into one cell for each row, each with its field's name.
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
"""A column is nearly empty if at most one row in this many has an entry."""
_ROOM: Final = 73
"""The room in the type area of GB/T 9704 (156 mm) at the text size of tables (小四, 12 points), in columns of half a
hanzi."""
_MARGINS: Final = 3
"""The margins of a cell, in such columns."""
_READABLE: Final = 10
"""The narrowest lines of text: five hanzi, or two for a heading that is wrapped."""
_READABLE_HEAD: Final = 4
_READABLE_REMARKS: Final = 16
_AMPLE_REMARKS: Final = 24
_FEW_LINES: Final = 4
"""The most lines of a remark."""
_MARKS: Final = 4
"""The room for colon and semicolon in a remark."""
_FEW_COLUMNS: Final = 4
"""This number of columns always has room."""

# Numbers and words of Latin letters are not broken.
_UNBROKEN: Final = re.compile("[!-~]+")


@dataclass(frozen=True, slots=True)
class Stack:
    """A column with its cells."""

    column: Column
    shown: Sequence[str]

    @property
    def filled(self) -> int:
        """The number of cells with an entry."""
        return len(self.shown) - self.shown.count("")


def parted(stacks: Sequence[Stack]) -> tuple[list[Stack], list[Stack]]:
    """Return the columns that stay, and those that become remarks, each in order.

    The columns that stay are the first one, those that name the rows (the first text that differs in all rows, or else
    the first two texts that all rows have), dates, and one figure, the one that most rows have.
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
        # Columns with few entries go first, then those that need most room as remarks: texts before figures, the last
        # first.
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
    """Return the positions of the columns that never become remarks."""
    aligns = [stack.column.align for stack in stacks]
    figures = [place for place, align in enumerate(aligns) if align == "right"]
    staying = {0, *(place for place, align in enumerate(aligns) if align == "center")}
    # The column that names the rows has an entry in each, mostly a different one; before it may be their category or
    # owner.
    texts = [place for place, align in enumerate(aligns) if align == "left"]
    # A row of sums has no name.
    whole = [place for place in texts if stacks[place].filled + 1 >= len(stacks[place].shown)]
    names = [place for place in whole if len(set(stacks[place].shown)) == len(stacks[place].shown)]
    staying.update(names[:1] or whole[:2] or texts[:1])
    if figures:
        staying.add(max(figures, key=lambda place: (stacks[place].filled, -place)))
    return staying


def _surely_fit(stacks: Sequence[Stack]) -> bool:
    """Return whether no combination of columns can need more than the room; the width of texts is not examined."""
    most = _MARGINS * len(stacks)
    for stack in stacks:
        longest = max(map(len, stack.shown))
        # A character takes at most two columns, or one in a word that is not broken.
        cells = longest if stack.column.align == "left" else 2 * longest
        most += max(cells, len(stack.column.title), _READABLE)
    return most <= _ROOM


def _remarks_need(moved: Sequence[Stack]) -> int:
    """Return the width of the remarks column for a few lines; long remarks take more lines, so that figures stay."""
    if not moved:
        return 0
    longest = sum(width(stack.column.title) + max(widths(stack.shown)) + _MARKS for stack in moved)
    return min(max(longest // _FEW_LINES, _READABLE_REMARKS), _AMPLE_REMARKS) + _MARGINS


def _least(stack: Stack) -> int:
    """Return the narrowest readable width of a column: figures and dates are not broken, nor are words."""
    title = stack.column.title
    broken, whole = (stack.shown, 0) if stack.column.align == "left" else ((), max(widths(stack.shown)))
    words = max(map(len, _UNBROKEN.findall("\n".join((title, *broken)))), default=0)
    lines = min(max(widths(broken)), _READABLE) if broken else 0
    return max(min(width(title), _READABLE_HEAD), words, lines, whole)


def remark(stacks: Sequence[Stack], row: int, formats: Formats) -> str:
    """Return the remark made of ``stacks`` in a row: ``主办单位：区科协；奖项：一等奖``."""
    pattern = formats.pattern("remark")
    values = [(stack.column.title, formats.clause(stack.shown[row])) for stack in stacks if stack.shown[row]]
    # 6学时 needs no field name.
    return formats.pattern("remarks").join(
        value if title in value else pattern.format(name=title, value=value) for title, value in values
    )
