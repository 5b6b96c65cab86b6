"""A sheet of a form: the pieces that stay, and the tags between them.

A statement and its end may be

- in one cell: they apply to the text between them;
- in different cells of one row, the statement at the start of its cell and its end at the end: they apply to the row;
- in different rows: they apply to these rows; rows that hold only tags are removed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from lxml import etree

from kepu_docs.plugin import (
    N_,
    DocumentError,
    Fault,
    FormTag,
    Message,
    Place,
    Placeholder,
    misspelt,
    placeholders,
)
from kepu_excel.formulas import MOST_COLUMNS, MOST_ROWS, Formula, column_of, letters, moved_by, parsed
from kepu_excel.layout import Region
from kepu_excel.markup import TextRun, fragment, quote, runs_of, s

PLACE: Final = Place("form")
"""The place that errors name: the form comes as bytes, without a file name."""
_OPENING: Final = {"for": "endfor", "if": "endif"}
_MIDDLE: Final = {"elif": ("if",), "else": ("if", "for")}
_SHOWN: Final = 40
"""Characters of the text around a tag that messages show."""
_NO_PICTURE: Final = Message(N_("photographs cannot be put into cells; paste them, or use a Word document as form"))
_NOT_HERE: Final = Message(N_("the text of sections can only be put into cells, not into headers and footers"))
_address = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_first_word = re.compile(r"\w+")
_OF_TEXT: Final = ("s", "inlineStr")


@dataclass(frozen=True, slots=True)
class StaticCell:
    """A cell that stays: its XML before and after its row number."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A cell with a formula: ``before`` the row number, ``middle`` up to the formula, ``after`` it.

    ``array`` is the column of an array formula, whose ``ref`` ends ``middle``; it is empty for an ordinary formula.
    """

    before: str
    middle: str
    formula: Formula
    after: str
    array: str = ""


Cell: TypeAlias = StaticCell | FormulaCell


@dataclass(frozen=True, slots=True)
class Row:
    """A row that stays: its start tag before and after the row number, its cells, and its ``number`` in the form."""

    number: int
    before: str
    after: str
    cells: tuple[Cell, ...]
    end: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A piece: rows without tags, including blank ones."""

    first: int
    last: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class RowStart:
    """A piece: a row with tags begins; its only cells are those that follow."""

    row: Row


@dataclass(frozen=True, slots=True)
class RowEnd:
    """A piece: a row with tags ends."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A piece: cells without tags in a row with tags."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class CellStart:
    """A piece: a cell with tags begins, in a column, with a style number. ``where`` is its place, for messages."""

    column: str
    style: int
    where: Message


@dataclass(frozen=True, slots=True)
class Look:
    """A piece: what follows has these run properties."""

    properties: str


@dataclass(frozen=True, slots=True)
class Text:
    """A piece: text of the form in a cell, a header or a footer, as XML character data."""

    text: str


@dataclass(frozen=True, slots=True)
class CellEnd:
    """A piece: a cell with tags ends."""


@dataclass(frozen=True, slots=True)
class FurnitureStart:
    """A piece: a header or footer with tags begins; it has the name of the element."""

    name: str


@dataclass(frozen=True, slots=True)
class FurnitureEnd:
    """A piece: a header or footer ends."""


@dataclass(frozen=True, slots=True)
class TurnStart:
    """A piece: a turn of a region begins."""

    region: int


@dataclass(frozen=True, slots=True)
class TurnEnd:
    """A piece: a turn of a region ends."""


Piece: TypeAlias = (
    Rows
    | RowStart
    | RowEnd
    | Cells
    | CellStart
    | Look
    | Text
    | CellEnd
    | FurnitureStart
    | FurnitureEnd
    | TurnStart
    | TurnEnd
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a form as it was read.

    ``pieces`` are what stays, by number; ``sequence`` has their numbers and the tags between them. ``frame`` is the
    part without its rows. ``regions`` are the rows that are repeated or left out. ``prefix`` is the prefix of its
    elements.
    """

    title: str
    frame: bytes
    prefix: str
    pieces: tuple[Piece, ...]
    sequence: tuple[int | FormTag, ...]
    regions: tuple[Region, ...]
    last_row: int
    faults: tuple[Fault, ...]
    formulas: tuple[tuple[str, int, Formula], ...]
    """Cell, row and formula of each cell with a formula, for checking whether rows may move."""

    @property
    def has_tags(self) -> bool:
        """Return whether there is any tag."""
        return any(isinstance(piece, FormTag) for piece in self.sequence)


