"""References to rows of a sheet outside of its cells, and how they follow the rows when these move.

These are formulas in any place (names, rules, lists, charts), and areas: merged cells, print areas, rules, validations,
links, page breaks, tables, comments, and the anchors of drawings.
"""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, Final

from lxml import etree

from kepu_docs.plugin import N_, RenderError
from kepu_excel.formulas import Formula, Reference, column_of, letters, parsed, text_of
from kepu_excel.layout import Layout, Turn, moved
from kepu_excel.markup import s
from kepu_excel.sheet import PLACE

MOST_REFERENCES: Final = 1_000_000
"""The most references in all formulas of a filled form: each repeated row repeats its own."""
_FORMULAS: Final = frozenset((
    "f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "totalsRowFormula",
))  # fmt: skip
"""Elements whose text is a formula."""
_CHART: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart"
_RANGE: Final = "SUM"
"""Represents any function that takes a range."""
_area = re.compile(r"\$?([A-Z]{0,3})\$?([0-9]{0,7})(?::\$?([A-Z]{0,3})\$?([0-9]{0,7}))?")
_ROWS_OF_ANCHOR: Final = (2, 6)
KNOWN: Final = frozenset((
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "autoFilter", "sortState", "mergeCells", "phoneticPr", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks",
    "colBreaks", "customProperties", "ignoredErrors", "drawing", "legacyDrawing", "legacyDrawingHF", "picture",
    "tableParts", "extLst",
))  # fmt: skip
"""Members of a sheet that refer to no rows, or can follow them."""


@dataclass(frozen=True, slots=True)
class Area:
    """Cells from one corner to the other; a column or row of 0 means all."""

    left: int
    top: int
    right: int
    bottom: int

    def at(self, top: int, bottom: int) -> str:
        """Return the area as it is written, in other rows."""
        first = f"{letters(self.left)}{top or ''}"
        last = f"{letters(self.right)}{bottom or ''}"
        return first if first == last and self.left and self.top else f"{first}:{last}"


def area(text: str) -> Area | None:
    """Return the area that a text such as ``A1:C5`` names; ``None`` if the text is not an area."""
    found = _area.fullmatch(text)
    if found is None:
        return None
    left, top, right, bottom = found.groups()
    made = Area(column_of(left), int(top or 0), column_of(right or left), int(bottom or top or 0))
    return replace(made, top=min(made.top, made.bottom), bottom=max(made.top, made.bottom))


class Mover:
    """Adjusts formulas to the rows of the sheets they refer to; ``layouts`` are by sheet title in lower case."""

    def __init__(self, layouts: Mapping[str, Layout]) -> None:
        self._layouts = layouts
        self._moved_so_far = 0

    def formula(self, formula: Formula, sheet: str, host: Turn | None) -> str:
        """Return the text of a formula of a sheet; ``host`` is the turn that the formula's row is in."""
        return text_of(tuple(self._moved(piece, sheet, host) for piece in formula.pieces))

    def _moved(self, piece: str | Reference, sheet: str, host: Turn | None) -> str | Reference:
        if isinstance(piece, str):
            return piece
        title = (piece.sheet or sheet).lower()
        layout = self._layouts.get(title)
        if layout is None:
            return piece
        self._moved_so_far += 1
        if self._moved_so_far > MOST_REFERENCES:
            text = N_("the formulas of the filled form would refer to more than {limit} cells and ranges")
            raise RenderError.at(PLACE, text, limit=MOST_REFERENCES)
        return moved(piece, layout, host if title == sheet.lower() else None)


@dataclass(frozen=True, slots=True)
class Site:
    """A formula that is not in a cell: the text of an element, or an ``attribute`` of it.

    ``row`` is the row that the formula counts from; ``within`` is the function that takes its range, for
    :func:`parsed`.
    """

    element: Any
    attribute: str
    row: int | None
    within: str = ""

    @property
    def formula(self) -> Formula:
        """The formula taken apart."""
        return parsed(self.text, self.within)

    @property
    def text(self) -> str:
        """The formula."""
        return str(self.element.get(self.attribute) if self.attribute else self.element.text)

    def put(self, text: str) -> None:
        """Replace the formula."""
        if self.attribute:
            self.element.set(self.attribute, text)
        else:
            self.element.text = text


