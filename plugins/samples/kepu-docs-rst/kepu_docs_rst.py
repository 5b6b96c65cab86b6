"""The format ``rst``: a summary as reStructuredText, for documentation that is built with Sphinx or docutils.

Decisions that the format leaves open: the title is underlined and overlined, and sections below it are underlined; a
run-in heading begins its paragraph in bold; numbers that reStructuredText does not have (一是, （1）) come before a
paragraph; a chart is the table of its figures; a page break is a comment, since the format has no pages.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, assert_never

from kepu_docs.plugin import (
    AttachmentNote,
    Block,
    Chart,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    OverrideFunction,
    PageBreak,
    Paragraph,
    Renderer,
    SectionPart,
    SectionSpan,
    Signature,
    Table,
    caption_of,
    hookimpl,
)

# Inside a line these begin or end markup: emphasis, literals, substitutions, references, targets.
_MARKUP = re.compile(r"[\\*`|_]")
# At the start of a line these begin a block: a list, a field, a comment, an option, an underline, a numbered entry.
_BLOCK = re.compile(r"[!-/:-@\[\]^{-~•‣⁃]|\\+$|(?:\w{1,9}|#)[.)](?= |$)")
_UNDERLINES = "=-~^"


@dataclass(frozen=True, slots=True)
class RstRenderer:
    """Renders a document as UTF-8 reStructuredText, one line per paragraph."""

    format: ClassVar[str] = "rst"
    suffix: ClassVar[str] = ".rst"
    media_type: ClassVar[str] = "text/x-rst; charset=UTF-8"

    overrides: Mapping[str, OverrideFunction] = field(default_factory=dict)

    def overridden(self, overrides: Mapping[str, OverrideFunction]) -> "RstRenderer":
        """Return a renderer that calls these functions for the sections of these kinds."""
        return replace(self, overrides=overrides)

    def render(self, document: Document) -> bytes:
        """Return the file."""
        parts = list(_frame(document))
        open_levels: list[int] = []

        def shown(blocks: Iterable[Block]) -> str:
            return "\n\n".join(part for block in blocks for part in _block(block, open_levels))

        for each in document.parted(self.overrides):
            if isinstance(each, SectionSpan):
                part = SectionPart(each.kind, document.blocks[each.start : each.stop], document.locale, shown)
                text = part.accept(self.overrides[each.kind](part))
            else:
                text = shown(each)
            parts += [text] if text else []
        if document.imprint:
            foot = document.imprint
            parts += _lines(foot.copied_lead + foot.copied_to, foot.printed_by, foot.printed_on)
        return ("\n\n".join(parts) + "\n").encode()


@hookimpl
def kepu_renderers() -> Iterable[Renderer]:
    """Offer the format ``rst``."""
    return [RstRenderer()]


def _frame(document: Document) -> Iterator[str]:
    """Yield what is above the blocks."""
    if document.letterhead:
        head = document.letterhead
        yield from _lines(
            head.copy, head.secrecy, head.urgency, head.issuer, head.number, head.signer_lead + head.signer
        )
    title = _line(document.title)
    rule = "=" * _columns(title)
    yield f"{rule}\n{title}\n{rule}"
    yield from _lines(document.addressee)


def _block(block: Block, open_levels: list[int]) -> Iterator[str]:
    """Yield the parts of a block, which blank lines separate."""
    match block:
        case Paragraph():
            yield _line(block.text)
        case Heading():
            yield _heading(block, open_levels)
        case ListBlock():
            yield from _list(block)
        case Table():
            yield _table(block)
        case Chart():
            yield _table(block.table)
        case Figure():
            yield _figure(block)
        case Signature():
            yield from _lines(block.body, block.date)
        case AttachmentNote():
            first, *others = _numbered(block.names)
            yield from _lines(block.lead + first, *others)
        case PageBreak():
            yield ".. page break"
        case _:
            assert_never(block)


def _heading(block: Heading, open_levels: list[int]) -> str:
    text = block.number + block.text
    if block.body:
        return _strong("", text, block.body)
    # No level may be skipped: a heading is one level below the nearest open one.
    while open_levels and open_levels[-1] >= block.level:
        open_levels.pop()
    open_levels.append(block.level)
    title = _line(text)
    return f"{title}\n{_UNDERLINES[len(open_levels) - 1] * _columns(title)}"


def _columns(title: str) -> int:
    """Return the length of the line under a title: no character takes more than two columns."""
    return max(2 * len(title), 4)


def _list(block: ListBlock) -> Iterator[str]:
    numbered = all(item.number == f"{place}." for place, item in enumerate(block.items, 1))
    if block.style == "bullet" or numbered:
        yield "\n".join(f"{item.number or '-'} {_entry(replace(item, number=''))}" for item in block.items)
        # Another list may follow directly: an empty comment separates them.
        yield ".."
    else:
        yield from map(_entry, block.items)


def _entry(item: Item) -> str:
    number = f"{item.number} " if item.number.endswith(".") else item.number
    return _strong(number, item.lead, item.text) if item.lead else _line(number + item.text)


def _table(table: Table) -> str:
    # A table needs rows below its head.
    heads = ["   :header-rows: 1"] if table.rows else []
    lines = [f".. list-table:: {_line(caption_of(table))}".rstrip(), *heads, ""]
    for cells in ([column.title for column in table.columns], *table.rows):
        lines += (f"   {'*' if place == 0 else ' '} - {_line(text)}".rstrip() for place, text in enumerate(cells))
    return "\n".join(lines)


def _figure(figure: Figure) -> str:
    data = b64encode(figure.data).decode("ascii")
    caption = caption_of(figure)
    lines = [
        f".. {'figure' if caption else 'image'}:: data:{figure.media_type};base64,{data}",
        f"   :alt: {figure.alt}",
    ]
    return "\n".join([*lines, "", f"   {_line(caption)}"] if caption else lines)


def _numbered(names: tuple[str, ...]) -> list[str]:
    """Return the names of attachments with their numbers; a single attachment has none."""
    return [f"{place}. {name}" for place, name in enumerate(names, 1)] if len(names) > 1 else list(names)


def _lines(*texts: str) -> list[str]:
    """Return a paragraph for each text that is not empty."""
    return [_line(text) for text in texts if text]


def _line(text: str) -> str:
    """Return a text as a paragraph; an escaped space is invisible and keeps it from beginning a block."""
    escaped = _escape(text)
    return f"\\ {escaped}" if _BLOCK.match(escaped) else escaped


def _strong(number: str, lead: str, text: str) -> str:
    """Return a paragraph with a bold lead; an invisible escaped space separates it from the text beside it."""
    bold = f"**{_escape(lead.strip())}**"
    before = f"{_line(number)}\\ " if number else ""
    space = " " if lead.endswith(" ") else ""
    return f"{before}{bold}\\ {space}{_escape(text)}".rstrip()


def _escape(text: str) -> str:
    """Return a text without markup; two colons at its end would make what follows a code block."""
    return _MARKUP.sub(r"\\\g<0>", text).replace("::", ":\\:")
