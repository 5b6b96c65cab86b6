"""The code of plugins under development: where it is, and how it is reloaded.

Code that is installed permanently (in ``site-packages``) is not watched; an editable install and a checkout are.
"""

import importlib
import os
import sys
import traceback
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from kepu_docs.errors import N_, Fault, KepuError, Message, Place
from kepu_docs.isolation import end_idle_children
from kepu_docs.pipeline.engine import Engine, renew_default_engine
from kepu_docs.registry import ENTRY_POINTS, PluginWarning, Registry

_INSTALLED: Final = ("site-packages", "dist-packages")
_CORE: Final = "kepu_docs"


@dataclass(frozen=True, slots=True)
class PluginCode:
    """Modules of plugins under development, each with its file or folder; and folders of templates."""

    modules: tuple[tuple[str, Path], ...] = ()
    templates: tuple[Path, ...] = ()

    @property
    def roots(self) -> tuple[Path, ...]:
        """All files and folders."""
        return tuple(dict.fromkeys((*(path for _, path in self.modules), *self.templates)))

    def touched(self, changed: Iterable[str]) -> tuple[str, ...]:
        """Return the modules whose code contains one of the given paths."""
        paths = [Path(path) for path in changed]
        return tuple(name for name, root in self.modules if any(path.is_relative_to(root) for path in paths))


def code_under_work(registry: Registry) -> PluginCode:
    """Return the code of the plugins of a registry that are not installed copies."""
    return PluginCode(
        tuple(_modules()),
        tuple(folder for folder in map(_path, registry.folders) if folder is not None and folder.is_dir()),
    )


def _modules() -> Iterator[tuple[str, Path]]:
    for name in sorted({entry_point.value.partition(":")[0].partition(".")[0] for entry_point in _entry_points()}):
        try:
            spec = find_spec(name) if name != _CORE else None
        except (ImportError, ValueError):
            spec = None
        for location in ((*(spec.submodule_search_locations or ()),) or (spec.origin,)) if spec else ():
            path = _path(location)
            if path is not None:
                yield name, path


def _entry_points() -> Iterable[importlib.metadata.EntryPoint]:
    return entry_points(group=ENTRY_POINTS)


def _path(found: object) -> Path | None:
    """Return the absolute path of a value that may be a path, unless it is installed permanently."""
    if not isinstance(found, str | os.PathLike):
        return None
    path = Path(found).absolute()
    return None if set(_INSTALLED) & set(path.parts) else path


def renewed(names: Iterable[str]) -> tuple[Engine, tuple[Fault, ...]]:
    """Return the default engine with the modules ``names`` reloaded, and the faults in them.

    Raises ``PluginError`` as the registry does.
    """
    tops = set(names)
    for name in [name for name in sys.modules if name.partition(".")[0] in tops]:
        del sys.modules[name]
    importlib.invalidate_caches()
    end_idle_children()
    faults = tuple(_broken(tops))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PluginWarning)  # the page names what is left out
        return renew_default_engine(), faults


def _broken(tops: set[str]) -> Iterator[Fault]:
    """Yield the places where the modules of plugins fail: an author needs a line number."""
    for entry_point in _entry_points():
        if entry_point.value.partition(":")[0].partition(".")[0] not in tops:
            continue
        try:
            entry_point.load()
        except KepuError as error:
            yield from error.faults
        except (Exception, SystemExit) as error:  # a plugin under development may raise anything
            text = N_("the plugin {plugin} cannot be imported: {error}")
            shown = " ".join(f"{type(error).__name__}: {error}".split())
            yield Fault(_place(error), text, (("plugin", entry_point.name), ("error", shown)))


def _place(error: BaseException) -> Place:
    if isinstance(error, SyntaxError) and error.filename:
        return Place(error.filename, error.lineno)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.startswith("<frozen")]
    return Place(frames[-1].filename, frames[-1].lineno) if frames else Place()


def left_out(registry: Registry) -> tuple[Message, ...]:
    """Return which plugins are broken."""
    text = N_("the plugin {plugin} is left out: {problem}")
    return tuple(Message.of(text, plugin=each.name, problem=each.problem) for each in registry.plugins if each.problem)
