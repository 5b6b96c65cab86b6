"""Which locales stand in for one that has no template or label of its own."""

from typing import Final

DEFAULT_LOCALE: Final = "zh_Hans"


def fallback_chain(locale: str) -> tuple[str, ...]:
    """Return ``locale``, its parents, and the default: ``zh_Hant_HK, zh_Hant, zh, zh_Hans``."""
    parts = locale.replace("-", "_").split("_")
    chain = ["_".join(parts[:length]) for length in range(len(parts), 0, -1)]
    if DEFAULT_LOCALE not in chain:
        chain.append(DEFAULT_LOCALE)
    return tuple(chain)
