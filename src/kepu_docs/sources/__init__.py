"""Where records come from: files, lines of JSON, workbooks, tables, databases. All are streams."""

from kepu_docs.sources.json_lines import JsonLines
from kepu_docs.sources.record_files import RecordFiles, YamlStream
from kepu_docs.sources.tables import CsvFiles, Databases, Workbooks

__all__ = ["CsvFiles", "Databases", "JsonLines", "RecordFiles", "Workbooks", "YamlStream"]
