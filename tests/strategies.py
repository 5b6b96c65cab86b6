"""Hypothesis strategies for texts, blocks and documents as composing makes them.

Shared by the tests of the renderers: what is drawn here must come out of every format unchanged.
"""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from hypothesis import strategies as st

from kepu_docs import numbering
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

OFFICIAL_OUTLINE: Final = (
    NumberLevel("%1、", "hanzi"),
    NumberLevel("（%2）", "hanzi"),
    NumberLevel("%3.", "arabic"),
    NumberLevel("（%4）", "arabic"),
)
"""The heading numbers of GB/T 9704: 一、 （一） 1. （1）."""

ORDINAL: Final = NumberLevel("%1是", "hanzi")
NUMBER: Final = NumberLevel("%1.", "arabic")

_LISTS: Final[tuple[tuple[ListStyle, NumberLevel | None], ...]] = (
    ("ordinal", ORDINAL),
    ("number", NUMBER),
    ("bullet", None),
)
_CHARTS: Final[tuple[ChartKind, ...]] = ("bar", "line", "pie")

# What str.strip() takes off, less the control characters that no text holds.
_WHITE: Final = " \u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))

_MARKUP: Final = (
    # Markdown, at a line's start and inside
    *("# x", "## ", "- x", "+ x", "* x", "1. x", "1) x", "> x", "=", "===", "---", "***", "- - -", "___"),
    *("*a*", "**a**", "_a_", "__a__", "a_b_c", "~~x~~", "~", "`a`", "``", "```", "[a](b)", "![a](b)", "[x]"),
    *(
        "[^1]",
        "[a]: b",
        "|",
        "a|b",
        "|---|",
        "\\",
        "\\\\",
        "\\*",
        "a\\",
        "    code",
        "<!--",
        "http://x.y/?a=b_c",
    ),
    *(
        "https://example.org/a*b",
        "www.x.y",
        "a@b.c",
        "<a@b.c>",
        "<http://x.y>",
        "$x$",
        "$$",
        ":smile:",
        "=1+1",
    ),
    # HTML, XML, Jinja, Word
    *("<b>x</b>", "<script>", "</p>", "<br>", "&amp;", "&#65;", "&lt", "&", "]]>", "<![CDATA[", "100<100"),
    *(
        "{{ x }}",
        "{% x %}",
        "{# x #}",
        "%1",
        "\\n",
        "_x000D_",
        "_x0041_",
        "<w:t/>",
        "^p",
        '"',
        "'",
        "--",
        "...",
    ),
)
_CHINESE: Final = (
    *(
        "科普",
        "社区居民",
        "全年举办科普培训",
        "共3,000余人次",
        "100*5",
        "9:30—11:00",
        "一、",
        "（一）",
        "一是",
    ),
    *(
        "“学科学”",
        "《科普法》",
        "……",
        "——",
        "、",
        "。",
        "，",
        "；",
        "：",
        "？",
        "！",
        "）",
        "（",
        "」",
        "％",
        "—",
        "～",
    ),
    *("ＡＢＣ１２３", "𠮷", "𠮷野家", "豈", "\uf900", "\u2f00", "㎡", "①", "〔2024〕1号", "堃喆", "々", "〇"),
)
_WIDTHS: Final = (
    # combining marks, emoji joined and modified, flags, variation selectors
    *("e\u0301", "a\u0300\u0323", "👨\u200d👩\u200d👧", "👍🏽", "🇨🇳", "☺\ufe0f", "葛\U000e0100", "ก็", "각"),
    # zero width, soft hyphen, bidirectional controls and text
    *("\u200b", "\u200c", "\u200d", "\u2060", "\u00ad", "\u202eabc\u202c", "\u2067x\u2069", "\u200e", "שלום"),
    # runs of white space
    *(" ", "  ", "   ", "\u3000", "\u3000\u3000", "\u00a0", "\u2003", "a  b", "x \u3000 y"),
    *("internationalisation", "3.14159265358979", "COVID-19", "x" * 90),
)

_characters = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff")
_hanzi = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=30)
_pieces = st.one_of(
    st.sampled_from(_MARKUP),
    st.sampled_from(_CHINESE),
    st.sampled_from(_WIDTHS),
    _hanzi,
    st.text(_characters, min_size=1, max_size=6),
    st.text(st.sampled_from("*_`~[]()<>&|\\#+-=.!:$ 1aA中。"), min_size=1, max_size=8),
)


def _sentences(max_pieces: int) -> st.SearchStrategy[str]:
    joined = st.lists(_pieces, min_size=1, max_size=max_pieces).map(lambda pieces: "".join(pieces).strip(_WHITE))
    return joined.filter(bool)


_short = _sentences(3)
_long = _sentences(12)


def texts() -> st.SearchStrategy[str]:
    """Any text that the schema's text rule admits, with a liking for what formats trip over."""
    return st.one_of(_short, _long)


