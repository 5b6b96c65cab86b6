"""Workbooks: Excel, WPS and LibreOffice, read with calamine."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from kepu_docs.contract import RecordForm, SourceRecord
from kepu_docs.errors import N_, DocumentError, Place, SourceError
from kepu_docs.sources.opening import folder_of, opened, shown, unreadable
from kepu_docs.sources.tables.cells import FAILED_FORMULA
from kepu_docs.sources.tables.joining import joined
from kepu_docs.sources.tables.packages import failed_formulas, letters_of
from kepu_docs.sources.tables.sheets import Row, Sheet

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MOST_BYTES: Final = 100 * 1024 * 1024
"""Of the file."""
_ZIP: Final = b"PK\3\4"


class Workbooks:
    """Reads workbooks: a sheet for each table. One sheet is in memory at a time."""

    suffixes = (".xlsx", ".xlsm", ".ods", ".xls")
    schemes = ()

    def records(self, location: str, form: RecordForm) -> Iterator[SourceRecord]:
        """Yield a record for each row of the sheet of communities."""
        name = shown(location)
        place = Place(name)
        with opened(location) as file:
            try:
                data = file.read(MOST_BYTES + 1)
            except OSError as error:
                raise unreadable(location, error) from None
        if not data:
            raise SourceError.at(place, "the file is empty; expected a workbook")
        if len(data) > MOST_BYTES:
            text = N_("the workbook has more than {limit} MiB; split it, or use CSV or a database")
            raise SourceError.at(place, text, limit=MOST_BYTES >> 20)
        try:
            failed = failed_formulas(data, place) if data.startswith(_ZIP) else {}
        except DocumentError as error:
            raise SourceError(error.faults) from None
        yield from joined(name, _sheets(name, data, failed), form, folder_of(location))


def _sheets(name: str, data: bytes, failed: Mapping[str, AbstractSet[str]]) -> Iterator[Sheet]:
    try:
        import python_calamine as calamine
    except ImportError:
        text = N_('workbooks need the extra “excel”: pip install "kepu-docs[excel]"')
        raise SourceError.at(Place(name), text) from None
    place = Place(name)
    try:
        book = calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    except calamine.PasswordError:
        raise SourceError.at(place, "the workbook is protected by a password; save it without") from None
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, ValueError, OSError) as error:
        text = N_("this is no workbook, or it is broken: {reason}")
        raise SourceError.at(place, text, reason=str(error)) from None
    for about in book.sheets_metadata:
        if about.typ == calamine.SheetTypeEnum.WorkSheet:
            hidden = about.visible != calamine.SheetVisibleEnum.Visible
            yield _Reader(name, book, about.name, failed.get(about.name, frozenset())).sheet(hidden=hidden)


class _Reader:
    """Reads one sheet of an open workbook."""

    def __init__(self, name: str, book: "CalamineWorkbook", title: str, failed: AbstractSet[str]) -> None:
        self._name = name
        self._book = book
        self._title = title
        self._failed = failed
        self._opened: CalamineSheet | None = None

    def sheet(self, *, hidden: bool) -> Sheet:
        """Return the sheet, not yet read."""
        return Sheet(self._title, self.rows, self.place, self.merged, self.share, hidden)

    def _open(self) -> "CalamineSheet":
        try:
            self._opened = self._opened or self._book.get_sheet_by_name(self._title)
        # Whatever a broken sheet makes of the reader: the file alone is to blame.
        except Exception as error:
            text = N_("the sheet cannot be read: {reason}")
            raise SourceError.at(Place(self._name, cell=self._title), text, reason=str(error)) from None
        return self._opened

    def share(self, row: int) -> float:
        """Return how much of the sheet has been read with a row."""
        return min(row / max(self._open().total_height, 1), 1.0)

    def rows(self) -> Iterator[Row]:
        """Yield the rows, with the blank columns at the left that the reader leaves out."""
        sheet = self._open()
        if sheet.start is None:
            return
        left: list[Any] = [None] * sheet.start[1]
        for number, cells in enumerate(sheet.iter_rows(), 1):
            row: Sequence[Any] = [*left, *cells] if left else cells
            if self._failed:
                # The reader takes a failed formula for a blank cell.
                row = [
                    FAILED_FORMULA if f"{letters_of(at)}{number}" in self._failed else cell
                    for at, cell in enumerate(row)
                ]
            yield number, row
        # The next sheet needs the memory.
        self._opened = None

    def merged(self, column: int) -> Iterator[tuple[int, int]]:
        """Yield the first and the last row of the cells that are merged in a column."""
        for (first, left), (last, right) in self._open().merged_cell_ranges or ():
            if left <= column <= right:
                yield first + 1, last + 1

    def place(self, row: int, column: int | None, heading: str) -> Place:
        """Return the place of a row or a cell."""
        return Place(self._name, cell=f"{self._title}!{'' if column is None else letters_of(column)}{row}")
