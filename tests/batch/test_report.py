"""``report.xlsx``: how far each community is, what is wrong and where, in the order in which an office telephones."""

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

import kepu_docs
from kepu_docs.batch import BatchReport
from tests.batch.records import record, write


def copy(file: Path, name: str, street: str, *, total: object = 6, more: str = "") -> None:
    """Write the workbook of a community as it came back."""
    file.parent.mkdir(exist_ok=True)
    book = xlsxwriter.Workbook(file)
    head = ["名称", "区县", "街道", "时间", "科普培训·总场次", *([more] if more else [])]
    sheet = book.add_worksheet("社区")
    sheet.write_row(0, 0, head)
    sheet.write_row(1, 0, [name, "试验区", street, "2025", total])
    book.close()


def run(source: Path, out: Path, **options: Any) -> BatchReport:
    return kepu_docs.render_batch(source, out, formats=["txt"], jobs=1, **options)


def rows(report: BatchReport, title: str) -> list[list[Any]]:
    assert report.report
    sheet = openpyxl.load_workbook(report.report)[title]
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def returned(folder: Path) -> Path:
    copy(folder / "1.xlsx", "试验丙社区", "乙街道", total="很多")
    copy(folder / "2.xlsx", "试验乙社区", "甲街道", more="联系电话")
    copy(folder / "3.xlsx", "试验甲社区", "甲街道")
    return folder


def test_how_far_each_community_is(tmp_path: Path) -> None:
    report = run(returned(tmp_path / "in"), tmp_path / "out")
    assert [row[1:3] + row[4:] for row in rows(report, "Communities")] == [
        ["乙街道", "试验丙社区", "not done", "1", None, None],
        ["甲街道", "试验乙社区", "done with remarks", None, "1", None],
        ["甲街道", "试验甲社区", "done", None, None, None],
    ]
    fault, remark = rows(report, "To send back")
    assert fault[2] == "试验丙社区"
    assert fault[5] == "社区!E2"
    assert fault[7] == "mend this cell, and send the file again"
    assert remark[2] == "试验乙社区"
    assert "联系电话" in remark[6]
    assert remark[7] == "look whether this is meant; if it is, nothing is to be done"


def test_cells_are_links(tmp_path: Path) -> None:
    report = run(returned(tmp_path / "in"), tmp_path / "out")
    assert report.report
    book = openpyxl.load_workbook(report.report)
    link = book["To send back"]["F2"].hyperlink
    assert (link.target.replace("\\", "/"), link.location) == ("../in/1.xlsx", "'社区'!E2")
    assert book["Communities"]["F2"].hyperlink.location == "'To send back'!A2"
    assert book["Communities"]["G3"].hyperlink.location == "'To send back'!A3"


def test_no_link_leads_elsewhere(tmp_path: Path) -> None:
    """Only a file that is there is linked: a program's records have none, and no address of a machine is one."""
    report = run(write(tmp_path / "r.jsonl", [{**record(1), "opening": 7}]), tmp_path / "out", source_name="x")
    manifest = report.manifest
    changed = manifest.read_bytes().replace(str(tmp_path / "r.jsonl").encode(), b"//host/share/r.jsonl")
    manifest.write_bytes(changed)
    report = run(write(tmp_path / "more.jsonl", [record(2)]), tmp_path / "out")
    assert report.report
    with zipfile.ZipFile(report.report) as archive:
        assert not [name for name in archive.namelist() if b"host" in archive.read(name) and name.endswith(".rels")]


def test_remarks_stay_when_nothing_is_new(tmp_path: Path) -> None:
    returned(tmp_path / "in")
    run(tmp_path / "in", tmp_path / "out")
    again = run(tmp_path / "in", tmp_path / "out")
    assert again.unchanged == 2
    assert [row[4] for row in rows(again, "Communities")] == ["not done", "done with remarks", "done"]
    copy(tmp_path / "in" / "2.xlsx", "试验乙社区", "甲街道")
    copy(tmp_path / "in" / "1.xlsx", "试验丙社区", "乙街道")
    mended = run(tmp_path / "in", tmp_path / "out")
    assert [row[4] for row in rows(mended, "Communities")] == ["done", "done", "done"]
    assert rows(mended, "To send back") == []


def test_a_remark_on_a_file_of_many_is_nobody_s(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("社区")
    sheet.write_row(0, 0, ["编码", "名称", "时间", "科普培训·总场次", "联系电话"])
    sheet.write_row(1, 0, ["000101", "试验甲社区", "2025", 6])
    sheet.write_row(2, 0, ["000102", "试验乙社区", "2025", 6])
    book.close()
    report = run(tmp_path / "a.xlsx", tmp_path / "out")
    assert [row[4] for row in rows(report, "Communities")] == ["done", "done"]
    (remark,) = rows(report, "To send back")
    assert remark[:4] == [None, None, None, None]
    assert "联系电话" in remark[6]
