"""kepu-docs: from the facts of a community's year of science popularisation to its finished work summary.

import kepu_docs

summary = kepu_docs.load("record.yaml")
document = kepu_docs.compose(summary)
data = kepu_docs.render(summary, "docx")
"""

from collections.abc import Mapping
from os import PathLike
from typing import TYPE_CHECKING, Any

from kepu_docs.errors import (
    Fault,
    KepuError,
    OutputError,
    Place,
    PluginError,
    RecordError,
    RenderError,
    TemplateError,
)
from kepu_docs.locale.chain import DEFAULT_LOCALE

if TYPE_CHECKING:
    from kepu_docs.blocks import Document
    from kepu_docs.schema import WorkSummary

__all__ = [
    "Fault",
    "KepuError",
    "OutputError",
    "Place",
    "PluginError",
    "RecordError",
    "RenderError",
    "TemplateError",
    "compose",
    "load",
    "render",
]


def load(source: "str | PathLike[str] | Mapping[str, Any]") -> "WorkSummary":
    """Return the summary of a record: a path of a YAML, JSON or TOML file, or the record's data.

    Raises ``RecordError`` with all faults of the record, each with its place.
    """
    from kepu_docs.pipeline import default_engine

    return default_engine().load(source)


def compose(summary: "WorkSummary", *, locale: str = DEFAULT_LOCALE) -> "Document":
    """Return the document of a summary: its title and blocks, the same for all formats.

    Raises ``TemplateError`` when a wording template fails, ``PluginError`` when a plugin does.
    """
    from kepu_docs.pipeline import default_engine

    return default_engine().compose(summary, locale)


def render(summary: "WorkSummary", format: str, *, locale: str = DEFAULT_LOCALE) -> bytes:  # noqa: A002
    """Return the finished file of a summary in a format: ``docx``, ``md``, ``txt``, or a plugin's.

    Raises what :func:`compose` raises, ``PluginError`` for an unknown format, and ``RenderError``.
    """
    from kepu_docs.pipeline import default_engine

    engine = default_engine()
    return engine.render(engine.compose(summary, locale), format)
