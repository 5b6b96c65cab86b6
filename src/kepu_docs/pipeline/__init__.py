"""The path of one record: load, compose, render, write."""

from typing import TYPE_CHECKING

from kepu_docs.late_names import late_names
from kepu_docs.output.file_names import NamesTaken
from kepu_docs.output.files import make_folder, write_new_file
from kepu_docs.pipeline.engine import Engine, default_engine, has_default_engine, read_reference

if TYPE_CHECKING:
    from kepu_docs.starters.empty_workbook import empty_workbook
    from kepu_docs.starters.plugin_project import new_plugin
    from kepu_docs.starters.record_schema import record_schema
    from kepu_docs.starters.starter_record import starter_record

__all__ = [
    "Engine",
    "NamesTaken",
    "default_engine",
    "empty_workbook",
    "has_default_engine",
    "make_folder",
    "new_plugin",
    "read_reference",
    "record_schema",
    "starter_record",
    "write_new_file",
]

if not TYPE_CHECKING:
    # What users start from, which no document needs.
    __getattr__ = late_names(
        globals(),
        {
            "kepu_docs.starters.empty_workbook": "empty_workbook",
            "kepu_docs.starters.plugin_project": "new_plugin",
            "kepu_docs.starters.record_schema": "record_schema",
            "kepu_docs.starters.starter_record": "starter_record",
        },
    )
