"""Forms as offices send them, without any placeholder: each made in another way, with the values for its blanks."""

from collections.abc import Callable

import docx
from docx.shared import Cm
from tests.kepu_word.form.made_forms import add_table, paragraph, run, saved, table, with_body

RULED = '<w:rPr><w:u w:val="single"/></w:rPr>'


def pairs() -> bytes:
    """Return a table of labels with a blank cell beside each, and who signs below."""
    document = docx.Document()
    document.add_paragraph("2025年度社区科普工作情况登记表")
    add_table(
        document,
        ("单位名称", "", "所属街道", ""),
        ("常住人口（人）", "", "户数", ""),
        ("科普志愿者人数", "", "电子屏（块）", ""),
        ("培训场次", "", "培训人次", ""),
        ("活动场次", "", "参加人次", ""),
        ("经费总额（元）", "", "联系电话", ""),
        ("党员人数", "", "备注", ""),
    )
    document.add_paragraph("填表人：            填表日期：    年  月  日")
    return saved(document)


def sections_beside() -> bytes:
    """Return rows that begin with their section, and a merged one over two rows."""
    document = docx.Document()
    document.add_paragraph("科普工作统计表")
    grid = add_table(
        document,
        ("社区名称", "", "", "填报日期", ""),
        ("科普培训", "场次", "", "人次", ""),
        ("科普活动", "场次", "", "人次", ""),
        ("科普宣传", "宣传资料（份）", "", "横幅（条）", ""),
        ("", "展板（块）", "", "媒体报道（篇）", ""),
        ("队伍建设", "志愿者（人）", "", "专家（人）", ""),
    )
    grid.cell(0, 1).merge(grid.cell(0, 2))
    grid.cell(3, 0).merge(grid.cell(4, 0))
    return saved(document)


def crossed() -> bytes:
    """Return a table of sections by figures, and one of figures by sections."""
    document = docx.Document()
    document.add_paragraph("一、总体情况")
    add_table(document, ("项目", "场次", "人次"), ("科普培训", "", ""), ("科普活动", "", ""), ("安全生产检查", "", ""))
    document.add_paragraph("二、按类")
    add_table(document, ("", "科普培训", "科普活动"), ("举办场次", "", ""), ("参加人次", "", ""))
    return saved(document)


def lists() -> bytes:
    """Return tables of blank rows below heads, counted ones, and one with a sum."""
    document = docx.Document()
    document.add_paragraph("一、科普活动明细")
    add_table(
        document,
        ("序号", "活动名称", "活动时间", "活动地点", "参加人数", "备注"),
        *(("1", "", "", "", "", ""), ("2", "", "", "", "", ""), ("3", "", "", "", "", ""), ("4", "", "", "", "", "")),
        ("合计", "", "", "", "", ""),
    )
    document.add_paragraph("二、科普培训明细")
    add_table(document, ("培训主题", "时间", "授课人", "参训人数"), *[("", "", "", "")] * 3)
    document.add_paragraph("三、经费使用")
    add_table(document, ("用途", "金额（元）"), ("", ""), ("", ""))
    document.add_paragraph("四、车辆情况")
    add_table(document, ("车牌号", "购置时间", "驾驶员"), ("", "", ""), ("", "", ""))
    return saved(document)


def sentences() -> bytes:
    """Return blanks in sentences and lines: of underscores, of white space, with a rule below, in brackets."""
    return with_body(
        paragraph("（  ）年度社区科普工作情况统计表")
        + paragraph("单位名称：                    所属街道：______________")
        + paragraph("全年共举办科普培训____场，参训____人次；开展科普活动____场，参加____人次。")
        + f"<w:p>{run('全年发放宣传资料')}{run('        ', RULED)}{run('份，悬挂横幅')}{run('      ', RULED)}{run('条。')}</w:p>"
        + paragraph("共有志愿者＿＿＿＿人，专家＿＿＿＿人，开展巡逻____次。")
        + paragraph("填报单位（盖章）：              填表人：__________")
        + paragraph("                                      年    月    日")
    )


def control(title: str, tag: str, waiting: str = "单击此处输入文字") -> str:
    """Return a content control in a paragraph that waits for its text."""
    style = '<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{title}"/><w:tag w:val="{tag}"/><w:showingPlcHdr/><w:text/></w:sdtPr>'
        f"<w:sdtContent>{run(waiting, style)}</w:sdtContent></w:sdt>"
    )


