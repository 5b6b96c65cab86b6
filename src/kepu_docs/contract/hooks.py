"""The hooks that a plugin may implement. Each hook is called once, when the registry is loaded."""

from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pluggy

if TYPE_CHECKING:  # implementations of a hook need not declare parameters
    from kepu_docs.contract.checks import Check
    from kepu_docs.contract.renderers import Override, Renderer
    from kepu_docs.contract.sections import SectionKind
    from kepu_docs.contract.sources import Source

PROJECT: Final = "kepu_docs"

VERSION: Final = 1
"""The version of the hooks. It grows when a hook is added, changed or removed; hooks to be changed or removed are
listed in ``DEPRECATED`` for one release before. A plugin may state the version that it needs in the module attribute
``kepu_hooks_version``."""
OLDEST: Final = 1
"""The oldest version that plugins may be written for."""
DEPRECATED: Final[Mapping[str, str]] = MappingProxyType({})
"""What will be removed in the next release, by hook, and what to do about it."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a function of a plugin as the implementation of the hook of the same name."""


@hookspec
def kepu_sections() -> "Iterable[SectionKind]":  # type: ignore[empty-body]
    """Return the section kinds that this plugin adds."""


@hookspec
def kepu_renderers() -> "Iterable[Renderer]":  # type: ignore[empty-body]
    """Return the renderers that this plugin adds, one for each format."""


@hookspec
def kepu_templates() -> Iterable[Traversable]:  # type: ignore[empty-body]
    """Return folders of wording templates and catalogues.

    Such a folder has a subfolder for each locale (``zh_Hans``), with ``sections/KIND.jinja`` and ``messages.po`` in it.
    """


@hookspec
def kepu_sources() -> "Iterable[Source]":  # type: ignore[empty-body]
    """Return the sources of records that this plugin adds."""


@hookspec
def kepu_overrides() -> "Iterable[Override]":  # type: ignore[empty-body]
    """Return overrides: different renderings of the sections of one kind in one format."""


@hookspec
def kepu_checks() -> "Iterable[Check]":  # type: ignore[empty-body]
    """Return the rules for summaries that this plugin adds."""
