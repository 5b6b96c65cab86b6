"""Records written to tables, for tests and benchmarks: readers must return the same records."""

import csv
import datetime
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

from kepu_docs.contract.record_tables import RecordColumn, record_tables
from kepu_docs.registry import Registry

Rows = dict[str, list[list[Any]]]
"""The rows of each table by its name, the headings first."""


def rows_of(registry: Registry, records: Iterable[Mapping[str, Any]]) -> Rows:
    """Return the tables of records; each needs a code, or a name of its own."""
    tables = {table.name: table for table in record_tables(registry.model)}
    rows: Rows = {}
    for record in records:
        community = record["community"]
        key = community.get("code") or community["name"]
        for name, data in _data(record):
            table = tables[name]
            if name not in rows:
                rows[name] = [[*(["code"] if table.path else []), *(column.name for column in table.columns)]]
            rows[name].append([*([key] if table.path else []), *(_cell(data, column) for column in table.columns)])
    # Only the columns that anybody fills, as people's tables are.
    return {name: _narrowed(each) for name, each in rows.items()}


def _data(record: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield "communities", record
    for section in record.get("sections", ()):
        kind = section["kind"]
        yield kind, section
        for name, value in section.items():
            if isinstance(value, list) and value and isinstance(value[0], Mapping):
                for each in value:
                    yield f"{kind}.{name}", each


def _cell(data: Any, column: RecordColumn) -> Any:
    for name in column.path:
        if not isinstance(data, Mapping) or name not in data:
            return None
        data = data[name]
    if isinstance(data, Mapping) and column.cell == "period":
        return f"{data['start']}至{data['end']}"
    if isinstance(data, list):
        return "\n".join(data) + ("；" if column.cell == "texts" else "")
    return data


def _narrowed(rows: list[list[Any]]) -> list[list[Any]]:
    used = [at for at in range(len(rows[0])) if any(row[at] is not None for row in rows[1:])]
    return [[row[at] for at in used] for row in rows]


def write_workbook(path: Path, rows: Rows, titles: Mapping[str, str] = {}) -> None:
    """Write tables to a workbook, the sheets called by ``titles`` or their tables' names."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, table in rows.items():
        sheet = book.add_worksheet(titles.get(name, name))
        for at, row in enumerate(table):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime.date):
                    sheet.write_datetime(at, column, datetime.datetime(cell.year, cell.month, cell.day), day)
                elif isinstance(cell, str):
                    sheet.write_string(at, column, cell)
                elif cell is not None:
                    sheet.write(at, column, cell)
    book.close()


def write_csv(folder: Path, rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> None:
    """Write tables to CSV files in a folder."""
    folder.mkdir(exist_ok=True)
    for name, table in rows.items():
        with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(table)


__all__ = ["Rows", "rows_of", "write_csv", "write_workbook"]
