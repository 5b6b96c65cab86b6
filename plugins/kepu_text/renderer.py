"""Blocks to plain text.

Decisions that plain text leaves open:

- headings and list entries are indented like paragraphs, as GB/T 9704 has them; there is a blank line before a heading
  of level 1, and around tables, pictures, the attachment note and the signature;
- in languages of the Latin script nothing is indented: a blank line separates all blocks, the signature is at the left;
- a picture is a line that names it and says what it shows;
- a chart is a table of its figures;
- a letterhead is above the title and an imprint at the end, each separated from the text by a blank line;
- a page break is two blank lines: the form feed is a control character, which editors show as a box;
- author, subject and keywords are left out: a text file holds only what is shown.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import ClassVar, assert_never

from kepu_docs.plugin import (
    AttachmentNote,
    Block,
    Chart,
    Document,
    Figure,
    Heading,
    ListBlock,
    OverrideFunction,
    PageBreak,
    Paragraph,
    SectionPart,
    SectionSpan,
    Signature,
    Table,
    blank,
    caption_of,
    is_latin,
    title_lines,
    width,
)
from kepu_text.letterhead import imprint_lines, letterhead_lines
from kepu_text.signature import signature_lines
from kepu_text.tables import table_lines
from kepu_text.wrapping import wrap

_APART = frozenset((Table, Figure, Chart, Signature, AttachmentNote))
"""Blocks with blank lines before and after them."""

_indent = re.compile("^\u3000+")  # written by the renderer: no text begins with white space

_INDENT = 4  # columns of two hanzi
_NARROWEST_PAGE = 24  # columns: a signature with its margins needs this many


@dataclass(frozen=True, slots=True)
class TextRenderer:
    r"""Renders a document as UTF-8 text with ``\n`` line ends and no byte order mark.

    ``width`` is the page's width in columns (a hanzi takes two), at least 24. With ``None`` each paragraph is one line
    and everything is at the left. ``overrides`` render the sections of some kinds.
    """

    format: ClassVar[str] = "txt"
    suffix: ClassVar[str] = ".txt"
    media_type: ClassVar[str] = "text/plain; charset=UTF-8"

    width: int | None = 80
    overrides: Mapping[str, OverrideFunction] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if self.width is not None and self.width < _NARROWEST_PAGE:
            raise ValueError(f"a page of {self.width} columns is too narrow; {_NARROWEST_PAGE} are needed")

    def overridden(self, overrides: Mapping[str, OverrideFunction]) -> "TextRenderer":
        """Return a renderer that calls these functions for the sections of these kinds."""
        return replace(self, overrides=overrides)

    def render(self, document: Document) -> bytes:
        """Return the text file."""
        latin = is_latin(document.locale)
        lines = letterhead_lines(document.letterhead, self.width, latin=latin)
        lines += _centred(document.title, self.width, document.words)
        if document.addressee:
            lines += ["", *([document.addressee] if self.width is None else wrap(document.addressee, self.width))]
        lines = _set(lines, latin=latin)
        apart = True
        for each in document.parted(self.overrides):
            if isinstance(each, SectionSpan):
                apart = self._section(each, document, lines, apart=apart, latin=latin)
            else:
                apart = self._write(each, lines, document.words, apart=apart, latin=latin)
        lines += _set(imprint_lines(document.imprint, self.width, latin=latin), latin=latin)
        return ("\n".join(lines).rstrip("\n") + "\n").encode()

    def _write(
        self, blocks: Iterable[Block], lines: list[str], words: tuple[str, ...], *, apart: bool, latin: bool
    ) -> bool:
        """Append the lines of ``blocks``; return whether a blank line is needed before what follows.

        ``apart`` says the same of what is before them.
        """
        page, indent = self.width, 0 if latin else _INDENT
        lead = blank(indent)
        for block in blocks:
            before, apart = apart, type(block) in _APART
            match block:
                case Paragraph():
                    made = _paragraph(block.text, page, indent, lead)
                case Heading():
                    before = before or _begins_part(block)
                    made = _paragraph(block.number + block.text + block.body, page, indent, lead)
                case ListBlock():
                    made = _list(block, page, indent, lead)
                case Table():
                    made = _table(block, page, words)
                case Figure():
                    made = _figure(block, page, words, latin=latin)
                case Chart():
                    made = _table(block.table, page, words)
                case Signature():
                    made = signature_lines(block, page, words, at_left=latin)
                case AttachmentNote():
                    made = _attachment_note(block, page, indent)
                case PageBreak():
                    made = ["", ""]
                case _:
                    assert_never(block)
            if (before or apart or latin) and lines and lines[-1]:
                lines.append("")
            lines += _set(made, latin=True) if latin else made
        return apart

    def _section(self, span: SectionSpan, document: Document, lines: list[str], *, apart: bool, latin: bool) -> bool:
        """Append what an override makes of its section; return whether a blank line is needed before what follows."""
        default: list[str] = []
        after = False

        def shown(blocks: tuple[Block, ...]) -> str:
            nonlocal after
            default.clear()
            after = self._write(blocks, default, document.words, apart=False, latin=latin)
            return "\n".join(default)

        blocks = document.blocks[span.start : span.stop]
        part = SectionPart(span.kind, blocks, document.locale, shown)
        text = part.accept(self.overrides[span.kind](part))
        own = "\n".join(default)
        # Blank lines that the default has at its beginning or end are a page break and stay; others are removed.
        if not (default and text.startswith(own)):
            text = text.lstrip("\n")
        if not (default and text.endswith(own)):
            text, after = text.rstrip("\n"), False
        if not text:
            return apart
        first = blocks[0]
        if (apart or latin or type(first) in _APART or _begins_part(first)) and lines[-1]:
            lines.append("")
        lines += text.split("\n")
        return after


def _set(lines: list[str], *, latin: bool) -> list[str]:
    """Return the renderer's lines with indents in the blanks of the language."""
    return [_indent.sub(lambda blank: "  " * len(blank[0]), line) for line in lines] if latin else lines


