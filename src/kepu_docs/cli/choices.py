"""The values that users may choose from, and errors for unknown ones."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from kepu_docs.cli.interface import Interface
from kepu_docs.errors import N_

if TYPE_CHECKING:
    from kepu_docs.pipeline import Engine
    from kepu_docs.registry import Registry


def known_formats(registry: "Registry", given: str, interface: Interface) -> list[str]:
    """Return the formats in ``given``, which are separated by commas; raise for an unknown one."""
    formats = list(dict.fromkeys(name.strip() for name in given.split(",") if name.strip()))
    known = ", ".join(sorted(registry.renderers))
    for name in formats:
        if name not in registry.renderers:
            text = N_("there is no format “{format}”; the formats are: {known}")
            raise interface.wrong("--format", text, format=name, known=known)
    if not formats:
        raise interface.wrong("--format", N_("choose a format; the formats are: {known}"), known=known)
    return formats


def known_kinds(engine: "Engine", given: Sequence[str], interface: Interface) -> list[str]:
    """Return the given section kinds, by default all that are written by hand; raise for an unknown one.

    They may have the names that records may have for them, in any language.
    """
    kinds = engine.registry.kinds
    found = {name: kind_named(engine, name) for name in given}
    for name, kind in found.items():
        if kind is None:
            text = N_("there is no section kind “{kind}”; the section kinds are: {known}")
            shown = ", ".join(names[0] for names in kind_names(engine, interface.locale).values())
            raise interface.wrong("KIND", text, kind=name, known=shown)
    chosen = list(dict.fromkeys(filter(None, found.values())))
    return chosen or [name for name, kind in kinds.items() if not kind.model.rolled_up]


def kind_named(engine: "Engine", name: str) -> str | None:
    """Return the section kind that has a name in any language; ``None`` if none has."""
    found = kind_names(engine, "en").items()
    return next((kind for kind, names in found if _folded(name) in map(_folded, names)), None)


def kind_names(engine: "Engine", locale: str) -> dict[str, list[str]]:
    """Return all names of each section kind, that of a language first; a name that two have is the first one's."""
    vocabulary = engine.languages.vocabulary
    names: dict[str, list[str]] = {}
    # Nothing is called what another kind is called in English.
    taken = {_folded(kind): kind for kind in engine.registry.kinds}
    for kind in engine.registry.kinds:
        every = dict.fromkeys((vocabulary.choice_label(kind, locale), kind, *vocabulary.choice_names(kind)))
        names[kind] = [name for name in every if taken.setdefault(_folded(name), kind) == kind]
    return names


def complete_kinds(context: typer.Context, incomplete: str) -> list[str]:
    """Return the names of section kinds that begin like ``incomplete``, for the completion of a shell.

    They are in the interface's language; once something is typed, in any language.
    """
    interface: Interface = context.obj
    wanted = _folded(incomplete)
    found = kind_names(interface.engine(), interface.locale).values()
    like = [[name for name in names if _folded(name).startswith(wanted)] for names in found]
    return [names[0] for names in like if names]


def _folded(name: str) -> str:
    return "_".join(name.casefold().replace("-", " ").replace("_", " ").split())


def known_locale(locale: str, interface: Interface) -> None:
    """Raise for an invalid locale."""
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError) as error:
        text = N_("“{locale}” is not a locale such as zh_Hans")
        raise interface.wrong("--locale", text, locale=locale) from error
