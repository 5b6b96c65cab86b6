"""Strategies for blocks and documents of the kind that composing makes."""

import struct
import zlib
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from hypothesis import strategies as st

from kepu_docs.blocks import (
    AttachmentNote,
    Block,
    Chart,
    ChartKind,
    Column,
    Document,
    Figure,
    Heading,
    Imprint,
    Item,
    Letterhead,
    ListBlock,
    ListStyle,
    NumberLevel,
    PageBreak,
    Paragraph,
    SectionSpan,
    Series,
    Signature,
    Table,
)
from kepu_docs.testing.text_strategies import short_texts, texts
from kepu_docs.typography import numerals

OFFICIAL_OUTLINE: Final = (
    NumberLevel("%1、", "hanzi"),
    NumberLevel("（%2）", "hanzi"),
    NumberLevel("%3.", "arabic"),
    NumberLevel("（%4）", "arabic"),
)
"""The heading numbers of GB/T 9704: 一、 （一） 1. （1）."""

SECTION_KINDS: Final = ("lectures", "visits", "stories")
"""The kinds of the sections of drawn documents; to a renderer they are only names."""

ORDINAL: Final = NumberLevel("%1是", "hanzi")
"""The numbering of a list in prose: 一是."""
NUMBER: Final = NumberLevel("%1.", "arabic")
"""The numbering of a numbered list: 1."""

_LISTS: Final[tuple[tuple[ListStyle, NumberLevel | None], ...]] = (
    ("ordinal", ORDINAL),
    ("number", NUMBER),
    ("bullet", None),
)
_CHARTS: Final[tuple[ChartKind, ...]] = ("bar", "line", "pie")


