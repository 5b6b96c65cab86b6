"""Office forms in Word: a landscape table, nested tables, content controls, a document with two sections."""

from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from tests.kepu_word.form.made_forms import add_table, run, saved

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_NAMESPACES = f'{nsdecls("w")} xmlns:w14="{W14}" xmlns:w15="{W15}"'


def _document(font: str = "宋体") -> Any:
    document = docx.Document()
    document.styles["Normal"].font.name = font
    document.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), font)
    return document


def _title(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    written = paragraph.add_run(text)
    written.font.size, written.font.bold = Pt(20), True


def _last(document: Any, xml: str) -> None:
    document.element.body.sectPr.addprevious(parse_xml(xml))


def _landscape(section: Any) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)


def landscape() -> bytes:
    """A landscape register: a head of two rows on each page, merged cells, numbers at the right, blank rows, sums."""
    document = _document()
    _landscape(document.sections[0])
    _title(document, "{{ 社区.街道 }}{{ 时间 | 年份 }}年科普活动登记表")
    document.add_paragraph("填报单位：{{ 社区.名称 }}\t填报日期：{{ 署名日期 }}")
    table = add_table(
        document,
        ("序号", "活动", "", "时间地点", "", "参加情况", ""),
        ("", "名称", "类别", "时间", "地点", "人次", "资料"),
        (
            "{% for 项 in 科普活动.活动 | 固定行(12) %}{{ 序号 }}",
            "{{ 项.名称 }}",
            "{{ 项.类别 }}",
            "{{ 项.时间 }}",
            "{{ 项.地点 }}",
            "{{ 项.人次.数值 }}",
            "{{ 项.发放资料 }}{% endfor %}",
        ),
        ("合计", "{{ 科普活动.活动 | 个数 | 短语(“{}项”) }}", "", "", "", "{{ 科普活动.人次 }}", ""),
    )
    for first, last in ((1, 2), (3, 4), (5, 6)):
        table.cell(0, first).merge(table.cell(0, last))
    table.cell(0, 0).merge(table.cell(1, 0))
    for row in table.rows[:2]:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    for cell in (table.rows[2].cells[5], table.rows[3].cells[5]):
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    height = parse_xml(f'<w:trHeight {nsdecls("w")} w:val="440" w:hRule="atLeast"/>')
    table.rows[2]._tr.get_or_add_trPr().append(height)
    document.add_paragraph("填表人：{{ 署名 }}　　　　审核人：")
    return saved(document)


