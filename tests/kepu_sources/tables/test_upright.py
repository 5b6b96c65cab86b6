"""Sheets with labels in the first column and values in the second, as a single community's workbook has them."""

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from kepu_docs.plugin import SourceRecord
from kepu_sources.tables.workbooks import Workbooks
from tests.kepu_sources.tables.test_tables import FORM, loaded

COMMUNITY = [["编码", "000101"], ["名称*", "试验社区"], ["时间*", "2025"], ["居民（人）", "8600余"]]


def read(path: Path, sheets: dict[str, list[list[Any]]]) -> list[SourceRecord]:
    book = xlsxwriter.Workbook(path)
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return list(Workbooks().records(str(path), FORM))


def test_a_community_that_stands_upright(tmp_path: Path) -> None:
    (record,) = read(tmp_path / "a.xlsx", {"社区": [["项目", "填写内容", "示例", "说明"], *COMMUNITY]})
    assert not record.warnings
    summary = loaded(record)
    assert (summary.community.code, summary.community.name) == ("000101", "试验社区")
    assert summary.community.residents
    assert summary.community.residents.approx == "over"


def test_without_our_heading(tmp_path: Path) -> None:
    (record,) = read(tmp_path / "a.xlsx", {"社区": [["试验区科普工作", ""], ["", ""], *COMMUNITY]})
    assert loaded(record).community.name == "试验社区"


def test_sections_too_and_lists_as_ever(tmp_path: Path) -> None:
    sheets: dict[str, list[list[Any]]] = {
        "社区": COMMUNITY,
        "工作成效": [["项目", "填写内容"], ["满意率（%）", 96]],
        "科普培训-场次": [["编码", "主题"], ["000101", "防火"], ["", "防震"]],
    }
    (record,) = read(tmp_path / "a.xlsx", sheets)
    assert not record.faults
    training, outcomes = sorted(loaded(record).model_dump()["sections"], key=lambda each: each["kind"] != "training")
    assert [each["topic"] for each in training["sessions"]] == ["防火", "防震"]
    assert outcomes["satisfaction"]["value"] == 96


def test_places_are_those_of_the_file(tmp_path: Path) -> None:
    sheets: dict[str, list[list[Any]]] = {
        "社区": [["项目", "填写内容"], *COMMUNITY, ["联系电话", "000"]],
        "工作成效": [["项目", "填写内容"], ["满意率", "#REF!"]],
    }
    (record,) = read(tmp_path / "a.xlsx", sheets)
    assert record.find
    assert record.find(("community", "residents")).cell == "社区!B5"
    assert [fault.place.cell for fault in record.warnings] == ["社区!A6"]
    assert [fault.place.cell for fault in record.faults] == ["工作成效!B2"]


@pytest.mark.parametrize("name", ["试验社区", "名称"])
def test_rows_stay_rows(name: str, tmp_path: Path) -> None:
    (record,) = read(tmp_path / "a.xlsx", {"社区": [["名称", "时间"], [name, "2025"]]})
    assert loaded(record).community.name == name


def test_a_section_upright_in_a_workbook_of_two_is_nobody_s(tmp_path: Path) -> None:
    sheets: dict[str, list[list[Any]]] = {
        "社区": [["编码", "名称", "时间"], ["000101", "试验社区", "2025"], ["000102", "示例里社区", "2025"]],
        "工作成效": [["项目", "填写内容"], ["满意率", 96]],
    }
    *communities, stray = read(tmp_path / "a.xlsx", sheets)
    assert len(communities) == 2
    assert "no code" in str(stray.faults[0])
