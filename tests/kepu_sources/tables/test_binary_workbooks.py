"""Binary workbooks of Excel (.xlsb) are read like others: failed, hidden, merged and distant cells are known."""

import datetime
import subprocess
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu_docs.contract.sources import SourceRecord
from kepu_docs.errors import Place, SourceError
from kepu_sources.tables.binary_sheets import BinarySheet as Sheet
from kepu_sources.tables.binary_sheets import Records, names_in, sheets_in
from kepu_sources.tables.record_names import put_example
from kepu_sources.tables.workbooks import Workbooks
from tests.kepu_sources.tables.binary_workbooks import BinarySheet, Formula, binary_workbook, record
from tests.kepu_sources.tables.test_beside_facts import ACTIVITIES, ACTIVITY_HEADS, COMMUNITIES, activities_of
from tests.kepu_sources.tables.test_tables import FORM

FACT: list[Any] = ["000101", "讲座", datetime.date(2025, 7, 1), "广场", 80]


def read(folder: Path, sheets: Mapping[str, BinarySheet]) -> list[SourceRecord]:
    path = folder / "a.xlsb"
    path.write_bytes(binary_workbook(sheets))
    return list(Workbooks().records(str(path), FORM))


def with_facts(folder: Path, sheet: BinarySheet) -> list[SourceRecord]:
    return read(folder, {"社区": BinarySheet(COMMUNITIES), ACTIVITIES: sheet})


def test_facts(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["活动表"], ACTIVITY_HEADS, FACT, ["000102", "义诊", "5月12日", None, Formula("300余")]]
    first, second = with_facts(tmp_path, BinarySheet(rows))
    assert activities_of(first) == [
        {"name": "讲座", "held_on": datetime.date(2025, 7, 1), "place": "广场", "attendance": 80}
    ]
    assert activities_of(second) == [{"name": "义诊", "attendance": "300余", "held_on": "2025-05-12"}]
    assert not first.faults
    assert not second.faults


@pytest.mark.parametrize("cell", ["#N/A", Formula("#DIV/0!")])
def test_an_error_is_a_fault_of_its_cell(cell: object, tmp_path: Path) -> None:
    first, second = with_facts(tmp_path, BinarySheet([ACTIVITY_HEADS, FACT, ["000102", "义诊", None, None, cell]]))
    assert not first.faults
    assert [(fault.code, fault.place.cell) for fault in second.faults] == [("table-wrong-cell", f"{ACTIVITIES}!E3")]


def test_merged_cells_and_hidden_rows(tmp_path: Path) -> None:
    rows: list[list[Any]] = [ACTIVITY_HEADS, FACT, [None, "义诊", None, None, 5]]
    sheet = BinarySheet(rows, hidden_rows=frozenset({3}), merged=[(1, 2, 0, 0), (1, 2, 2, 2), (1, 2, 3, 3)])
    first, _ = with_facts(tmp_path, sheet)
    assert [(each["name"], each["held_on"], each["place"]) for each in activities_of(first)] == [
        ("讲座", datetime.date(2025, 7, 1), "广场"),
        ("义诊", datetime.date(2025, 7, 1), "广场"),
    ]
    assert [fault.code for fault in first.warnings] == ["table-hidden"]


def test_a_hidden_sheet(tmp_path: Path) -> None:
    first, _ = with_facts(tmp_path, BinarySheet([ACTIVITY_HEADS, FACT], is_hidden=True))
    assert len(activities_of(first)) == 1
    assert [fault.message for fault in first.warnings] == [f"the hidden sheet “{ACTIVITIES}” is read too"]


def test_what_is_left_of_an_example(tmp_path: Path) -> None:
    """The row that was handed out as an example is known when Excel has saved it in this kind."""
    rows: list[list[Any]] = [ACTIVITY_HEADS, ["000101", "防汛讲座", "2025-03", "小广场", "45"], FACT]
    shown = ["示例", "科普讲座", "2025-03", "小礼堂", "45"]
    example = (2, [text for pair in zip(ACTIVITY_HEADS, shown, strict=True) for text in pair])
    first, _ = with_facts(tmp_path, BinarySheet(rows, example=example))
    assert activities_of(first)[0] == {"name": "防汛讲座", "place": "小广场"}
    assert [(fault.code, fault.place.cell) for fault in first.warnings] == [("table-example-left", f"{ACTIVITIES}!C2")]


