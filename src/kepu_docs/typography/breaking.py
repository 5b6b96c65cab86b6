"""Where a line may break, by the rules of Chinese typesetting (行首行尾禁则).

GB/T 15834-2011, 5.1, defines which marks may not begin a line and which may not end one. The strict rule of CLREQ
(Requirements for Chinese Text Layout, "Prohibition rules for line start and line end") adds that a dash or an ellipsis
may not begin a line, so neither is split. UAX #14 provides the rest, by classes: other brackets (OP, CL, CP) and stops
(EX, IS, NS), signs before and after an amount (PR, PO), white space (SP), characters that forbid a break (GL, WJ). It
also breaks words of narrow letters at hyphens and slashes; here they are kept whole, so that no number, address or code
is split.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from kepu_docs.typography.columns import grapheme_width

HYPHENS: Final = "-‐–"
"""White space before a hyphen separates it from its word (UAX #14, LB18 and LB21); it may then begin a line."""
_NOT_FIRST: Final = frozenset(
    "、。，．；：？！,.;:?!｡､‼⁇⁈⁉"  # GB/T 15834, 5.1.1 and 5.1.2; CL, EX, IS, NS
    "）］｝〕〉》」』】〗〙〛”’〞〟)]}｠｣"  # 5.1.3; CL, CP
    "—―⸺…‥⋯"  # 5.1.4, 5.1.5
    "～〜－"  # 5.1.6
    f"{HYPHENS}"
    "·・‧･"  # 5.1.7
    "／/"  # 5.1.9
    "%％‰¢￠°℃℉′″"  # PO
    "々〻ー"  # NS
)
_NOT_LAST: Final = frozenset(
    "（［｛〔〈《「『【〖〘〚“‘〝([{｟｢"  # 5.1.3; OP
    "／/"  # 5.1.9
    "$＄¥￥£￡€№±"  # PR
)
_GLUE: Final = frozenset("\u00a0\u2007\u2011\u202f\u2060\ufeff")


def may_break(units: Sequence[str], place: int) -> bool:
    """Return whether a line may end before ``units[place]``, which is not the first of the ``units``.

    ``units`` are the graphemes of a text, or its characters if each is one. White space ends the line at which it is
    broken: no line breaks before it.
    """
    before, after = units[place - 1], units[place]
    if len(before) == len(after) == 1:
        # Nearly all text consists of these.
        if "\u4e00" <= before <= "\u9fff" and "\u4e00" <= after <= "\u9fff":
            return True
        if not before.isspace():
            return _may_part_characters(before, after)
    if not before.isspace():
        return _may_part(before, after)
    if after.isspace() or before[-1] in _GLUE or after[0] in _GLUE:
        return False
    while place > 1 and units[place - 1].isspace():
        place -= 1
    begins = after[0] not in _NOT_FIRST or after[0] in HYPHENS
    return begins and units[place - 1][0] not in _NOT_LAST


def _may_part(before: str, after: str) -> bool:
    """Return whether a line may end between two graphemes, of which the first is not white space."""
    if after.isspace() or before[-1] in _GLUE or after[0] in _GLUE:
        return False
    if after[0] in _NOT_FIRST or before[0] in _NOT_LAST:
        return False
    return not (in_word(before) and in_word(after))


# The same pairs come again and again.
_may_part_characters: Final = lru_cache(maxsize=16384)(_may_part)


@lru_cache(maxsize=8192)
def in_word(unit: str) -> bool:
    """Return whether ``unit`` has the narrow characters of words, numbers and addresses (``don’t``, ``37°C``)."""
    char = unit[0]
    kind = unicodedata.east_asian_width(char)
    if kind in {"N", "Na"}:
        return grapheme_width(unit) < 2  # flags and other emoji consist of narrow characters too
    return char in "’°" or (kind == "A" and unicodedata.category(char)[0] == "L")
