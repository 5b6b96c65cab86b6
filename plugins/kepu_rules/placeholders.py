"""Placeholders of a form or sample that nobody filled in, and Markdown signs that would be printed."""

from collections.abc import Iterator
from typing import Final

from kepu_docs.plugin import N_, Check, FieldText, Finding, Subject
from kepu_rules.searching import HANZI, SURNAMES, Pattern, found

_SIGN: Final = "[xXｘＸ×╳✕✖*＊○◯]"
_BODY: Final = (
    "社区|社區|街道|小区|小區|居委会|居委會|居民委员会|居民|区(?![域别间块分])|區(?![域別間塊分])|市(?!场)|县|縣|省|镇|鎮|乡|鄉|村"
    "|学校|學校|小学|小學|國小|中学|中學|國中|幼儿园|幼兒園|医院|醫院|公司|单位|單位|部门|部門|科协|科協|同志|先生|女士|老师|老師|教授"
    "|书记|書記|主任|领导|領導|医生|醫生"
)
"""The words that follow a placeholder for a name: the body that a summary is about."""
_MEASURE: Final = (
    "(?:[年月日号號户戶份场場期名册冊元万萬余餘多个個项項届屆处處块塊张張条條篇套台支亩畝吨米天岁歲部本盏幅堂节節门門位家级級]"
    "|人(?![们們人均])|次)(?!数|數)|平方米|公里"
)
"""The words that follow a placeholder for a number."""
_NOUN: Final = f"(?:{_BODY}|{_MEASURE})"
_FIELDS: Final = (
    "社区|街道|单位|学校|区县|姓名|年份|日期|时间|地点|人数|次数|数字|数量|金额|主题|内容|活动"
    "|社區|單位|學校|區縣|時間|地點|人數|次數|數字|數量|金額|主題|內容|活動"
)

# Occurs in every placeholder; most texts have none of these.
_sign = Pattern(r"[xXｘＸ×╳✕✖*＊○◯△□?？_＿#＃某\[【｛{<…填补補插此—OoNn-]|年[ 　]|[（(][ 　]")
_maybe = Pattern(
    r"[xXｘＸ×╳✕✖*＊○◯△□?？_＿#＃\[【｛{<…]|某某|填|插入|待[填补補完定]|[请請][补補输輸]|[此这這][处處里裡]|[年月]——|--|[OoＯ]{2}"
    r"|[Nn][处處份场場期人平万]|年[ 　]|[（(][ 　]"
)
"""Matches in all that the next two match, and is compiled in a tenth of the time."""
_placeholder = Pattern(
    rf"20(?:{_SIGN}{{2,}}+|[?？_＿]{{2,}}+|--|[xX]['’][xX])年?"
    rf"|(?:19|20)\d(?:{_SIGN}|[_＿?？])(?=年)|2[Oo]{_SIGN}{{2}}年|20[_＿]年"
    rf"|二[0Oo〇零○]?[xXｘＸ×*＊]{{2,}}+年"
    rf"|(?<=年){_SIGN}{{1,2}}月|(?<=月){_SIGN}{{1,2}}日"
    # A single sign before what has a name or a number; 3×4米 and XY are not placeholders.
    rf"|(?<![A-Za-z\dｘＸ×*＊○#+＋])[xXｘＸ×╳✕✖](?=[ 　]?{_NOUN})(?!号[表为是的、])"
    rf"|(?<=[{HANZI}])[*＊_＿○](?=(?:[年月日份场場期名册冊届屆户戶]|人(?![们們人均])|次(?!数))(?![{HANZI}]*[*＊_＿]{{2}}))"
    r"|(?<![A-Za-z\d+＋])[Nn](?=处|處|份|场|場|期|人次|平方米|万元)"
    rf"|(?<!\d)\d{{1,6}}[xX]{{2,}}+(?=[{HANZI}])"
    r"|某某(?=社区|社區|街道|[路街巷苑][^，。]{0,4}(?:社区|社區|小区|街道)|小区|居委会|[区市县镇乡村](?![某民])|学校|學校|医院|醫院|单位|單位|公司|部门)"
    r"|(?<=主席|书记|書記|主任|校长|校長|局长|局長|会长|會長|院长|院長|站长|站長|专家|專家|教授|医生|醫生|老师|老師|邀请|邀請)某某(?=先生|女士|同志|等|[、，。任担擔负負])"
    r"|(?:^|(?<=[，。；：“（]))…{1,2}年(?!年)"
    rf"|(?<=[{HANZI}])…{{1,2}}(?=份|人次|册|冊|平方米|万元|场次)"
    rf"|(?:^|(?<=[，。；：、（“ 　在由到向对與与和经從从赴请請]))--+(?={_BODY})|--+(?=年|月|日|份|人次|场次|万元)"
    r"|(?<=[年月])——(?=[月日])"
    r"|(?<=年)[ 　]+月[ 　]+(?=日)|[（(][ 　]+[）)]"
    r"|[（(【\[](?:请?在?(?:此处|这里|此處|這裡)[^（）()【】\[\]]{0,12}|[请請]?插入[^（）()【】\[\]]{0,8}|待(?:填|填写|补|补充|完善|定))[）)】\]]"
    r"|[（(【\[][请請](?:填写|补充|输入|填寫|補充|輸入)[^（）()【】\[\]]{0,6}[）)】\]]"
    r"|[【\[<](?:填写|填入|输入|填寫|填入|輸入)[^【】\[\]<>]{1,12}[】\]>]"
    r"|(?:单击|点击|點擊|按一下)(?:或点击)?(?:此处|此處|这里|這裡)(?:输入|添加|编辑|輸入|新增)[^，。\n]{0,8}"
    r"|\{\{[^{}\n]{1,40}\}\}|\$\{[^{}\n]{1,40}\}"
    rf"|(?<![【\[｛{{<])[【\[｛{{<]++(?:{_FIELDS})(?:名|名称|名稱)?[】\]｝}}>]++"
)
_run = Pattern(
    r"(?:[xXｘＸ×╳✕✖*＊○◯△□]{2,}+|[_＿]{2,}+|[#＃]{2,}+"
    rf"|(?<![A-Za-z\d])[OoＯ]{{2,}}+(?={_BODY})|(?<=[{HANZI}])\?{{2,}}+(?=份|人次|场次|名|平方米|万元))"
)
"""Several consecutive signs that leave a name or number open."""
_chinese = Pattern(f"[{HANZI}，。、；：！？“”（）《》]")
_noun = Pattern(_NOUN)
_NUMERALS: Final = "〇○零一二三四五六七八九十百千"
_chromosomes = Pattern("XX(?=染色体|染色體|型|[、和与與/]XY)")
# 志愿者王××: a person who is meant to stay anonymous.
_masked_person = Pattern(f"(?:^|[者員员户戶民师師生人志記记任长長、，：:是由和与與])[{SURNAMES}]$")
_MOST_BLANKS: Final = 2


