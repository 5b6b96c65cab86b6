"""Fills a form: combines the parts that stay with the texts, numbers and days of one record."""

import datetime
import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, Final

from lxml import etree

from kepu_docs.plugin import (
    N_,
    FilledBlocks,
    FilledDocument,
    FilledPart,
    FilledPicture,
    FilledValue,
    RenderError,
    source_date,
)
from kepu_excel.formulas import MOST_ROWS
from kepu_excel.layout import Layout, Turn
from kepu_excel.markup import DECLARATION, S, TextRun, as_typed, escape, written
from kepu_excel.package import Form
from kepu_excel.plain_text import lines_of
from kepu_excel.record_part import record_parts
from kepu_excel.sheet import (
    PLACE,
    Cell,
    CellEnd,
    Cells,
    CellStart,
    FurnitureEnd,
    FurnitureStart,
    Look,
    Row,
    Rows,
    RowStart,
    Sheet,
    StaticCell,
    Text,
    TurnEnd,
    TurnStart,
)
from kepu_excel.shifting import (
    Mover,
    shift_areas,
    shift_comments,
    shift_drawing,
    shift_formulas,
    shift_shapes,
    shift_table,
)
from kepu_excel.styles import FIRST_DAY, FIRST_DAY_1904

MOST_IN_CELL: Final = 32_767
"""The most characters of a cell in Excel, counted in UTF-16."""
MOST_IN_FURNITURE: Final = 255
"""The most characters of a header or footer in Excel."""
MOST_CHARACTERS: Final = 50_000_000
"""The most characters in the markup of a filled sheet: a loop repeats part of the form, and records have thousands of
entries."""
_FORMULA_SIGNS: Final = ("=", "+", "-", "@")
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a ZIP file can hold."""
_PACKED: Final = (".png", ".jpg", ".jpeg", ".gif")
_ends_in_size = re.compile(r"&\d+$")


class _Placed:
    """A row with tags while it is filled: its place in the filled sheet, the turn it is in, and its filled cells."""

    __slots__ = ("cells", "place", "row", "turn")

    def __init__(self, row: Row, place: int, turn: Turn) -> None:
        self.row, self.place, self.turn = row, place, turn
        self.cells: list[str | Cell] = []


class Filler:
    """Fills one form with any number of records; threads may share it."""

    def __init__(self, form: Form) -> None:
        self.form = form
        made = source_date()
        self._stamp = _EARLIEST if made is None else max(made.timetuple()[:6], _EARLIEST)
        self._frames = {name: etree.fromstring(sheet.frame) for name, sheet in form.sheets.items()}
        self._followers = {
            each.name: etree.fromstring(form.parts[each.name]) for each in form.followers if each.name in form.parts
        }
        self._regions = {name: sheet.regions for name, sheet in form.sheets.items() if sheet.regions}

    def fill(self, document: FilledDocument) -> bytes:
        """Return the filled form as a file. Raises ``RenderError`` for content that it cannot hold."""
        form = self.form
        styles = _TwinStyles(form)
        laid = [
            _Laid(sheet, filled, styles, document.locale, form)
            for sheet, filled in zip(form.sheets.values(), _filled(form, document.filling.parts), strict=True)
        ]
        layouts = {each.sheet.title.lower(): each.layout for each in laid if each.sheet.regions}
        mover = Mover(layouts)
        parts: dict[str, bytes] = {}
        for (name, sheet), each in zip(form.sheets.items(), laid, strict=True):
            parts[name] = self._sheet(name, sheet, each, mover)
        parts[form.main] = self._book(mover)
        for follower in form.followers:
            parts[follower.name] = self._follower(follower.name, follower.kind, follower.sheet, mover, layouts)
        if styles.used:
            parts[form.styles.name] = form.styles.part
        relations = types = ""
        if document.record:
            relations, types, carried = record_parts(document.record, self._free_item())
            parts |= carried
        parts[form.relations.name] = form.relations.with_more(relations)
        return self._packed({form.types.name: form.types.with_more(types), **form.parts, **parts})

    def _free_item(self) -> int:
        number = 1
        while any(f"customXml/item{part}{number}.xml" in self.form.parts for part in ("", "Props")):
            number += 1
        return number

    def _sheet(self, name: str, sheet: Sheet, laid: "_Laid", mover: Mover) -> bytes:
        """Return the part of a sheet."""
        frame: Any = self._frames[name]
        if self.form.moves or laid.furniture:
            frame = etree.fromstring(sheet.frame)
            layout = laid.layout if sheet.regions else None
            shift_formulas(frame, sheet.title, mover, layout)
            if layout is not None:
                shift_areas(frame, layout)
            for word, text in laid.furniture.items():
                for element in frame.iter(f"{{{S}}}{word}"):
                    element.text = text
        text = etree.tostring(frame, encoding="unicode")
        mark = f"<{sheet.prefix}sheetData"
        place = text.index(mark)
        end = text.index(">", place) + 1
        opening = text[place:end].rstrip("/>").rstrip() + ">"
        rest = text[end:].removeprefix(f"</{sheet.prefix}sheetData>")
        pieces = [DECLARATION, text[:place], opening]
        size = 0
        for piece in laid.markup(mover):
            pieces.append(piece)
            size += len(piece)
            if size > MOST_CHARACTERS:
                problem = N_("the filled form would have more than {limit} characters of markup")
                raise RenderError.at(PLACE, problem, limit=MOST_CHARACTERS)
        pieces += (f"</{sheet.prefix}sheetData>", rest)
        return "".join(pieces).encode()

    def _book(self, mover: Mover) -> bytes:
        if not self.form.moves:
            return self.form.book
        root = etree.fromstring(self.form.book)
        shift_formulas(root, "", mover, None)
        return written(root)

    def _follower(self, name: str, kind: str, sheet: str, mover: Mover, layouts: Mapping[str, Layout]) -> bytes:
        root = etree.fromstring(self.form.parts[name])
        layout = layouts.get(sheet.lower()) if sheet else None
        shift_formulas(root, sheet, mover, layout)
        if layout is not None:
            match kind:
                case "table":
                    shift_table(root, layout)
                case "drawing":
                    shift_drawing(root, layout)
                case "comments":
                    shift_comments(root, layout)
                case "shapes":
                    shift_shapes(root, layout)
                case _:
                    pass
        return written(root)

    def _packed(self, parts: Mapping[str, bytes]) -> bytes:
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                info = zipfile.ZipInfo(name, self._stamp)
                info.compress_type = zipfile.ZIP_STORED if name.lower().endswith(_PACKED) else zipfile.ZIP_DEFLATED
                archive.writestr(info, data)
        return stream.getvalue()


def _filled(form: Form, parts: tuple[FilledPart, ...]) -> Iterator[FilledPart]:
    """Yield the content of each sheet that is taken apart; a sheet without tags yields only what stays."""
    yield from parts
    for sheet in list(form.sheets.values())[form.tagged :]:
        yield tuple(piece for piece in sheet.sequence if isinstance(piece, int))


class _TwinStyles:
    """The cell styles of one document: the form's own, or twins that wrap lines or mark a cell as text."""

    def __init__(self, form: Form) -> None:
        self._styles = form.styles
        self.used = False

    def of(self, style: int, text: str) -> int:
        """Return the number of the style for a text."""
        wraps = "\n" in text and style not in self._styles.wrapped
        quoted = text.startswith(_FORMULA_SIGNS)
        twin = self._styles.twins.get((style, wraps, quoted)) if wraps or quoted else None
        if twin is None:
            return style
        self.used = True
        return twin


