"""Entries of clerks, opened and saved by LibreOffice in each of its formats: the same facts, the same faults."""

import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kepu_docs.contract.sources import SourceRecord
from kepu_sources.tables.workbooks import Workbooks
from tests.kepu_sources.tables.saving import saved_by_libreoffice
from tests.kepu_sources.tables.test_any_clerk import said
from tests.kepu_sources.tables.test_beside_facts import ACTIVITIES, ACTIVITY_HEADS, HEADS, in_workbook
from tests.kepu_sources.tables.test_empty_workbook import made
from tests.kepu_sources.tables.test_tables import FORM
from tests.tables import Rows

KINDS = pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])

CLEAN: Rows = {
    "社区": [HEADS, ["000101", "甲社区", 2025, 300], ["000102", "乙社区", 2025, 435]],
    ACTIVITIES: [
        ACTIVITY_HEADS,
        ["000101", "讲座", "2025-07-01", "广场", 80],
        ["000101", "义诊", "2025-07-02", "广场", 60],
        ["000101", "展览", "2025-05-12", None, "1,200"],
        ["000102", "竞赛", "2025-05-12", "礼堂", "1.2万"],
        ["000102", "咨询", "上半年", "礼堂", 100],
    ],
}
COMMUNITIES: list[list[Any]] = [
    ["2025年科普工作统计表"],
    [],
    HEADS,
    ["示例", "示例里社区", 2025, 100],
    ["000101", "甲社区", 2025, "=100+200"],
    ["000102", "乙社区", 2025, "=4.35*100"],
    [],
    ["合计", None, None, "=SUM(D5:D6)"],
    ["注：截至年底"],
]
WRITTEN: list[list[Any]] = [
    ["序号", *ACTIVITY_HEADS],
    [1, "000101", "讲座", datetime.date(2025, 7, 1), "广场", 80],
    [2, None, "义诊", datetime.datetime(2025, 7, 2, 9, 30), None, "60人次"],
    [3, None, "展览", "5月12日", "无", "1,200"],
    [4, "000102", "竞赛", 5.12, "礼堂", "1.2万"],
    [5, "000102", "咨询", "上半年", "同上", "=10*10"],
    [None, "合计", None, None, None, "=SUM(F2:F6)"],
    ["填表人：张某", None, "审核："],
]


def read(path: Path, sheets: Rows, suffix: str, merged: dict[str, list[str]], hidden: int = 0) -> list[SourceRecord]:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for cells in merged.get(title, ()):
            sheet.merge_cells(cells)
        if hidden and title == ACTIVITIES:
            sheet.row_dimensions[hidden].hidden = True
    draft = book.create_sheet("底稿")
    draft.append(["随便"])
    draft.sheet_state = "hidden"
    book.save(path / "a.xlsx")
    return list(Workbooks().records(str(saved_by_libreoffice(path / "a.xlsx", suffix)), FORM))


@KINDS
@pytest.mark.some(3)
@pytest.mark.office
def test_the_facts_are_those_of_the_clean_workbook(suffix: str, tmp_path: Path) -> None:
    sheets: Rows = {"社区": COMMUNITIES, ACTIVITIES: WRITTEN}
    merged = {ACTIVITIES: ["B2:B4", "E2:E3"], "社区": ["A1:D1"]}
    found = read(tmp_path, sheets, suffix, merged, hidden=4)
    (tmp_path / "clean").mkdir()
    clean = in_workbook(tmp_path / "clean", CLEAN)
    assert [record.faults for record in found] == [(), ()]
    assert [said(record) for record in found] == [said(record) for record in clean]
    codes = sorted({fault.code for record in found for fault in record.warnings})
    assert codes == [
        "table-beside-facts",
        "table-hidden",
        "table-unknown",
        "table-unknown-column",
        "table-word-for-nothing",
    ]


@pytest.mark.deep
@KINDS
@pytest.mark.office
def test_what_is_doubtful_fails_with_its_cell(suffix: str, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ACTIVITY_HEADS,
        ["000101", "讲座", datetime.time(9, 30), "广场", 80],
        ["000101", "义诊", "2025-07-02", "=NA()", "50-60"],
        ["000102", "展览", "2025-07-02", None, "=10/0"],
        ["1.10101E+11", "竞赛", None, None, 5],
        ["000102", "咨询", "2025-07-03", "礼堂", 5],
        ["000102", "放映", "2025-07-04", "礼堂", None],
    ]
    found = read(tmp_path, {"社区": CLEAN["社区"], ACTIVITIES: rows}, suffix, {ACTIVITIES: ["E6:E7"]})
    faults = sorted((fault.place.cell, fault.code) for record in found for fault in record.faults)
    wrong = [f"{ACTIVITIES}!{cell}" for cell in ("C2", "D3", "E3", "E4", "E7")]
    assert [cell for cell, _ in faults] == sorted([*wrong, f"{ACTIVITIES}!A5"])


@pytest.mark.deep
@KINDS
@pytest.mark.office
def test_what_is_left_of_an_example_after_a_row_was_put_above(suffix: str, tmp_path: Path) -> None:
    """The hidden names that mark the example outlive LibreOffice, and move with their row."""
    book = made("zh_Hans", "training")
    sheet, communities = book["科普培训-场次"], book["社区"]
    columns = {str(cell.value).rstrip("*"): cell.column for cell in sheet[1]}
    sheet.cell(2, columns["编码"]).value = "000101"
    sheet.cell(2, columns["主题"]).value = "防汛"
    for at, cell in enumerate(communities[1], 1):
        own = {"编码": "000101", "名称": "试验里社区", "时间": "2026"}.get(str(cell.value).rstrip("*"))
        communities.cell(3, at).value = own
    book.save(tmp_path / "a.xlsx")
    (record,) = Workbooks().records(str(saved_by_libreoffice(tmp_path / "a.xlsx", suffix)), FORM)
    assert isinstance(record.content, dict)
    assert not record.faults
    assert record.content["community"]["name"] == "试验里社区"
    assert record.content["sections"] == [{"kind": "training", "sessions": [{"topic": "防汛"}]}]
    assert [fault.code for fault in record.warnings] == ["table-example-left"]
