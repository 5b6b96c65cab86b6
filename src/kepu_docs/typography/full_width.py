"""Half-width punctuation in Chinese text, and the full-width marks that belong there (GB/T 15834—2011, 5.1).

Figures (3,000), times (9:30), formulas and addresses keep their half-width marks.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from kepu_docs.late_patterns import late_pattern

HANZI: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""For a class of regular expressions: the hanzi."""

_WIDE: Final = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_MARKS: Final = "、。，；：？！“”‘’（）《》〈〉「」『』【】〔〕…—％"

_any = late_pattern("[,:;?!()\"']")
_hanzi = late_pattern(f"[{HANZI}]")
_beside = late_pattern(
    rf"(?<=[{HANZI}{_MARKS}])[,:;?!]|[,;?!](?=[ ]?[{HANZI}“《（「])|(?<=[%℃㎡]),|(?<=[0-9%]):(?=[{HANZI}“《「])"
)
_bracket = late_pattern("[()（）]")
_behind_bracket = late_pattern("[,:;?!]")
_around = late_pattern(f"[{HANZI}》”」]")
_quote = late_pattern('[“”"]')
_single = late_pattern("(?<![A-Za-z0-9])'|'(?![A-Za-z0-9])")
_beside_quote = late_pattern(f"[{HANZI}，。、；：（）《》]")
_outline = late_pattern(r"(?:^|(?<=[。；;：:，,！？\s]))\((?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})\)")
_address = late_pattern(
    r"(?:https?://|www\.)[A-Za-z0-9\-._~:/?#@!$&'*+,;=%()]+|(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]++@[A-Za-z0-9.\-]+",
    re.IGNORECASE,
)


class HalfWidth(NamedTuple):
    """A half-width mark: its position, and the full-width mark that belongs there."""

    place: int
    right: str
    is_quote: bool = False
    """Whether it is a straight quotation mark, whose partner was found from their order."""


def half_width_marks(text: str) -> list[HalfWidth]:
    """Return the marks of ``text`` that are half-width and should not be, in order."""
    if not _any.search(text) or not _hanzi.search(text):
        return []
    found = dict(_single_marks(text))
    for start, end in _brackets(text):
        for place in (start, end):
            if text[place] in "()":
                found[place] = _WIDE[text[place]]
        behind = _behind_bracket.match(text, end + 1)
        if behind and text[end] == ")":
            found[end + 1] = _WIDE[behind[0]]
    for match in _outline.finditer(text):
        found[match.start()], found[match.end() - 1] = "（", "）"
    marks = [HalfWidth(place, right) for place, right in found.items()]
    marks += [HalfWidth(place, right, is_quote=True) for place, right in _quotes(text)]
    addresses = [match.span() for match in _address.finditer(text)]
    return sorted(each for each in marks if not any(start <= each.place < end for start, end in addresses))


def _single_marks(text: str) -> Iterator[tuple[int, str]]:
    for match in _beside.finditer(text):
        yield match.start(), _WIDE[match[0]]


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Yield the positions of brackets that contain hanzi, or are next to them."""
    opened: list[int] = []
    for match in _bracket.finditer(text):
        if match[0] in "(（":
            opened.append(match.start())
        elif opened:
            start, end = opened.pop(), match.end()
            before = text[start - 1 : start] if start else ""
            if _hanzi.search(text, start, end) or _around.search(before + text[end : end + 1]):
                yield start, end - 1


def _quotes(text: str) -> Iterator[tuple[int, str]]:
    """Yield straight quotation marks, which alternately open and close; none if one has no partner."""
    if '"' in text:
        yield from _paired(text, [match.start() for match in _quote.finditer(text)], "“”")
    if "'" in text:
        yield from _paired(text, [match.start() for match in _single.finditer(text)], "‘’")


def _paired(text: str, places: list[int], curly: str) -> Iterator[tuple[int, str]]:
    pairs: list[tuple[int, int]] = []
    begin: int | None = None
    for place in places:
        if begin is None and text[place] != curly[1]:
            begin = place
        elif begin is not None and text[place] != curly[0]:
            pairs.append((begin, place))
            begin = None
        else:
            return
    if begin is not None:
        return
    for start, end in pairs:
        around = text[max(start - 1, 0) : start] + text[end + 1 : end + 2]
        if _hanzi.search(text, start, end) or _beside_quote.search(around):
            for place, right in zip((start, end), curly, strict=True):
                if text[place] != right:
                    yield place, right
