"""Marks of an outline: the numbers of headings and points, in half and full width, in all usual forms."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from kepu_docs.typography.numerals import number_of

MarkStyle: TypeAlias = Literal[
    "part", "chapter", "section", "roman", "formal hanzi", "hanzi", "bracketed hanzi", "bare arabic", "arabic",
    "decimal 2", "decimal 3", "decimal 4", "bracketed arabic", "half bracket", "circled", "letter",
    "bullet", "is", "ordinal", "of them",
]  # fmt: skip

RANKS: Final[dict[MarkStyle, int]] = {
    "part": 0, "chapter": 1, "section": 2, "roman": 3, "formal hanzi": 4, "hanzi": 5, "bracketed hanzi": 6,
    "bare arabic": 7, "arabic": 8, "decimal 2": 9, "decimal 3": 10, "decimal 4": 11, "bracketed arabic": 12,
    "half bracket": 13, "circled": 14, "letter": 15,
}  # fmt: skip
"""The styles that number headings, from the highest level to the lowest: 一、（一）1.（1）①."""

TITLE_NUMBERS: Final[tuple[MarkStyle, ...]] = ("arabic", "bare arabic", "bracketed arabic", "half bracket")
"""The styles in which titles are numbered in a collection of summaries."""

LEADS: Final[tuple[MarkStyle, ...]] = ("is", "ordinal", "of them")
"""一是, 第一， and 其一，: these introduce points, never headings."""

_HANZI: Final = "[一二三四五六七八九十百零〇壹贰貳叁參肆伍陆陸柒捌玖拾廿]{1,5}"
_NUMBER: Final = "[0-9０-９]{1,2}"
_BLANK: Final = r"[ \u00a0\u3000]"


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a line: its style, number, original form, and where the text after it begins."""

    style: MarkStyle
    number: int
    written: str
    end: int
    parts: tuple[int, ...] = ()
    """The numbers of a decimal mark: 1, 2 for 1.2."""

    @property
    def is_lead(self) -> bool:
        """Whether it only introduces points."""
        return self.style in LEADS


