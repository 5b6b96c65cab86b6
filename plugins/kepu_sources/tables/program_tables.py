"""Tables of a program: data frames, read through narwhals, and the rows of a SELECT of SQLAlchemy."""

from collections.abc import Iterator
from contextlib import ExitStack
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kepu_docs.plugin import N_, Frame, Place, RecordForm, Rows, SourceError, SourceRecord, Tables, scrubbed
from kepu_sources.tables.databases import AT_ONCE, NEEDS_SQL, UNREADABLE, reason_of
from kepu_sources.tables.joining import joined
from kepu_sources.tables.sheets import Row, Sheet
from kepu_sources.tables.table_names import layout_of

if TYPE_CHECKING:
    import narwhals
    from sqlalchemy import Connection

_HEADINGS: Final = -1
"""The row of the headings, which are above the first row: rows of programs count from 0."""


class ProgramTables:
    """Reads tables of a program; a single one is the table of communities."""

    def tables(self, tables: Tables, name: str, form: RecordForm, folder: str) -> Iterator[SourceRecord]:
        """Yield a record for each row of the table of communities."""
        layout = layout_of(form)
        with ExitStack() as stack:
            sheets: list[Sheet] = []
            for title, table in tables.tables.items():
                shown = name if layout.table(title) is layout.communities else title
                if isinstance(table, Rows):
                    sheets.append(_RowsSheet(title, shown, table, stack))
                else:
                    sheets.append(_FrameSheet(title, shown, table))
            yield from joined(name, sheets, form, folder)


class _ProgramSheet(Sheet):
    may_be_empty = True

    def __init__(self, title: str, shown: str) -> None:
        self.title = title
        self._shown = shown

    def place(self, row: int, column: int | None, heading: str) -> Place:
        return Place(self._shown if row == _HEADINGS else f"{self._shown}[{row}]", cell=heading)


class _FrameSheet(_ProgramSheet):
    def __init__(self, title: str, shown: str, frame: Frame) -> None:
        super().__init__(title, shown)
        self._frame = _read_frame(frame, Place(shown))

    def share(self, row: int) -> float:
        return (row + 1) / max(len(self._frame), 1)

    def rows(self) -> Iterator[Row]:
        yield _HEADINGS, self._frame.columns
        for number, cells in enumerate(self._frame.iter_rows(buffer_size=AT_ONCE)):
            yield number, [_cell(cell) for cell in cells]


def _read_frame(frame: Frame, place: Place) -> "narwhals.DataFrame[Any]":
    try:
        import narwhals
    except ImportError:
        text = N_('data frames need the extra “frames”: pip install "kepu-docs[frames]"')
        raise SourceError.at(place, text) from None
    try:
        read: narwhals.DataFrame[Any] = narwhals.from_native(frame, eager_only=True)
    except (TypeError, ValueError) as error:
        text = N_("this data frame cannot be read: {reason}")
        raise SourceError.at(place, text, reason=str(error).partition("\n")[0]) from None
    return read


class _RowsSheet(_ProgramSheet):
    def __init__(self, title: str, shown: str, rows: Rows, stack: ExitStack) -> None:
        super().__init__(title, shown)
        self._rows = rows
        self._stack = stack

    def rows(self) -> Iterator[Row]:
        try:
            import sqlalchemy
        except ImportError:
            raise SourceError.at(Place(self._shown), NEEDS_SQL) from None
        bind = self._rows.bind
        if not isinstance(bind, sqlalchemy.Engine | sqlalchemy.Connection):
            text = N_("expected an SQLAlchemy engine or connection; found {found}")
            raise SourceError.at(Place(self._shown), text, found=type(bind).__name__)
        try:
            connection = bind if isinstance(bind, sqlalchemy.Connection) else self._stack.enter_context(bind.connect())
            yield from self._read(connection)
        except sqlalchemy.exc.SQLAlchemyError as error:
            address = bind.engine.url.render_as_string(hide_password=False)
            raise SourceError.at(Place(self._shown), UNREADABLE, reason=scrubbed(reason_of(error), address)) from None

    def _read(self, connection: "Connection") -> Iterator[Row]:
        # The options are set on the query: the caller's connection keeps its own.
        options = {"stream_results": True, "yield_per": AT_ONCE}
        with connection.execute(self._rows.select, execution_options=options) as found:
            yield _HEADINGS, list(found.keys())
            for number, row in enumerate(found):
                yield number, [_cell(cell) for cell in row]


def _cell(value: Any) -> Any:
    """Return a value of a table as a cell value: ``None`` if it is missing, numbers as Python numbers."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return float(value) if value.is_finite() else None
    plain = value.tolist() if hasattr(value, "tolist") else value
    try:
        # NaN and NaT are not equal to themselves; pandas.NA does not compare.
        return plain if isinstance(plain, list | tuple) or plain == plain else None
    except TypeError:
        return None
