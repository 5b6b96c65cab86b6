"""Any record that tables can hold, written to a workbook, to CSV files and to a database, comes back the same."""

import datetime
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kepu_docs.contract.record_tables import RecordColumn, RecordTable, record_tables
from kepu_docs.schema import Community, Count, Measure, Period
from kepu_docs.schema.shapes import children, choices_of
from kepu_docs.testing import texts
from kepu_sources.tables.formula_texts import formula_in
from kepu_sources.tables.no_values import doubt_of, meaning_of
from kepu_sources.tables.times_in_cells import outside
from tests.depth import examples
from tests.kepu_sources.tables.test_tables import ENGINE, in_csv, in_database, in_workbook
from tests.tables import rows_of

TABLES = list(record_tables(ENGINE.registry.model))
DAYS = st.dates(datetime.date(1950, 1, 1), datetime.date(2100, 12, 31))
# What parts the texts of one cell is not in them, nor what the schema takes off their ends; they say something.
LINES = (
    texts()
    .map(lambda text: re.sub("[;；]", "", text)[:60].strip().rstrip("、，,").strip())
    .filter(
        lambda text: (
            bool(text)
            and not (meaning_of(text) or doubt_of(text) or formula_in(text))
            # 共300人 beside figures is a total.
            and not re.search("[共合总總小累].*[0-9]|[计計总總数數]$", text)
            and Community.model_validate({"name": text}).name == text
        )
    )
)
NUMBERS = st.integers(0, 10**9 - 1) | st.sampled_from(["近300", "300余", "约1.2万", "3,000", "不少于6"])
MEASURES = st.integers(0, 10**6) | st.integers(1, 10**6).map(lambda number: number / 4) | st.just("120.5")
SHARES = st.integers(2, 100) | st.sampled_from(["95.5%", "95%以上", "0.5%", 0])
SPANS = st.tuples(DAYS, DAYS).map(lambda ends: {"start": min(ends).isoformat(), "end": max(ends).isoformat()})
LONG_PERIODS = st.sampled_from([2025, "2025-H1", "2025-Q3", "2025-09"]) | SPANS
PERIODS = LONG_PERIODS | DAYS.map(str) | DAYS
MONTHS = st.integers(1, 12)
YEARS = st.integers(1950, 2100)


def values(column: RecordColumn) -> st.SearchStrategy[Any]:
    match column.cell:
        case "truth":
            return st.booleans()
        case "choice":
            return st.sampled_from(choices_of(column.owner, column.field))
        case "share":
            return SHARES
        case "number" if set(children(column.owner, column.field)) & {Count, Measure}:
            return MEASURES if Measure in children(column.owner, column.field) else NUMBERS
        case "number":
            return MONTHS if column.field == "months" else YEARS
        case "day":
            return DAYS
        case "period":
            # No summary is of a day.
            return LONG_PERIODS if column.path == ("period",) else PERIODS
        case "texts" | "line_texts":
            return st.lists(LINES, min_size=1, max_size=3)
        case "text":
            return LINES


@st.composite
def rows(draw: st.DrawFn, table: RecordTable) -> dict[str, Any]:
    """A row of a table as the record has it: what is needed, and some of the rest."""
    chosen = set(draw(st.lists(st.sampled_from(table.columns), max_size=4)))
    # Of a record within the row, what it needs.
    inside = {column.path[:-1] for column in chosen}
    data: dict[str, Any] = {}
    for column in table.columns:
        needed = column.owner.model_fields[column.field].is_required() and column.path[:-1] in {*inside, ()}
        if column in chosen or needed or column.required:
            part = data
            for name in column.path[:-1]:
                part = part.setdefault(name, {})
            part[column.field] = draw(values(column))
    return data


@st.composite
def records(draw: st.DrawFn, number: int) -> dict[str, Any]:
    record = draw(rows(TABLES[0]))
    record["community"]["code"] = f"{number:06}"
    if "earlier" in record:  # only times that are as long are compared
        record["period"], record["earlier"]["period"] = 2025, 2024
    sections = []
    for table in draw(
        st.lists(st.sampled_from([table for table in TABLES if len(table.path) == 1]), max_size=4, unique=True)
    ):
        (kind,) = table.path
        section = draw(rows(table))
        for below in TABLES:
            if below.path[:1] == (kind,) and below.is_list:
                entries = draw(st.lists(rows(below).filter(bool), max_size=3))
                if entries:
                    section[below.path[1]] = entries
        if section:
            sections.append({"kind": kind, **section})
    for each in sections:
        hold_within(each, record["period"])
    return {**record, "sections": sections}


def hold_within(data: Any, period: Any) -> None:
    """Have all that was held at some time held in the time of the summary: tables take nothing else for a fact."""
    if isinstance(data, list):
        for each in data:
            hold_within(each, period)
    elif isinstance(data, dict):
        if "held_on" in data and outside(data["held_on"], Period.model_validate(period)):
            data["held_on"] = period
        for each in data.values():
            hold_within(each, period)


def read_again(read: Any, folder: Path, given: list[dict[str, Any]]) -> None:
    found = read(folder, rows_of(ENGINE.registry, given))
    assert [content_of(record) for record in found] == [dumped(record) for record in given]


def content_of(record: Any) -> Mapping[str, Any]:
    assert not record.faults
    # Of the same name, or the same rows, records may be by chance.
    assert {fault.code for fault in record.warnings} <= {"table-duplicate-name", "table-repeated-row"}
    return dumped(record.content)


def dumped(record: Mapping[str, Any]) -> Mapping[str, Any]:
    data = ENGINE.read(record, "json", "r").model_dump()
    sections = data.pop("sections", ())
    # In the order of the sheets, which those who write them choose.
    return {**data, "sections": sorted(sections, key=lambda section: str(section["kind"]))}


@settings(max_examples=examples(30), suppress_health_check=list(HealthCheck))
@given(given_records=st.tuples(records(1), records(2)))
@pytest.mark.parametrize("read", [in_workbook, in_csv, in_database])
def test_records_come_back_from_tables(read: Any, given_records: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    read_again(read, tmp_path_factory.mktemp("any"), list(given_records))