class _Laid:
    """A sheet of one document: its rows in their places, before the formulas are adjusted to them."""

    def __init__(self, sheet: Sheet, filled: FilledPart, styles: _TwinStyles, locale: str, form: Form) -> None:
        self.sheet = sheet
        self.layout = Layout(sheet.regions)
        self.furniture: dict[str, str] = {}
        self._styles = styles
        self._locale = locale
        self._form = form
        self._rows: list[_Placed | tuple[Rows, int, Turn]] = []
        self._size = 0
        self._lay(filled)

    def markup(self, mover: Mover) -> Iterator[str]:
        """Yield the rows as XML."""
        title = self.sheet.title
        for each in self._rows:
            if isinstance(each, _Placed):
                row = each.row
                yield f"{row.before}{each.place}{row.after}"
                for cell in each.cells:
                    yield cell if isinstance(cell, str) else _cell(cell, each.place, title, mover, each.turn)
                yield row.end
                continue
            rows, place, turn = each
            for row in rows.rows:
                number = place + row.number - rows.first
                made = [_cell(cell, number, title, mover, turn) for cell in row.cells]
                yield f"{row.before}{number}{row.after}{''.join(made)}{row.end}"

    def _lay(self, filled: FilledPart) -> None:
        layout = self.layout
        pieces = self.sheet.pieces
        placed: _Placed | None = None
        found: list[Any] = []
        start: CellStart | None = None
        furniture = ""
        look = ""
        for each in filled:
            piece = pieces[each] if isinstance(each, int) else None
            match piece:
                case Rows():
                    self._rows.append((piece, self._place(piece), layout.turn))
                case RowStart():
                    placed = _Placed(piece.row, layout.place(piece.row.number, piece.row.number), layout.turn)
                    self._rows.append(placed)
                case Cells():
                    assert placed is not None  # noqa: S101  (cells are within rows)
                    placed.cells += piece.cells
                case CellStart():
                    start, found = piece, []
                case Look():
                    look = piece.properties
                case Text() if furniture:
                    found.append(piece.text)
                case Text():
                    found.append(TextRun(look, piece.text))
                case CellEnd():
                    assert placed is not None  # noqa: S101  (cells are within rows)
                    assert start is not None  # noqa: S101  (begun before)
                    placed.cells.append(self._cell(start, placed.place, found))
                    self._require_room(placed.place, placed.cells[-1])
                case FurnitureStart():
                    furniture, found = piece.name, []
                case FurnitureEnd():
                    self.furniture[furniture] = self._header("".join(map(str, found)))
                    furniture = ""
                case TurnStart():
                    layout.begin(self.sheet.regions[piece.region])
                case TurnEnd():
                    layout.end()
                case _ if furniture:
                    found.append(_in_furniture(each, "".join(map(str, found))))
                case _:
                    found.append(self._value(each, look))

    def _place(self, rows: Rows) -> int:
        place = self.layout.place(rows.first, rows.last)
        last = rows.rows[-1].number if rows.rows else 0
        if last and place + last - rows.first > MOST_ROWS:
            raise self._too_long()
        return place

    def _require_room(self, place: int, cell: str | Cell) -> None:
        self._size += len(cell) if isinstance(cell, str) else 0
        if place > MOST_ROWS or self._size > MOST_CHARACTERS:
            raise self._too_long()

    def _too_long(self) -> RenderError:
        text = N_("the sheet “{sheet}” would have more rows than Excel's {limit}")
        return RenderError.at(PLACE, text, sheet=self.sheet.title, limit=MOST_ROWS)

    def _value(self, value: object, look: str) -> TextRun | FilledValue:
        match value:
            case FilledValue():
                return value
            case FilledBlocks():
                return TextRun(look, as_typed(lines_of(value.blocks, self._locale)))
            case FilledPicture():  # refused when the form was read
                return TextRun(look, "")
            case _:
                return TextRun(look, as_typed(str(value)))

    def _cell(self, start: CellStart, place: int, found: list[Any]) -> str:
        prefix = self.sheet.prefix
        head = f'<{prefix}c r="{start.column}{place}"'
        if len(found) == 1 and isinstance(found[0], FilledValue):
            number = self._number(start.style, found[0])
            if number:
                return f'{head} s="{start.style}"><{prefix}v>{number}</{prefix}v></{prefix}c>'
            found = [TextRun("", as_typed(found[0].text))]
        runs = _together(found)
        text = "".join(run.text for run in runs)
        if not text:
            return f'{head} s="{start.style}"/>'
        length = len(text.encode("utf-16-le", "surrogatepass")) // 2
        if length > MOST_IN_CELL:
            problem = N_(
                "{where}: the text has {found} characters, {surplus} more than the {limit} that a cell can hold"
            )
            raise RenderError.at(
                PLACE,
                problem,
                where=start.where,
                found=length,
                surplus=length - MOST_IN_CELL,
                limit=MOST_IN_CELL,
            )
        style = self._styles.of(start.style, text)
        return f'{head} s="{style}" t="inlineStr"><{prefix}is>{_inline(runs, prefix)}</{prefix}is></{prefix}c>'

    def _number(self, style: int, value: FilledValue) -> str:
        """Return an exact number or a day as a cell stores it; an empty string if the value is written as text."""
        kind = self._form.styles.kinds.get(style, "")
        if isinstance(value.value, datetime.date):
            if kind != "date":
                return ""
            first = FIRST_DAY_1904 if self._form.dates_from_1904 else FIRST_DAY
            return str((value.value - first).days)
        if kind in ("text", "date"):
            return ""
        if value.unit in ("%", "％"):
            return _digits(round(value.value / 100, 12)) if kind == "percent" else ""
        return _digits(value.value)

    def _header(self, made: str) -> str:
        if len(made) > MOST_IN_FURNITURE:
            problem = N_(
                "the header or footer of the sheet “{sheet}” has {found} characters, {surplus} more "
                "than the {limit} that Excel allows"
            )
            raise RenderError.at(
                PLACE,
                problem,
                sheet=self.sheet.title,
                found=len(made),
                surplus=len(made) - MOST_IN_FURNITURE,
                limit=MOST_IN_FURNITURE,
            )
        return made


