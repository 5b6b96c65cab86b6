"""Word documents: the paragraphs and tables of the main part, with automatic numbers and heading styles.

What stands beside the text (footnotes, headers, comments) or is deleted is noted; text boxes follow the paragraph that
they hang on. The place of a paragraph is its number in the document, in ``line``.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from kepu_docs.errors import N_, DocumentError, Message, Place
from kepu_docs.importing.lines import CellCount, Cells, Content, Line, Note
from kepu_docs.importing.reading.characters import BREAK, cleaned, stripped
from kepu_docs.importing.reading.word_elements import W
from kepu_docs.importing.reading.word_numbers import Numbering
from kepu_docs.importing.reading.word_styles import Styles
from kepu_docs.reading.archives import is_plain_link, open_word
from kepu_docs.reading.embedded import record_among

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_PARAGRAPHS: Final = 100_000
"""Paragraphs of a Word document, blank ones and those in tables counted: ten times as many as a record holds."""
_WIDEST_CELL: Final = 63
"""Columns that a cell may take: Word has no more in a table."""

_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_LINK: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT: Final = "{http://purl.oclc.org/ooxml/"

_SKIPPED: Final = frozenset(
    W + name
    for name in (
        "pPr",
        "rPr",
        "instrText",
        "delInstrText",
        "sectPr",
        "tblPr",
        "tblGrid",
        "sdtPr",
        "sdtEndPr",
        "moveFrom",
    )
)
_SIGNS: Final = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": "\t"}
_TEXTS: Final = (W + "t", _M + "t")
_DELETED: Final = (W + "delText", W + "t")
_BOX: Final = W + "txbxContent"
_PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_ODD: Final = frozenset((W + "del", W + "rt", W + "sym", _PICTURE))
_ALTERNATIVES: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_BESIDE: Final = {
    "footnotes": N_("a footnote, which has no place in a record"),
    "endnotes": N_("an endnote, which has no place in a record"),
    "comments": N_("a comment, which is no part of the text"),
    "header": N_("the page's header, which is no part of the text"),
    "footer": N_("the page's footer, which is no part of the text"),
}


def read_word_document(data: bytes, name: str) -> Content:
    """Return what a Word document holds.

    Raises ``DocumentError`` for one that is broken or refused, or that holds more than a record can.
    """
    place = Place(name)
    parts = open_word(data, place, charts=True, links=True)
    root = parts.roots[parts.main]
    if str(root.tag).startswith(_STRICT):
        text = N_("this is a “Strict Open XML” document; save it as an ordinary Word document (.docx)")
        raise DocumentError.at(place, text)
    links = {identity: address for identity, address in parts.links.items() if not is_plain_link(address)}
    reader = _Reader(name, Styles.read(parts.roots), Numbering.read(parts.roots), links)
    body = root.find(W + "body")
    if body is not None:
        reader.read(body)
    content = Content(name, reader.lines, reader.notes, record_among(parts.roots.items()) or "")
    content.notes += _beside(parts.roots, place)
    return content


def _beside(roots: "Mapping[str, _Element]", place: Place) -> Iterator[Note]:
    for part, root in roots.items():
        folder, _, file = part.rpartition("/")
        why = next((text for begin, text in _BESIDE.items() if file.startswith(begin)), None)
        if folder != "word" or why is None:
            continue
        reader = _Reader(place.record, Styles({}, ""), Numbering({}, {}, {}), {})
        reader.read(root)
        for line in reader.lines:
            if any(char.isalpha() for char in line.shown):
                yield Note(place, line.shown, Message(why))


class _Reader:
    """Makes lines of the body of one document."""

    def __init__(self, name: str, styles: Styles, numbering: Numbering, links: Mapping[str, str]) -> None:
        """``links`` are addresses to be noted, by the ids of their relationships."""
        self._name = name
        self._links = links
        self._cells = CellCount(name)
        self._paragraphs = 0
        self._styles = styles
        self._numbering = numbering
        self._count = 0
        self._apart = False
        self.lines: list[Line] = []
        self.notes: list[Note] = []

    def read(self, body: "_Element") -> None:
        """Take all paragraphs and tables, each once. Word nests them in what it needs; the stack keeps their order."""
        stack = [iter((body,))]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
            elif element.tag == W + "p":
                # What hangs on a paragraph comes after it, before what follows.
                stack.append(iter(self._paragraph(element)))
            elif element.tag == W + "tbl":
                stack.append(iter(self._table(element)))
            else:
                stack.append(_content(element))

    def _paragraph(self, paragraph: "_Element") -> list["_Element"]:
        """Take a paragraph, and return the paragraphs of the text boxes in it."""
        self._count += 1
        place = Place(self._name, self._count)
        text, lead, boxes = self._text(paragraph, place)
        style = self._styles.of(paragraph)
        shown = [stripped(piece) for piece in BREAK.split(text)]
        if not any(shown):
            self._apart = True
            return boxes
        if style.is_contents:
            return boxes
        number = self._numbering.next(style.number)
        for piece in filter(None, shown):
            self.lines.append(Line(piece, place, number, style.level, min(lead, len(piece)), style.aside, self._apart))
            # A soft break begins a line of the same heading or paragraph, and has no number of its own.
            number, lead, self._apart = "", 0, False
        return boxes

    def _text(self, paragraph: "_Element", place: Place) -> tuple[str, int, list["_Element"]]:
        """Return the text of a paragraph, how much of it is set apart from its begin on, and what is in its text boxes.

        The boxes are not looked into: who asks goes on with them.
        """
        self._paragraphs += 1
        if self._paragraphs > MOST_PARAGRAPHS:
            why = N_("the document has more than {limit} paragraphs, blank ones counted")
            raise DocumentError.at(Place(self._name), why, limit=MOST_PARAGRAPHS)
        pieces: list[str] = []
        boxes: list[_Element] = []
        length = lead = 0
        led = True
        stack = [_content(paragraph)]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
                continue
            tag = element.tag
            if tag in _TEXTS:
                text = element.text or ""
                pieces.append(text)
                length += len(text)
                led = led and self._styles.is_lead(element.getparent())
                lead = length if led else lead
            elif tag in _SIGNS:
                pieces.append(_SIGNS[str(tag)])
                length += 1
            elif tag == _BOX:
                boxes += _content(element)
            elif tag in _ODD:
                self._note(element, place)
            else:
                if element.get(_LINK) in self._links:
                    address = cleaned(self._links[str(element.get(_LINK))], self._name)
                    self.notes.append(Note(place, address, Message(N_("an address, which is not taken over"))))
                stack.append(_content(element))
        return cleaned("".join(pieces), self._name), lead, boxes

    def _note(self, element: "_Element", place: Place) -> None:
        """Note what has no place in the text: what was deleted, how a word is read, a sign of a font of signs."""
        if element.tag == W + "sym":
            text, why = str(element.get(W + "char") or ""), N_("a sign of a font of signs, which no text holds")
        elif element.tag == _PICTURE:
            text, why = str(element.get("descr") or ""), N_("a picture, which is not taken over")
        else:
            text = "".join(str(each.text or "") for each in _within(element) if each.tag in _DELETED)
            why = N_("how a word is read") if element.tag == W + "rt" else N_("deleted in the document")
        if text:
            self.notes.append(Note(place, cleaned(text, self._name), Message(why)))

    def _table(self, table: "_Element") -> list["_Element"]:
        """Take a table with all in its cells, and return what is in their text boxes."""
        self._count += 1
        place = Place(self._name, self._count)
        hanging: list[_Element] = []
        rows = [
            [(self._cell(cell, place, hanging), _span(cell)) for cell in _below(row, "tc")]
            for row in _below(table, "tr")
        ]
        width = max((sum(span for _, span in row) for row in rows), default=0)
        self._cells.add(len(rows), width, self._count)
        if any(text for row in rows for text, _ in row):
            self.lines.append(Line("", place, apart=True, table=Cells(tuple(_filled(row, width) for row in rows))))
        self._apart = False
        return hanging

    def _cell(self, cell: "_Element", place: Place, hanging: list["_Element"]) -> str:
        """Return the text of a cell, with that of tables in it; what is in its text boxes goes into ``hanging``."""
        texts: list[str] = []
        stack = [_content(cell)]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
            elif element.tag == W + "p":
                text, _, boxes = self._text(element, place)
                number = self._numbering.next(self._styles.of(element).number)
                texts.append(number + " ".join(filter(None, map(stripped, BREAK.split(text)))))
                hanging += boxes
            else:
                stack.append(_content(element))
        return _joined(texts)


def _filled(row: list[tuple[str, int]], width: int) -> tuple[str, ...]:
    """Return the cells of a row with blank ones where a cell takes several columns, and at its end."""
    cells = [cell for text, span in row for cell in (text, *[""] * (span - 1))]
    return (*cells, *[""] * (width - len(cells)))


def _joined(texts: list[str]) -> str:
    joined = ""
    for text in filter(None, texts):
        joined += (" " if joined and joined[-1].isascii() and text[0].isascii() else "") + text
    return joined


def _content(element: "_Element") -> Iterator["_Element"]:
    """Yield the children that may hold text; of alternatives the first."""
    for child in element:
        if child.tag not in _SKIPPED:
            yield child
            if element.tag == _ALTERNATIVES:
                return


def _within(element: "_Element") -> Iterator["_Element"]:
    """Yield all that may hold text within an element, in its order, each once."""
    stack = [_content(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        else:
            yield child
            stack.append(_content(child))


def _below(element: "_Element", name: str) -> Iterator["_Element"]:
    """Yield the rows of a table, or the cells of a row, wherever Word put them; not those of a table within it."""
    stack = list(reversed(list(element)))
    while stack:
        child = stack.pop()
        if child.tag == W + name:
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml"):
            stack += reversed(list(child))


def _span(cell: "_Element") -> int:
    found = next(cell.iterfind(f"{W}tcPr/{W}gridSpan"), None)
    value = str(found.get(W + "val") or "") if found is not None else ""
    return min(max(int(value), 1), _WIDEST_CELL) if value.isdecimal() and len(value) < 4 else 1
