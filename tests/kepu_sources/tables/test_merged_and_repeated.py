"""Merged cells, hidden rows and sheets, and repeated rows."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from kepu_docs.contract.sources import SourceRecord
from kepu_sources.tables.workbooks import Workbooks
from tests.kepu_sources.tables.saving import saved_by_libreoffice
from tests.kepu_sources.tables.test_beside_facts import (
    ACTIVITIES,
    ACTIVITY_HEADS,
    COMMUNITIES,
    FACTS,
    HEADS,
    KINDS,
    Read,
    activities_of,
    in_workbook,
)
from tests.kepu_sources.tables.test_near_names import codes
from tests.kepu_sources.tables.test_tables import FORM
from tests.tables import Rows


def book_of(rows: Rows) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, table in rows.items():
        sheet = book.create_sheet(title)
        for row in table:
            sheet.append(row)
    return book, book.worksheets[-1]


def read(book: openpyxl.Workbook, folder: Path) -> list[SourceRecord]:
    book.save(folder / "a.xlsx")
    return list(Workbooks().records(str(folder / "a.xlsx"), FORM))


MERGED: list[list[Any]] = [
    ["000101", "讲座", "2025-07-01", "广场", 80],
    [None, "义诊", None, None, 40],
    [None, None, None, None, None],
    ["000102", "展览", None, None, 7],
]


def test_merged_cells_hold_for_each_of_their_rows(tmp_path: Path) -> None:
    book, sheet = book_of({"社区": COMMUNITIES, ACTIVITIES: [ACTIVITY_HEADS, *MERGED]})
    for cells in ("A2:A4", "C2:C4", "D2:D5"):
        sheet.merge_cells(cells)
    first, second = read(book, tmp_path)
    assert [(each["name"], each["held_on"], each["place"]) for each in activities_of(first)] == [
        ("讲座", "2025-07-01", "广场"),
        ("义诊", "2025-07-01", "广场"),
    ]
    assert activities_of(second) == [{"name": "展览", "place": "广场", "attendance": 7}]
    assert not codes(first, second)


def test_a_figure_in_merged_cells_is_doubtful(tmp_path: Path) -> None:
    rows = [MERGED[0], ["000101", "义诊", None, None, None]]
    book, sheet = book_of({"社区": COMMUNITIES, ACTIVITIES: [ACTIVITY_HEADS, *rows]})
    sheet.merge_cells("E2:E3")
    first, _ = read(book, tmp_path)
    assert [(fault.code, fault.place.cell) for fault in first.faults] == [("table-merged-figure", f"{ACTIVITIES}!E3")]


def test_a_row_of_two_heights_is_one_row(tmp_path: Path) -> None:
    book, sheet = book_of({"社区": COMMUNITIES, ACTIVITIES: [ACTIVITY_HEADS, MERGED[0], [None] * 5]})
    for letter in "ABCDE":
        sheet.merge_cells(f"{letter}2:{letter}3")
    first, _ = read(book, tmp_path)
    assert len(activities_of(first)) == 1
    assert not codes(first)


def test_hidden_rows_are_read_and_reported(tmp_path: Path) -> None:
    book, sheet = book_of({"社区": COMMUNITIES, ACTIVITIES: [ACTIVITY_HEADS, *FACTS]})
    sheet.row_dimensions[2].hidden = True
    first, second = read(book, tmp_path)
    assert len(activities_of(first)) == 1
    assert [(fault.code, fault.place.cell) for fault in first.warnings] == [("table-hidden", f"{ACTIVITIES}!2")]
    assert not codes(second)


@KINDS
def test_rows_that_say_the_same(read: Read, tmp_path: Path) -> None:
    rows: Rows = {
        "社区": COMMUNITIES,
        ACTIVITIES: [
            [*ACTIVITY_HEADS, "效果"],
            [*FACTS[0], "好"],
            ["000101", "防溺水讲座", "2025-07-02", "广场", 80, "好"],
            [*FACTS[0], "很好"],
            [*FACTS[1], None],
            [*FACTS[0], "好"],
        ],
        "科普培训": [["编码", "总场次"], ["000101", 3], ["000101", 3]],
    }
    first, second = read(tmp_path, rows)
    assert len(activities_of(first)) == 4
    assert sorted(code for code in codes(first) if code != "table-unknown-column") == ["table-repeated-row"] * 2
    if read is in_workbook:
        assert any(fault.message.endswith("(4 = 2, 6 = 2)") for fault in first.warnings)
    assert not codes(second)


def test_a_community_that_stands_there_twice(tmp_path: Path) -> None:
    heads = [*HEADS, "街道"]
    rows: list[list[Any]] = [
        ["1", "甲社区", 2025, 3, "东街道"],
        ["2", "甲社区", 2025, 3, "西街道"],
        ["3", "甲社区", 2025, 3, "东街道"],
    ]
    book, _ = book_of({"社区": [heads, *rows]})
    first, second, third = read(book, tmp_path)
    assert not codes(first, second)
    assert codes(third) == ["table-duplicate-name"]


@pytest.mark.deep
@pytest.mark.office
@pytest.mark.parametrize("suffix", ["xls", "ods", "xlsx"])
def test_clerks_rows_saved_by_libreoffice(suffix: str, tmp_path: Path) -> None:
    rows: Rows = {
        "社区": COMMUNITIES,
        ACTIVITIES: [["活动表"], ACTIVITY_HEADS, *MERGED, ["合计", None, None, None, "=SUM(E3:E6)"], ["填表人：张某"]],
    }
    book, sheet = book_of(rows)
    for cells in ("A3:A5", "C3:C5"):
        sheet.merge_cells(cells)
    book.save(tmp_path / "a.xlsx")
    saved = str(saved_by_libreoffice(tmp_path / "a.xlsx", suffix))
    first, second = Workbooks().records(saved, FORM)
    assert [(each["name"], each["held_on"]) for each in activities_of(first)] == [
        ("讲座", "2025-07-01"),
        ("义诊", "2025-07-01"),
    ]
    assert len(activities_of(second)) == 1
    assert codes(first, second) == ["table-beside-facts"] * 3
