"""The hooks that a plugin may implement. Each is called once, when the registry is loaded."""

from collections.abc import Iterable
from importlib.resources.abc import Traversable

import pluggy

from kepu_docs.contract import Renderer, SectionKind, Source

PROJECT = "kepu_docs"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def kepu_sections() -> Iterable[SectionKind]:  # type: ignore[empty-body]
    """Return the section kinds that this plugin adds."""


@hookspec
def kepu_renderers() -> Iterable[Renderer]:  # type: ignore[empty-body]
    """Return the renderers that this plugin adds, one a format."""


@hookspec
def kepu_templates() -> Iterable[Traversable]:  # type: ignore[empty-body]
    """Return folders of wording templates and catalogues.

    Such a folder holds a folder a locale (``zh_Hans``), with ``sections/KIND.jinja`` and ``messages.po`` in it.
    """


@hookspec
def kepu_sources() -> Iterable[Source]:  # type: ignore[empty-body]
    """Return the sources of records that this plugin adds."""
