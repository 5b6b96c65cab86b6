"""Names that a package offers and that are imported, with the modules that define them, when they are first used."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def late_names(offering: dict[str, Any], homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of a module with the globals ``offering``.

    ``homes`` has for each module the names that come from it, with blanks between them. Type checkers must see imports
    instead: write those under ``if TYPE_CHECKING``, and this under its ``else``.
    """
    modules = {name: module for module, names in homes.items() for name in names.split()}

    def find(name: str) -> Any:
        if name not in modules:
            raise AttributeError(f"module {offering['__name__']!r} has no attribute {name!r}")
        return offering.setdefault(name, getattr(import_module(modules[name]), name))

    return find
