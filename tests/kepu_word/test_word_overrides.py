"""Overrides of sections in Word with WordprocessingML: adapted to the document, or refused with the reason."""

import re
from collections.abc import Callable, Iterable
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from tests.depth import examples
from tests.kepu_word.invariants import broken_invariants, check_docx
from tests.kepu_word.overriding import (
    AFTER,
    LIST,
    SECTION,
    SIGNATURE,
    TABLE,
    body,
    document,
    figure,
    lists,
    names,
    rendered,
    style,
    text,
)
from tests.kepu_word.reading import W, paragraphs, part

from kepu_docs.blocks import Block, Chart, Document, Heading, NumberLevel, PageBreak, Paragraph, Series
from kepu_docs.contract.renderers import OverrideFunction, RenderOptions, SectionPart
from kepu_docs.errors import RenderError
from kepu_docs.testing import documents
from kepu_docs.testing.document_strategies import SECTION_KINDS
from kepu_word import WordRenderer

OWN: Final = '<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr><w:r><w:t>自己的一段。</w:t></w:r></w:p>'
CHART: Final = Chart("bar", "月", ("1月",), (Series("场次", (2.0,), ("2",)),), "场次", "图1")


def twice(part: SectionPart) -> str:
    return part.render_default() + part.render_default()


def backwards(part: SectionPart) -> str:
    return OWN + part.render_default(part.blocks[::-1]) + OWN


def same_text_twice(part: SectionPart) -> str:
    return part.render_default() * 2


def dropped(part: SectionPart) -> str:
    part.render_default()
    return OWN


@pytest.mark.some(3)
@pytest.mark.parametrize("toc", [False, True])
@pytest.mark.parametrize("render", [twice, backwards, same_text_twice, dropped])
@given(made=documents())
@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_done_with_the_default_the_document_is_whole(
    render: OverrideFunction, toc: bool, made: Document
) -> None:
    renderer = WordRenderer(toc=toc).overridden(dict.fromkeys(SECTION_KINDS, render))
    data = renderer.render(made)
    assert broken_invariants(data) == []
    assert renderer.render(made) == data


def test_something_before_and_after_the_default() -> None:
    data = rendered(lambda part: OWN + part.render_default() + OWN)
    check_docx(data)
    own = "自己的一段。"
    assert paragraphs(data)[1:7] == [own, "科普培训", "全年培训两场。", "甲", "乙", own]


def test_an_options_renderer_keeps_overrides() -> None:
    made = (
        WordRenderer().overridden({"training": lambda part: OWN}).configured(RenderOptions(look="briefing", toc=True))
    )
    assert "自己的一段。" in paragraphs(made.render(document(*SECTION)))


def test_each_list_counts_from_one() -> None:
    for render in (twice, same_text_twice):
        data = rendered(render)
        check_docx(data)
        numbers = lists(data)
        assert [shown for _, shown in numbers] == ["甲", "乙"] * 3
    assert len({number for number, _ in lists(rendered(twice))}) == 3


def test_more_lists_than_the_document_has() -> None:
    other = NumberLevel("%1)", "arabic")

    def many(part: SectionPart) -> str:
        blocks = [LIST] * 9 + [type(LIST)("number", LIST.items, other)]
        return part.render_default(blocks)

    data = rendered(many)
    check_docx(data)
    numbers = [number for number, shown in lists(data) if shown == "甲"]
    assert len(numbers) == len(set(numbers)) == 11
    definitions = {
        num.get(f"{W}numId"): num[0].get(f"{W}val") for num in part(data, "word/numbering.xml").iter(f"{W}num")
    }
    assert len({definitions[number] for number in numbers}) == 2


def test_pictures_and_charts_that_are_not_shown_are_not_kept() -> None:
    made = document(SECTION[0], figure(1), CHART, figure(2), after=(figure(2), figure(3)))
    data = rendered(dropped, made)
    check_docx(data)
    assert not [name for name in names(data) if "chart" in name]
    assert len([name for name in names(data) if "media/" in name]) == 2
    data = rendered(lambda part: OWN + part.render_default([part.blocks[2]]), made)
    check_docx(data)
    assert len([name for name in names(data) if name.startswith("word/charts/chart")]) == 1


@pytest.mark.parametrize("render", [twice, same_text_twice, backwards])
def test_pictures_and_charts_more_than_once(render: OverrideFunction) -> None:
    data = rendered(render, document(SECTION[0], figure(1), figure(2), CHART, figure(1)))
    check_docx(data)
    drawn = [element.get("name") for element in part(data).iter("{*}docPr")]
    assert len(drawn) == len(set(drawn)) == (4 if render is backwards else 8)


