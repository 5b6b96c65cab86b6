"""How many columns a text takes on a page of fixed pitch, where a hanzi takes two.

Widths are those of Unicode's East Asian Width (UAX #11). Ambiguous characters (“ ” — … ①) count as wide, as the
annex has it for East Asian text.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

_ZERO_WIDTH_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"

# Text of these characters alone, which is nearly all text, has nothing that joins its neighbour.
_SEPARATE = re.compile(
    r"[ -~\u00a0-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u205e\u2100-\u214f\u2460-\u24ff"
    r"\u3000-\u3029\u3041-\u3096\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff9d]*"
)

# Of these, ASCII takes one column and the others two; in UTF-8 one byte and three.
_EVEN = re.compile(
    r"[ -~\u2014\u2018\u2019\u201c\u201d\u2026\u2460-\u2473"
    r"\u3000-\u3029\u3041-\u3096\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60]*"
)
# In UTF-16 the higher byte of ASCII is zero.
_BY_HIGHER_BYTE = bytes([1] + [2] * 255)


@lru_cache(maxsize=8192)
def _columns(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"} or _is_final_jamo(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def _is_final_jamo(char: str) -> bool:
    """Whether ``char`` is a vowel or final of Hangul, drawn into the syllable before it."""
    return "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7ff"


def graphemes(text: str) -> Sequence[str]:
    """Return ``text`` cut into what a reader sees as one character.

    A short form of UAX #29: marks, joiners and invisible signs stay with what stands before them, unless that is white
    space; emoji that a joiner links, skin tones, and the two letters of a flag stay together.
    """
    if _SEPARATE.fullmatch(text):
        return text
    starts = [0]
    for place, (before, char) in enumerate(pairwise(text), start=1):
        alone = starts[-1] == place - 1
        if not _joins(before, char, alone=alone):
            starts.append(place)
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


def _joins(before: str, char: str, *, alone: bool) -> bool:
    """Whether ``char`` belongs to the grapheme that ``before`` ends, and that it makes ``alone``."""
    if before.isspace():
        return False
    category = unicodedata.category(char)
    if category[0] == "M" or category == "Cf" or _is_final_jamo(char):
        return True
    if "\U0001f3fb" <= char <= "\U0001f3ff":  # skin tones
        return True
    if before == _ZERO_WIDTH_JOINER:
        return category == "So"
    return alone and _is_flag_letter(before) and _is_flag_letter(char)


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def grapheme_width(grapheme: str) -> int:
    """Return the columns that one grapheme takes: 0, 1 or 2."""
    if len(grapheme) == 1:
        return _columns(grapheme)
    return 2 if _EMOJI_STYLE in grapheme else min(2, sum(map(_columns, grapheme)))


def measured(text: str) -> tuple[Sequence[str], Iterable[int]]:
    """Return the graphemes of ``text``, and the columns that each of them takes."""
    if _EVEN.fullmatch(text):
        return text, text.encode("utf-16-le")[1::2].translate(_BY_HIGHER_BYTE)
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
    """Return the columns that each of ``texts`` takes; most are even, which one look at all of them shows."""
    if not _EVEN.fullmatch("".join(texts)):
        return list(map(width, texts))
    return [(len(text) + len(text.encode())) // 2 for text in texts]


def blank(columns: int, *, latin: bool = False) -> str:
    """Return white space of so many columns.

    It is full-width as far as possible, so that it lines up with hanzi, but in languages of the Latin script.
    """
    return " " * columns if latin else "\u3000" * (columns // 2) + " " * (columns % 2)
