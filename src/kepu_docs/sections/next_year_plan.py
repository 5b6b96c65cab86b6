"""明年计划: what comes next."""

from collections.abc import Iterator, Mapping
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

__all__ = ["NEXT_YEAR_PLAN", "NextYearPlan", "Task"]


class Task(Record):
    """One task."""

    task: Text
    """What will be done."""
    communities: Annotated[MaybeCount, Unit("个"), ROLLED_UP] = UNKNOWN
    """How many communities plan it, in the summary of a higher body, in 个."""
    target: Text | None = None
    """What shall be reached: 全年不少于6场."""
    owner: Line | None = None
    """Who answers for it."""
    deadline: MaybePeriod = UNKNOWN
    """By when; the last day counts."""


class NextYearPlan(FactSection):
    """明年计划."""

    kind: Literal["next_year_plan"] = "next_year_plan"
    goals: Many[Line] = ()
    """What it aims at: 学习型社区."""
    tasks: Many[Task] = ()
    """The tasks."""

    def facts(self, summary: WorkSummary) -> Mapping[str, Any]:
        """``detailed``: whether more than the task itself is known of any task.

        The ``tasks`` stand in the order in which they are shown.
        """
        return {
            "tasks": in_order(self.tasks, lambda task: task.deadline.end if task.deadline else None, self, summary),
            "detailed": not all(task.has_only("task", "communities") for task in self.tasks),
        }


def _parts(section: NextYearPlan, summary: WorkSummary) -> Iterator[Part]:
    yield from field_parts(section, (), ("goals",))
    yield from stated("tasks", section.tasks, "task")


def _make(gathered: Gathered) -> Mapping[str, Any]:
    return known({"goals": gathered.names("goals"), "tasks": added_up(gathered, "tasks", "task")})


NEXT_YEAR_PLAN: Final = SectionKind(
    NextYearPlan,
    rollup=RollupRule(_parts, _make),
    recognition=Recognition(
        words="[下明来新]一?(?:步|年|年度|阶段)|今后|工作(?:思路|计划|设想)|打算|努力方向|展望|next year|outlook|plan",
        hints="计划|思路|设想",
    ),
)
"""Equal tasks are one; targets, owners and deadlines are stated in the communities' own summaries."""
