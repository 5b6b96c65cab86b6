"""Forms in Excel like those of offices: made with openpyxl and XlsxWriter, and in raw XML where these cannot."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break

_THIN = Side(style="thin")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def saved(book: Any) -> bytes:
    """Return an openpyxl workbook as a file."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_cells(cells: Mapping[str, Any], change: Callable[[Any], None] | None = None) -> bytes:
    """Return a form of one sheet, 表, with these cells; ``change`` does more to the sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "表"
    for cell, value in cells.items():
        sheet[cell] = value
    if change is not None:
        change(sheet)
    return saved(book)


def changed(data: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """Return a package with some parts changed, or added where they are not there."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        for name in [*names, *(each for each in changes if each not in names)]:
            content, change = old.read(name) if name in names else b"", changes.get(name)
            new.writestr(name, content if change is None else change(content))
    return stream.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def shown(data: bytes, sheet: str = "") -> dict[str, Any]:
    """Return the values of a sheet's cells, of the first where none is named; formulas as they are written."""
    book = openpyxl.load_workbook(io.BytesIO(data), rich_text=False)
    found = book[sheet] if sheet else book.worksheets[0]
    return {cell.coordinate: cell.value for row in found.iter_rows() for cell in row if cell.value is not None}


def survey() -> bytes:
    """Return a form with a title over all columns, units in its heads, totals, rules, lists and settings for paper."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "调查表"
    sheet["A1"] = "{{ 社区.名称 }}{{ 时间 | 年份 }}年科普工作调查表"
    sheet.merge_cells("A1:F1")
    sheet["A1"].font, sheet["A1"].alignment = Font(size=16, bold=True), Alignment(horizontal="center")
    sheet["A2"], sheet["E2"] = "单位：{{ 社区.街道 }}{{ 社区.名称 }}", "填表日期："
    sheet["F2"] = "{{ 署名日期 }}"
    sheet["F2"].number_format = 'yyyy"年"m"月"d"日"'
    for column, head in enumerate(("序号", "活动名称", "举办时间", "地点", "参加（人次）", "占比"), 1):
        cell = sheet.cell(4, column, head)
        cell.font, cell.border, cell.fill = Font(bold=True), _BORDER, PatternFill("solid", fgColor="DDDDDD")
    row = ("{% for 项 in 科普活动.活动 %}{{ 序号 }}", "{{ 项.名称 }}", "{{ 项.时间 }}", "{{ 项.地点 }}",
           "{{ 项.人次.数值 }}", "=IF(SUM(E$5:E$5)=0,0,E5/SUM(E$5:E$5))")  # fmt: skip
    for column, value in enumerate(row, 1):
        cell = sheet.cell(5, column, value)
        cell.border = _BORDER
    sheet["C5"].number_format, sheet["F5"].number_format = "yyyy-mm-dd", "0.0%"
    sheet["G5"] = "{% endfor %}"
    for column, value in enumerate(("合计", "=COUNTA(B5:B5)", "", "", "=SUM(E5:E5)", "=SUM(F5:F5)"), 1):
        sheet.cell(6, column, value or None).border = _BORDER
    sheet["F6"].number_format = "0.0%"
    sheet["A7"] = "{% if 科普培训 %}"
    sheet["A8"], sheet["E8"], sheet["F8"] = "科普培训（人次）", "{{ 科普培训.人次.数值 }}", "=IF(E6+E8=0,0,E8/(E6+E8))"
    sheet.merge_cells("A8:D8")
    sheet["F8"].number_format = "0.0%"
    sheet["A9"] = "{% endif %}"
    sheet["A10"], sheet["B10"] = "重点领域：", "请选择"
    sheet["A12"] = "填表人：{{ 署名 }}"
    sheet.merge_cells("A12:C12")
    rule = CellIsRule(operator="greaterThan", formula=["AVERAGE($E$5:$E$5)"], font=Font(color="FF0000"))
    sheet.conditional_formatting.add("E5:E5", rule)
    sheet.conditional_formatting.add("A12:F12", FormulaRule(formula=["$E$6>100"], font=Font(italic=True)))
    choices = DataValidation(type="list", formula1='"健康,应急,生态"')
    choices.add("B10")
    sheet.add_data_validation(choices)
    sheet.print_area, sheet.print_title_rows = "A1:F12", "1:4"
    sheet.page_setup.orientation = "landscape"
    sheet.oddHeader.right.text, sheet.oddFooter.center.text = "{{ 社区.名称 }}", "第&P页"
    sheet.freeze_panes = "A5"
    sheet.row_dimensions[6].height = 24
    sheet.row_breaks.append(Break(id=12))
    for letter, width in zip("ABCDEF", (8, 24, 14, 14, 14, 18), strict=True):
        sheet.column_dimensions[letter].width = width
    return saved(book)


def two_sheets() -> bytes:
    """Return a form of two sheets that refer to each other, with a chart, a picture and names."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    total, detail = book.add_worksheet("汇总"), book.add_worksheet("活动 明细")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    total.write_string("A1", "{{ 社区.名称 }}")
    total.write_string("A2", "活动（场）")
    total.write_formula("B2", "=COUNT('活动 明细'!C3:C3)", None, 0)
    total.write_string("A3", "参加（人次）")
    total.write_formula("B3", "='活动 明细'!C4", None, 0)
    total.write_formula("B4", "=IF(B2=0,0,B3/B2)", None, 0)
    total.write_formula("B5", "=SUM(人次)", None, 0)
    detail.write_row("A1", ["活动", "时间", "人次"])
    detail.write_string("A2", "{% for 项 in 科普活动.活动 %}")
    detail.write_string("A3", "{{ 项.名称 }}")
    detail.write_string("B3", "{{ 项.时间 }}", day)
    detail.write_string("C3", "{{ 项.人次.数值 }}")
    detail.write_string("D3", "{{ 社区.居民.数值 }}")
    detail.write_formula("E3", "=C3/D3*汇总!$B$2", None, 0)
    detail.write_string("A5", "合计")
    detail.write_formula("C5", "=SUM(C3:C3)", None, 0)
    detail.write_string("A4", "{% endfor %}")
    total.write_formula("B3", "='活动 明细'!C5", None, 0)
    detail.set_row(4, 40)
    book.define_name("人次", "='活动 明细'!$C$3:$C$3")
    chart: Any = book.add_chart({"type": "column"})
    chart.add_series({"categories": "='活动 明细'!$A$3:$A$3", "values": "='活动 明细'!$C$3:$C$3", "name": "人次"})
    detail.insert_chart("A8", chart)
    detail.insert_image("G8", "seal.png", {"image_data": io.BytesIO(_PICTURE)})
    book.close()
    return stream.getvalue()


_PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def grouped() -> bytes:
    """Return a form with a loop in a loop, rows of two, a label over several rows, and looks within a cell."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("分类")
    bold, red, wrap = (
        book.add_format({"bold": True}),
        book.add_format({"font_color": "red"}),
        book.add_format({"text_wrap": True}),
    )
    sheet.write_rich_string("A1", bold, "单位", "：", red, "{{ 社区.名称 }}", bold, "（盖章）")
    sheet.merge_range("A2:A8", "活动")
    sheet.write_string("B2", "名称")
    sheet.write_string("B3", "{% for 类 in 科普活动.活动 | 分组(“类别”) %}")
    sheet.write_string("B4", "{{ 类.名称 | 默认(“其他”) }}")
    sheet.write_string("B5", "{% for 项 in 类.各项 %}{{ 项.名称 }}")
    sheet.write_string("C5", "{{ 项.人次.数值 }}{% endfor %}")
    sheet.write_string("B6", "小计")
    sheet.write_formula("C6", "=SUM(C5:C5)", None, 0)
    sheet.write_string("B7", "{% endfor %}")
    sheet.write_string("B8", "总计")
    sheet.write_formula("C8", '=SUMIF(B4:B6,"小计",C4:C6)', None, 0)
    sheet.write_string("A9", "{{ 正文 }}", wrap)
    sheet.merge_range("A9:D9", "{{ 正文 }}", wrap)
    book.close()
    return stream.getvalue()


def fixed(rows: str = " | 固定行(9)") -> bytes:
    """Return a form of fixed rows in a table of Excel, with a link, a comment, a frozen head and a sum below."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "台账"
    sheet["A1"] = "{{ 社区.名称 }}台账"
    sheet.append(["活动", "人次"])
    sheet["A3"] = f"{{% for 项 in 科普活动.活动{rows} %}}{{{{ 项.名称 }}}}"
    sheet["B3"] = "{{ 项.人次.数值 }}{% endfor %}"
    from openpyxl.worksheet.table import Table

    sheet.add_table(Table(displayName="台账表", ref="A2:B3"))
    sheet["A5"], sheet["B5"] = "合计", "=SUM(台账表[人次])"
    sheet["A6"] = "说明"
    sheet["A6"].hyperlink = "https://example.org/"
    sheet["A6"].comment = Comment("见通知", "试验")
    sheet["A7"] = '=HYPERLINK("#台账!A1","回到顶端")'
    sheet.freeze_panes = "A3"
    book.defined_names["合计处"] = DefinedName("合计处", attr_text="台账!$B$5")
    return saved(book)


FORMS = {"survey": survey, "two_sheets": two_sheets, "grouped": grouped, "fixed": fixed}
"""Those that are made here, by name."""
