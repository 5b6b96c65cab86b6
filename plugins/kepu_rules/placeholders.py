"""Placeholders of a form or a sample that nobody filled in."""

from collections.abc import Iterator
from typing import Final

from kepu_docs.plugin import N_, Check, FieldText, Finding, Subject
from kepu_rules.searching import HANZI, Pattern, found

_SIGN: Final = "[xXｘＸ×*＊○]"
_NO_SIGN: Final = r"(?<![A-Za-z\dｘＸ×*＊○])"
"""Before the first of several signs: they are looked at once, and not anew from each of them on."""
_NOUN: Final = (
    "(?:社区|社區|街道|小区|居委会|居民|区|區|市|县|縣|省|镇|鎮|乡|鄉|村|学校|學校|小学|中学|幼儿园|医院|公司|单位|部门|科协|同志|先生|女士|老师|教授"
    "|书记|主任|领导|年|月|日|号|人|名|次|场|期|份|册|户|元|万|余|多|个|项)"
)
_FIELDS: Final = "社区|街道|单位|学校|区县|姓名|年份|日期|时间|地点|人数|次数|数字|数量|金额|主题|内容|活动"

# What no placeholder can do without; most texts have none of it.
_sign = Pattern(r"[xXｘＸ×*＊○?？_＿某\[【｛{…填补-]")
_placeholder = Pattern(
    rf"20(?:{_SIGN}{{2,}}|[?？_＿]{{2,}}|--|[xX]['’][xX])年?"
    rf"|二[0Oo〇零○]?[xXｘＸ×*＊]{{2,}}年"
    rf"|{_NO_SIGN}{_SIGN}{{2,}}+(?={_NOUN})"
    rf"|(?<=年){_SIGN}{{1,2}}月|(?<=月){_SIGN}{{1,2}}日"
    rf"|(?<!\d)\d{{1,6}}[xX]{{2,}}(?=[{HANZI}])"
    rf"|(?<![A-Za-z_＿])(?:[_＿]{{2}}(?={_NOUN})|[_＿]{{3,}})(?![A-Za-z])"
    r"|某某(?=社区|街道|小区|居委会|区|市|县|镇|乡|村|学校|单位|公司|部门)"
    r"|(?:^|(?<=[，。；：“（]))…{1,2}年(?!年)"
    r"|[（(【\[](?:请?在?(?:此处|这里)[^（）()【】\[\]]{0,12}|待(?:填|填写|补|补充|完善))[）)】\]]"
    r"|[（(【\[]请(?:填写|补充|输入)[^（）()【】\[\]]{0,6}[）)】\]]"
    rf"|(?<![【\[｛{{])[【\[｛{{]++(?:{_FIELDS})(?:名|名称)?[】\]｝}}]++"
)
_bold: Final = {"**": Pattern(r"\*{2,}"), "__": Pattern("_{2,}")}


def _find(subject: Subject) -> Iterator[Finding]:
    if not _sign.stands_in(subject.whole):
        return
    emphasis: set[int] = set()
    last: FieldText | None = None
    for field, match in _placeholder.matches(subject):
        if match[0] in _bold and field is not last:
            last, emphasis = field, _emphasis(field.text)
        if match[0] not in _bold or match.start() not in emphasis:
            yield found(field, match, N_("a placeholder that nobody filled in"))


def _emphasis(text: str) -> set[int]:
    """Return where signs begin and end words in Markdown's bold type: ``**words**``."""
    places: set[int] = set()
    for pattern in _bold.values():
        runs = [run.start() for run in pattern.finditer(text)]
        for first, second in zip(runs[::2], runs[1::2], strict=False):
            # Between two placeholders stands one character, as in **年**月.
            if second - first > 3:
                places |= {first, second}
    return places


CHECK: Final = Check(
    "placeholder",
    "error",
    N_("Placeholders that nobody filled in: 20xx年, **年, ××社区, ____, （此处填写）."),
    N_("A summary handed in with them was not read by its writer; samples and forms are full of them."),
    _find,
)
