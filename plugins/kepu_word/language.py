"""Locales as Word names them."""

from typing import Final

from kepu_docs.plugin import is_latin

_TAGS: Final = {
    "zh": "zh-CN",
    "zh_Hans": "zh-CN",
    "zh_Hans_CN": "zh-CN",
    "zh_Hans_SG": "zh-SG",
    "zh_Hant": "zh-TW",
    "zh_Hant_TW": "zh-TW",
    "zh_Hant_HK": "zh-HK",
    "zh_Hant_MO": "zh-MO",
    "en": "en-GB",
}
_CONTENTS: Final = {"zh": "目录", "zh_Hans": "目录", "zh_Hant": "目錄", "en": "Contents"}
_LATIN: Final = "en-US"


def tag(locale: str) -> str:
    """Return the language tag of a Babel locale: ``zh-CN`` for ``zh_Hans``. Word knows no scripts."""
    return _TAGS.get(locale, locale.replace("_", "-"))


def tags(locale: str) -> tuple[str, str]:
    """Return the language of Latin text and of East Asian text in a document of ``locale``."""
    own = tag(locale)
    return (own, "zh-CN") if is_latin(locale) else (_LATIN, own)


def contents(locale: str) -> str:
    """Return the heading of a table of contents; for a language that is not known, in English."""
    parts = locale.split("_")
    nearest = ("_".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((_CONTENTS[name] for name in nearest if name in _CONTENTS), _CONTENTS["en"])
