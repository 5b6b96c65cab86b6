"""Make docs/examples/district.xlsx and district_2024.xlsx: an invented district that has filled in its workbook.

The entries are in docs/district/, one file per year. One community of 2025 made a mistake on purpose: it wrote 很多人
in place of a number.

python docs/district.py (in the project folder, with the packages that the tests need)
"""

import datetime
import io
import sys
import zipfile
from pathlib import Path
from typing import Any, Final

import openpyxl
import yaml
from openpyxl.styles import Alignment

from kepu_docs.contract.record_tables import record_tables
from kepu_docs.pipeline import default_engine, empty_workbook
from kepu_docs.reading.near_names import plain_name

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.tables import rows_of

DOCS: Final = Path(__file__).parent
WORKBOOKS: Final = {2024: DOCS / "examples" / "district_2024.xlsx", 2025: DOCS / "examples" / "district.xlsx"}
KINDS: Final = (
    "leadership", "team", "training", "activities", "publicity", "facilities", "funding", "outcomes", "problems",
    "next_year_plan",
)  # fmt: skip


def workbook(year: int) -> bytes:
    """Return the workbook of a year."""
    engine = default_engine()
    registry, words = engine.registry, engine.languages.words("zh_Hans")
    titles = {table.name: table.label(words.vocabulary, words.locale) for table in record_tables(registry.model)}
    headings = {
        table.name: dict(
            zip((column.name for column in table.columns), table.headings(words.vocabulary, words.locale), strict=True)
        )
        for table in record_tables(registry.model)
    }
    records = yaml.safe_load_all((DOCS / "district" / f"{year}.yaml").read_text(encoding="utf-8"))
    book = openpyxl.load_workbook(io.BytesIO(empty_workbook(registry, KINDS, words)))
    for name, (names, *rows) in rows_of(registry, records).items():
        sheet = book[titles[name]]
        places = {plain_name(str(cell.value)): cell.column for cell in sheet[1]}
        for number, row in enumerate(rows, 3):
            for field, value in zip(names, row, strict=True):
                if value is None:
                    continue
                heading = plain_name(headings[name].get(field, "")) or next(iter(places))
                cell = sheet.cell(number, places[heading], _as_filled_in(value))
                if isinstance(cell.value, datetime.date):
                    cell.number_format = "yyyy-mm-dd"
                cell.alignment = Alignment(vertical="top", wrap_text=field in ("narrative", "opening"))
    book.properties.created = book.properties.modified = datetime.datetime(year, 1, 1)
    file = io.BytesIO()
    book.save(file)
    return _undated(file.getvalue())


def _as_filled_in(value: Any) -> Any:
    if value is True:
        return "是"
    if isinstance(value, str) and value.endswith("；"):
        return value.removesuffix("；").replace("\n", "、")
    return value


def _undated(data: bytes) -> bytes:
    """Return an archive whose parts have no dates, so that the same workbook gives the same file."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()


if __name__ == "__main__":
    for each, path in WORKBOOKS.items():
        path.write_bytes(workbook(each))
