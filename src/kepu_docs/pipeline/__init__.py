"""The way of one record: load, compose, render, write."""

from kepu_docs.pipeline.engine import Engine, default_engine, read_reference
from kepu_docs.pipeline.names import NamesTaken
from kepu_docs.pipeline.scaffold import new_plugin
from kepu_docs.pipeline.starter import starter_record
from kepu_docs.pipeline.workbook import empty_workbook
from kepu_docs.pipeline.writing import make_folder, write_new_file

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
