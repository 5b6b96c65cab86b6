"""What plugins offer, added one plugin at a time and checked before use: everything of a plugin, or nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from threading import RLock
from typing import Any, Final, TypeAlias

import pluggy

from kepu_docs.contract import hooks
from kepu_docs.contract.checks import Check
from kepu_docs.contract.renderers import Override, Renderer
from kepu_docs.contract.sections import SectionKind
from kepu_docs.contract.sources import Source, TableSource
from kepu_docs.errors import N_, Message, Place, PluginError
from kepu_docs.registry.problems import left_out
from kepu_docs.schema import Section

NEEDS: Final = "kepu_hooks_version"
"""The attribute with which a plugin states the version of the hooks that it is written for."""

KINDS: Final = "section kind"
FORMATS: Final = "format"
SOURCES: Final = "source"
OVERRIDES: Final = "override"
CHECKS: Final = "rule"

_RULES_HOOK: Final = "kepu_checks"
_Things: TypeAlias = tuple[tuple[str, str, Any], ...]
"""Of each object that a plugin offers: what it is (``KINDS`` …), its key, and the object itself."""

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
    _RULES_HOOK: (Check, "Check"),
}
"""For each hook: the types of the objects that it returns, and their names in ``kepu_docs.plugin``."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything that one plugin offers."""

    things: _Things
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
        self._rules_later: list[tuple[str, Callable[[], Any]]] = []
        """The hooks for rules that have not been called yet, in the order of their plugins."""
        self.problems: dict[str, Message] = {}
        """What is wrong with plugins whose rules were added later."""
        self._one_at_a_time = RLock()

    def add(self, plugin: object, name: str, *, rules_later: bool = False) -> Offer:
        """Add what ``plugin`` offers; if anything is wrong with it, nothing of it is kept.

        With ``rules_later``, its rules are left to :meth:`add_rules`. Raises ``PluginError`` for anything that a plugin
        may not do, and any exception of the plugin itself.
        """
        try:
            offer = self._offer(plugin, name, rules_later=rules_later)
            self._refuse_taken(offer.things, name)
        except BaseException:
            if self._manager.is_registered(plugin):
                self._manager.unregister(plugin)
            raise
        self._keep(offer.things, name)
        if rules_later:
            self._rules_later += [(name, made) for hook, made in self._implementations(plugin) if hook == _RULES_HOOK]
        # A plugin's templates take precedence over the built-in ones.
        self.folders[:0] = offer.folders
        return offer

    def add_rules(self) -> None:
        """Add the rules that were left for later; a plugin that fails is reported, and no rule of it is kept."""
        with self._one_at_a_time:
            while self._rules_later:
                name, hook = self._rules_later.pop(0)
                try:
                    rules = _rules(_each(_RULES_HOOK, hook()))
                    self._refuse_taken(rules, name)
                except (Exception, SystemExit) as error:  # a plugin may raise anything
                    self.problems[name] = left_out(error, name)
                else:
                    self._keep(rules, name)

    def _refuse_taken(self, things: _Things, name: str) -> None:
        """Raise ``PluginError`` if another plugin offers any of these, or the plugin itself offers one twice."""
        own: set[tuple[str, str]] = set()
        for what, key, _ in things:
            owner = self.owners.get((what, key)) or (name if (what, key) in own else None)
            own.add((what, key))
            if owner is not None:
                raise PluginError.at(
                    Place(),
                    N_("the plugins {first} and {second} both offer {thing}; remove one of them"),
                    first=owner,
                    second=name,
                    thing=Message.of(_WHAT[what], key=key),
                )

    def _keep(self, things: _Things, name: str) -> None:
        for what, key, thing in things:
            self.things[what][key] = thing
            self.owners[what, key] = name

    def implements_hooks(self, plugin: object) -> bool:
        """Return whether a plugin that was added implements any hooks."""
        return bool(self._manager.get_hookcallers(plugin))

    def _offer(self, plugin: object, name: str, *, rules_later: bool) -> Offer:
        _check_version(plugin)
        self._manager.register(plugin, name)
        self._manager.check_pending()
        found: dict[str, list[Any]] = {hook: [] for hook in _HOOKS}
        # Called one by one, since pluggy ignores a hook that forgets to return anything.
        for hook, function in self._implementations(plugin):
            if hook == _RULES_HOOK:
                if rules_later:
                    continue
                self.add_rules()  # those of earlier plugins take precedence
            found[hook] += _each(hook, function())
        for kind in found["kepu_sections"]:
            _check_kind(kind)
        implemented = [hook for hook, _ in self._implementations(plugin)]
        return Offer(
            (
                *((KINDS, kind.name, kind) for kind in found["kepu_sections"]),
                *((FORMATS, renderer.format, renderer) for renderer in found["kepu_renderers"]),
                *((SOURCES, key, source) for source in found["kepu_sources"] for key in source_keys(source)),
                *((OVERRIDES, override_key(each.kind, each.format), each) for each in found["kepu_overrides"]),
                *_rules(found[_RULES_HOOK]),
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

    def _implementations(self, plugin: object) -> Iterator[tuple[str, Callable[[], Any]]]:
        """Yield the functions of a plugin that implement hooks, each with the name of its hook."""
        for caller in self._manager.get_hookcallers(plugin) or ():
            for implementation in caller.get_hookimpls():
                if implementation.plugin is plugin:
                    yield caller.name, implementation.function


def _rules(checks: Iterable[Check]) -> _Things:
    return tuple((CHECKS, check.rule, check) for check in checks)


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