def _in_furniture(value: object, before: str) -> str:
    """Return a value for a header or footer, where ``&`` begins a code and digits after a code may mean a font size."""
    text = str(value).replace("&", "&&")
    return f" {text}" if _ends_in_size.search(before) and text[:1].isdigit() else text


def _digits(number: float) -> str:
    return str(int(number)) if float(number).is_integer() else repr(number)


def _together(found: list[Any]) -> list[TextRun]:
    """Return the runs with neighbours of one look joined; a value that is not a number becomes its text."""
    runs: list[TextRun] = []
    for each in found:
        run = each if isinstance(each, TextRun) else TextRun("", as_typed(each.text))
        if not run.text:
            continue
        if runs and runs[-1].properties == run.properties:
            runs[-1] = TextRun(run.properties, runs[-1].text + run.text)
        else:
            runs.append(run)
    return runs


def _inline(runs: list[TextRun], prefix: str) -> str:
    def text(run: TextRun) -> str:
        return f'<{prefix}t xml:space="preserve">{escape(run.text)}</{prefix}t>'

    if len(runs) == 1 and not runs[0].properties:
        return text(runs[0])
    return "".join(f"<{prefix}r>{run.properties}{text(run)}</{prefix}r>" for run in runs)


def _cell(cell: Cell, place: int, sheet: str, mover: Mover, turn: Turn) -> str:
    """Return a cell that stays, placed in a row."""
    if isinstance(cell, StaticCell):
        return f"{cell.before}{place}{cell.after}"
    array = f'{cell.array}{place}">' if cell.array else ""
    return f"{cell.before}{place}{cell.middle}{array}{escape(mover.formula(cell.formula, sheet, turn))}{cell.after}"
