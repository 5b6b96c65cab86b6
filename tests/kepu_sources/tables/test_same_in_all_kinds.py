"""The same traps in each source of tables: the same facts, and the same faults."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

import pytest

from kepu_docs.contract.sources import SourceRecord, Tables
from kepu_sources.tables.databases import Databases
from kepu_sources.tables.program_tables import ProgramTables
from kepu_sources.tables.workbooks import Workbooks
from tests.kepu_sources.tables.binary_workbooks import BinarySheet, binary_workbook
from tests.kepu_sources.tables.test_any_clerk import said
from tests.kepu_sources.tables.test_beside_facts import (
    ACTIVITIES,
    ACTIVITY_HEADS,
    COMMUNITIES,
    in_csv,
    in_excels_csv,
)
from tests.kepu_sources.tables.test_tables import FORM
from tests.kepu_sources.tables.test_workbooks import MANIFEST, OPEN_DOCUMENT
from tests.tables import Rows, write_workbook


def in_workbook(folder: Path, rows: Rows) -> list[SourceRecord]:
    """All texts are texts there, those of formulas too."""
    write_workbook(folder / "a.xlsx", rows)
    return list(Workbooks().records(str(folder / "a.xlsx"), FORM))


def in_binary_workbook(folder: Path, rows: Rows) -> list[SourceRecord]:
    (folder / "a.xlsb").write_bytes(binary_workbook({title: BinarySheet(table) for title, table in rows.items()}))
    return list(Workbooks().records(str(folder / "a.xlsb"), FORM))


def in_open_document(folder: Path, rows: Rows) -> list[SourceRecord]:
    def cell(value: Any) -> str:
        if value is None:
            return "<table:table-cell/>"
        kind = f'float" office:value="{value}' if isinstance(value, int | float) else "string"
        return f'<table:table-cell office:value-type="{kind}"><text:p>{escape(str(value))}</text:p></table:table-cell>'

    start, end = OPEN_DOCUMENT.partition("<table:table ")[0], OPEN_DOCUMENT.rpartition("</table:table>")[2]
    tables = (
        f'<table:table table:name="{title}">'
        + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in table)
        + "</table:table>"
        for title, table in rows.items()
    )
    with ZipFile(folder / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", start + "".join(tables) + end)
    return list(Workbooks().records(str(folder / "a.ods"), FORM))


def in_database(folder: Path, rows: Rows) -> list[SourceRecord]:
    with sqlite3.connect(folder / "a.db") as connection:
        for title, (heads, *table) in rows.items():
            connection.execute(f'CREATE TABLE "{title}" ({", ".join(heads)})')
            width = len(heads)
            values = [[*row, *[None] * width][:width] for row in table]
            marks = ", ".join("?" * width)
            connection.executemany(f'INSERT INTO "{title}" VALUES ({marks})', values)  # noqa: S608 (of this test)
    connection.close()
    return list(Databases().records(f"sqlite:///{folder / 'a.db'}", FORM))


def in_frames(folder: Path, rows: Rows) -> list[SourceRecord]:
    import polars

    tables = {
        title: polars.DataFrame(
            [[*row, *[None] * len(heads)][: len(heads)] for row in table],
            schema=dict.fromkeys(heads, polars.Object),
            orient="row",
        )
        for title, (heads, *table) in rows.items()
    }
    return list(ProgramTables().tables(Tables(tables), "frames", FORM, str(folder)))


KINDS = pytest.mark.parametrize(
    "read",
    [
        in_workbook,
        in_binary_workbook,
        in_open_document,
        in_csv,
        in_excels_csv,
        in_database,
        pytest.param(in_frames, marks=pytest.mark.deep),
    ],
)
Read = Callable[[Path, Rows], list[SourceRecord]]

FACT: list[Any] = ["000101", "讲座", "2025-07-01", "广场", 80]
OTHER: list[Any] = ["000102", "义诊", "2025-05-12", None, 40]
SAME: dict[str, list[list[Any]]] = {
    "total": [FACT, OTHER, ["合计", None, None, None, 120]],
    "remarks": [FACT, OTHER, ["注：截至年底", None, None, None, None], ["填表人：张某", None, "审核：", None, None]],
    "headings again": [FACT, ACTIVITY_HEADS, OTHER],
    "blank rows": [[None] * 5, FACT, ["", " ", "\u3000", None, None], OTHER],
    "words for nothing": [FACT, ["000102", "义诊", "2025-05-12", "无", 40]],
    "a dash": [FACT, ["000102", "义诊", "2025-05-12", "—", 40]],
    "names for codes": [["甲社区", *FACT[1:]], ["乙社区", *OTHER[1:]]],
    "code with an apostrophe": [["'000101", *FACT[1:]], OTHER],
    "code as a formula": [['="000101"', *FACT[1:]], OTHER],
    "full-width figures": [["000101", "讲座", "２０２５年７月１日", "广场", "８０"], OTHER],
    "figures as texts": [[*FACT[:4], "80"], [*OTHER[:4], "40人次"]],
    "days without year": [["000101", "讲座", "7月1日", "广场", 80], ["000102", "义诊", "5.12", None, 40]],
    "noise": [FACT, [*OTHER[:4], 39.99999999999999]],
    "an example": [["示例", "科普讲座", "2025-01-01", "礼堂", 1], FACT, OTHER],
}
WRONG: dict[str, tuple[list[Any], str]] = {
    "an error": ([*OTHER[:4], "#DIV/0!"], "table-wrong-cell"),
    "a formula": ([*OTHER[:4], "=SUM(E2:E3)"], "table-formula-without-result"),
    "a formula for a text": (["000102", "义诊", "2025-05-12", "=D2", 40], "table-formula-without-result"),
    "a code that was cut": (["1.10101E+11", *OTHER[1:]], "table-cut-code"),
    "a code of nobody": (["000109", *OTHER[1:]], "table-unknown-code"),
    "no code": ([None, *OTHER[1:]], "table-unknown-code"),
    "two figures": ([*OTHER[:4], "50-60"], "table-wrong-figure"),
    "no day": (["000102", "义诊", "某天", None, 40], "table-wrong-time"),
    "elsewhere": (["000102", "义诊", "2025-05-12", "见上", 40], "table-wrong-reference"),
}


@pytest.mark.some(3)
@pytest.mark.parametrize("trap", SAME)
@KINDS
def test_the_same_facts(read: Read, trap: str, tmp_path: Path) -> None:
    (tmp_path / "clean").mkdir()
    clean = in_workbook(tmp_path / "clean", {"社区": COMMUNITIES, ACTIVITIES: [ACTIVITY_HEADS, FACT, OTHER]})
    found = read(tmp_path, {"社区": COMMUNITIES, ACTIVITIES: [ACTIVITY_HEADS, *SAME[trap]]})
    assert [record.faults for record in found] == [(), ()]
    assert [said(record) for record in found] == [said(record) for record in clean]


@pytest.mark.some(5)
@pytest.mark.parametrize("trap", WRONG)
@KINDS
def test_the_same_faults(read: Read, trap: str, tmp_path: Path) -> None:
    row, code = WRONG[trap]
    first, *others = read(tmp_path, {"社区": COMMUNITIES, ACTIVITIES: [ACTIVITY_HEADS, FACT, row]})
    assert not first.faults
    assert [fault.code for record in others for fault in record.faults] == [code]
