"""The page: its elements, what it may load, its options, and its own words in each language."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from tests.kepu_html.pages import BLOCKS, PAPER, TEXT, elements, name, parsed, texts

from kepu_docs.blocks import Column, Document, Figure, Heading, Imprint, ListBlock, Table
from kepu_docs.errors import RenderError
from kepu_docs.plugin import Block, RenderOptions
from kepu_docs.testing import OFFICIAL_OUTLINE, golden
from kepu_html import HtmlRenderer, kepu_renderers
from kepu_html.page import POLICY
from kepu_html.renderer import MOST_PICTURES

GOLDEN = Path(__file__).with_name("golden")
PAGE = HtmlRenderer().render(PAPER)


def document(*blocks: Block, locale: str = "zh_Hans") -> Document:
    return Document("总结", blocks, locale, OFFICIAL_OUTLINE)


def page(*blocks: Block, locale: str = "zh_Hans", toc: bool = False) -> Element:
    return parsed(HtmlRenderer(toc=toc).render(document(*blocks, locale=locale)))


def headings(root: Element) -> list[tuple[int, str]]:
    """Return the headings as a screen reader lists them: level and text."""
    found = []
    for each in root.iter():
        level = each.get("aria-level") or (re.fullmatch("h([1-6])", name(each)) or [""] * 2)[1]
        if level:
            found.append((int(level), "".join(each.itertext())))
    return found


def test_what_it_is() -> None:
    (renderer,) = kepu_renderers()
    assert (renderer.format, renderer.suffix, renderer.media_type) == ("html", ".html", "text/html; charset=UTF-8")


def test_the_whole_page() -> None:
    golden(GOLDEN / "page.html", HtmlRenderer(toc=True).render(PAPER))


def test_landmarks_language_and_title() -> None:
    root = parsed(PAGE)
    body = root.find("body")
    assert root.get("lang") == "zh-Hans"
    assert body is not None
    assert [name(each) for each in body] == ["header", "main", "footer"]
    assert root.findtext("head/title") == PAPER.title
    assert {each.get("name"): each.get("content") for each in root.iter("meta") if each.get("name")} == {
        "viewport": "width=device-width, initial-scale=1",
        "author": "试验社区居民委员会",
        "description": "2025年科普工作",
        "keywords": "科普, 工作总结",
    }


def test_a_paper_without_a_frame_has_no_header_and_footer() -> None:
    body = parsed(HtmlRenderer().render(replace(document(TEXT), imprint=Imprint()))).find("body")
    assert body is not None
    assert [name(each) for each in body] == ["main"]


def test_headings_leave_no_level_out() -> None:
    assert headings(parsed(PAGE)) == [
        (1, PAPER.title),
        (2, "一、组织领导"),
        (3, "（一）科普小组"),
        (4, "1.加强领导。"),
        (5, "（1）责任到人"),
        (2, "二、培训"),
        (3, "一览"),
        (2, "三、打算"),
    ]
    found = headings(page(Heading(3, "甲"), Heading(2, "乙"), Heading(4, "丙"), Heading(3, "丁"), Heading(1, "戊")))
    assert [level for level, _ in found[1:]] == [2, 2, 3, 3, 2]


def test_a_heading_that_runs_in_stands_in_its_paragraph() -> None:
    (paragraph,) = (each for each in page(Heading(3, "领导。", "1.", "正文。")).iter("p"))
    assert "".join(paragraph.itertext()) == "1.领导。正文。"
    assert [(name(each), each.get("role")) for each in paragraph] == [("strong", "heading")]


def test_nothing_runs_or_is_loaded() -> None:
    root = parsed(PAGE)
    found = elements(root)
    assert not {"script", "link", "iframe", "object", "embed", "form", "base"} & {tag for tag, _ in found}
    attributes = [(key, value) for _, given in found for key, value in given.items()]
    assert not [key for key, _ in attributes if key.startswith("on") or key == "style"]
    assert all(value.startswith("data:image/") for key, value in attributes if key in ("src", "srcset", "data"))
    assert all(value.startswith("#") for key, value in attributes if key.endswith("href"))
    assert "url(" not in "".join(each.text or "" for each in root.iter("style"))
    assert "@import" not in PAGE.decode()
    policies = [given["content"] for _, given in found if given.get("http-equiv") == "Content-Security-Policy"]
    assert policies == [POLICY]
    assert POLICY.startswith("default-src 'none'; img-src data:;")
    assert "script-src" not in POLICY


def test_the_policy_stands_before_what_it_is_for() -> None:
    # A policy in a meta element counts from there on (Content Security Policy Level 3, 3.3).
    assert [name(each) for each in parsed(PAGE)[0]][:2] == ["meta", "meta"]
    assert b"charset" in PAGE.split(b"\n")[3]


def test_tables_have_captions_and_heads() -> None:
    first, second, *drawn = parsed(PAGE).iter("table")
    assert first.findtext("caption") == "表1\u3000科普培训一览"
    assert second.find("caption") is None
    for table in (first, second):
        assert {each.get("scope") for each in table.iter("th")} == {"col"}
    for table in drawn:
        assert {each.get("scope") for each in table.iter("th")} == {"col", "row"}
    assert [cell.get("class") for cell in first.find("tbody/tr") or ()] == [None, "c", "r"]


def test_columns_of_long_texts_stay_wide_on_narrow_screens() -> None:
    long = "授课人：区农科所专家；对象：草莓种植户；4学时"
    (table,) = page(Table((Column("主题"), Column("备注"), Column("人次", "right")), (("育苗", long, long),))).iter(
        "table"
    )
    assert [cell.get("class") for cell in table.find("tbody/tr") or ()] == [None, "w", "r"]


def test_what_scrolls_is_reached_by_the_keyboard_and_has_a_name() -> None:
    boxes = [each for each in parsed(PAGE).iter("div") if each.get("class") == "scroll"]
    assert len(boxes) == 7
    assert all(each.get("tabindex") == "0" and each.get("role") == "group" for each in boxes)
    assert [each.get("aria-label") for each in boxes[:2]] == [
        "表1\u3000科普培训一览",
        " / ".join(f"第{place}列" for place in range(12)),
    ]


def test_a_long_title_is_broken_between_words() -> None:
    title = "书院坡社区居民委员会2025年科普工作总结"
    (heading,) = parsed(HtmlRenderer().render(replace(document(TEXT), title=title, names=("书院坡社区",)))).iter("h1")
    assert "".join(heading.itertext()) == title
    assert [each.text for each in heading] == ["书院坡社区居民委员会", "2025年科普工作总结"]
    (short,) = page(TEXT).iter("h1")
    assert [short.text, *short] == ["总结"]


def test_pictures_stand_in_the_page_and_are_described() -> None:
    images = list(parsed(PAGE).iter("img"))
    assert [(each.get("alt"), each.get("width"), each.get("height")) for each in images] == [
        ("居民听急救讲座", "40", "30"),
        ("宣传栏", "8", "6"),
    ]
    assert all((each.get("src") or "").startswith("data:image/png;base64,") for each in images)


def test_pictures_that_are_too_large_for_a_page() -> None:
    large = Figure(b"x" * (MOST_PICTURES // 2 + 1), "image/jpeg", 4000, 3000, "宣传栏")
    HtmlRenderer().render(document(large))
    with pytest.raises(RenderError, match="the pictures have 65 MiB together; a page can hold 64 MiB"):
        HtmlRenderer().render(document(large, large))


def test_lists_say_that_they_are() -> None:
    root = page(*(block for block in BLOCKS if isinstance(block, ListBlock)))
    assert [(tag, given.get("role")) for tag, given in elements(root) if tag in ("ol", "ul")] == [
        ("ol", "list"),
        ("ol", "list"),
        ("ul", None),
    ]
    assert ["".join(each.itertext()) for each in root.iter("li")][2:4] == ["1. 科普讲座：办讲座。", "2. 2场培训。"]


@pytest.mark.parametrize(
    ("locale", "tag", "contents", "figures"),
    [
        ("zh_Hans", "zh-Hans", "目录", "图中数据"),
        ("zh_Hant_HK", "zh-Hant-HK", "目錄", "圖中數據"),
        ("en", "en", "Contents", "Figures of the chart"),
        ("fr", "fr", "Contents", "Figures of the chart"),
    ],
)
def test_its_own_words(locale: str, tag: str, contents: str, figures: str) -> None:
    root = page(*BLOCKS, locale=locale, toc=True)
    assert root.get("lang") == tag
    assert [each.get("aria-label") for each in root.iter("nav")] == [contents]
    assert {each.text for each in root.iter("summary")} == {figures}


def test_the_table_of_contents_leads_to_the_headings() -> None:
    root = page(*BLOCKS, toc=True)
    places = {each.get("id"): "".join(each.itertext()) for each in root.iter() if each.get("id")}
    links = [(each.text, places[(each.get("href") or "")[1:]]) for each in root.iter("a")]
    assert links[:4] == [
        ("一、组织领导", "一、组织领导"),
        ("（一）科普小组", "（一）科普小组"),
        ("1.加强领导", "1.加强领导。"),
        ("（1）责任到人", "（1）责任到人"),
    ]
    assert len(links) == len(places) == 7


def test_without_headings_there_is_none() -> None:
    assert not list(page(TEXT, toc=True).iter("nav"))
    assert not list(page(*BLOCKS).iter("nav"))


def test_the_record_is_not_carried() -> None:
    assert HtmlRenderer().render(replace(PAPER, record='{"period": 2025}')) == PAGE


def test_looks() -> None:
    def configured(look: str = "", **others: object) -> HtmlRenderer:
        return HtmlRenderer().configured(RenderOptions(look, **others))  # type: ignore[arg-type]

    assert configured("gongwen").render(PAPER) == configured().render(PAPER) == PAGE
    assert b"<nav" in configured(toc=True).render(PAPER)
    assert b"<html" not in configured("wechat").render(PAPER)
    with pytest.raises(RenderError, match="the format html has no look “briefing”; its looks are: gongwen, wechat"):
        configured("briefing")
    with pytest.raises(
        RenderError, match=r"a Word template \(--reference\) is for Word documents only; the format html"
    ):
        configured(reference=b"PK")


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, contrast ratio)."""

    def luminance(colour: str) -> float:
        digits = colour if len(colour) == 6 else "".join(digit * 2 for digit in colour)
        parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_colours_stand_out_from_their_ground() -> None:
    schemes = re.findall(r":root \{(.*?)\}", texts_of_style(), re.S)
    assert len(schemes) == 3
    for scheme in schemes:
        colours = dict(re.findall(r"--(\w+): #(\w+)", scheme))
        ground = colours["paper"]
        assert contrast(colours["ink"], ground) >= 7
        assert contrast(colours["ink"], colours["shade"]) >= 7
        assert contrast(colours["link"], colours["shade"]) >= 4.5
        # Of signs and drawings, and of the large letters of an issuer's mark (WCAG 2.2, 1.4.3 and 1.4.11).
        drawn = [colours[sign] for sign in ("rule", "mark", *(f"s{place}" for place in range(8)))]
        assert min(contrast(colour, ground) for colour in drawn) >= 3


def texts_of_style() -> str:
    return "".join(each.text or "" for each in parsed(PAGE).iter("style"))


def test_the_reader_sees_each_text_once_but_those_of_drawings() -> None:
    shown = "".join(texts(page(*(block for block in BLOCKS if "Chart" not in type(block).__name__))))
    for text in ("一、组织领导", "1.加强领导。", "科普培训一览", "识别网络谣言", "志愿者名单", "2025年12月20日"):
        assert shown.count(text) == 1
