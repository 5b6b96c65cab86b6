"""A workbook in a child process: checked, opened with calamine, and read some rows at a time."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kepu_docs.plugin import N_, DocumentError, Place, SourceError
from kepu_sources.tables.example_marks import ExampleMark, example_mark, example_marks
from kepu_sources.tables.old_workbooks import old_sheet_notes
from kepu_sources.tables.packages import sheet_notes
from kepu_sources.tables.sheet_notes import SheetNotes, require_few_merged

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MOST_SHEETS: Final = 500
"""The most sheets of a workbook; those of kepu-docs have 27. Each is looked up by its name among all."""
MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
"""The most columns of a sheet in Excel and LibreOffice; a damaged sheet may claim more."""
_CELLS_AT_ONCE: Final = 20_000
"""How many cells are sent to the caller at once."""
_CELLS_AT_FIRST: Final = 5_000
"""How many cells are sent first: a caller may only look at the first rows."""
_OF_WPS: Final = ".et"
_SAVE_ANEW: Final = N_("this WPS workbook cannot be read; open it in WPS and save it as .xlsx")
_ZIP: Final = b"PK\3\4"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of workbooks of Excel 97."""


class SheetInfo(NamedTuple):
    """A sheet that holds cells: its number, its title, whether it is hidden, and the mark of its example."""

    number: int
    title: str
    hidden: bool
    example: ExampleMark | None = None


