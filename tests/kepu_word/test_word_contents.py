"""The table of contents: its entries, its field, and what they point to."""

import re
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.depth import examples
from tests.kepu_word.invariants import broken_invariants, check_docx
from tests.kepu_word.mixed import mixed
from tests.kepu_word.reading import W, paragraphs, part

import kepu_docs
from kepu_docs.blocks import Block, Document, Heading, PageBreak, Paragraph, Signature
from kepu_docs.plugin import RenderOptions
from kepu_docs.testing import OFFICIAL_OUTLINE, documents
from kepu_docs.typography.languages import contents_heading as label
from kepu_word import WordRenderer

RENDERER: Final = WordRenderer()
LISTING: Final = WordRenderer(toc=True)
LOOKS: Final = ("gongwen", "briefing")


def document(*blocks: Block, locale: str = "zh_Hans") -> Document:
    return Document("试验社区2025年度科普工作总结", blocks, locale, OFFICIAL_OUTLINE)


def table(data: bytes) -> list[etree._Element]:
    """Return the paragraphs of the table of contents."""
    return list(next(part(data).iter(f"{W}sdt")).iter(f"{W}p"))


def entries(data: bytes) -> list[tuple[str, ...]]:
    """Return style, text and page of each entry."""
    return [
        (_style(paragraph), *(text.text or "" for text in paragraph.iter(f"{W}t"))) for paragraph in table(data)[1:]
    ]


def _style(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    assert style is not None
    return str(style.get(f"{W}val"))


def test_headings_of_three_levels_are_listed_with_their_numbers_and_pages() -> None:
    data = LISTING.render(
        document(
            Heading(1, "科普活动", "一、"),
            Heading(2, "讲座", "（一）"),
            Heading(3, "健康。", "1.", "全年四场。"),
            Heading(4, "其他", "（1）"),
            PageBreak(),
            Heading(1, "没有编号"),
        )
    )
    assert entries(data) == [
        ("TOC1", "一、科普活动", "2"),
        ("TOC2", "（一）讲座", "2"),
        ("TOC3", "1.健康", "2"),
        ("TOC1", "没有编号", "3"),
    ]
    check_docx(data)


def test_bookmarks_are_around_the_headings_own_text() -> None:
    data = LISTING.render(
        document(Heading(1, "甲 & 乙", "一、"), Heading(2, "丙。", "（一）", "后文。"), Paragraph("文"))
    )
    main = part(data)
    shown = {}
    for start in main.iter(f"{W}bookmarkStart"):
        run = start.getnext()
        assert run is not None
        end = run.getnext()
        assert end is not None
        assert (end.tag, end.get(f"{W}id")) == (f"{W}bookmarkEnd", start.get(f"{W}id"))
        shown[start.get(f"{W}name")] = "".join(text.text or "" for text in run.iter(f"{W}t"))
    assert shown == {"_Toc000000001": "甲 & 乙", "_Toc000000002": "丙。"}
    assert [link.get(f"{W}anchor") for link in main.iter(f"{W}hyperlink")] == list(shown)


def test_the_field_is_words_own_and_nothing_asks_to_refresh_it() -> None:
    data = LISTING.render(document(Heading(1, "甲", "一、"), Heading(2, "乙", "（一）")))
    first, last = table(data)[1], table(data)[-1]
    instructions = [(each.text or "").strip() for each in first.iter(f"{W}instrText")]
    assert instructions == ['TOC \\o "1-3" \\h \\z \\u', "PAGEREF _Toc000000001 \\h"]
    assert last[-1][-1].get(f"{W}fldCharType") == "end"
    assert part(data, "word/settings.xml").find(f"{W}updateFields") is None
    names = {style.get(f"{W}val") for style in part(data, "word/styles.xml").iter(f"{W}name")}
    assert {"TOC Heading", "toc 1", "toc 2", "toc 3"} <= names


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        ("zh_Hans", "目录"),
        ("zh_Hant_HK", "目錄"),
        ("zh", "目录"),
        ("en", "Contents"),
        ("en_GB", "Contents"),
        ("fr", "Contents"),
    ],
)
def test_its_heading_is_in_the_documents_language(locale: str, shown: str) -> None:
    assert label(locale) == shown
    assert paragraphs(LISTING.render(document(Heading(1, "甲", "一、"), locale=locale)))[1] == shown


