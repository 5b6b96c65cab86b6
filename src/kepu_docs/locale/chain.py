"""The fallbacks of a locale that has no template or label of its own."""

import re
from functools import lru_cache
from typing import Final

from kepu_docs.errors import N_, Place, TemplateError
from kepu_docs.errors.visible import excerpt

DEFAULT_LOCALE: Final = "zh_Hans"

# If Chinese is identified only by its country, the country determines the script.
_SCRIPTS: Final = {"CN": "Hans", "SG": "Hans", "TW": "Hant", "HK": "Hant", "MO": "Hant"}

_locale = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


def require_locale(locale: object) -> None:
    """Raise ``TemplateError`` for an invalid locale, such as an empty text."""
    if not isinstance(locale, str) or not _locale.fullmatch(locale):
        found = f"“{excerpt(locale)}”" if isinstance(locale, str) else type(locale).__name__
        raise TemplateError.at(
            Place(),
            N_("{found} is not a locale; expected one such as {expected}"),
            found=found,
            expected=DEFAULT_LOCALE,
        )


def canonical(locale: str) -> str:
    """Return a locale with underscores, and Chinese with its script: ``zh_Hant_TW`` for ``zh-TW``."""
    parts = locale.replace("-", "_").split("_")
    if len(parts) == 2 and parts[0] == "zh" and parts[1] in _SCRIPTS:
        parts.insert(1, _SCRIPTS[parts[1]])
    return "_".join(parts)


@lru_cache(maxsize=64)
def parents(locale: str) -> tuple[str, ...]:
    """Return ``locale`` and its parents: ``zh_Hant_HK, zh_Hant, zh``."""
    parts = canonical(locale).split("_")
    return tuple("_".join(parts[:length]) for length in range(len(parts), 0, -1))


def fallback_chain(locale: str) -> tuple[str, ...]:
    """Return ``locale``, its parents, and the default: ``zh_Hant_HK, zh_Hant, zh, zh_Hans``."""
    chain = parents(locale)
    return chain if DEFAULT_LOCALE in chain else (*chain, DEFAULT_LOCALE)
