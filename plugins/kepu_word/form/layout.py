"""The layout of a Word document: its paragraphs as lines, its tables as grids, with the blanks that Word itself marks.

Paragraphs and rows are numbered in their order in the parts that are read: the text, then headers and footers by name.
Text boxes are left out: Word writes each of them twice.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import count, islice
from typing import Any, Final

from lxml import etree

from kepu_docs.plugin import (
    N_,
    DocumentError,
    FormBlock,
    FormCell,
    FormGrid,
    FormLayout,
    FormLine,
    FormRow,
    Limits,
    MarkedBlank,
    Message,
    Place,
    StoppedError,
    TypedTag,
    isolated,
    main_part,
    parse_xml,
    placeholders,
    read_word,
)
from kepu_word.form import marks
from kepu_word.form.marks import PARAGRAPH, RUN, nearest
from kepu_word.package.parts import w

PLACE: Final = Place("form")
"""The place that errors name: the document comes as bytes, without a file name."""
_TABLE: Final = w("tbl")
_ROW: Final = w("tr")
_CELL: Final = w("tc")
_CONTROL: Final = w("sdt")
_WRAPPING: Final = frozenset(map(w, ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")))
"""Invisible elements that may surround paragraphs, tables, rows and cells."""
_FIXED: Final = (
    *map(w, ("drawing", "pict", "object")),
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath",
)
"""Content of a paragraph that is not text."""
_WIDEST: Final = 63
"""The most columns of a table in Word."""
_LEVELS: Final = 9
_HIGHEST: Final = 31_680
"""The greatest height of a row in Word, in twips."""
_MILLIMETRES_A_TWIP: Final = 25.4 / 1440
_head = re.compile(r"(?:word/)?(header|footer)[0-9]*\.xml$")
_heading = re.compile(r"heading ([1-9])", re.IGNORECASE)
_blank = re.compile(r"[\s\u3000]+")
"""Finds blanks to write on; a single space with a rule below it is not one."""


def read_layout(data: bytes) -> FormLayout:
    """Return the layout of a Word document, read in a separate process.

    Raises ``DocumentError`` for a file that is not a Word document, is broken or is refused.
    """
    try:
        return isolated(make_layout, Limits.of_size(len(data)), data)
    except StoppedError as error:
        text = N_("the Word document cannot be read: {reason}")
        raise DocumentError.at(PLACE, text, reason=error.reason) from None


def make_layout(data: bytes) -> FormLayout:
    """Return the layout of a Word document. Raises as :func:`read_layout` does."""
    parts = read_word(data, PLACE, charts=True, links=True)
    main = main_part(parts, PLACE)
    roots = {name: parse_xml(parts[name], name, PLACE) for name in shown_parts(parts, main)}
    if roots[main].tag.startswith("{http://purl.oclc.org/ooxml/"):
        text = N_("this is a “Strict Open XML” document; save it as an ordinary Word document (.docx)")
        raise DocumentError.at(PLACE, text)
    paragraphs, rows = numbered(roots.values())
    reader = _Reader({each: number for number, each in enumerate(paragraphs)}, {each: n for n, each in enumerate(rows)})
    reader.levels = _levels(parts)
    return FormLayout(tuple(reader.part(root, is_main=name == main) for name, root in roots.items()))


def shown_parts(parts: Mapping[str, bytes], main: str) -> list[str]:
    """Return the names of the parts that are read, in their order."""
    return [main, *sorted(name for name in parts if _head.fullmatch(name) and name != main)]


def numbered(roots: Any) -> tuple[list[Any], list[Any]]:
    """Return the paragraphs and the rows of parts, in the order of their numbers."""
    paragraphs: list[Any] = []
    rows: list[Any] = []
    for root in roots:
        paragraphs += root.iter(PARAGRAPH)
        rows += root.iter(_ROW)
    return paragraphs, rows


def _levels(parts: Mapping[str, bytes]) -> dict[str, int]:
    """Return the levels of heading styles by style id."""
    name = next((each for each in parts if each.endswith("/styles.xml")), "")
    found: dict[str, int] = {}
    for style in parse_xml(parts[name], name, PLACE).iterchildren(w("style")) if name else ():
        named = style.find(w("name"))
        level = _heading.fullmatch(str(named.get(w("val")))) if named is not None else None
        if level:
            found[str(style.get(w("styleId")))] = int(level[1])
    return found


class _Reader:
    """Reads the parts of a document."""

    def __init__(self, paragraphs: Mapping[Any, int], rows: Mapping[Any, int]) -> None:
        self._paragraphs = paragraphs
        self._rows = rows
        self._tables: dict[Any, int] = {}
        self._where = Message("")
        self.levels: Mapping[str, int] = {}

    def part(self, root: Any, *, is_main: bool) -> tuple[FormBlock, ...]:
        """Return the layout of a part."""
        self._tables = {table: number for number, table in enumerate(root.iter(_TABLE), 1)}
        body = root.find(w("body")) if is_main else root
        if body is None:
            return ()
        kind = N_("in a header") if root.tag == w("hdr") else N_("in a footer")
        return tuple(self._blocks(body, None if is_main else Message(kind)))

    def _blocks(self, around: Any, where: Message | None) -> Iterator[FormBlock]:
        numbers = count(1)
        for element in _members(around, (PARAGRAPH, _TABLE)):
            number = next(numbers)
            if element.tag == _TABLE:
                yield self._grid(element)
            else:
                own = Message.of(N_("paragraph {number}"), number=number)
                yield self._line(element, own if where is None else where)

    def _grid(self, table: Any) -> FormGrid:
        rows: list[list[FormCell]] = []
        merged: dict[int, tuple[int, int]] = {}
        elements = list(_members(table, (_ROW,)))
        for at, row in enumerate(elements, 1):
            cells: list[FormCell] = []
            column = _number(row.find(f"{w('trPr')}/{w('gridBefore')}"))
            height = _height(row)
            for nth, cell in enumerate(_members(row, (_CELL,)), 1):
                span = max(_number(cell.find(f"{w('tcPr')}/{w('gridSpan')}")), 1)
                merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
                goes_on = merge is not None and merge.get(w("val"), "continue") == "continue"
                if goes_on and column in merged:
                    owner, place = merged[column]
                    above = rows[owner][place]
                    rows[owner][place] = FormCell(
                        above.column,
                        above.content,
                        above.columns,
                        max(above.rows, len(rows) + 1 - owner),
                        above.height + height,
                    )
                else:
                    where = Message.of(
                        N_("table {table}, row {row}, column {column}"), table=self._tables[table], row=at, column=nth
                    )
                    if merge is not None:
                        merged[column] = (len(rows), len(cells))
                    else:
                        merged.pop(column, None)
                    cells.append(FormCell(column, tuple(self._blocks(cell, where)), span, height=height))
                column = min(column + span, _WIDEST)
            rows.append(cells)
        return FormGrid(
            tuple(FormRow(self._rows[row], tuple(cells)) for row, cells in zip(elements, rows, strict=True))
        )

    def _line(self, paragraph: Any, where: Message) -> FormLine:
        pieces = marks.texts(paragraph)
        text = "".join(shown for _, shown in pieces)
        tags = tuple(
            TypedTag(each.start, each.stop, each.kind, each.source)
            for each in (placeholders(text) if "{" in text or "｛" in text else ())
            if each.kind == "value" or each.kind == "statement" or each.kind == "remark"
        )
        return FormLine(
            self._paragraphs[paragraph],
            text,
            where,
            tags,
            tuple(_blanks(paragraph, pieces)),
            self._level(paragraph),
            is_fixed=next(paragraph.iter(*_FIXED), None) is not None,
        )

    def _level(self, paragraph: Any) -> int:
        properties = paragraph.find(w("pPr"))
        if properties is None:
            return 0
        outline = properties.find(w("outlineLvl"))
        if outline is not None and _number(outline) < _LEVELS:
            return _number(outline) + 1
        style = properties.find(w("pStyle"))
        return self.levels.get(str(style.get(w("val"))), 0) if style is not None else 0


def _members(around: Any, tags: tuple[str, ...]) -> Iterator[Any]:
    """Yield the elements of some names in another, also inside invisible wrappers."""
    for element in around:
        if element.tag in tags:
            yield element
        elif element.tag in _WRAPPING:
            yield from _members(element, tags)


def _blanks(paragraph: Any, pieces: list[tuple[Any, str]]) -> Iterator[MarkedBlank]:
    """Yield the blanks of a paragraph: white space with a rule below it, and content controls that show a prompt."""
    start, ruled = 0, -1
    controls: dict[Any, tuple[int, int]] = {}
    for element, shown in [*pieces, (None, "")]:
        is_ruled = element is not None and _blank.fullmatch(shown) is not None and _is_ruled(element.getparent())
        if is_ruled and ruled < 0:
            ruled = start
        if not is_ruled and ruled >= 0:
            yield MarkedBlank(ruled, start)
            ruled = -1
        for control in element.iterancestors(_CONTROL) if element is not None else ():
            if _is_within(control, paragraph):
                begin, _ = controls.get(control, (start, start))
                controls[control] = (begin, start + len(shown))
        start += len(shown)
    for control in paragraph.iter(_CONTROL):
        controls.setdefault(control, (start, start))  # without any text
    for control in paragraph.iterancestors(_CONTROL):
        if len(list(islice(_members(control, (PARAGRAPH, _TABLE, _ROW, _CELL)), 2))) == 1:
            controls[control] = (0, start)
    text = "".join(shown for _, shown in pieces)
    for control, (begin, end) in controls.items():
        if _waits(control, text[begin:end]):
            yield MarkedBlank(begin, end, _names(control))


def _is_within(element: Any, paragraph: Any) -> bool:
    return nearest(element, PARAGRAPH) is paragraph


def _is_ruled(run: Any) -> bool:
    rule = run.find(f"{w('rPr')}/{w('u')}") if run.tag == RUN else None
    return rule is not None and rule.get(w("val"), "single") != "none"


def _waits(control: Any, text: str) -> bool:
    """Return whether a content control shows only the prompt for its text; a check box does not."""
    properties = control.find(w("sdtPr"))
    if properties is None or any(etree.QName(each).localname in ("checkbox", "picture") for each in properties):
        return False
    return properties.find(w("showingPlcHdr")) is not None or not text.strip()


def _names(control: Any) -> tuple[str, ...]:
    """Return the names of a content control."""
    found = (control.find(f"{w('sdtPr')}/{w(name)}") for name in ("alias", "tag"))
    names = (str(each.get(w("val"))).strip()[:200] for each in found if each is not None)
    return tuple(dict.fromkeys(filter(None, names)))


def _height(row: Any) -> float:
    """Return the least height of a row, in millimetres."""
    found = row.find(f"{w('trPr')}/{w('trHeight')}")
    text = str(found.get(w("val"))) if found is not None else ""
    return (
        min(int(text), _HIGHEST) * _MILLIMETRES_A_TWIP
        if text.isascii() and text.isdecimal() and len(text) < 10
        else 0.0
    )


def _number(element: Any) -> int:
    """Return the number in an element, at most that of a table's columns; 0 if there is none."""
    text = element.get(w("val")) if element is not None else None
    return min(int(text), _WIDEST) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0
