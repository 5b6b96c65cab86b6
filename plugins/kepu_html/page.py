"""A complete page: semantic elements, one style sheet for screen and paper, nothing loaded from elsewhere.

Decisions that HTML leaves open:

- the document's title is the ``h1``; headings of the outline begin at ``h2`` and skip no level;
- a run-in heading is inside the paragraph that it begins, as on paper, and is a heading by its role;
- numbers of headings and lists are text, as in the document, so they are copied and read aloud with it;
- a chart is drawn in SVG, with its figures in a collapsible table below it; on paper only the drawing is shown;
- a letterhead is the page's header, an imprint its footer;
- a page break is a rule on screen and a new page on paper;
- the record is not embedded: data that no reader sees would need a script element.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files
from typing import Final, assert_never

from kepu_docs.plugin import (
    Align,
    AttachmentNote,
    Block,
    Chart,
    Column,
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
    title_lines,
    width,
)
from kepu_html.chart import drawing
from kepu_html.headings import ANCHORS, Headings, Placed, anchor
from kepu_html.language import tag, words
from kepu_html.markup import Layout, entry, imprint_rows, label, marks, numbered, row, source

POLICY: Final = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-src 'none'"
)
"""No script runs and nothing is loaded, even if an override writes such elements (Content Security Policy Level 3)."""

_NARROW: Final = 27
"""The columns of a title on a phone 390 pixels wide: it has room for 26 hanzi of two columns each."""
_LONG: Final = 16
"""From this number of characters in a cell on, its column is not made as narrow as others on a narrow screen."""
_STYLE: Final = files(__package__).joinpath("page.css").read_text("utf-8").strip()
_ALIGN: Final[dict[Align, str]] = {"left": "", "center": ' class="c"', "right": ' class="r"'}


def _whole(document: Document, parts: Sequence[str], listed: Sequence[Placed]) -> list[str]:
    """Return the lines of the page."""
    title = escape(document.title)
    return [
        "<!DOCTYPE html>",
        f'<html lang="{escape(tag(document.locale))}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        *_properties(document),
        f"<style>\n{_STYLE}\n</style>",
        "</head>",
        "<body>",
        *_header(document.letterhead),
        "<main>",
        f"<h1>{_title(document)}</h1>",
        *([f'<p class="flush">{escape(document.addressee)}</p>'] if document.addressee else ()),
        *_contents(listed, document.locale),
        *parts,
        "</main>",
        *_footer(document),
        "</body>",
        "</html>",
    ]


def _blocks(blocks: Iterable[Block], locale: str, headings: Headings) -> list[str]:
    """Return the lines of blocks."""
    return [line for block in blocks for line in _block(block, locale, headings)]


def _block(block: Block, locale: str, headings: Headings) -> Iterator[str]:
    match block:
        case Paragraph():
            yield f"<p>{escape(block.text)}</p>"
        case Heading():
            yield _heading(block, headings.place(block))
        case ListBlock():
            yield from _list(block)
        case Table():
            yield from _table(block)
        case Chart():
            yield from _chart(block, locale)
        case Figure():
            yield _figure(block)
        case Signature():
            sealed = " sealed" if block.sealed else ""
            texts = "".join(f"<p>{text}</p>" for text in row(block.body, block.date))
            yield f'<div class="signature{sealed}">{texts}</div>'
        case AttachmentNote():
            names = "".join(f"<p>{name}</p>" for name in numbered(block.names))
            yield f'<div class="attachments"><p>{escape(block.lead)}</p><div>{names}</div></div>'
        case PageBreak():
            yield "<hr>"
        case _:
            assert_never(block)


def _heading(block: Heading, placed: Placed) -> str:
    text = escape(block.number + block.text)
    if block.body:
        role = f'role="heading" aria-level="{placed.depth}"{anchor(placed)}'
        return f"<p><strong {role}>{text}</strong>{escape(block.body)}</p>"
    return f"<h{placed.depth}{anchor(placed)}>{text}</h{placed.depth}>"


def _list(block: ListBlock) -> Iterator[str]:
    # Safari does not expose lists without markers as lists unless they have the role.
    start, end = ("<ul>", "</ul>") if block.style == "bullet" else ('<ol class="prose" role="list">', "</ol>")
    yield start
    yield from (f"<li>{entry(item)}</li>" for item in block.items)
    yield end


def _table(table: Table) -> Iterator[str]:
    # A wide table scrolls by itself; keyboard users can reach it.
    yield f'<div class="scroll" role="group" tabindex="0" aria-label="{label(table)}">'
    yield "<table>"
    caption = caption_of(table)
    if caption:
        yield f"<caption>{escape(caption)}</caption>"
    yield from _rows(table)
    yield "</table>"
    yield "</div>"


def _rows(table: Table, *, named: bool = False) -> Iterator[str]:
    """Yield the rows; with ``named`` the first cell of each is the header of the row."""
    yield f"<thead><tr>{''.join(map(_head, table.columns))}</tr></thead>"
    yield "<tbody>"
    starts = [f"<td{_ALIGN[column.align]}>" for column in table.columns]
    ends = ["</td>"] * len(starts)
    if named:
        starts[0], ends[0] = '<th scope="row">', "</th>"
    for cells in table.rows:
        shown = zip(starts, cells, ends, strict=True)
        yield f"<tr>{''.join(_cell(start, text, end) for start, text, end in shown)}</tr>"
    yield "</tbody>"


def _cell(start: str, text: str, end: str) -> str:
    if len(text) > _LONG and start == "<td>":
        start = '<td class="w">'
    return start + escape(text) + end


def _head(column: Column) -> str:
    return f'<th scope="col">{escape(column.title)}</th>'


def _chart(chart: Chart, locale: str) -> Iterator[str]:
    caption = escape(caption_of(chart))
    yield "<figure>"
    yield drawing(chart)
    if caption:
        yield f"<figcaption>{caption}</figcaption>"
    yield f"<details><summary>{words(locale).figures}</summary>"
    yield f'<div class="scroll" role="group" tabindex="0" aria-label="{label(chart.table)}">'
    yield "<table>"
    yield from _rows(chart.table, named=True)
    yield "</table>"
    yield "</div></details>"
    yield "</figure>"


def _figure(figure: Figure) -> str:
    size = f'width="{figure.width}" height="{figure.height}"'
    image = f'<img src="{source(figure)}" alt="{escape(figure.alt)}" {size}>'
    caption = caption_of(figure)
    return f"<figure>{image}{f'<figcaption>{escape(caption)}</figcaption>' if caption else ''}</figure>"


def _title(document: Document) -> str:
    """Return the title in pieces that are kept on one line, so that no name or year is split on a narrow screen."""
    pieces = [escape(piece) for piece in title_lines(document.title, _NARROW, document.words, width)]
    return pieces[0] if len(pieces) == 1 else "".join(f"<span>{piece}</span>" for piece in pieces)


def _properties(document: Document) -> Iterator[str]:
    for name, value in (
        ("author", document.author),
        ("description", document.subject),
        ("keywords", ", ".join(document.keywords)),
    ):
        if value:
            yield f'<meta name="{name}" content="{escape(value)}">'


def _contents(listed: Sequence[Placed], locale: str) -> Iterator[str]:
    if not listed:
        return
    heading = words(locale).contents
    yield f'<nav aria-label="{heading}">'
    yield f'<p class="flush">{heading}</p>'
    yield '<ol role="list">'
    for placed in listed:
        yield f'<li class="l{placed.depth}"><a href="#{placed.mark}">{escape(placed.text)}</a></li>'
    yield "</ol>"
    yield "</nav>"


def _header(block: Letterhead | None) -> Iterator[str]:
    if block is None:
        return
    yield "<header>"
    yield from (f'<p class="mark">{text}</p>' for text in marks(block))
    yield f'<p class="issuer">{escape(block.issuer)}</p>'
    texts = row(block.number, block.signer_lead + block.signer)
    yield f'<div class="line{" both" if len(texts) > 1 else ""}">{"".join(f"<p>{text}</p>" for text in texts)}</div>'
    yield "</header>"


def _footer(document: Document) -> Iterator[str]:
    rows = imprint_rows(document.imprint)
    if not rows:
        return
    yield "<footer>"
    for texts in rows:
        shown = "".join(f"<p>{text}</p>" for text in texts)
        yield f'<div class="line">{shown}</div>' if len(texts) > 1 else shown
    yield "</footer>"


LAYOUT: Final = Layout(_blocks, _whole, ANCHORS, anchor)