@dataclass(slots=True, eq=False)
class _Tag:
    placeholder: Placeholder
    where: Message
    row: int
    column: int
    cell: "_Cell | None"
    word: str = ""
    gone: bool = False
    lifted: bool = False


@dataclass(slots=True, eq=False)
class _Cell:
    row: int
    column: int
    element: Any
    runs: tuple[TextRun, ...] = ()
    tags: list[_Tag] = field(default_factory=list)
    remarks: list[Placeholder] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    def shown(self, start: int, stop: int | None = None) -> str:
        """Return a part of the text as shown, with one character for each value; statements show nothing."""
        text = self.text
        stop = len(text) if stop is None else stop
        made, place = "", start
        spans = [(each.placeholder, "" if each.word else "x") for each in self.tags]
        spans += [(each, "") for each in self.remarks]
        for found, sign in sorted(spans, key=lambda span: span[0].start):
            if found.start >= start and found.stop <= stop:
                made += text[place : found.start] + sign
                place = found.stop
        return (made + text[place:stop]).strip()


@dataclass(slots=True, eq=False)
class _Row:
    number: int
    element: Any
    cells: list[_Cell]

    @property
    def tags(self) -> list[_Tag]:
        return [tag for cell in self.cells for tag in cell.tags]

    @property
    def is_marked(self) -> bool:
        """Whether it has tags or remarks."""
        return any(cell.tags or cell.remarks for cell in self.cells)


@dataclass(slots=True, eq=False)
class _Pair:
    start: _Tag
    middles: list[_Tag] = field(default_factory=list)
    end: _Tag | None = None


def broken(name: str, reason: Message) -> DocumentError:
    """Return the error for a broken part."""
    return DocumentError.at(PLACE, N_("the part “{name}” is broken: {reason}"), name=name, reason=reason)


def read_sheet(root: Any, name: str, title: str, strings: tuple[tuple[TextRun, ...], ...]) -> Sheet:
    """Return a sheet from the root of its part, which is used up; ``strings`` are the shared ones.

    Raises ``DocumentError`` for rows or cells that no program writes.
    """
    return _SheetReader(root, name, title, strings).read()


