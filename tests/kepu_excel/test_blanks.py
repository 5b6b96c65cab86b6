"""Workbooks without placeholders: their blanks are found, placeholders are set, and a filled one is read back."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Border, Side
from tests.kepu_excel.made_workbooks import saved, shown
from tests.kepu_excel.test_forms import record

import kepu_docs
from kepu_docs import Engine, TemplateError

_THIN = Side(style="thin")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def registration(total: str = "=SUM(B4:B7)") -> bytes:
    """Return a sheet with labels, blank rows below heads, and a sum."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "登记表"
    sheet["A1"] = "科普工作登记表"
    sheet.merge_cells("A1:C1")
    blank: list[str | None] = [None, None, None]
    rows: list[list[str | None]] = [
        ["单位名称", None, None],
        ["活动名称", "参加人次", "时间"],
        *([blank] * 4),
        ["合计", total, None],
        ["工作总结", None, None],
    ]
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value).border = _BORDER
        if number in range(4, 8):
            sheet.cell(number, 3).number_format = "yyyy-mm-dd"
    sheet.merge_cells("B2:C2")
    sheet.merge_cells("B9:C9")
    sheet["E12"] = "=B8*2"
    return saved(book)


def test_blanks_are_found_and_rows_follow() -> None:
    prepared = Engine().prepare_form(registration())
    assert not prepared.faults
    assert shown(prepared.data) == {
        "A1": "科普工作登记表",
        "A2": "单位名称",
        "B2": "{{ 社区.名称 }}",
        "A3": "活动名称",
        "B3": "参加人次",
        "C3": "时间",
        "A4": "{% for 项 in 科普活动.活动 | 至少行(4) %}{{ 项.名称 }}",
        "B4": "{{ 项.人次 }}",
        "C4": "{{ 项.时间 }}{% endfor %}",
        "A5": "合计",
        "B5": "=SUM(B4:B4)",
        "A6": "工作总结",
        "B6": "{{ 正文 }}",
        "E9": "=B5*2",
    }
    filled = kepu_docs.render(kepu_docs.load(record()), "xlsx", form=prepared.data)
    assert shown(filled)["B8"] == "=SUM(B4:B7)"


@pytest.mark.deep
def test_rows_that_a_formula_names_one_by_one_stay() -> None:
    prepared = Engine().prepare_form(registration("=B4+B5+B6+B7"))
    found = shown(prepared.data)
    assert found["B8"] == "=B4+B5+B6+B7"
    assert found["E12"] == "=B8*2"
    assert any("refers to B4, in rows" in fault.message for fault in prepared.faults)
    with pytest.raises(TemplateError):
        kepu_docs.render(kepu_docs.load(record()), "xlsx", form=prepared.data)


def test_a_filled_form_is_read_back(tmp_path: Path) -> None:
    form = Engine().prepare_form(registration()).data
    summary = kepu_docs.load(record())
    document = kepu_docs.compose(summary, embed=False)
    assert not document.record
    filled = kepu_docs.render(summary, "xlsx", form=form)
    book = openpyxl.load_workbook(_file(tmp_path / "a.xlsx", filled))  # which keeps no record
    book.save(tmp_path / "b.xlsx")
    (read,) = kepu_docs.import_document(tmp_path / "b.xlsx", form=form)
    again = read.summary
    (section,) = [each for each in again.sections if each.kind == "activities"]
    assert [(each.name, each.attendance.value, each.attendance.approx) for each in section.activities] == [  # type: ignore[attr-defined]
        ("防灾展览", 120, "exactly"),
        ("健康讲座", 300, "over"),
        ("急救演练", 30, "exactly"),
    ]
    assert section.activities[0].held_on.start.isoformat() == "2025-05-12"  # type: ignore[attr-defined]
    assert again.community.name == "试验社区"
    (carried,) = kepu_docs.import_document(tmp_path / "a.xlsx", form=form)
    assert carried.summary == summary


def _file(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
