"""Punctuation by GB/T 15834—2011: half-width marks, pairs, doubled marks, ellipses, dashes."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from kepu_docs.plugin import N_, Check, FieldText, Finding, Subject
from kepu_rules.searching import HANZI, HAS_HANZI, Pattern, found

_FULL: Final = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_HALF_WIDTH: Final = N_("a half-width mark beside Chinese characters")
_CJK: Final = f"{HANZI}“”‘’（）《》〔〕【】、。，；：？！％"

_half = Pattern(r"[,;:?!.()\"]")
_beside = Pattern(f"(?<=[{_CJK}])[,;:?!]|[,;?!](?=[{HANZI}“《（])|(?<=[{HANZI}”》）])\\.(?=[{HANZI}“《”]|$)")
_bracket = Pattern("[()（）]")
_quoted = Pattern(f'"([^"{HANZI}]*+[{HANZI}][^"]*+)"')
_address = Pattern(r"(?:https?://|www\.)[\x21-\x7e]+", re.IGNORECASE)


def _half_width(subject: Subject) -> Iterator[Finding]:
    if not _half.stands_in(subject.whole):
        return
    for field in subject.texts:
        text = field.text
        if not _half.search(text) or not HAS_HANZI.search(text):
            continue
        addresses = [match.span() for match in _address.finditer(text)]
        for match in _beside.finditer(text):
            if any(start <= match.start() < end for start, end in addresses):
                continue
            right = _FULL.get(match[0])
            yield found(field, match, _HALF_WIDTH, right, safe=right is not None)
        for start, end in _brackets(text):
            for place in (start, end):
                if text[place] in _FULL:
                    yield Finding(field.path, _HALF_WIDTH, (), place, place + 1, _FULL[text[place]], True)
        if text.count('"') % 2 == 0:
            for match in _quoted.finditer(text):
                for place, right in ((match.start(), "“"), (match.end() - 1, "”")):
                    yield Finding(field.path, _HALF_WIDTH, (), place, place + 1, right)


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Yield where brackets open and close that have hanzi in them."""
    opened: list[int] = []
    for match in _bracket.finditer(text):
        if match[0] in "(（":
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            if HAS_HANZI.search(text, start, match.start()):
                yield start, match.start()


_PAIRS: Final = {
    "“": "”", "‘": "’", "（": "）", "(": "）", "《": "》", "〈": "〉", "〔": "〕", "【": "】", "「": "」", "『": "』",
}  # fmt: skip
_CLOSING: Final = {
    "”": "“", "’": "‘", "）": "（", ")": "（", "》": "《", "〉": "〈", "〕": "〔", "】": "【", "」": "「", "』": "『",
}  # fmt: skip
_SAME: Final = {"“": "“”", "”": "“”", "‘": "‘’", "’": "‘’"}
"""Quotation marks, which people type the wrong way round."""
_NEVER_CLOSED: Final = N_("this mark is never closed")
_paired = Pattern("[“”‘’（）()《》〈〉〔〕【】「」『』]")
# 1） and a) lead points.
_leading = Pattern(r"(?:^|(?<=[，。；：、,;:.\s]))[0-9A-Za-z一二三四五六七八九十]{1,3}[）)]")


def _unpaired(subject: Subject) -> Iterator[Finding]:
    if not _paired.stands_in(subject.whole):
        return
    begins = {field.path for field in subject.texts if field.text.startswith(("“", "「"))}
    for field in subject.texts:
        if _paired.search(field.text):
            last = field.path[-1]
            following = (*field.path[:-1], last + 1) if isinstance(last, int) else ()
            yield from _pairs(field, goes_on=following in begins)


def _pairs(field: FieldText, *, goes_on: bool) -> Iterator[Finding]:
    """Yield the marks of a text that have no partner.

    A quotation of several paragraphs opens anew in each and closes in the last: ``goes_on``.
    """
    text = field.text
    points = {match.end() - 1 for match in _leading.finditer(text)}
    marks = [match for match in _paired.finditer(text) if not _is_apostrophe(text, match)]
    opened: list[re.Match[str]] = []
    number: Counter[str] = Counter()
    """How many of each kind are open."""

    def pop() -> re.Match[str]:
        number[_kind(opened[-1])] -= 1
        return opened.pop()

    def push(match: re.Match[str]) -> None:
        number[_kind(match)] += 1
        opened.append(match)

    for match, following in zip(marks, _following(marks), strict=True):
        sign = match[0]
        if sign in _PAIRS and sign in _SAME and opened and opened[-1][0] == sign:
            last = pop()
            if following == _PAIRS[sign]:
                yield found(field, last, _NEVER_CLOSED)
                push(match)
            else:
                yield found(field, match, N_("an opening mark where a closing one belongs"), _PAIRS[sign])
        elif sign in _PAIRS:
            push(match)
        elif number[_CLOSING[sign]]:
            while _kind(last := pop()) != _CLOSING[sign]:
                yield found(field, last, _NEVER_CLOSED)
        elif sign in _SAME and following == sign:
            push(match)
            yield found(field, match, N_("a closing mark where an opening one belongs"), _CLOSING[sign])
        elif match.start() not in points:
            yield found(field, match, N_("this mark was never opened"))
    for match in opened:
        if not (goes_on and match.start() == 0):
            yield found(field, match, _NEVER_CLOSED)


def _following(marks: list[re.Match[str]]) -> list[str]:
    """Return for each mark the next of the same sort behind it: of a quotation mark the next, whichever way round."""
    following: list[str] = []
    coming: dict[str, str] = {}
    for match in reversed(marks):
        sort = _SAME.get(match[0], "")
        following.append(coming.get(sort, "") if sort else "")
        if sort:
            coming[sort] = match[0]
    return following[::-1]


