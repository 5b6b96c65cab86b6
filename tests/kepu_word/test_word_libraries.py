"""Overrides of sections in Word with python-docx: what the result takes over, and what is refused."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from lxml import etree
from PIL import Image
from tests.kepu_word.invariants import check_docx
from tests.kepu_word.overriding import (
    AFTER,
    SECTION,
    SIGNATURE,
    body,
    document,
    figure,
    lists,
    names,
    rendered,
    style,
    text,
)
from tests.kepu_word.reading import W, part, shown_by_office

from kepu_docs.blocks import Paragraph
from kepu_docs.contract.renderers import OverrideFunction, SectionPart
from kepu_docs.errors import RenderError
from kepu_docs.testing import png

Change = Callable[[Any], Any]
PICTURE: Final = png(40, 30)


def returning(change: Change) -> OverrideFunction:
    """Return an override that changes a new document and returns it."""

    def render(part: SectionPart) -> WordDocument:
        made: WordDocument = part.new_document()
        change(made)
        return made

    return render


def link(made: Any, address: str, *, external: bool = True) -> None:
    """Add a paragraph with a link."""
    paragraph = made.add_paragraph()
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), made.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=external))
    element.append(paragraph.add_run("链接")._r)
    paragraph._p.append(element)


def everything(made: Any) -> None:
    """Fill a document with all that is taken over."""
    made.add_heading("科普培训", 1)
    made.add_paragraph("没有样式的一段。")
    paragraph = made.add_paragraph("带有", style="Body Text")
    paragraph.add_run("重点", style="Strong")
    paragraph.add_run("和斜体\n换行\t制表。").italic = True
    for entry in ("甲", "乙"):
        made.add_paragraph(entry, style="List Number")
    made.add_paragraph("间隔。")
    for entry in ("丙", "丁"):
        made.add_paragraph(entry, style="List Number")
    for entry in ("戊", "己"):
        made.add_paragraph(entry, style="List Bullet")
    table = made.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "横并"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "竖并"
    table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "表中表"
    table.cell(2, 2).paragraphs[0].add_run().add_picture(io.BytesIO(PICTURE), width=Mm(10))
    for size in (None, Mm(50)):
        made.add_picture(io.BytesIO(PICTURE), width=size)
    made.add_paragraph("图题", style="caption")
    link(made, "https://example.org/科普?a=1&b=2")


def test_everything_is_taken_over() -> None:
    data = rendered(returning(everything))
    check_docx(data)
    assert [(style(each), text(each)) for each in body(data)[:12] if each.tag == f"{W}p"] == [
        ("Heading1", "科普培训"),
        ("BodyText", "没有样式的一段。"),
        ("BodyText", "带有重点和斜体换行制表。"),
        ("ListNumber", "甲"),
        ("ListNumber", "乙"),
        ("BodyText", "间隔。"),
        ("ListNumber", "丙"),
        ("ListNumber", "丁"),
        ("ListBullet", "戊"),
        ("ListBullet", "己"),
        ("Figure", ""),
    ]
    table = next(part(data).iter(f"{W}tbl"))
    assert [mark.get(f"{W}val") for mark in table.iter(f"{W}gridSpan", f"{W}vMerge")] == ["3", "restart", None]
    assert {mark.get(f"{W}val") for mark in part(data).iter(f"{W}tblStyle")} == {"TableGrid"}
    assert {style(each) for each in table.iter(f"{W}p")} == {"TableText", "Figure"}


def test_pictures_are_kept_once_with_the_documents_own() -> None:
    made = document(*SECTION, after=(*AFTER, figure(3)))
    data = rendered(returning(everything), made)
    check_docx(data)
    assert [name for name in names(data) if "media" in name] == ["word/media/image1.png", "word/media/image2.png"]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.read("word/media/image1.png") == PICTURE
    drawn = [(each.get("id"), each.get("name")) for each in part(data).iter("{*}docPr")]
    assert drawn == [(str(number), f"Picture {number}") for number in (1, 2, 3, 4)]


def test_links_are_taken_over() -> None:
    relations = part(rendered(returning(everything)), "word/_rels/document.xml.rels")
    external = [(each.get("Target"), each.get("TargetMode")) for each in relations if each.get("TargetMode")]
    assert external == [("https://example.org/科普?a=1&b=2", "External")]
    check_docx(rendered(returning(lambda made: link(made, "mailto:a@example.org"))))


def test_lists_count_from_one_and_bullets_are_ours() -> None:
    data = rendered(returning(everything))
    numbers = lists(data)
    by_text = {shown: number for number, shown in reversed(numbers)}
    assert by_text["戊"] == by_text["己"] == "2"
    assert len({by_text[shown] for shown in "甲丙戊"}) == 3
    assert by_text["丙"] == by_text["丁"]
    # Lists of the document's own below it are others.
    assert len({number for number, shown in numbers if shown == "甲"}) == 2


def test_numbers_of_the_documents_own_are_taken_over() -> None:
    def own(made: Any) -> None:
        root = made.part.numbering_part.element
        root.insert(
            0,
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="70"><w:nsid w:val="00000001"/>'
                '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/>'
                '<w:pStyle w:val="ListNumber"/><w:lvlText w:val="%1)"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
            ),
        )
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="80"><w:abstractNumId w:val="70"/></w:num>'))
        for entry in ("甲", "乙"):
            properties = made.add_paragraph(entry, style="List Number")._p.get_or_add_pPr()
            properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="80"/></w:numPr>'))

    def both(part: SectionPart) -> list[WordDocument]:
        return [returning(own)(part), returning(own)(part)]

    data = rendered(both)
    check_docx(data)
    numbers = [number for number, _ in lists(data)[:4]]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    numbering = part(data, "word/numbering.xml")
    definitions = {num.get(f"{W}numId"): num[0].get(f"{W}val") for num in numbering.iter(f"{W}num")}
    abstract = next(each for each in numbering if each.get(f"{W}abstractNumId") == definitions[numbers[0]])
    assert [mark.get(f"{W}val") for mark in abstract.iter(f"{W}lvlText")] == ["%1)"]
    assert not list(abstract.iter(f"{W}pStyle"))


def test_an_anchored_picture() -> None:
    def anchored(made: Any) -> None:
        made.add_picture(io.BytesIO(PICTURE))
        inline = made.element.body.find(".//" + qn("wp:inline"))
        anchor = parse_xml(
            f"<wp:anchor {nsdecls('wp', 'a', 'pic', 'r')} xmlns:wp14='http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing'"
            " distT='0' distB='0' distL='0' distR='0' simplePos='0' relativeHeight='2' behindDoc='0' locked='0'"
            " layoutInCell='1' allowOverlap='1' wp14:anchorId='01234567'><wp:simplePos x='0' y='0'/>"
            "<wp:positionH relativeFrom='column'><wp:posOffset>0</wp:posOffset></wp:positionH>"
            "<wp:positionV relativeFrom='paragraph'><wp:posOffset>0</wp:posOffset></wp:positionV>"
            "<wp:extent cx='360000' cy='270000'/><wp:wrapSquare wrapText='bothSides'/></wp:anchor>"
        )
        for member in list(inline)[1:]:
            anchor.append(member)
        anchor.append(
            parse_xml(
                "<wp14:sizeRelH xmlns:wp14='http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing' relativeFrom='page'/>"
            )
        )
        inline.getparent().replace(inline, anchor)

    data = rendered(returning(anchored))
    check_docx(data)
    assert next(part(data).iter("{*}anchor")).find("{*}docPr").get("id") == "1"  # type: ignore[union-attr]
    assert b"wp14" not in etree.tostring(part(data))


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "JPEG"])
def test_other_kinds_of_pictures(kind: str) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (8, 6)).save(stream, kind)
    data = rendered(returning(lambda made: made.add_picture(io.BytesIO(stream.getvalue()))))
    check_docx(data)
    assert f"word/media/image1.{kind.lower()}" in names(data)


def test_the_same_bytes_each_time() -> None:
    assert rendered(returning(everything)) == rendered(returning(everything))


def test_one_section_does_not_leak_into_another_document() -> None:
    count = iter(range(9))
    render = returning(lambda made: made.add_paragraph(f"第{next(count)}份。"))
    first, second = rendered(render), rendered(render)
    assert "第0份。" in text(part(first))
    assert "第0份。" not in text(part(second))


def test_an_empty_document_leaves_no_trace() -> None:
    assert rendered(returning(lambda made: None)) == rendered(lambda part: "")


def test_several_in_their_order() -> None:
    def render(part: SectionPart) -> list[Any]:
        made = part.new_document()
        made.add_paragraph("后记。")
        return [part.render_default(), made, part.render_default([Paragraph("尾声。")])]

    data = rendered(render)
    check_docx(data)
    assert [text(each) for each in body(data)[:6]] == ["科普培训", "全年培训两场。", "甲", "乙", "后记。", "尾声。"]


def test_headings_stand_in_the_table_of_contents() -> None:
    def headed(made: Any) -> None:
        made.add_heading("自己的标题", 1)
        made.add_paragraph("不编号", style="Heading 1 Unnumbered")

    data = rendered(returning(headed), toc=True)
    check_docx(data)
    listed = [text(each) for each in next(part(data).iter(f"{W}sdt")).iter(f"{W}p")][1:]
    assert listed == ["一、自己的标题", "不编号", "二、科普活动"]


def test_bookmarks_are_made_unique() -> None:
    def marked(made: Any) -> None:
        paragraph = made.add_paragraph("此处")._p
        paragraph.insert(0, parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="0" w:name="_Toc000000001"/>'))
        paragraph.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="0"/>'))
        reference = made.add_paragraph("见")._p
        reference.append(
            parse_xml(f'<w:hyperlink {nsdecls("w")} w:anchor="_Toc000000001"><w:r><w:t>上</w:t></w:r></w:hyperlink>')
        )

    def both(part: SectionPart) -> list[Any]:
        return [returning(marked)(part), part.render_default(), returning(marked)(part)]

    data = rendered(both, toc=True)
    check_docx(data)


def test_the_signature_stays_with_it() -> None:
    data = rendered(returning(lambda made: made.add_paragraph("最后一段。")), document(*SECTION, after=(SIGNATURE,)))
    assert body(data)[0].find(f"{W}pPr/{W}keepNext") is not None


def test_a_document_of_python_docx_own() -> None:
    def render(part: SectionPart) -> WordDocument:
        made = docx.Document()
        everything(made)
        made.tables[0].style = "Table Grid"
        return made

    data = rendered(render)
    check_docx(data)
    assert [style(each) for each in body(data)[:3]] == ["Heading1", "BodyText", "BodyText"]


def test_styles_that_the_document_does_not_have() -> None:
    def render(part: SectionPart) -> WordDocument:
        made = docx.Document()
        made.add_paragraph("引用。", style="Intense Quote")
        made.add_table(1, 1, style="Light Shading")
        return made

    with pytest.raises(
        RenderError, match=r"styles that the document does not have: Intense Quote, Light Shading; it has: .*Body Text"
    ):
        rendered(render)


def test_in_the_styles_of_a_users_template() -> None:
    made = docx.Document()
    made.sections[0].footer.paragraphs[0].text = "页脚"
    saved = io.BytesIO()
    made.save(saved)
    with pytest.warns(UserWarning, match="lacks styles"):
        data = rendered(returning(everything), reference=saved.getvalue())
    check_docx(data)
    assert style(body(data)[0]) == "Heading1"
    assert "页脚" in text(part(data, next(name for name in names(data) if "footer" in name)))


def relate(made: Any, kind: str, name: str, *, external: bool = False) -> str:
    """Relate the main part to a part, or to an address, and return the relationship's id."""
    target = name if external else Part(PackURI(name), "application/octet-stream", b"x", made.part.package)
    return str(made.part.relate_to(target, kind, is_external=external))


