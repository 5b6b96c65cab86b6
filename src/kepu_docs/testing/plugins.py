"""The engine that tests run with: that of the installed plugins, or of kepu-docs and the plugins at hand."""

from collections.abc import Iterable
from functools import cache
from importlib.metadata import entry_points

from kepu_docs.pipeline import Engine, default_engine
from kepu_docs.registry import ENTRY_POINTS, OURS, Registry


def engine_of(plugins: Iterable[object] = ()) -> Engine:
    """Return the engine of kepu-docs with ``plugins`` (modules, or objects with hooks), installed or not.

    Without any it has all that are installed. Raises ``PluginError`` for a plugin that is broken, and lets what the
    plugin itself raises pass.
    """
    given = tuple(plugins)
    return _engine(given) if given else default_engine()


@cache
def _engine(plugins: tuple[object, ...]) -> Engine:
    ours = [point for point in entry_points(group=ENTRY_POINTS) if point.dist and point.dist.name == OURS]
    return Engine(Registry.of(*(point.load() for point in sorted(ours, key=lambda each: each.name)), *plugins))