class _SheetReader:
    def __init__(self, root: Any, name: str, title: str, strings: tuple[tuple[TextRun, ...], ...]) -> None:
        self._root = root
        self._name = name
        self._title = title
        self._strings = strings
        self._prefix = f"{root.prefix}:" if root.prefix else ""
        self._faults: list[Fault] = []
        self._pieces: list[Piece] = []
        self._sequence: list[int | FormTag] = []
        self._before: dict[int, list[_Tag]] = {}
        self._after: dict[int, list[_Tag]] = {}
        self._bare: set[int] = set()
        self._regions: list[Region] = []
        self._region_of: dict[_Tag, int] = {}
        self._shared: dict[str, tuple[int, int, Formula]] = {}
        self._formulas: list[tuple[str, int, Formula]] = []

    def read(self) -> Sheet:
        data = self._root.find(s("sheetData"))
        if data is None:
            raise broken(self._name, Message(N_("it has no rows")))
        rows = self._rows(data)
        furniture = self._furniture()
        self._structure(rows)
        self._put_rows(rows)
        for child in list(data):
            data.remove(child)
        data.text = None
        self._put_furniture(furniture)
        self._nested()
        return Sheet(
            self._title,
            etree.tostring(self._root, encoding="UTF-8"),
            self._prefix,
            tuple(self._pieces),
            tuple(self._sequence),
            tuple(self._regions),
            rows[-1].number if rows else 0,
            tuple(self._faults),
            tuple(self._formulas),
        )

    def _fault(self, where: Message, problem: Message) -> None:
        text = N_("the form, {where}: {problem}")
        self._faults.append(Fault(Place(), text, (("where", where), ("problem", problem))))

    # Finding tags.

    def _rows(self, data: Any) -> list[_Row]:
        rows: list[_Row] = []
        number = 0
        for element in data.iterchildren(s("row")):
            number = self._number(element.get("r"), number)
            row = _Row(number, element, [])
            column = 0
            for cell in element.iterchildren(s("c")):
                column = self._column(cell.get("r"), number, column)
                row.cells.append(self._cell(_Cell(number, column, cell)))
            rows.append(row)
        return rows

    def _number(self, written: str | None, before: int) -> int:
        number = before + 1 if written is None else int(written) if written.isdecimal() and len(written) < 8 else 0
        if not before < number <= MOST_ROWS:
            raise broken(self._name, Message.of(N_("its rows are not in order, at {cell}"), cell=str(written)[:20]))
        return number

    def _column(self, written: str | None, row: int, before: int) -> int:
        if written is None:
            return before + 1
        found = _address.fullmatch(written)
        column = column_of(found[1]) if found and int(found[2]) == row else 0
        if not before < column <= MOST_COLUMNS:
            raise broken(self._name, Message.of(N_("its cells are not in order, at {cell}"), cell=written[:20]))
        return column

    def _cell(self, cell: _Cell) -> _Cell:
        element = cell.element
        kind = element.get("t", "n")
        formula = element.find(s("f"))
        if kind in _OF_TEXT and formula is None:
            cell.runs = self._runs(element, kind)
            text = cell.text
            if "{" in text or "｛" in text:
                self._find(cell, text)
        if formula is not None and any(mark in (formula.text or "") for mark in ("{{", "{%")):
            problem = Message(N_("a placeholder in a formula is not filled in"))
            self._fault(self._where(cell.row, cell.column, formula.text or "", None), problem)
        return cell

    def _runs(self, element: Any, kind: str) -> tuple[TextRun, ...]:
        if kind == "inlineStr":
            inline = element.find(s("is"))
            return () if inline is None else runs_of(inline, self._root)
        value = element.findtext(s("v")) or ""
        place = int(value) if value.strip().isdecimal() and len(value) < 10 else -1
        if not 0 <= place < len(self._strings):
            raise broken(self._name, Message.of(N_("there is no text with the number {number}"), number=value[:20]))
        return self._strings[place]

    def _find(self, cell: _Cell, text: str) -> None:
        for found in placeholders(text):
            if found.kind == "remark":
                cell.remarks.append(found)
                continue
            tag = self._tag(found, self._where(cell.row, cell.column, text, found), text)
            if tag is not None:
                tag.row, tag.column, tag.cell = cell.row, cell.column, cell
                cell.tags.append(tag)

    def _tag(self, found: Placeholder, where: Message, text: str) -> _Tag | None:
        problem = misspelt(found, text, in_cell=True)
        if problem is not None:
            self._fault(where, problem)
            return None
        if not found.source:
            self._fault(where, Message(N_("the braces are empty")))
            return None
        return _Tag(found, where, 0, 0, None, _word(found.source) if found.kind == "statement" else "")

    def _where(self, row: int, column: int, text: str, found: Placeholder | None) -> Message:
        return Message.of(
            N_("in the sheet “{sheet}”, cell {cell}, at “{around}”"),
            sheet=self._title,
            cell=f"{letters(column)}{row}",
            around=around(text, found),
        )

    # Pairing statements.

    def _structure(self, rows: list[_Row]) -> None:
        pairs: list[_Pair] = []
        waiting: list[_Pair] = []
        for tag in (tag for row in rows for tag in row.tags):
            if tag.word in _OPENING:
                waiting.append(_Pair(tag))
                pairs.append(waiting[-1])
            elif tag.word in _MIDDLE:
                if waiting and waiting[-1].start.word in _MIDDLE[tag.word]:
                    waiting[-1].middles.append(tag)
                else:
                    self._drop(tag, Message.of(N_("there is no matching {word}"), word="if"))
            elif tag.word in _OPENING.values():
                if waiting and _OPENING[waiting[-1].start.word] == tag.word:
                    waiting.pop().end = tag
                else:
                    missing = next(word for word, end in _OPENING.items() if end == tag.word)
                    self._drop(tag, Message.of(N_("there is no matching {word}"), word=missing))
        by_number = {row.number: row for row in rows}
        for pair in pairs:
            if pair.end is None:
                problem = Message.of(N_("there is no matching {word}"), word=_OPENING[pair.start.word])
                self._drop(pair.start, problem)
                for middle in pair.middles:
                    self._drop(middle, None)
            else:
                self._lift(pair, pair.end, by_number)
        self._find_regions(pairs, by_number)

    def _drop(self, tag: _Tag, problem: Message | None) -> None:
        if problem is not None:
            self._fault(tag.where, problem)
        tag.gone = True

    def _lift(self, pair: _Pair, end: _Tag, rows: Mapping[int, _Row]) -> None:
        """Move the tags of a statement that spans rows to the beginning and end of these rows."""
        tags = [pair.start, *pair.middles, end]
        if len({tag.cell for tag in tags}) == 1:
            return
        if not _begins(pair.start):
            self._drop_all(
                tags, pair.start, Message(N_("put this at the start of its cell: it repeats or shows a row"))
            )
            return
        if not _ends(end):
            self._drop_all(tags, end, Message(N_("put this at the end of its cell: it repeats or shows a row")))
            return
        if len({tag.row for tag in tags}) == 1 and pair.middles:
            problem = N_("the branches of a condition over rows must be in rows of their own")
            self._drop_all(tags, pair.start, Message(problem))
            return
        for tag in tags:
            tag.lifted = True
            before = tag is not end
            if _is_bare(rows[tag.row]):
                self._bare.add(tag.row)
            elif tag in pair.middles and not (_begins(tag) or _ends(tag)):
                self._fault(tag.where, Message(N_("put this in a row of its own")))
            (self._before if before else self._after).setdefault(tag.row, []).append(tag)

    def _drop_all(self, tags: list[_Tag], at: _Tag, problem: Message) -> None:
        self._fault(at.where, problem)
        for tag in tags:
            self._drop(tag, None)

    def _find_regions(self, pairs: list[_Pair], rows: Mapping[int, _Row]) -> None:
        for pair in pairs:
            if pair.end is None or not pair.start.lifted:
                continue
            first, last = pair.start.row, pair.end.row
            number = len(self._regions)
            bare = frozenset(row for row in self._bare if first <= row <= last)
            self._regions.append(Region(number, first, last, pair.start.word == "for", bare))
            for tag in (pair.start, *pair.middles, pair.end):
                self._region_of[tag] = number

    # Taking rows apart.

    def _piece(self, piece: Piece) -> None:
        self._sequence.append(len(self._pieces))
        self._pieces.append(piece)

    def _statement(self, tag: _Tag) -> None:
        """Add a statement that spans rows, with marks where its turns begin and end."""
        number = self._region_of.get(tag)
        if number is not None and tag.word not in _OPENING:
            self._piece(TurnEnd())
        self._sequence.append(FormTag("statement", tag.placeholder.source, tag.where))
        if number is not None and tag.word not in _OPENING.values():
            self._piece(TurnStart(number))

    def _put_rows(self, rows: list[_Row]) -> None:
        gathered: list[Row] = []
        first = 1
        for row in rows:
            if not row.is_marked:
                gathered.append(self._row(row, [self._static(cell) for cell in row.cells]))
                continue
            if first < row.number:
                self._piece(Rows(first, row.number - 1, tuple(gathered)))
            gathered, first = [], row.number + 1
            if row.number in self._bare:
                for tag in row.tags:
                    if not tag.gone:
                        self._statement(tag)
                continue
            for tag in self._before.get(row.number, ()):
                self._statement(tag)
            self._put_row(row)
            for tag in self._after.get(row.number, ()):
                self._statement(tag)
        self._piece(Rows(first, MOST_ROWS, tuple(gathered)))

    def _put_row(self, row: _Row) -> None:
        if row.element.get("customHeight") not in ("1", "true"):
            row.element.attrib.pop("ht", None)  # Excel fits it to the filled text
        self._piece(RowStart(self._row(row, [])))
        still: list[Cell] = []
        for cell in row.cells:
            if not cell.tags and not cell.remarks:
                still.append(self._static(cell))
                continue
            if still:
                self._piece(Cells(tuple(still)))
                still = []
            self._put_cell(cell)
        if still:
            self._piece(Cells(tuple(still)))
        self._piece(RowEnd())

    def _put_cell(self, cell: _Cell) -> None:
        style = cell.element.get("s", "0")
        where = self._where(cell.row, cell.column, cell.text, None)
        self._piece(CellStart(letters(cell.column), int(style) if style.isdecimal() and len(style) < 7 else 0, where))
        alone = cell.shown(0) == "x" and all(not tag.word or tag.lifted for tag in cell.tags)
        self._put_text(cell, alone=alone)
        self._piece(CellEnd())

    def _put_text(self, cell: _Cell, *, alone: bool) -> None:
        spans: list[tuple[Placeholder, _Tag | None]] = [(tag.placeholder, tag) for tag in cell.tags]
        spans += [(remark, None) for remark in cell.remarks]
        place = 0
        for found, tag in sorted(spans, key=lambda span: span[0].start):
            self._put_plain(cell, place, found.start, skip=alone)
            place = found.stop
            if tag is None or tag.gone or tag.lifted:
                continue
            if tag.word:
                self._sequence.append(FormTag("statement", tag.placeholder.source, tag.where))
                continue
            self._piece(Look(_properties_at(cell.runs, found.start)))
            self._sequence.append(FormTag("value", tag.placeholder.source, tag.where, None, _NO_PICTURE, alone))
        self._put_plain(cell, place, len(cell.text), skip=alone)

    def _put_plain(self, cell: _Cell, start: int, stop: int, *, skip: bool) -> None:
        """Add text of the form; ``skip`` leaves it out around a value that is alone in its cell: it is only blanks."""
        place = 0
        for run in cell.runs:
            text = run.text[max(start - place, 0) : max(stop - place, 0)]
            place += len(run.text)
            if text and not skip:
                self._piece(Look(run.properties))
                self._piece(Text(text))

    def _row(self, row: _Row, cells: list[Cell]) -> Row:
        element = row.element
        attributes = "".join(
            f' {_attribute(name, self._root)}="{quote(value)}"' for name, value in element.attrib.items() if name != "r"
        )
        end = f"</{self._prefix}row>"
        return Row(row.number, f'<{self._prefix}row r="', f'"{attributes}>', tuple(cells), end)

    def _static(self, cell: _Cell) -> Cell:
        """Return a cell that stays, without the cached value of its formula, which is recalculated."""
        element = cell.element
        element.set("r", f"{letters(cell.column)}{cell.row}")
        formula = element.find(s("f"))
        array = ""
        if formula is not None:
            array = self._own_formula(cell, formula)
            value = element.find(s("v"))
            if value is not None:
                element.remove(value)
            element.attrib.pop("t", None)
        text = fragment(element, self._root)
        mark = f' r="{letters(cell.column)}{cell.row}"'
        place = text.index(mark) + len(mark) - 1 - len(str(cell.row))
        before, after = text[:place], text[place + len(str(cell.row)) :]
        if formula is None or not formula.text:
            return StaticCell(before, after)
        found = parsed(formula.text)
        self._formulas.append((f"{letters(cell.column)}{cell.row}", cell.row, found))
        opening = after.index(">", after.index(f"<{self._prefix}f")) + 1
        end = after.index(f"</{self._prefix}f>", opening)
        middle = after[:opening]
        if array:
            middle = middle[: middle.index(' ref="') + len(' ref="')]
        return FormulaCell(before, middle, found, after[end:], array)

    def _own_formula(self, cell: _Cell, formula: Any) -> str:
        """Write a shared formula out in its cell; return the column of a cell with an array formula."""
        kind = formula.get("t", "normal")
        if kind == "shared":
            index = formula.get("si", "")
            if formula.text:
                self._shared[index] = (cell.row, cell.column, parsed(formula.text))
            elif index in self._shared:
                row, column, found = self._shared[index]
                moved = moved_by(found, cell.row - row, cell.column - column)
                formula.text = "".join(each if isinstance(each, str) else each.text() for each in moved.pieces)
            for name in ("t", "si", "ref"):
                formula.attrib.pop(name, None)
        elif kind == "array":
            own = f"{letters(cell.column)}{cell.row}"
            if formula.get("ref") in (own, f"{own}:{own}"):
                formula.attrib.pop("ref")
                formula.set("ref", "")
                return letters(cell.column)
        return ""

    # Headers and footers.

    def _furniture(self) -> list[tuple[Any, str, list[tuple[Placeholder, _Tag | None]]]]:
        found: list[tuple[Any, str, list[tuple[Placeholder, _Tag | None]]]] = []
        around_all = self._root.find(s("headerFooter"))
        for element in () if around_all is None else around_all:
            text = element.text or ""
            if "{" not in text and "｛" not in text:
                continue
            spans: list[tuple[Placeholder, _Tag | None]] = []
            for each in placeholders(text):
                where = Message.of(
                    N_("in a header or footer of the sheet “{sheet}”, at “{around}”"),
                    sheet=self._title,
                    around=around(text, each),
                )
                tag = None if each.kind == "remark" else self._tag(each, where, text)
                if tag is not None or each.kind == "remark":
                    spans.append((each, tag))
            if spans:
                found.append((element, text, spans))
        return found

    def _put_furniture(self, found: list[tuple[Any, str, list[tuple[Placeholder, _Tag | None]]]]) -> None:
        for element, text, spans in found:
            name = str(element.tag).rpartition("}")[2]
            element.text = ""
            self._piece(FurnitureStart(name))
            place = 0
            for each, tag in spans:
                if text[place : each.start]:
                    self._piece(Text(text[place : each.start]))
                place = each.stop
                if tag is not None:
                    kind = "statement" if tag.word else "value"
                    self._sequence.append(FormTag(kind, each.source, tag.where, _NOT_HERE, _NO_PICTURE))  # type: ignore[arg-type]
            if text[place:]:
                self._piece(Text(text[place:]))
            self._piece(FurnitureEnd())

    def _nested(self) -> None:
        """Report statements that are not nested properly, once all tags are in their final order."""
        waiting: list[str] = []
        for piece in self._sequence:
            word = _word(piece.source) if isinstance(piece, FormTag) and piece.kind == "statement" else ""
            if word in _OPENING:
                waiting.append(_OPENING[word])
            elif word in _OPENING.values() and (not waiting or waiting.pop() != word):
                assert isinstance(piece, FormTag)  # noqa: S101
                self._fault(
                    piece.where, Message(N_("it overlaps another tag: the one that begins last must end first"))
                )
                return


