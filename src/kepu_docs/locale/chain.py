"""Which locales stand in for one that has no template or label of its own."""

from typing import Final

DEFAULT_LOCALE: Final = "zh_Hans"

# Where Chinese is named by its country alone, the country says in which script it is written.
_SCRIPTS: Final = {"CN": "Hans", "SG": "Hans", "TW": "Hant", "HK": "Hant", "MO": "Hant"}


def canonical(locale: str) -> str:
    """Return a locale with underscores, and Chinese with its script: ``zh_Hant_TW`` for ``zh-TW``."""
    parts = locale.replace("-", "_").split("_")
    if len(parts) == 2 and parts[0] == "zh" and parts[1] in _SCRIPTS:
        parts.insert(1, _SCRIPTS[parts[1]])
    return "_".join(parts)


def parents(locale: str) -> tuple[str, ...]:
    """Return ``locale`` and what it is a variety of: ``zh_Hant_HK, zh_Hant, zh``."""
    parts = canonical(locale).split("_")
    return tuple("_".join(parts[:length]) for length in range(len(parts), 0, -1))


def fallback_chain(locale: str) -> tuple[str, ...]:
    """Return ``locale``, its parents, and the default: ``zh_Hant_HK, zh_Hant, zh, zh_Hans``."""
    chain = parents(locale)
    return chain if DEFAULT_LOCALE in chain else (*chain, DEFAULT_LOCALE)
