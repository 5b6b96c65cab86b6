"""The languages of documents: what their texts may not hold, and words to make samples of."""

import re
from dataclasses import dataclass
from typing import Final

LOCALES: Final = ("zh_Hans", "zh_Hant", "en")

_HANZI: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_FULL_WIDTH: Final = re.compile(r"[\u2e80-\uffef\U00020000-\U0003ffff]")
_CHARSETS: Final = {"zh_Hans": "gb2312", "zh_Hant": "big5"}
# Simplified characters that Big5 has as characters of their own.
_MERGED: Final = frozenset("于余后几并干云丑斗谷")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a language: ``names`` differ from one another, ``stop`` ends a sentence."""

    names: tuple[str, ...]
    community: str
    opening: str
    stop: str


WORDS: Final = {
    "zh_Hans": Words(tuple(name * 2 for name in "甲乙丙丁戊己庚辛壬癸"), "试验社区", "开头。", "。"),
    "zh_Hant": Words(tuple(name * 2 for name in "甲乙丙丁戊己庚辛壬癸"), "試驗社區", "開頭。", "。"),
    "en": Words(
        ("Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliet"),
        "Testville",
        "Once.",
        ".",
    ),
}


def foreign(text: str, locale: str) -> str:
    """Return the characters of ``text`` that the language does not write.

    Simplified Chinese is what GB 2312 has, Traditional Chinese what Big5 has; each lacks what only the other writes.
    """
    if locale == "en":
        return "".join(_FULL_WIDTH.findall(text))
    merged = _MERGED if locale == "zh_Hant" else frozenset()
    return "".join(char for char in _HANZI.findall(text) if char in merged or not _encodes(char, _CHARSETS[locale]))


def _encodes(char: str, charset: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
