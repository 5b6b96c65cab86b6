"""培训: training of cadres, volunteers and residents."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from kepu_docs.schema.community import Name
from kepu_docs.schema.period import Period
from kepu_docs.schema.quantity import ONCE, Count, Measure, Unit, total
from kepu_docs.schema.record import ROLLED_UP, Record
from kepu_docs.schema.summary import FactSection
from kepu_docs.schema.text import Line, Many

if TYPE_CHECKING:
    from kepu_docs.schema.summary import WorkSummary


class TrainingSession(Record):
    """One session."""

    topic: Line
    """What it taught: 应急救护."""
    community: Annotated[Name | None, ROLLED_UP] = None
    """Whose it is, in the summary of a higher body."""
    held_on: Period | None = None
    """When it was held."""
    place: Line | None = None
    """Where."""
    trainer: Line | None = None
    """Who taught it."""
    audience: Line | None = None
    """Whom it taught: 科普志愿者."""
    attendance: Annotated[Count, Unit("人次")] | None = None
    """How many came, in 人次."""
    hours: Annotated[Measure, Unit("学时")] | None = None
    """How long it was, in 学时."""


class Training(FactSection):
    """培训."""

    kind: Literal["training"]
    audiences: Many[Line] = ()
    """Whom the training was for: 科普干部, 科普志愿者."""
    trainers: Many[Line] = ()
    """Who taught: 专家, 学者."""
    sessions: Many[TrainingSession] = ()
    """The sessions, one by one."""
    sessions_total: Annotated[Count, Unit("场")] | None = None
    """How many sessions in all, where not all of them are listed, in 场."""
    attendance_total: Annotated[Count, Unit("人次")] | None = None
    """How many attendances in all, where not all sessions are listed, in 人次."""

    def facts(self, summary: "WorkSummary") -> Mapping[str, Any]:
        """``held`` sessions, ``attendance`` in all, and the ``topics``, where nothing else is known of any."""
        bare = all(session.has_only("topic") for session in self.sessions)
        return {
            "topics": tuple(session.topic for session in self.sessions) if bare else (),
            "held": self.sessions_total or total((ONCE for _ in self.sessions), "场"),
            "attendance": self.attendance_total or total((session.attendance for session in self.sessions), "人次"),
        }
