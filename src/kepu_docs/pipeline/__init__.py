"""The way of one record: load, compose, render, write."""

from kepu_docs.output.file_names import NamesTaken
from kepu_docs.output.files import make_folder, write_new_file
from kepu_docs.pipeline.engine import Engine, default_engine, read_reference
from kepu_docs.starters.plugin import new_plugin
from kepu_docs.starters.record import starter_record
from kepu_docs.starters.workbook import empty_workbook

__all__ = [
    "Engine",
    "NamesTaken",
    "default_engine",
    "empty_workbook",
    "make_folder",
    "new_plugin",
    "read_reference",
    "starter_record",
    "write_new_file",
]
