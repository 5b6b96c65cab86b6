"""Words that are doubled by a typing slip, and words that may be doubled."""

from collections.abc import Iterator
from typing import Final

from kepu_docs.plugin import N_, Check, Finding, Subject
from kepu_rules.scripts import is_traditional, may_be_traditional, simplified
from kepu_rules.searching import HANZI, Pattern, Wording, Wordings, words_of

_KNOWN: Final = Wordings(
    Wording("站站(?<=[测务生检作化]站站)(?!长|点|台|牌|内|里|外|在|务|名|立)", "站站", "站"),
    Wording("的的(?<![目标有打]的的)(?!确|士|哥|喀)", "的的", "的"),
    Wording("们们", "们们", "们"),
    Wording("科普普及(?![率工])", "科普普及", "科普"),
    Wording("为了为(?!了)", "为了为", "为了"),
    Wording("并并且", "并并且", "并且"),
    Wording("社区区(?![位域情级长委政府内划块别分间直属科财里])", "社区区", "社区"),
)
"""Slips in which one character, or a part of a word, is doubled."""

# Actions that people do for a while or try (讨论讨论), and things counted one by one.
_MAY_DOUBLE: Final = frozenset(
    words_of(
        "研究研究 讨论讨论 商量商量 交流交流 学习学习 了解了解 锻炼锻炼 休息休息 考虑考虑 介绍介绍 "
        "体验体验 观察观察 思考思考 打听打听 收拾收拾 打扫打扫 准备准备 检查检查 帮助帮助 照顾照顾 "
        "尝试尝试 感受感受 放松放松 参谋参谋 琢磨琢磨 议论议论 合计合计 熟悉熟悉 比较比较 分析分析 "
        "总结总结 反省反省 教育教育 练习练习 认识认识 关心关心 活动活动 走动走动 凑合凑合 改进改进 "
        "表示表示 逐条逐条 逐户逐户 许多许多 很多很多 非常非常 多少多少 千万千万 中国中国 考试考试 重点重点 "
        "人民人民"
    )
)
_ONE_BY_ONE: Final = "几每逐"
"""First characters of expressions such as 一件一件, 逐项逐项: one after the other."""
_ONLY_ALONE: Final = frozenset(
    words_of("宣传宣传 组织组织 指导指导 培训培训 参观参观 服务服务 督促督促 动员动员 整理整理 改造改造")
)
"""May be doubled only without an object: 帮我们宣传宣传."""
# Endings that form a compound with the second of the two words: 活动活动室, 调解调解员.
_TAILS: Final = (
    "室站者组员队率证卡法院所处台局办网会费费额量点周月季节部科司厅署团课班级楼栋路街园场馆吧屏墙角长"
    "师生学志史类型感性化力物品"
)
_COMPOUNDS: Final = words_of(
    "成果 中心 人员 小组 专班 日志 制度 机制 台账 平台 基地 医保 委员会 大会 代表 项目 建设 治理 自治 广场 "
    "公园 学院 大学 日 公司 热线 宝 委员 教育 文化 经费 资金 工作者 居委会 党委 党支部 两委 书记 主任 "
    "联盟 协会 商会 议事 食堂 驿站 用电 用水 健康 党总支 党群 志愿者"
)
_NOUNS: Final = frozenset(
    words_of("发展 社区 居民 小区 街道 工作 活动 服务 人民 调解 学校 健康 文化 科学 医疗 安全 家庭 网格 志愿 老年 党员")
)
"""Words that begin many compounds: only after these is what follows checked for a compound."""
_ALL_BEFORE: Final = "各我本全该"
_alone = Pattern("[，。、；！？”：…吧嘛呗]|$|一下|看")
_twice = Pattern(f"([{HANZI}]{{2,4}}?)\\1(?!\\1)")
_SOUNDS: Final = "哈嘻呵叮咚滴嗒哗轰啦嘀呜咯好来慢快谢汪喵"
_NUMERALS: Final = "一二两三四五六七八九十百千零〇○"
_COUNTERS: Final = (
    _NUMERALS + "个件次步天年月周户条项点层批场声句片块串群队组字笔遍代排家栋楼篇本页幅张轮期趟口滴手勺针锤米寸圈"
)


def _find(subject: Subject) -> Iterator[Finding]:
    text = N_("a word is repeated")
    for field, start, end, right in _KNOWN.matches(subject):
        yield Finding(field.path, text, (), start, end, right)
    is_mixed = may_be_traditional(subject.whole)
    for field, match in _twice.matches(subject):
        plain = simplified(field.text) if is_mixed and is_traditional(field.text) else field.text
        if not _may_stand(plain, match.start(), match.end(), len(match[1])):
            yield Finding(field.path, text, (), match.start(), match.end(), match[1])


def _may_stand(text: str, start: int, end: int, length: int) -> bool:
    """Return whether the doubled word in ``text`` from ``start`` on is right."""
    twice, word = text[start:end], text[start : start + length]
    before = text[start - 1 : start]
    if word[0] in _SOUNDS or word[0] in _ONE_BY_ONE or (word[0] in _NUMERALS and word[1] in _COUNTERS):
        return True  # 哈哈哈哈, 逐项逐项, 一件一件
    if twice in _MAY_DOUBLE:
        return True
    if text.startswith("再" + word, end):
        return True  # 学习学习再学习
    if twice in _ONLY_ALONE and _alone.match(text, end):
        return True
    if text.startswith(tuple("率站室员证馆所院"), end):
        return True  # 通过通过率, 调解调解员
    if word in _NOUNS:
        following = text[end : end + 3]
        if following and (following[0] in _TAILS or following.startswith(_COMPOUNDS)):
            return True
        return word == "社区" and bool(before) and before in _ALL_BEFORE and not following.startswith(("在", "居民"))
    return False


CHECK: Final = Check(
    "doubled-word",
    "warning",
    N_("A word written twice in a row: 群众群众, 检测站站; what may be doubled (讨论讨论, 一件一件) is not reported."),
    N_("A typing mistake; words that may be doubled are not reported."),
    _find,
)
