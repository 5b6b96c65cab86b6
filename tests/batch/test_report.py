"""``report.xlsx``: how far each community is, what is wrong and where, in the order of an office's phone calls."""

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

import kepu_docs
from kepu_docs.batch import BatchReport
from tests.batch.records import record, write
from tests.cli.calling import kepu


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
    folder = tmp_path / "in"
    assert [row[1:3] + row[4:] for row in rows(report, "Communities")] == [
        ["乙街道", "试验丙社区", "not done", "1", None, None, str(folder / "1.xlsx")],
        ["甲街道", "试验乙社区", "done, with notes", None, "1", None, str(folder / "2.xlsx")],
        ["甲街道", "试验甲社区", "done", None, None, None, str(folder / "3.xlsx")],
    ]
    fault, remark = rows(report, "To send back")
    assert fault[2] == "试验丙社区"
    assert fault[5] == "社区!E2"
    assert fault[7] == "the community corrects this cell and sends the file again"
    assert remark[2] == "试验乙社区"
    assert "联系电话" in remark[6]
    assert remark[7] == "check whether this is intended; if so, there is nothing to do"


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
    assert [row[4] for row in rows(again, "Communities")] == ["not done", "done, with notes", "done"]
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


def test_a_file_that_cannot_be_opened_is_not_done(tmp_path: Path) -> None:
    folder = returned(tmp_path / "in")
    (folder / "坏 文件.xlsx").write_bytes(b"no workbook")
    report = run(folder, tmp_path / "out")
    assert (report.made, report.failed) == (2, 1)
    state = rows(report, "Communities")[-1]
    assert state == [None, None, None, None, "not done", "1", None, None, str(folder / "坏 文件.xlsx")]
    (fault,) = [row for row in rows(report, "To send back") if row[4] == str(folder / "坏 文件.xlsx")]
    assert "workbook" in fault[6]
    assert fault[7] == "what was not read is in no document; ask the sender to correct it and send it again"
    assert report.report
    book = openpyxl.load_workbook(report.report)
    first = book["Communities"].cell(5, 6).hyperlink.location
    assert book["To send back"][first.split("!")[1]].offset(0, 4).value == str(folder / "坏 文件.xlsx")
    copy(folder / "坏 文件.xlsx", "试验丁社区", "丙街道")
    assert [row[4] for row in rows(run(folder, tmp_path / "out"), "Communities")] == [
        "done",
        "not done",
        "done, with notes",
        "done",
    ]


def test_links_to_files_with_chinese_names_and_blanks(tmp_path: Path) -> None:
    """The address as it stands in the file: Excel and LibreOffice read blanks as %20, and hanzi as they are."""
    copy(tmp_path / "收 回" / "甲街道 试验.xlsx", "试验社区", "甲街道", total="很多")
    report = run(tmp_path / "收 回", tmp_path / "总 结")
    assert report.report
    with zipfile.ZipFile(report.report) as archive:
        targets = archive.read("xl/worksheets/_rels/sheet2.xml.rels").decode()
    assert 'Target="..\\收%20回\\甲街道%20试验.xlsx"' in targets


def test_those_whom_nobody_knows_come_last(tmp_path: Path) -> None:
    known = {**record(1), "community": {"name": "试验社区"}}
    unknown = {**known, "community": {"residents": "?"}}
    placed = {**known, "community": {"name": "示例社区", "district": "试验区"}}
    nameless = {**known, "community": {"district": "试验区"}}
    source = write(tmp_path / "r.jsonl", [unknown, nameless, known, placed])
    report = run(source, tmp_path / "out")
    names = [(row[0], row[2]) for row in rows(report, "Communities")]
    assert names == [("试验区", "示例社区"), (None, "试验社区"), ("试验区", None), (None, None)]


def test_what_to_do_depends_on_where_it_stands(tmp_path: Path) -> None:
    wrong = {**record(1), "opening": 7}
    nobody = {**record(1), "community": {"residents": 5}}
    files = run(write(tmp_path / "r.jsonl", [wrong, nobody]), tmp_path / "files")
    assert {row[7] for row in rows(files, "To send back")} == {
        "the person who maintains this file corrects it there",
        "find out who sent this; they correct it and send the file again",
    }
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("社区")
    sheet.write_row(0, 0, ["编码", "名称", "时间", "科普培训·总场次"])
    sheet.write_row(1, 0, ["000101", "试验甲社区", "2025", "很多"])
    sheet.write_row(2, 0, ["000102", "试验乙社区", "2025", 6])
    book.close()
    shared = run(tmp_path / "a.xlsx", tmp_path / "shared")
    assert [row[7] for row in rows(shared, "To send back")] == [
        "ask the community and correct this cell; or send it to them with “kepu-docs workbook --return”"
    ]


@pytest.mark.parametrize("kind", ["txt", "xlsx"])
def test_a_list_says_who_is_missing_and_whom_to_ask(kind: str, tmp_path: Path) -> None:
    listed = tmp_path / f"list.{kind}"
    if kind == "txt":
        listed.write_text("试验丙社区，王某 010-00000001\n试验乙社区\n试验戊社区\t李某\n", encoding="utf-8")
    else:
        book = xlsxwriter.Workbook(listed)
        sheet = book.add_worksheet("社区")
        sheet.write_row(0, 0, ["名称", "街道", "联系人", "电话"])
        sheet.write_row(1, 0, ["试验丙社区", "乙街道", "王某", "010-00000001"])
        sheet.write_row(2, 0, ["试验乙社区", "甲街道"])
        sheet.write_row(3, 0, ["试验戊社区", "", "李某"])
        book.close()
    report = run(returned(tmp_path / "in"), tmp_path / "out", expected=listed)
    asked = [(row[2], row[4], row[7]) for row in rows(report, "Communities")]
    assert sorted(asked, key=str) == [
        ("试验丙社区", "not done", "王某 010-00000001"),
        ("试验乙社区", "done, with notes", None),
        ("试验戊社区", "nothing received", "李某"),
        ("试验甲社区", "done", None),
    ]
    assert rows(report, "To send back")[0][8] == "王某 010-00000001"
    assert [who.community for who in report.missing] == ["试验戊社区"]


def test_the_command_says_how_many_are_missing(tmp_path: Path) -> None:
    write(tmp_path / "r.jsonl", [record(1)])
    (tmp_path / "list.txt").write_text("000109，李某\n", encoding="utf-8")
    done = kepu("batch", "r.jsonl", "-o", "out", "-f", "txt", "--expected", "list.txt", folder=tmp_path)
    assert done.returncode == 0
    assert "nothing received, though expected: 1; see the report" in done.stderr
    wrong = kepu("batch", "r.jsonl", "-o", "out", "--expected", "nowhere.txt", folder=tmp_path)
    assert wrong.returncode == 1
    assert "nowhere.txt" in wrong.stderr