def _kind(match: re.Match[str]) -> str:
    """Return the opening mark of its kind; of quotation marks also for one that stands reversed."""
    return _CLOSING.get(match[0], _CLOSING[_PAIRS[match[0]]] if match[0] in _PAIRS else match[0])


def _is_apostrophe(text: str, match: re.Match[str]) -> bool:
    around = text[max(match.start() - 1, 0) : match.start()] + text[match.end() : match.end() + 1]
    return match[0] == "’" and around.isascii() and around[:1].isalpha()


_DOUBLED: Final = N_("marks that do not stand one after the other")
_doubled = Pattern(r"(?P<twice>[，、；：。])(?P=twice)(?!(?P=twice))|[，、；：][，。；、：]+|。[，、；：]+|。{2}(?!。)")

_neighbours = Pattern("[，、；：。]{2}")


def _doubled_marks(subject: Subject) -> Iterator[Finding]:
    if not _neighbours.stands_in(subject.whole):
        return
    for field in subject.texts:
        for match in _doubled.finditer(field.text):
            before = field.text[match.start() - 1 : match.start()]
            if before == "。" and match[0].startswith("。"):
                continue
            twice = match["twice"]
            if twice and len(match[0]) == 2:
                yield found(field, match, N_("a mark that stands twice"), twice, safe=True)
            else:
                yield found(field, match, _DOUBLED)


_dots = Pattern(r"(?<!\.)\.{3,}(?!\.)|。{3,}|(?<!…)…(?!…)|…{3,}", needs=("…", "...", "。。"))
_and_so_on = Pattern("等[^，。；！？…]{0,2}……|……等(?!级|待|于|同|到|候|着|量|额|离|闲)", needs=("……",))


def _ellipses(subject: Subject) -> Iterator[Finding]:
    for field, match in _dots.matches(subject):
        around = field.text[max(match.start() - 1, 0) : match.start()] + field.text[match.end() : match.end() + 1]
        if HAS_HANZI.search(around):
            safe = match[0] in ("...", "。。。", "…")
            yield found(field, match, N_("an ellipsis is six dots, ……"), "……", safe=safe)
    for field, match in _and_so_on.matches(subject):
        yield found(field, match, N_("an ellipsis and 等 say the same; one of them is enough"))


_UNIT_OF_RANGE: Final = "(?:年(?!级)|个?月|日|岁|天|周岁|小时|分钟|万元|元|人次|人(?!民)|名|％|%)"
_range = Pattern(
    rf"(?<![\d\-.:：A-Za-z])\d{{1,5}}{_UNIT_OF_RANGE}?(?P<dash>[-－–~]{{1,2}}|——)(?=\d{{1,5}}{_UNIT_OF_RANGE})"
    rf"|(?<![\d\-])\d{{1,2}}[:：]\d\d(?P<until>[-－–~]{{1,2}})(?=\d{{1,2}}[:：]\d\d(?![:：\d]))"
    rf"|(?<=[月日])(?P<days>[-－–~]{{1,2}}|——)(?=\d{{1,2}}(?:月|日))",
    needs=("-", "－", "–", "~", "——"),
)
_broken_dash = Pattern(rf"(?<=[{HANZI}”》）])(?:--+|－－+)(?=[{HANZI}“《])", needs=("--", "－－"))


def _dashes(subject: Subject) -> Iterator[Finding]:
    for field, match in _range.matches(subject):
        start, end = next(match.span(name) for name in ("dash", "until", "days") if match[name])
        yield Finding(field.path, N_("between the ends of a range stands — or ～"), (), start, end, "—", True)
    for field, match in _broken_dash.matches(subject):
        yield found(field, match, N_("a dash is as long as two characters, ——"), "——")


_names_in_row = Pattern("、(?<=[”》]、)(?=[“《])", needs=("”、", "》、"))


def _names(subject: Subject) -> Iterator[Finding]:
    for field, match in _names_in_row.matches(subject):
        # What is to be put here is nothing.
        yield found(field, match, N_("between names in quotation or title marks usually stands no 、"), "")


CHECKS: Final = (
    Check(
        "half-width",
        "error",
        N_("Half-width marks (, ; : ? ! ( )) beside Chinese characters; in figures and addresses they are right."),
        N_("GB/T 15834—2011, 5.1: marks take the place of a character."),
        _half_width,
    ),
    Check(
        "unpaired-mark",
        "error",
        N_("Quotation marks, brackets and title marks without a partner, or turned round: “学科学“."),
        N_("GB/T 15834—2011, 4.8, 4.9 and 4.15: these marks come in pairs."),
        _unpaired,
    ),
    Check(
        "doubled-mark",
        "error",
        N_("Marks that stand twice, or two that do not follow each other: 。。 ，。"),
        N_("GB/T 15834—2011, 5.1."),
        _doubled_marks,
    ),
    Check(
        "ellipsis",
        "warning",
        N_("Ellipses of other than six dots, and ellipses with 等."),
        N_("GB/T 15834—2011, 4.11 and A.9.2."),
        _ellipses,
    ),
    Check(
        "range-dash",
        "warning",
        N_("Hyphens, half-width tildes and —— between the ends of a range (9月15日-25日), and -- for a dash."),
        N_("GB/T 15834—2011, 4.10 and 4.13."),
        _dashes,
    ),
    Check(
        "names-in-row",
        "info",
        N_("、 between names in quotation or title marks: 《甲》、《乙》."),
        N_("GB/T 15834—2011, 4.5.3.5: usually none stands there; with a note between them it does."),
        _names,
    ),
)
