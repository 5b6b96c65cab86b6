"""Word documents: the paragraphs and tables of the main part, with automatic numbers and heading styles.

Content outside the text (footnotes, headers, comments) and hidden or deleted text is noted. Text boxes and WordArt
follow the paragraph that they are anchored to; tables in the cells of a table follow that table. The place of a
paragraph is its number in the document, in ``line``.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kepu_docs.errors import N_, Message, Place
from kepu_docs.importing.lines import CellCount, Content, Line, Note
from kepu_docs.importing.reading.characters import BREAK, stripped
from kepu_docs.importing.reading.word_elements import SKIPPED, TEXT_PATH, W, content
from kepu_docs.importing.reading.word_line import LeftOut, Text
from kepu_docs.importing.reading.word_numbers import PART as NUMBERING
from kepu_docs.importing.reading.word_numbers import Numbering
from kepu_docs.importing.reading.word_parts import Related
from kepu_docs.importing.reading.word_styles import PART as STYLES
from kepu_docs.importing.reading.word_styles import Styles
from kepu_docs.importing.reading.word_tables import Tables
from kepu_docs.importing.reading.word_text import Texts
from kepu_docs.reading.embedded import record_among

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARAGRAPH: Final = W + "p"
_TABLE: Final = W + "tbl"
_CONTROL: Final = W + "sdt"
_BESIDE: Final = {
    W + "footnotes": N_("a footnote, which has no place in a record"),
    W + "endnotes": N_("an endnote, which has no place in a record"),
    W + "comments": N_("a comment, which is not part of the text"),
    W + "hdr": N_("the page header, which is not part of the text"),
    W + "ftr": N_("the page footer, which is not part of the text"),
}
_ON_EACH_PAGE: Final = (W + "hdr", W + "ftr")
_GLOSSARY: Final = "glossary/"
"""The folder of building blocks, which are not part of the document."""
_JOINING: Final = (b":del ", b":del/", b":moveFrom ", b":moveFrom/", b"dropCap")
"""A part contains one of these if a paragraph continues in the next one."""
_DROPPED: Final = ("drop", "margin")

_page_number = re.compile(r"[\W_]*+\d{0,4}+[\W_]*+")


def read_word_document(data: bytes, name: str) -> Content:
    """Return the content of a Word document.

    Raises ``DocumentError`` for a document that is broken or refused, or contains more than a record can.
    """
    place = Place(name)
    related = Related.read(data, place)
    styles = Styles.read(related.root("styles", STYLES))
    numbering = Numbering.read(related.root("numbering", NUMBERING), styles)
    record = record_among(related.roots.items()) or ""
    reader = _Reader(name, related, related.main, styles, numbering, is_ours=bool(record))
    body = related.roots[related.main].find(W + "body")
    if body is not None:
        reader.read(body)
    content = Content(name, reader.lines, reader.notes, record)
    content.notes += _beside(related, styles, place, is_ours=bool(record))
    return content


def _beside(related: Related, styles: Styles, place: Place, *, is_ours: bool) -> Iterator[Note]:
    """Yield notes on the content outside the text; content that several types of pages share is noted once."""
    known: set[tuple[str, str]] = set()
    for part, root in related.roots.items():
        why = _BESIDE.get(str(root.tag))
        if why is None or _GLOSSARY in part:
            continue
        reader = _Reader(place.record, related, part, styles, Numbering({}, {}, {}, {}), is_ours=is_ours)
        reader.read(root)
        on_each_page = root.tag in _ON_EACH_PAGE
        notes = [Note(place, line.shown, Message(why)) for line in reader.lines]
        notes = [note for note in notes if not (on_each_page and _page_number.fullmatch(note.text))]
        notes += [Note(place, note.text, note.why) for note in reader.notes]
        yield from (note for note in notes if (note.text, note.why.text) not in known)
        if on_each_page:
            known |= {(note.text, note.why.text) for note in notes}


class _Reader:
    """Makes lines from one part of a document."""

    def __init__(
        self, name: str, related: Related, part: str, styles: Styles, numbering: Numbering, *, is_ours: bool
    ) -> None:
        """``is_ours`` says that the document carries its record, the source of its contents and drawings."""
        self._name = name
        self._left_out = LeftOut(name)
        self._texts = Texts(self._left_out, related, part, styles, is_ours=is_ours)
        self._tables = Tables(self._texts, self._left_out, CellCount(name), self._cell)
        self._styles = styles
        self._numbering = numbering
        self._is_ours = is_ours
        self._count = 0
        self._apart = False
        self._joins = related.mentions(part, *_JOINING)
        self._before: list[Text] = []
        self._contents: list[str] = []
        self._contents_at: Place | None = None
        self.lines: list[Line] = []

    @property
    def notes(self) -> list[Note]:
        """The content that has no place among the lines."""
        return self._left_out.notes

    def read(self, body: "_Element") -> None:
        """Process all paragraphs and tables, each once, in order; a stack follows Word's nesting."""
        stack = [iter((body,))]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
            elif element.tag == _PARAGRAPH:
                # Anchored content comes after its paragraph and before the next one.
                boxes = self._paragraph(element)
                if boxes:
                    stack.append(iter(boxes))
            elif element.tag == _TABLE:
                stack.append(iter(self._table(element)))
            elif element.tag == TEXT_PATH:
                self._word_art(element)
            elif element.tag == _CONTROL and self._texts.is_prompt(element, Place(self._name, self._count + 1)):
                self._count += 1
            elif element.tag not in SKIPPED:
                stack.append(content(element))
        if self._contents_at is not None and not self._is_ours:
            self._left_out.note(
                self._contents_at, "；".join(self._contents), N_("the table of contents, which is made again")
            )

    def _paragraph(self, paragraph: "_Element") -> "list[_Element]":
        """Process a paragraph, and return the paragraphs of the text boxes in it."""
        self._count += 1
        text = self._texts.read(paragraph, Place(self._name, self._count), led=True)
        if self._joins:
            if _goes_on(paragraph):
                self._before.append(text)
                return []
            text = self._joined(text)
        style = self._styles.of(paragraph)
        shown = _pieces(text.shown)
        if not any(shown):
            self._apart = True
            return text.boxes
        if style.is_contents:
            self._contents_at = self._contents_at or text.place
            self._contents += filter(None, shown)
            return text.boxes
        number, lead = self._numbering.next(style.number), text.lead
        for piece in filter(None, shown):
            line = Line(piece, text.place, number, style.level, min(lead, len(piece)), style.aside, self._apart)
            self.lines.append(line)
            # After a soft break the same heading or paragraph continues, without a number of its own.
            number, lead, self._apart = "", 0, False
        return text.boxes

    def _joined(self, text: Text) -> Text:
        """Return the text of a paragraph, with the preceding text that continues in it because its end was deleted."""
        if not self._before:
            return text
        texts, self._before = [*self._before, text], []
        lead = 0
        for each in texts:
            lead += each.lead
            if each.lead < len(each.shown):
                break
        boxes = [box for each in texts for box in each.boxes]
        return Text(text.place, lead=lead, boxes=boxes, shown="".join(each.shown for each in texts))

    def _word_art(self, path: "_Element") -> None:
        """Process the words of WordArt, which is usually in the middle of the page."""
        for piece in filter(None, _pieces(self._left_out.checked(str(path.get("string") or "")))):
            self.lines.append(Line(piece, Place(self._name, self._count), aside=True, apart=self._apart))
            self._apart = False

    def _table(self, table: "_Element") -> "list[_Element]":
        """Process a table with all its cells, and return the content anchored in them."""
        self._count += 1
        place = Place(self._name, self._count)
        cells, hanging = self._tables.read(table, place)
        if cells is not None:
            self.lines.append(Line("", place, apart=True, table=cells))
        self._apart = False
        return hanging

    def _cell(self, cell: "_Element", place: Place, hanging: "list[_Element]") -> str:
        """Return the text of a cell; its text boxes and nested tables go into ``hanging``."""
        texts: list[str] = []
        stack: list[Iterator[_Element]] = [iter(cell)]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
            elif element.tag == _PARAGRAPH:
                text = self._texts.read(element, place)
                if self._joins:
                    if _goes_on(element):
                        self._before.append(text)
                        continue
                    text = self._joined(text)
                hanging += text.boxes
                number = self._numbering.next(self._styles.of(element).number)
                texts.append(number + " ".join(filter(None, _pieces(text.shown))))
            elif element.tag == _TABLE:
                hanging.append(element)
                why = N_("a table in a cell of another table; it follows that table in the record")
                self._left_out.note(place, "", why)
            elif element.tag not in SKIPPED and not (element.tag == _CONTROL and self._texts.is_prompt(element, place)):
                stack.append(content(element))
        return _together(texts)


def _pieces(text: str) -> list[str]:
    """Return the lines of a text, without blanks around them; printable text contains no line breaks."""
    return [stripped(text)] if text.isprintable() else [stripped(piece) for piece in BREAK.split(text)]


def _goes_on(paragraph: "_Element") -> bool:
    """Return whether a paragraph continues in the next one: its end was deleted, or it is a drop cap."""
    properties = paragraph.find(W + "pPr")
    if properties is None:
        return False
    following = paragraph.getnext()
    if following is None or following.tag != _PARAGRAPH:
        return False
    end = properties.find(W + "rPr")
    if end is not None and any(end.find(W + name) is not None for name in ("del", "moveFrom")):
        return True
    frame = properties.find(W + "framePr")
    return frame is not None and frame.get(W + "dropCap") in _DROPPED


def _together(texts: list[str]) -> str:
    joined = ""
    for text in filter(None, texts):
        joined += (" " if joined and joined[-1].isascii() and text[0].isascii() else "") + text
    return joined
