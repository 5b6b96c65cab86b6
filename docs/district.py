"""Make docs/examples/district.xlsx: a made-up district that has filled in its workbook, with one fault on purpose.

python docs/district.py (in the folder of the project, with what the tests need)
"""

import datetime
import io
import sys
import zipfile
from pathlib import Path
from typing import Any, Final

import openpyxl
from openpyxl.styles import Alignment

from kepu_docs.contract.record_tables import record_tables
from kepu_docs.pipeline import default_engine, empty_workbook
from kepu_sources.tables.table_names import plain

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.benchmarks import country
from tests.tables import rows_of

WORKBOOK: Final = Path(__file__).parent / "examples" / "district.xlsx"
COMMUNITIES: Final = 12
KINDS: Final = ("leadership", "team", "training", "activities", "publicity", "next_year_plan")
FAULTY: Final = 5
"""Which community has the fault: somebody wrote 很多人 where a number belongs."""


def workbook() -> bytes:
    """Return the workbook."""
    engine = default_engine()
    registry, words = engine.registry, engine.languages.words("zh_Hans")
    titles = {table.name: table.label(words.vocabulary, words.locale) for table in record_tables(registry.model)}
    headings = {
        table.name: dict(
            zip((column.name for column in table.columns), table.headings(words.vocabulary, words.locale), strict=True)
        )
        for table in record_tables(registry.model)
    }
    book = openpyxl.load_workbook(io.BytesIO(empty_workbook(registry, KINDS, words)))
    for name, (names, *rows) in rows_of(registry, _records()).items():
        sheet = book[titles[name]]
        places = {plain(str(cell.value)): cell.column for cell in sheet[1]}
        for number, row in enumerate(rows, 3):
            for field, value in zip(names, row, strict=True):
                if value is None:
                    continue
                heading = plain(headings[name].get(field, "")) or next(iter(places))
                cell = sheet.cell(number, places[heading], _as_filled_in(value))
                if isinstance(cell.value, datetime.date):
                    cell.number_format = "yyyy-mm-dd"
                cell.alignment = Alignment(vertical="top", wrap_text=field in ("narrative", "opening"))
    book.properties.created = book.properties.modified = datetime.datetime(2025, 1, 1)
    file = io.BytesIO()
    book.save(file)
    return _undated(file.getvalue())


def _records() -> list[dict[str, Any]]:
    records = list(country.records(COMMUNITIES))
    for record in records:
        record["sections"] = [section for section in record["sections"] if section["kind"] in KINDS]
    (training,) = (section for section in records[FAULTY]["sections"] if section["kind"] == "training")
    training["sessions"][0]["attendance"] = "很多人"
    return records


def _as_filled_in(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return datetime.date.fromisoformat(value) if len(value) == len("2025-12-20") else value
    except ValueError:
        return value.removesuffix("；").replace("\n", "、") if value.endswith("；") else value


def _undated(data: bytes) -> bytes:
    """Return an archive whose parts have no date, so that the same workbook is the same file."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()


if __name__ == "__main__":
    WORKBOOK.write_bytes(workbook())
