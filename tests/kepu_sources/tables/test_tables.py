"""Records in workbooks, CSV files and databases are read back unchanged, and each fault names its cell."""

import datetime
import re
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kepu_docs.contract.record_tables import record_tables
from kepu_docs.contract.sources import RecordForm, SourceRecord
from kepu_docs.errors import KepuError, SourceError
from kepu_docs.pipeline import default_engine, empty_workbook
from kepu_docs.schema import WorkSummary
from kepu_docs.testing import texts
from kepu_sources.tables.csv_files import CsvFiles
from kepu_sources.tables.databases import Databases
from kepu_sources.tables.formula_texts import formula_in
from kepu_sources.tables.no_values import doubt_of, meaning_of
from kepu_sources.tables.workbooks import Workbooks
from tests.benchmarks import country
from tests.depth import examples
from tests.tables import Rows, rows_of, write_csv, write_workbook

ENGINE = default_engine()
FORM = RecordForm(ENGINE.registry.model, ENGINE.languages.vocabulary)
RECORDS = list(country.records(12))

Cells = list[list[Any]]
COMMUNITIES: Cells = [["code", "name", "period"], ["000101", "试验社区", 2025], ["000102", "示例里社区", "2025-H1"]]


def write_database(path: Path, rows: Rows) -> str:
    """Write tables to an SQLite database and return its address."""
    with sqlite3.connect(path) as database:
        for name, (heads, *cells) in rows.items():
            columns = ", ".join(f'"{head.replace(".", "_")}"' for head in heads)
            database.execute(f'CREATE TABLE "{name.replace(".", "_")}" ({columns})')
            marks = ", ".join("?" * len(heads))
            values = [[_in_sqlite(cell) for cell in row] for row in cells]
            database.executemany(f'INSERT INTO "{name.replace(".", "_")}" VALUES ({marks})', values)  # noqa: S608
    database.close()
    return f"sqlite:///{path}"


def _in_sqlite(cell: Any) -> Any:
    """SQLite knows no days: they are texts there, which Python 3.12 and newer no longer make unasked."""
    return str(cell) if isinstance(cell, datetime.date) else cell


def in_workbook(folder: Path, rows: Rows) -> list[SourceRecord]:
    write_workbook(folder / "a.xlsx", rows)
    return list(Workbooks().records(str(folder / "a.xlsx"), FORM))


def in_csv(folder: Path, rows: Rows) -> list[SourceRecord]:
    write_csv(folder / "tables", rows)
    return list(CsvFiles().records(str(folder / "tables"), FORM))


def in_database(folder: Path, rows: Rows) -> list[SourceRecord]:
    address = write_database(folder / "a.db", rows)
    return list(Databases().records(address, FORM))


KINDS = pytest.mark.parametrize("read", [in_workbook, in_csv, in_database])
Read = Callable[[Path, Rows], list[SourceRecord]]


def loaded(record: SourceRecord) -> WorkSummary:
    assert not record.faults
    return sorted_sections(ENGINE.read(record.content, record.syntax, record.name))


def sorted_sections(summary: WorkSummary) -> WorkSummary:
    """Sections come in the order of the sheets; which that is, is not what is asked here."""
    return summary.model_copy(update={"sections": tuple(sorted(summary.sections, key=lambda section: section.kind))})


def faults_of(record: SourceRecord) -> list[str]:
    """Return the faults of a record as a run tells them, without the name of the file."""
    from kepu_docs.pipeline.records import found_faults

    try:
        ENGINE.read(record.content, record.syntax, record.name)
    except KepuError as error:
        faults = error.faults
    else:
        faults = ()
    found = found_faults((*record.faults, *faults), record)
    return [str(fault).removeprefix(f"{record.name}: ") for fault in found]


@KINDS
def test_records_come_back(read: Read, tmp_path: Path) -> None:
    found = read(tmp_path, rows_of(ENGINE.registry, RECORDS))
    assert [loaded(record) for record in found] == [
        sorted_sections(ENGINE.read(record, "json", "r")) for record in RECORDS
    ]
    assert not any(record.warnings for record in found)
    assert len({record.place for record in found}) == len(RECORDS)


