"""Word documents of other programs: automatic numbers, styles, revisions, boxes, notes, tables; no word is lost."""

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from tests.fuzzing.inputs import word
from tests.importing.word_package import read
from tests.importing.words import of_document, of_record

import kepu_docs
from kepu_docs.importing.documents import ImportedSummary
from kepu_docs.importing.reading import read_bytes_of

TITLE = "试验社区2025年科普工作总结"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def imported(document: Document, folder: Path) -> ImportedSummary:
    path = folder / "document.docx"
    document.save(str(path))
    (summary,) = kepu_docs.import_document(path)
    assert of_record(summary) == of_document(summary)
    return summary


def from_body(body: str, **parts: str) -> list[tuple[str, str]]:
    """Return number and text of the lines of a document with a certain body."""
    main = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    data = word({"word/document.xml": main.encode(), **{name: text.encode() for name, text in parts.items()}})
    return [(line.number, line.text) for line in read_bytes_of(data, "a.docx", ".docx").lines]


def paragraph(*runs: str, level: int | None = None, number: int = 1) -> str:
    properties = ""
    if level is not None:
        properties = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def numbering(*levels: tuple[str, str], nums: str = "") -> str:
    shown = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    return (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{shown}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{nums}</w:numbering>'
    )


def test_heading_styles(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph("一年来，社区做了几件事。")
    document.add_heading("科普培训", 1)
    document.add_heading("骨干培训", 2)
    document.add_paragraph("全年举办培训班3期。")
    document.add_heading("科普活动", 1)
    document.add_paragraph("讲座办在楼道口。", style="List Bullet")
    document.add_paragraph("展览办在广场上。", style="List Bullet")
    summary = imported(document, tmp_path)
    assert summary.title == TITLE
    assert [(entry.level, entry.text) for entry in summary.outline] == [
        (1, "科普培训"), (2, "骨干培训"), (1, "科普活动"),
    ]  # fmt: skip
    assert [section.kind for section in summary.summary.sections] == ["training", "activities"]
    assert summary.record["sections"][1]["written"] == [
        {"points": ["讲座办在楼道口。", "展览办在广场上。"], "style": "•"}
    ]


def test_automatic_numbers() -> None:
    levels = [
        ("chineseCountingThousand", "%1、"),
        ("chineseCounting", "（%2）"),
        ("decimal", "%3."),
        ("decimal", "%3.%4"),
    ]
    body = "".join(
        paragraph(run(f"第{place}段"), level=level) for place, level in enumerate([0, 1, 1, 2, 3, 3, 0, 1, 3], 1)
    )
    found = from_body(body, **{"word/numbering.xml": numbering(*levels)})
    numbers = ["一、", "（一）", "（二）", "1.", "1.1", "1.2", "二、", "（一）", "1.1"]
    assert [number for number, _ in found] == numbers


@pytest.mark.parametrize(
    ("form", "third"),
    [
        ("decimalEnclosedCircleChinese", "③"), ("chineseLegalSimplified", "叁"), ("ideographDigital", "三"),
        ("decimalFullWidth", "３"), ("upperRoman", "III"), ("lowerLetter", "c"), ("decimalZero", "03"), ("ordinalText", "Third"),
        ("ideographTraditional", "丙"), ("ideographZodiac", "寅"), ("ideographEnclosedCircle", "㊂"), ("decimalEnclosedParen", "⑶"),
        ("decimalEnclosedFullstop", "⒊"), ("bullet", "•"), ("none", ""), ("aRareOne", "3"),
    ],
)  # fmt: skip
def test_forms_of_numbers(form: str, third: str) -> None:
    found = from_body(3 * paragraph(run("甲"), level=0), **{"word/numbering.xml": numbering((form, "%1"))})
    assert found[2] == (third, "甲")


def test_lists_that_begin_anew() -> None:
    nums = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = "".join(paragraph(run("甲"), level=0, number=number) for number in (1, 1, 2, 3, 3, 9))
    found = from_body(body, **{"word/numbering.xml": numbering(("decimal", "%1."), nums=nums)})
    assert [number for number, _ in found] == ["1.", "2.", "3.", "1.", "2.", ""]


@pytest.mark.parametrize("is_by_style", [True, False])
@pytest.mark.parametrize("name", ["word/numbering.xml", "word/numbering2.xml", "word/lists/numbering.xml"])
def test_a_list_that_follows_a_style_of_lists(name: str, is_by_style: bool) -> None:
    """Word lets a list follow the style of another; parts have names as their makers like."""
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    lists = (
        '<w:numbering {ns}><w:abstractNum w:abstractNumId="4"><w:numStyleLink w:val="编号"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="7"><w:styleLink w:val="编号"/>{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
        "</w:numbering>"
    )
    style = '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>' if is_by_style else ""
    styles = f'<w:styles {{ns}}><w:style w:type="numbering" w:styleId="编号">{style}</w:style></w:styles>'
    body = paragraph(run("甲"), level=0) + paragraph(run("乙"), level=0, number=2) + paragraph(run("丙"), level=0)
    content = read(body, {name: ("numbering", lists), "word/styles2.xml": ("styles", styles)})
    assert [line.number for line in content.lines] == ["一、", "二、", "三、"]


def test_a_list_may_have_levels_of_its_own() -> None:
    own = '<w:lvl w:ilvl="0"><w:start w:val="5"/><w:numFmt w:val="decimal"/><w:lvlText w:val="（%1）"/></w:lvl>'
    nums = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        f'{own}</w:lvlOverride><w:lvlOverride w:ilvl="99999"/></w:num>'
    )
    body = paragraph(run("甲"), level=0) + 2 * paragraph(run("乙"), level=0, number=2)
    found = from_body(body, **{"word/numbering.xml": numbering(("chineseCounting", "%1、"), nums=nums)})
    assert [number for number, _ in found] == ["一、", "（5）", "（6）"]


