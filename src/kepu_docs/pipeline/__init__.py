"""The path of one record: load, compose, render, write."""

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

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

_STARTERS: Final = MappingProxyType(
    {
        "empty_workbook": "kepu_docs.starters.empty_workbook",
        "new_plugin": "kepu_docs.starters.plugin_project",
        "record_schema": "kepu_docs.starters.record_schema",
        "starter_record": "kepu_docs.starters.starter_record",
    }
)
"""Where the names come from that no document needs; they are imported when first used."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Return what users start from, on first use."""
        if name in _STARTERS:
            return globals().setdefault(name, getattr(import_module(_STARTERS[name]), name))
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
