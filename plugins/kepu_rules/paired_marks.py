"""Marks that come in pairs according to GB/T 15834—2011: quotation marks, brackets, title marks."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from kepu_docs.plugin import N_, Check, FieldText, Finding, Subject
from kepu_rules.searching import Pattern, found

_PAIRS: Final = {
    "“": "”", "‘": "’", "（": "）", "(": "）", "《": "》", "〈": "〉", "〔": "〕", "【": "】", "「": "」", "『": "』",
}  # fmt: skip
_CLOSING: Final = {
    "”": "“", "’": "‘", "）": "（", ")": "（", "》": "《", "〉": "〈", "〕": "〔", "】": "【", "」": "「", "』": "『",
}  # fmt: skip
_SAME: Final = {"“": "“”", "”": "“”", "‘": "‘’", "’": "‘’"}
"""Quotation marks, which people type the wrong way round."""
_NEVER_CLOSED: Final = N_("this mark is not closed")
_MOST_LINES: Final = 3
_ENDS: Final = ("。", "！", "？", "；", "：", "。）")
"""Ends of a text that was not broken."""
_paired = Pattern("[“”‘’（）()《》〈〉〔〕【】「」『』]")
# Leads of points such as 1） and a).
_leading = Pattern(r"(?:^|(?<=[，。；：、,;:.\s]))[0-9A-Za-z一二三四五六七八九十]{1,3}[）)]")


def _unpaired(subject: Subject) -> Iterator[Finding]:
    if not _paired.stands_in(subject.whole):
        return
    begins = {field.path for field in subject.texts if field.text.startswith(("“", "「"))}
    # In a document with broken lines, a mark may be closed in one of the next texts.
    left: dict[str, list[_Unpaired]] = {}
    for number, field in enumerate(subject.texts):
        found_here: list[_Unpaired] = []
        if _paired.search(field.text):
            last = field.path[-1]
            following = (*field.path[:-1], last + 1) if isinstance(last, int) else ()
            found_here += _pairs(field, goes_on=following in begins)
        for each in found_here:
            if each.closes and left.get(each.closes):
                left[each.closes].pop()
            elif each.opens:
                left.setdefault(each.opens, []).append(each._replace(text=number))
            else:
                yield each.finding
        left = {kind: marks for kind, marks in left.items() if marks}
        if left and (field.text.endswith(_ENDS) or number - min(each[0].text for each in left.values()) >= _MOST_LINES):
            yield from _findings(left)
            left = {}
    yield from _findings(left)


def _findings(left: dict[str, list["_Unpaired"]]) -> Iterator[Finding]:
    return (each.finding for marks in left.values() for each in marks)


class _Unpaired(NamedTuple):
    """A mark without a partner in its text: its finding, and the kind of mark that it opens or closes."""

    finding: Finding
    opens: str = ""
    closes: str = ""
    text: int = 0
    """The number of its text."""


def _pairs(field: FieldText, *, goes_on: bool) -> Iterator[_Unpaired]:
    """Yield the marks of a text that have no partner.

    A quotation of several paragraphs is opened again in each and closed in the last; ``goes_on`` says that it
    continues.
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
                yield _Unpaired(found(field, last, _NEVER_CLOSED))
                push(match)
            else:
                message = N_("an opening mark where a closing one is needed")
                yield _Unpaired(found(field, match, message, _PAIRS[sign]))
        elif sign in _PAIRS:
            push(match)
        elif number[_CLOSING[sign]]:
            while _kind(last := pop()) != _CLOSING[sign]:
                yield _Unpaired(found(field, last, _NEVER_CLOSED))
        elif sign in _SAME and following == sign:
            push(match)
            yield _Unpaired(found(field, match, N_("a closing mark where an opening one is needed"), _CLOSING[sign]))
        elif match.start() not in points:
            yield _Unpaired(found(field, match, N_("this mark was not opened")), closes=_CLOSING[sign])
    for match in opened:
        if not (goes_on and match.start() == 0):
            yield _Unpaired(found(field, match, _NEVER_CLOSED), opens=_kind(match))


def _following(marks: list[re.Match[str]]) -> list[str]:
    """Return for each mark the next one of the same kind; quotation marks count in either direction."""
    following: list[str] = []
    coming: dict[str, str] = {}
    for match in reversed(marks):
        sort = _SAME.get(match[0], "")
        following.append(coming.get(sort, "") if sort else "")
        if sort:
            coming[sort] = match[0]
    return following[::-1]


def _kind(match: re.Match[str]) -> str:
    """Return the opening mark of its kind; for quotation marks also if the mark is reversed."""
    return _CLOSING.get(match[0], _CLOSING[_PAIRS[match[0]]] if match[0] in _PAIRS else match[0])


def _is_apostrophe(text: str, match: re.Match[str]) -> bool:
    around = text[max(match.start() - 1, 0) : match.start()] + text[match.end() : match.end() + 1]
    return match[0] == "’" and around.isascii() and around[:1].isalpha()


CHECK: Final = Check(
    "unpaired-mark",
    "error",
    N_("Quotation marks, brackets and title marks that are not paired, or face the wrong way: “学科学“."),
    N_("GB/T 15834—2011, 4.8, 4.9 and 4.15: these marks come in pairs."),
    _unpaired,
)
