"""Placeholders of a form or a sample that nobody filled in."""

from collections.abc import Iterator
from typing import Final

from kepu_docs.contract import Check, Finding, Subject
from kepu_docs.errors import N_
from kepu_docs.rules.searching import Pattern, found

_SIGN: Final = "[xXｘＸ×*＊○?？]"
_NOUN: Final = (
    "(?:社区|街道|小区|居委会|居民|区|市|县|省|镇|乡|村|学校|小学|中学|幼儿园|医院|公司|单位|部门|科协|同志|先生|女士|老师|教授"
    "|书记|主任|领导|月|日|号|人|名|次|场|期|份|册|户|元|万|余|多|个|项|等)"
)

# What no placeholder can do without; most texts have none of it.
_sign = Pattern(r"[xXｘＸ×*＊○?？_＿某\[【｛{…填补]")
_placeholder = Pattern(
    rf"20[xXｘＸ×*＊○?？_＿]{{2,}}年?"
    rf"|(?<![A-Za-z\d×*＊]){_SIGN}{{2,}}(?={_NOUN}|年)"
    rf"|(?<=年){_SIGN}{{1,2}}月|(?<=月){_SIGN}{{1,2}}日"
    r"|(?<![A-Za-z_])[_＿]{3,}(?![A-Za-z])"
    r"|某某(?=社区|街道|小区|居委会|区|市|县|镇|乡|村|学校|单位|公司|部门)"
    r"|(?:^|(?<=[，。；：“（]))…{1,2}年(?!年)"
    r"|[（(【\[](?:请?在?(?:此处|这里)[^（）()【】\[\]]{0,12}|待(?:填|填写|补|补充|完善)|请(?:填写|补充|输入)[^（）()【】\[\]]{0,6})[）)】\]]"
    r"|[【\[｛{]+(?:社区|街道|单位|学校|区县|姓名|年份|日期|时间|地点|人数|次数|数字|数量|金额|主题|内容|活动)(?:名|名称)?[】\]｝}]+"
)
_stars = Pattern(r"\*{2,}")


def _find(subject: Subject) -> Iterator[Finding]:
    if not _sign.stands_in(subject.whole):
        return
    for field, match in _placeholder.matches(subject):
        if not (match[0].startswith("**") and _is_emphasis(field.text, match.start())):
            yield found(field, match, N_("a placeholder that nobody filled in"))


def _is_emphasis(text: str, start: int) -> bool:
    """Tell whether the stars at ``start`` begin or end words in Markdown's bold type."""
    runs = [run.start() for run in _stars.finditer(text)]
    place = runs.index(start)
    other = place + 1 if place % 2 == 0 else place - 1
    if other >= len(runs):
        return False
    first, last = sorted((start, runs[other]))
    return last - first > 3


CHECK: Final = Check(
    "placeholder",
    "error",
    N_("Placeholders that nobody filled in: 20xx年, **年, ××社区, ____, （此处填写）."),
    N_("A summary handed in with them was not read by its writer; samples and forms are full of them."),
    _find,
)
