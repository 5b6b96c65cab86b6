"""明年计划: what comes next."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from kepu_docs.schema.period import Period
from kepu_docs.schema.quantity import Count, Unit
from kepu_docs.schema.record import ROLLED_UP, Record
from kepu_docs.schema.summary import FactSection
from kepu_docs.schema.text import Line, Many, Text

if TYPE_CHECKING:
    from kepu_docs.schema.summary import WorkSummary


class Task(Record):
    """One task."""

    task: Text
    """What will be done."""
    communities: Annotated[Annotated[Count, Unit("个")] | None, ROLLED_UP] = None
    """How many communities plan it, in the summary of a higher body, in 个."""
    target: Text | None = None
    """What shall be reached: 全年不少于6场."""
    owner: Line | None = None
    """Who answers for it."""
    deadline: Period | None = None
    """By when; the last day counts."""


class NextYearPlan(FactSection):
    """明年计划."""

    kind: Literal["next_year_plan"]
    goals: Many[Line] = ()
    """What it aims at: 学习型社区."""
    tasks: Many[Task] = ()
    """The tasks."""

    def facts(self, summary: "WorkSummary") -> Mapping[str, Any]:
        """``detailed``: whether more than the task itself is known of any task."""
        return {"detailed": not all(task.has_only("task", "communities") for task in self.tasks)}
