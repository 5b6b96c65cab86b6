"""The section kinds, wording templates and catalogues of the core, offered through the hooks of every plugin."""

from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable

from kepu_docs.contract import SectionKind
from kepu_docs.hookspecs import hookimpl
from kepu_docs.schema import CORE_SECTIONS


@hookimpl
def kepu_sections() -> Iterable[SectionKind]:
    """Return the section kinds of the core."""
    return [SectionKind(model) for model in CORE_SECTIONS]


@hookimpl
def kepu_templates() -> Iterable[Traversable]:
    """Return the folder with the built-in templates."""
    return [files("kepu_templates")]
