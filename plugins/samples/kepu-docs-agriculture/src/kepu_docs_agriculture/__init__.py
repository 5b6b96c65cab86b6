"""The section kind agriculture for kepu-docs: 农业科技推广."""

from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable

from kepu_docs.plugin import SectionKind, hookimpl
from kepu_docs_agriculture.rollup import RULE
from kepu_docs_agriculture.section import Agriculture

kepu_hooks_version = 1
"""The version of the hooks for which this plugin is written."""


@hookimpl
def kepu_sections() -> Iterable[SectionKind]:
    """Add the section kind."""
    return [SectionKind(Agriculture, rollup=RULE)]


@hookimpl
def kepu_templates() -> Iterable[Traversable]:
    """Add its wording and its names."""
    return [files(__name__) / "templates"]
