"""Workbooks of other programs are read if possible, and otherwise named and refused."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from kepu_docs.errors import SourceError
from kepu_sources.tables.workbooks import Workbooks
from tests.cli.calling import kepu
from tests.kepu_sources.tables.binary_workbooks import BinarySheet, binary_workbook
from tests.kepu_sources.tables.saving import saved_by_libreoffice
from tests.kepu_sources.tables.test_beside_facts import COMMUNITIES, HEADS
from tests.kepu_sources.tables.test_tables import FORM

STRICT = (
    (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    ),
    (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)


def workbook(path: Path, residents: object = 300) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "社区"
    sheet.append(HEADS)
    sheet.append([*COMMUNITIES[1][:3], residents])
    book.save(path)
    return path


def strict(path: Path) -> Path:
    copy = path.with_name("strict.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            for old, new in STRICT:
                data = data.replace(old, new)
            target.writestr(name, data)
    return copy


@pytest.mark.parametrize(
    ("formula", "code"), [("=100+200", "table-formula-without-result"), ("#DIV/0!", "table-wrong-cell")]
)
def test_formulas_without_a_value_in_a_strict_workbook(formula: str, code: str, tmp_path: Path) -> None:
    (record,) = Workbooks().records(str(strict(workbook(tmp_path / "a.xlsx", formula))), FORM)
    assert [(fault.code, fault.place.cell) for fault in record.faults] == [(code, "社区!D2")]


def test_a_workbook_of_wps_that_is_one_of_excel(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx").rename(tmp_path / "a.et")
    (record,) = Workbooks().records(str(tmp_path / "a.et"), FORM)
    assert not record.faults


def test_a_workbook_of_wps_that_is_a_binary_one(tmp_path: Path) -> None:
    sheet = BinarySheet([HEADS, COMMUNITIES[1], [*COMMUNITIES[2][:3], "#REF!"]])
    (tmp_path / "a.et").write_bytes(binary_workbook({"社区": sheet}))
    first, second = Workbooks().records(str(tmp_path / "a.et"), FORM)
    assert not first.faults
    assert [fault.place.cell for fault in second.faults] == ["社区!D3"]


@pytest.mark.parametrize("content", [b"anything else", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_a_workbook_of_wps_that_is_none(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.et").write_bytes(content)
    with pytest.raises(SourceError, match=r"save it as \.xlsx"):
        list(Workbooks().records(str(tmp_path / "a.et"), FORM))


@pytest.mark.deep
@pytest.mark.office
@pytest.mark.parametrize("suffix", ["xls", "et"])
def test_a_failed_formula_in_an_old_workbook(suffix: str, tmp_path: Path) -> None:
    for name, formula in (("failed", "=1/0"), ("right", "=100+200")):
        saved = saved_by_libreoffice(workbook(tmp_path / f"{name}.xlsx", formula), "xls")
        if suffix != "xls":
            saved.rename(saved.with_suffix(f".{suffix}"))
    (record,) = Workbooks().records(str(tmp_path / "saved" / f"failed.{suffix}"), FORM)
    assert [(fault.code, fault.place.cell) for fault in record.faults] == [("table-wrong-cell", "社区!D2")]
    (record,) = Workbooks().records(str(tmp_path / "saved" / f"right.{suffix}"), FORM)
    assert isinstance(record.content, dict)
    assert record.content["community"]["residents"] == 300


NOT_READ = ["b.numbers", "b.xlt", "b.WPS", "b.ET", "b.et", "b.xlsx", "b.XLSB", "b.ods", "b.accdb", "b.uos", "b.tsv"]


@pytest.mark.some(3)
@pytest.mark.parametrize("name", [*NOT_READ, "deeper/b.Numbers", "deeper/still/b.xls"])
def test_a_folder_names_the_tables_that_are_not_read(name: str, tmp_path: Path) -> None:
    """In the output, in the report, and by the exit status; the others are read."""
    path = tmp_path / "in" / name
    path.parent.mkdir(parents=True)
    workbook(tmp_path / "in" / "a.xlsx")
    path.write_bytes(b"something")
    done = kepu("batch", "in", "-o", "out", folder=tmp_path)
    assert done.returncode == 1
    said = " ".join((done.stdout + done.stderr).split())
    assert "1 made" in said
    assert name in said
    lines = [row for sheet in openpyxl.load_workbook(tmp_path / "out" / "report.xlsx") for row in sheet.values]
    assert any(name.rpartition("/")[2] in str(cell) for row in lines for cell in row)


NOBODYS = [
    "~$b.xlsx",
    ".~lock.a.xlsx#",
    "._a.xlsx",
    ".~a.et",
    "~$社区.csv",
    "._社区.csv",
    "a.xlsx.tmp",
    "~WRL0001.tmp",
    "1A2B3C00",
]


@pytest.mark.parametrize("given", ["in", "in/*", "in/**"])
def test_what_programs_put_beside_files_is_nobodys(given: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    workbook(tmp_path / "in" / "A.XLSX")
    for name in NOBODYS:
        (tmp_path / "in" / name).write_bytes(b"\0\5\x16\7 open elsewhere")
    done = kepu("batch", given, "-o", "out", folder=tmp_path)
    assert (done.returncode, done.stderr.count("error")) == (0, 0), done.stderr
