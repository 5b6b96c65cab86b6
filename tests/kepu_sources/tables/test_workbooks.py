"""Workbooks as people and programs make them: titles above, notes beside, other formats, and hostile files."""

import datetime
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from kepu_docs.contract.sources import SourceRecord
from kepu_docs.errors import SourceError
from kepu_sources.tables.workbooks import Workbooks
from tests.kepu_sources.tables.saving import saved_by_libreoffice
from tests.kepu_sources.tables.test_tables import FORM, faults_of, loaded
from tests.tables import write_workbook

HEADS = ["编码", "名称", "时间"]
COMMUNITY = ["000101", "试验社区", 2025]
SESSIONS = "科普培训-场次"


def read(path: Path) -> list[SourceRecord]:
    return list(Workbooks().records(str(path), FORM))


def from_sheets(folder: Path, sheets: Mapping[str, Any], at: tuple[int, int] = (0, 0)) -> list[SourceRecord]:
    book = xlsxwriter.Workbook(folder / "a.xlsx", {"strings_to_formulas": False})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows, at[0]):
            sheet.write_row(number, at[1], row)
    book.close()
    return read(folder / "a.xlsx")


def test_cells_keep_their_address_wherever_the_table_stands(tmp_path: Path) -> None:
    rows = {"社区": [HEADS, ["1", "甲社区", "今年"]], SESSIONS: [["编码", "人次"], ["1", "许多"]]}
    (record,) = from_sheets(tmp_path, rows, at=(3, 27))
    # AB is the code; what is missing altogether has the row alone.
    assert [fault.split(": ")[0] for fault in faults_of(record)] == ["社区!AD5", f"{SESSIONS}!5", f"{SESSIONS}!AC5"]


def test_a_title_and_remarks_above_the_headings(tmp_path: Path) -> None:
    title = [["2025年社区科普工作汇总表"], [], ["填报单位：示例街道", "", "名称"]]
    rows = {"社区": [*title, HEADS, COMMUNITY], SESSIONS: [["培训"], ["编码", "主题"], ["000101", "防火"]]}
    (record,) = from_sheets(tmp_path, rows)
    assert record.place == "社区!5"
    assert loaded(record).model_dump()["sections"][0]["sessions"][0]["topic"] == "防火"
    assert [fault.message for fault in record.warnings] == [
        "lines above the headings are left out (A1)",
        "lines above the headings are left out (A1, A3)",
    ]


def test_a_column_without_a_heading_is_reported_once(tmp_path: Path) -> None:
    rows: list[Any] = [HEADS, [*COMMUNITY, None, None, "备注"], ["2", "乙社区", 2025, None, None, "备注"]]
    first, second = from_sheets(tmp_path, {"社区": rows})
    assert [str(fault) for fault in first.warnings] == [
        f"{tmp_path}/a.xlsx: 社区!F2: this column has no heading; it is not read"
    ]
    assert not second.warnings


def test_a_misspelt_heading_is_reported_with_the_nearest(tmp_path: Path) -> None:
    (record,) = from_sheets(tmp_path, {"社区": [[*HEADS, "流动人囗"], [*COMMUNITY, 5]]})
    assert [fault.message for fault in record.warnings] == [
        "unknown column “流动人囗”; did you mean “流动人口”? It is not read"
    ]


def test_the_only_sheet_with_anything_is_that_of_communities(tmp_path: Path) -> None:
    (record,) = from_sheets(tmp_path, {"Sheet1": [], "Sheet2": [HEADS, COMMUNITY], "Sheet3": []})
    assert loaded(record).community.name == "试验社区"