def drawn(made: Any, member: str) -> None:
    made.add_paragraph()._p.append(
        parse_xml(
            f"<w:r {nsdecls('w', 'wp', 'a', 'r')}><w:drawing><wp:inline><wp:extent cx='1' cy='1'/><wp:docPr id='1' name='x'/>"
            f"<a:graphic><a:graphicData uri='x'>{member}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
    )


def with_chart(made: Any) -> None:
    identity = relate(made, RELATIONSHIP_TYPE.CHART, "/word/charts/chart1.xml")
    drawn(made, f"<c:chart xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart' r:id='{identity}'/>")


def with_outside_picture(made: Any) -> None:
    made.add_picture(io.BytesIO(PICTURE))
    identity = relate(made, RELATIONSHIP_TYPE.IMAGE, "https://example.org/a.png", external=True)
    blip = made.element.body.find(".//" + qn("a:blip"))
    del blip.attrib[qn("r:embed")]
    blip.set(qn("r:link"), identity)


def with_element(xml: str) -> Change:
    def change(made: Any) -> None:
        made.add_paragraph("字").add_run()._r.append(parse_xml(xml.replace("/>", f" {nsdecls('w', 'r')}/>", 1)))

    return change


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda made: setattr(made.sections[0].footer.paragraphs[0], "text", "x"), "a change of headers or footers"),
        (lambda made: setattr(made.sections[0].header, "is_linked_to_previous", False), "a change of"),
        (lambda made: setattr(made.sections[0], "page_width", Mm(100)), "a change of the page"),
        (lambda made: made.add_section(WD_SECTION.NEW_PAGE), "a change of the page"),
        (lambda made: setattr(made.styles["Body Text"].font, "bold", True), "a change of styles"),
        (lambda made: made.add_comment(made.add_paragraph("字").runs, "批注"), "a comment"),
        (with_element('<w:footnoteReference w:id="1"/>'), "a footnote"),
        (with_element("<w:object/>"), "an embedded object"),
        (with_element("<w:pict/>"), "VML"),
        (lambda made: made.element.body.insert(0, OxmlElement("w:altChunk")), "altChunk"),
        (lambda made: made.element.body.insert(0, OxmlElement("w:sdt")), "a content control"),
        (with_chart, "a chart"),
        (with_outside_picture, "a picture stored outside the document"),
        (lambda made: link(made, "file:///etc/passwd"), "a link to “file:///etc/passwd”; expected http"),
        (lambda made: link(made, "javascript:x()"), "a link to “javascript"),
    ],
)
def test_what_is_not_taken_over_is_refused(change: Change, problem: str) -> None:
    with pytest.raises(RenderError, match=f"it returned .*{problem}"):
        rendered(returning(change))


