"""The sources of tables, as they are registered; what reads them is imported when the first of them is read.

Every command registers all sources, and few read tables.
"""

from collections.abc import Iterator
from typing import Any

from kepu_docs.plugin import Period, RecordColumn, RecordForm, SourceRecord, Tables


class CsvSource:
    """CSV; a folder is one source, and its files are the tables."""

    suffixes = (".csv",)
    schemes = ()

    def records(self, location: str, form: RecordForm) -> Iterator[SourceRecord]:
        """Yield a record for each row of the table of communities."""
        from kepu_sources.tables.csv_files import CsvFiles

        return CsvFiles().records(location, form)


class WorkbookSource:
    """Workbooks with a sheet for each table."""

    suffixes = (".xlsx", ".xlsm", ".xlsb", ".ods", ".xls", ".et")
    schemes = ()

    def records(self, location: str, form: RecordForm) -> Iterator[SourceRecord]:
        """Yield a record for each row of the sheet of communities; for a filled form, the embedded record."""
        from kepu_sources.tables.workbooks import Workbooks

        return Workbooks().records(location, form)

    def cell_value(self, text: str, column: RecordColumn, form: RecordForm, period: Period | None) -> Any:
        """Return the value of a text in a column; ``None`` if it has none. Raises ``SourceError``."""
        from kepu_sources.tables.single_cells import value_of

        return value_of(text, column, form, period)


class DatabaseSource:
    """Databases: SQLite, PostgreSQL, MySQL, and others with a dialect for SQLAlchemy."""

    suffixes = ()
    schemes = ("sqlite", "postgresql", "mysql", "mariadb", "oracle", "mssql")

    def records(self, location: str, form: RecordForm) -> Iterator[SourceRecord]:
        """Yield a record for each row of the table ``communities``."""
        from kepu_sources.tables.databases import Databases

        return Databases().records(location, form)


class ProgramTableSource:
    """Tables of a program; a single one is the table of communities."""

    suffixes = ()
    schemes = ()

    def records(self, location: str, form: RecordForm) -> Iterator[SourceRecord]:
        """Yield nothing: a table of a program has no path or address."""
        yield from ()

    def tables(self, tables: Tables, name: str, form: RecordForm, folder: str) -> Iterator[SourceRecord]:
        """Yield a record for each row of the table of communities."""
        from kepu_sources.tables.program_tables import ProgramTables

        return ProgramTables().tables(tables, name, form, folder)
