"""The format ``html``: a summary as one self-contained, accessible page, without scripts or anything from elsewhere."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import ClassVar, assert_never

from kepu_docs.plugin import (
    AttachmentNote,
    Block,
    Chart,
    Document,
    Figure,
    Heading,
    Imprint,
    Letterhead,
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

STYLE = """
:root { color-scheme: light dark; }
body { margin: 0 auto; padding: 1rem; max-width: 44rem; }
body { font: 1.05rem/1.8 "Songti SC", SimSun, "Noto Serif CJK SC", serif; }
h1 { font-size: 1.6rem; line-height: 1.4; text-align: center; text-wrap: balance; }
h2, h3, h4, h5 { line-height: 1.5; margin: 1.6em 0 0.6em; }
h2 { font-size: 1.3rem; } h3 { font-size: 1.15rem; } h4, h5 { font-size: 1.05rem; }
p { margin: 0.5em 0; overflow-wrap: anywhere; }
:lang(zh) p, :lang(zh) li { text-indent: 2em; text-align: justify; }
.plain, .plain p { text-indent: 0 !important; }
ul { list-style: none; margin: 0.5em 0; padding: 0; }
.scroll { overflow-x: auto; margin: 1em 0; }
table { border-collapse: collapse; margin: 0 auto; font-size: 0.95em; }
caption { padding: 0.3em; font-weight: bold; }
th, td { border: 1px solid; padding: 0.3em 0.6em; text-align: left; overflow-wrap: anywhere; }
.right { text-align: right; } .center { text-align: center; }
figure { margin: 1em 0; text-align: center; } img { max-width: 100%; height: auto; }
.signature { margin: 3em 2em 0 0; text-align: right; }
.issuer { color: #c00; font-size: 1.8rem; text-align: center; border-bottom: 2px solid; }
footer { margin-top: 3em; border-top: 1px solid; border-bottom: 1px solid; }
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
@media print {
  body { max-width: none; padding: 0; }
  h2, h3, h4, h5, caption, thead { break-after: avoid; }
  tr, figure, .signature { break-inside: avoid; }
  .scroll { overflow: visible; }
  .break { break-before: page; }
}
""".strip()


@dataclass(frozen=True, slots=True)
class HtmlRenderer:
    """Renders a document as one HTML page."""

    format: ClassVar[str] = "html"
    suffix: ClassVar[str] = ".html"
    media_type: ClassVar[str] = "text/html; charset=UTF-8"

    overrides: Mapping[str, OverrideFunction] = field(default_factory=dict)

    def overridden(self, overrides: Mapping[str, OverrideFunction]) -> "HtmlRenderer":
        """Return a renderer that gives the sections of these kinds to these functions."""
        return replace(self, overrides=overrides)

    def render(self, document: Document) -> bytes:
        """Return the page."""
        title = escape(document.title)
        lines = [
            "<!DOCTYPE html>",
            f'<html lang="{escape(document.locale.replace("_", "-"))}">',
            '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>",
            f"<style>\n{STYLE}\n</style></head>",
            "<body><main>",
            *_letterhead(document.letterhead),
            f"<h1>{title}</h1>",
        ]
        if document.addressee:
            lines.append(f'<p class="plain">{escape(document.addressee)}</p>')
        for each in document.parted(self.overrides):
            if isinstance(each, SectionSpan):
                part = SectionPart(each.kind, document.blocks[each.start : each.stop], document.locale, _shown)
                text = part.accept(self.overrides[each.kind](part))
                lines += [text] if text else []
            else:
                lines += (line for block in each for line in _block(block))
        lines += ["</main>", *_imprint(document.imprint), "</body></html>"]
        return ("\n".join(lines) + "\n").encode()


@hookimpl
def kepu_renderers() -> Iterable[Renderer]:
    """Offer the format ``html``."""
    return [HtmlRenderer()]


def _shown(blocks: Iterable[Block]) -> str:
    return "\n".join(line for block in blocks for line in _block(block))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield f"<p>{escape(block.text)}</p>"
        case Heading():
            tag = f"h{block.level + 1}"
            yield f"<{tag}>{escape(block.number + block.text)}</{tag}>"
            if block.body:
                yield f"<p>{escape(block.body)}</p>"
        case ListBlock():
            yield "<ul>"
            yield from (
                f"<li>{escape(_led(item.number))}{_strong(item.lead)}{escape(item.text)}</li>" for item in block.items
            )
            yield "</ul>"
        case Table():
            yield from _table(block)
        case Chart():
            yield from _table(block.table)
        case Figure():
            data = b64encode(block.data).decode("ascii")
            source = f"data:{block.media_type};base64,{data}"
            image = f'<img src="{source}" alt="{escape(block.alt)}" width="{block.width}" height="{block.height}">'
            caption = escape(caption_of(block))
            yield f"<figure>{image}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"
        case Signature():
            texts = "<br>".join(escape(text) for text in (block.body, block.date) if text)
            yield f'<p class="plain signature">{texts}</p>'
        case AttachmentNote():
            names = block.names
            numbers = [""] if len(names) == 1 else [f"{place}. " for place in range(1, len(names) + 1)]
            listed = "<br>".join(escape(number + name) for number, name in zip(numbers, names, strict=True))
            yield f"<p>{escape(block.lead)}{listed}</p>"
        case PageBreak():
            yield '<div class="break"></div>'
        case _:
            assert_never(block)


def _table(table: Table) -> Iterator[str]:
    caption = escape(caption_of(table))
    # A wide table is scrolled by itself; who has no mouse comes to it by the keyboard.
    yield f'<div class="scroll" role="region" tabindex="0" aria-label="{caption}"><table>'
    if caption:
        yield f"<caption>{caption}</caption>"
    heads = "".join(f'<th scope="col">{escape(column.title)}</th>' for column in table.columns)
    yield f"<thead><tr>{heads}</tr></thead><tbody>"
    for row in table.rows:
        cells = zip(row, table.columns, strict=True)
        yield "<tr>" + "".join(f'<td class="{column.align}">{escape(text)}</td>' for text, column in cells) + "</tr>"
    yield "</tbody></table></div>"


def _letterhead(block: Letterhead | None) -> Iterator[str]:
    if block is None:
        return
    for text in (block.copy, block.secrecy, block.urgency):
        if text:
            yield f'<p class="plain">{escape(text)}</p>'
    yield f'<p class="plain issuer">{escape(block.issuer)}</p>'
    for text in (block.number, block.signer_lead + block.signer):
        if text:
            yield f'<p class="plain center">{escape(text)}</p>'


def _imprint(block: Imprint | None) -> Iterator[str]:
    if block is None:
        return
    texts = (block.copied_lead + block.copied_to, block.printed_by, block.printed_on)
    yield "<footer>" + "".join(f'<p class="plain">{escape(text)}</p>' for text in texts if text) + "</footer>"


def _strong(lead: str) -> str:
    return f"<strong>{escape(lead)}</strong>" if lead else ""


def _led(number: str) -> str:
    """Return a number; one of digits would run into a figure that follows it."""
    return f"{number} " if number.endswith(".") else number