def entries(data: bytes) -> list[str]:
    """Return the entries of the table of contents."""
    found = [text(paragraph) for paragraph in next(part(data).iter(f"{W}sdt")).iter(f"{W}p")][1:]
    marks = [text(each) for each in part(data).iter(f"{W}p") if each.find(f"{W}bookmarkStart") is not None]
    assert len(marks) == len(found)
    assert all(entry.endswith(mark) for entry, mark in zip(found, marks, strict=True))
    return found


@pytest.mark.parametrize(
    ("render", "expected"),
    [
        (lambda part: part.render_default() + OWN, ["一、培训", "（一）讲座", "二、科普活动"]),
        (lambda part: "", ["一、科普活动"]),
        (dropped, ["一、科普活动"]),
        (lambda part: OWN + part.render_default(part.blocks[1:]), ["（一）讲座", "二、科普活动"]),
        (lambda part: part.render_default(part.blocks[:1]), ["一、培训", "二、科普活动"]),
        (lambda part: part.render_default(part.blocks[1:] * 2), ["（一）讲座", "（二）讲座", "二、科普活动"]),
        (twice, ["一、培训", "（一）讲座", "二、培训", "（一）讲座", "三、科普活动"]),
        (same_text_twice, ["一、培训", "（一）讲座", "二、培训", "（一）讲座", "三、科普活动"]),
        (
            lambda part: OWN.replace("BodyText", "Heading1") + part.render_default(part.blocks[1:]),
            ["一、自己的一段。", "（一）讲座", "二、科普活动"],
        ),
        (lambda part: OWN.replace("BodyText", "Heading2Bare"), ["自己的一段。", "一、科普活动"]),
        (lambda part: OWN.replace("BodyText", "Heading4"), ["一、科普活动"]),
    ],
)
def test_the_table_of_contents_lists_what_stands_there(render: OverrideFunction, expected: list[str]) -> None:
    made = document(Heading(1, "培训", "一、"), Heading(2, "讲座", "（一）"))
    data = rendered(render, made, toc=True)
    check_docx(data)
    assert entries(data) == expected


def test_no_table_of_contents_without_headings() -> None:
    made = document(*SECTION, after=(SIGNATURE,))
    data = rendered(lambda part: OWN, made, toc=True)
    check_docx(data)
    assert not list(part(data).iter(f"{W}sdt"))
    assert not list(part(data).iter(f"{W}pageBreakBefore"))


def paragraph_of(element: etree._Element) -> etree._Element:
    return next(element.iterancestors(f"{W}p"))


BROKEN_PAGES: Final = [
    (lambda part: OWN, "自己的一段。"),
    (lambda part: part.render_default() + OWN, "科普培训"),
    (lambda part: part.render_default(part.blocks[1:]), "培训一览"),
    (lambda part: OWN.replace("</w:pPr>", "<w:keepLines/><w:keepNext/></w:pPr>"), "自己的一段。"),
    (lambda part: OWN.replace("</w:pPr>", '<w:pageBreakBefore w:val="true"/></w:pPr>'), "自己的一段。"),
    (lambda part: part.render_default([PageBreak(), *part.blocks]), "科普培训"),
    (lambda part: "", "科普活动"),
]


@pytest.mark.parametrize(("render", "expected"), BROKEN_PAGES)
def test_a_page_begins_where_it_is_to(render: OverrideFunction, expected: str) -> None:
    data = rendered(render, document(SECTION[0], TABLE, before=(Paragraph("开头。"), PageBreak())))
    check_docx(data)
    (mark,) = part(data).iter(f"{W}pageBreakBefore")
    assert text(paragraph_of(mark)).endswith(expected)


def test_a_table_begins_a_page() -> None:
    data = rendered(lambda part: TABLE_XML, document(*SECTION, before=(PageBreak(),)))
    check_docx(data)
    assert [style(element) for element in body(data)[:3]] == ["TableGap", "", "TableGap"]
    assert body(data)[0].find(f"{W}pPr/{W}pageBreakBefore") is not None


def test_a_page_break_at_the_end_of_the_section() -> None:
    made = document(*SECTION, PageBreak())
    for render in (lambda part: part.render_default(), lambda part: OWN + part.render_default()):
        (mark,) = part(rendered(render, made)).iter(f"{W}pageBreakBefore")
        assert text(paragraph_of(mark)) == "科普活动"


TABLE_XML: Final = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p><w:r><w:t>格</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"


