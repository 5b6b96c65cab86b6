"""The hooks that a plugin may implement. Each is called once, when the registry is loaded."""

from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pluggy

if TYPE_CHECKING:  # who marks the implementation of a hook need not import them all
    from kepu_docs.contract.checks import Check
    from kepu_docs.contract.renderers import Override, Renderer
    from kepu_docs.contract.sections import SectionKind
    from kepu_docs.contract.sources import Source

PROJECT: Final = "kepu_docs"

VERSION: Final = 1
"""The version of the hooks. It grows when one is added, changed or removed; what is to be changed or removed stands in
``DEPRECATED`` for a release before. A plugin may say with a module attribute ``kepu_hooks_version`` which it needs."""
OLDEST: Final = 1
"""The oldest version for which plugins may be written."""
DEPRECATED: Final[Mapping[str, str]] = MappingProxyType({})
"""What will be gone with the next release, hook by hook, and what to do about it."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a function of a plugin as the implementation of the hook whose name it has."""


@hookspec
def kepu_sections() -> "Iterable[SectionKind]":  # type: ignore[empty-body]
    """Return the section kinds that this plugin adds."""


@hookspec
def kepu_renderers() -> "Iterable[Renderer]":  # type: ignore[empty-body]
    """Return the renderers that this plugin adds, one a format."""


@hookspec
def kepu_templates() -> Iterable[Traversable]:  # type: ignore[empty-body]
    """Return folders of wording templates and catalogues.

    Such a folder holds a folder a locale (``zh_Hans``), with ``sections/KIND.jinja`` and ``messages.po`` in it.
    """


@hookspec
def kepu_sources() -> "Iterable[Source]":  # type: ignore[empty-body]
    """Return the sources of records that this plugin adds."""


@hookspec
def kepu_overrides() -> "Iterable[Override]":  # type: ignore[empty-body]
    """Return overrides: other renderings of the sections of one kind in one format."""


@hookspec
def kepu_checks() -> "Iterable[Check]":  # type: ignore[empty-body]
    """Return the rules for summaries that this plugin adds."""
