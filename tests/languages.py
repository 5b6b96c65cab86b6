"""The languages of documents."""

from typing import Final

LOCALES: Final = ("zh_Hans", "zh_Hant", "en")