_WRITTEN: Final[tuple[tuple[MarkStyle, str], ...]] = (
    ("part", rf"第({_HANZI}|{_NUMBER}){_BLANK}?(?:部分|编|編)[、:：.．]?{_BLANK}*"),
    ("chapter", rf"第({_HANZI}|{_NUMBER}){_BLANK}?章[、:：.．]?{_BLANK}*"),
    ("section", rf"第({_HANZI}|{_NUMBER}){_BLANK}?[节節](?=[、:：.．]|{_BLANK})[、:：.．]?{_BLANK}*"),
    ("is", r"([一二三四五六七八九十]{1,3})是(?![一二三四五六七八九十]是)"),
    ("ordinal", rf"第([一二三四五六七八九十]{{1,3}})(?:{_BLANK}?[，,、：:]{_BLANK}?|是)"),
    ("of them", rf"其([一二三四五六七八九])(?:{_BLANK}?[，,、：:]{_BLANK}?|是)"),
    ("formal hanzi", rf"([壹贰貳叁參肆伍陆陸柒捌玖拾]{{1,3}}){_BLANK}?[、．.]{_BLANK}*"),
    ("hanzi", rf"({_HANZI}){_BLANK}?[、．.]{_BLANK}*"),
    ("hanzi", rf"({_HANZI})(?:[，,]|{_BLANK}+)(?=[^，,。；;！？!?]{{2,30}}$){_BLANK}*"),
    ("bracketed hanzi", rf"[（(〔\[【]{_BLANK}?({_HANZI}){_BLANK}?[)）〕\]】]{_BLANK}?[、．.：:]?{_BLANK}*"),
    ("bracketed hanzi", rf"([㈠-㈩])[、．.]?{_BLANK}*"),
    ("arabic", rf"({_NUMBER}){_BLANK}?(?:[、．]|[.，](?![0-9０-９])){_BLANK}*"),
    ("arabic", rf"([⒈-⒛]){_BLANK}*"),
    # 1.9月16日 is the first point, about 16 September.
    ("arabic", r"([0-9]{1,2})[.．](?=[0-9]{1,2}月(?:[0-9]{1,2}[日号至—\-]|份|[上中下]旬|[，,初底]))"),
    ("bare arabic", rf"({_NUMBER}){_BLANK}+(?=[^。；;！？!?]{{2,80}}(?<![.:：])$)"),
    ("bracketed arabic", rf"[（(]{_BLANK}?({_NUMBER}){_BLANK}?[)）]{_BLANK}?[、．.]?{_BLANK}*"),
    ("bracketed arabic", rf"([⑴-⒇])[、．.]?{_BLANK}*"),
    ("half bracket", rf"({_NUMBER}){_BLANK}?[)）][、．.]?{_BLANK}*"),
    ("circled", rf"([①-⑳㉑-㉟㊱-㊿❶-❿])[、．.]?{_BLANK}*"),
    ("roman", rf"([Ⅰ-Ⅻ])[、．.]?{_BLANK}*"),
    ("roman", rf"([IVX]{{1,5}})[、．.]{_BLANK}*(?=\S)"),
    ("letter", rf"([A-H])(?:[、．]|[.)）](?=[{_BLANK[1:-1]}\u3400-\u9fff])){_BLANK}*"),
    ("bullet", rf"([•●◆■▪➢※·○◇□★☆])(?:{_BLANK}*(?=\S)|$)"),
)
_SHAPES: Final = tuple((style, re.compile(shape)) for style, shape in _WRITTEN)
_decimal = re.compile(rf"({_NUMBER}(?:[.．]{_NUMBER}){{1,3}})[.．、]?(?:{_BLANK}+|(?![月日号])(?=[^\W\d_]))")
_FIRSTS: Final = frozenset(
    "第其一二三四五六七八九十百零〇壹贰貳叁參肆伍陆陸柒捌玖拾廿（(〔[【0123456789０１２３４５６７８９IVXABCDEFGH"
    "•●◆■▪➢※·○◇□★☆"
) | {chr(code) for first, last in (
    (0x2160, 0x216C), (0x2460, 0x249B), (0x3220, 0x3229), (0x3251, 0x325F), (0x32B1, 0x32BF), (0x2776, 0x277F),
) for code in range(first, last + 1)}  # fmt: skip
_ROMANS: Final = {"I": 1, "V": 5, "X": 10}


def mark_of(text: str) -> Mark | None:
    """Return the mark that ``text`` begins with, if any."""
    if text[:1] not in _FIRSTS:
        return None
    decimal = _decimal.match(text)
    if decimal:
        parts = tuple(int(part) for part in re.split("[.．]", decimal[1]))
        styles: tuple[MarkStyle, ...] = ("decimal 2", "decimal 3", "decimal 4")
        return Mark(styles[len(parts) - 2], parts[-1], decimal[0].strip(), decimal.end(), parts)
    for style, shape in _SHAPES:
        found = shape.match(text)
        if found:
            number = _value(found[1])
            if number is not None and (number or style == "bullet"):
                return Mark(style, number, found[0].strip(" \u00a0\u3000"), found.end())
    return None


def _value(written: str) -> int | None:
    number = number_of(written)
    if number is not None:
        return number
    if written and all(char in _ROMANS for char in written):
        values = [_ROMANS[char] for char in written]
        return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
    if len(written) == 1:
        if "A" <= written <= "H":
            return ord(written) - ord("A") + 1
        shown = unicodedata.normalize("NFKC", written).strip("().")
        if shown in ("•", "●", "◆", "■", "▪", "➢", "※", "·", "○", "◇", "□", "★", "☆"):
            return 0
        if all(char in _ROMANS for char in shown):
            return _value(shown)
        if unicodedata.numeric(written, None) is not None:
            return int(unicodedata.numeric(written))
        return number_of(shown)
    return None
