"""What plugins offer, added one plugin at a time and checked before use: everything of a plugin, or nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any, Final

import pluggy

from kepu_docs.contract import hooks
from kepu_docs.contract.checks import Check
from kepu_docs.contract.renderers import Override, Renderer
from kepu_docs.contract.sections import SectionKind
from kepu_docs.contract.sources import Source, TableSource
from kepu_docs.errors import N_, Message, Place, PluginError
from kepu_docs.schema import Section

NEEDS: Final = "kepu_hooks_version"
"""The attribute with which a plugin states the version of the hooks that it is written for."""

KINDS: Final = "section kind"
FORMATS: Final = "format"
SOURCES: Final = "source"
OVERRIDES: Final = "override"
CHECKS: Final = "rule"

TABLES: Final = "tables"
"""The key of the source that reads the tables of a program."""

_WHAT: Final = {
    KINDS: N_("the section kind “{key}”"),
    FORMATS: N_("the format “{key}”"),
    SOURCES: N_("the source “{key}”"),
    OVERRIDES: N_("the override “{key}”"),
    CHECKS: N_("the rule “{key}”"),
}

_HOOKS: Final[Mapping[str, tuple[type, str]]] = {
    "kepu_sections": (SectionKind, "SectionKind"),
    "kepu_renderers": (Renderer, "Renderer"),
    "kepu_templates": (Traversable, "Traversable"),
    "kepu_sources": (Source, "Source"),
    "kepu_overrides": (Override, "Override"),
    "kepu_checks": (Check, "Check"),
}
"""For each hook: the types of the objects that it returns, and their names in ``kepu_docs.plugin``."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything that one plugin offers."""

    things: tuple[tuple[str, str, Any], ...]
    """What it is (``KINDS`` …), its key, and the object itself."""
    folders: tuple[Traversable, ...]
    """Folders of wording templates and catalogues."""
    remarks: tuple[Message, ...]
    """Warnings for its author, which do not stop anything."""

    def keys(self, what: str) -> tuple[str, ...]:
        """Return the keys of one sort of object."""
        return tuple(key for sort, key, _ in self.things if sort == what)


class Gathering:
    """Adds plugins one by one and keeps what each of them offers."""

    def __init__(self) -> None:
        self._manager = pluggy.PluginManager(hooks.PROJECT)
        self._manager.add_hookspecs(hooks)
        self.things: dict[str, dict[str, Any]] = {what: {} for what in _WHAT}
        self.owners: dict[tuple[str, str], str] = {}
        """The plugin that offers each object, by its sort and key."""
        self.folders: list[Traversable] = []

    def add(self, plugin: object, name: str) -> Offer:
        """Add what ``plugin`` offers; if anything is wrong with it, nothing of it is kept.

        Raises ``PluginError`` for anything that a plugin may not do, and any exception of the plugin itself.
        """
        try:
            offer = self._offer(plugin, name)
            for place, (what, key, _) in enumerate(offer.things):
                owner = self.owners.get((what, key))
                if owner is None and (what, key) in [each[:2] for each in offer.things[:place]]:
                    owner = name
                if owner is not None:
                    raise PluginError.at(
                        Place(),
                        N_("the plugins {first} and {second} both offer {thing}; remove one of them"),
                        first=owner,
                        second=name,
                        thing=Message.of(_WHAT[what], key=key),
                    )
        except BaseException:
            if self._manager.is_registered(plugin):
                self._manager.unregister(plugin)
            raise
        for what, key, thing in offer.things:
            self.things[what][key] = thing
            self.owners[what, key] = name
        # A plugin's templates take precedence over the built-in ones.
        self.folders[:0] = offer.folders
        return offer

    def implements_hooks(self, plugin: object) -> bool:
        """Return whether a plugin that was added implements any hooks."""
        return bool(self._manager.get_hookcallers(plugin))

    def _offer(self, plugin: object, name: str) -> Offer:
        _check_version(plugin)
        self._manager.register(plugin, name)
        self._manager.check_pending()
        callers = self._manager.get_hookcallers(plugin) or []
        found: dict[str, list[Any]] = {hook: [] for hook in _HOOKS}
        for caller in callers:
            # Called one by one, since pluggy ignores a hook that forgets to return anything.
            for implementation in caller.get_hookimpls():
                if implementation.plugin is plugin:
                    found[caller.name] += _each(caller.name, implementation.function())
        for kind in found["kepu_sections"]:
            _check_kind(kind)
        implemented = [caller.name for caller in callers]
        return Offer(
            (
                *((KINDS, kind.name, kind) for kind in found["kepu_sections"]),
                *((FORMATS, renderer.format, renderer) for renderer in found["kepu_renderers"]),
                *((SOURCES, key, source) for source in found["kepu_sources"] for key in source_keys(source)),
                *((OVERRIDES, override_key(each.kind, each.format), each) for each in found["kepu_overrides"]),
                *((CHECKS, check.rule, check) for check in found["kepu_checks"]),
            ),
            tuple(found["kepu_templates"]),
            tuple(
                Message.of(
                    N_("the hook {hook} will be removed in the next release: {advice}"), hook=hook, advice=advice
                )
                for hook, advice in hooks.DEPRECATED.items()
                if hook in implemented
            ),
        )


