"""Rows that show how to fill in a table: untouched, partly overwritten, copied, or marked by a word."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

from kepu_docs.plugin import RecordColumn
from kepu_sources.tables.books import filled
from kepu_sources.tables.cells import text_of

Shown: TypeAlias = Sequence[frozenset[str]]
"""What the example says in each column."""

_FEWEST_COPIED: Final = 4
"""The fewest matching cells of a copy that was partly overwritten; fewer may match by chance."""
_ANYBODYS: Final = frozenset(("choice", "truth", "period"))
"""Kinds of cells that have the same value in many rows."""

_MARK: Final = "示例|範例|example"
_FIRST: Final = frozenset("示範eE（(")
"""The first characters of the mark: most texts begin with others."""
_word = re.compile(rf"[（(]?(?:{_MARK})[）)：:]?|[（(](?:{_MARK})[）)].+", re.IGNORECASE)
"""Matches the mark alone, or a name that begins with it in brackets."""
_before_name = re.compile(rf"(?:[（(](?:{_MARK})[）)]|(?:{_MARK})\s?[:：])\s*(?P<name>\S.*)", re.IGNORECASE)


def is_untouched(shown: Shown, cells: Sequence[Any]) -> bool:
    """Return whether every filled cell of the example's row still holds what the example says."""
    return all(not filled(cell) or _says(shown, at, cell) for at, cell in enumerate(cells))


def kept(shown: Shown, cells: Sequence[Any], code_at: int | None) -> list[int]:
    """Return the columns, from 0, whose cells in the example's row still hold what the example says.

    Any code counts as the user's unless it is the word for an example: a real code may be the same as the example's.
    """
    return [
        at
        for at, cell in enumerate(cells)
        if filled(cell) and (is_example(str(cell)) if at == code_at else _says(shown, at, cell))
    ]


def copied(
    shown: Shown, cells: Sequence[Any], columns: Iterable[tuple[int, RecordColumn]], code_at: int | None
) -> list[int]:
    """Return the columns in which another row matches the example, if that is not chance: the row is a copy of it."""
    same, telling, others, count = [], 0, 0, 0
    for at, column in columns:
        if at == code_at or at >= len(cells) or not filled(cells[at]):
            continue
        count += 1
        counts = column.cell not in _ANYBODYS
        if _says(shown, at, cells[at]):
            same.append(at)
            telling += counts
        else:
            others += counts
    is_copy = (len(same) == count and telling > 1) or (telling >= _FEWEST_COPIED and telling > others)
    return same if is_copy else []


def _says(shown: Shown, at: int, cell: Any) -> bool:
    return at < len(shown) and bool(shown[at]) and text_of(cell) in shown[at]


def is_example(key: str) -> bool:
    """Return whether a code or a name is the mark of the example row."""
    return key[:1] in _FIRST and _word.fullmatch(key) is not None


def without_mark(name: str) -> str:
    """Return a name without the mark before it; empty if it has none."""
    found = _before_name.fullmatch(name) if name[:1] in _FIRST else None
    return found["name"] if found else ""