def _optional(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.just("") | strategy


def _heading_number(level: int, counters: tuple[int, ...], outline: Sequence[NumberLevel] = OFFICIAL_OUTLINE) -> str:
    written = outline[level - 1]
    return numerals.label(written.pattern, written.numerals, counters)


@st.composite
def headings(draw: st.DrawFn) -> Heading:
    """A heading with its own number, without a number, or with a run-in body."""
    level = draw(st.integers(1, 4))
    counters = tuple(draw(st.lists(st.integers(1, 30), min_size=level, max_size=level)))
    number = draw(st.just(_heading_number(level, counters)) | st.just(""))
    body = draw(_optional(texts()))
    return Heading(level, draw(short_texts()) + ("。" if body else ""), number, body)


def paragraphs() -> st.SearchStrategy[Paragraph]:
    """A paragraph."""
    return texts().map(Paragraph)


@st.composite
def list_blocks(draw: st.DrawFn) -> ListBlock:
    """A list of one of the three styles, of one to twelve entries."""
    style, level = draw(st.sampled_from(_LISTS))
    entry = st.tuples(_optional(short_texts()), texts()) | st.tuples(short_texts(), st.just(""))
    entries = draw(st.lists(entry, min_size=1, max_size=12))
    items = tuple(
        Item(text, lead, numerals.label(level.pattern, level.numerals, (place,)) if level else "")
        for place, (lead, text) in enumerate(entries, start=1)
    )
    return ListBlock(style, items, level)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A rectangular table of one to five columns and up to four rows; cells may be empty."""
    column = st.builds(Column, short_texts(), st.sampled_from(("left", "center", "right")))
    columns = tuple(draw(st.lists(column, min_size=1, max_size=5)))
    row = st.tuples(*(_optional(short_texts()) for _ in columns))
    rows = tuple(draw(st.lists(row, max_size=4)))
    return Table(columns, rows, draw(_optional(short_texts())), draw(st.sampled_from(("", "表1", "表12"))))


def png(width: int, height: int) -> bytes:
    """Return a grey picture of the given size in pixels as a PNG file."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """A small PNG picture."""
    width, height = draw(st.integers(1, 8)), draw(st.integers(1, 8))
    number = draw(st.sampled_from(("", "图1", "图12")))
    return Figure(png(width, height), "image/png", width, height, draw(texts()), draw(_optional(short_texts())), number)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    """A chart of one to three series over one to five categories, some values missing."""
    categories = tuple(draw(st.lists(short_texts(), min_size=1, max_size=5)))
    size = len(categories)
    value = st.none() | st.integers(0, 10**9).map(float)

    @st.composite
    def series(draw: st.DrawFn) -> Series:
        values = tuple(draw(st.lists(value, min_size=size, max_size=size)))
        return Series(draw(short_texts()), values, tuple("" if v is None else f"{v:,.0f}" for v in values))

    kind = draw(st.sampled_from(_CHARTS))
    drawn = tuple(draw(st.lists(series(), min_size=1, max_size=3)))
    number = draw(st.sampled_from(("", "图1", "图12")))
    return Chart(kind, draw(short_texts()), categories, drawn, draw(_optional(short_texts())), number)


@st.composite
def signatures(draw: st.DrawFn) -> Signature:
    """A signature: a body, a date, or both."""
    date = st.just("2025年12月20日") | short_texts()
    body, day = draw(
        st.tuples(short_texts(), date) | st.tuples(short_texts(), st.just("")) | st.tuples(st.just(""), date)
    )
    return Signature(body, day, draw(st.booleans()))


def attachment_notes() -> st.SearchStrategy[AttachmentNote]:
    """A note of one to twelve attachments."""
    names = st.lists(texts(), min_size=1, max_size=12).map(tuple)
    return st.builds(AttachmentNote, st.just("附件："), names)


def blocks() -> st.SearchStrategy[Block]:
    """Any block."""
    return st.one_of(
        paragraphs(),
        headings(),
        list_blocks(),
        tables(),
        figures(),
        charts(),
        signatures(),
        attachment_notes(),
        st.just(PageBreak()),
    )


def numbered(drawn: Sequence[Block], outline: Sequence[NumberLevel] = OFFICIAL_OUTLINE) -> tuple[Block, ...]:
    """Return the blocks with their headings numbered through the document in the style of ``outline``."""
    counters: tuple[int, ...] = ()
    result: list[Block] = []
    for block in drawn:
        if isinstance(block, Heading) and block.number:
            counters = numerals.advance(counters, block.level)
            block = Heading(block.level, block.text, _heading_number(block.level, counters, outline), block.body)
        result.append(block)
    return tuple(result)


def letterheads() -> st.SearchStrategy[Letterhead]:
    """A letterhead with any of its parts."""
    lead = st.sampled_from((("", ""), ("签发人：", "甲某某")))
    parts = st.tuples(short_texts(), *[_optional(short_texts())] * 4, lead)
    return parts.map(lambda drawn: Letterhead(*drawn[:5], *drawn[5]))


def imprints() -> st.SearchStrategy[Imprint]:
    """An imprint with any of its parts."""
    copied = st.just(("", "")) | short_texts().map(lambda text: ("抄送：", f"{text}。"))
    return st.tuples(copied, _optional(short_texts()), _optional(short_texts())).map(
        lambda drawn: Imprint(*drawn[0], *drawn[1:])
    )


@st.composite
def _spans(draw: st.DrawFn, made: tuple[Block, ...]) -> tuple[SectionSpan, ...]:
    """Sections that begin at some of the headings of ``made``, and end before the next heading or with the text."""
    starts = [place for place, block in enumerate(made) if isinstance(block, Heading)]
    return tuple(
        SectionSpan(draw(st.sampled_from(SECTION_KINDS)), start, stop)
        for start, stop in pairwise([*starts, len(made)])
        if draw(st.booleans())
    )


@st.composite
def documents(draw: st.DrawFn, max_blocks: int = 8) -> Document:
    """A document of up to ``max_blocks`` blocks, its headings numbered in the style of the official outline."""
    made = numbered(draw(st.lists(blocks(), max_size=max_blocks)))
    return Document(
        title=draw(short_texts()),
        blocks=made,
        locale=draw(st.sampled_from(["zh_Hans", "zh_Hant", "en"])),
        outline=OFFICIAL_OUTLINE,
        author=draw(_optional(short_texts())),
        subject=draw(_optional(short_texts())),
        keywords=tuple(draw(st.lists(short_texts(), max_size=3))),
        addressee=draw(_optional(short_texts())),
        letterhead=draw(st.none() | letterheads()),
        imprint=draw(st.none() | imprints()),
        sections=draw(_spans(made)),
    )