@pytest.mark.parametrize("name", ["word/styles.xml", "word/styles2.xml", "word/looks/Styles.xml"])
def test_styles_are_found_by_what_leads_to_them(name: str) -> None:
    styles = '<w:styles {ns}><w:style w:type="paragraph" w:styleId="1"><w:name w:val="标题 2"/></w:style></w:styles>'
    stale = '<w:styles {ns}><w:style w:type="paragraph" w:styleId="1"><w:name w:val="Title"/></w:style></w:styles>'
    body = '<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>科普培训</w:t></w:r></w:p>'
    parts = {name: ("styles", styles), "word/stylesWithEffects.xml": ("stylesWithEffects", stale)}
    assert [line.level for line in read(body, parts).lines] == [2]


def test_a_style_numbers_its_paragraphs() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="b">'
        '<w:name w:val="mine"/><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    body = '<w:p><w:pPr><w:pStyle w:val="b"/></w:pPr><w:r><w:t>组织领导</w:t></w:r></w:p>'
    parts = {"word/numbering.xml": numbering(("chineseCounting", "%1、")), "word/styles.xml": styles}
    assert from_body(body, **parts) == [("一、", "组织领导")]


def test_revisions_links_fields_and_breaks(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(TITLE)
    inner = (
        "<w:r><w:t>社区</w:t></w:r>"
        "<w:ins><w:r><w:t>新添</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>旧有</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>移来</w:t></w:r></w:moveTo>"
        '<w:hyperlink w:anchor="x"><w:r><w:t>链接</w:t></w:r></w:hyperlink>'
        '<w:fldSimple w:instr="DATE"><w:r><w:t>域</w:t></w:r></w:fldSimple>'
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:smartTag><w:r><w:t>标记</w:t></w:r></w:smartTag>"
        "<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:tab/><w:t>跳格</w:t><w:noBreakHyphen/><w:t>连字</w:t></w:r>"
        "<w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby>"
        "<w:r><w:br/><w:t>软换行之后。</w:t></w:r>"
    )
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))
    summary = imported(document, tmp_path)
    assert summary.record["opening"] == ["社区新添移来链接域标记控件 跳格-连字拼", "软换行之后。"]
    told = [(note.text, note.why.text) for note in summary.unclear if note.text in ("旧有", "pin")]
    assert [text for text, _ in told] == ["旧有", "pin"]


