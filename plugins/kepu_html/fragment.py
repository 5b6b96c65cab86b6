"""A fragment to be pasted into the editor of WeChat's official accounts (微信公众号), which cleans what is pasted.

According to reports of authors who use it (docs/html.md names them), the editor keeps elements of text and tables with
no attribute but ``style``, and of styles those of text, borders, distances and sizes. It removes or spoils the
following, which the fragment therefore replaces:

- style sheets, classes, ids, ``position``, ``flex``: every element has its own inline style;
- list entries, whose parts it puts on separate lines: paragraphs with their number or a dot;
- text in SVG, and pictures in SVG: a chart is the table of its figures;
- links to places in the text: a table of contents is a list without links;
- captions of tables and figures: paragraphs.

Text has no colour of its own, so that it gets the reader's: the editor's black, or light text on a dark screen.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final, assert_never

from kepu_docs.plugin import (
    AttachmentNote,
    Block,
    Chart,
    Document,
    Figure,
    Heading,
    Letterhead,
    ListBlock,
    PageBreak,
    Paragraph,
    Signature,
    Table,
    caption_of,
    is_latin,
    width,
)
from kepu_html.headings import Headings, Placed
from kepu_html.language import words
from kepu_html.markup import Layout, entry, imprint_rows, marks, numbered, row, source

CHARSET: Final = '<meta charset="utf-8">'
"""The first line, for the browser from which the file is copied. Browsers put the same before copied content, and
editors drop it."""

_BOX: Final = "margin:0 auto;max-width:677px;font-size:16px;line-height:1.8;letter-spacing:0.5px"
_TITLE: Final = "margin:16px 0;font-size:22px;line-height:1.4;font-weight:bold;text-align:center"
_HEADINGS: Final = (
    "margin:28px 0 12px;padding-left:10px;border-left:4px solid #c00000;font-size:18px;font-weight:bold",
    "margin:20px 0 8px;font-size:17px;font-weight:bold",
    "margin:16px 0 8px;font-size:16px;font-weight:bold",
)
_CENTRED: Final = "margin:12px 0 6px;text-align:center;font-size:14px;font-weight:bold"
_SCROLL: Final = "margin:12px 0;overflow:auto"
_TABLE: Final = "width:100%;border-collapse:collapse;font-size:14px;line-height:1.5"
_CELL: Final = "border:1px solid #999999;padding:6px 8px;min-width:52px"
_HEAD: Final = f"{_CELL};text-align:center;font-weight:bold"
_IMAGE: Final = "max-width:100%;height:auto"
_FLUSH: Final = "margin:4px 0"
_RULE: Final = "border:0;border-top:1px solid #999999;margin:24px 0"


_TRACES: Final = re.compile('<(?:h[2-5] style="[^"]*"|strong)>[^<]*</(?:h[2-5]|strong)>')
"""Finds what :func:`_heading` returns."""


def _whole(document: Document, parts: Sequence[str], listed: Sequence[Placed]) -> list[str]:
    """Return the lines of the fragment."""
    return [
        CHARSET,
        f'<section style="{_BOX}">',
        *_letterhead(document.letterhead),
        f'<h1 style="{_TITLE}">{escape(document.title)}</h1>',
        *([_p(escape(document.addressee), _FLUSH)] if document.addressee else ()),
        *_contents(listed, document.locale),
        *parts,
        *_imprint(document),
        "</section>",
    ]


def _blocks(blocks: Iterable[Block], locale: str, headings: Headings) -> list[str]:
    """Return the lines of blocks."""
    text = "margin:8px 0;text-align:left" if is_latin(locale) else "margin:8px 0;text-indent:2em;text-align:justify"
    return [line for block in blocks for line in _block(block, text, headings)]


def _block(block: Block, text: str, headings: Headings) -> Iterator[str]:
    """Yield the lines of a block; ``text`` is the style of paragraphs."""
    match block:
        case Paragraph():
            yield _p(escape(block.text), text)
        case Heading():
            heading = _heading(headings.place(block, element=not block.body))
            yield _p(heading + escape(block.body), text) if block.body else heading
        case ListBlock():
            dot = "• " if block.style == "bullet" else ""
            yield from (_p(dot + entry(item), text) for item in block.items)
        case Table():
            yield from _table(block)
        case Chart():
            yield from _table(block.table)
        case Figure():
            image = f'<img src="{source(block)}" alt="{escape(block.alt)}" style="{_IMAGE}">'
            yield _p(image, "margin:12px 0 4px;text-align:center")
            caption = caption_of(block)
            yield from [_p(escape(caption), "margin:0 0 12px;text-align:center;font-size:14px")] if caption else ()
        case Signature():
            places = ("margin:28px 0 4px;text-align:right", "margin:4px 0;text-align:right")
            yield from map(_p, row(block.body, block.date), places)
        case AttachmentNote():
            first, *others = numbered(block.names)
            yield _p(escape(block.lead) + first, "margin:20px 0 4px")
            below = f"margin:4px 0 4px {width(block.lead) / 2:g}em"
            yield from (_p(each, below) for each in others)
        case PageBreak():
            yield f'<hr style="{_RULE}">'
        case _:
            assert_never(block)


def _p(content: str, style: str) -> str:
    return f'<p style="{style}">{content}</p>'


def _heading(placed: Placed) -> str:
    """Return the element of a heading, by which it is also found again: the editor would not keep an anchor."""
    shown = escape(placed.block.number + placed.block.text)
    if placed.block.body:
        return f"<strong>{shown}</strong>"
    style = _HEADINGS[min(placed.depth - 2, len(_HEADINGS) - 1)]
    return f'<h{placed.depth} style="{style}">{shown}</h{placed.depth}>'


def _table(table: Table) -> Iterator[str]:
    caption = caption_of(table)
    if caption:
        yield _p(escape(caption), _CENTRED)
    yield f'<section style="{_SCROLL}">'
    yield f'<table style="{_TABLE}">'
    heads = (f'<th style="{_HEAD}">{escape(column.title)}</th>' for column in table.columns)
    yield f"<thead><tr>{''.join(heads)}</tr></thead>"
    yield "<tbody>"
    starts = [f'<td style="{_CELL};text-align:{column.align}">' for column in table.columns]
    for cells in table.rows:
        shown = zip(starts, cells, strict=True)
        yield f"<tr>{''.join(f'{start}{escape(cell)}</td>' for start, cell in shown)}</tr>"
    yield "</tbody>"
    yield "</table>"
    yield "</section>"


def _contents(listed: Sequence[Placed], locale: str) -> Iterator[str]:
    if not listed:
        return
    yield _p(f"<strong>{words(locale).contents}</strong>", _FLUSH)
    for placed in listed:
        yield _p(escape(placed.text), f"margin:2px 0 2px {placed.depth - 2}em")


def _letterhead(block: Letterhead | None) -> Iterator[str]:
    if block is None:
        return
    yield from (_p(text, _FLUSH) for text in marks(block))
    yield _p(escape(block.issuer), "margin:12px 0;color:#c00000;font-size:24px;font-weight:bold;text-align:center")
    for text in row(block.number, block.signer_lead + block.signer):
        yield _p(text, "margin:4px 0;text-align:center")
    yield '<hr style="border:0;border-top:2px solid #c00000;margin:8px 0 24px">'


def _imprint(document: Document) -> Iterator[str]:
    rows = imprint_rows(document.imprint)
    if rows:
        yield f'<hr style="{_RULE}">'
        yield from (_p(text, _FLUSH) for texts in rows for text in texts)


LAYOUT: Final = Layout(_blocks, _whole, _TRACES, _heading)