def test_it_stands_between_title_and_addressee_and_the_text_begins_a_page() -> None:
    data = LISTING.render(replace(document(Heading(1, "甲", "一、")), addressee="试验街道办事处："))
    assert paragraphs(data) == ["试验社区2025年度科普工作总结", "目录", "一、甲2", "试验街道办事处：", "甲"]
    begins = [
        "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
        for paragraph in part(data).iter(f"{W}p")
        if paragraph.find(f"{W}pPr/{W}pageBreakBefore") is not None
    ]
    assert begins == ["试验街道办事处："]


def test_without_headings_there_is_none() -> None:
    for blocks in ((), (Paragraph("文"), Heading(4, "第四级", "（1）"))):
        main = part(LISTING.render(document(*blocks)))
        assert etree.tostring(main) == etree.tostring(part(RENDERER.render(document(*blocks))))


def test_nothing_of_it_is_in_a_document_without_it() -> None:
    data = RENDERER.render(document(Heading(1, "甲", "一、")))
    assert next(part(data).iter(f"{W}bookmarkStart", f"{W}sdt", f"{W}hyperlink"), None) is None
    assert not re.search(b"TOC|toc ", etree.tostring(part(data, "word/styles.xml")))


@settings(max_examples=examples(60), suppress_health_check=list(HealthCheck))
@given(documents(), st.sampled_from(LOOKS))
def test_any_document_has_its_headings_listed_and_the_same_text(drawn: Document, look: str) -> None:
    listed = [block for block in drawn.blocks if isinstance(block, Heading) and block.level <= 3]
    assume(listed)
    data = _listing(look).render(drawn)
    assert data == _listing(look).render(drawn)
    assert broken_invariants(data) == []
    shown = entries(data)
    assert [style for style, *_ in shown] == [f"TOC{heading.level}" for heading in listed]
    for (_, text, *_rest), heading in zip(shown, listed, strict=True):
        ending = heading.text[:-1] if heading.body else heading.text
        assert text == heading.number + ending
    pages = [int(page) for *_, page in shown]
    assert pages == sorted(pages)
    assert pages[0] >= (2 if look == "gongwen" else 1)
    whole = paragraphs(data)
    inside = ["".join(each.text or "" for each in paragraph.iter(f"{W}t")) for paragraph in table(data)]
    start = whole.index(inside[0])
    assert whole[start : start + len(inside)] == inside
    assert whole[:start] + whole[start + len(inside) :] == paragraphs(WordRenderer(look).render(drawn))


_RENDERERS: Final = {look: WordRenderer(look, toc=True) for look in LOOKS}


def _listing(look: str) -> WordRenderer:
    return _RENDERERS[look]


@settings(max_examples=examples(8), suppress_health_check=list(HealthCheck))
@given(documents(), st.sampled_from(LOOKS))
def test_validators_find_nothing(drawn: Document, look: str) -> None:
    check_docx(_listing(look).render(replace(drawn, blocks=(Heading(1, "甲", "一、"), *drawn.blocks))))


def test_a_signature_right_below_it_leaves_its_pages_alone() -> None:
    data = _listing("briefing").render(document(Signature("试验社区", "2025年12月20日"), Heading(1, "甲", "一、")))
    assert entries(data) == [("TOC1", "一、甲", "1")]
    assert paragraphs(data)[-4:] == ["一、甲1", "试验社区", "2025年12月20日", "甲"]


def test_a_long_document_has_entries_without_pages_that_word_can_still_add() -> None:
    data = LISTING.render(mixed(40))
    check_docx(data)
    shown = entries(data)
    assert len(shown) > 100
    assert {len(entry) for entry in shown} == {2}
    instructions = [(each.text or "").strip() for each in next(part(data).iter(f"{W}sdt")).iter(f"{W}instrText")]
    assert instructions == ['TOC \\o "1-3" \\h \\z \\u']


def test_users_ask_for_it() -> None:
    summary = kepu_docs.load(
        {
            "community": {"name": "试验社区"},
            "period": 2025,
            "sections": [{"kind": "narrative", "heading": "其他工作", "paragraphs": ["一段。"]}],
        }
    )
    asked = kepu_docs.render(summary, "docx", toc=True)
    assert entries(asked) == [("TOC1", "一、其他工作", "2")]
    assert asked == RENDERER.configured(RenderOptions(toc=True)).render(kepu_docs.compose(summary))
    assert kepu_docs.render(summary, "docx") == RENDERER.configured(RenderOptions()).render(kepu_docs.compose(summary))
