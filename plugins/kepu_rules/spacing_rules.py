"""Blanks where Chinese has none, and invisible characters."""

from collections.abc import Iterator
from re import Match
from typing import Final

from kepu_docs.plugin import N_, Check, Finding, Subject
from kepu_rules.searching import HANZI, SURNAMES, Pattern, found

_BLANK: Final = r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]"
_MARKS: Final = "，。、；：？！”’）》」』】〕"
_OPENING: Final = "“‘（《「『【〔"
_blank = Pattern(rf"{_BLANK}++(?=\S)", needs=tuple(" \t\u00a0\u2002\u2003\u2009\u202f\u205f\u3000"))
_chinese_before = Pattern(f"[{HANZI}{_MARKS}]")
_chinese_after = Pattern(f"[{HANZI}{_MARKS}{_OPENING}]")
_sentence = Pattern("[，。；：、！？]")
_BEHIND_NUMBER: Final = "[一二三四五六七八九十]{1,3}"
_numbered = Pattern(
    rf"^(?:{_BEHIND_NUMBER}[、，．.]?|[（(](?:{_BEHIND_NUMBER}|\d{{1,2}})[）)]、?|\d{{1,2}}[.．、]|第{_BEHIND_NUMBER}[章节部分条编]{{1,2}}、?"
    r"|附件|附录|图|表|注)[：:]?$"
)
_LONGEST_NUMBER: Final = 8
_label = Pattern(f"[{HANZI}]{{2,6}}[：:]")
_alone_before = Pattern(f"(?:^|[^{HANZI}])[{HANZI}]$")
_alone_after = Pattern(f"[{HANZI}](?![{HANZI}])")
_given_name = Pattern(f"[{HANZI}](?:[、，。；）等同任为為担擔]|$)")
_BANNER: Final = 3
"""The fewest hanzi in a part of a banner: “学科学 爱科学 用科学”."""
_FORM_BLANK: Final = ("年", "月")
_SLOGAN_MARKS: Final = frozenset("，。；：、！？")


def _blanks(subject: Subject) -> Iterator[Finding]:
    for field, match in _blank.matches(subject):
        # A text without marks is not a sentence: a title on two lines, a list of names, a heading.
        parts = match.start() > 0 and _parts_chinese(field.text, match.start(), match.end())
        if parts and _sentence.search(field.text) and not _may_stand(field.text, match):
            yield found(field, match, N_("a space between Chinese characters or next to their punctuation"), "")


def _parts_chinese(text: str, start: int, end: int) -> bool:
    """Return whether a blank is between hanzi or beside a Chinese punctuation mark."""
    before, after = text[start - 1], text[end]
    if before in _OPENING:
        return after not in "）】〕"  # a bracket to be filled in is a placeholder
    if before in _MARKS or after in _MARKS:
        return True
    return _chinese_before.match(before) is not None and _chinese_after.match(after) is not None


def _may_stand(text: str, match: Match[str]) -> bool:
    """Return whether a blank is one that people set on purpose."""
    start, end = match.span()
    before, after = text[start - 1], text[end]
    if before in _FORM_BLANK and after in "月日":
        return True  # a date that nobody filled in is a placeholder
    if before in "：:" and after.isascii():
        return True  # before an address
    if start <= _LONGEST_NUMBER and _numbered.match(text[:start]):
        return True
    if _label.match(text, end) and before not in _OPENING:
        return True  # 主办单位：…　　承办单位：…
    if _alone_before.search(text, max(start - 2, 0), start) and _alone_after.match(text, end):
        return True  # 王　某, 工 作 总 结
    if before in SURNAMES and _given_name.match(text, end):
        return True  # 由王　某、李　某等组成
    return _is_banner(text, start, end)


def _is_banner(text: str, start: int, end: int) -> bool:
    """Return whether a blank separates two parts of equal length within quotation marks, without any other mark."""
    opened = max(text.rfind(sign, 0, start) for sign in "“「《")
    closed = min((place for sign in "”」》" if (place := text.find(sign, end)) >= 0), default=-1)
    if opened < 0 or closed < 0:
        return False
    inner = text[opened + 1 : closed]
    parts = inner.split()
    if not _SLOGAN_MARKS.isdisjoint(inner) or len({len(part) for part in parts}) != 1 or inner != inner.strip():
        return False
    return len(parts[0]) >= _BANNER


_hidden = Pattern(
    r"[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]"
    rf"|(?<=[{HANZI}{_MARKS}])\u200d|\u200d(?=[{HANZI}{_MARKS}])"
)
_LOST: Final = "\ufffd\ufffc"


def _hidden_characters(subject: Subject) -> Iterator[Finding]:
    if subject.whole.replace("\n", "").isprintable() and not any(sign in subject.whole for sign in _LOST):
        return  # invisible characters are not printable, which is quick to check
    for field, match in _hidden.matches(subject):
        code = f"U+{ord(match[0]):04X}"
        if match[0] in _LOST:
            text = N_("{code} marks a lost character; check the original text")
            yield found(field, match, text, code=code)
        elif "\ue000" <= match[0] <= "\uf8ff" or match[0] >= "\U000f0000":
            text = N_("{code} has no fixed meaning: each font shows something else, or nothing")
            yield found(field, match, text, code=code)
        else:
            text = N_("{code} is invisible, and may split words or change their order")
            yield found(field, match, text, "", safe=True, code=code)


CHECKS: Final = (
    Check(
        "blank",
        "warning",
        N_(
            "Spaces between Chinese characters or next to Chinese punctuation; spaces inside names "
            "and banners are not reported."
        ),
        N_(
            "Chinese has no spaces between words; they come from copying, and from YAML, which joins "
            "lines with a space."
        ),
        _blanks,
    ),
    Check(
        "hidden-character",
        "error",
        N_("Characters that are invisible (U+200B), were lost (U+FFFD) or exist in one font only (private use)."),
        N_(
            "They are copied along with text from web pages, chats and PDF, and show as boxes or "
            "change the order of words."
        ),
        _hidden_characters,
    ),
)
