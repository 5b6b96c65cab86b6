"""的 where 地 or 得 is right, judged by the words beside it."""

from collections.abc import Iterator
from re import Match
from typing import Final

from kepu_docs.plugin import N_, Check, Finding, Subject
from kepu_rules.scripts import may_be_traditional, simplified_texts
from kepu_rules.searching import HANZI, Pattern, words_of

_NOUNS: Final = (
    "成效|成绩|效果|意义|作用|贡献|进步|变化|印象|影响|帮助|支持|评价|反响|氛围|认识|机会|条件|环境|生活|习惯|态度|精神|措施|办法|方法|经验|基础|关系|问题"
    "|合作|社区|居民|老人|孩子|学生|同志|群众|人员|时候|情况|工作|活动|任务|项目|计划|方案|制度|机制|平台|阵地|队伍|资料|内容|形式|知识|技能|能力|水平|素质"
)
"""Nouns that a manner describes, although 了 may follow at the end of a sentence."""
_ACTIONS: Final = (
    "举行|开展|举办|推进|做好|抓好|搞好|办好|完成|落实|贯彻|执行|组织|参加|参与"
    "|服务|宣传|推动|投身|投入到|对待|发挥|满足"
)
_IMPROVEMENTS: Final = "更新|完善|充实|改善|改进|提高|提升|增强|加强|加大|扩大|拓展"
_VERY: Final = "很|非常|十分|特别|格外|更加|比较|相当|津津"
_HOW: Final = (
    "认真|仔细|投入|开心|高兴|好(?![的处])|快(?!乐的)|起劲|专注|带劲|入迷|用心|细致|到位|透彻|有味|扎实|出色|生动|顺利|成功|圆满|充分|精彩|红火|干净|整齐"
    "|周到|有声有色"
)
_candidate = Pattern(
    f"的(?:(?P<done>(?!{_NOUNS})[{HANZI}]{{2}}了(?!解))"
    f"|(?P<improved>(?:{_IMPROVEMENTS})(?=[{HANZI}]{{2}})(?![的中后之与和及、]))"
    f"|(?P<action>(?:{_ACTIONS})(?![的者率情和与及、，。；]))"
    f"|(?P<how>(?:{_VERY})(?:{_HOW})|不可开交|不亦乐乎|热火朝天|头头是道|团团转))"
)

_MANNERS: Final = frozenset(
    words_of(
        "不间断 极大 有效 认真 切实 扎实 积极 深入 广泛 圆满 有力 顺利 相应 充分 保质保量 及时 全面 大力 "
        "逐步 主动 自觉 踊跃 热情 耐心 细致 深入细致 有序 有条不紊 有声有色 扎扎实实 认认真真 踏踏实实 "
        "实实在在 因地制宜 卓有成效 富有成效 创造性 经常性 针对性 有计划 有组织 有步骤 较好 很好 更好 严格 "
        "稳步 持续 不断 明显 显著 大大 进一步 成功 如期 高质量 高标准 全方位 多渠道 多形式 定期 合理 灵活 "
        "迅速 快速 牢固 真正 普遍 生动 深刻 密切 紧密 深入浅出 积极主动 积极有效 扎实有效 扎实有序 深入持久 "
        "广泛深入 轰轰烈烈 默默 团结一致 齐心协力"
    )
)
"""Manners of doing something: after these, 地 is right if a verb with 了 follows."""
_DEEDS: Final = {
    **dict.fromkeys(
        words_of(
            "切实 大力 逐步 踊跃 扎扎实实 认认真真 踏踏实实 有条不紊 保质保量 不间断 稳步 深入细致 持续不断 "
            "轰轰烈烈 齐心协力"
        ),
        tuple(_ACTIONS.split("|")),
    ),
    "有效": ("做好", "抓好", "搞好"),
    "认真": ("做好", "抓好", "搞好", "完成", "贯彻", "落实", "执行", "对待"),
    "扎实": ("做好", "抓好", "搞好"),
    "积极": ("投身", "投入到", "参与到", "参与活动", "参与社区", "参加活动"),
    "有序": ("推进", "开展"),
    "深入": ("贯彻",),
    "圆满": ("完成", "组织"),
    "顺利": ("完成",),
    "更好": ("开展", "做好", "完成", "服务"),
}
"""Verbs that show the same without 了, for some manners: 认真的做好."""
_ADVERBS_ALONE: Final = frozenset(words_of("切实 大力 逐步 扎扎实实 保质保量 不间断 稳步 持续不断"))
"""Manners that describe no noun: an object after the verb is enough."""
_FULFILMENTS: Final = ("更好的满足", "更好的发挥")
_LEADS: Final = frozenset("为以能要将可够，。；")
"""Characters before a 更好 that says how something is to be done."""
_STILL: Final = ("通过", "经过", "在", "有", "是", "到", "着")
"""Words after which 不断 describes a noun: 在不断的实践中."""
_NOUNS_FOLLOW: Final = words_of(
    "得到 得到了 到了 有了 进行 行了 予以 加以 获得 获得了 给予 给予了 作出了 做出了 实现 实现了 取得 取得了 具有 提供"
)
"""Words after which the verb is used as a noun, and 的 is right: 得到极大的提高."""
_DONE_WELL: Final = frozenset(
    words_of(
        "学 听 看 练 讲 做 干 玩 唱 跳 写 画 吃 睡 问 记 掌握 办 进步 恢复 进展 完成 组织 布置 准备 讲解 "
        "回答 发展 开展 打扫 整理 安排 配合 忙 乐 聊"
    )
)
"""Verbs; after these, 得 is right before how well something is done: 学得很认真."""
_LONGEST: Final = 5
_ENDS_A_WORD: Final = {
    "学": "学数文科大医美自教同放开入上中小办", "看": "好难", "做": "要想该", "写": "", "画": "国版字书",
    "记": "书日笔", "问": "学疑", "办": "主承协街", "听": "好", "讲": "主宣",
}  # fmt: skip
"""Characters before a verb that make it the end of another word: 科学的, 好看的."""


