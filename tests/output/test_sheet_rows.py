"""Rows of a sheet that kepu-docs writes are those that XlsxWriter would write, and no text breaks them."""

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter

from kepu_docs.errors import Place
from kepu_docs.output.sheet_rows import Formula, Link, cells_xml, row_xml
from kepu_docs.output.workbooks import FIGURES_MARK, Sheet, open_workbook

TEXTS = [
    "试验社区", "a & b < c > d", '"quoted"', "_x0041_", "\x01\x1f\ufffe\uffff", " lead", "trail\n", "\x1c", "two\nlines",
    "=1+1", "012", "https://example.org", "𠮷" * 20_000, "ab" * 20_000, "]]>",
]  # fmt: skip
NUMBERS = [0, 7, 10**15, 0.1, 1 / 3, 2.50, 1e-7, 123456789.123456789]
FORMULAS = [Formula("=SUM('a & b'!F2:F3)", 5), Formula('=IF(A1=0,"",1)', ""), Formula("=A1", "<text>")]


def by_xlsxwriter(rows: list[list[Any]]) -> bytes:
    """Return the sheet with these rows as XlsxWriter writes it."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            match value:
                case Formula(text, known):
                    sheet.write_formula(number, column, text, None, known)
                case str():
                    sheet.write_string(number, column, value)
                case _:
                    sheet.write_number(number, column, value)
    book.close()
    return ZipFile(file).read("xl/worksheets/sheet1.xml")


def test_rows_are_those_of_xlsxwriter() -> None:
    rows: list[list[Any]] = [TEXTS, NUMBERS, FORMULAS]
    made = "".join(row_xml(number, cells_xml(row)) for number, row in enumerate(rows, 1))
    whole = by_xlsxwriter(rows).decode()
    assert made == whole.partition("<sheetData>")[2].partition("</sheetData>")[0]


def written(path: Path, rows: list[list[Any]]) -> Any:
    """Return the sheet of a workbook with these rows, written twice as the same bytes."""
    for each in (path, path.with_suffix(".again")):
        with open_workbook(each, path.parent, FIGURES_MARK, Place()) as book:
            head = book.frame.add_format({"bold": True})
            body = book.frame.add_format({"text_wrap": True})
            sheet = Sheet(book, "数据", [("甲", 10), ("乙", 20)], head, body)
            for row in rows:
                sheet.write(row, 30)
    assert path.read_bytes() == path.with_suffix(".again").read_bytes()
    return openpyxl.load_workbook(path)["数据"]


def test_a_text_that_looks_like_markup_stays_a_text(tmp_path: Path) -> None:
    texts = ["<r><t>x</t></r>", "<r>&</r>", "</row>"]
    sheet = written(tmp_path / "f.xlsx", [[text, 1] for text in texts])
    assert [sheet.cell(row, 1).value for row in (2, 3, 4)] == texts


def test_formats_heights_links_and_size_of_rows(tmp_path: Path) -> None:
    sheet = written(tmp_path / "f.xlsx", [["a", Link("b", "internal:'数据'!A1")], [3, ""]])
    assert sheet.dimensions == "A1:B3"
    assert (sheet["A1"].font.bold, sheet["A1"].alignment.wrap_text) == (True, None)
    assert all(sheet[cell].alignment.wrap_text for cell in ("A2", "B2", "A3"))
    assert (sheet.row_dimensions[2].height, sheet["B2"].value, sheet["A3"].value) == (30, "b", 3)
    assert sheet["B2"].hyperlink.location == "'数据'!A1"
    assert sheet["B3"].value is None


def test_a_sheet_without_rows_has_its_heads(tmp_path: Path) -> None:
    sheet = written(tmp_path / "f.xlsx", [])
    assert [cell.value for cell in sheet[1]] == ["甲", "乙"]


def test_xlsxwriter_writes_no_cell_below_the_heads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    known = xlsxwriter.worksheet.Worksheet.write_string

    def counted(sheet: Any, row: int, *rest: Any) -> Any:
        calls.append(row)
        return known(sheet, row, *rest)

    monkeypatch.setattr(xlsxwriter.worksheet.Worksheet, "write_string", counted)
    assert written(tmp_path / "f.xlsx", [["a", "b"]] * 50)["B51"].value == "b"
    assert calls == [0] * 4


def test_half_a_character_is_shown_as_none() -> None:
    assert "\ufffd" in cells_xml(["\ud800"])
    cells_xml(["\ud800"]).encode()
