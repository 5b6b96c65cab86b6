"""The two languages that Word needs for a text."""

from typing import Final

from kepu_docs.plugin import is_latin, language_tag

_LATIN: Final = "en-US"


def tags(locale: str) -> tuple[str, str]:
    """Return the language of Latin text and of East Asian text in a document of ``locale``."""
    own = language_tag(locale)
    return (own, "zh-CN") if is_latin(locale) else (_LATIN, own)