def sites(root: Any) -> Iterator[Site]:
    """Yield the formulas of a part except those of cells."""
    for element in root.iter(etree.Element):
        name = _last(element)
        if name == "definedName" or str(element.tag).startswith(_CHART):
            if element.text and name in _FORMULAS:
                yield Site(element, "", None, _RANGE)
        elif name in _FORMULAS and element.text:
            yield Site(element, "", _row_of(element))
        elif name == "hyperlink" and element.get("location"):
            yield Site(element, "location", None)
        elif name == "cfvo" and element.get("type") == "formula" and element.get("val"):
            yield Site(element, "val", _row_of(element))
        elif element.get("textlink"):
            yield Site(element, "textlink", None)


def _last(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _row_of(element: Any) -> int | None:
    """Return the row that the formula of a rule or a validation counts from."""
    for around in element.iterancestors():
        written = around.get("sqref") or next((each.text for each in around.iterchildren("{*}sqref")), None)
        if written:
            found = area(written.split()[0])
            return found.top if found is not None and found.top else None
    return None


def areas_of(written: str, layout: Layout) -> str:
    """Return a list of areas as it is after filling; empty if no area is left."""
    made: list[str] = []
    for text in written.split():
        found = area(text)
        if found is None or not found.top:
            made.append(text)
        else:
            made += [found.at(low, high) for _, low, high in layout.areas(found.top, found.bottom, whole=True)]
    return " ".join(made)


def host_of(row: int | None, layout: Layout | None) -> Turn | None:
    """Return the first turn that a row of the form is in."""
    found = layout.areas(row, row) if row and layout is not None else []
    return found[0][0] if found else None


def shift_formulas(root: Any, sheet: str, mover: Mover, layout: Layout | None) -> None:
    """Adjust the formulas of a part, except those of cells."""
    for site in list(sites(root)):
        if site.element.tag != s("f"):
            site.put(mover.formula(site.formula, sheet, host_of(site.row, layout)))


def shift_areas(root: Any, layout: Layout) -> None:
    """Adjust the areas of a sheet."""
    for child in list(root):
        match _last(child):
            case "dimension":
                root.remove(child)
            case "sheetViews":
                _views(child, layout)
            case "autoFilter" | "sortState":
                _keep(child, "ref", layout)
            case "mergeCells":
                _merged(child, layout)
            case "conditionalFormatting":
                _keep(child, "sqref", layout)
            case "dataValidations" | "protectedRanges" | "ignoredErrors":
                for member in list(child):
                    _keep(member, "sqref", layout)
                _counted(child)
            case "hyperlinks":
                _links(child, layout)
            case "rowBreaks":
                _breaks(child, layout)
            case "extLst":
                _extensions(child, layout)
            case _:
                pass


def _keep(element: Any, attribute: str, layout: Layout) -> None:
    """Adjust an attribute that lists areas; if none is left, remove the element."""
    for member in element.iter("{*}sortState", "{*}sortCondition"):
        if member is not element and member.get("ref"):
            member.set("ref", areas_of(member.get("ref"), layout) or member.get("ref"))
    written = element.get(attribute)
    if written is None:
        return
    made = areas_of(written, layout)
    if made:
        element.set(attribute, made)
    else:
        element.getparent().remove(element)


def _counted(element: Any) -> None:
    """Set how many members an element has; if it has none, remove it."""
    if not len(element):
        element.getparent().remove(element)
    elif element.get("count") is not None:
        element.set("count", str(len(element)))


def _views(views: Any, layout: Layout) -> None:
    for element in views.iter("{*}sheetView", "{*}pane", "{*}selection"):
        if (
            _last(element) == "pane"
            and element.get("ySplit", "").isdecimal()
            and element.get("state", "").startswith("frozen")
        ):
            element.set("ySplit", str(layout.last_of(int(element.get("ySplit")))))
        for name in ("topLeftCell", "activeCell"):
            found = area(element.get(name) or "")
            if found is not None and found.top:
                place = layout.place_of(found.top)
                element.set(name, found.at(place, place))
        if element.get("sqref") is not None and element.get("activeCell") is not None:
            element.set("sqref", element.get("activeCell"))
            element.attrib.pop("activeCellId", None)


def _merged(merged: Any, layout: Layout) -> None:
    for member in list(merged):
        found = area(member.get("ref") or "")
        if found is None or not found.top:
            continue
        for _, low, high in layout.areas(found.top, found.bottom):
            if low != high or found.left != found.right:
                made = deepcopy(member)
                made.set("ref", found.at(low, high))
                member.addprevious(made)
        merged.remove(member)
    _counted(merged)


def _links(links: Any, layout: Layout) -> None:
    for member in list(links):
        found = area(member.get("ref") or "")
        if found is None or not found.top:
            continue
        for _, low, high in layout.areas(found.top, found.bottom):
            made = deepcopy(member)
            made.set("ref", found.at(low, high))
            member.addprevious(made)
        links.remove(member)
    _counted(links)


def _breaks(breaks: Any, layout: Layout) -> None:
    seen: set[int] = set()
    for member in list(breaks):
        place = layout.last_of(int(member.get("id"))) if (member.get("id") or "").isdecimal() else 0
        if not place or place in seen:
            breaks.remove(member)
        else:
            seen.add(place)
            member.set("id", str(place))
    if breaks.get("manualBreakCount") is not None:
        breaks.set("manualBreakCount", str(sum(each.get("man") in ("1", "true") for each in breaks)))
    _counted(breaks)


def _extensions(extensions: Any, layout: Layout) -> None:
    for element in list(extensions.iter("{*}sqref")):
        made = areas_of(element.text or "", layout)
        if made:
            element.text = made
        else:
            owner = element.getparent()
            owner.getparent().remove(owner)


def shift_table(root: Any, layout: Layout) -> None:
    """Adjust a table. Raises ``RenderError`` for one that has lost all its rows, which no program opens."""
    found = area(root.get("ref") or "")
    if found is None or not found.top:
        return
    needed = int(root.get("headerRowCount") or 1) + int(root.get("totalsRowCount") or 0) + 1
    rows = layout.rows(layout.root, found.top, found.bottom)
    if rows is None or rows[1] - rows[0] + 1 < needed:
        text = N_("the table “{name}” of the form would have no rows, which Excel does not allow; keep one (固定行)")
        raise RenderError.at(PLACE, text, name=root.get("displayName") or root.get("name") or "")
    for element in root.iter(s("table"), s("autoFilter"), s("sortState"), s("sortCondition")):
        if element.get("ref"):
            element.set("ref", areas_of(element.get("ref"), layout) or element.get("ref"))


def shift_drawing(root: Any, layout: Layout) -> None:
    """Adjust the anchors of a drawing; a shape that does not move with the cells stays where it is."""
    for anchor in root.iterchildren("{*}oneCellAnchor", "{*}twoCellAnchor"):
        if anchor.get("editAs") == "absolute":
            continue
        above = 0
        for marker in anchor.iterchildren("{*}from", "{*}to"):
            row = marker.find("{*}row")
            if row is None or not (row.text or "").strip().isdecimal():
                continue
            number = int(row.text) + 1
            place = layout.place_of(number) if _last(marker) == "from" else max(layout.last_of(number), above)
            above = place
            row.text = str(max(place - 1, 0))


def shift_comments(root: Any, layout: Layout) -> None:
    """Adjust the comments."""
    for element in root.iter("{*}comment", "{*}threadedComment"):
        found = area(element.get("ref") or "")
        if found is not None and found.top:
            place = layout.place_of(found.top)
            element.set("ref", found.at(place, place))


def shift_shapes(root: Any, layout: Layout) -> None:
    """Adjust the shapes of comments."""
    for element in root.iter("{*}Row", "{*}Anchor"):
        if _last(element) == "Row":
            if (element.text or "").strip().isdecimal():
                element.text = str(layout.place_of(int(element.text) + 1) - 1)
            continue
        numbers = [each.strip() for each in (element.text or "").split(",")]
        if len(numbers) != 8 or not all(map(str.isdecimal, numbers)):
            continue
        by = 0
        for place in _ROWS_OF_ANCHOR:
            row = int(numbers[place])
            by = layout.place_of(row + 1) - 1 - row if place == _ROWS_OF_ANCHOR[0] else by
            numbers[place] = str(row + by)
        element.text = ", ".join(numbers)
