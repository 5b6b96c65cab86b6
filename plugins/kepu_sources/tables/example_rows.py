"""Rows that show how to fill in a table: untouched, overtyped in part, or marked by a word."""

import re
from collections.abc import Sequence
from typing import Any

from kepu_sources.tables.cells import text_of
from kepu_sources.tables.example_marks import ExampleMark

_word = re.compile(r"[（(]?(?:示例|範例|example)[）)：:]?|[（(](?:示例|範例|example)[）)].+", re.IGNORECASE)
"""The mark alone, or a name that begins with it in brackets."""


def is_untouched(mark: ExampleMark, cells: Sequence[Any]) -> bool:
    """Tell whether nobody has written anything of their own into the cells of the example's row."""
    return all(cell is None or cell == "" or text_of(cell) in mark.values for cell in cells)


def kept(mark: ExampleMark, cells: Sequence[Any], code_at: int | None) -> list[int]:
    """Return which cells of the example's row still hold what the example says, by their columns from 0.

    A code is as good as any where it is not the word for an example: a figure of the example may be the same.
    """
    texts = [(at, text_of(cell)) for at, cell in enumerate(cells)]
    return [
        at
        for at, text in texts
        if isinstance(text, str) and (is_example(text) if at == code_at else text in mark.values)
    ]


def is_example(key: str) -> bool:
    """Tell whether a code or a name is the mark of the row that shows how to fill in a table."""
    return bool(key) and _word.fullmatch(key) is not None