def nested() -> bytes:
    """A form of tables in tables: a box for each part of the work, in it figures, lists and rows of its own."""
    document = _document("仿宋_GB2312")
    _title(document, "社区科普工作考核表")
    outer = document.add_table(4, 2)
    outer.style = "Table Grid"
    outer.autofit = False
    outer.columns[0].width, outer.columns[1].width = Cm(2.5), Cm(12.5)
    left = ("基本情况", "科普培训", "科普活动", "经费使用")
    for row, text in zip(outer.rows, left, strict=True):
        row.cells[0].text = text
    facts = outer.cell(0, 1).add_table(2, 4)
    for place, text in enumerate(
        (
            "名称",
            "{{ 社区.名称 }}",
            "人口",
            "{{ 社区.居民 }}",
            "志愿者",
            "{{ 队伍建设.志愿者 }}",
            "年度",
            "{{ 时间 | 年份 }}",
        )
    ):
        facts.cell(place // 4, place % 4).text = text
    sessions = outer.cell(1, 1).add_table(2, 3)
    for place, text in enumerate(
        (
            "主题",
            "时间",
            "人次",
            "{% for 场 in 科普培训.场次 %}{{ 场.主题 }}",
            "{{ 场.时间 }}",
            "{{ 场.人次 }}{% endfor %}",
        )
    ):
        sessions.cell(place // 3, place % 3).text = text
    groups = outer.cell(2, 1).add_table(3, 2)
    for place, text in enumerate(
        ("{% for 类 in 科普活动.活动 | 分组(“类别”) %}", "", "{{ 类.名称 }}", "", "{% endfor %}", "")
    ):
        groups.cell(place // 2, place % 2).text = text
    entries = groups.cell(1, 1).add_table(1, 2)
    entries.cell(0, 0).text = "{% for 项 in 类.各项 %}{{ 项.名称 }}"
    entries.cell(0, 1).text = "{{ 项.人次 }}{% endfor %}"
    cell = outer.cell(3, 1)
    cell.paragraphs[0].text = "{% if 经费 %}"
    cell.add_paragraph("全年投入{{ 经费.总额 }}，其中：")
    cell.add_paragraph("{% for 笔 in 经费.支出 %}")
    cell.add_paragraph("{{ 笔.用途 }}{{ 笔.金额 }}", style="List Bullet")
    cell.add_paragraph("{% endfor %}")
    cell.add_paragraph("{% else %}")
    cell.add_paragraph("（未填报）")
    cell.add_paragraph("{% endif %}")
    for table in (facts, sessions, groups, entries):
        table.style = "Table Grid"
    return saved(document)


def _control(properties: str, content: str, identity: int) -> str:
    return f'<w:sdt><w:sdtPr><w:id w:val="{identity}"/>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def controls() -> bytes:
    """A form of content controls: text, a date, a choice, boxes to tick, a section that repeats, a row in a control."""
    document = _document()
    _title(document, "科普工作备案表")
    text = _control('<w:alias w:val="单位"/><w:tag w:val="unit"/><w:text/>', run("{{ 社区.名称 }}"), 11)
    day = (
        '<w:date w:fullDate="2020-01-01T00:00:00Z"><w:dateFormat w:val="yyyy年M月d日"/><w:lid w:val="zh-CN"/>'
        '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
    )
    choice = (
        '<w:dropDownList w:lastValue="社区"><w:listItem w:displayText="社区" w:value="社区"/>'
        '<w:listItem w:displayText="街道" w:value="街道"/></w:dropDownList>'
    )
    grey = f'<w:r><w:rPr><w:color w:val="808080"/></w:rPr><w:t>{"{{ 社区.层级 }}"}</w:t></w:r>'
    _last(
        document,
        f"<w:p {_NAMESPACES}>{run('单位：')}{text}{run('　日期：')}{_control(day, run('{{ 署名日期 }}'), 12)}{run('　类别：')}"
        f"{_control('<w:showingPlcHdr/>' + choice, grey, 13)}</w:p>",
    )
    box = (
        '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
    )
    ticked = "".join(
        _control(box, run(f"{{{{ “☒” if {fact} else “☐” }}}}"), 20 + place) + run(f"{name}　")
        for place, (fact, name) in enumerate(
            (("组织领导.列入议程", "列入议程"), ("组织领导.列入计划", "列入计划"), ("科普培训", "开展培训"))
        )
    )
    _last(document, f"<w:p {_NAMESPACES}>{ticked}{_control(box, run('☐'), 29)}{run('其他')}</w:p>")
    entry = f"<w:p>{run('{{ 项.名称 }}{{ 项.时间 | 何时 | 短语(“（{}）”) }}')}</w:p>"
    item = _control(
        "<w15:repeatingSectionItem/>",
        f"<w:p>{run('{% for 项 in 科普活动.活动 %}')}</w:p>{entry}<w:p>{run('{% endfor %}')}</w:p>",
        31,
    )
    _last(
        document,
        f'<w:sdt {_NAMESPACES}><w:sdtPr><w:alias w:val="活动"/><w:id w:val="30"/><w15:repeatingSection/></w:sdtPr><w:sdtContent>'
        f"{item}</w:sdtContent></w:sdt>",
    )
    table = add_table(
        document, ("主题", "人次"), ("{% for 场 in 科普培训.场次 %}{{ 场.主题 }}", "{{ 场.人次 }}{% endfor %}")
    )
    row = table.rows[1]._tr
    held = parse_xml(f'<w:sdt {_NAMESPACES}><w:sdtPr><w:id w:val="40"/></w:sdtPr><w:sdtContent/></w:sdt>')
    row.addprevious(held)
    held[1].append(row)
    whole = f"<w:p>{run('{{ 栏目(“组织领导”) }}')}</w:p>"
    _last(
        document,
        f'<w:sdt {_NAMESPACES}><w:sdtPr><w:id w:val="50"/><w:richText/></w:sdtPr><w:sdtContent>{whole}</w:sdtContent></w:sdt>',
    )
    document.add_paragraph()
    return saved(document)


def _page_number(paragraph: Any) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "1"), ("end", "")):
        if kind == "text":
            xml = f"<w:r {nsdecls('w')}><w:t>{text}</w:t></w:r>"
        elif text:
            xml = f'<w:r {nsdecls("w")}><w:instrText xml:space="preserve"> {text} </w:instrText></w:r>'
        else:
            xml = f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="{kind}"/></w:r>'
        paragraph._element.append(parse_xml(xml))


def two_sections() -> bytes:
    """A paper of two sections: a first page with a header of its own, even pages of others, an annex across."""
    document = _document("仿宋_GB2312")
    document.settings.odd_and_even_pages_header_footer = True
    first = document.sections[0]
    first.different_first_page_header_footer = True
    first.first_page_header.paragraphs[0].text = "{{ 社区.街道 }} · 报送材料"
    first.header.paragraphs[0].text = "{{ 标题 }}"
    first.even_page_header.paragraphs[0].text = "{{ 社区.名称 }}"
    for footer in (first.first_page_footer, first.footer, first.even_page_footer):
        _page_number(footer.paragraphs[0])
    first.footer.add_paragraph("{{ 署名 }}").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _title(document, "{{ 标题 }}")
    document.add_paragraph("{{ 主送机关 | 短语(“{}：”) }}")
    document.add_paragraph("{{ 正文 }}")
    document.add_paragraph("{{ 署名 }}").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph("{{ 署名日期 }}").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    annex = document.add_section(WD_SECTION.NEW_PAGE)
    _landscape(annex)
    for part, text in ((annex.header, "附表：{{ 社区.名称 }}"), (annex.footer, "共{{ 科普活动.活动 | 个数 }}项")):
        part.is_linked_to_previous = False
        part.paragraphs[0].text = text
    add_table(
        document,
        ("经费来源", "金额"),
        ("{% for 笔 in 经费.来源 %}", ""),
        ("{{ 笔.名称 }}", "{{ 笔.金额 }}"),
        ("{% endfor %}", ""),
        ("合计", "{{ 经费.总额 }}"),
    )
    document.add_paragraph("{% for 照 in 科普活动.照片 %}{{ 照片(照, 高=“4cm”) }} {% endfor %}")
    document.add_paragraph("{{ 栏目(“经费”) }}")
    return saved(document)