def controls() -> bytes:
    """Return content controls with titles and tags, beside labels and without."""
    return with_body(
        f"<w:p>{run('社区：')}{control('单位名称', 'name')}</w:p>"
        f"<w:p>{run('情况：')}{control('', '科普培训.人次')}{run('，')}{control('活动场次', '')}{run('场')}</w:p>"
        f"<w:p>{control('常住人口', 'residents')}</w:p><w:p>{run('面积：')}{control('x1', 'y1')}</w:p>"
        f"<w:p>{control('填报日期', '')}</w:p>"
    )


def whole_text() -> bytes:
    """Return a form with a box for the whole text."""
    document = docx.Document()
    document.add_paragraph("社区科普工作总结报送表")
    grid = add_table(document, ("社区名称", "", "年度", ""), ("工作总结", "", "", ""), ("填表人", "", "报送日期", ""))
    grid.cell(1, 1).merge(grid.cell(1, 3))
    grid.rows[1].height = Cm(12)
    return saved(document)


def section_boxes() -> bytes:
    """Return boxes for sections, below their labels and in their cells."""
    document = docx.Document()
    grid = add_table(
        document, ("科普培训情况",), ("",), ("二、科普活动开展情况",), ("",), ("存在问题：",), ("下一步工作打算：",)
    )
    for row in (1, 3):
        grid.rows[row].height = Cm(5)
    for row in (4, 5):
        for _ in range(4):
            grid.cell(row, 0).add_paragraph("")
    document.add_paragraph("经费保障情况：")
    for _ in range(3):
        document.add_paragraph("")
    document.add_paragraph("主要做法：")
    for _ in range(3):
        document.add_paragraph("")
    return saved(document)


def doubtful() -> bytes:
    """Return labels that may be of several things, or of nothing that a record has."""
    document = docx.Document()
    document.add_paragraph("社区情况调查表")
    add_table(
        document,
        ("名称", "", "人数", ""),
        ("面积", "", "时间", ""),
        ("总人次", "", "场次", ""),
        ("负责人", "", "身份证号", ""),
        ("低保户数", "", "流动党员", ""),
        ("培训经费（万元）", "", "经费总额（万元）", ""),
        ("党建活动场次", "", "文体活动人次", ""),
        ("图书", "", "设备（台）", ""),
    )
    document.add_paragraph("隐患排查____次，垃圾分类宣传活动____场，走访居民____户，人民调解____人次。")
    return saved(document)


def merged() -> bytes:
    """Return a table with two rows of heads, nested tables and a label over the width."""
    grid = (
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="1500"/><w:gridCol w:w="1500"/><w:gridCol w:w="1500"/>'
        '<w:gridCol w:w="1500"/></w:tblGrid>'
        + _row(("科普培训", 2), ("科普活动", 2))
        + _row(("场次", 1), ("人次", 1), ("场次", 1), ("人次", 1))
        + _row(("", 1), ("", 1), ("", 1), ("", 1))
        + _row(("阵地设施", 4))
        + _row(("电子屏", 1), ("", 1), ("图书室藏书", 1), ("", 1))
        + "</w:tbl>"
    )
    nested = table(("单位名称", ""), ("街道", ""))
    outer = (
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="1500"/><w:gridCol w:w="6000"/></w:tblGrid><w:tr>'
        f"<w:tc><w:tcPr/>{paragraph('基本情况')}</w:tc><w:tc><w:tcPr/>{nested}<w:p/></w:tc></w:tr></w:tbl>"
    )
    return with_body(outer + paragraph("") + grid + paragraph(""))


def _row(*cells: tuple[str, int]) -> str:
    made_cells = (
        f'<w:tc><w:tcPr><w:tcW w:w="1500" w:type="dxa"/><w:gridSpan w:val="{span}"/></w:tcPr>{paragraph(text)}</w:tc>'
        for text, span in cells
    )
    return f"<w:tr>{''.join(made_cells)}</w:tr>"


def ticks() -> bytes:
    """Return boxes to tick."""
    return with_body(
        table(
            ("列入议程", "□是  □否", "列入年度计划", "是□ 否□"),
            ("列入考核", "☐是　☐否", "是否有食堂", "□是 □否"),
        )
        + paragraph("科普工作是否列入考核：□是 □否")
    )


def traditional() -> bytes:
    """Return a form in Traditional characters."""
    return with_body(
        table(("單位名稱", "", "居民人數", ""), ("培訓場次", "", "培訓人次", ""), ("活動場次", "", "活動人次", ""))
        + paragraph("")
        + table(("活動名稱", "時間", "地點", "參加人數"), *[("", "", "", "")] * 3)
        + paragraph("填報日期：      年   月   日")
    )


