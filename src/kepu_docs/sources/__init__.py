"""Where records come from: files, lines of JSON, workbooks, tables, databases. All are streams."""

from kepu_docs.sources.json_lines import JsonLines
from kepu_docs.sources.record_files import RecordFiles, YamlStream

__all__ = ["JsonLines", "RecordFiles", "YamlStream"]