@pytest.mark.parametrize(
    "xml",
    [
        OWN,
        OWN + "<w:p/>",
        TABLE_XML,
        OWN.replace("</w:pPr>", '<w:keepNext w:val="1"/></w:pPr>'),
        OWN.replace("</w:pPr>", '<w:keepNext w:val="false"/></w:pPr>'),
        "<w:p><w:r><w:t>没有样式。</w:t></w:r></w:p>",
        '<w:p w:rsidR="00000001"><w:pPr><w:jc w:val="center"/><w:keepLines/><w:pStyle w:val="BodyText"/></w:pPr></w:p>',
    ],
)
def test_the_signature_stays_with_the_text_before_it(xml: str) -> None:
    data = rendered(lambda part: xml, document(*SECTION, after=(SIGNATURE,)))
    check_docx(data)
    before = body(data)[: [text(element) for element in body(data)].index(SIGNATURE.body)]
    last = list(part(data).iter(f"{W}p"))
    assert last
    end = before[-1] if before[-1].tag == f"{W}p" else list(before[-1].iter(f"{W}p"))[-1]
    assert end.find(f"{W}pPr/{W}keepNext") is not None
    if xml == TABLE_XML:
        assert next(before[-2].iter(f"{W}p")).find(f"{W}pPr/{W}keepNext") is not None


def test_tables_in_a_row_stay_two_and_none_ends_a_section() -> None:
    data = rendered(lambda part: TABLE_XML + TABLE_XML + OWN + TABLE_XML)
    check_docx(data)
    kinds = [element.tag.removeprefix(W) for element in body(data)[:7]]
    assert kinds == ["tbl", "p", "tbl", "p", "tbl", "p", "p"]


def test_what_has_no_style_takes_ours() -> None:
    data = rendered(lambda part: f"<w:p/>{TABLE_XML}")
    check_docx(data)
    first, table, *_ = body(data)
    assert style(first) == "BodyText"
    assert [mark.get(f"{W}val") for mark in table.iter(f"{W}tblStyle", f"{W}pStyle")] == ["TableGrid", "TableText"]


def test_white_space_between_elements_and_remarks_are_dropped() -> None:
    spread = re.sub(r"(?<=>)(?=<w:)", "\n    ", f"<!-- 附注 -->{OWN}{TABLE_XML}")
    assert rendered(lambda part: spread) == rendered(lambda part: OWN + TABLE_XML)


def test_properties_are_put_in_order() -> None:
    xml = (
        '<w:p><w:r><w:t>字</w:t><w:rPr><w:sz w:val="30"/><w:b/><w:rStyle w:val="Strong"/></w:rPr></w:r><w:pPr><w:jc'
        ' w:val="center"/><w:spacing w:before="10"/><w:pStyle w:val="BodyText"/></w:pPr></w:p>'
    )
    data = rendered(lambda part: xml)
    check_docx(data)
    paragraph = body(data)[0]
    assert [member.tag.removeprefix(W) for member in paragraph[0]] == ["pStyle", "spacing", "jc"]
    assert [member.tag.removeprefix(W) for member in paragraph[1][0]] == ["rStyle", "b", "sz"]


