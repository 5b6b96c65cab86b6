"""The registry: everything that the installed plugins offer, collected once and frozen.

The loader is our own, on top of pluggy's manager, because pluggy's entry-point loader stops at the first plugin that
cannot be imported and silently ignores a misspelt hook.
"""

import logging
import os
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.metadata import EntryPoint, entry_points
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Final, Self

from kepu_docs.composing.compiled import CompiledTemplates
from kepu_docs.composing.composer import Composer
from kepu_docs.composing.snapshots import Snapshot
from kepu_docs.contract.checks import Check
from kepu_docs.contract.fillable import needs_form
from kepu_docs.contract.renderers import Overridable, Override, OverrideFunction, Renderer, SectionPart
from kepu_docs.contract.sections import SectionKind
from kepu_docs.contract.sources import Source
from kepu_docs.errors import N_, Fault, FormatError, KepuError, Message, Place, PluginError
from kepu_docs.registry.offers import CHECKS, FORMATS, KINDS, OVERRIDES, SOURCES, Gathering
from kepu_docs.registry.problems import PluginWarning, left_out, problem_of
from kepu_docs.schema import WorkSummary, summary_model

__all__ = ["PluginInfo", "PluginWarning", "Registry"]

ENTRY_POINTS = "kepu_docs"
OURS = "kepu-docs"
STRICT = "KEPU_DOCS_STRICT_PLUGINS"
WITHOUT = "KEPU_DOCS_NO_PLUGIN"
_logger = logging.getLogger(__name__)
_NOWHERE: Final = Place()


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """An installed plugin: name (``distribution:entry point``), version, what it adds, and what is wrong with it."""

    name: str
    version: str
    sections: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()
    """Section kind and format of each override, as in ``training.docx``."""
    checks: tuple[str, ...] = ()
    """Names of rules."""
    idle: tuple[str, ...] = ()
    """Overrides of kinds, or in formats, that do not exist."""
    remarks: tuple[Message, ...] = ()
    """Warnings for its author, which do not stop anything."""
    problem: Message | None = None
    left_out: bool = False
    """Whether it is left out because the user asked for that."""


