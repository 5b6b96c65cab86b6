"""What clerks write around their facts (totals, remarks, signatures, repeated headings) is left out, and reported."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kepu_docs.contract.sources import SourceRecord
from kepu_sources.tables.csv_files import CsvFiles
from kepu_sources.tables.workbooks import Workbooks
from tests.kepu_sources.tables.test_tables import FORM, in_database
from tests.tables import Rows, write_csv

HEADS = ["编码", "名称", "时间", "居民"]
COMMUNITIES: list[list[Any]] = [HEADS, ["000101", "甲社区", 2025, 300], ["000102", "乙社区", 2025, 5]]
ACTIVITIES = "科普活动-活动"
ACTIVITY_HEADS = ["编码", "名称", "时间", "地点", "人次"]
FACTS: list[list[Any]] = [
    ["000101", "防溺水讲座", "2025-07-01", "广场", 80],
    ["000102", "注意安全宣传", "2025-05-12", "礼堂", 40],
]


def in_workbook(folder: Path, rows: Rows) -> list[SourceRecord]:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, table in rows.items():
        sheet = book.create_sheet(title)
        for row in table:
            sheet.append(row)
    book.save(folder / "a.xlsx")
    return list(Workbooks().records(str(folder / "a.xlsx"), FORM))


def in_csv(folder: Path, rows: Rows) -> list[SourceRecord]:
    write_csv(folder / "tables", rows)
    return list(CsvFiles().records(str(folder / "tables"), FORM))


def in_excels_csv(folder: Path, rows: Rows) -> list[SourceRecord]:
    """As Excel in Chinese writes it."""
    write_csv(folder / "tables", rows, "gbk", ";")
    for path in (folder / "tables").iterdir():
        path.write_bytes(b"sep=;\r\n" + path.read_bytes())
    return list(CsvFiles().records(str(folder / "tables"), FORM))


Read = Callable[[Path, Rows], list[SourceRecord]]
KINDS = pytest.mark.parametrize("read", [in_workbook, in_csv, in_excels_csv, in_database])


def activities_of(record: SourceRecord) -> list[dict[str, Any]]:
    assert not isinstance(record.content, bytes)
    found: list[dict[str, Any]] = [
        each for section in record.content.get("sections", ()) for each in section.get("activities", ())
    ]
    return found


def messages(records: list[SourceRecord]) -> list[str]:
    return [fault.message for record in records for fault in (*record.warnings, *record.faults)]


BESIDE: list[list[Any]] = [
    ["合计", None, None, None, 120],
    [None, "合 计", None, None, 120],
    [None, "\u3000合计\u3000", None, None, 120],
    ["000101", "小计", None, None, "80"],
    ["000101", "总计：", "—", "2处", "80人次"],
    [None, "共计2场", None, None, 120],
    ["甲社区合计", None, None, None, 80],
    ["注：数据截至2025年12月底", None, None, None, None],
    ["备注：", "以上均为线下活动", None, None, None],
    ["填表说明：", None, None, None, None],
    ["（说明：人次为估算）", None, None, None, None],
    [None, "注1：不含线上", None, None, None],
    ["填表人：张某", None, "审核：李某", None, None],
    ["填表人", "张某", "审核", "李某", None],
    ["单位（盖章）", None, None, None, None],
    ["负责人：", None, None, "填报日期：2025-12-31", None],
    ["联系电话：00000000", None, None, None, None],
    [None, None, None, "填报日期：", "2025年12月31日"],
    [None, "本年度共开展活动2场", None, None, 120],
    [None, "2025年共举办科普活动两场", None, None, 120],
    ["000101", "全年共开展活动2场，参加120人次", None, None, None],
    [None, "合计活动2场次", None, None, 120],
    ["合计：2场，120人次", None, None, None, None],
    ["全街道", None, None, None, 120],
    [None, "注1、不含线上", None, None, None],
    [None, "以下空白", None, None, None],
    ["第1页 共1页", None, None, None, None],
    ["（此表由社区填写）", None, None, None, None],
    ["填表人", "张某", "联系电话", "李某", None],
    ["单位（盖章）", "甲社区居委会", None, "联系电话", 62340000],
    ["审核", "李某", None, None, None],
    ["负责人签字：", None, None, "填报日期：2025年12月20日", None],
    ACTIVITY_HEADS,
]


@pytest.mark.some(4)
@pytest.mark.parametrize("beside", BESIDE, ids=lambda row: next(filter(None, row)))
@KINDS
def test_what_is_no_fact_is_left_out_and_reported(read: Read, beside: list[Any], tmp_path: Path) -> None:
    rows: Rows = {"社区": COMMUNITIES, ACTIVITIES: [ACTIVITY_HEADS, FACTS[0], beside, FACTS[1]]}
    first, second = found = read(tmp_path, rows)
    assert [each["name"] for each in activities_of(first)] == ["防溺水讲座"]
    assert [each["name"] for each in activities_of(second)] == ["注意安全宣传"]
    assert len(messages(found)) == 1
    assert "left out" in messages(found)[0]
    assert not first.faults
    assert {fault.code for fault in first.warnings} == {"table-beside-facts"}


@pytest.mark.some(3)
@pytest.mark.parametrize(
    "name",
    [
        "合计学习活动",
        "合计100项科普知识竞赛",
        "公共场所急救2场",
        "共读2场",
        "注意安全宣传",
        "备注册志愿者招募",
        "说明书里的科学",
        "总计划发布会",
        "单位开放日",
        "电话防诈骗讲座",
    ],
)
@KINDS
def test_a_fact_that_begins_like_them_is_a_fact(read: Read, name: str, tmp_path: Path) -> None:
    rows: Rows = {
        "社区": COMMUNITIES,
        ACTIVITIES: [ACTIVITY_HEADS, ["000101", name, "2025-07-01", "广场", 80], FACTS[1]],
    }
    first, second = found = read(tmp_path, rows)
    assert activities_of(first)[0]["name"] == name
    assert activities_of(second)
    assert not messages(found)


def test_a_word_of_signatures_in_a_column_of_its_own_is_a_fact(tmp_path: Path) -> None:
    heads = ["编码", "组长职务", "组长"]
    names = ["编码", "领导小组·组长职务", "领导小组·组长"]
    assert len(heads) == len(names)
    rows: Rows = {"社区": COMMUNITIES, "组织领导": [names, ["000101", "负责人", "张某"]]}
    first, _ = found = in_workbook(tmp_path, rows)
    assert isinstance(first.content, dict)
    assert first.content["sections"][0]["group"] == {"title": "负责人", "head": "张某"}
    assert not messages(found)


@pytest.mark.parametrize(
    "row",
    [
        ["000101", "注：防溺水讲座", "2025-07-01", "广场", 80],
        ["000101", "负责人：张某", None, "广场", None],
        ["备注：另有一场", None, "2025-07-01", None, 80],
        ["000101", "全年共开展活动2场", "2025-07-01", None, 80],
    ],
)
def test_a_doubtful_row_is_a_fault(row: list[Any], tmp_path: Path) -> None:
    records = in_workbook(tmp_path, {"社区": COMMUNITIES, ACTIVITIES: [ACTIVITY_HEADS, row]})
    (fault,) = [fault for record in records for fault in record.faults if fault.code == "table-doubtful-row"]
    assert fault.place.cell in (f"{ACTIVITIES}!A2", f"{ACTIVITIES}!B2")


def test_one_warning_names_all_cells_of_a_kind(tmp_path: Path) -> None:
    totals: list[list[Any]] = [["合计", None, None, None, 1]] * 12
    first, _ = in_workbook(tmp_path, {"社区": COMMUNITIES, ACTIVITIES: [ACTIVITY_HEADS, *totals, *FACTS]})
    (warning,) = first.warnings
    assert warning.place.cell == f"{ACTIVITIES}!A2"
    assert warning.message.endswith("(A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, … +2)")


@KINDS
def test_a_footer_below_the_communities(read: Read, tmp_path: Path) -> None:
    footer: list[list[Any]] = [
        ["合计", None, None, 305],
        ["注：1.数据截至12月底", None, None, None],
        ["2.居民含流动人口", None, None, None],
        ["填表人：张某", None, "审核：李某", None],
    ]
    records = read(tmp_path, {"社区": [*COMMUNITIES, *footer]})
    assert len(records) == 2
    assert not any(record.faults for record in records)
    assert len(messages(records)) == 3


def test_a_single_community_without_codes(tmp_path: Path) -> None:
    rows: Rows = {
        "社区": [HEADS[1:], COMMUNITIES[1][1:]],
        ACTIVITIES: [
            ACTIVITY_HEADS[1:],
            FACTS[0][1:],
            ["合计", None, None, 80],
            ["填表人：张某", None, "审核：", None],
        ],
    }
    (record,) = in_workbook(tmp_path, rows)
    assert [each["name"] for each in activities_of(record)] == ["防溺水讲座"]
    assert len(record.warnings) == 2
    assert not record.faults


@KINDS
def test_codes_as_programs_leave_them(read: Read, tmp_path: Path) -> None:
    written = ["'000101", "０００１０１", " 000101 ", "000 101", "000101\u3000"]
    if read is not in_workbook:
        written.append('="000101"')
    rows: Rows = {"社区": COMMUNITIES, ACTIVITIES: [ACTIVITY_HEADS, *([code, *FACTS[0][1:]] for code in written)]}
    first, _ = records = read(tmp_path, rows)
    assert len(activities_of(first)) == len(written)
    assert not any(record.faults for record in records)


@KINDS
def test_codes_that_excel_has_cut_are_refused(read: Read, tmp_path: Path) -> None:
    rows: Rows = {
        "社区": [HEADS, ["1.10101E+11", "甲社区", 2025, 3], ["1.10101E+11", "乙社区", 2025, 3]],
        ACTIVITIES: [ACTIVITY_HEADS, ["1.10101E+11", *FACTS[0][1:]]],
    }
    records = read(tmp_path, rows)
    assert not any(activities_of(record) for record in records)
    assert all({fault.code for fault in record.faults} == {"table-cut-code"} for record in records)
    assert len(records) == 3


@KINDS
def test_two_communities_of_one_code_do_not_mix(read: Read, tmp_path: Path) -> None:
    rows: Rows = {
        "社区": [HEADS, ["110101000000", "甲社区", 2025, 3], ["110101000000", "乙社区", 2025, 3]],
        ACTIVITIES: [ACTIVITY_HEADS, ["110101000000", *FACTS[0][1:]]],
    }
    first, second = read(tmp_path, rows)
    assert not activities_of(first)
    assert not activities_of(second)
    assert [fault.code for fault in (*first.faults, *second.faults)] == ["table-duplicate-code"] * 2


@KINDS
def test_rows_with_the_name_for_the_code(read: Read, tmp_path: Path) -> None:
    rows: Rows = {"社区": COMMUNITIES, ACTIVITIES: [ACTIVITY_HEADS, ["甲 社区", *FACTS[0][1:]], FACTS[1]]}
    first, second = read(tmp_path, rows)
    assert len(activities_of(first)) == len(activities_of(second)) == 1
    assert [fault.code for fault in first.warnings] == ["table-code-by-name"]


@KINDS
def test_a_name_that_two_communities_have_is_no_code(read: Read, tmp_path: Path) -> None:
    rows: Rows = {
        "社区": [*COMMUNITIES, ["000103", "甲社区", 2025, 7]],
        ACTIVITIES: [ACTIVITY_HEADS, ["甲社区", *FACTS[0][1:]]],
    }
    *known, stray = read(tmp_path, rows)
    assert not any(activities_of(record) for record in known)
    assert [fault.code for fault in known[-1].warnings] == ["table-duplicate-name"]
    assert [fault.code for fault in stray.faults] == ["table-unknown-code"]


def test_a_formula_without_a_result_is_a_fault(tmp_path: Path) -> None:
    rows: Rows = {
        "社区": [HEADS, ["000101", "甲社区", 2025, "=100+200"], ["000102", "乙社区", 2025, 5]],
        ACTIVITIES: [ACTIVITY_HEADS, ["000101", "讲座", None, None, '=SUM(1,"<v/>")'], ["=A2", "讲座", None, None, 5]],
    }
    first, second, stray = in_workbook(tmp_path, rows)
    assert [(fault.place.cell, fault.code) for fault in (*first.faults, *stray.faults)] == [
        ("社区!D2", "table-formula-without-result"),
        (f"{ACTIVITIES}!E2", "table-formula-without-result"),
        (f"{ACTIVITIES}!A3", "table-formula-without-result"),
    ]
    assert not second.faults
