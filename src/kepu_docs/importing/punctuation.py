"""Converts half-width punctuation between hanzi to full-width, as GB/T 15834 requires (clause 5.1)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kepu_docs.importing.lines import Cells, Line
from kepu_docs.typography.full_width import HANZI, half_width_marks

# After the number of a heading (一.) it is not a full stop.
_stop = re.compile(
    rf"(?<=[{HANZI}”’）》%])(?<!^[一二三四五六七八九十])(?<!^十[一二三四五六七八九])\.(?=[{HANZI}“《（]|$)"
)
_last_stop = re.compile(rf"[{HANZI}”’）》]\.$")


def full_width(text: str) -> tuple[str, int]:
    """Return ``text`` with full-width punctuation next to hanzi, and how many signs were changed.

    Figures (3,000), times (9:30) and addresses stay as they are; no character is added or removed.
    """
    signs = list(text)
    marks = half_width_marks(text)
    for mark in marks:
        signs[mark.place] = mark.right
    return "".join(signs), len(marks)


def _has_half_width_stops(lines: Sequence[Line]) -> bool:
    """Return whether ``.`` ends the sentences of a document: no line ends in ``。``, some paragraphs in ``.``."""
    texts = [line.text for line in lines]
    return not any("。" in text for text in texts) and sum(_last_stop.search(text) is not None for text in texts) > 1


def widened(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """Return the lines with full-width punctuation, and how many signs were changed in total."""
    total = 0
    changed: list[Line] = []
    stops = _has_half_width_stops(lines)
    for line in lines:
        text, count = full_width(line.text)
        if stops:
            text, stopped = _stop.subn("。", text)
            count += stopped
        table = line.table
        total += count
        if table is not None:
            cells = [[full_width(cell) for cell in row] for row in table.rows]
            total += sum(count for row in cells for _, count in row)
            table = Cells(tuple(tuple(cell for cell, _ in row) for row in cells))
        changed.append(replace(line, text=text, table=table) if count or table is not line.table else line)
    return changed, total
