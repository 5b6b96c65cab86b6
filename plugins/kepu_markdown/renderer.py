"""Blocks to Markdown.

Decisions that Markdown leaves open:

- the document's title is the heading of level 1, so headings of the outline begin at level 2;
- lists in prose (一是…) and numbers that Markdown does not have (（1）) are paragraphs that show their number;
- a picture is embedded as a data URI, its definition at the file's end, so that the file is self-contained and its text
  stays readable;
- a chart is a table of its figures;
- a letterhead is paragraphs above the title, an imprint paragraphs below a thematic break at the end;
- a page break is a thematic break: what follows is separated, as on paper;
- author, subject and keywords are left out, since CommonMark has no place that is hidden from readers.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from types import MappingProxyType
from typing import Any, ClassVar, assert_never

from kepu_docs.plugin import (
    N_,
    Align,
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
    Place,
    RenderError,
    SectionPart,
    SectionSpan,
    Signature,
    Table,
    accepted_text,
    caption_of,
)
from kepu_markdown import inline
from kepu_markdown.markdown_draft import Draft, lists_at_end, open_fence

_LISTS = (ListBlock, AttachmentNote)
_RULES: dict[Align, str] = {"left": ":---", "center": ":---:", "right": "---:"}


@dataclass(frozen=True, slots=True)
class MarkdownRenderer:
    """Renders a document as UTF-8 Markdown, one line per paragraph.

    ``overrides`` render the sections of some kinds.
    """

    format: ClassVar[str] = "md"
    suffix: ClassVar[str] = ".md"
    media_type: ClassVar[str] = "text/markdown"

    overrides: Mapping[str, OverrideFunction] = field(default_factory=lambda: MappingProxyType({}))

    def overridden(self, overrides: Mapping[str, OverrideFunction]) -> "MarkdownRenderer":
        """Return a renderer that calls these functions for the sections of these kinds."""
        return replace(self, overrides=overrides)

    def render(self, document: Document) -> bytes:
        """Return the Markdown file."""
        parts: list[str] = []
        if (head := document.letterhead) is not None:
            signer = head.signer_lead + head.signer
            parts += _lines(head.copy, head.secrecy, head.urgency, head.issuer, head.number, signer)
        parts += [f"# {inline.heading(document.title)}", *_lines(document.addressee)]
        draft = Draft()
        for each in document.parted(self.overrides):
            if isinstance(each, SectionSpan):
                parts += self._section(each, document, draft)
            else:
                parts += _drawn(each, draft)
        if (foot := document.imprint) is not None:
            imprint = _lines(foot.copied_lead + foot.copied_to, foot.printed_by, foot.printed_on)
            parts += ["---", *imprint] if imprint else []
        definitions = [
            f"[figure-{place}]: data:{figure.media_type};base64,{b64encode(figure.data).decode('ascii')}"
            for place, figure in enumerate(draft.figures, start=1)
        ]
        if definitions:
            parts.append("\n".join(definitions))
        return ("\n\n".join(parts) + "\n").encode()

    def _section(self, span: SectionSpan, document: Document, draft: Draft) -> list[str]:
        """Return what an override makes of its section, as lines."""
        shown, lists = len(draft.figures), draft.lists
        last: str | None = None

        def default(blocks: tuple[Block, ...]) -> str:
            nonlocal last
            last = "\n\n".join(_drawn(blocks, draft))
            return last

        blocks = document.blocks[span.start : span.stop]
        part = SectionPart(span.kind, blocks, document.locale, default, accept=_accepted)
        text = part.accept(self.overrides[span.kind](part))
        if last is None or not text.endswith(last):
            draft.lists = lists_at_end(text)
        text = draft.settle(text, shown, lists)
        return [text] if text else []


def _accepted(returned: Any) -> str:
    """Return what an override returned. Raises ``RenderError`` if it would swallow the text after it."""
    text = accepted_text(returned).strip("\n")
    fence = open_fence(text.split("\n"))
    if fence:
        raise RenderError.at(Place(), N_("it returned a code block that is not closed: {fence}"), fence=fence)
    return text


def _drawn(blocks: tuple[Block, ...], draft: Draft) -> list[str]:
    """Return the parts of ``blocks``, and count their pictures and lists."""
    parts: list[str] = []
    lists = draft.lists
    for block in blocks:
        place = draft.place(block) if isinstance(block, Figure) else 0
        parts += _block(block, place=place, lists=lists)
        lists = lists + 1 if isinstance(block, _LISTS) else 0
    draft.lists = lists
    return parts


def _lines(*texts: str) -> list[str]:
    """Return a paragraph for each text that is not empty."""
    return [inline.line(text) for text in texts if text]


def _block(block: Block, *, place: int, lists: int) -> list[str]:
    """Return the parts of a block, which blank lines separate."""
    match block:
        case Paragraph():
            return [inline.line(block.text)]
        case Heading():
            return [_heading(block)]
        case ListBlock():
            return _list(block, lists)
        case Table():
            return _table(block)
        case Figure():
            return _figure(block, place)
        case Chart():
            return _table(block.table)
        case Signature():
            return _lines(block.body, block.date)
        case AttachmentNote():
            return _attachment_note(block)
        case PageBreak():
            return ["---"]
    assert_never(block)


def _heading(heading: Heading) -> str:
    shown = heading.number + heading.text
    if heading.body:
        return inline.led(shown, heading.body)
    return f"{'#' * (heading.level + 1)} {inline.heading(shown)}"


def _list(block: ListBlock, before: int) -> list[str]:
    # Two lists in a row would be read as one; a different marker begins another list.
    bullet, point = ("-", ".") if before % 2 == 0 else ("+", ")")
    if block.style == "bullet":
        return ["\n".join(f"{bullet} {inline.led(item.lead, item.text)}" for item in block.items)]
    if all(item.number == f"{place}." for place, item in enumerate(block.items, start=1)):
        return [_numbered(point, [inline.led(item.lead, item.text) for item in block.items])]
    return [
        inline.led(item.number + item.lead, item.text) if item.lead else inline.line(item.number + item.text)
        for item in block.items
    ]


def _numbered(point: str, entries: list[str]) -> str:
    return "\n".join(f"{place}{point} {entry}" for place, entry in enumerate(entries, start=1))


def _table(table: Table) -> list[str]:
    head = _row([inline.cell(column.title) for column in table.columns])
    rule = _row([_RULES[column.align] for column in table.columns])
    rows = [_row(inline.cells(row)) for row in table.rows]
    return [*_lines(caption_of(table)), "\n".join(chain((head, rule), rows))]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _figure(figure: Figure, place: int) -> list[str]:
    image = f"![{inline.alternative(figure.alt)}][figure-{place}]"
    return [image, *_lines(caption_of(figure))]


def _attachment_note(note: AttachmentNote) -> list[str]:
    if len(note.names) == 1:
        return [inline.line(note.lead + note.names[0])]
    return [inline.line(note.lead), _numbered(".", [inline.line(name) for name in note.names])]
