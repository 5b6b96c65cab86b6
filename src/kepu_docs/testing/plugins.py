"""The engine that tests run with: kepu-docs with the installed plugins, or with the plugins under test."""

from collections.abc import Iterable
from functools import cache
from importlib.metadata import entry_points
from typing import Final

from kepu_docs.blocks import Document
from kepu_docs.errors import RenderError
from kepu_docs.pipeline import Engine, default_engine
from kepu_docs.registry import ENTRY_POINTS, OURS, Registry

_NOT_HERE: Final = frozenset(("extra-missing", "font-missing", "font-without-character"))
"""Codes of faults that say what a machine lacks, and nothing about a plugin."""


def rendered_here(engine: Engine, document: Document, format_name: str) -> bytes | None:
    """Return a file of a document, or ``None`` if this machine lacks what the format needs, such as fonts.

    Raises ``RenderError`` for any other reason.
    """
    try:
        return engine.render(document, format_name)
    except RenderError as error:
        if any(fault.code not in _NOT_HERE for fault in error.faults):
            raise
        return None


def engine_of(plugins: Iterable[object] = ()) -> Engine:
    """Return the engine of kepu-docs with ``plugins`` (modules, or objects with hooks), installed or not.

    Without ``plugins`` it has all installed plugins. Raises ``PluginError`` for a plugin that is broken; exceptions of
    the plugin itself are not caught.
    """
    given = tuple(plugins)
    return _engine(given) if given else default_engine()


@cache
def _engine(plugins: tuple[object, ...]) -> Engine:
    ours = [point for point in entry_points(group=ENTRY_POINTS) if point.dist and point.dist.name == OURS]
    return Engine(Registry.of(*(point.load() for point in sorted(ours, key=lambda each: each.name)), *plugins))