_BEFORE: Final = _MANNERS | _DONE_WELL


def _find(subject: Subject) -> Iterator[Finding]:
    if not _may_be_wrong(subject.whole):
        return
    text = N_("a different particle is needed here")
    for field, plain in simplified_texts(subject):
        for match in _candidate.finditer(plain):
            at = match.start()
            if match["how"]:
                verb = _ending(plain, at, _DONE_WELL)
                right = "得" if verb and not _is_another_word(plain, at, verb) else ""
            else:
                verb = _ending(plain, at, _MANNERS)
                right = "地" if verb and _says_how(plain, at, verb, match) else ""
            if right:
                start = at - len(verb)
                yield Finding(field.path, text, (), start, at + 1, field.text[start:at] + right)


def _may_be_wrong(whole: str) -> bool:
    """Return whether 的 comes after one of the words after which it may be wrong; for traditional hanzi, after any."""
    if may_be_traditional(whole):
        return "的" in whole
    at = whole.find("的")
    while at >= 0:
        if _ending(whole, at, _BEFORE):
            return True
        at = whole.find("的", at + 1)
    return False


def _ending(text: str, end: int, words: frozenset[str]) -> str:
    """Return the longest of some words that ends at ``end``; empty if none does."""
    for length in range(min(_LONGEST, end), 0, -1):
        word = text[end - length : end]
        if word in words:
            return word
    return ""


def _is_another_word(text: str, end: int, verb: str) -> bool:
    before = text[end - len(verb) - 1 : end - len(verb)]
    return bool(before) and before in _ENDS_A_WORD.get(verb, "")


def _says_how(text: str, end: int, manner: str, match: Match[str]) -> bool:
    """Return whether a manner says how something is done, rather than describing a noun."""
    before = text[: end - len(manner)][-3:]
    if before.endswith(_NOUNS_FOLLOW):
        return False
    following = text[end + 1 :][:4]
    if manner == "更好" and not match["done"]:
        leads = not before or before[-1] in _LEADS
        return leads and (following.startswith(_DEEDS[manner]) or text.startswith(_FULFILMENTS, end - 2))
    if match["done"]:
        return True
    if match["improved"] and (manner == "不断" or manner in _ADVERBS_ALONE):
        return not before.endswith(_STILL)
    return following.startswith(_DEEDS.get(manner, ("\n",))) and bool(match["action"])


CHECK: Final = Check(
    "particle",
    "warning",
    N_("的 used for 地 or 得, recognised by the words next to it: 不间断的举行, 极大的提高了, 学的很认真."),
    N_("Grammar of modern Chinese: before a verb with an object or 了, the adverb takes 地."),
    _find,
)
