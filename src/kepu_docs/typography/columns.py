"""How many columns a text takes on a page of fixed pitch, on which a hanzi takes two.

Widths are those of Unicode's East Asian Width (UAX #11). Ambiguous characters (“ ” — … ①) count as wide, as the annex
specifies for East Asian text.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from kepu_docs.typography.graphemes import graphemes

_EMOJI_STYLE: Final = "\ufe0f"

# Of these, ASCII takes one column and the others two; in UTF-8 one byte and three. None combines with its neighbours.
_EVEN: Final = re.compile(
    r"[ -~\u2014\u2018\u2019\u201c\u201d\u2026\u2460-\u2473"
    r"\u3000-\u3029\u3041-\u3096\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60]*"
)
# The columns of a character of ASCII, and of a question mark, which stands for all others.
_BY_ASCII: Final = bytes(2 if sign == ord("?") else 1 for sign in range(256))


@lru_cache(maxsize=8192)
def _columns(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def grapheme_width(grapheme: str) -> int:
    """Return the columns that one grapheme takes: 0, 1 or 2."""
    if len(grapheme) == 1:
        return _columns(grapheme)
    return 2 if _EMOJI_STYLE in grapheme else min(2, sum(map(_columns, grapheme)))


def measured(text: str) -> tuple[Sequence[str], Iterable[int]]:
    """Return the graphemes of ``text``, and the columns that each of them takes."""
    if _EVEN.fullmatch(text):
        return text, text.replace("?", "!").encode("ascii", "replace").translate(_BY_ASCII)
    units = graphemes(text)
    return units, map(grapheme_width, units)


def width(text: str) -> int:
    """Return the columns that ``text`` takes."""
    if text.isascii():
        return len(text)
    if _EVEN.fullmatch(text):
        return (len(text) + len(text.encode())) // 2
    return sum(map(grapheme_width, graphemes(text)))


def widths(texts: Sequence[str]) -> list[int]:
    """Return the columns that each of ``texts`` takes; most are uniform, which a single check of all of them shows."""
    if not _EVEN.fullmatch("".join(texts)):
        return list(map(width, texts))
    return [(len(text) + len(text.encode())) // 2 for text in texts]


def is_latin(locale: str) -> bool:
    """Return whether the language of ``locale`` has no full-width characters, and separates its words with spaces."""
    return not locale.startswith(("zh", "ja", "ko"))


def blank(columns: int, *, latin: bool = False) -> str:
    """Return white space that takes ``columns``.

    It is full-width as far as possible, so that it lines up with hanzi, except in languages in the Latin script.
    """
    return " " * columns if latin else "\u3000" * (columns // 2) + " " * (columns % 2)
