"""Databases by address, through SQLAlchemy Core: a table or view for each table of a record."""

from collections.abc import Iterator
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kepu_docs.plugin import N_, Place, RecordForm, SourceError, SourceRecord, scrubbed, shown_location
from kepu_sources.tables.joining import joined
from kepu_sources.tables.sheets import Row, Sheet

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection

NEEDS_SQL: Final = N_('databases need the extra “sql”: pip install "kepu-docs[sql]"')
UNREADABLE: Final = N_("the database cannot be read: {reason}")
_OF_DRIVERS: Final = (OSError, TypeError, ValueError)
"""Other errors that drivers raise, mostly for settings in an address that they do not know."""
AT_ONCE: Final = 500
"""Rows that are fetched at once."""
MOST_STEPS: Final = 100_000_000
"""The most steps of SQLite's virtual machine for a file; each byte of the file adds more. A view of an untrusted file
may never end. This many steps take some seconds; a table takes about a step per cell."""
MOST_STEPS_A_BYTE: Final = 100
_STEPS_AT_ONCE: Final = 1_000_000


class Databases:
    """Reads databases: SQLite, PostgreSQL, MySQL, and others with a dialect for SQLAlchemy. Nothing is written."""

    def records(self, location: str, form: RecordForm) -> Iterator[SourceRecord]:
        """Yield a record for each row of the table ``communities``."""
        try:
            import sqlalchemy
        except ImportError:
            raise SourceError.at(Place(), NEEDS_SQL) from None
        name = shown_location(location)
        try:
            url = sqlalchemy.make_url(location)
        except Exception:  # the message may repeat the address, or a part of it
            text = N_(
                "this is not a database address; check that its port is a number and that special "
                "characters in the password are escaped"
            )
            raise SourceError.at(Place(name), text) from None
        _require_file(url, name)
        try:
            engine = sqlalchemy.create_engine(url)
            try:
                # If reading ends early, the open result is closed before its connection.
                with engine.connect() as connection, ExitStack() as results:
                    _bound(connection, url)
                    yield from joined(name, _sheets(name, connection, results), form, "")
            finally:
                engine.dispose()
        except (sqlalchemy.exc.SQLAlchemyError, ImportError, *_OF_DRIVERS) as error:
            raise SourceError.at(Place(name), UNREADABLE, reason=scrubbed(reason_of(error), location)) from None


def _require_file(url: "URL", name: str) -> None:
    """Keep SQLite from creating an empty database if there is no file."""
    path = url.database
    if url.get_backend_name() == "sqlite" and path and path != ":memory:" and not Path(path).exists():
        raise SourceError.at(Place(name), N_("there is no such file"))


def _bound(connection: "Connection", url: "URL") -> None:
    """Limit the steps of a query in SQLite, the only database that runs in this process."""
    driver = connection.connection.dbapi_connection
    if driver is None or not hasattr(driver, "set_progress_handler"):
        return
    path = Path(url.database or ":memory:")
    size = path.stat().st_size if path.is_file() else 0
    left = (MOST_STEPS + MOST_STEPS_A_BYTE * size) // _STEPS_AT_ONCE

    def is_over() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    driver.set_progress_handler(is_over, _STEPS_AT_ONCE)


def _sheets(name: str, connection: "Connection", results: ExitStack) -> Iterator[Sheet]:
    import sqlalchemy

    inspector = sqlalchemy.inspect(connection)
    titles = dict.fromkeys((*sorted(inspector.get_table_names()), *sorted(inspector.get_view_names())))
    for title in titles:
        yield _DatabaseSheet(name, connection, title, results)


class _DatabaseSheet(Sheet):
    is_shared = True

    def __init__(self, name: str, connection: "Connection", title: str, results: ExitStack) -> None:
        self.title = title
        self._name = name
        self._connection = connection
        self._results = results

    def rows(self) -> Iterator[Row]:
        import sqlalchemy

        table = sqlalchemy.table(self.title)
        chosen = sqlalchemy.select(sqlalchemy.text("*")).select_from(table)
        with self._connection.execution_options(stream_results=True, yield_per=AT_ONCE).execute(chosen) as found:
            self._results.callback(found.close)
            yield 0, list(found.keys())
            for number, row in enumerate(found, 1):
                yield number, [float(cell) if isinstance(cell, Decimal) else cell for cell in row]

    def place(self, row: int, column: int | None, heading: str) -> Place:
        return Place(self._name, cell=f"{self.title}[{row}]" + (f".{heading}" if heading else ""))


def reason_of(error: Exception) -> str:
    """Return the first line of an error: the rest is SQL, and links to the library's pages."""
    return str(error.orig if hasattr(error, "orig") and error.orig else error).partition("\n")[0]
