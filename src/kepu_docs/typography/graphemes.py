"""Splitting of text into what a reader sees as characters, by the rules of UAX #29 for extended grapheme clusters.

Two rules of the annex are missing, for which Python has no data: signs before the character that they belong to (GB9b,
of Arabic and Indic scripts), and conjuncts of Indic scripts (GB9c). Two are adapted for typesetting, as the annex
allows: an invisible sign that it treats as a control (U+200B, U+2060) stays with the preceding character, and a mark
after white space is separate, as in UAX #14 (LB9 and LB10).
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

# Text of only these characters, which is nearly all text, has nothing that combines with its neighbour.
SEPARATE: Final = re.compile(
    r"[ -~\u00a0-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u205e\u2100-\u214f\u2460-\u24ff"
    r"\u3000-\u3029\u3041-\u3096\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff9d]*"
)
_KINDS: Final = (
    ("joiner", re.compile("\u200d")),
    ("mark", re.compile("[\U0001f3fb-\U0001f3ff]")),  # skin tones
    ("flag", re.compile("[\U0001f1e6-\U0001f1ff]")),  # letters; two of them make a flag
    ("picture", re.compile("[\U0001f000-\U0001faff]")),
    # Hangul in parts: leading consonants, vowels, final consonants; its syllables are below.
    ("leading", re.compile("[\u1100-\u115f\ua960-\ua97c]")),
    ("vowel", re.compile("[\u1160-\u11a7\ud7b0-\ud7c6]")),
    ("final", re.compile("[\u11a8-\u11ff\ud7cb-\ud7fb]")),
)
_MARKS: Final = frozenset(("mark", "joiner"))
_JOINED: Final = {
    "space": frozenset[str](),
    "leading": _MARKS | {"leading", "vowel", "open", "closed"},
    "vowel": _MARKS | {"vowel", "final"},
    "open": _MARKS | {"vowel", "final"},
    "closed": _MARKS | {"final"},
    "final": _MARKS | {"final"},
    "joiner": _MARKS | {"picture"},
    "flag": _MARKS | {"flag"},
}
"""The kinds of characters that may continue a grapheme that ends with a given kind; for all others only marks may."""


def graphemes(text: str) -> Sequence[str]:
    """Return ``text`` split into graphemes; ``text`` itself if each character is one."""
    if SEPARATE.fullmatch(text):
        return text
    kinds = list(map(_kind, text))
    starts = [0]
    for place, (before, kind) in enumerate(pairwise(kinds), start=1):
        joins = kind in _JOINED.get(before, _MARKS)
        if joins and kind == "picture":
            joins = kinds[starts[-1]] == "picture"
        elif joins and kind == "flag":
            joins = starts[-1] == place - 1
        if not joins:
            starts.append(place)
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


@lru_cache(maxsize=8192)
def _kind(char: str) -> str:
    """Return the relevant kind of ``char``, if it has one."""
    if char.isspace():
        return "space"
    if "\uac00" <= char <= "\ud7a3":
        # Groups of 28 Hangul syllables begin alike; the first of each has no final consonant.
        return "closed" if (ord(char) - 0xAC00) % 28 else "open"
    known = next((kind for kind, pattern in _KINDS if pattern.match(char)), "")
    category = unicodedata.category(char)
    if not known and (category[0] == "M" or category == "Cf"):
        return "mark"
    # Of Python's data, the category comes nearest to the signs that emoji are made of.
    return known or ("picture" if category in ("So", "Sm") else "")
