"""Forms like those of offices: made with python-docx, and in raw XML where it cannot."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def saved(document: Any) -> bytes:
    """Return a python-docx document as a file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def run(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str) -> str:
    """Return a paragraph of one run."""
    return f"<w:p>{run(text)}</w:p>"


def with_texts(*paragraphs: str) -> bytes:
    """Return a form of these paragraphs."""
    return with_body("".join(map(paragraph, paragraphs)))


def with_runs(*runs: str) -> bytes:
    """Return a form of one paragraph, each run in a colour of its own."""
    colours = (f'<w:rPr><w:color w:val="{number:02X}0000"/></w:rPr>' for number in range(len(runs)))
    return with_body(f"<w:p>{''.join(map(run, runs, colours))}</w:p>")


def table(*rows: tuple[str, ...]) -> str:
    """Return a table of texts."""
    grid = "".join('<w:gridCol w:w="2000"/>' for _ in rows[0])
    made = (
        "".join(f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{paragraph(text)}</w:tc>' for text in row)
        for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in made)}</w:tbl>"


def with_table(*rows: tuple[str, ...]) -> bytes:
    """Return a form of one table."""
    return with_body(table(*rows) + paragraph(""))


def add_table(document: Any, *rows: tuple[str, ...]) -> Any:
    """Add a table of texts with rules."""
    table = document.add_table(len(rows), len(rows[0]))
    table.style = "Table Grid"
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return table


def with_body(xml: str) -> bytes:
    """Return a form whose body is ``xml``, with prefixes w, r, mc, wps, wp, a, v and w14; it is as small as can be."""
    root = (
        f'<w:document xmlns:w="{W}" xmlns:mc="{MC}" xmlns:wps="{WPS}"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14">'
        f'<w:body>{xml}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>"
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"{more}><w:name w:val="{name}"/></w:style>'
        for name, more in (("Normal", ' w:default="1"'), ("heading 1", ""), ("Body Text", ""))
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _relations(("officeDocument", "word/document.xml")))
        package.writestr("word/document.xml", root)
        package.writestr("word/_rels/document.xml.rels", _relations(("styles", "styles.xml")))
        package.writestr("word/styles.xml", f'<w:styles xmlns:w="{W}">{styles}</w:styles>')
    return stream.getvalue()


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/></Types>'
)


