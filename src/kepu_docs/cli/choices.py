"""The values that users may choose from, and errors for unknown ones."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kepu_docs.cli.interface import Interface
from kepu_docs.errors import N_

if TYPE_CHECKING:
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


def known_kinds(registry: "Registry", given: Sequence[str], interface: Interface) -> list[str]:
    """Return the given section kinds, by default all that are written by hand; raise for an unknown one."""
    for kind in given:
        if kind not in registry.kinds:
            text = N_("there is no section kind “{kind}”; the section kinds are: {known}")
            raise interface.wrong("KIND", text, kind=kind, known=", ".join(registry.kinds))
    return list(given) or [name for name, kind in registry.kinds.items() if not kind.model.rolled_up]


def known_locale(locale: str, interface: Interface) -> None:
    """Raise for an invalid locale."""
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError) as error:
        text = N_("“{locale}” is not a locale such as zh_Hans")
        raise interface.wrong("--locale", text, locale=locale) from error
