"""The old place of :mod:`kepu_docs.sections`; it will be gone with the next release."""

import sys
import warnings
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

# Looked up by name: this room knows nothing of the section kinds, only where they went.
_moved = import_module("kepu_docs.sections")
__path__: list[str] = []
sys.modules |= {
    f"{__name__}.{each.name}": import_module(f"{_moved.__name__}.{each.name}") for each in iter_modules(_moved.__path__)
}
warnings.warn(f"{__name__} is now {_moved.__name__}", DeprecationWarning, stacklevel=2)


def __getattr__(name: str) -> Any:
    if name == "CORE_SECTIONS":
        return tuple(kind.model for kind in _moved.KINDS)
    return getattr(_moved, name)
