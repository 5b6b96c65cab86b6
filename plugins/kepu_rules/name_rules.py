"""Names of other communities in a summary, left over from a copy."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from kepu_docs.plugin import N_, Check, FieldText, Finding, Subject, named_community
from kepu_rules.searching import HANZI, Pattern, found, has_hanzi

_ELSEWHERE: Final = {
    "partners", "organiser", "place", "trainer", "trainers", "giver", "guided_by", "name", "copied_to", "addressee",
    "printed_by", "issuer", "street", "district", "city", "province", "audience", "caption", "alt", "award", "result",
}  # fmt: skip
"""Fields in which other names are right."""

# Words that make “…社区” a kind of community, or a phrase, and not a name.
_common = Pattern(
    "[我各本全该此每某这那哪到与和及为是以对向从由把被将让给个两二三四五六七八九十多些几有无不共其另所整的了之等内间做入说讲听看"
    "学做用搞抓管建设使得能会要并且但如则]"
    "|示范|文明|和谐|科普|科学|花园|智慧|绿色|健康|平安$|幸福$|美丽$|宜居|生态|数字|书香|儿童|友好|完整|试点|先进|优秀|星级|服务"
    "|基层|城市|农村|城镇|街道|居民|驻区|相邻|周边|附近|兄弟|友邻|邻近|走进|深化|打造|带动|覆盖|联合|携手|面向|围绕|立足|依托|结合"
    "|关于|开展|组织|参观|党建|网格|单位|家庭|部门|老年|青年|低碳|无烟|零碳|韧性|防灾|减灾|安全|未来|创|推动|推进|推广|加|提|增强"
    "|丰富|满足|促进|改善|活跃|美化|净化|优化|营造|凝聚|引导|动员|发动|号召|鼓励|帮助|解决|方便|维护|保障|健全|完善|巩固|夯实|激发"
    "|调动|充实|扩大|拓展|利用|发挥|整合|盘活|改造|更新|改变|展示|宣传|普及|传播|弘扬|倡导|树立|形成|成立|选举|选派|派出|指导|督促"
    "|检查|考核|评选|表彰|奖励|慰问|走访|排查|统计|收集|听取|邀请|聘请|吸引|带领|率领|协助|配合|支持|参与|参加|投入|强化|细化|实现"
    "|确保|保证|坚持|办好|通过|经过|针对|根据|按照|依据|本着|考虑|鉴于|随着|由于|因为|所以|因此|而|同时|此外|目前|当前|日前|之前"
    "|此前|之后|随后|今后|最后|此后|后来|期间|现在|如今|今|去年|年|一直|活动|工作|过程|季|假|暑期|春节|节|时$|日$|近|上级|下辖|辖区"
    "|在|进|连|来|去|当|好$|大$|小$|新$|老$|受|获|被|作|成|动"
)
_OWN_NAME: Final = ("community", "name")
_OTHER: Final = N_("the name of another community")
_PRAISE: Final = {
    *(
        "幸福",
        "和谐",
        "文明",
        "平安",
        "美丽",
        "健康",
        "科普",
        "示范",
        "智慧",
        "绿色",
        "学习型",
        "花园",
        "和睦",
        "友好",
        "宜居",
    )
}
"""Words of praise that fit any community, and that are the name of some."""
_ENDINGS: Final = "路街巷里苑庄湾桥坊屯寨岭坪洲塘"
_SUBJECT: Final = "在|还|都|也|始终|坚持|认真|积极|党委|党总支|党支部|居民委员会|居委会|成立|召开|组织|开展|举办"
_named = Pattern(f"社区(?:{_SUBJECT})", needs=tuple(f"社区{word}" for word in _SUBJECT.split("|")))
_before = Pattern(f"(?:^|[，。；：！？、“（,;:\\s年])([{HANZI}]{{2,5}}?)$")
_LONGEST: Final = 6
_SHORT: Final = 2
_apart = Pattern(f"[^{HANZI}]|[在由是对于为度年月日，。]")
_in_company = Pattern("[与和同、及跟]$|联合$|携手$|邀请$|协同$|会同$|走进$|赴$|到$|参观$|来自$|支援$|帮助$|对接$|结对$")
_company_after = Pattern(
    "(?:等|、|和|与)[^，。；]{0,12}(?:社区|居委会|联合|共同|一起|结对|学习|取经|交流|参观)|[^，。；]{0,8}(?:结对|来访|前来)"
)


@lru_cache(maxsize=4)
def _any_of(names: tuple[str, ...]) -> Pattern | None:
    """Return a pattern that finds any of these names, except those that praise any community (幸福社区)."""
    names_left = sorted((name for name in names if _body(name) not in _PRAISE), key=len, reverse=True)
    return Pattern("|".join(map(re.escape, names_left))) if names_left else None


_SORTS: Final = ("居民委员会", "居委会", "村委会", "社区", "村")
"""What comes after the name of a community; those that end as another one does come first."""


def _body(name: str) -> str:
    return name.removesuffix(next(filter(name.endswith, _SORTS), ""))


def _find(subject: Subject) -> Iterator[Finding]:
    own = {subject.summary.community.name, *subject.neighbours}
    if not has_hanzi(_body(subject.summary.community.name)) or _OWN_NAME in subject.guessed:
        # If a document does not say whose it is, nobody knows which names are others.
        return
    reported: set[tuple[tuple[str | int, ...], int]] = set()
    known = _any_of(subject.communities) if subject.communities else None
    for field, match in known.matches(subject) if known else ():
        if _is_part(field.text, match) or _is_own(field.text, match.start(), match.end(), own):
            continue
        if _is_strange(field, *match.span()):
            reported.add((field.path, match.start()))
            yield found(field, match, _OTHER)
    bodies = [_body(name) for name in own]
    counts: Counter[str] = Counter()
    for field, match in _named.matches(subject):
        begin = _before.search(field.text, max(match.start() - _LONGEST, 0), match.start())
        name = begin[1] if begin else ""
        if not begin or any(name in body or body in name for body in bodies) or _common.search(name):
            continue
        # A word that occurs once may be anything, unless it sounds like a name; a name occurs again.
        start, end = begin.start(1), match.start() + len("社区")
        if name[-1] not in _ENDINGS and not counts:
            counts.update(_before_communities(subject.whole))
        is_name = name[-1] in _ENDINGS or counts[name] > 1
        if is_name and (field.path, start) not in reported and _is_strange(field, start, end):
            yield Finding(field.path, _OTHER, (), start, end)


def _before_communities(text: str) -> Iterator[str]:
    """Yield all words of up to five characters before each 社区."""
    at = text.find("社区")
    while at >= 0:
        yield from (text[at - length : at] for length in range(1, min(_LONGEST, at + 1)))
        at = text.find("社区", at + 1)


def _is_part(text: str, match: re.Match[str]) -> bool:
    """Return whether a short name may be the end of other words: 中心社区 in 服务中心社区工作者."""
    return len(_body(match[0])) <= _SHORT and match.start() > 0 and not _apart.match(text[match.start() - 1])


def _is_own(text: str, start: int, end: int, own: set[str]) -> bool:
    """Return whether the words are part of a name that is allowed here."""
    return any(text.startswith(name, begin) for name in own for begin in range(max(end - len(name), 0), start + 1))


def _is_strange(field: FieldText, start: int, end: int) -> bool:
    """Return whether the name is where others are not named, and not in words about a meeting with them."""
    if field.path[-1] in _ELSEWHERE or (len(field.path) > 1 and field.path[-2] in _ELSEWHERE):
        return False
    before = _in_company.search(field.text, max(start - _LONGEST, 0), start) if start else None
    return before is None and _company_after.match(field.text, end) is None


def _signature(subject: Subject) -> Iterator[Finding]:
    summary, own = subject.summary, subject.summary.community.name
    if "社区" not in own or not has_hanzi(_body(own)) or _OWN_NAME in subject.guessed:
        return
    signed, title = summary.signed_by or "", summary.title or ""
    name = named_community(signed)
    if _is_another(name, own) and name not in subject.neighbours:
        text = N_("the signature names a community other than the one that the summary is about")
        yield Finding(("signed_by",), text, (), *_span(name, signed))
    name = named_community(title)
    if _is_another(name, own) and not _common.search(_body(name)):
        text = N_("the title names a community other than the one that the summary is about")
        yield Finding(("title",), text, (), *_span(name, title))


def _span(name: str, text: str) -> tuple[int, int]:
    """Return where a name is; the whole text if a year splits the name."""
    start = text.find(name)
    return (start, start + len(name)) if start >= 0 else (0, len(text))


def _is_another(name: str, own: str) -> bool:
    return name.endswith("社区") and own not in name and name not in own


CHECKS: Final = (
    Check(
        "another-community",
        "warning",
        N_("The name of another community; partners, venues and exchanges are not reported."),
        N_("If another community's summary is copied, its name is easily left unchanged."),
        _find,
    ),
    Check(
        "another-signature",
        "error",
        N_("The title or signature names a community other than the one that the record is about."),
        N_("If another community's summary is copied, its name is easily left unchanged."),
        _signature,
    ),
)
