"""What must be unique in a document: it is removed from repeated elements, or made new for each."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from kepu_word.form import marks
from kepu_word.form.marks import RUN, nearest
from kepu_word.package.parts import DRAWING, w

_W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
_ONCE: Final = (f"{{{_W14}}}paraId", f"{{{_W14}}}textId")
"""Attributes of a paragraph or row that must be unique."""
_DRAWN: Final = f"{{{DRAWING}/wordprocessingDrawing}}docPr"
NOTES: Final = (w("footnoteReference"), w("endnoteReference"))
"""References that Word treats as damage if two of them refer to the same note."""
_RANGES: Final = {
    w(f"{name}{half}"): name
    for name, halves in (
        ("bookmark", ("Start", "End")),
        ("comment", ("RangeStart", "RangeEnd", "Reference")),
        ("perm", ("Start", "End")),
    )
    for half in halves
}
"""Both ends of ranges of text, whose ids are used once."""
_SPAN, _MERGED, _VALUE = w("gridSpan"), w("vMerge"), w("val")


def make_single(elements: Iterable[Any], root: Any, next_id: str) -> None:
    """Remove from repeated elements what must be unique; ``next_id`` is written where each needs an id of its own.

    A bookmark, a comment or a permission that begins or ends there is removed as a whole.
    """
    gone: set[tuple[str, str]] = set()
    for element in elements:
        for name in _ONCE:
            element.attrib.pop(name, None)
        if element.tag == _DRAWN:
            element.set("id", next_id)
        elif element.tag in _RANGES:
            gone.add((_RANGES[element.tag], str(element.get(w("id")))))
        elif element.tag == w("id") and element.getparent().tag == w("sdtPr"):
            marks.remove(element)
    for element in list(root.iter(*_RANGES)) if gone else ():
        if (_RANGES[element.tag], str(element.get(w("id")))) in gone:
            run = element.getparent()
            marks.remove(element)
            if run.tag == RUN and all(member.tag == w("rPr") for member in run):
                marks.remove(run)


def keep_ranges(element: Any) -> None:
    """Move the ends of ranges of text before an element that is about to be removed."""
    for each in list(element.iter(*_RANGES)):
        if not each.tag.endswith("Reference") and nearest(each, RUN) is None:
            marks.remove(each)
            each.tail = None
            element.addprevious(each)


def merged_over_loops(table: Any, loops: Callable[[Any], tuple[str, ...]]) -> list[tuple[str, list[Any]]]:
    """Return the vertically merged cells that begin inside a loop and continue after it, with the loop's mark.

    ``loops`` returns the marks of the loops around a row, the outermost first.
    """
    open_cells: dict[int, tuple[tuple[str, ...], list[Any]]] = {}
    groups: list[tuple[tuple[str, ...], list[Any], tuple[str, ...]]] = []
    for row in (each for each in table.iter(w("tr")) if nearest(each, w("tbl")) is table):
        around = loops(row)
        column = _number(row.find(f"{w('trPr')}/{w('gridBefore')}"), 0)
        seen: dict[int, tuple[tuple[str, ...], list[Any]]] = {}
        for cell in (each for each in row.iter(w("tc")) if nearest(each, w("tr")) is row):
            merged = cell.find(f"{w('tcPr')}/{_MERGED}")
            if merged is not None:
                if merged.get(_VALUE) == "restart" or column not in open_cells:
                    seen[column] = (around, [merged])
                else:
                    began, cells = seen[column] = open_cells[column]
                    cells.append(merged)
                    groups.append((began, cells, around))
            column += _number(cell.find(f"{w('tcPr')}/{_SPAN}"), 1)
        open_cells = seen
    found: dict[int, tuple[int, str, list[Any]]] = {}
    for began, cells, around in groups:
        common = next((depth for depth, (a, b) in enumerate(zip(began, around, strict=False)) if a != b), None)
        depth = min(len(began), len(around)) if common is None else common
        if depth < len(began) and (id(cells) not in found or depth < found[id(cells)][0]):
            found[id(cells)] = (depth, began[depth], cells)
    return [(loop, cells) for _, loop, cells in found.values()]


def _number(element: Any, usual: int) -> int:
    text = "" if element is None else str(element.get(_VALUE))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else usual