def _find(subject: Subject) -> Iterator[Finding]:
    if not _sign.stands_in(subject.whole) or not _maybe.stands_in(subject.whole):
        return
    text = N_("a placeholder was not filled in")
    named: dict[tuple[str | int, ...], set[int]] = {}
    for field, match in _placeholder.matches(subject):
        if not _is_masked(field.text, match.start()):
            named.setdefault(field.path, set()).update(range(*match.span()))
            yield found(field, match, text)
    last: FieldText | None = None
    bold: set[int] = set()
    for field, match in _run.matches(subject):
        if field is not last:
            last, bold = field, {place for pair in _bold_pairs(field.text) for place in pair}
        start, end = match.span()
        if start in bold or not named.get(field.path, set()).isdisjoint((start, end - 1)):
            continue
        if _is_placeholder(field.text, start, end):
            yield found(field, match, text)


def _is_placeholder(text: str, start: int, end: int) -> bool:
    """Return whether several signs replace words: they are beside hanzi or Chinese marks and have no other meaning."""
    before, after = text[start - 1 : start], text[end : end + 1]
    sign = text[start]
    if (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha()):
        return False
    if before.isdigit() and (after.isdigit() or sign in "#＃*＊"):
        return False  # 138****1234, 3##楼
    if sign in "○◯" and ((before in _NUMERALS and before) or (after in _NUMERALS and after)):
        return False  # 二○○八年
    if sign in "#＃" and not before and after in (" ", "　"):
        return False  # a heading of Markdown
    if _chromosomes.match(text, start) or _is_masked(text, start):
        return False
    if sign in "_＿" and end - start > _MOST_BLANKS:
        return True
    around = (
        text[max(start - _MOST_BLANKS, 0) : start].rstrip(" 　")[-1:] + text[end : end + _MOST_BLANKS].lstrip(" 　")[:1]
    )
    return _chinese.search(around) is not None


def _is_masked(text: str, start: int) -> bool:
    return _masked_person.search(text, max(start - 2, 0), start) is not None and text[start] in "xXｘＸ×*＊○"


_pair = {"**": Pattern(r"(?<!\*)\*{2,3}(?!\*)"), "__": Pattern("(?<!_)__(?!_)")}
_CLAUSE: Final = frozenset("，。；：！？,;!?")
_LONGEST_BOLD: Final = 60


def _bold_pairs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of Markdown bold marks directly around words: ``**words**``.

    Two placeholders differ from these: between them is a clause or more, or a unit follows the second: ``**年**月``.
    """
    for sign, pattern in _pair.items():
        if sign not in text:
            continue
        runs = list(pattern.finditer(text))
        at = 0
        while at + 1 < len(runs):
            first, second = runs[at], runs[at + 1]
            inner = text[first.end() : second.start()]
            hugs = (
                1 < len(inner) <= _LONGEST_BOLD
                and inner == inner.strip()
                and _CLAUSE.isdisjoint(inner[:-1])
                and inner[0] not in "、，"
            )
            if hugs and first[0] == second[0] and not _noun.match(text, second.end()):
                yield first.start(), second.start()
                at += 2
            else:
                at += 1


_heading = Pattern(f"^#{{1,6}}[ 　]+(?=[{HANZI}（(\\d])")


def _markup(subject: Subject) -> Iterator[Finding]:
    if "**" not in subject.whole and "__" not in subject.whole and "#" not in subject.whole:
        return
    for field in subject.texts:
        for start, end in _bold_pairs(field.text):
            stop = end + (3 if field.text.startswith("***", end) else 2)
            text = N_("bold marks that would be printed; a record has no markup")
            yield Finding(field.path, text, (), start, stop, field.text[start:stop].strip("*_"))
        heading = _heading.match(field.text) if field.text[0] == "#" else None
        if heading:
            text = N_("a heading mark that would be printed; a record has no markup")
            yield found(field, heading, text, "")


CHECKS: Final = (
    Check(
        "placeholder",
        "error",
        N_("Placeholders that were not filled in: 20xx年, x社区, **年, ××社区, ____, ##人, （此处填写）."),
        N_(
            "Samples and forms are full of placeholders; one that is left in a summary shows that "
            "it was not read through."
        ),
        _find,
    ),
    Check(
        "markup",
        "warning",
        N_("Markdown markup that would be printed as it is: **words**, ## before a heading."),
        N_("Texts copied from chats contain it; a document imported from Markdown has none left."),
        _markup,
    ),
)
