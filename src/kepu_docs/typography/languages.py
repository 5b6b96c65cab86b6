"""Locales as documents name their language, and the heading of a table of contents in each."""

from typing import Final

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


def language_tag(locale: str) -> str:
    """Return the language tag of a Babel locale: ``zh-CN`` for ``zh_Hans``. Word and PDF readers know no scripts."""
    return _TAGS.get(locale, locale.replace("_", "-"))


def contents_heading(locale: str) -> str:
    """Return the heading of a table of contents; for a language that is not known, in English."""
    parts = locale.split("_")
    nearest = ("_".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((_CONTENTS[name] for name in nearest if name in _CONTENTS), _CONTENTS["en"])
