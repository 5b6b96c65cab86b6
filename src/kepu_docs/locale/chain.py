"""Which locales stand in for one that has no template or label of its own."""

from typing import Final

DEFAULT_LOCALE: Final = "zh_Hans"


def parents(locale: str) -> tuple[str, ...]:
    """Return ``locale`` and what it is a variety of: ``zh_Hant_HK, zh_Hant, zh``."""
    parts = locale.replace("-", "_").split("_")
    return tuple("_".join(parts[:length]) for length in range(len(parts), 0, -1))


def fallback_chain(locale: str) -> tuple[str, ...]:
    """Return ``locale``, its parents, and the default: ``zh_Hant_HK, zh_Hant, zh, zh_Hans``."""
    chain = parents(locale)
    return chain if DEFAULT_LOCALE in chain else (*chain, DEFAULT_LOCALE)
