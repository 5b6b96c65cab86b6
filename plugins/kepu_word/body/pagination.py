"""Estimates the page of each heading before anybody has opened the document.

Only a word processor knows the pages of a document, and none runs when a document is made. But the looks set text with
exact line heights, so the lines of a finished text can be counted: paragraphs are broken into lines by the widths
of their characters, and lines are placed on pages by the rules that Word and LibreOffice share (paragraphs kept with
the next one, rows that do not break, repeated head rows, no widows). docs/word-documents.md measures how accurate the
count is.

The text is read as kepu-docs writes it, by its tags: parsing it as XML would take longer than making it.

All lengths are in twips.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from kepu_docs.plugin import Document, Heading, ListBlock
from kepu_word.body.line_count import lines_of
from kepu_word.body.sheet import Sheet
from kepu_word.look.units import EMU_A_TWIP

_WIDOW: Final = 2

TRUSTED_PAGES: Final = 20
"""In a longer document, an error of one line has moved too many headings to another page."""

_TEXT: Final = re.compile("<w:t(?: [^<>]*)?>([^<]*)")
_MARK: Final = re.compile('<w:bookmarkStart [^<>]*w:name="([^"<]*)"')
_DRAWN: Final = re.compile('<wp:inline [^<>]*><wp:extent [^<>]*cy="([0-9]+)"')
_CELL_WIDTH: Final = re.compile('<w:tcW w:w="([0-9]+)"')
# The text box of the imprint, which contains a table.
_SHAPE: Final = "<mc:AlternateContent"
_SHAPE_END: Final = "</mc:AlternateContent>"


class _Strip(NamedTuple):
    """A strip of a page from edge to edge: the lines of a paragraph, or a table row.

    A ``solid`` strip does not break across pages; ``head`` is the height of the rows that are repeated above it if it
    begins a page. ``names`` are the bookmarks in it.
    """

    lines: tuple[int, ...]
    before: int = 0
    after: int = 0
    keep_next: bool = False
    new_page: bool = False
    solid: bool = False
    head: int = 0
    names: tuple[str, ...] = ()

    @property
    def least(self) -> int:
        """The fewest lines that may be left at the foot of a page without widows there or on the next page."""
        count = len(self.lines)
        return count if self.solid or count < 2 * _WIDOW else _WIDOW


def numbers_shown(document: Document) -> Iterator[str]:
    """Yield the numbers that Word writes itself, in order: those of headings and list entries."""
    for block in document.blocks:
        match block:
            case Heading(number=number) if number:
                yield number
            case ListBlock(style="bullet"):
                yield from ("- " for _ in block.items)
            case ListBlock(level=level) if level is not None:
                blank = " " if level.pattern.endswith(".") else ""
                yield from (item.number + blank for item in block.items)
            case _:
                pass


def pages(body: str, sheet: Sheet, numbers: Iterator[str]) -> dict[str, int]:
    """Return the page (from 1) of each bookmark in the text of a main part, without what is around it.

    ``numbers`` are the numbers of the paragraphs that Word numbers.
    """
    if _SHAPE in body:
        body = _with_texts_of_shapes(body)
    return _laid(_Reader(sheet, numbers).strips(body), sheet.height, body.count("<w:bookmarkStart "))


class _Reader:
    """Turns the text of one document into strips."""

    def __init__(self, sheet: Sheet, numbers: Iterator[str]) -> None:
        self._sheet = sheet
        self._numbers = numbers

    def strips(self, body: str) -> Iterator[_Strip]:
        """Yield the strips of the body."""
        before, *tables = body.split("<w:tbl>")
        yield from self._paragraphs(before)
        for each in tables:
            table, _, after = each.partition("</w:tbl>")
            yield from self._table(table)
            yield from self._paragraphs(after)

    def _paragraphs(self, xml: str) -> Iterator[_Strip]:
        # What is around paragraphs, such as the frame of the table of contents, is of no height.
        for paragraph in xml.split("</w:p>")[:-1]:
            yield self._paragraph(paragraph, self._sheet.width)

    def _paragraph(self, xml: str, width: int) -> _Strip:
        """Return the strip of a paragraph; ``xml`` ends with it, and may begin before it."""
        properties, _, content = xml.partition("<w:pPr>")[2].partition("</w:pPr>")
        setting = self._sheet.setting_of(properties)
        if drawn := "<wp:inline " in content and _DRAWN.findall(content):
            lines: tuple[int, ...] = (max(*(int(height) // EMU_A_TWIP for height in drawn), setting.line),)
        else:
            text = next(self._numbers, "") if setting.numbered else ""
            room = width - setting.left - setting.right
            count, first = 0, setting.first
            for part in content.split("<w:br/>"):
                text += "".join(_TEXT.findall(part))
                count += lines_of(_unescaped(text), setting, room, first, self._sheet.punctuation)
                text, first = "", 0
            lines = (setting.height,) * count
        if setting.border:
            lines = (*lines[:-1], lines[-1] + setting.border)
        names = tuple(_MARK.findall(content)) if "<w:bookmarkStart " in content else ()
        return _Strip(lines, setting.before, setting.after, setting.keep_next, setting.new_page, names=names)

    def _table(self, xml: str) -> Iterator[_Strip]:
        opening, *rows = xml.split("<w:tr>")
        rules = self._sheet.rules_of(opening.partition("<w:tblGrid>")[0])
        head = 0
        for place, row in enumerate(rows, start=1):
            height = max(self._cell(cell, rules.padding) for cell in row.split("<w:tc>")[1:])
            height += rules.outer if place == len(rows) else rules.inner
            if place == 1:
                height += rules.outer
            is_head = "<w:tblHeader/>" in row
            # A head row is kept with the next row; other rows have this property in their first paragraph.
            yield _Strip((height,), solid=True, head=head, keep_next=is_head or "<w:keepNext/>" in row)
            if is_head:
                head += height

    def _cell(self, xml: str, padding: int) -> int:
        found = _CELL_WIDTH.search(xml)
        width = int(found[1]) - padding if found else 0
        height = above = 0
        for strip in (self._paragraph(each, width) for each in xml.split("</w:p>")[:-1]):
            height += max(above, strip.before) + sum(strip.lines)
            above = strip.after
        return height + above


def _with_texts_of_shapes(body: str) -> str:
    """Return a text in which of each shape only its texts stay, in the paragraph that holds it."""
    kept, *shapes = body.split(_SHAPE)
    for each in shapes:
        shape, _, after = each.partition(_SHAPE_END)
        kept += "".join(found[0] for found in _TEXT.finditer(shape)) + after
    return kept


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _laid(strips: Iterable[_Strip], height: int, marks: int) -> dict[str, int]:
    """Place strips on pages of this ``height``, and return the page of each bookmark; there are so many ``marks``."""
    pile = _Pile(height)
    chain: list[_Strip] = []
    for strip in strips:
        if strip.new_page and chain:
            pile.lay(chain)
            chain = []
        chain.append(strip)
        if not strip.keep_next:
            pile.lay(chain)
            chain = []
            if len(pile.found) == marks:  # nothing looks for what follows the last one
                break
    if chain:
        pile.lay(chain)
    return pile.found


class _Pile:
    """Pages that are filled in turn."""

    def __init__(self, height: int) -> None:
        self._height = height
        self._page = 1
        self._used = 0
        self._above = 0
        self.found: dict[str, int] = {}

    def lay(self, chain: list[_Strip]) -> None:
        """Place strips that are kept together: all whole except the last, which may break after its ``least`` lines."""
        first = chain[0]
        if self._used and (first.new_page or self._used + self._least(chain) > self._height):
            self._turn(first.head)
        for strip in chain:
            self._place(strip)

    def _turn(self, head: int = 0) -> None:
        self._page += 1
        self._used = head
        self._above = 0

    def _least(self, chain: list[_Strip]) -> int:
        above, height = self._above, 0
        for strip in chain[:-1]:
            height += max(above, strip.before) + sum(strip.lines)
            above = strip.after
        last = chain[-1]
        return height + max(above, last.before) + sum(last.lines[: last.least])

    def _place(self, strip: _Strip) -> None:
        self._used += max(self._above, strip.before)
        self.found |= dict.fromkeys(strip.names, self._page)
        left = strip.lines
        while left and self._used + sum(left) > self._height:
            fitting = max(self._fitting(left), 1)
            kept = min(fitting, len(left) - _WIDOW)
            kept = kept if kept >= _WIDOW else fitting
            left = left[kept:]
            self._turn(strip.head)
        self._used += sum(left)
        self._above = strip.after

    def _fitting(self, lines: tuple[int, ...]) -> int:
        """Return how many of ``lines`` still fit on the page."""
        room = self._height - self._used
        count = 0
        for height in lines:
            room -= height
            if room < 0:
                break
            count += 1
        return count