@pytest.mark.parametrize(("row", "column"), [(1_048_575, 16_383), (1_048_575, 99), (4_294_967_295, 5), (1, 2**32 - 1)])
def test_a_cell_far_away(row: int, column: int, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=f"extends to row {row + 1} and column"):
        with_facts(tmp_path, BinarySheet([ACTIVITY_HEADS, FACT], more=[(row, column, 1)]))


def test_more_merged_cells_than_are_read(tmp_path: Path) -> None:
    ranges = [(row, row + 1, 0, 0) for row in range(1, 200_003, 2)]
    with pytest.raises(SourceError, match="ranges of merged cells"):
        with_facts(tmp_path, BinarySheet([ACTIVITY_HEADS, FACT], merged=ranges))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.bin", "xl/workbook.bin", "xl/sharedStrings.bin"])
@pytest.mark.parametrize("harm", ["cut", "lengths", "nothing"])
def test_broken_parts(part: str, harm: str, tmp_path: Path) -> None:
    """The file alone fails, and its fault names it."""
    whole = binary_workbook({"社区": BinarySheet(COMMUNITIES)})
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                data = {"cut": data[:-5], "lengths": data.replace(b"\1\4", b"\1\xff"), "nothing": b""}[harm]
            target.writestr(name, data)
    path = tmp_path / "a.xlsb"
    path.write_bytes(stream.getvalue())
    try:
        found = list(Workbooks().records(str(path), FORM))
    except SourceError as error:
        assert str(path) in str(error)
    else:
        # What was cut away, or has no such bytes, stands after all cells.
        assert [each.content["community"]["name"] for each in found if isinstance(each.content, dict)] == [
            "甲社区",
            "乙社区",
        ]


@given(st.lists(st.tuples(st.integers(0, 700), st.binary(max_size=200)), max_size=20), st.data())
def test_records_in_pieces_of_any_length(records: list[tuple[int, bytes]], data: st.DataObject) -> None:
    whole = b"".join(record(number, content) for number, content in records)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=8)))
    reader = Records()
    pieces = [whole[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    assert [each for piece in pieces for each in reader.of(piece)] == records


NUMBERS = st.sampled_from([0, 2, 3, 5, 7, 11, 39, 145, 156, 176])


@given(st.lists(st.tuples(NUMBERS, st.binary(max_size=60)), max_size=20), st.binary(max_size=20))
def test_any_records(records: list[tuple[int, bytes]], end: bytes) -> None:
    """Whatever stands in them, they are looked at, or refused as a part that is too large."""
    data = b"".join(record(number, content) for number, content in [(145, b""), *records]) + end
    sheet = Sheet(Place("a"))
    try:
        sheet.look_at(data)
    except SourceError as error:
        assert "extends to row" in str(error)
    assert all(isinstance(title, str) for title in sheets_in(data).values())
    for named in names_in(data):
        put_example(sheet.notes, named, is_binary=True)
    assert sheet.notes.example_row is None


def test_a_long_record_is_passed_over() -> None:
    whole = record(1, b"a") + record(5, bytes(300_000)) + record(2, b"b")
    reader = Records()
    found = [each for begin in range(0, len(whole), 1000) for each in reader.of(whole[begin : begin + 1000])]
    assert found == [(1, b"a"), (2, b"b")]


@pytest.mark.office
def test_libreoffice_reads_what_these_tests_write(tmp_path: Path) -> None:
    """The workbooks of these tests are such that another program reads the same in them."""
    rows: list[list[Any]] = [["编码", "人次"], ["000101", 80.5], ["000102", Formula("#DIV/0!")]]
    (tmp_path / "a.xlsb").write_bytes(binary_workbook({"社区": BinarySheet(rows)}))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    kind = "csv:Text - txt - csv (StarCalc):44,34,76"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.xlsb")], check=True, capture_output=True, timeout=300)
    lines = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines == ["编码,人次", "000101,80.5", "000102,#DIV/0!"]