def misleading() -> bytes:
    """Return labels of ours that belong to something else: other years, other bodies' activities, other sums."""
    return with_body(
        paragraph("党员活动情况")
        + table(("活动名称", "时间", "地点", "参加党员"), *[("", "", "", "")] * 3)
        + paragraph("科普活动统计")
        + table(("项目", "2024年", "2025年"), ("场次", "", ""), ("人次", "", ""))
        + paragraph("各项工作")
        + table(("项目", "人次", "经费（元）"), ("文艺演出", "", ""), ("党建工作", "", ""), ("合计", "", ""))
        + paragraph("")
        + table(("党建工作", "会议次数", ""), ("文体工作", "媒体报道数", ""))
        + paragraph("人民调解____人次，开展文艺活动____场，慰问居民____户。")
    )


def office() -> bytes:
    """Return the most ordinary blanks: activities by their theme, sums, and a box for the whole text."""
    return with_body(
        table(("总户数", "", "专职科普人员", ""), ("发放宣传资料（份）", "", "全年举办讲座次数", ""))
        + table(("经费投入（万元）", "", "获奖情况", ""))
        + paragraph("主要活动情况")
        + table(("序号", "活动主题", "活动时间", "活动地点", "参与人数"), *[("", "", "", "", "")] * 3)
        + paragraph("")
        + table(("时间", "活动名称", "参加人数", "活动内容"), *[("", "", "", "")] * 2)
        + paragraph("工作总结（不超过800字）：")
        + table(("",))
        + paragraph("填表人：          联系电话：          ")
    )


def office_misleading() -> bytes:
    """Return what looks like the ordinary blanks, and is something else."""
    return with_body(
        paragraph("安全生产检查活动")
        + table(("序号", "活动主题", "活动时间", "活动地点", "参与人数"), *[("", "", "", "", "")] * 2)
        + paragraph("主要活动情况")
        + table(("活动名称", "活动主题", "活动时间", "参与人数"), *[("", "", "", "")] * 2)
        + paragraph("")
        + table(("活动主题", "活动内容", "活动时间", "参与人数"), *[("", "", "", "")] * 2)
        + paragraph("培训和活动")
        + table(("活动主题", "培训主题", "时间", "授课人", "人次"), *[("", "", "", "", "")] * 2)
        + paragraph("主要情况")
        + table(("主题", "时间", "地点", "人数"), *[("", "", "", "")] * 2)
        + paragraph("")
        + table(("活动主题", "活动时间", "参加党员"), *[("", "", "")] * 2)
        + paragraph("")
        + table(("活动主题", "活动时间", "主讲人", "参加人数"), *[("", "", "", "")] * 2)
        + paragraph("其他")
        + table(("总人数", "", "总人口", ""), ("低保总户数", "", "共享书屋", ""), ("总次数", "", "专职消防人员", ""))
        + paragraph("")
        + table(("低保", "总户数", "", "总人数", ""), ("安全生产检查", "发放宣传资料（份）", "", "专职科普人员", ""))
        + paragraph("活动照片：")
        + table(("",))
        + paragraph("填表日期：      年   月   日")
        + table(("",))
    )


def registration() -> bytes:
    """Return the blank form of docs/forms.md."""
    document = docx.Document()
    document.add_heading("社区科普工作登记表", 0)
    document.add_paragraph("（    ）年度")
    grid = add_table(
        document,
        ("单位名称", "", "", "常住人口", ""),
        ("科普培训", "场次", "", "参加人次", ""),
        ("科普活动", "场次", "", "参加人次", ""),
        ("队伍建设", "志愿者（人）", "", "总人次", ""),
    )
    grid.cell(0, 1).merge(grid.cell(0, 2))
    document.add_paragraph("活动明细")
    add_table(document, ("活动名称", "时间", "地点", "参加人数", "备注"), *[("",) * 5] * 4)
    document.add_paragraph("填表人：____________        填表日期：      年    月    日")
    return saved(document)


FORMS: dict[str, Callable[[], bytes]] = {
    each.__name__: each
    for each in (
        pairs, sections_beside, crossed, lists, sentences, controls, whole_text, section_boxes, doubtful, merged, ticks,
        traditional, registration, misleading, office, office_misleading,
    )
}  # fmt: skip
