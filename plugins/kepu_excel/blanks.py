"""The layout of a workbook, for finding its blanks; setting texts in its cells; and taking rows out.

Each cell of a sheet counts as a line. Lines are numbered in the order in which the cells are written in the file, sheet
by sheet; rows likewise. Blank cells without a style of their own are not in the file, and nobody is expected to fill
them in.
"""

import datetime
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any, Final

from lxml import etree

from kepu_docs.plugin import (
    N_,
    DocumentError,
    FormCell,
    FormEdits,
    FormGrid,
    FormLayout,
    FormLine,
    FormRow,
    Limits,
    Message,
    OfficeParts,
    StoppedError,
    TypedTag,
    isolated,
    open_workbook,
    placeholders,
)
from kepu_excel.formulas import MOST_ROWS, Formula, column_of, moved_by, parsed, text_of
from kepu_excel.layout import Layout
from kepu_excel.markup import S, TextRun, runs_of, s, written
from kepu_excel.package import Follower, followers_of, related, require_harmless, titles_of
from kepu_excel.sheet import PLACE
from kepu_excel.shifting import (
    Area,
    Mover,
    area,
    shift_areas,
    shift_comments,
    shift_drawing,
    shift_formulas,
    shift_shapes,
    shift_table,
)
from kepu_excel.styles import FIRST_DAY, FIRST_DAY_1904, kinds_of

_address = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_serial = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,15})?")
_number = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,20})?")
_MILLIMETRES_A_POINT: Final = 25.4 / 72
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)


def read_layout(data: bytes) -> FormLayout:
    """Return the layout of a workbook, read in a separate process. Raises ``DocumentError`` as a form does."""
    return _apart(make_layout, data)  # type: ignore[no-any-return]


def edited(data: bytes, edits: FormEdits) -> bytes:
    """Return a workbook with the edits, made in a separate process. Raises ``DocumentError`` as a form does."""
    return _apart(make_edited, data, edits)  # type: ignore[no-any-return]


def _apart(function: Any, data: bytes, *more: object) -> Any:
    try:
        return isolated(function, Limits.of_size(len(data)), data, *more)
    except StoppedError as error:
        text = N_("the workbook cannot be read: {reason}")
        raise DocumentError.at(PLACE, text, reason=error.reason) from None


def make_layout(data: bytes) -> FormLayout:
    """Return the layout of a workbook. Raises as :func:`read_layout` does."""
    book = _Book(open_workbook(data, PLACE, links=True))
    return FormLayout(tuple((FormGrid(tuple(book.grid(name))),) for name in book.titles))


