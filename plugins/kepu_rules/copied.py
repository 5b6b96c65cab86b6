"""Remains of copied samples: words that a tool replaced so that the copy would not be recognised.

Such a tool replaces a word everywhere. So the rule looks for the words together with neighbours with which the
replacement makes no sense; on their own they are right (礼貌用语, 用心用情, 校园安全).
"""

from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter
from typing import Final

from kepu_docs.plugin import N_, Check, Finding, Subject
from kepu_rules.searching import Wording, Wordings

_BEING_SEEN: Final = "(?![^。；\n]{0,14}[看见窥映])"

_NO_RULES: Final = "(?![^，。；、\\n]{0,14}(?:机制|制度|台账|档案|标准|体系|名单|数据库|联系|标志|评选))"

_SURE: Final = Wordings(
    Wording("精神礼貌", "礼貌", "文明"),
    Wording("三个礼貌", "礼貌", "文明"),
    Wording("科学礼貌", "礼貌", "文明"),
    Wording("礼貌(?<!文明礼貌)(?<![讲懂有]礼貌)(?=社区|建设|城市|单位|小区|和谐|村镇)", "礼貌", "文明"),
    Wording("用心参与(?![^。\n]{0,4}用[情力])", "用心", "积极"),
    Wording("用心响应", "用心", "积极"),
    Wording("用心向上", "用心", "积极"),
    Wording("用心弘扬(?![^。\\n]{0,8}用[情力功])", "用心", "积极"),
    Wording("用心的?作用", "用心", "积极"),
    Wording("用心的(?=意义|贡献|影响|推动)", "用心", "积极"),
    Wording("用心性", "用心", "积极"),
    Wording("科普建立(?=工作(?!机制|台账|制度|组|小组|群|站|室))", "建立", "创建"),
    Wording("建立工作的(?=顺利|重要|有力|深入)", "建立", "创建"),
    Wording(f"建立(?=花园(?:社区|小区)|[^，。；、]{{0,3}}示范(?:社区|小区|城市|街道)){_NO_RULES}", "建立", "创建"),
    Wording("带给了?(?=场所|场地|支持(?!者)|便利(?!店)|保障(?!房)|服务(?!对象|人员|站|区|员))", "带给", "提供"),
    Wording(f"透过(?=开展|举办|[^，。；、]{{0,6}}(?:活动|载体|讲座|培训){_BEING_SEEN})", "透过", "通过"),
    Wording("构成了?(?=团结|自己的特色|[^，。；、]{0,4}(?:氛围|风尚))", "构成", "形成"),
    Wording("个性是(?=社区|居民|市民|我社区)", "个性", "特别"),
    Wording("市民校园", "校园", "学校"),
    Wording("家长校园", "校园", "学校"),
    Wording("取得了?必须的(?=成绩|成效|成果|效果|进步)", "必须", "一定"),
    Wording("动手潜力", "潜力", "能力"),
    Wording("辅导潜力", "潜力", "能力"),
    Wording("自护潜力", "潜力", "能力"),
    Wording("提公升", "提公升", "提升"),
    Wording("陳地", "陳地", "阵地"),
    Wording("社群(?=居委会|党委|居民委员会)", "社群", "社区"),
    Wording("我社群", "社群", "社区"),
    Wording("本社群", "社群", "社区"),
    Wording("旳", "旳", "的"),
    Wording("实施细那么", "那么", "则"),
    Wording("工作细那么", "那么", "则"),
    Wording("原那么(?=上|性|，|。|和|、)", "那么", "则"),
    Wording("深化人心", "深化", "深入"),
    Wording("深化群众", "深化", "深入"),
    Wording("深化开展", "深化", "深入"),
)
_DOUBTFUL: Final = Wordings(
    Wording("用心(?=打造|开展|推进|发挥|组织|探索|配合|引导)", "用心", "积极"),
    Wording("此刻社区", "此刻", "现在"),
    Wording("普及资料上", "资料", "内容"),
    Wording("计划资料对", "资料", "内容"),
    Wording("更新资料", "资料", "内容"),
    Wording("建立工作(?!机制|台账|制度|组|小组|群|站|室|专班)", "建立", "创建"),
    Wording("施行方案", "施行", "实施"),
)


def _in_company(subject: Subject) -> Iterator[Finding]:
    """Find words that may be right on their own, if the same record has words that are certainly replaced."""
    doubtful = list(_DOUBTFUL.matches(subject))
    if not doubtful:
        return
    # Where the certain ones of each text begin and end, in order, without overlaps.
    sure: dict[tuple[str | int, ...], list[tuple[int, int]]] = {}
    for field, start, end, _ in _SURE.matches(subject):
        sure.setdefault(field.path, []).append((start, end))
    if not sure:
        return
    for field, start, end, right in doubtful:
        spans = sure.get(field.path, [])
        before = bisect_right(spans, start, key=itemgetter(0)) - 1
        if before < 0 or start >= spans[before][1]:
            text = N_("a rewriting tool replaced other words of this record, and perhaps this one too")
            yield Finding(field.path, text, (), start, end, right)


CHECKS: Final = (
    Check(
        "replaced-word",
        "error",
        N_(
            "Words that a rewriting tool put in place of others (精神礼貌 for 精神文明), recognised by the "
            "words next to them."
        ),
        N_("Samples are copied on the web with words replaced to hide the copying; found by comparing both versions."),
        _SURE.rule(N_("a word that a rewriting tool put in place of another")),
    ),
    Check(
        "maybe-replaced-word",
        "warning",
        N_("Words that may have been replaced (用心打造 for 积极打造), in a record where others certainly were."),
        N_(
            "These words are correct on their own, so they are reported only if the same record also "
            "has words that were certainly replaced."
        ),
        _in_company,
    ),
)
