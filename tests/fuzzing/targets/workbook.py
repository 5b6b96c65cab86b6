"""Workbooks, .xlsx, .ods and .xls: read to their records in this process, or through the public door."""

import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

from tests.attacks.material import book, ods_table, open_document, rows, sheet, zipped
from tests.attacks.workbooks import STRINGS, label, old_book
from tests.fuzzing.frame import Bytes, Target
from tests.fuzzing.mutating import archives

from kepu_docs.contract import RecordForm
from kepu_docs.isolation import Held
from kepu_docs.pipeline import default_engine
from kepu_docs.sources.tables import workbooks
from kepu_docs.sources.tables.books import Book
from kepu_docs.sources.tables.joining import joined

_MOST_RECORDS: Final = 1_000


@cache
def form() -> RecordForm:
    """Return what sources may ask about records."""
    engine = default_engine()
    return RecordForm(engine.registry.model, engine.languages.vocabulary)


class _Here:
    """A workbook in this very process."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def ask(self, method: Callable[..., Any], *arguments: object) -> Any:
        return method(self._book, *arguments)


def check(data: bytes) -> None:
    """Read a workbook with what the process for it calls, so that what is covered is seen."""
    try:
        here = cast("Held[Book]", _Here(Book("a", data)))
    except BaseException as error:
        # A panic of foreign code is no Exception; the process that reads workbooks tells it as a reason.
        if type(error).__name__ == "PanicException":
            return
        raise
    for number, _ in enumerate(joined("a", workbooks.sheets_of("a", here), form(), "")):
        if number > _MOST_RECORDS:
            break


def public(data: bytes) -> None:
    """Read a workbook as a batch does."""
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


TARGET = Target(check, seeds=seeds, mutate=mutate, public=public)