def test_looking_at_the_document_is_no_change() -> None:
    def look(made: Any) -> None:
        assert made.sections[0].footer.paragraphs
        assert made.styles["Body Text"].font.size
        assert [each.name for each in made.styles]
        made.add_paragraph("一段。")

    assert "一段。" in text(part(rendered(returning(look))))


def test_headers_of_another_document_are_refused() -> None:
    def render(part: SectionPart) -> WordDocument:
        made = docx.Document()
        made.sections[0].header.paragraphs[0].text = "页眉"
        return made

    with pytest.raises(RenderError, match="headers or footers"):
        rendered(render)


@pytest.mark.parametrize("returned", [None, 7, b"x", [None], [["<w:p/>"]], docx])
def test_what_is_neither_text_nor_document(returned: Any) -> None:
    with pytest.raises(RenderError, match="expected WordprocessingML or a python-docx document"):
        rendered(lambda part: returned)


@pytest.mark.deep
@pytest.mark.office
def test_office_shows_it(tmp_path: Path) -> None:
    shown = shown_by_office(tmp_path, {"x": rendered(returning(everything))})["x"]
    assert [line for line in shown if line][:10] == [
        "试验社区工作总结",
        "一、 科普培训",
        "没有样式的一段。",
        "带有重点和斜体",
        "换行\t制表。",
        "1. 甲",
        "2. 乙",
        "间隔。",
        "1. 丙",
        "2. 丁",
    ]