def make_edited(data: bytes, edits: FormEdits) -> bytes:
    """Return a workbook with the edits. Raises as :func:`edited` does."""
    opened = open_workbook(data, PLACE)
    require_harmless(opened.roots, opened.main)
    book = _Book(opened)
    book.edit(edits)
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in book.parts.items():
            archive.writestr(zipfile.ZipInfo(name, _EARLIEST), part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


class _Book:
    def __init__(self, opened: OfficeParts) -> None:
        self.parts = dict(opened.data)
        self._opened = opened
        self.titles = titles_of(opened.roots, opened.main)
        self._strings = self._shared()
        styles = next((name for _, name in related(opened.roots, opened.main, "styles")), "")
        self._kinds = kinds_of(opened.roots[styles]) if styles else []
        properties = opened.roots[opened.main].find(s("workbookPr"))
        is_late = properties is not None and properties.get("date1904") in ("1", "true")
        self._first_day = FIRST_DAY_1904 if is_late else FIRST_DAY
        self._cells: list[tuple[str, Any]] = []
        self._rows: list[tuple[str, Any]] = []
        self._numbers: dict[Any, int] = {}
        self._row_numbers: dict[Any, int] = {}
        for name in self.titles:
            root = opened.roots[name]
            for row in root.iter(s("row")):
                self._row_numbers[row] = len(self._rows)
                self._rows.append((name, row))
                for cell in row.iterchildren(s("c")):
                    self._numbers[cell] = len(self._cells)
                    self._cells.append((name, cell))

    def _shared(self) -> list[tuple[TextRun, ...]]:
        for _, name in related(self._opened.roots, self._opened.main, "sharedStrings"):
            root = self._opened.roots[name]
            return [runs_of(each, root) for each in root.iterchildren(s("si"))]
        return []

    # Reading the layout.

    def grid(self, name: str) -> Iterator[FormRow]:
        """Yield the rows of a sheet; a merged cell counts as one cell."""
        root = self._opened.roots[name]
        ranges = (area(str(each.get("ref"))) for each in root.iter(s("mergeCell")))
        merged = {(each.left, each.top): each for each in ranges if each is not None}
        for row in root.iter(s("row")):
            cells: list[FormCell] = []
            for cell in row.iterchildren(s("c")):
                found = _address.fullmatch(cell.get("r", ""))
                if found is None:
                    continue
                column, number = column_of(found[1]), int(found[2])
                span = merged.get((column, number))
                if span is None and _is_within(column, number, merged.values()):
                    continue
                wide = span.right - span.left + 1 if span else 1
                high = span.bottom - span.top + 1 if span else 1
                line = self._line(self.titles[name], cell)
                cells.append(FormCell(column - 1, (line,), wide, high, _height(row)))
            yield FormRow(self._row_numbers[row], tuple(cells))

    def _line(self, title: str, cell: Any) -> FormLine:
        text = "".join(run.text for run in self._runs(cell))
        tags = tuple(
            TypedTag(each.start, each.stop, each.kind, each.source)
            for each in placeholders(text)
            if each.kind == "value" or each.kind == "statement" or each.kind == "remark"
        )
        where = Message.of(N_("sheet “{sheet}”, cell {cell}"), sheet=title, cell=cell.get("r", ""))
        return FormLine(self._numbers[cell], text, where, tags, is_fixed=cell.find(s("f")) is not None)

    def _runs(self, cell: Any) -> tuple[TextRun, ...]:
        kind, value = cell.get("t", "n"), cell.findtext(s("v")) or ""
        if kind == "inlineStr":
            inline = cell.find(s("is"))
            return () if inline is None else runs_of(inline, cell)
        if kind == "s":
            place = int(value) if value.isdecimal() and len(value) < 10 else -1
            return self._strings[place] if 0 <= place < len(self._strings) else ()
        return (TextRun("", self._shown(cell, value) if kind == "n" else value),) if value else ()

    def _shown(self, cell: Any, value: str) -> str:
        """Return a number as people read it: as a day or a percentage if the cell's style says so."""
        style = cell.get("s", "0")
        number = int(style) if style.isdecimal() and len(style) < 7 else 0
        kind = self._kinds[number] if number < len(self._kinds) else ""
        if kind == "date" and _serial.fullmatch(value):
            return (self._first_day + datetime.timedelta(days=int(value.partition(".")[0]))).isoformat()
        if kind == "percent" and _number.fullmatch(value):
            return f"{round(float(value) * 100, 6):g}%"
        return value

    # Applying edits.

    def edit(self, edits: FormEdits) -> None:
        """Set the texts, and take rows out if all references to them can be adjusted."""
        changed: dict[str, None] = {}
        by_line: dict[int, list[tuple[int, int, str]]] = {}
        for each in edits.texts:
            by_line.setdefault(each.line, []).append((each.start, each.stop, each.text))
        for number, texts in by_line.items():
            name, cell = self._cells[number]
            _set(cell, _with(self._runs(cell), texts))
            changed[name] = None
        gone: dict[str, set[int]] = {}
        for number in edits.rows:
            name, row = self._rows[number]
            gone.setdefault(name, set()).add(int(row.get("r", "0")))
        layouts = {name: _layout(rows) for name, rows in gone.items() if self._can_go(name, rows)}
        for name in changed:
            self.parts[name] = written(self._opened.roots[name])
        if layouts:
            self._take_out(gone, layouts)

    def _can_go(self, name: str, rows: set[int]) -> bool:
        """Return whether no formula names a single cell in these rows, and no formula covers several cells."""
        title = self.titles[name].lower()
        for other, root in self._opened.roots.items():
            if other not in self.titles:
                continue
            for formula in root.iter(s("f")):
                if formula.get("t") in ("array", "dataTable"):
                    return False
                for reference in parsed(formula.text or "").references:
                    named = (reference.sheet or self.titles[other]).lower()
                    if named == title and reference.last is None and reference.first.row in rows:
                        return False
        return True

    def _take_out(self, gone: Mapping[str, set[int]], layouts: Mapping[str, Layout]) -> None:
        mover = Mover({self.titles[name].lower(): layout for name, layout in layouts.items()})
        for name, title in self.titles.items():
            root = self._opened.roots[name]
            _expand(root)
            layout = layouts.get(name)
            around: Any = root.find(s("sheetData"))
            for row in list(root.iter(s("row"))):
                number = int(row.get("r", "0"))
                if layout is not None and number in gone[name]:
                    around.remove(row)
                    continue
                place = number if layout is None else layout.place_of(number)
                row.set("r", str(place))
                for cell in row.iterchildren(s("c")):
                    cell.set("r", f"{cell.get('r', '').rstrip('0123456789')}{place}")
                    formula = cell.find(s("f"))
                    if formula is not None and formula.text:
                        formula.text = mover.formula(parsed(formula.text), title, None)
            shift_formulas(root, title, mover, None)
            if layout is not None:
                shift_areas(root, layout)
            self.parts[name] = written(root)
        book = self._opened.roots[self._opened.main]
        shift_formulas(book, "", mover, None)
        self.parts[self._opened.main] = written(book)
        for follower in followers_of(self._opened.roots, self.titles, layouts):
            self._follow(follower, mover, layouts)

    def _follow(self, follower: Follower, mover: Mover, layouts: Mapping[str, Layout]) -> None:
        root = self._opened.roots[follower.name]
        shift_formulas(root, follower.sheet, mover, None)
        layout = next((each for name, each in layouts.items() if self.titles[name] == follower.sheet), None)
        shift = {"table": shift_table, "drawing": shift_drawing, "comments": shift_comments, "shapes": shift_shapes}
        if layout is not None and follower.kind in shift:
            shift[follower.kind](root, layout)
        self.parts[follower.name] = written(root)


def _is_within(column: int, row: int, merged: Iterable[Area]) -> bool:
    return any(each.left <= column <= each.right and each.top <= row <= each.bottom for each in merged)


def _height(row: Any) -> float:
    """Return the height of a row in millimetres; 0 for a row that is as high as its text."""
    written_as = row.get("ht", "")
    is_number = row.get("customHeight") in ("1", "true") and _number.fullmatch(written_as)
    return float(written_as) * _MILLIMETRES_A_POINT if is_number else 0.0


def _layout(gone: set[int]) -> Layout:
    """Return where the other rows have moved to when these are gone."""
    layout = Layout(())
    first = 1
    for row in [*sorted(gone), MOST_ROWS + 1]:
        if first < row:
            layout.place(first, row - 1)
        first = row + 1
    return layout


def _with(runs: tuple[TextRun, ...], texts: list[tuple[int, int, str]]) -> list[TextRun]:
    """Return the runs with other texts, each in the look of the text that it replaces."""
    made = list(runs) or [TextRun("", "")]
    for start, stop, text in sorted(texts, reverse=True):
        place, waiting = 0, text
        for number, run in enumerate(made):
            low = min(max(start - place, 0), len(run.text))
            high = min(max(stop - place, low), len(run.text))
            here = start < place + len(run.text) or number == len(made) - 1
            place += len(run.text)
            made[number] = TextRun(run.properties, run.text[:low] + (waiting if here else "") + run.text[high:])
            waiting = "" if here else waiting
    return made


def _set(cell: Any, runs: list[TextRun]) -> None:
    """Set the text of a cell and keep its look."""
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    inline = etree.SubElement(cell, s("is"))
    filled = [run for run in runs if run.text]
    for run in filled:
        around = inline
        if len(filled) > 1 or run.properties:
            around = etree.SubElement(inline, s("r"))
            if run.properties:
                around.append(etree.fromstring(run.properties.replace("<rPr", f'<rPr xmlns="{S}"', 1)))
        text = etree.SubElement(around, s("t"))
        text.text = run.text
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _expand(root: Any) -> None:
    """Give each cell that shares a formula its own copy."""
    shared: dict[str, tuple[int, int, Formula]] = {}
    for element in root.iter(s("f")):
        found = _address.fullmatch(element.getparent().get("r", ""))
        if element.get("t") != "shared" or found is None:
            continue
        row, column = int(found[2]), column_of(found[1])
        index = element.get("si", "")
        if element.text:
            shared[index] = row, column, parsed(element.text)
        elif index in shared:
            first, left, formula = shared[index]
            element.text = text_of(moved_by(formula, row - first, column - left).pieces)
        for name in ("t", "si", "ref"):
            element.attrib.pop(name, None)
