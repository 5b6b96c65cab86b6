"""Any text in Markdown is read back unchanged with a CommonMark parser."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.depth import examples

from kepu_docs.blocks import (
    AttachmentNote,
    Block,
    Chart,
    Document,
    Figure,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Signature,
    Table,
)
from kepu_docs.testing import OFFICIAL_OUTLINE, documents, texts
from kepu_markdown import MarkdownRenderer

Seen = tuple[str, ...]
"""What a reader sees of one block: its kind, then its texts."""

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_PLAIN = {"text", "strong_open", "strong_close", "image"}


def _inline(token: Token) -> str:
    children = token.children or []
    assert {child.type for child in children} <= _PLAIN, token.content
    return "".join(child.content for child in children if child.type == "text")


def _image(token: Token) -> Seen | None:
    images = [child for child in token.children or [] if child.type == "image"]
    if not images:
        return None
    assert len(token.children or []) == 1
    return ("image", "".join(child.content for child in images[0].children or []), str(images[0].attrs["src"]))


def read(markdown: str) -> Iterator[Seen]:
    """Yield what a reader sees."""
    row: list[str] = []
    kinds: list[str] = []
    for token in _PARSER.parse(markdown):
        if token.type == "hr":
            yield ("break",)
        elif token.type.startswith(("html", "code", "fence", "blockquote")):
            pytest.fail(f"{token.type}: {token.content}")
        elif token.type == "tr_close":
            yield ("row", *row)
            row = []
        elif token.type == "list_item_open":
            kinds.append(f"item {token.info}")
        elif token.type == "list_item_close":
            kinds.pop()
        elif token.type in ("heading_open", "paragraph_open", "td_open", "th_open"):
            kinds.append(token.tag)
        elif token.type in ("heading_close", "paragraph_close", "td_close", "th_close"):
            kinds.pop()
        elif token.type == "inline" and kinds[-1] in ("td", "th"):
            row.append(_inline(token))
        elif token.type == "inline":
            assert len(kinds) < 3, "nothing nests"
            yield _image(token) or (kinds[0], _inline(token))


def expected(document: Document) -> Iterator[Seen]:
    """Yield what a reader should see."""
    head, imprint = document.letterhead, document.imprint
    if head:
        above = (head.copy, head.secrecy, head.urgency, head.issuer, head.number, head.signer_lead + head.signer)
        yield from (("p", text) for text in above if text)
    yield ("h1", document.title)
    if document.addressee:
        yield ("p", document.addressee)
    for block in document.blocks:
        yield from _expected(block)
    if imprint:
        below = [
            text for text in (imprint.copied_lead + imprint.copied_to, imprint.printed_by, imprint.printed_on) if text
        ]
        if below:
            yield ("break",)
        yield from (("p", text) for text in below)


def _expected(block: Block) -> Iterator[Seen]:
    match block:
        case Heading(level, text, number, ""):
            yield (f"h{level + 1}", number + text)
        case Heading(_, text, number, body):
            yield ("p", number + text + body)
        case Paragraph(text):
            yield ("p", text)
        case ListBlock("ordinal", items):
            yield from (("p", item.number + item.lead + item.text) for item in items)
        case ListBlock("bullet", items):
            yield from (("item ", item.lead + item.text) for item in items)
        case ListBlock(_, items):
            yield from ((f"item {item.number[:-1]}", item.lead + item.text) for item in items)
        case Table(columns, rows, caption, number):
            yield from _caption(number, caption)
            yield ("row", *(column.title for column in columns))
            yield from (("row", *row) for row in rows)
        case Chart(_, axis, categories, series, caption, number):
            yield from _caption(number, caption)
            yield ("row", axis, *(each.name for each in series))
            for place, category in enumerate(categories):
                yield ("row", category, *(each.labels[place] for each in series))
        case Figure():
            yield ("image", block.alt)
            yield from _caption(block.number, block.caption)
        case Signature(body, date):
            yield from (("p", text) for text in (body, date) if text)
        case AttachmentNote(lead, (name,)):
            yield ("p", lead + name)
        case AttachmentNote(lead, names):
            yield ("p", lead)
            yield from ((f"item {place}", name) for place, name in enumerate(names, start=1))
        case PageBreak():
            yield ("break",)


def _caption(number: str, caption: str) -> Iterator[Seen]:
    if number or caption:
        yield ("p", "\u3000".join(part for part in (number, caption) if part))


@settings(max_examples=examples(400), deadline=None)
@given(documents())
def test_every_block_shows_its_texts_in_order(document: Document) -> None:
    markdown = MarkdownRenderer().render(document).decode()
    seen = [block[:2] if block[0] == "image" else block for block in read(markdown)]
    assert seen == list(expected(document))


@settings(max_examples=examples(600), deadline=None)
@given(texts(), st.integers(1, 4))
def test_any_text_is_shown_as_typed(text: str, level: int) -> None:
    blocks = (Paragraph(text), Heading(level, text), Heading(level, text, body=text), Paragraph(text))
    document = Document(text, blocks, "zh_Hans", OFFICIAL_OUTLINE)
    markdown = MarkdownRenderer().render(document).decode()
    assert [shown for _, shown in read(markdown)] == [text, text, text, text + text, text]