def override_key(kind: str, format_name: str) -> str:
    """Return the key of an override: ``training.docx``."""
    return f"{kind}.{format_name}"


def source_keys(source: Source) -> Iterable[str]:
    """Return the suffixes and schemes (``sqlite://``) of a source, and ``TABLES`` if it reads programs' tables."""
    tables = (TABLES,) if isinstance(source, TableSource) else ()
    return (*source.suffixes, *(f"{scheme}://" for scheme in source.schemes), *tables)


def _check_version(plugin: object) -> None:
    needs = getattr(plugin, NEEDS, None)
    if needs is None:
        return
    if not isinstance(needs, int):
        raise PluginError.at(
            Place(), N_("{attribute} is {found}; expected a whole number"), attribute=NEEDS, found=repr(needs)
        )
    if needs > hooks.VERSION:
        text = N_(
            "it is written for version {needs} of the hooks, but this kepu-docs has version {version}; update kepu-docs"
        )
    elif needs < hooks.OLDEST:
        text = N_(
            "it is written for version {needs} of the hooks, but this kepu-docs has version "
            "{version}; update the plugin"
        )
    else:
        return
    raise PluginError.at(Place(), text, needs=needs, version=hooks.VERSION)


def _each(hook: str, result: Any) -> Iterator[Any]:
    """Yield what a hook returned. Raises ``PluginError`` for an object of the wrong type."""
    expected, name = _HOOKS[hook]
    # A text is iterable, too, and a single object is often returned by mistake.
    parts = [result] if isinstance(result, str | bytes | expected) or not isinstance(result, Iterable) else result
    for part in parts:
        if part is result or isinstance(part, type) or not isinstance(part, expected):
            found = part.__name__ if isinstance(part, type) else repr(part)[:80]
            text = N_("{hook} returned {found}; expected a list of {type}")
            raise PluginError.at(Place(), text, hook=hook, found=found, type=name)
        yield part


def _check_kind(kind: SectionKind) -> None:
    """Raise ``PluginError`` for a model that no record can have."""
    if not (isinstance(kind.model, type) and issubclass(kind.model, Section)):
        text = N_("the model of a section kind must be a subclass of Section; found {found}")
        raise PluginError.at(Place(), text, found=repr(kind.model)[:80])
    try:
        name = kind.name
        fits = isinstance(name, str) and name.isidentifier()
    except (TypeError, ValueError):
        fits = False
    if not fits:
        text = N_('the field kind of {model} must be a Literal with one name, as in: kind: Literal["drills"]')
        raise PluginError.at(Place(), text, model=kind.model.__name__)
    if not kind.model.__module__.startswith("kepu_docs."):
        # A model may be valid and still be unusable in a summary. The built-in models are built when first needed.
        kind.model.model_rebuild()
