"""Punctuation according to GB/T 15834—2011: half-width marks, doubled marks, ellipses, colons, names in a row."""

from collections.abc import Iterator
from typing import Final

from kepu_docs.plugin import N_, Check, Finding, Subject, half_width_marks
from kepu_rules.searching import HANZI, Pattern, found, has_hanzi, numbers_apart

_HALF_WIDTH: Final = N_("half-width punctuation next to Chinese characters")
_half = Pattern(r"[,;:?!.()\"']")
_stop = Pattern(f"(?<=[{HANZI}”》）])\\.(?=[{HANZI}“《”]|$)")


def _half_width(subject: Subject) -> Iterator[Finding]:
    for heading in numbers_apart(subject):
        if "(" in heading.number or ")" in heading.number.lstrip(_LEADING):
            text = N_("half-width brackets around the number {number}")
            yield Finding(heading.path, text, (("number", heading.number),))
    if not _half.stands_in(subject.whole):
        return
    for field in subject.texts:
        text = field.text
        if not _half.search(text) or not has_hanzi(text):
            continue
        for mark in half_width_marks(text):
            yield Finding(field.path, _HALF_WIDTH, (), mark.place, mark.place + 1, mark.right, not mark.is_quote)
        for match in _stop.finditer(text):
            yield found(field, match, _HALF_WIDTH)


_LEADING: Final = "0123456789abcdefgh）)"
"""Characters before the single bracket of 1) and a)."""

_DOUBLED: Final = N_("these marks cannot follow each other")
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
                yield found(field, match, N_("punctuation is repeated"), twice, safe=True)
            else:
                yield found(field, match, _DOUBLED)


_dots = Pattern(r"(?<!\.)\.{3,}(?!\.)|。{3,}|(?<!…)…(?!…)|…{3,}", needs=("…", "...", "。。"))
_and_so_on = Pattern("等[^，。；！？…]{0,2}……|……等(?!级|待|于|同|到|候|着|量|额|离|闲)", needs=("……",))


def _ellipses(subject: Subject) -> Iterator[Finding]:
    for field, match in _dots.matches(subject):
        around = field.text[max(match.start() - 1, 0) : match.start()] + field.text[match.end() : match.end() + 1]
        if has_hanzi(around):
            safe = match[0] in ("...", "。。。", "…")
            yield found(field, match, N_("an ellipsis has six dots, ……"), "……", safe=safe)
    for field, match in _and_so_on.matches(subject):
        yield found(field, match, N_("an ellipsis and 等 mean the same; use one of them"))


_ANNOUNCING: Final = (
    "总结|總結|汇报|匯報|报告|報告|介绍|介紹|通报|通報|说明|說明|安排|情况|情況|做法|成效|打算|计划|計劃|计畫|計畫|体会|體會|措施|意见|意見|小结|小結|公布|公佈|建议"
    "|建議|内容|內容|名单|名單|问题|問題|思路|部署|特点|特點|任务|任務|目标|目標|要求|原因|方案|通知|反馈|数据|數據|经验|經驗|具体|具體|分述|现|現"
)
_FIRST: Final = "一、|一是|[（(][一1]|第一|首先|1[.．、]|①"
# In many documents a full stop ends the announcement if headings follow.
_without_colon = Pattern(rf"(?:{_ANNOUNCING})如下(?:[；;，,.]$|(?=$)|[。；;.，,]?(?={_FIRST}))", needs=("如下",))


def _colons(subject: Subject) -> Iterator[Finding]:
    for field, match in _without_colon.matches(subject):
        if field.path[-1] in ("heading", "title", "caption"):
            continue
        start = field.text.index("如下", match.start())
        text = N_("this introduces what follows, so a colon is needed after it")
        yield Finding(field.path, text, (), start, match.end(), "如下：", True)


_names_in_row = Pattern("、(?<=[”》]、)(?=[“《])", needs=("”、", "》、"))


def _names(subject: Subject) -> Iterator[Finding]:
    for field, match in _names_in_row.matches(subject):
        # The correction is to delete it.
        yield found(field, match, N_("no 、 is needed between names in quotation or title marks"), "")


CHECKS: Final = (
    Check(
        "half-width",
        "error",
        N_(
            'Half-width punctuation (, ; : ? ! ( ) "") next to Chinese characters; it is right in '
            "figures and addresses."
        ),
        N_("GB/T 15834—2011, 5.1: a punctuation mark takes the place of one character."),
        _half_width,
    ),
    Check(
        "doubled-mark",
        "error",
        N_("Marks that are repeated, or that cannot follow each other: 。。 ，。"),
        N_("GB/T 15834—2011, 5.1."),
        _doubled_marks,
    ),
    Check(
        "ellipsis",
        "warning",
        N_("Ellipses with more or fewer than six dots, and ellipses together with 等."),
        N_("GB/T 15834—2011, 4.11 and A.9.2."),
        _ellipses,
    ),
    Check(
        "missing-colon",
        "warning",
        N_("No colon where something is introduced: 总结如下 at the end of a paragraph, or before 一、."),
        N_("GB/T 15834—2011, 4.7.3.1: a colon introduces what follows."),
        _colons,
    ),
    Check(
        "names-in-row",
        "info",
        N_("、 between names in quotation or title marks: 《甲》、《乙》."),
        N_("GB/T 15834—2011, 4.5.3.5: usually no 、 is used; it is used if something else comes between them."),
        _names,
    ),
)
