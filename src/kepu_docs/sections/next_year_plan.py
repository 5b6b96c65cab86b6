"""明年计划: plans for the next year."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Final, Literal

from kepu_docs.contract.recognition import Recognition
from kepu_docs.contract.rollups import Gathered, Part, RollupRule, field_parts, known
from kepu_docs.contract.sections import SectionKind
from kepu_docs.schema import (
    ROLLED_UP,
    UNKNOWN,
    FactSection,
    Line,
    Many,
    MaybeCount,
    MaybePeriod,
    Record,
    Text,
    Unit,
    WorkSummary,
    in_order,
)
from kepu_docs.sections.entries import added_up, stated
from kepu_docs.sections.own_words import begins_with, counts, creates, is_act, words
from kepu_docs.sections.table_or_list import fills_table

__all__ = ["NEXT_YEAR_PLAN", "NextYearPlan", "Task"]


class Task(Record):
    """One task."""

    task: Text
    """What will be done."""
    communities: Annotated[MaybeCount, Unit("个"), ROLLED_UP] = UNKNOWN
    """Number of communities that plan it, in the summary of a higher body, in 个."""
    target: Text | None = None
    """The target: 全年不少于6场."""
    owner: Line | None = None
    """Who is responsible."""
    deadline: MaybePeriod = UNKNOWN
    """The deadline; its last day is included."""


class NextYearPlan(FactSection):
    """明年计划."""

    kind: Literal["next_year_plan"] = "next_year_plan"
    goals: Many[Line] = ()
    """What the community aims to become: 学习型社区."""
    tasks: Many[Task] = ()
    """The tasks."""

    def facts(self, summary: WorkSummary) -> Mapping[str, Any]:
        """``tasks``: each with facts about its wording; ``shape``: ``table`` or ``list``; ``goals_are``.

        A task is an ``act`` if it begins with an action; ``owner_says`` means that the owner begins with 由, and
        ``owner_acts`` that it ends with 负责 or 牵头. ``target_is`` is ``number`` for a number of what the task names,
        ``clause`` for a clause of its own, or else ``aim``. The shape is a table if the tasks have enough in common.
        Each of the ``goals`` is written once, not 科普示范社区 beside 建成科普示范社区; ``goals_are`` says whether all
        are ``created`` (学习型社区), ``acts`` (提高素质) or ``mixed``; it is empty if any is neither. ``aims`` has each
        ``goal`` and whether it is ``created``. The ``tasks`` are in the order in which they are shown.
        ``deadlines_lead`` says whether a deadline can precede each task that has one, ``deadlines_pause`` whether a
        comma separates them.
        """
        goals = _told_once(self.goals)
        kinds = {"created" if creates(goal) else "acts" if is_act(goal) else "" for goal in goals}
        tasks = in_order(self.tasks, lambda task: task.deadline.end if task.deadline else None, self, summary)
        dated = [task for task in tasks if task.deadline]
        return {
            "tasks": tuple(map(_worded, tasks)),
            "deadlines_lead": all(is_act(task.task) and not _has_sentences(task.task) for task in dated),
            "deadlines_pause": any(begins_with(task.task, *_PREPOSITIONS) for task in dated),
            "shape": "table" if fills_table(self.tasks, ("target", "owner", "deadline")) else "list",
            "goals": goals,
            "goals_are": "" if "" in kinds else kinds.pop() if len(kinds) == 1 else "mixed",
            "aims": tuple({"goal": goal, "created": creates(goal)} for goal in goals),
        }


def _has_sentences(task: str) -> bool:
    return "。" in task[:-1] or task.endswith(("！", "？", "；", "："))


_PREPOSITIONS: Final = ("为", "為", "在")


def _told_once(goals: Sequence[str]) -> tuple[str, ...]:
    acts = {goal[2:] for goal in goals if is_act(goal)}
    return tuple(dict.fromkeys(goal for goal in goals if goal not in acts))


def _worded(task: Task) -> Mapping[str, Any]:
    return {
        **task.__dict__,
        "act": is_act(task.task),
        "target_is": _kind_of(task.target, task.task),
        "owner_says": begins_with(task.owner, "由"),
        "owner_acts": task.owner is not None and task.owner.endswith(("负责", "負責", "牵头", "牽頭")),
    }


def _kind_of(target: str | None, task: str) -> Literal["", "number", "clause", "aim"]:
    if not target:
        return ""
    if counts(target, task):
        return "number"
    if is_act(target):
        return "aim" if target[:2] == task[:2] else "clause"
    return "clause" if begins_with(target, *_CLAUSES) else "aim"


_CLAUSES: Final = words(
    """
    全年 每 年内 年內 不少于 不少於 不低于 不低於 至少 力争 力爭 确保 確保 累计 累計 共 平均 使 让 讓 惠及 覆盖
    覆蓋 涵盖 涵蓋 目标 目標 年均 参与 參與 做到 人均 其中
    """
)
"""Beginnings of targets that can follow their task after a comma."""


def _parts(section: NextYearPlan, summary: WorkSummary) -> Iterator[Part]:
    yield from field_parts(section, (), ("goals",))
    yield from stated("tasks", section.tasks, "task")


def _make(gathered: Gathered) -> Mapping[str, Any]:
    return known({"goals": gathered.names("goals"), "tasks": added_up(gathered, "tasks", "task")})


NEXT_YEAR_PLAN: Final = SectionKind(
    NextYearPlan,
    rollup=RollupRule(_parts, _make),
    recognition=Recognition(
        words="[下明来新]一?(?:步|年|年度|阶段)|今后|未来|工作(?:思路|计[划画]|设想)|打算|努力方向|展望|"
        "[0-9]{4}年[^，,、]{0,6}(?:安排|重点|要点|任务|目标)|next year|outlook|plan",
        hints="(?<!制定|年度)计[划画]|思路|设想|规划|继续|安排",
    ),
)
"""Equal tasks are combined; targets, owners and deadlines are in the communities' own summaries."""