def _relations(*targets: tuple[str, str]) -> str:
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    members = "".join(
        f'<Relationship Id="rId{number}" Type="{kinds}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{package}">{members}</Relationships>'


def changed(data: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """Return a package with parts changed, or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, changes[name](content) if name in changes else content)
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name](b""))
    return stream.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def shown(data: bytes, part: str = "word/document.xml") -> list[str]:
    """Return the texts of all paragraphs of a part, those in tables and boxes too, as ``w:t`` elements hold them."""
    root = etree.fromstring(parts(data)[part])
    return [
        "".join(
            text.text or "" if text.tag == f"{{{W}}}t" else "\n"
            for text in paragraph.iter(f"{{{W}}}t", f"{{{W}}}br")
            if next(text.iterancestors(f"{{{W}}}p")) is paragraph
        )
        for paragraph in root.iter(f"{{{W}}}p")
    ]


def rows(data: bytes, number: int = 0) -> list[list[str]]:
    """Return the texts of a table."""
    table = docx.Document(io.BytesIO(data)).tables[number]
    return [[cell.text for cell in row.cells] for row in table.rows]


def _song(run: Any, font: str, size: float, *, bold: bool = False, red: bool = False) -> None:
    run.font.name, run.font.size, run.font.bold = font, Pt(size), bold
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    if red:
        run.font.color.rgb = RGBColor(0xC0, 0, 0)


def _paragraph(document: Any, text: str, font: str, size: float, *, center: bool = False, **look: bool) -> Any:
    paragraph = document.add_paragraph()
    _song(paragraph.add_run(text), font, size, **look)
    if center:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def survey() -> bytes:
    """A street office's table: figures in cells, a list of activities, the text in a cell, a photograph, a seal."""
    document = docx.Document()
    document.styles["Normal"].font.name = "宋体"
    document.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    _paragraph(document, "{{ 时间 | 年份 }}年度社区科普工作情况表", "黑体", 18, center=True)
    table = add_table(
        document,
        ("单位名称", "{{ 社区.名称 }}", "所属街道", "{{ 社区.街道 }}"),
        ("常住人口", "{{ 社区.居民 }}", "科普志愿者", "{{ 队伍建设.志愿者 }}"),
        ("活动场次", "{{ 科普活动.活动 | 个数 }}场", "参加人次", "{{ 科普活动.人次 }}"),
        ("培训场次", "{{ 科普培训.举办场次 }}", "培训人次", "{{ 科普培训.人次 }}"),
        ("工作小结", "{{ 正文 }}", "", ""),
        ("现场照片", "", "", ""),
        ("填报单位意见", "（盖章）\n{{ 署名日期 | 日期 }}", "", ""),
    )
    for number in (4, 5, 6):
        table.rows[number].cells[1].merge(table.rows[number].cells[3])
    photos = table.rows[5].cells[1].paragraphs[0]
    photos.add_run("{% for 照 in 科普活动.照片 %}{{ 照片(照，宽=“5cm”) }} {% endfor %}")
    for row in table.rows:
        for cell, width in zip(row.cells, (3, 5, 3, 5), strict=False):
            cell.width = Cm(width)
    _paragraph(document, "附：主要活动", "黑体", 12)
    add_table(
        document,
        ("序号", "活动名称", "时间", "地点", "参加人次"),
        (
            "{% for 项 in 科普活动.活动 %}{{ 序号 }}",
            "{{ 项.名称 }}",
            "{{ 项.时间 }}",
            "{{ 项.地点 }}",
            "{{ 项.人次 }}{% endfor %}",
        ),
    )
    return saved(document)


def _text_box(paragraphs: str) -> str:
    """Return a run with a text box as Word writes it: a shape, and its fallback in VML."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0"'
        ' distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:posOffset>700000</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:posOffset>4200000</wp:posOffset></wp:positionV>'
        '<wp:extent cx="4000000" cy="1300000"/><wp:wrapNone/><wp:docPr id="7" name="框"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="4000000" cy="1300000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
        f"</a:ln></wps:spPr><wps:txbx><w:txbxContent>{paragraphs}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        '<v:shape style="position:absolute;margin-left:55pt;margin-top:330pt;width:315pt;height:102pt"><v:textbox>'
        f"<w:txbxContent>{paragraphs}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def _written(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def booklet() -> bytes:
    """A booklet: a cover with a text box, a text in sections with header and footer, a landscape table of activities."""
    document = docx.Document()
    namespaces = f'xmlns:mc="{MC}" xmlns:wps="{WPS}" xmlns:v="urn:schemas-microsoft-com:vml"'
    for _ in range(5):
        document.add_paragraph()
    _paragraph(document, "科普工作总结", "黑体", 36, center=True)
    box = (
        _written("单位：{{ 社区.名称 }}")
        + _written("时间：{{ 时间 | 年份 }}年")
        + _written("{% if 署名 %}填报：{{ 署名 }}{% endif %}")
    )
    holder = document.add_paragraph()
    run = parse_xml(_text_box(box).replace("<w:r>", f"<w:r {nsdecls('w', 'wp', 'a', 'r')} {namespaces}>", 1))
    holder._element.append(run)
    body = document.add_section(WD_SECTION.NEW_PAGE)
    body.header.is_linked_to_previous = False
    body.header.paragraphs[0].text = "{{ 社区.名称 }} · {{ 时间 | 年份 }}年科普工作总结"
    body.footer.is_linked_to_previous = False
    body.footer.paragraphs[0].text = "联系街道：{{ 社区.街道 }}"
    document.add_heading("一、工作概况", 1)
    document.add_paragraph("{% for 段 in 开头 %}")
    document.add_paragraph("{{ 段 }}")
    document.add_paragraph("{% endfor %}")
    document.add_paragraph("{% if 科普培训 %}")
    document.add_heading("二、科普培训", 1)
    document.add_paragraph("{{ 栏目(“科普培训”，标题=否) }}")
    document.add_paragraph("{% endif %}")
    document.add_paragraph("{% if 下一步打算.任务 %}")
    document.add_heading("三、下一步打算", 1)
    document.add_paragraph("{% for 事 in 下一步打算.任务 %}")
    document.add_paragraph("{{ 事.任务 }}{{ 事.完成时限 | 何时 | 短语(“（{}）”) }}", style="List Number")
    document.add_paragraph("{% endfor %}")
    document.add_paragraph("{% endif %}")
    wide = document.add_section(WD_SECTION.NEW_PAGE)
    wide.orientation, wide.page_width, wide.page_height = WD_ORIENT.LANDSCAPE, wide.page_height, wide.page_width
    document.add_paragraph("附表：活动一览")
    table = add_table(
        document,
        ("类别", "活动", "明细"),
        ("{% for 项 in 科普活动.活动 %}{{ 项.类别 }}", "{{ 项.名称 }}", "{% endfor %}"),
    )
    inner = table.rows[1].cells[2].add_table(2, 2)
    inner.style = "Table Grid"
    for place, text in enumerate(("时间", "{{ 项.时间 }}", "人次", "{{ 项.人次 }}")):
        inner.cell(place // 2, place % 2).text = text
    document.add_paragraph("{{ 栏目(“科普活动”) }}")
    return saved(document)


def red_head() -> bytes:
    """A paper with a red head: content controls, a placeholder that Word has split, marks of its spelling, a note."""
    document = docx.Document()
    _paragraph(document, "{{ 社区.名称 }}文件", "黑体", 30, center=True, red=True, bold=True)
    line = document.add_paragraph()
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "1"), ("color", "C00000")):
        bottom.set(qn(f"w:{name}"), value)
    border.append(bottom)
    line._element.get_or_add_pPr().append(border)
    _paragraph(document, "{{ 标题 }}", "黑体", 20, center=True)
    document.add_paragraph("{% if 主送机关 %}{{ 主送机关 }}：{% endif %}")
    control = parse_xml(
        f'<w:p {nsdecls("w")}><w:r><w:t xml:space="preserve">  填报单位：</w:t></w:r><w:sdt><w:sdtPr>'
        '<w:alias w:val="单位名称"/><w:id w:val="77"/><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent><w:r>'
        "<w:t>{{ 社区.名称 }}</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    split = parse_xml(
        f'<w:p {nsdecls("w")}><w:r w:rsidR="00A1"><w:t>全年举办活动{{</w:t></w:r><w:r w:rsidR="00A2"><w:rPr><w:b/></w:rPr>'
        '<w:t>{ 科普</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>活动.</w:t></w:r>'
        '<w:proofErr w:type="spellEnd"/><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">场次 }</w:t></w:r>'
        "<w:r><w:t>}，参加{{ 科普活动.人次 }}。</w:t></w:r></w:p>"
    )
    end = document.element.body.sectPr
    for element in (control, split):
        end.addprevious(element)
    document.add_paragraph("{{ 正文 | 限字(20000) }}")
    document.add_paragraph("{{ 署名 }}").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph("{{ 署名日期 }}").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return saved(document)


FORMS: dict[str, Callable[[], bytes]] = {"survey": survey, "booklet": booklet, "red_head": red_head}
