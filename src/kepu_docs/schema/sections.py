"""The old place of :mod:`kepu_docs.sections` and its modules; it will be removed in the next release."""

import sys
import warnings
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

_NEW = "kepu_docs.sections"
__path__: list[str] = []


class _Moved(ModuleType):
    """A module that has moved: imported by name on first use, since this package knows no section kinds."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        new = self.__name__.replace(__name__, _NEW)
        warnings.warn(f"{self.__name__} is now {new}", DeprecationWarning, stacklevel=2)
        module = import_module(new)
        return tuple(kind.model for kind in module.KINDS) if name == "CORE_SECTIONS" else getattr(module, name)


__getattr__ = _Moved(__name__).__getattr__

for _each in (Path(__file__).parents[1] / "sections").glob("[!_]*.py"):
    sys.modules[f"{__name__}.{_each.stem}"] = _Moved(f"{__name__}.{_each.stem}")
