"""Workbooks, .xlsx, .ods and .xls: read into their records."""

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from tests.attacks.material import book, ods_table, open_document, rows, sheet, zipped
from tests.attacks.workbooks import STRINGS, label, old_book
from tests.fuzzing.frame import Bytes, Target
from tests.fuzzing.mutating import archives

from kepu_docs.contract.sources import RecordForm
from kepu_docs.pipeline import default_engine
from kepu_sources.tables import workbooks

_MOST_RECORDS: Final = 1_000


@cache
def form() -> RecordForm:
    """Return what sources may ask about records."""
    engine = default_engine()
    return RecordForm(engine.registry.model, engine.languages.vocabulary)


def check(data: bytes) -> None:
    """Read a workbook as a batch does: foreign code reads it in a process of its own, which memory may end."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.xlsx")
        path.write_bytes(data)
        for number, _ in enumerate(workbooks.Workbooks().records(str(path), form())):
            if number > _MOST_RECORDS:
                break


def seeds() -> Iterator[bytes]:
    """Yield workbooks with what workbooks have."""
    sessions = rows(("编码", "主题", "日期", "人次"), ("000101", "应急救护", "2025-04-12", "近60"))
    merged = '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
    yield zipped(book())
    yield zipped(
        book({"communities": sheet(), "training.sessions": sheet(sessions, merged, '<dimension ref="A1:D2"/>')})
    )
    shared = sheet(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="e"><v>#REF!</v></c></row>'
    )
    strings = (
        f'{STRINGS} count="3" uniqueCount="3"><si><t>编码</t></si><si><t>名称</t></si><si><r><t>甲</t></r></si></sst>'
    )
    styles = '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    yield zipped(book({"communities": shared}) | {"xl/sharedStrings.xml": strings, "xl/styles.xml": styles})
    yield zipped(open_document(ods_table()))
    repeated = '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="4"/></table:table-row>'
    yield zipped(open_document(ods_table(repeated)))
    yield old_book(
        *(
            label(row, at, text)
            for row, texts in enumerate((("code", "name"), ("c", "n")))
            for at, text in enumerate(texts)
        )
    )


def mutate(data: bytes, longest: int, seed: int, change: Bytes) -> bytes:
    """Change an archive part by part, and an .xls byte by byte."""
    return archives(data, longest, seed, change) if data.startswith(b"PK") else change(data, longest)


TARGET = Target(check, seeds=seeds, mutate=mutate)
