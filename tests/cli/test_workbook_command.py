"""The command ``workbook``, and what a run says of a workbook that was filled in."""

from pathlib import Path

import openpyxl
from tests.cli.test_cli import kepu


def test_make_fill_in_and_run(tmp_path: Path) -> None:
    done = kepu("workbook", "汇总.xlsx", "training", "--locale", "zh_Hans", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "汇总.xlsx\n", "")
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    communities, _, sessions, _ = book.worksheets
    columns = {str(cell.value).rstrip("*"): cell.column for cell in communities[1]}
    for row, (code, name, period) in enumerate([("000101", "试验社区", "2025"), ("000102", "示例里社区", "今年")], 3):
        communities.cell(row, columns["编码"], code)
        communities.cell(row, columns["名称"], name)
        communities.cell(row, columns["时间"], period)
    sessions["A3"], sessions["B3"], sessions["G3"] = "000101", "防火", "近60人次"
    sessions["A4"], sessions["B4"] = "000103", "防震"
    sessions["I1"], sessions["I3"] = "联系电话", "000"
    book.save(tmp_path / "汇总.xlsx")
    done = kepu("--ui-locale", "zh_Hans", "batch", "汇总.xlsx", "-o", "out", "-f", "txt", "-q", folder=tmp_path)
    assert done.returncode == 1
    told = done.stderr.splitlines()
    assert told[0] == "注意：汇总.xlsx: 科普培训-场次!I1: 不认识“联系电话”这一列；该列未读取"
    assert told[1].startswith("错误：汇总.xlsx: 社区!M4: period: ")
    assert told[2] == "错误：汇总.xlsx: 科普培训-场次!A4: 没有编码为“000103”的社区；这一行没有写入文档"
    (document,) = (tmp_path / "out").rglob("*.txt")
    assert "近60人次" in document.read_text(encoding="utf-8")


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"mine")
    done = kepu("workbook", "a.xlsx", folder=tmp_path)
    assert done.returncode == 1
    assert "a.xlsx: not written" in done.stderr
    assert (tmp_path / "a.xlsx").read_bytes() == b"mine"


def test_an_unknown_kind(tmp_path: Path) -> None:
    done = kepu("workbook", "a.xlsx", "trainning", folder=tmp_path)
    assert done.returncode == 2
    assert "no section kind is called “trainning”" in done.stderr
    assert not (tmp_path / "a.xlsx").exists()
