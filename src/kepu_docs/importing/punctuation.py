"""Half-width punctuation between hanzi made full-width, as GB/T 15834 has it (clause 5.1)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kepu_docs.importing.lines import Cells, Line

_WIDE: Final = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_HANZI: Final = "\u3400-\u9fff\uf900-\ufaff"
_MARKS: Final = "、。，；：？！“”‘’（）《》〈〉「」『』【】…—"
_beside = re.compile(
    rf"(?<=[{_HANZI}{_MARKS}])[,:;?!]|[,;?!](?=[{_HANZI}“《（])|(?<=[{_HANZI}{_MARKS}0-9%]):(?=[{_HANZI}“《])"
)
_brackets = re.compile(r"\(([^()\n]{1,200})\)")
# Behind the number of a heading (一.) it is no stop.
_stop = re.compile(
    rf"(?<=[{_HANZI}”’）》%])(?<!^[一二三四五六七八九十])(?<!^十[一二三四五六七八九])\.(?=[{_HANZI}“《（]|$)"
)
_last_stop = re.compile(rf"[{_HANZI}”’）》]\.$")
_hanzi = re.compile(f"[{_HANZI}]")
_outline = re.compile(r"(^|[。；;：:，,！？\s])\(([0-9]{1,2}|[一二三四五六七八九十]{1,3})\)")
_address = re.compile(
    r"(?:https?://|www\.)[A-Za-z0-9\-._~:/?#@!$&'*+,;=%()]+|(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]++@[A-Za-z0-9.\-]+"
)


def full_width(text: str) -> tuple[str, int]:
    """Return ``text`` with its punctuation made full-width beside hanzi, and how many signs were changed.

    Figures (3,000), times (9:30) and addresses stay as they are; no character is added or taken away.
    """
    if not any(sign in text for sign in _WIDE):
        return text, 0
    kept = [found.span() for found in _address.finditer(text)]
    signs = list(text)
    at = 0
    for begin, end in [*kept, (len(text), len(text))]:
        _widen(text, signs, at, begin)
        at = end
    return "".join(signs), sum(a != b for a, b in zip(text, signs, strict=True))


def _widen(text: str, signs: list[str], begin: int, end: int) -> None:
    part = text[begin:end]
    for found in _beside.finditer(part):
        signs[begin + found.start()] = _WIDE[found[0]]
    for found in _brackets.finditer(part):
        around = part[max(found.start() - 1, 0) : found.start()] + part[found.end() : found.end() + 1]
        if _hanzi.search(found[1]) or (around and _hanzi.search(around)):
            signs[begin + found.start()], signs[begin + found.end() - 1] = "（", "）"
    for found in _outline.finditer(part):
        signs[begin + found.start(2) - 1], signs[begin + found.end() - 1] = "（", "）"


def _has_half_width_stops(lines: Sequence[Line]) -> bool:
    """Tell whether ``.`` ends the sentences of a document: none ends in ``。``, and paragraphs do in ``.``."""
    texts = [line.text for line in lines]
    return not any("。" in text for text in texts) and sum(_last_stop.search(text) is not None for text in texts) > 1


def widened(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """Return the lines with full-width punctuation, and how many signs were changed in all."""
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