class Extent(NamedTuple):
    """The extent of a sheet and what is known besides its cells."""

    height: int = 0
    """The number of rows, including blank ones at the top."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """First and last row, first and last column of merged cells, from 0."""
    hidden: frozenset[int] = frozenset()
    """The rows that are hidden, from 1."""


class Book:
    """A workbook; one sheet is in memory at a time."""

    def __init__(self, name: str, data: bytes) -> None:
        """Open the workbook ``data``. Raises ``SourceError`` at ``name`` if it is broken or not a workbook."""
        import python_calamine as calamine

        self._name = name
        place = Place(name)
        if not data.startswith((_ZIP, _OLE)):
            if name.lower().endswith(_OF_WPS):
                raise SourceError.at(place, _SAVE_ANEW)
            raise SourceError.at(place, N_("this is not a workbook; expected one from Excel, WPS or LibreOffice"))
        try:
            self._notes = sheet_notes(data, place) if data.startswith(_ZIP) else {}
        except DocumentError as error:
            raise SourceError(error.faults) from None
        self._examples = example_marks(data, place) if data.startswith(_ZIP) else {}
        try:
            self._book = calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        except calamine.PasswordError:
            raise SourceError.at(place, "the workbook is protected by a password; save it without one") from None
        except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, ValueError, OSError) as error:
            if name.lower().endswith(_OF_WPS):
                raise SourceError.at(place, _SAVE_ANEW) from None
            text = N_("this is not a workbook, or it is broken: {reason}")
            raise SourceError.at(place, text, reason=str(error)) from None
        self._about = self._book.sheets_metadata
        if len(self._about) > MOST_SHEETS:
            text = N_("the workbook has {found} sheets; at most {limit} are read")
            raise SourceError.at(place, text, found=len(self._about), limit=MOST_SHEETS)
        if data.startswith(_OLE):
            self._notes = {
                about.name: notes for about, notes in zip(self._about, old_sheet_notes(data, place), strict=False)
            }
        self._open: tuple[int, CalamineSheet] | None = None
        self._reading: Iterator[tuple[int, list[Any]]] = iter(())
        self._at_once = _CELLS_AT_ONCE

    def sheets(self) -> tuple[SheetInfo, ...]:
        """Return the sheets that hold cells."""
        from python_calamine import SheetTypeEnum, SheetVisibleEnum

        return tuple(
            SheetInfo(number, about.name, about.visible != SheetVisibleEnum.Visible, self._example_of(number))
            for number, about in enumerate(self._about)
            if about.typ == SheetTypeEnum.WorkSheet
        )

    def is_blank(self, number: int) -> bool:
        """Return whether no cell of a sheet is filled. Raises ``SourceError`` if it cannot be read."""
        return not any(map(filled, chain.from_iterable(self._sheet(number).iter_rows())))

    def begin(self, number: int) -> Extent:
        """Begin to read the rows of a sheet, which :meth:`more` then returns. Raises ``SourceError``."""
        self._reading = self._numbered(number)
        self._at_once = _CELLS_AT_FIRST
        return self._extent(number)

    def more(self) -> list[tuple[int, list[Any]]]:
        """Return the next rows, each with its number; an empty list at the end. Raises ``SourceError``."""
        rows: list[tuple[int, list[Any]]] = []
        cells = 0
        for row in self._reading:
            rows.append(row)
            cells += len(row[1]) + 1
            if cells >= self._at_once:
                break
        self._at_once = _CELLS_AT_ONCE
        return rows

    def _extent(self, number: int) -> Extent:
        sheet = self._sheet(number)
        if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
            text = N_("the sheet claims to have {rows} rows and {columns} columns; it is damaged")
            raise SourceError.at(self._place(number), text, rows=sheet.total_height, columns=sheet.total_width)
        notes = self._notes_of(number)
        known = sheet.merged_cell_ranges or ()
        merged = tuple((first, last, left, right) for (first, left), (last, right) in known) or tuple(notes.merged)
        require_few_merged(len(merged), self._place(number))
        return Extent(sheet.total_height, merged, frozenset(notes.hidden))

    def _notes_of(self, number: int) -> SheetNotes:
        return self._notes.get(self._about[number].name) or SheetNotes()

    def _example_of(self, number: int) -> ExampleMark | None:
        notes = self._notes_of(number)
        if notes.example_row is None:
            return self._examples.get(self._about[number].name)
        return example_mark(notes.example_row, notes.example_cells)

    def _numbered(self, number: int) -> Iterator[tuple[int, list[Any]]]:
        """Yield the rows that are not blank, including the blank columns at the left that the reader leaves out."""
        sheet = self._sheet(number)
        # The reader treats a formula without a value as a blank cell, and stops before such cells at the end.
        failed: dict[int, dict[int, str]] = {}
        for (row, column), shown in self._notes_of(number).failed.items():
            failed.setdefault(row, {})[column] = shown
        if sheet.start is not None:
            left: list[Any] = [None] * sheet.start[1]
            blank = [""] * sheet.width
            for row, cells in enumerate(sheet.iter_rows(), 1):
                if row in failed:
                    yield row, _with(failed.pop(row), [*left, *cells])
                elif cells != blank:
                    yield row, [*left, *cells] if left else cells
        for row, shown_at in sorted(failed.items()):
            yield row, _with(shown_at, [])

    def _sheet(self, number: int) -> "CalamineSheet":
        if self._open is None or self._open[0] != number:
            self._open = None  # the next sheet needs the memory
            try:
                self._open = number, self._book.get_sheet_by_index(number)
            # Whatever error a broken sheet causes in the reader, only the file is to blame.
            except Exception as error:
                text = N_("the sheet cannot be read: {reason}")
                raise SourceError.at(self._place(number), text, reason=str(error)) from None
        return self._open[1]

    def _place(self, number: int) -> Place:
        return Place(self._name, cell=self._about[number].name)


def filled(cell: Any) -> bool:
    """Return whether a cell holds anything."""
    return cell is not None and cell != "" and (not isinstance(cell, str) or not cell.isspace())


def _with(failed: Mapping[int, str], cells: list[Any]) -> list[Any]:
    """Return the cells of a row with the values shown for its failed formulas."""
    cells += [None] * (max(failed) + 1 - len(cells))
    for at, shown in failed.items():
        cells[at] = shown
    return cells
