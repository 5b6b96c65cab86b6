"""存在问题: the remaining shortcomings."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from kepu_docs.contract.recognition import Recognition
from kepu_docs.contract.rollups import Gathered, Part, RollupRule, known
from kepu_docs.contract.sections import SectionKind
from kepu_docs.schema import ROLLED_UP, UNKNOWN, FactSection, Many, MaybeCount, Record, Text, Unit, WorkSummary
from kepu_docs.sections.entries import added_up, stated
from kepu_docs.sections.own_words import begins_with, begins_with_time, is_act, words

__all__ = ["PROBLEMS", "Problem", "Problems"]


class Problem(Record):
    """One problem."""

    problem: Text
    """What is missing."""
    communities: Annotated[MaybeCount, Unit("个"), ROLLED_UP] = UNKNOWN
    """Number of communities that report the problem, in the summary of a higher body, in 个."""
    cause: Text | None = None
    """The reason."""
    remedy: Text | None = None
    """What will be done to improve it."""


class Problems(FactSection):
    """存在问题."""

    kind: Literal["problems"] = "problems"
    problems: Many[Problem] = ()
    """The problems, the most serious first."""

    def facts(self, summary: WorkSummary) -> Mapping[str, Any]:
        """``problems``: each with facts about its wording (``cause_says``, ``remedy_says``, ``open``).

        ``cause_says`` is ``reason`` for a cause that begins with 由于, ``list`` for 一是…二是…, ``all`` for one that
        already says that it is a cause; ``remedy_says`` is ``act`` for a remedy that begins with an action, ``will``
        for one that already says that it will be done, ``all`` for one that needs no lead-in. A problem is ``open`` if
        a comma can follow it.
        """
        return {"problems": tuple(map(_worded, self.problems))}


def _worded(problem: Problem) -> Mapping[str, Any]:
    return {
        **problem.__dict__,
        "open": problem.problem.rstrip("。.")[-1:] not in _MARKS,
        "cause_says": _cause_says(problem.cause),
        "remedy_says": _remedy_says(problem.remedy),
    }


def _cause_says(cause: str | None) -> Literal["", "all", "reason", "list"]:
    if begins_with(cause, *_OF_CAUSES):
        return "all"
    if begins_with(cause, *_FIRST):
        return "list"
    return "reason" if begins_with(cause, *_REASONS) else ""


def _remedy_says(remedy: str | None) -> Literal["", "all", "will", "act"]:
    if begins_with(remedy, *_OF_REMEDIES):
        return "all"
    if begins_with(remedy, *_WILL):
        return "will"
    return "act" if remedy and (is_act(remedy) or begins_with_time(remedy)) else ""


_MARKS: Final = frozenset("！？!?…；：;:")
_REASONS: Final = ("由于", "由於", "因", "受", "缘于", "緣於", "源于", "源於")
_OF_CAUSES: Final = ("主要", "原因", "究其原因", "根本原因", "一方面")
_FIRST: Final = ("一是", "（一）", "(一)", "1.", "1、", "①", "第一")
_WILL: Final = ("将", "將", "拟", "擬", "计划", "計劃", "计画", "計畫", "准备", "準備", "打算", "力争", "力爭", "要")
_OF_REMEDIES: Final = words(
    """
    下一步 下步 今后 今後 明年 来年 來年 为此 為此 对此 對此 针对 針對 改进 改進 建议 建議 我们 我們 20 一是
    社区将 社區將
    """
)


def _parts(section: Problems, summary: WorkSummary) -> Iterator[Part]:
    return stated("problems", section.problems, "problem")


def _make(gathered: Gathered) -> Mapping[str, Any]:
    return known({"problems": added_up(gathered, "problems", "problem")})


PROBLEMS: Final = SectionKind(
    Problems,
    rollup=RollupRule(_parts, _make),
    recognition=Recognition(
        words="问题|不足|困难|短板|差距|薄弱|[检檢][讨討]|problem|difficult|shortcoming|challenge",
        hints="欠缺|缺乏|改进|制约|建议",
    ),
)
"""Equal problems are combined; causes and remedies are in the communities' own summaries."""