def test_boxes_notes_headers_and_comments(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(TITLE)
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    box = (
        '<w:r xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>'
        '<mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>框里的话。</w:t></w:r></w:p></w:txbxContent>'
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>框里的话。</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>正文。</w:t></w:r>{box}</w:p>"))
    document.add_paragraph("最后一段。")
    summary = imported(document, tmp_path)
    assert summary.record["opening"] == ["正文。", "框里的话。", "最后一段。"]
    assert "内部资料" in [note.text for note in summary.unclear]
    assert "— 1 —" not in [note.text for note in summary.unclear]


def test_tables(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(TITLE)
    document.add_paragraph("一、活动情况")
    document.add_paragraph("表1　活动一览")
    table = document.add_table(3, 3)
    for row, texts in enumerate([("时间", "活动", "人次"), ("4月", "讲座", "60"), ("9月", "展览", "近300")]):
        for cell, text in zip(table.rows[row].cells, texts, strict=True):
            cell.text = text
    table.cell(2, 0).merge(table.cell(2, 1))
    document.add_paragraph("以上为全年情况。")
    summary = imported(document, tmp_path)
    assert summary.record["sections"][0]["written"] == [
        {
            "columns": ["时间", "活动", "人次"],
            "rows": [["4月", "讲座", "60"], ["9月展览", "", "近300"]],
            "caption": "活动一览",
        }
    ]
    assert summary.record["closing"] == ["以上为全年情况。"]


def test_places_are_numbers_of_paragraphs(tmp_path: Path) -> None:
    document = docx.Document()
    for text in (TITLE, "", "开头。", "一、组织领导", "正文。"):
        document.add_paragraph(text)
    summary = imported(document, tmp_path)
    assert [place.line for place in summary.text_places] == [1, 3, 4, 5]
    assert summary.place(("sections", 0, "written", 0)).line == 5
    assert summary.place(("sections", 0, "nothing")).line == 4
    assert summary.place(()).line is None


def test_bold_leads_are_headings_that_run_in(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(TITLE)
    document.add_paragraph("一、主要工作")
    for number, (head, text) in enumerate(
        [("讲座走进楼栋里", "居民围坐在一起听。"), ("展览走进广场上", "行人停下来看。")], 1
    ):
        added = document.add_paragraph()
        added.add_run(f"{number}.{head}").bold = True
        added.add_run(text)
    summary = imported(document, tmp_path)
    assert [(entry.level, entry.text) for entry in summary.outline] == [
        (1, "主要工作"), (2, "讲座走进楼栋里"), (2, "展览走进广场上"),
    ]  # fmt: skip


def test_bold_leads_and_lines_without_numbers_are_headings(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(TITLE)
    for head, text in [("建强一支队伍。", "居民围坐在一起听。"), ("用活一个阵地。", "行人停下来看。")]:
        added = document.add_paragraph()
        added.add_run(head).bold = True
        added.add_run(text)
    summary = imported(document, tmp_path)
    assert [(entry.level, entry.text) for entry in summary.outline] == [(1, "建强一支队伍"), (1, "用活一个阵地")]
    document = docx.Document()
    document.add_paragraph(TITLE)
    for head, text in [
        ("完善机制，凝聚合力", "居民围坐在一起听，听得认真。"),
        ("搭建平台，优化服务", "行人停下来看，看得仔细。"),
    ]:
        document.add_paragraph().add_run(head).bold = True
        document.add_paragraph(text)
    summary = imported(document, tmp_path)
    assert [(entry.level, entry.text) for entry in summary.outline] == [
        (1, "完善机制，凝聚合力"), (1, "搭建平台，优化服务"),
    ]  # fmt: skip


def test_a_document_without_text(tmp_path: Path) -> None:
    path = tmp_path / "empty.docx"
    docx.Document().save(str(path))
    with pytest.raises(kepu_docs.DocumentError, match="has no text"):
        kepu_docs.import_document(path)


def test_a_record_that_is_wrong(tmp_path: Path) -> None:
    summary = kepu_docs.load({"community": {"name": "试验社区"}, "period": 2025, "opening": "开头。"})
    data = kepu_docs.render(summary, "docx")
    import zipfile

    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            content: Any = old.read(name)
            new.writestr(name, content.replace(b"community", b"komunity") if name.startswith("customXml/") else content)
    path = tmp_path / "wrong.docx"
    path.write_bytes(broken.getvalue())
    with pytest.raises(kepu_docs.RecordError, match="komunity"):
        kepu_docs.import_document(path)
