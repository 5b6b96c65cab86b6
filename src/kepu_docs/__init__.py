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
    DocumentError,
    Fault,
    KepuError,
    OutputError,
    Place,
    PluginError,
    RecordError,
    RenderError,
    SourceError,
    TemplateError,
)
from kepu_docs.locale.chain import DEFAULT_LOCALE

if TYPE_CHECKING:
    from kepu_docs.blocks import Document
    from kepu_docs.schema import WorkSummary

__all__ = [
    "DocumentError",
    "Fault",
    "KepuError",
    "OutputError",
    "Place",
    "PluginError",
    "RecordError",
    "RenderError",
    "SourceError",
    "TemplateError",
    "compose",
    "load",
    "render",
]


def load(source: "str | PathLike[str] | Mapping[str, Any]") -> "WorkSummary":
    """Return the summary of a record: a path of a YAML, JSON or TOML file, or the record's data.

    The path of a Word document of ours gives the record that the document carries. Raises ``RecordError`` with all
    faults of the record, each with its place.
    """
    from kepu_docs.pipeline import default_engine

    return default_engine().load(source)


def compose(
    summary: "WorkSummary",
    *,
    locale: str = DEFAULT_LOCALE,
    photos: "str | PathLike[str] | None" = None,
    embed: bool = True,
    templates: "str | PathLike[str] | None" = None,
) -> "Document":
    """Return the document of a summary: its title and blocks, the same for all formats.

    ``photos`` is the folder from which the record names the files of its photographs; ``embed`` says whether the
    record goes into formats that can carry it; ``templates`` is a folder of wording templates of your own. Raises
    ``TemplateError`` when a wording template fails, ``PluginError`` when a plugin does, ``RecordError`` for a
    photograph.
    """
    from pathlib import Path

    from kepu_docs.pipeline import default_engine

    return default_engine().compose(
        summary,
        locale,
        photos=Path(photos) if photos is not None else None,
        embed=embed,
        templates=Path(templates) if templates is not None else None,
    )


def render(
    summary: "WorkSummary",
    format: str,  # noqa: A002
    *,
    locale: str = DEFAULT_LOCALE,
    photos: "str | PathLike[str] | None" = None,
    embed: bool = True,
    templates: "str | PathLike[str] | None" = None,
    look: str = "",
    reference: "str | PathLike[str] | bytes" = b"",
    toc: bool = False,
) -> bytes:
    """Return the finished file of a summary in a format: ``docx``, ``md``, ``txt``, or a plugin's.

    ``look``, ``reference`` (a Word document whose page and styles are to be taken: its path or its bytes) and ``toc``
    (a table of contents) are obeyed by formats that have them. Raises what :func:`compose` raises, ``PluginError`` for
    an unknown format, and ``RenderError``.
    """
    from kepu_docs.contract import RenderOptions
    from kepu_docs.pipeline import default_engine, read_reference

    engine = default_engine()
    document = compose(summary, locale=locale, photos=photos, embed=embed, templates=templates)
    given = reference if isinstance(reference, bytes) else read_reference(reference)
    return engine.render(document, format, RenderOptions(look, given, toc))
