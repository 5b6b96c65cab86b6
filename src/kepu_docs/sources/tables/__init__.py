"""Records that are kept in tables: workbooks, CSV files, databases."""

from kepu_docs.sources.tables.csv_files import CsvFiles
from kepu_docs.sources.tables.databases import Databases
from kepu_docs.sources.tables.joining import COLUMNS, EXAMPLE
from kepu_docs.sources.tables.layout import CODE, Column, Table, tables_of
from kepu_docs.sources.tables.workbooks import Workbooks

__all__ = [
    "CODE",
    "COLUMNS",
    "EXAMPLE",
    "Column",
    "CsvFiles",
    "Databases",
    "Table",
    "Workbooks",
    "tables_of",
]