def bookmarked(name: str, identity: int = 0) -> str:
    mark = f'<w:bookmarkStart w:id="{identity}" w:name="{name}"/>'
    link = (
        f'<w:hyperlink w:anchor="{name}"><w:r><w:t>见</w:t></w:r></w:hyperlink>'
        f'<w:fldSimple w:instr=" PAGEREF {name} \\h "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    )
    return f'<w:p>{mark}<w:r><w:t>处</w:t></w:r><w:bookmarkEnd w:id="{identity}"/></w:p><w:p>{link}</w:p>'


def test_bookmarks_of_two_sections_do_not_meet() -> None:
    made = document(*SECTION)
    both = Document(
        "标题",
        (*SECTION, *SECTION),
        "zh_Hans",
        made.outline,
        sections=(made.sections[0], type(made.sections[0])("training", 3, 6)),
    )
    data = rendered(lambda part: part.render_default([SECTION[0]]) + bookmarked("表"), both, toc=True)
    check_docx(data)
    marks = [str(mark.get(f"{W}name")) for mark in part(data).iter(f"{W}bookmarkStart")]
    own = [mark for mark in marks if not re.fullmatch(r"_Toc\d{9}", mark)]
    anchors = [str(link.get(f"{W}anchor")) for link in part(data).iter(f"{W}hyperlink") if text(link) == "见"]
    fields = [str(field.get(f"{W}instr")).split()[1] for field in part(data).iter(f"{W}fldSimple")]
    assert own == anchors == fields
    assert len(set(own)) == 2


@pytest.mark.parametrize(
    ("xml", "problem"),
    [
        ("正文", "the text “正文” in w:body, where it is not allowed"),
        ("<w:p>正文</w:p>", "the text “正文” in w:p"),
        ("<w:p>", "not well-formed: "),
        ("<w:p><w:r><w:t>a & b</w:t></w:r></w:p>", "not well-formed: "),
        ("<x:p/>", "not well-formed: .*x"),
        ("&xxe;", "not well-formed: .*xxe"),
        ("</w:body><w:body>", "with an end tag that nothing starts"),
        ("</w:body></w:document><w:document><w:body>", "not well-formed: "),
        ("<w:sectPr/>", "a section with its own page settings, which the document cannot include"),
        ("<w:p><w:pPr><w:sectPr/></w:pPr></w:p>", "a section with its own page settings"),
        ('<w:altChunk r:id="rId1"/>', "altChunk"),
        ("<w:r/>", "returned w:r in w:body"),
        ("<w:p><w:p/></w:p>", "returned w:p in w:p"),
        ("<w:p><w:t/></w:p>", "returned w:t in w:p"),
        ("<w:p><w:pPr><w:keepnext/></w:pPr></w:p>", "returned w:keepnext in w:pPr"),
        ("<w:p><w:r><w:footnoteReference/></w:r></w:p>", "a footnote"),
        ('<w:p><w:ins w:id="1"><w:r/></w:ins></w:p>', "a tracked change"),
        ('<w:p><v:rect xmlns:v="urn:schemas-microsoft-com:vml"/></w:p>', "returned v:rect in w:p"),
        ("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>", "a w:tbl without w:tblPr"),
        (TABLE_XML.replace("<w:p>", "<w:tbl>").replace("</w:p>", "</w:tbl>"), "returned w:r in w:tbl"),
        (TABLE_XML.replace("</w:p>", "</w:p><w:tcPr/>").replace("<w:p>", "<w:p/>" + TABLE_XML + "<w:p>"), ""),
        (TABLE_XML.replace("</w:p>", f"</w:p>{TABLE_XML}"), "a cell .* that does not end with a paragraph"),
        (
            '<w:p><w:pPr><w:pStyle w:val="Nobody"/></w:pPr></w:p>',
            "styles that the document does not have: Nobody; it has: .*Body Text",
        ),
        ('<w:p><w:pPr><w:pStyle w:val="Strong"/></w:pPr></w:p>', "styles that the document does not have: Strong"),
        ('<w:p><w:hyperlink r:id="rId1"><w:r/></w:hyperlink></w:p>', "w:hyperlink with the relationship “rId1”"),
        ('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>', "a field .* that lacks begin or end"),
        ('<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>', "a field .* that lacks begin or end"),
        ('<w:p><w:bookmarkStart w:id="0" w:name="a"/></w:p>', "a bookmark .* with one end only"),
        ('<w:p><w:bookmarkEnd w:id="0"/></w:p>', "a bookmark .* with one end only"),
        ("<w:p><w:r><w:t>a\nb</w:t></w:r></w:p>", "such as a line break in w:t"),
        ('<w:p><w:pPr><w:numPr><w:numId w:val="999"/></w:numPr></w:pPr></w:p>', "a list with the number 999"),
    ],
)
def test_what_would_break_the_document_is_refused(xml: str, problem: str) -> None:
    if not problem:
        check_docx(rendered(lambda part: xml))
        return
    with pytest.raises(RenderError, match=problem):
        rendered(lambda part: xml)
    with pytest.raises(RenderError, match=problem):
        rendered(lambda part: part.render_default() + xml)


def test_an_error_of_the_default_is_the_renderers() -> None:
    wide = type(TABLE)(TABLE.columns * 40, (), "宽表")
    with pytest.raises(RenderError, match="80 columns"):
        rendered(lambda part: part.render_default([wide]))


CONTEXTS: Final[list[tuple[Block, ...]]] = [(), (PageBreak(),), (LIST,), (figure(1),)]


@pytest.mark.deep
@pytest.mark.pairwise
@pytest.mark.parametrize("before", CONTEXTS)
@pytest.mark.parametrize("render", [twice, backwards, same_text_twice, dropped, lambda part: TABLE_XML])
@pytest.mark.parametrize("look", ["gongwen", "briefing"])
@pytest.mark.parametrize("toc", [False, True])
def test_openxml_audit_finds_nothing(
    before: tuple[Block, ...], render: Callable[[SectionPart], str], look: str, toc: bool
) -> None:
    section: Iterable[Block] = (*SECTION, TABLE, figure(1), figure(2), CHART)
    made = document(*section, before=before, after=(*AFTER, SIGNATURE))
    check_docx(rendered(render, made, toc=toc, look=look))