def _optional(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.just("") | strategy


def _heading_number(level: int, counters: tuple[int, ...]) -> str:
    outline = OFFICIAL_OUTLINE[level - 1]
    return numbering.label(outline.pattern, outline.numerals, counters)


@st.composite
def headings(draw: st.DrawFn) -> Heading:
    """A heading with a number of its own, without one, or with a body that runs in."""
    level = draw(st.integers(1, 4))
    counters = tuple(draw(st.lists(st.integers(1, 30), min_size=level, max_size=level)))
    number = draw(st.just(_heading_number(level, counters)) | st.just(""))
    body = draw(_optional(texts()))
    return Heading(level, draw(_short) + ("。" if body else ""), number, body)


def paragraphs() -> st.SearchStrategy[Paragraph]:
    """A paragraph."""
    return texts().map(Paragraph)


@st.composite
def list_blocks(draw: st.DrawFn) -> ListBlock:
    """A list of one of the three styles, of one to twelve entries."""
    style, level = draw(st.sampled_from(_LISTS))
    entry = st.tuples(_optional(_short), texts()) | st.tuples(_short, st.just(""))
    told = draw(st.lists(entry, min_size=1, max_size=12))
    items = tuple(
        Item(text, lead, numbering.label(level.pattern, level.numerals, (place,)) if level else "")
        for place, (lead, text) in enumerate(told, start=1)
    )
    return ListBlock(style, items, level)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A rectangular table of one to five columns and up to four rows; cells may be empty."""
    column = st.builds(Column, _short, st.sampled_from(("left", "center", "right")))
    columns = tuple(draw(st.lists(column, min_size=1, max_size=5)))
    row = st.tuples(*(_optional(_short) for _ in columns))
    rows = tuple(draw(st.lists(row, max_size=4)))
    return Table(columns, rows, draw(_optional(_short)), draw(st.sampled_from(("", "表1", "表12"))))


def _png(width: int, height: int) -> bytes:
    """Return a grey picture as a PNG file."""

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
    return Figure(_png(width, height), "image/png", width, height, draw(texts()), draw(_optional(_short)), number)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    """A chart of one to three series over one to five categories, some values missing."""
    categories = tuple(draw(st.lists(_short, min_size=1, max_size=5)))
    size = len(categories)
    value = st.none() | st.integers(0, 10**9).map(float)

    @st.composite
    def series(draw: st.DrawFn) -> Series:
        values = tuple(draw(st.lists(value, min_size=size, max_size=size)))
        return Series(draw(_short), values, tuple("" if v is None else f"{v:,.0f}" for v in values))

    kind = draw(st.sampled_from(_CHARTS))
    drawn = tuple(draw(st.lists(series(), min_size=1, max_size=3)))
    number = draw(st.sampled_from(("", "图1", "图12")))
    return Chart(kind, draw(_short), categories, drawn, draw(_optional(_short)), number)


@st.composite
def signatures(draw: st.DrawFn) -> Signature:
    """A signature: a body, a date, or both."""
    date = st.just("2025年12月20日") | _short
    body, day = draw(st.tuples(_short, date) | st.tuples(_short, st.just("")) | st.tuples(st.just(""), date))
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


def _numbered(drawn: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with the numbers of their headings counted on through the document."""
    counters: tuple[int, ...] = ()
    result: list[Block] = []
    for block in drawn:
        if isinstance(block, Heading) and block.number:
            counters = numbering.advance(counters, block.level)
            block = Heading(block.level, block.text, _heading_number(block.level, counters), block.body)
        result.append(block)
    return tuple(result)


def letterheads() -> st.SearchStrategy[Letterhead]:
    """A letterhead, with whatever parts."""
    lead = st.sampled_from((("", ""), ("签发人：", "甲某某")))
    parts = st.tuples(_short, *[_optional(_short)] * 4, lead)
    return parts.map(lambda drawn: Letterhead(*drawn[:5], *drawn[5]))


def imprints() -> st.SearchStrategy[Imprint]:
    """An imprint, with whatever parts."""
    copied = st.just(("", "")) | _short.map(lambda text: ("抄送：", f"{text}。"))
    return st.tuples(copied, _optional(_short), _optional(_short)).map(lambda drawn: Imprint(*drawn[0], *drawn[1:]))


SECTION_KINDS: Final = ("training", "activities", "narrative")


@st.composite
def _in_sections(draw: st.DrawFn, document: Document) -> Document:
    """Let sections of the document begin at some of its headings, and end before the next or with the text."""
    headings = [place for place, block in enumerate(document.blocks) if isinstance(block, Heading)]
    spans = [
        SectionSpan(draw(st.sampled_from(SECTION_KINDS)), start, stop)
        for start, stop in pairwise([*headings, len(document.blocks)])
        if draw(st.booleans())
    ]
    return replace(document, sections=tuple(spans))


def documents(max_blocks: int = 8) -> st.SearchStrategy[Document]:
    """A document of up to ``max_blocks`` blocks, its headings numbered as the official outline has it."""
    drawn = st.builds(
        Document,
        title=_short,
        blocks=st.lists(blocks(), max_size=max_blocks).map(_numbered),
        locale=st.sampled_from(["zh_Hans", "zh_Hant", "en"]),
        outline=st.just(OFFICIAL_OUTLINE),
        author=_optional(_short),
        subject=_optional(_short),
        keywords=st.lists(_short, max_size=3).map(tuple),
        addressee=_optional(_short),
        letterhead=st.none() | letterheads(),
        imprint=st.none() | imprints(),
    )
    return drawn.flatmap(_in_sections)
