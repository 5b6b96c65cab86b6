"""Workbooks: Excel, WPS and LibreOffice, read with calamine in a separate process."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Final

from kepu_docs.plugin import (
    N_,
    Held,
    Limits,
    Place,
    RecordForm,
    SourceError,
    SourceRecord,
    StoppedError,
    carries_record,
    folder_of,
    opened,
    shown_location,
    unreadable,
)
from kepu_sources.tables.books import Book, Extent, SheetInfo
from kepu_sources.tables.joining import joined
from kepu_sources.tables.sheet_notes import letters_of
from kepu_sources.tables.sheets import Row, Sheet

MOST_BYTES: Final = 100 * 1024 * 1024
"""The most bytes of a file."""


class Workbooks:
    """Reads workbooks with a sheet for each table. One sheet is in memory at a time."""

    def records(self, location: str, form: RecordForm) -> Iterator[SourceRecord]:
        """Yield a record for each row of the sheet of communities; for a filled form, the embedded record."""
        name = shown_location(location)
        place = Place(name)
        with opened(location) as file:
            try:
                data = file.read(MOST_BYTES + 1)
            except OSError as error:
                raise unreadable(location, error) from None
        if not data:
            raise SourceError.at(place, "the file is empty; expected a workbook")
        if len(data) > MOST_BYTES:
            text = N_("the workbook is larger than {limit} MiB; split it, or use CSV or a database")
            raise SourceError.at(place, text, limit=MOST_BYTES >> 20)
        if carries_record(data, name):  # a filled form, not a table of records
            yield SourceRecord(name, data, "xlsx", folder=folder_of(location), read=1.0)
            return
        if find_spec("python_calamine") is None:
            text = N_('workbooks need the extra “excel”: pip install "kepu-docs[excel]"')
            raise SourceError.at(place, text)
        with _explained(place), Held(Book, Limits.of_size(len(data)), name, data) as book:
            del data
            yield from joined(name, sheets_of(name, book), form, folder_of(location))


def sheets_of(name: str, book: Held[Book]) -> list[Sheet]:
    """Return the sheets of the workbook ``name``, not yet read."""
    return [_WorkbookSheet(name, book, info) for info in book.ask(Book.sheets)]


@contextmanager
def _explained(place: Place) -> Iterator[None]:
    """Turn the end of the reading process into an error at ``place``."""
    try:
        yield
    except StoppedError as error:
        text = N_(
            "the workbook cannot be read: {reason}; copy its tables into a new workbook, without "
            "blank rows and columns around them, or use CSV"
        )
        raise SourceError.at(place, text, reason=error.reason) from None


class _WorkbookSheet(Sheet):
    may_be_upright = True

    def __init__(self, name: str, book: Held[Book], info: SheetInfo) -> None:
        self.title = info.title
        self.hidden = info.hidden
        self._name = name
        self._book = book
        self._number = info.number
        self.example = info.example
        self._extent = Extent()

    def is_blank(self) -> bool:
        return self._book.ask(Book.is_blank, self._number)

    def share(self, row: int) -> float:
        return min(row / max(self._extent.height, 1), 1.0)

    def rows(self) -> Iterator[Row]:
        self._extent = self._book.ask(Book.begin, self._number)
        while rows := self._book.ask(Book.more):
            yield from rows

    def merged(self, column: int) -> Iterator[tuple[int, int]]:
        for first, last, left, right in self._extent.merged:
            if left <= column <= right:
                yield first + 1, last + 1

    def hidden_rows(self) -> frozenset[int]:
        return self._extent.hidden

    def place(self, row: int, column: int | None, heading: str) -> Place:
        return Place(self._name, cell=f"{self.title}!{'' if column is None else letters_of(column)}{row}")