def _begins_part(block: Block) -> bool:
    """Return whether a blank line is needed before ``block``."""
    return isinstance(block, Heading) and block.level == 1


def _paragraph(text: str, page: int | None, indent: int, lead: str) -> list[str]:
    """Return the lines of a paragraph; ``lead`` is the blank of its ``indent``."""
    # A character takes two columns at most: short text fits, whatever it is.
    if page is None or 2 * len(text) <= page - indent:
        return [lead + text]
    lines = wrap(text, page, page - indent)
    lines[0] = lead + lines[0]
    return lines


def _centred(text: str, page: int | None, words: tuple[str, ...]) -> list[str]:
    if page is None:
        return [text]
    # The lines of a very long title are not chosen, so they may be wider than the page.
    lines = [each for line in title_lines(text, page, words, width) for each in wrap(line.rstrip(), page)]
    return [blank((page - width(line)) // 2) + line for line in lines]


def _list(block: ListBlock, page: int | None, indent: int, lead: str) -> list[str]:
    """Return a paragraph an entry; 一是 has no space after it, but ``1.`` would run into a figure that follows."""
    lines: list[str] = []
    blank_after = "" if block.style == "ordinal" else " "
    for item in block.items:
        number = "•" if block.style == "bullet" else item.number
        lines += _paragraph(f"{number}{blank_after}{item.lead}{item.text}", page, indent, lead)
    return lines


def _table(table: Table, page: int | None, words: tuple[str, ...]) -> list[str]:
    caption = caption_of(table)
    return [*(_centred(caption, page, words) if caption else ()), *table_lines(table.columns, table.rows, page)]


def _figure(figure: Figure, page: int | None, words: tuple[str, ...], *, latin: bool) -> list[str]:
    parts = filter(None, (caption_of(figure), figure.alt if figure.alt != figure.caption else ""))
    return _centred(f"[{': '.join(parts)}]" if latin else f"［{'：'.join(parts)}］", page, words)


def _attachment_note(note: AttachmentNote, page: int | None, indent: int) -> list[str]:
    """Return the note: names one below the other, aligned with their own later lines (GB/T 9704-2012, 7.3.4)."""
    if len(note.names) == 1:
        labels = [""]
    else:
        field = len(f"{len(note.names)}. ")
        labels = [f"{place}.".ljust(field) for place in range(1, len(note.names) + 1)]
    lead = blank(indent) + note.lead
    lines: list[str] = []
    for label, name in zip(labels, note.names, strict=True):
        head = (blank(width(lead)) if lines else lead) + label
        at = width(head)
        first, *later = [name] if page is None else wrap(name, max(page - at, _INDENT))
        lines += [head + first, *(blank(at) + line for line in later)]
    return lines
