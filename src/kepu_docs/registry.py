"""The registry: what the installed plugins offer, gathered once and frozen.

The loader is our own over pluggy's manager, because pluggy's entry-point loader stops at the first plugin that
cannot be imported and lets a misspelt hook pass in silence.
"""

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
        for kind in kinds:
            self._claim(self.kinds, kind.name, kind, name, "section kind")
        for renderer in renderers:
            self._claim(self.renderers, renderer.format, renderer, name, "format")
        for key, source in sources:
            self._claim(self.sources, key, source, name, "source")
        # A stranger's templates count before ours.
        self.folders[:0] = folders
        return info

    @staticmethod
    def _claim(taken: dict[str, tuple[T, str]], key: str, value: T, plugin: str, what: str) -> None:
        if key in taken:
            raise PluginError.at(
                Place(),
                "the plugins {first} and {second} both offer the {what} “{key}”; remove one of them",
                first=taken[key][1],
                second=plugin,
                what=what,
                key=key,
            )
        taken[key] = (value, plugin)


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
    def load(cls, *, strict: bool = False) -> Self:
        """Return the registry of the installed plugins.

        A plugin that cannot be imported or registered is left out with a :class:`PluginWarning` that names it;
        with ``strict`` it is an error. Two plugins with one section kind or format are always an error.
        """
        gathering = _Gathering()
        infos = []
        for distribution, version, entry_point in _entry_points():
            name = f"{distribution}:{entry_point.name}"
            try:
                infos.append(gathering.add(entry_point.load(), name, version))
            except PluginError:
                raise
            except Exception as error:
                problem = f"{type(error).__name__}: {error}"
                if strict:
                    raise PluginError.at(
                        Place(), "the plugin {plugin} is broken: {problem}", plugin=name, problem=problem
                    ) from error
                text = N_("the plugin {plugin} is left out: {problem}")
                warnings.warn(PluginWarning(Message.of(text, plugin=name, problem=problem)), stacklevel=2)
                infos.append(PluginInfo(name, version, problem=problem))
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