def test_hidden_sheets_are_read_and_reported(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    book.add_worksheet("备注").write(0, 0, "x")
    for title, rows in (
        ("社区", [HEADS, COMMUNITY]),
        (SESSIONS, [["编码", "主题"], ["000101", "防火"]]),
        ("底稿", [["x"]]),
    ):
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        sheet.hide()
    book.close()
    (record,) = read(tmp_path / "a.xlsx")
    assert len(loaded(record).sections) == 1
    assert [fault.message for fault in record.warnings] == [
        "unknown table “备注”; it is not read",
        "unknown table “底稿”; it is not read",
        "the hidden sheet “社区” is read too",
        "the hidden sheet “科普培训-场次” is read too",
    ]


def test_codes_typed_as_numbers(tmp_path: Path) -> None:
    rows: dict[str, Any] = {
        "社区": [HEADS, [110101, "甲社区", 2025], ["000102", "乙社区", 2025]],
        SESSIONS: [["编码", "主题"], ["110101", "防火"], [110101.0, "防震"], [102, "急救"], ["9", "急救"]],
    }
    first, second, stray = from_sheets(tmp_path, rows)
    assert [session["topic"] for session in loaded(first).model_dump()["sections"][0]["sessions"]] == ["防火", "防震"]
    # Its document would lack the row.
    assert [(fault.place.cell, fault.message) for fault in second.faults] == [
        (f"{SESSIONS}!A4", "no community has the code “102”; did you mean “000102”? The row is left out")
    ]
    assert [fault.message for fault in stray.faults] == ["no community has the code “9”; the row is left out"]


def test_examples(tmp_path: Path) -> None:
    rows: dict[str, Any] = {
        "社区": [HEADS[1:], ["（示例）试验社区", 2025], ["示例里社区", 2025]],
        SESSIONS: [["编码", "主题"], ["示例", "防火"], ["Example", "防震"], ["示例里社区", "急救"]],
    }
    (record,) = from_sheets(tmp_path, rows)
    assert loaded(record).community.name == "示例里社区"
    assert [session["topic"] for session in loaded(record).model_dump()["sections"][0]["sessions"]] == ["急救"]
    # One of them is that of the empty workbook; the other was copied, and what it says would be lost.
    assert [fault.place.cell for fault in record.warnings] == [f"{SESSIONS}!A3"]


def test_second_sections_and_the_order_of_the_sheets(tmp_path: Path) -> None:
    rows: dict[str, Any] = {
        "其他工作": [["编码", "栏目标题", "段落"], ["000101", "甲", "一"], ["000101", "乙", "二\n三"]],
        "社区": [HEADS, COMMUNITY],
        "科普培训": [["编码", "总场次"], ["000101", 3]],
        "其他工作-分段": [["编码", "小标题"], ["000101", "丙"]],
        "组织领导": [["编码", "列入议程"], ["000101", "是"]],
    }
    (record,) = from_sheets(tmp_path, rows)
    sections = loaded_in_order(record)
    assert [(section["kind"], section["heading"]) for section in sections] == [
        ("narrative", "甲"),
        ("narrative", "乙"),
        ("training", None),
        ("leadership", None),
    ]
    assert sections[1]["paragraphs"] == ("二", "三")
    assert [each["heading"] for each in sections[0]["subsections"]] == ["丙"]


def loaded_in_order(record: SourceRecord) -> list[dict[str, Any]]:
    from tests.kepu_sources.tables.test_tables import ENGINE

    return list(ENGINE.read(record.content, record.syntax, "r").model_dump()["sections"])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ({"社区": [HEADS, COMMUNITY], "communities": [HEADS]}, "two tables have the name “communities / 社区 / 社區”"),
        ({"甲": [HEADS, COMMUNITY], "乙": [HEADS]}, "there is no table “communities / 社区 / 社區”"),
        ({"甲": [HEADS, COMMUNITY], "乙": [HEADS]}, "the tables here are: 甲, 乙. “kepu-docs workbook” makes"),
        ({"社区": [HEADS, ["示例", "试验社区", 2025]]}, "社区: the table has no rows"),
        ({"社区": [[*HEADS, "社区编码"], COMMUNITY]}, "社区!D1: the columns “编码” and “社区编码” are the same"),
    ],
)
def test_workbooks_that_cannot_be_read(rows: dict[str, Any], message: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=message.replace("!", ".")):
        from_sheets(tmp_path, rows)


@pytest.mark.parametrize(("row", "column"), [(1_048_575, 16_383), (1_048_575, 99), (40_000, 16_000)])
def test_a_cell_far_away_ends_no_process(row: int, column: int, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("社区")
    sheet.write_row(0, 0, HEADS)
    sheet.write_row(1, 0, COMMUNITY)
    sheet.write(row, column, " ")
    book.close()
    with pytest.raises(SourceError, match=f"extends to row {row + 1} and column"):
        read(tmp_path / "a.xlsx")


def test_a_long_sheet_is_no_sheet_with_a_cell_far_away(tmp_path: Path) -> None:
    (record,) = from_sheets(tmp_path, {"社区": [HEADS, COMMUNITY], SESSIONS: [["编码"], *[[]] * 200_000, ["000101"]]})
    assert loaded(record).community.name == "试验社区"


def test_a_cell_far_away_written_in_another_way(tmp_path: Path) -> None:
    write_workbook(tmp_path / "a.xlsx", {"社区": [HEADS, COMMUNITY]})
    for reference in ('"XFD1048576"', "'XFD1048576'", '\n"XFD1048576"', '"xfd1048576"'):
        path = changed(
            tmp_path / "a.xlsx",
            "xl/worksheets/sheet1.xml",
            "</sheetData>",
            f"<row><c r={reference}><v>1</v></c></row></sheetData>",
        )
        with pytest.raises(SourceError, match="extends to row 1048576 and column XFD"):
            read(path)


def changed(path: Path, part: str, old: str, new: str) -> Path:
    """Return a copy of a package in which a part says something else."""
    copy = path.with_name(f"changed{path.suffix}")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode(), 1)
            target.writestr(name, data)
    return copy


