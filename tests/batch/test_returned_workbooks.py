"""``kepu-docs workbook --return``: the workbooks with mistakes, to be sent back to those who filled them in."""

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.batch.records import write
from tests.cli.calling import kepu


def rows_of(sheet: Any) -> dict[str, Any]:
    """Return the second cells of an upright sheet by their labels."""
    return {str(row[0].value).rstrip("*").split("（")[0]: row[1] for row in sheet.iter_rows(min_row=2)}


def filled(folder: Path) -> None:
    """Make the workbook of a district in which one of two communities made mistakes."""
    kepu("workbook", "a.xlsx", "training", "outcomes", "--locale", "zh_Hans", folder=folder)
    book = openpyxl.load_workbook(folder / "a.xlsx")
    communities, sessions, outcomes = book["社区"], book["科普培训-场次"], book["工作成效"]
    columns = {str(cell.value).rstrip("*").split("（")[0]: cell.column for cell in communities[1]}
    for row, (code, name, period) in enumerate([("000101", "试验社区", "今年"), ("000102", "示例里社区", "2025")], 3):
        for heading, value in {"编码": code, "名称": name, "时间": period, "街道": "甲街道", "居民": "8600余"}.items():
            communities.cell(row, columns[heading], value)
    rows = [("000101", "防火", "很多人"), ("000102", "防汛", "60"), ("000101", "防震", "近60")]
    at = {str(cell.value).split("（")[0]: cell.column for cell in sessions[1]}
    for row, (code, topic, attendance) in enumerate(rows, 3):
        sessions.cell(row, 1, code)
        sessions.cell(row, 2, topic)
        sessions.cell(row, at["人次"], attendance)
    at = {str(cell.value).split("（")[0]: cell.column for cell in outcomes[1]}
    outcomes["A3"] = "000101"
    outcomes.cell(3, at["满意率"], 0.95)
    book.save(folder / "a.xlsx")


@pytest.mark.parametrize("report", ["out/report.xlsx", "out", "out/manifest.jsonl"])
def test_what_is_wrong_stands_at_its_cell(report: str, tmp_path: Path) -> None:
    filled(tmp_path)
    assert kepu("batch", "a.xlsx", "-o", "out", "-f", "txt", folder=tmp_path).returncode == 1
    done = kepu("--ui-locale", "zh_Hans", "workbook", "--return", report, "-o", "back", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "back/甲街道-试验社区.xlsx\n", "")
    book = openpyxl.load_workbook(tmp_path / "back" / "甲街道-试验社区.xlsx")
    community = rows_of(book["社区"])
    assert (community["编码"].value, community["居民"].value) == ("000101", "8600余")
    assert community["名称"].protection.locked
    assert (community["时间"].value, community["时间"].fill.fgColor.rgb) == ("今年", "FFFFC7CE")
    assert "2025" in community["时间"].comment.text
    assert community["时间"].offset(0, 2).value == community["时间"].comment.text, "on paper there are no comments"
    assert community["居民"].comment is None
    share = rows_of(book["工作成效"])["满意率"]
    assert "95%" in share.comment.text
    sessions = book["科普培训-场次"]
    assert [[cell.value for cell in row][:2] for row in sessions.iter_rows(min_row=3, max_row=4)] == [
        ["000101", "防火"],
        ["000101", "防震"],
    ]
    (wrong,) = [cell for row in sessions.iter_rows(min_row=3) for cell in row if cell.comment]
    assert (wrong.row, wrong.value) == (3, "很多人")
    assert "红色" in str(book.worksheets[-1]["A1"].value)