def _lines() -> st.SearchStrategy[str]:
    """Return texts that a field takes and that say something, without what parts the texts of one cell."""
    return texts().map(lambda text: re.sub("[;；]", "", text).strip()[:60].rstrip("、，,")).filter(_is_line)


def _is_line(text: str) -> bool:
    if meaning_of(text) or doubt_of(text) or formula_in(text):
        return False
    record = {"community": {"name": "试验社区"}, "period": 2025, "addressee": text}
    try:
        return ENGINE.read(record, "json", "r").addressee == text
    except KepuError:
        return False


@settings(max_examples=examples(80), deadline=None, suppress_health_check=list(HealthCheck))
@given(name=_lines(), topics=st.lists(_lines(), min_size=1, max_size=4), rules=st.lists(_lines(), max_size=4))
def test_any_text_comes_back(
    name: str, topics: list[str], rules: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    sections = [
        {"kind": "leadership", "rules": rules, "in_plan": True},
        {"kind": "training", "sessions": [{"topic": topic} for topic in topics]},
    ]
    record = {"community": {"name": name, "code": "试验"}, "period": 2025, "sections": sections}
    expected = ENGINE.read(record, "json", "r")
    folder = tmp_path_factory.mktemp("any")
    rows = rows_of(ENGINE.registry, [record])
    for read in (in_csv, in_workbook):
        (found,) = read(folder, rows)
        assert loaded(found) == expected


def test_the_empty_workbook_reads_back(tmp_path: Path) -> None:
    for locale in ("en", "zh_Hans", "zh_Hant"):
        path = tmp_path / f"{locale}.xlsx"
        data = empty_workbook(ENGINE.registry, list(ENGINE.registry.kinds), ENGINE.languages.words(locale))
        path.write_bytes(data)
        assert data == empty_workbook(ENGINE.registry, list(ENGINE.registry.kinds), ENGINE.languages.words(locale)), (
            "the same workbook, the same bytes"
        )
        with pytest.raises(SourceError, match="no rows"):
            list(Workbooks().records(str(path), FORM))


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
def test_headings_of_each_language_are_known(locale: str, tmp_path: Path) -> None:
    vocabulary = ENGINE.languages.vocabulary
    rows: Rows = {}
    titles = {}
    english = rows_of(ENGINE.registry, RECORDS)
    for table in record_tables(ENGINE.registry.model):
        if table.name not in english:
            continue
        heads, *cells = english[table.name]
        told = dict(zip((column.name for column in table.columns), table.headings(vocabulary, locale), strict=True))
        rows[table.name] = [[told.get(head, head) for head in heads], *cells]
        titles[table.name] = table.label(vocabulary, locale)
    assert len(set(titles.values())) == len(titles)
    write_workbook(tmp_path / "a.xlsx", rows, titles)
    found = list(Workbooks().records(str(tmp_path / "a.xlsx"), FORM))
    assert [loaded(record) for record in found] == [
        sorted_sections(ENGINE.read(record, "json", "r")) for record in RECORDS
    ]
    assert not found[0].warnings


@KINDS
def test_columns_may_be_moved_and_rows_mixed(read: Read, tmp_path: Path) -> None:
    rows = rows_of(ENGINE.registry, RECORDS)
    rows = {
        name: [row[::-1] for row in [table[0], *(table[1:] if name == "communities" else table[:0:-1])]]
        for name, table in rows.items()
    }
    for record, found in zip(RECORDS, read(tmp_path, rows), strict=True):
        expected = ENGINE.read(record, "json", "r")
        assert {section.kind for section in loaded(found).sections} == {section.kind for section in expected.sections}
        assert loaded(found).community == expected.community


@KINDS
def test_an_extra_column_is_named_once(read: Read, tmp_path: Path) -> None:
    rows = {"communities": [[*row, "x"] for row in COMMUNITIES]}
    rows["communities"][0][-1] = "联系电话"
    first, second = read(tmp_path, rows)
    assert [fault.message for fault in first.warnings] == ["unknown column “联系电话”; it is not read"]
    assert not second.warnings


def test_faults_have_their_cells(tmp_path: Path) -> None:
    rows: Rows = {
        "communities": [
            ["code", "name", "period", "residents"],
            ["1", "试验社区", "今年", 300],
            ["2", None, 2025, "许多"],
        ],
        "training.sessions": [
            ["code", "topic", "attendance"],
            ["2", "急救", -1],
            ["1", None, 5],
            ["3", "防火", 1],
            [None, "防震", 1],
        ],
    }
    first, second, stray, nobody = in_workbook(tmp_path, rows)
    assert [fault.split(": ")[0] for fault in faults_of(first)] == ["communities!C2", "training.sessions!B3"]
    assert [fault.split(": ")[0] for fault in faults_of(second)] == [
        "communities!B3",
        "communities!D3",
        "training.sessions!C2",
    ]
    assert faults_of(stray)[0] == "training.sessions!A4: no community has the code “3”; the row is left out"
    assert faults_of(nobody)[0] == "training.sessions!A5: the row has no code, so it is unclear who it belongs to"


def test_a_failed_formula_is_no_blank(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("社区")
    sheet.write_row(0, 0, ["名称", "时间", "居民"])
    sheet.write_row(1, 0, ["试验社区", 2025])
    sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    book.close()
    (record,) = Workbooks().records(str(tmp_path / "a.xlsx"), FORM)
    assert faults_of(record) == ["社区!C2: the formula in this cell gives an error instead of a value"]


def test_what_people_do_to_workbooks(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx", {"date_1904": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("科普培训-场次")
    sheet.write_row(0, 0, ["编码", "主题（必填）", "时 间", "人次"])
    sheet.write_row(1, 0, ["示例", "应急救护", "2025-09", 300])
    sheet.merge_range(2, 0, 3, 0, "000101")
    sheet.write_row(2, 1, ["防火\u3000", "2025年9月", " 近100人次 "])
    sheet.write_row(3, 1, ["防震", "2025/4/12"])
    sheet.write_formula(3, 3, "=20+22", None, 42)
    sheet = book.add_worksheet("社 区")
    # A row of nothing above, and a column of nothing at the left.
    sheet.write_row(1, 1, ["编码", "名称*", "时间*", "署名日期", "盖章"])
    sheet.write_row(2, 1, ["000101", "试验社区", 2025])
    sheet.write_datetime(2, 4, datetime.datetime(2025, 12, 20), day)
    sheet.write(2, 5, "是")
    book.add_worksheet("草稿")
    hidden = book.add_worksheet("秘密")
    hidden.write(0, 0, "x")
    hidden.hide()
    book.add_worksheet("备注").write(0, 0, "x")
    book.close()
    (record,) = Workbooks().records(str(tmp_path / "a.xlsx"), FORM)
    summary = loaded(record)
    assert summary.signed_on == datetime.date(2025, 12, 20)
    assert summary.sealed
    sessions = summary.model_dump()["sections"][0]["sessions"]
    assert [(each["topic"], each["attendance"]["value"]) for each in sessions] == [("防火", 100), ("防震", 42)]
    assert sessions[0]["held_on"] == {"start": datetime.date(2025, 9, 1), "end": datetime.date(2025, 9, 30)}
    assert [fault.message for fault in record.warnings] == [
        "unknown table “秘密”; it is not read",
        "unknown table “备注”; it is not read",
    ]


def test_one_community_needs_no_codes(tmp_path: Path) -> None:
    rows: Rows = {
        "communities": [["name", "period"], ["试验社区", 2025]],
        "training.sessions": [["code", "topic"], [None, "急救"], ["试验社区", "防火"]],
    }
    (record,) = in_workbook(tmp_path, rows)
    assert len(loaded(record).model_dump()["sections"][0]["sessions"]) == 2


def test_a_flat_table(tmp_path: Path) -> None:
    path = tmp_path / "flat.csv"
    path.write_bytes(
        "编码,名称,时间,科普培训·总人次,leadership.in_agenda\n000101,试验社区,2025,300余,是\n2,丙社区,2025,,\n".encode(
            "gb18030"
        )
    )
    first, second = CsvFiles().records(str(path), FORM)
    assert [section.kind for section in loaded(first).sections] == ["leadership", "training"]
    assert loaded(second).sections == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_separators(encoding: str, delimiter: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "t", {"communities": COMMUNITIES}, encoding, delimiter)
    first, second = CsvFiles().records(str(tmp_path / "t"), FORM)
    assert loaded(first).community.code == "000101"
    assert loaded(second).community.name == "示例里社区"


@pytest.mark.parametrize("above", ["2025年汇总表\n", "sep=;\n", "\n"])
def test_a_table_with_a_title(above: str, tmp_path: Path) -> None:
    (tmp_path / "flat.csv").write_text(f"{above}编码;名称;时间;居民\n1;甲社区;2025;x\n", encoding="utf-8")
    (record,) = CsvFiles().records(str(tmp_path / "flat.csv"), FORM)
    assert "flat.csv:3: 居民: " in faults_of(record)[0]
    assert record.line == 3


def test_rows_that_are_too_short_or_too_long(tmp_path: Path) -> None:
    text = '编码,名称,时间,开头\n1,甲社区,2025\n\n,,,\n2,乙社区,2025,"一\n二",多\n3,丙社区,今年,,\n'
    (tmp_path / "flat.csv").write_text(text, encoding="utf-8")
    first, second, third = CsvFiles().records(str(tmp_path / "flat.csv"), FORM)
    assert loaded(first).opening == ()
    assert loaded(second).opening == ("一", "二")
    assert [str(fault) for fault in (*first.warnings, *second.warnings)] == [
        f"{tmp_path}/flat.csv:5: this column has no heading; it is not read"
    ]
    assert third.line == 7
    assert "flat.csv:7: 时间: " in faults_of(third)[0]


@pytest.mark.parametrize(
    ("end", "message"),
    [
        ('3,"丙社', "flat.csv:4: the table cannot be read from this row on: unexpected end of data"),
        ("3,丙社区", "flat.csv:4: the file ends in the middle of this row"),
    ],
)
def test_a_file_that_ends_within_a_row(end: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "flat.csv"
    path.write_text(f"code,name,period\n1,甲社区,2025\n2,乙社区,2025\n{end}", encoding="utf-8")
    records = CsvFiles().records(str(path), FORM)
    assert loaded(next(records)).community.name == "甲社区"
    with pytest.raises(SourceError) as caught:
        list(records)
    assert str(caught.value).endswith(message)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            {"communities": [["code", "Code "], ["1", "2"]]},
            "communities!B1: the columns “code” and “Code” are the same",
        ),
        ({"communities": [["一", "二"], ["1", "2"]]}, "none of these headings is recognised"),
        ({"training": COMMUNITIES, "records": COMMUNITIES}, "there is no table “communities"),
        ({"communities": [["name", "period"]]}, "the table has no rows"),
        ({"communities": COMMUNITIES, "training.sessions": [["topic"], ["急救"]]}, "the table has no column “code"),
    ],
)
def test_tables_that_cannot_be_read(rows: Rows, message: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        in_workbook(tmp_path, rows)
    assert message in str(caught.value)


def test_a_code_that_stands_twice(tmp_path: Path) -> None:
    rows: Rows = {"communities": [*COMMUNITIES, ["000101", "丙社区", 2025]]}
    *_, last = in_workbook(tmp_path, rows)
    assert faults_of(last) == ["communities!A4: row 2 already has this community; each needs a code of its own"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"PK\3\4 nothing", "the file is broken"),
        (b"code,name\n1,2", "this is not a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "this is not a workbook"),
    ],
)
def test_files_that_are_no_workbook(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=message):
        list(Workbooks().records(str(path), FORM))


def test_a_workbook_that_explodes(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 300_000_000)
    with pytest.raises(SourceError, match="is larger than allowed"):
        list(Workbooks().records(str(path), FORM))


def test_databases_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such file"):
        list(Databases().records(f"sqlite:///{tmp_path}/none.db", FORM))
    (tmp_path / "a.db").write_bytes(b"no database at all, but long enough")
    with pytest.raises(SourceError, match="the database cannot be read"):
        list(Databases().records(f"sqlite:///{tmp_path}/a.db", FORM))


def test_no_password_in_messages() -> None:
    with pytest.raises(SourceError) as caught:
        list(Databases().records("postgresql://someone:secret@127.0.0.1:1/none", FORM))
    assert "secret" not in str(caught.value)