OPEN_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3">
<office:body><office:spreadsheet><table:table table:name="社区">
<table:table-row>%s</table:table-row><table:table-row>%s</table:table-row>%s
</table:table></office:spreadsheet></office:body></office:document-content>
"""
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""
BLANK_ROWS = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
HARM = 'office:value-type="float" office:value="1"'


def open_document(path: Path, rest: str) -> Path:
    def row(cells: Sequence[object]) -> str:
        return "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
        )

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", OPEN_DOCUMENT % (row(HEADS), row(COMMUNITY), rest))
    return path


def test_an_open_document(tmp_path: Path) -> None:
    (record,) = read(open_document(tmp_path / "a.ods", BLANK_ROWS))
    assert loaded(record).community.code == "000101"


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        (
            f'<table:table-row table:number-rows-repeated="900000"><table:table-cell {HARM}/></table:table-row>',
            "repeats one row or cell 900000 times",
        ),
        (
            f'<table:table-row><table:table-cell table:number-columns-repeated="16384" {HARM}/></table:table-row>',
            "repeats one row or cell 16384 times",
        ),
    ],
)
def test_open_documents_that_cannot_be_read(rest: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=message):
        read(open_document(tmp_path / "a.ods", rest))


FORMULA = 'table:formula="of:=1/0"'
LOST = "table-formula-without-result"
WRONG = "table-wrong-cell"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (f'<table:table-cell {FORMULA} calcext:value-type="error"/>', WRONG),
        (f'<table:table-cell {FORMULA} office:value-type="string"><text:p>#DIV/0!</text:p></table:table-cell>', WRONG),
        (f'<table:table-cell {FORMULA} office:value-type="float" office:value="0"><text:p>Err:502</text:p></table:table-cell>', WRONG),
        (f"<table:table-cell {FORMULA}/>", LOST),
        (f"<table:table-cell {FORMULA}></table:table-cell>", LOST),
        (f'<table:table-cell {FORMULA} office:value-type="float" office:value="2025"/>', ""),
        ('<table:table-cell office:value-type="float" office:value="2025"><text:p>2025</text:p></table:table-cell>', ""),
    ],
)  # fmt: skip
def test_formulas_of_an_open_document(cell: str, code: str, tmp_path: Path) -> None:
    """The third row is a second community, whose year is a formula, after a repeated cell."""
    text = '<table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>样板社区</text:p></table:table-cell>'
    found = read(open_document(tmp_path / "a.ods", f"<table:table-row>{text}{cell}</table:table-row>{BLANK_ROWS}"))
    assert len(found) == 2
    assert [(fault.code, fault.place.cell) for fault in found[1].faults] == ([(code, "社区!C3")] if code else [])


def test_hidden_and_merged_cells_of_an_open_document(tmp_path: Path) -> None:
    """Blank rows that are hidden are nobody's; rows count as they are repeated, also in groups of rows."""
    hidden = 'table:visibility="filter"'
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = (
        '<table:table-row table:number-rows-repeated="2" table:visibility="collapse"><table:table-cell/></table:table-row>'
        f"<table:table-row-group><table:table-row>{cell.format('2')}{cell.format('样板社区')}"
        '<table:table-cell table:number-rows-spanned="2" office:value-type="float" office:value="2025"/></table:table-row>'
        f"<table:table-row {hidden}>{cell.format('3')}{cell.format('示范社区')}<table:covered-table-cell/></table:table-row>"
        "</table:table-row-group>"
    )
    first, second, third = read(open_document(tmp_path / "a.ods", rows + BLANK_ROWS.replace("48574", "48571")))
    assert [each.place for each in (first, second, third)] == ["社区!2", "社区!5", "社区!6"]
    assert [loaded(each).period.start.year for each in (second, third)] == [2025, 2025]
    assert [(fault.code, fault.place.cell) for fault in third.warnings] == [("table-hidden", "社区!6")]


@pytest.mark.parametrize("harm", ["<!DOCTYPE a [<!ENTITY b 'c'>]>", "<", "</table:table>"])
def test_an_open_document_that_is_broken(harm: str, tmp_path: Path) -> None:
    path = open_document(tmp_path / "a.ods", BLANK_ROWS)
    old = "<office:document-content" if "DOCTYPE" in harm else "</table:table>"
    with pytest.raises(SourceError, match="it is broken"):
        read(changed(path, "content.xml", old, harm + old))


@pytest.mark.parametrize("encoding", ["UTFr8", "utf-7", "utf-16", "big5"])
def test_an_open_document_is_in_utf_8_whatever_it_says(encoding: str, tmp_path: Path) -> None:
    path = changed(open_document(tmp_path / "a.ods", BLANK_ROWS), "content.xml", "UTF-8", encoding)
    try:
        (record,) = read(path)
    except SourceError as error:
        assert str(path) in str(error)
    else:
        assert loaded(record).community.name == "试验社区"


@pytest.mark.some(2)
@pytest.mark.office
@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_other_formats_of_workbooks(suffix: str, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("社区")
    sheet.write_row(1, 1, [*HEADS, "署名日期", "盖章", "居民"])
    sheet.write_row(2, 1, COMMUNITY)
    sheet.write_datetime(2, 4, datetime.datetime(2025, 12, 3), book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_boolean(2, 5, True)
    sheet.write_formula(2, 6, "=100*3", None, 300)
    book.close()
    (record,) = read(saved_by_libreoffice(tmp_path / "a.xlsx", suffix))
    summary = loaded(record)
    assert (summary.signed_on, summary.sealed, summary.community.code) == (datetime.date(2025, 12, 3), True, "000101")
    assert summary.community.residents
    assert summary.community.residents.value == 300
