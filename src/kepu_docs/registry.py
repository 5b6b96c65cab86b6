"""The registry: what the installed plugins offer, gathered once and frozen.

The loader is our own over pluggy's manager, because pluggy's entry-point loader stops at the first plugin that
cannot be imported and lets a misspelt hook pass in silence.
"""

import os
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import EntryPoint, entry_points
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, Self, TypeVar

import pluggy

from kepu_docs import hookspecs
from kepu_docs.composing import Composer
from kepu_docs.contract import Renderer, SectionKind, Source
from kepu_docs.errors import N_, KepuWarning, Message, Place, PluginError
from kepu_docs.schema import WorkSummary, summary_model

ENTRY_POINTS = "kepu_docs"
OURS = "kepu-docs"
STRICT = "KEPU_DOCS_STRICT_PLUGINS"
WITHOUT = "KEPU_DOCS_NO_PLUGIN"

T = TypeVar("T")


class PluginWarning(KepuWarning):
    """A plugin is left out because it is broken."""


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """An installed plugin: its name (``distribution:entry point``), version, what it adds, what is wrong with it."""

    name: str
    version: str
    sections: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    problem: str = ""
    left_out: bool = False
    """Whether it is left out because somebody asked for that."""


class _Gathering:
    """Registers plugins one by one and keeps what each of them offers."""

    def __init__(self) -> None:
        self.manager = pluggy.PluginManager(hookspecs.PROJECT)
        self.manager.add_hookspecs(hookspecs)
        self.kinds: dict[str, tuple[SectionKind, str]] = {}
        self.renderers: dict[str, tuple[Renderer, str]] = {}
        self.sources: dict[str, tuple[Source, str]] = {}
        self.folders: list[Traversable] = []

    def add(self, plugin: object, name: str, version: str) -> PluginInfo:
        """Take what ``plugin`` offers. Raises ``PluginError`` for a conflict, anything for a broken plugin."""
        self.manager.register(plugin, name)
        try:
            self.manager.check_pending()
            hooks = self.manager.subset_hook_caller
            others = [other for other in self.manager.get_plugins() if other is not plugin]
            kinds = _flat(hooks("kepu_sections", others)())
            renderers = _flat(hooks("kepu_renderers", others)())
            folders = _flat(hooks("kepu_templates", others)())
            sources = [(key, each) for each in _flat(hooks("kepu_sources", others)()) for key in _keys(each)]
            info = PluginInfo(
                name,
                version,
                tuple(kind.name for kind in kinds),
                tuple(renderer.format for renderer in renderers),
                tuple(key for key, _ in sources),
            )
        except BaseException:
            self.manager.unregister(plugin)
            raise
        claims: list[tuple[dict[str, tuple[Any, str]], str, Any, str]] = [
            *((self.kinds, kind.name, kind, "section kind") for kind in kinds),
            *((self.renderers, renderer.format, renderer, "format") for renderer in renderers),
            *((self.sources, key, source, "source") for key, source in sources),
        ]
        # All or nothing: one that is refused must leave nothing behind.
        for taken, key, _, what in claims:
            if key in taken:
                self.manager.unregister(plugin)
                raise PluginError.at(
                    Place(),
                    "the plugins {first} and {second} both offer the {what} “{key}”; remove one of them",
                    first=taken[key][1],
                    second=name,
                    what=what,
                    key=key,
                )
        for taken, key, value, _ in claims:
            taken[key] = (value, name)
        # A stranger's templates count before ours.
        self.folders[:0] = folders
        return info


