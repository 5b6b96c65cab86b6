"""What a summary says about its community: residents, households, area, grids, organisations."""

import re
from collections.abc import Iterable
from typing import Final

from kepu_docs.contract.recognition import StatedAmount
from kepu_docs.importing.facts.amounts import Stated, amounts_in, stated
from kepu_docs.importing.facts.sentences import Found, Passage, sentences_of
from kepu_docs.importing.facts.times import Times
from kepu_docs.schema.community import Community
from kepu_docs.schema.shapes import unit_at

_REACHED: Final = (
    "惠及|受益|覆盖|走访|入户|示范户|参加|参与|培训|服务|发放|其中|老人|老年|党员|儿童|青年|志愿|流动"
    "|外来|困难|低保|每|累计|吸引|组织"
)
_FIGURES: Final = (
    StatedAmount(
        "residents", "常住人口|总人口|户籍人口|人口", "人", gap=4, standing=True, unless="流动|外来|老年|党员"
    ),
    StatedAmount("residents", "[0-9]户[、，,和]?共?|居民|村民", "人", gap=3, standing=True, unless=_REACHED),
    StatedAmount("households", "居民|村民|住户|户数|共有|现有|有|共", "户", gap=3, standing=True, unless=_REACHED),
    StatedAmount("floating", "流动人口|外来人口", "人", gap=4, standing=True),
    StatedAmount(
        "area", "面积", "平方公里|平方千米", gap=4, standing=True, unless="耕地|绿化|建筑|活动室|展厅|使用|林地|水域"
    ),
    StatedAmount("grids", "网格", "个", gap=4, standing=True),
    StatedAmount("units", "(?:驻区|驻社区|辖区|驻辖区|共建)单位", "家|个", gap=4, standing=True),
)
_of_itself = re.compile(
    "辖区|面积|常住|总人口|户籍|地处|位于|共有[^，。]{0,4}[0-9]|现有[^，。]{0,4}[0-9]|下设|全村|全镇|总户数"
)
"""Words of sentences about the community itself."""
_of_another = re.compile("[0-9一二三四五六七八九十两]个(?:社区|村)")


def _compiled() -> tuple[Stated, ...]:
    return tuple(stated(each, unit_at(Community, each.field), re.compile) for each in _FIGURES)


_STATED: Final = _compiled()


def community_figures(passages: Iterable[Passage], times: Times, own: str) -> list[Found]:
    """Return the figures of a community, without those for which different values are stated."""
    found: dict[str, dict[str, Found]] = {}
    for sentence, place, _, _ in sentences_of(passages, times):
        if not _of_itself.search(sentence.text) or _of_another.search(sentence.text):
            continue
        taken: set[str] = set()
        for each in _STATED:
            for amount in amounts_in(sentence.text, each, own) if each.amount.field not in taken else ():
                taken.add(each.amount.field)
                fact = Found((each.amount.field,), amount.value, sentence.shown.strip(), place)
                found.setdefault(each.amount.field, {}).setdefault(amount.value, fact)
    return [next(iter(facts.values())) for facts in found.values() if len(facts) == 1]