def around(text: str, found: Placeholder | None) -> str:
    """Return the text around a placeholder, or its beginning."""
    begin = 0
    if found is not None:
        begin = max(min(found.start, found.stop - _SHOWN), 0)
        begin = max(begin - _SHOWN // 4, 0) if found.stop - begin < _SHOWN else begin
    shown = " ".join(text[begin : begin + _SHOWN].split())
    return ("…" if begin else "") + shown + ("…" if begin + _SHOWN < len(text) else "")


def _begins(tag: _Tag) -> bool:
    return tag.cell is not None and not tag.cell.shown(0, tag.placeholder.start)


def _ends(tag: _Tag) -> bool:
    return tag.cell is not None and not tag.cell.shown(tag.placeholder.stop)


def _is_bare(row: _Row) -> bool:
    """Return whether a row shows nothing but statements."""
    return all(_is_blank(cell) for cell in row.cells)


def _is_blank(cell: _Cell) -> bool:
    if cell.tags or cell.remarks:
        return not cell.shown(0)
    if cell.element.find(s("f")) is not None:
        return False
    return not cell.text.strip() if cell.element.get("t") in _OF_TEXT else not cell.element.findtext(s("v"))


def _properties_at(runs: tuple[TextRun, ...], place: int) -> str:
    for run in runs:
        if place < len(run.text):
            return run.properties
        place -= len(run.text)
    return ""


def _attribute(name: str, root: Any) -> str:
    if not name.startswith("{"):
        return name
    uri, _, local = name[1:].partition("}")
    prefix = next((each for each, known in root.nsmap.items() if known == uri and each), None)
    return f"{prefix}:{local}" if prefix else local


def _word(source: str) -> str:
    found = _first_word.match(source)
    return found[0] if found else source
