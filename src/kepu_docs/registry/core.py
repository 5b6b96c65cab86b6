"""What the core offers through the same hooks as plugins: its section kinds, and their wording."""

from collections.abc import Iterable
from importlib.resources.abc import Traversable

from kepu_docs.contract.hooks import hookimpl
from kepu_docs.contract.sections import SectionKind
from kepu_docs.locale.folders import installed
from kepu_docs.sections import KINDS


@hookimpl
def kepu_sections() -> Iterable[SectionKind]:
    """Return the section kinds of the core."""
    return KINDS


@hookimpl
def kepu_templates() -> Iterable[Traversable]:
    """Return the folder with the built-in templates."""
    return [installed()]
