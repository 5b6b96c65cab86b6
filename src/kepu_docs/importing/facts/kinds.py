"""Which kind a section is of: what its heading speaks of, and where that says nothing, its text."""

import re
from collections.abc import Mapping
from typing import Final

from kepu_docs.contract.sections import SectionKind
from kepu_docs.importing.facts.simplifying import simplified
from kepu_docs.locale.vocabulary import Vocabulary

NARRATIVE: Final = "narrative"
_GIVEN: Final = {"kind", "heading"}
_CLEAR: Final = 2
"""A text speaks for a kind if it has so many times the words of any other."""
_FEWEST: Final = 3

_STRONG: Final = 3

# Of each kind: words of weight 3, and of weight 1. Simplified hanzi, small letters.
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "problems": (
        r"问题|不足|困难|短板|差距|薄弱环节|problem|difficult|shortcoming|challenge",
        r"欠缺|改进",
    ),
    "next_year_plan": (
        r"[下明来新]一?(?:步|年|年度|阶段)|今后|工作(?:思路|计划|设想)|打算|努力方向|展望|next year|outlook|plan",
        r"计划|思路|设想",
    ),
    "leadership": (
        r"组织(?:领导|机构|网络|保障|建设)|领导(?:小组|重视|机制|班子)?|班子|责任制|工作机制|leadership|organi[sz]ation",
        r"机制|组织|制度|责任|重视",
    ),
    "training": (r"培训|业务学习|轮训|training", r"素质|辅导|能力|学习"),
    "team": (r"队伍|志愿者?|骨干|人才|volunteer|team", r"人员|干部|专家"),
    "facilities": (r"阵地|设施|场所|场馆|基地|活动室|画廊|硬件|facilit|venue", r"图书|橱窗|平台|建设"),
    "funding": (r"经费|资金|财力|fund|budget|money", r"投入"),
    "records": (r"台账|档案|资料管理|资料归档|records|files", r"资料|规范"),
    "outcomes": (r"成效|成果|成绩|效果|荣誉|实效|亮点|outcome|result|achievement", r"收获|满意|提高"),
    "activities": (r"活动|科技周|科普日|科普月|赛事|activit|events", r"讲座|竞赛|丰富|文体|节日|展览|主题"),
    "publicity": (r"宣传|宣教|传播|publicity|outreach|media", r"氛围|媒体|普及|知识|公众号|橱窗"),
}  # fmt: skip
_clauses = re.compile(r"[，,、；;：:]")
_compiled: Final = {kind: tuple(map(re.compile, words)) for kind, words in _WORDS.items()}


class Kinds:
    """Chooses among the installed section kinds."""

    def __init__(self, kinds: Mapping[str, SectionKind], words: Vocabulary) -> None:
        # A kind that needs facts can be given to no section without them.
        self._known = {name for name, kind in kinds.items() if _needed(kind) <= _GIVEN}
        self._names = {
            simplified(label).casefold(): name for name in self._known for label in (name, *words.choice_names(name))
        }

    def of(self, heading: str, text: str) -> str:
        """Return the kind of a section that has a certain heading and text."""
        plain = simplified(heading).casefold().strip()
        named = self._names.get(plain)
        if named:
            return named
        scores = {kind: _heading_score(plain, kind) for kind in _compiled if kind in self._known}
        best = max(scores.values(), default=(0, 0, 0))
        if best[0] > 0:
            return next(kind for kind, score in scores.items() if score == best)
        return self._by_text(simplified(text).casefold())

    def _by_text(self, text: str) -> str:
        """Return the kind that a text speaks for more often than for any other."""
        counts = sorted(
            ((len(_compiled[kind][0].findall(text)), kind) for kind in _compiled if kind in self._known), reverse=True
        )
        if len(counts) > 1 and counts[0][0] >= max(_FEWEST, _CLEAR * counts[1][0]):
            return counts[0][1]
        return NARRATIVE


def _needed(kind: SectionKind) -> set[str]:
    return {name for name, field in kind.model.model_fields.items() if field.is_required()}


def _heading_score(heading: str, kind: str) -> tuple[int, int, int]:
    """Return how much a heading speaks for a kind: in an early clause more than in a late one, there at its end."""
    for weight, shape in zip((_STRONG, 1), _compiled[kind], strict=True):
        for number, clause in enumerate(_clauses.split(heading)):
            found = [each.span() for each in shape.finditer(clause)]
            if found:
                # Of the words of a clause the last is the head in Chinese, the first in English.
                return weight, -number, -found[0][0] if clause.isascii() else found[-1][1]
    return 0, 0, 0