@dataclass(frozen=True)
class Registry:
    """Everything that the plugins offer.

    Section kinds and renderers by name; sources by suffix (``.xlsx``) and scheme (``sqlite://``); template folders in
    order of precedence. The rules of kepu-docs itself are imported when rules are first asked for.
    """

    kinds: Mapping[str, SectionKind]
    renderers: Mapping[str, Renderer]
    sources: Mapping[str, Source]
    folders: tuple[Traversable, ...]
    _gathering: Gathering = field(repr=False)
    _infos: tuple[PluginInfo, ...]
    """The plugins, without their rules."""
    installed: bool = True
    """Whether the installed plugins are included."""
    added: tuple[object, ...] = ()
    """The plugins that were passed to :meth:`of` or :meth:`load`, besides the installed ones."""
    without: tuple[str, ...] = ()
    """The plugins that were passed to :meth:`load` to be left out."""

    @classmethod
    def load(
        cls, *, strict: bool | None = None, without: Iterable[str] | None = None, plugins: Iterable[object] = ()
    ) -> Self:
        """Return the registry of the installed plugins.

        A plugin that cannot be imported or registered, or that offers something that another plugin already offers, is
        left out with a :class:`PluginWarning` that names it; with ``strict`` it is an error. ``without`` names plugins
        to leave out, by distribution or in full (``distribution:entry point``). The defaults come from the variables
        ``KEPU_DOCS_STRICT_PLUGINS`` (not empty) and ``KEPU_DOCS_NO_PLUGIN`` (separated by commas), so worker processes
        follow them too. ``plugins`` are added to the installed ones: modules or objects with hook implementations; a
        broken one is an error.
        """
        strict = bool(os.environ.get(STRICT)) if strict is None else strict
        unwanted = set(os.environ.get(WITHOUT, "").split(",") if without is None else without) - {""}
        gathering = Gathering()
        infos = []
        for distribution, version, entry_point in _entry_points():
            name = f"{distribution}:{entry_point.name}"
            if {name, distribution} & unwanted:
                infos.append(PluginInfo(name, version, left_out=True))
                continue
            try:
                # Only ours wait until rules are needed: what is wrong with another plugin is reported at once.
                is_late = distribution == OURS and not strict
                infos.append(_added(gathering, entry_point.load(), name, version, rules_later=is_late))
                _logger.debug("plugin %s %s is loaded", name, version)
            except (Exception, SystemExit) as error:  # a plugin's module may raise anything
                if strict:
                    problem = problem_of(error, name)
                    raise PluginError.at(
                        Place(), "the plugin {plugin} is broken: {problem}", plugin=name, problem=problem
                    ) from error
                infos.append(PluginInfo(name, version, problem=left_out(error, name)))
        unknown = unwanted - {part for info in infos for part in (info.name, info.name.partition(":")[0])}
        if unknown:
            raise PluginError.at(
                Place(),
                "there is no plugin “{name}”; installed plugins: {known}",
                name=", ".join(sorted(unknown)),
                known=", ".join(info.name for info in infos),
            )
        if not gathering.things[FORMATS]:
            raise PluginError.at(
                Place(),
                "no plugin is installed, not even those of kepu-docs itself; install kepu-docs: pip install -e .",
            )
        added: tuple[object, ...] = ()
        try:
            added = tuple(plugins)
            infos += _given(gathering, added)
            for plugin in added:
                if not gathering.implements_hooks(plugin):
                    raise PluginError.at(
                        Place(),
                        N_("{plugin} implements no hook; expected a module or object with functions marked @hookimpl"),
                        plugin=repr(plugin),
                    )
        except KepuError:
            raise
        except Exception as error:  # as a plugin's module may raise anything
            problem = Message.of("{error}", error=" ".join(f"{type(error).__name__}: {error}".split()))
            raise PluginError.at(Place(), "a plugin that was given is broken: {problem}", problem=problem) from error
        return replace(cls._frozen(gathering, infos), without=tuple(sorted(unwanted)), added=added)

    @classmethod
    def of(cls, *plugins: object) -> Self:
        """Return the registry of the given plugins (modules or objects with hook implementations)."""
        gathering = Gathering()
        infos = _given(gathering, plugins)
        return replace(cls._frozen(gathering, infos), installed=False, added=plugins)

    @classmethod
    def _frozen(cls, gathering: Gathering, infos: Iterable[PluginInfo]) -> Self:
        things = gathering.things
        kinds, renderers, idle = things[KINDS], dict(things[FORMATS]), set()
        functions: dict[str, dict[str, OverrideFunction]] = {}
        for key, override in things[OVERRIDES].items():
            if override.kind in kinds and isinstance(renderers.get(override.format), Overridable):
                function = _guarded(override, gathering.owners[OVERRIDES, key])
                functions.setdefault(override.format, {})[override.kind] = function
            else:
                idle.add(key)
        for name, overrides in functions.items():
            renderers[name] = renderers[name].overridden(MappingProxyType(overrides))
        return cls(
            MappingProxyType(kinds),
            MappingProxyType(renderers),
            MappingProxyType(things[SOURCES]),
            tuple(gathering.folders),
            gathering,
            tuple(replace(info, idle=tuple(key for key in info.overrides if key in idle)) for info in infos),
        )

    @property
    def _with_rules(self) -> Gathering:
        """What the plugins offer, with all rules."""
        self._gathering.add_rules()
        return self._gathering

    @cached_property
    def checks(self) -> Mapping[str, Check]:
        """The checker's rules, by name."""
        return MappingProxyType(self._with_rules.things[CHECKS])

    @cached_property
    def owners(self) -> Mapping[tuple[str, str], str]:
        """The plugin of each section kind, format, source, override and rule: ``("section kind", "training")``."""
        return MappingProxyType(self._with_rules.owners)

    @cached_property
    def plugins(self) -> tuple[PluginInfo, ...]:
        """The plugins, in the order in which they were added."""
        rules: dict[str, tuple[str, ...]] = {}
        for (what, rule), plugin in self.owners.items():
            if what == CHECKS:
                rules[plugin] = (*rules.get(plugin, ()), rule)
        problems = self._gathering.problems
        return tuple(
            replace(info, checks=rules.get(info.name, ()), problem=info.problem or problems.get(info.name))
            for info in self._infos
        )

    @cached_property
    def model(self) -> type[WorkSummary]:
        """The model of a record with the section kinds of this registry."""
        return summary_model(kind.model for kind in self.kinds.values())

    @cached_property
    def keeping_model(self) -> type[WorkSummary]:
        """The model of a record that may also have sections of other kinds, kept as data."""
        return summary_model((kind.model for kind in self.kinds.values()), unknown=True)

    def composer(
        self, locale: str, templates: Snapshot | None = None, compiled: CompiledTemplates | None = None
    ) -> Composer:
        """Return a new composer for ``locale``; keep it, since it compiles each template once.

        ``templates`` is a user's own folder, which takes precedence over those of the plugins. ``compiled`` is the
        argument of :class:`Composer`.
        """
        folders = self.folders if templates is None else (templates, *self.folders)
        owners = {kind: self._gathering.owners[KINDS, kind] for kind in self.kinds}
        return Composer(self.kinds, folders, locale, owners, guarded=templates is not None, compiled=compiled)

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats that any record can be rendered in, without a form."""
        return tuple(name for name, renderer in self.renderers.items() if not needs_form(renderer))

    def renderer(self, format_name: str) -> Renderer:
        """Return the renderer of a format. Raises ``FormatError`` naming the known formats."""
        try:
            return self.renderers[format_name]
        except KeyError:
            raise FormatError.at(
                Place(),
                "there is no format “{format}”; the formats are: {known}",
                format=format_name,
                known=", ".join(sorted(self.renderers)),
            ) from None


def _given(gathering: Gathering, plugins: Iterable[object]) -> list[PluginInfo]:
    """Add plugins that the caller passed. Raises ``PluginError`` for a broken one."""
    return [
        _added(gathering, plugin, getattr(plugin, "__name__", None) or f"plugin {position}", "")
        for position, plugin in enumerate(plugins, 1)
    ]


def _added(gathering: Gathering, plugin: object, name: str, version: str, *, rules_later: bool = False) -> PluginInfo:
    """Add a plugin and return its description. Raises anything for a broken one."""
    offer = gathering.add(plugin, name, rules_later=rules_later)
    for remark in offer.remarks:
        text = N_("the plugin {plugin}: {remark}")
        warnings.warn(PluginWarning(Message.of(text, plugin=name, remark=remark)), stacklevel=3)
    return PluginInfo(
        name,
        version,
        offer.keys(KINDS),
        offer.keys(FORMATS),
        offer.keys(SOURCES),
        offer.keys(OVERRIDES),
        remarks=offer.remarks,
    )


def _guarded(override: Override, plugin: str) -> OverrideFunction:
    """Return the function of an override; errors that it raises, and invalid results, name the plugin."""

    def failed(error: object, place: Place = _NOWHERE) -> Fault:
        values = {"kind": override.kind, "format": override.format, "plugin": plugin, "error": error}
        text = N_("the override of “{kind}” in the format “{format}” (plugin {plugin}) failed: {error}")
        return Fault(place, text, tuple(values.items()))

    def render(part: SectionPart) -> str:
        try:
            return part.accept(override.render(part))
        except KepuError as error:
            faults = [failed(fault.as_message, fault.place) for fault in error.faults]
            raise PluginError(faults) from error
        except (Exception, SystemExit) as error:  # a plugin's override may raise anything
            raise PluginError([failed(repr(error))]) from error

    return render


def _entry_points() -> Iterable[tuple[str, str, EntryPoint]]:
    """Return distribution, version and entry point of the plugins, those of kepu-docs first, then by name."""
    found = {}
    read: dict[int, tuple[str, str]] = {}
    for entry_point in entry_points(group=ENTRY_POINTS):
        name, version = "", ""
        if (distribution := entry_point.dist) is not None:
            if id(distribution) not in read:  # its metadata is read anew each time that it is asked for
                metadata = distribution.metadata
                read[id(distribution)] = metadata["Name"], metadata["Version"]
            name, version = read[id(distribution)]
        found[name != OURS, name, entry_point.name] = (name, version, entry_point)
    return [found[key] for key in sorted(found)]
