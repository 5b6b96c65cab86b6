"""Wrong characters, characters that official fonts lack, and invisible characters."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from kepu_docs.plugin import N_, Check, Finding, Subject
from kepu_rules.searching import HANZI, Pattern, Wording, Wordings

_MISTAKES: Final = (
    ("仪式日程", "议事日程"), ("健络组织", "网络组织"), ("寓教与乐", "寓教于乐"), ("寓教娱乐", "寓教于乐"),
    ("丰富多采", "丰富多彩"), ("人中同到位", "人员到位"), ("带着人", "带头人"), ("再接再励", "再接再厉"),
    ("按步就班", "按部就班"), ("因地治宜", "因地制宜"), ("默守成规", "墨守成规"), ("一股作气", "一鼓作气"),
    ("脍灸人口", "脍炙人口"), ("鼎立相助", "鼎力相助"), ("一如继往", "一如既往"), ("迫不急待", "迫不及待"),
    ("走头无路", "走投无路"), ("谈笑风声", "谈笑风生"), ("坐无虚席", "座无虚席"),
    ("防范于未然", "防患于未然"), ("防范未然", "防患未然"), ("尉然成风", "蔚然成风"), ("竟相参", "竞相参"),
    ("积极份子", "积极分子"), ("部暑", "部署"), ("布署", "部署"), ("训炼", "训练"), ("演炼", "演练"),
    ("熟炼", "熟练"), ("锻练", "锻炼"), ("震憾", "震撼"), ("幅射", "辐射"), ("复盖", "覆盖"), ("宣传拦", "宣传栏"),
    ("公告拦", "公告栏"), ("警剔", "警惕"), ("气慨", "气概"), ("凑和着", "凑合着"), ("即然", "既然"),
    ("既使", "即使"), ("截止目前", "截至目前"), ("截止年底", "截至年底"), ("截止现在", "截至现在"),
    ("相辅相承", "相辅相成"), ("持之以衡", "持之以恒"), ("齐心协利", "齐心协力"), ("喜闻乐建", "喜闻乐见"),
    ("家喻户哓", "家喻户晓"), ("家谕户晓", "家喻户晓"), ("潜移墨化", "潜移默化"), ("耳濡目梁", "耳濡目染"),
    ("科谱", "科普"), ("科普干布", "科普干部"), ("自愿者", "志愿者"), ("居名", "居民"), ("社区局民", "社区居民"),
)  # fmt: skip
_AFTER: Final = {
    "带着人": "(?<=致富带着人)",
    "自愿者": "(?=队|服务|队伍|活动|们|走进|参与)",
    "居名": "(?=委员会|小组|楼)",
    "既使": "(?=是|没有)",
    "复盖": "(?=率|面|全)",
    "防范未然": "(?<!防范于未然)",
}
_WRONG: Final = Wordings(
    *(Wording(wrong + _AFTER.get(wrong, ""), wrong, right) for wrong, right in _MISTAKES),
    Wording("截止(?<![^，。；\\n]截止)(?=\\d{4}年)", "截止", "截至"),
    Wording("登陆(?=网站|平台|系统|账号|微信|公众号|小程序)", "登陆", "登录"),
    Wording("做为(?<![叫当看]做为)(?=一[项名个种]|社区|重要|重点|主要|载体|抓手)", "做为", "作为"),
    Wording("变的(?<![改转]变的)(?=更加|越来越|十分|非常|极为)", "的", "得"),
)

_UNITS: Final = {"㎡": "平方米", "㎞": "千米", "㎏": "千克", "㎝": "厘米", "㎜": "毫米", "㎎": "毫克", "㏄": "毫升"}
_MOST_RARE: Final = 0.02
_hanzi = Pattern(f"[{HANZI}\U00020000-\U000323af]")


@cache
def _known() -> frozenset[str]:
    """Return all characters of GB 2312 and ASCII."""
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xFF) for cell in range(0xA1, 0xFF))
    return frozenset("".join(pair.decode("gb2312", "ignore") for pair in pairs)) | frozenset(map(chr, range(128)))


def _rare(subject: Subject) -> Iterator[Finding]:
    try:
        subject.whole.encode("gb2312")
    except UnicodeEncodeError:
        signs = frozenset(subject.whole) - _known()
    else:
        return
    if _is_traditional(subject, signs):
        return
    strange = [signs & set(field.text) for field in subject.texts]
    for field, characters in zip(subject.texts, strange, strict=True):
        for character in sorted(characters):
            right = _UNITS.get(character)
            if right is None and not _hanzi.match(character):
                continue
            start = field.text.index(character)
            text = (
                N_("many fonts for official documents lack this sign; write the unit in words")
                if right
                else N_("many fonts for official documents lack this character; check that it is shown when printed")
            )
            yield Finding(field.path, text, (), start, start + 1, right)


def _is_traditional(subject: Subject, strange: frozenset[str]) -> bool:
    """Return whether a record is written in traditional characters, most of which GB 2312 lacks."""
    rare = sum(subject.whole.count(character) for character in strange if _hanzi.match(character))
    return rare > 3 and rare > len(subject.whole) * _MOST_RARE


CHECKS: Final = (
    Check(
        "wrong-character",
        "error",
        N_("Words written with a wrong character: 仪式日程 for 议事日程, 寓教与乐 for 寓教于乐."),
        N_("Spelling follows dictionaries of modern Chinese; the mistakes were seen in published summaries."),
        _WRONG.rule(N_("a wrong character")),
    ),
    Check(
        "rare-character",
        "info",
        N_("Characters missing from GB 2312 fonts such as 仿宋_GB2312 and 楷体_GB2312: ㎡, 喆."),
        N_("GB/T 9704—2012 requires 仿宋 and 楷体; the usual font files have the 6,763 hanzi of GB 2312."),
        _rare,
    ),
)