def test_mended_and_sent_again(tmp_path: Path) -> None:
    filled(tmp_path)
    kepu("batch", "a.xlsx", "-o", "out", "-f", "txt", folder=tmp_path)
    kepu("workbook", "--return", "out", "-o", "back", "--locale", "zh_Hans", folder=tmp_path)
    (path,) = (tmp_path / "back").iterdir()
    book = openpyxl.load_workbook(path)
    rows_of(book["社区"])["时间"].value = "2025"
    rows_of(book["工作成效"])["满意率"].value = "95%"
    (wrong,) = [cell for row in book["科普培训-场次"].iter_rows(min_row=3) for cell in row if cell.comment]
    wrong.value = "80余"
    book.save(path)
    done = kepu("batch", "back", "-o", "second", "-f", "txt", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    (document,) = (tmp_path / "second").rglob("*.txt")
    text = document.read_text(encoding="utf-8")
    assert all(each in text for each in ("防火", "防震", "80余", "95%", "8600余"))
    assert "防汛" not in text


def test_records_in_files_come_back_as_workbooks(tmp_path: Path) -> None:
    section = {"kind": "training", "sessions": [{"topic": "防火", "attendance": "很多人"}]}
    record = {"community": {"name": "试验社区"}, "period": 2025, "sections": [section]}
    write(tmp_path / "r.jsonl", [record, {**record, "community": {"residents": 5}}])
    kepu("batch", "r.jsonl", "-o", "out", "-f", "txt", folder=tmp_path)
    done = kepu("workbook", "--return", "out", "-o", "back", "--locale", "zh_Hans", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "error: r.jsonl:2: the sender is unknown; it is not sent back\n"
    book = openpyxl.load_workbook(tmp_path / "back" / "试验社区.xlsx")
    (wrong,) = [cell for row in book["科普培训-场次"].iter_rows(min_row=3) for cell in row if cell.comment]
    assert wrong.value == "很多人"


@pytest.mark.parametrize("name", ["甲\x01社区", "甲\ud800社区", "甲\ufffe社区", "=1+1", "@甲", "长" * 40_000])
def test_what_no_workbook_can_hold_comes_back_without_it(name: str, tmp_path: Path) -> None:
    record = {"community": {"name": name, "street": "=甲街道"}, "period": 2025, "opening": [name], "sections": 7}
    (tmp_path / "r.jsonl").write_text(json.dumps(record), encoding="utf-8")
    kepu("batch", "r.jsonl", "-o", "out", "-f", "txt", folder=tmp_path)
    done = kepu("workbook", "--return", "out", "-o", "back", "--locale", "zh_Hans", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    (path,) = (tmp_path / "back").iterdir()
    sheet = openpyxl.load_workbook(path)["社区"]
    shown = re.sub(r"[\x01\ud800\ufffe]", " ", name)[:32_000]
    (cell,) = [cell for row in sheet.iter_rows(max_row=4) for cell in row if str(cell.value).startswith(shown)]
    assert cell.data_type == "s"


def test_what_is_no_report(tmp_path: Path) -> None:
    done = kepu("workbook", "--return", "report.xlsx", "-o", "back", folder=tmp_path)
    assert done.returncode == 1
    assert "this is not the report of a batch" in done.stderr


def test_what_csv_files_held_comes_back_too(tmp_path: Path) -> None:
    (tmp_path / "社区.csv").write_text("编码,名称,时间\n000101,试验社区,2025\n", encoding="utf-8-sig")
    sessions = "编码,主题,时间,人次\n000101,防火,5月12日,60\n000101,防震,5.1,70\n"
    (tmp_path / "科普培训-场次.csv").write_text(sessions, encoding="utf-8-sig")
    assert kepu("batch", ".", "-o", "out", "-f", "txt", folder=tmp_path).returncode == 1
    done = kepu("workbook", "--return", "out", "-o", "back", "--locale", "zh_Hans", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook(tmp_path / "back" / "试验社区.xlsx")
    (wrong,) = [cell for row in book["科普培训-场次"].iter_rows(min_row=3) for cell in row if cell.comment]
    assert (wrong.row, str(wrong.value)) == (4, "5.1")


def test_what_was_asked_for_comes_back_and_no_more(tmp_path: Path) -> None:
    """A community that had a short workbook gets a short one; what it filled in besides stands in it as well."""
    section = {"kind": "training", "sessions": [{"topic": "防火", "attendance": "很多人", "place": "广场"}]}
    community = {"name": "试验社区", "floating": 5}
    write(tmp_path / "r.jsonl", [{"community": community, "period": 2025, "sections": [section]}])
    kepu("batch", "r.jsonl", "-o", "out", "-f", "txt", folder=tmp_path)
    kepu("workbook", "--return", "out", "-o", "back", "--locale", "zh_Hans", folder=tmp_path)
    book = openpyxl.load_workbook(tmp_path / "back" / "试验社区.xlsx")
    asked = rows_of(book["社区"])
    assert asked["流动人口"].value == 5
    assert "开头" in asked
    assert not [label for label in asked if label.startswith(("版头", "上年数据"))]
    assert [str(cell.value) for cell in book["科普培训-场次"][1]][3] == "地点"
    assert book["社区"]["D1"].value == "含义；红字说明错在哪里"


def test_a_list_of_what_is_to_be_mended_is_what_is_looked_at_first(tmp_path: Path) -> None:
    """Each cell once, with a link to it: where a cell is refused it is not missing as well."""
    filled(tmp_path)
    kepu("batch", "a.xlsx", "-o", "out", "-f", "txt", folder=tmp_path)
    kepu("workbook", "--return", "out", "-o", "back", "--locale", "zh_Hans", folder=tmp_path)
    (path,) = (tmp_path / "back").iterdir()
    book = openpyxl.load_workbook(path)
    last = book.worksheets[-1]
    assert book.active is last
    assert last.freeze_panes is None, "of a long list the end could not be seen"
    (top,) = [cell.row for cell in last["A"] if cell.value == "需修改的工作表"]
    rows = list(last.iter_rows(min_row=top + 1, max_col=3))
    listed = rows[: [row[0].value for row in rows].index(None)]
    cells = {(sheet.title, cell.coordinate): cell for sheet in book for row in sheet.iter_rows() for cell in row}
    wrong = {place: cell for place, cell in cells.items() if cell.comment and place[0] != last.title}
    assert {(row[0].value, row[1].value): row[2].value for row in listed} == {
        place: cell.comment.text for place, cell in wrong.items()
    }
    assert {row[1].hyperlink.location for row in listed} == {f"'{title}'!{cell}" for title, cell in wrong}
    assert "必须填写" not in cells["社区", "B" + str(rows_of(book["社区"])["时间"].row)].comment.text
