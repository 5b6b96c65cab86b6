"""The sources of records: files, JSON Lines, workbooks, tables in CSV, databases, data frames; a plugin.

All are streams: none holds more than a record and the rows that belong to it.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kepu_docs.plugin import hookimpl

if TYPE_CHECKING:
    from kepu_docs.plugin import Source

__all__ = ["kepu_sources"]


@hookimpl
def kepu_sources() -> "Iterable[Source]":
    """Offer files of one record, YAML and JSON Lines with several, and all sources of tables."""
    # Imported only here: the process that reads a workbook imports this package too, and needs none of them.
    from kepu_sources.json_lines import JsonLines
    from kepu_sources.record_files import RecordFiles, YamlStream
    from kepu_sources.table_sources import CsvSource, DatabaseSource, ProgramTableSource, WorkbookSource

    tables = (WorkbookSource(), CsvSource(), DatabaseSource(), ProgramTableSource())
    return [RecordFiles(), YamlStream(), JsonLines(), *tables]