@dataclass(frozen=True)
class Registry:
    """What the plugins offer.

    Section kinds and renderers by name; sources by suffix (``.xlsx``) and scheme (``sqlite://``); template folders,
    those that count first.
    """

    kinds: Mapping[str, SectionKind]
    renderers: Mapping[str, Renderer]
    sources: Mapping[str, Source]
    folders: tuple[Traversable, ...]
    plugins: tuple[PluginInfo, ...]

    @classmethod
    def load(cls, *, strict: bool | None = None, without: Iterable[str] | None = None) -> Self:
        """Return the registry of the installed plugins.

        A plugin that cannot be imported or registered, or that offers what another one does, is left out with a
        :class:`PluginWarning` that names it; with ``strict`` it is an error. ``without`` names plugins that are not
        wanted, by distribution or in full (``distribution:entry point``). What is not given comes from the variables
        ``KEPU_DOCS_STRICT_PLUGINS`` (not empty) and ``KEPU_DOCS_NO_PLUGIN`` (with commas); so worker
        processes heed it too.
        """
        strict = bool(os.environ.get(STRICT)) if strict is None else strict
        unwanted = set(os.environ.get(WITHOUT, "").split(",") if without is None else without) - {""}
        gathering = _Gathering()
        infos = []
        for distribution, version, entry_point in _entry_points():
            name = f"{distribution}:{entry_point.name}"
            if {name, distribution} & unwanted:
                infos.append(PluginInfo(name, version, left_out=True))
                continue
            try:
                infos.append(gathering.add(entry_point.load(), name, version))
            except Exception as error:
                conflict = isinstance(error, PluginError)
                problem = str(error) if conflict else f"{type(error).__name__}: {error}"
                if strict:
                    raise PluginError.at(
                        Place(), "the plugin {plugin} is broken: {problem}", plugin=name, problem=problem
                    ) from error
                text = N_("the plugin {plugin} is left out: {problem}")
                warnings.warn(PluginWarning(Message.of(text, plugin=name, problem=problem)), stacklevel=2)
                infos.append(PluginInfo(name, version, problem=problem))
        unknown = unwanted - {part for info in infos for part in (info.name, info.name.partition(":")[0])}
        if unknown:
            raise PluginError.at(
                Place(),
                "no plugin is called “{name}”; installed are: {known}",
                name=", ".join(sorted(unknown)),
                known=", ".join(info.name for info in infos),
            )
        if not gathering.renderers:
            raise PluginError.at(
                Place(), "no plugin is installed, not even our own; install kepu-docs: pip install -e ."
            )
        return cls._frozen(gathering, infos)

    @classmethod
    def of(cls, *plugins: object) -> Self:
        """Return the registry of the given plugins (modules or objects with hook implementations)."""
        gathering = _Gathering()
        infos = [
            gathering.add(plugin, getattr(plugin, "__name__", None) or f"plugin {position}", "")
            for position, plugin in enumerate(plugins, 1)
        ]
        return cls._frozen(gathering, infos)

    @classmethod
    def _frozen(cls, gathering: _Gathering, infos: Iterable[PluginInfo]) -> Self:
        return cls(
            MappingProxyType({name: kind for name, (kind, _) in gathering.kinds.items()}),
            MappingProxyType({name: renderer for name, (renderer, _) in gathering.renderers.items()}),
            MappingProxyType({key: source for key, (source, _) in gathering.sources.items()}),
            tuple(gathering.folders),
            tuple(infos),
        )

    @cached_property
    def model(self) -> type[WorkSummary]:
        """The model of a record with the section kinds of this registry."""
        return summary_model(kind.model for kind in self.kinds.values())

    def composer(self, locale: str, templates: Traversable | None = None) -> Composer:
        """Return a new composer for ``locale``; keep it, since it compiles each template once.

        ``templates`` is a folder that counts before those of the plugins.
        """
        folders = self.folders if templates is None else (templates, *self.folders)
        return Composer(self.kinds, folders, locale)

    def renderer(self, format_name: str) -> Renderer:
        """Return the renderer of a format. Raises ``PluginError`` naming the known formats."""
        try:
            return self.renderers[format_name]
        except KeyError:
            raise PluginError.at(
                Place(),
                "there is no format “{format}”; the formats are: {known}",
                format=format_name,
                known=", ".join(sorted(self.renderers)),
            ) from None


def _entry_points() -> Iterable[tuple[str, str, EntryPoint]]:
    """Return distribution, version and entry point of the plugins, ours first, then by name."""
    found = {}
    for entry_point in entry_points(group=ENTRY_POINTS):
        name = entry_point.dist.name if entry_point.dist else ""
        version = entry_point.dist.version if entry_point.dist else ""
        found[name != OURS, name, entry_point.name] = (name, version, entry_point)
    return [found[key] for key in sorted(found)]


def _flat(results: list[Iterable[Any]]) -> list[Any]:
    return [part for result in results for part in result]


def _keys(source: Source) -> list[str]:
    return [*source.suffixes, *(f"{scheme}://" for scheme in source.schemes)]
