"""Estimates the page of each heading before anybody has opened the document.

Only a word processor knows the pages of a document, and none runs when a document is made. But the looks set text with
exact line heights, so the lines of a finished main part can be counted: paragraphs are broken into lines by the widths
of their characters, and lines are placed on pages by the rules that Word and LibreOffice share (paragraphs kept with
the next one, rows that do not break, repeated head rows, no widows). docs/word-documents.md measures how accurate the
count is.

All lengths are in twips.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from lxml import etree

from kepu_docs.plugin import Document, Heading, ListBlock, Look, PunctuationLook, graphemes, may_break
from kepu_word.look.units import EMU_A_TWIP, TWIPS_A_POINT, line_twips, text_twips, twips
from kepu_word.package.parts import DRAWING, W

_W: Final = f"{{{W}}}"
_WP: Final = f"{{{DRAWING}/wordprocessingDrawing}}"
# The natural line height of a font, as a multiple of its size.
_NATURAL: Final = 1.3
_WIDOW: Final = 2

TRUSTED_PAGES: Final = 20
"""In a longer document, an error of one line has moved too many headings to another page."""

_HANGING: Final = frozenset("、。，．,.")


@dataclass(frozen=True, slots=True)
class Setting:
    """How the paragraphs of a style are set.

    ``line`` is an exact line height, or 0 if it is the font's own height times ``stretch`` / 240. ``border`` is the
    height of the rules above and below.
    """

    size: int = 0
    spacing: int = 0
    line: int = 0
    stretch: int = 240
    before: int = 0
    after: int = 0
    left: int = 0
    right: int = 0
    first: int = 0
    border: int = 0
    keep_next: bool = False
    new_page: bool = False
    numbered: bool = False

    @property
    def height(self) -> int:
        """The height of a line of text."""
        return self.line or round(self.size * _NATURAL * self.stretch / 240)


@dataclass(frozen=True, slots=True)
class Rules:
    """The measures of the tables of a style besides their text: rules around and inside, and cell margins."""

    outer: int = 0
    inner: int = 0
    padding: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The measures for counting pages: the type area, and how styles set paragraphs and tables."""

    width: int
    height: int
    paragraphs: Mapping[str, Setting]
    tables: Mapping[str, Rules]
    punctuation: PunctuationLook

    @classmethod
    def of(cls, look: Look, styles: bytes) -> "Sheet":
        """Return the sheet of a look; ``styles`` is its styles part."""
        paragraphs: dict[str, Setting] = {}
        tables: dict[str, Rules] = {}
        for style in etree.fromstring(styles).iter(f"{_W}style"):
            identity = style.get(f"{_W}styleId", "")
            if style.get(f"{_W}type") == "table":
                tables[identity] = _rules(style)
                continue
            base = style.find(f"{_W}basedOn")
            setting = paragraphs.get(base.get(f"{_W}val", ""), Setting()) if base is not None else Setting()
            paragraphs[identity] = _set(_set(setting, style.find(f"{_W}pPr")), style.find(f"{_W}rPr"))
        return cls(
            width=text_twips(look.page),
            # Whole lines: LibreOffice leaves the rest blank, half of it above the text.
            height=twips(look.page.text_height) // line_twips(look.page) * line_twips(look.page),
            paragraphs=paragraphs,
            tables=tables,
            punctuation=look.punctuation,
        )


def _rules(style: Any) -> Rules:
    """Return the rules of a table style or of a table."""

    def number(path: str, attribute: str) -> int:
        member = style.find("/".join(f"{_W}{name}" for name in ("tblPr", *path.split("/"))))
        return 0 if member is None else int(member.get(f"{_W}{attribute}"))

    return Rules(
        outer=number("tblBorders/top", "sz") * TWIPS_A_POINT // 8,
        inner=number("tblBorders/insideH", "sz") * TWIPS_A_POINT // 8,
        padding=number("tblCellMar/left", "w") + number("tblCellMar/right", "w"),
    )


def _set(setting: Setting, properties: Any) -> Setting:
    """Return ``setting`` with the changes of a ``w:pPr`` or ``w:rPr``."""
    changes: dict[str, Any] = {}
    for member in () if properties is None else properties:
        kind = member.tag.removeprefix(_W)
        value = member.get(f"{_W}val")
        if kind == "sz":
            changes["size"] = int(value) * TWIPS_A_POINT // 2
        elif kind == "spacing" and value is not None:
            changes["spacing"] = int(value)
        elif kind == "spacing":
            given = _numbers(member, "before", "after", "line")
            if "line" in given and member.get(f"{_W}lineRule") != "exact":
                given |= {"line": 0, "stretch": given["line"]}
            changes |= given
        elif kind == "ind":
            given = _numbers(member, "left", "right", "firstLine", "hanging")
            if not given.keys().isdisjoint(("firstLine", "hanging")):
                given["first"] = given.pop("firstLine", 0) - given.pop("hanging", 0)
            changes |= given
        elif kind == "pBdr":
            sides = [side for side in member if side.tag in (f"{_W}top", f"{_W}bottom")]
            changes["border"] = sum(
                int(side.get(f"{_W}space", 0)) * TWIPS_A_POINT + int(side.get(f"{_W}sz", 0)) * TWIPS_A_POINT // 8
                for side in sides
            )
        elif kind == "keepNext":
            changes["keep_next"] = value != "0"
        elif kind == "pageBreakBefore":
            changes["new_page"] = value != "0"
        elif kind == "numPr":
            number = member.find(f"{_W}numId")
            changes["numbered"] = number is None or number.get(f"{_W}val") != "0"
    return replace(setting, **changes) if changes else setting


