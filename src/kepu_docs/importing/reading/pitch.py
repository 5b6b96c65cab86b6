"""Tables of fixed pitch: cells are found by the columns that are blank in all lines."""

from itertools import pairwise

from kepu_docs.importing.lines import CellCount, Cells
from kepu_docs.importing.reading.characters import stripped
from kepu_docs.typography.columns import measured, width

_GAP = 2


def cells_of(head: list[str], body: list[tuple[str, bool]], margin: int, count: CellCount, number: int) -> Cells:
    """Return the table of the lines ``head`` and ``body``; each line of ``body`` says whether a blank line precedes it.

    If blank lines separate the rows, a row may have several lines; otherwise each line is a row. ``head`` is not empty.
    ``count`` counts a cell for each line and column; ``number`` is that of the line at which the table begins.
    """
    lines = [*head, *(line for line, _ in body)]
    spans = _spans(lines, margin)
    count.add(len(lines), len(spans), number)
    parted = any(apart for _, apart in body[1:])
    rows: list[list[list[str]]] = [[_cut(line, spans) for line in head]]
    for line, apart in body:
        if parted and not apart and len(rows) > 1:
            rows[-1].append(_cut(line, spans))
        else:
            rows.append([_cut(line, spans)])
    return Cells(tuple(tuple(_joined(cell) for cell in zip(*row, strict=True)) for row in rows))


def _spans(lines: list[str], margin: int) -> list[tuple[int, int]]:
    """Return begin and end, in columns, of the text areas that at least two columns, blank in all lines, separate."""
    widest = max(map(width, lines))
    filled = bytearray(widest)
    for line in lines:
        at = 0
        for unit, size in zip(*measured(line), strict=True):
            if not unit.isspace():
                filled[at : at + size] = b"\1" * size
            at += size
    starts = [margin]
    blank = 0
    for at in range(margin, widest):
        if filled[at]:
            if blank >= _GAP and at - blank > margin:
                starts.append(at)
            blank = 0
        else:
            blank += 1
    return list(pairwise([*starts, widest]))


def _cut(line: str, spans: list[tuple[int, int]]) -> list[str]:
    cells = ["" for _ in spans]
    at = place = 0
    for unit, size in zip(*measured(line), strict=True):
        while place < len(spans) - 1 and at >= spans[place][1]:
            place += 1
        cells[place] += unit
        at += size
    return [stripped(cell) for cell in cells]


def _joined(parts: tuple[str, ...]) -> str:
    joined = ""
    for part in parts:
        gap = " " if joined and part and joined[-1].isascii() and part[0].isascii() else ""
        joined += gap + part
    return joined