def _numbers(member: Any, *names: str) -> dict[str, int]:
    """Return the numeric attributes that an element has."""
    return {name: int(value) for name in names if (value := member.get(f"{_W}{name}"))}


@dataclass(frozen=True, slots=True)
class _Strip:
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


def pages(main: bytes, sheet: Sheet, numbers: Iterator[str]) -> dict[str, int]:
    """Return the page (from 1) of each bookmark in a main part.

    ``numbers`` are the numbers of the paragraphs that Word numbers.
    """
    return _laid(_Reader(sheet, numbers).strips(etree.fromstring(main)[0]), sheet.height)


class _Reader:
    """Turns the main part of one document into strips."""

    def __init__(self, sheet: Sheet, numbers: Iterator[str]) -> None:
        self._sheet = sheet
        self._numbers = numbers

    def strips(self, body: Any) -> Iterator[_Strip]:
        """Yield the strips of the body, or of an element that contains blocks."""
        for element in body:
            kind = element.tag.removeprefix(_W)
            if element.find(f"{_W}pPr/{_W}framePr") is not None or element.find(f"{_W}tblPr/{_W}tblpPr") is not None:
                # It has a fixed place on the page.
                continue
            if kind == "p":
                yield self._paragraph(element, self._sheet.width)
            elif kind == "tbl":
                yield from self._table(element)
            elif kind == "sdt":
                yield from self.strips(element.find(f"{_W}sdtContent"))

    def _paragraph(self, element: Any, width: int) -> _Strip:
        properties = element.find(f"{_W}pPr")
        style = properties.find(f"{_W}pStyle").get(f"{_W}val")
        setting = _set(self._sheet.paragraphs[style], properties)
        drawn = [int(inline.find(f"{_WP}extent").get("cy")) // EMU_A_TWIP for inline in element.iter(f"{_WP}inline")]
        if drawn:
            lines: tuple[int, ...] = (max(*drawn, setting.line),)
        else:
            lines = (setting.height,) * self._count(element, setting, width)
        return _Strip(
            (*lines[:-1], lines[-1] + setting.border),
            setting.before,
            setting.after,
            setting.keep_next,
            setting.new_page,
            names=tuple(mark.get(f"{_W}name") for mark in element.iter(f"{_W}bookmarkStart")),
        )

    def _count(self, element: Any, setting: Setting, width: int) -> int:
        """Return how many lines the text of a paragraph takes."""
        text = next(self._numbers, "") if setting.numbered else ""
        room = width - setting.left - setting.right
        count = 0
        first = setting.first
        for part in element.iter(f"{_W}t", f"{_W}br"):
            if part.tag == f"{_W}t":
                text += part.text or ""
            else:
                count += lines_of(text, setting, room, first, self._sheet.punctuation)
                text, first = "", 0
        return count + lines_of(text, setting, room, first, self._sheet.punctuation)

    def _table(self, element: Any) -> Iterator[_Strip]:
        rules = self._sheet.tables[element.find(f"{_W}tblPr/{_W}tblStyle").get(f"{_W}val")]
        padding = _rules(element).padding or rules.padding  # a table's own margins override its style's
        head = 0
        rows = element.findall(f"{_W}tr")
        for place, row in enumerate(rows, start=1):
            height = max(self._cell(cell, padding) for cell in row.iter(f"{_W}tc"))
            height += rules.outer if place == len(rows) else rules.inner
            if place == 1:
                height += rules.outer
            is_head = row.find(f"{_W}trPr/{_W}tblHeader") is not None
            # A head row is kept with the next row; other rows have this property in their first paragraph.
            kept = is_head or row.find(f".//{_W}keepNext") is not None
            yield _Strip((height,), solid=True, head=head, keep_next=kept)
            if is_head:
                head += height

    def _cell(self, cell: Any, padding: int) -> int:
        width = int(cell.find(f"{_W}tcPr/{_W}tcW").get(f"{_W}w")) - padding
        height = above = 0
        for strip in (self._paragraph(each, width) for each in cell.iter(f"{_W}p")):
            height += max(above, strip.before) + sum(strip.lines)
            above = strip.after
        return height + above


def lines_of(text: str, setting: Setting, room: int, first: int, rules: PunctuationLook) -> int:
    """Return how many lines ``text`` takes in ``room``; ``first`` is the first line's indent."""
    advance = setting.size + setting.spacing
    half = setting.size // 2 + setting.spacing
    count = 1
    used = at_break = first
    before = ""
    units = graphemes(text)
    for place, character in enumerate(units):
        taken = half if character.isascii() else advance
        blank = setting.size // 4 if rules.space_latin and _parted(before, character) else 0
        if before and may_break(units, place):
            at_break = used + blank
        used += blank
        if used + taken > room and character != " " and not (rules.hanging and character in _HANGING):
            count += 1
            # What follows the last possible break moves to the next line; if there was none, the line breaks here.
            used = max(used - at_break, 0)
            if used + taken > room:
                used = 0
            at_break = 0
        used += taken
        before = character
    return count


def _parted(before: str, after: str) -> bool:
    """Return whether a space is set between the two: a hanzi and a narrow letter or digit."""
    return before.isalnum() and after.isalnum() and before.isascii() != after.isascii()


def _laid(strips: Iterable[_Strip], height: int) -> dict[str, int]:
    """Place strips on pages, and return the page of each bookmark."""
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
