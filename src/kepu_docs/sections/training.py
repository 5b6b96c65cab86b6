"""培训: training of cadres, volunteers and residents."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Final, Literal

from kepu_docs.contract.recognition import Recognition, StatedAmount
from kepu_docs.contract.rollups import Amount, Gathered, Part, RollupRule, field_parts, known, made, parts_of
from kepu_docs.contract.sections import SectionKind
from kepu_docs.schema import (
    ROLLED_UP,
    UNKNOWN,
    FactSection,
    Line,
    Many,
    MaybeCount,
    MaybeMeasure,
    MaybePeriod,
    Name,
    Record,
    Unit,
    WorkSummary,
    in_order,
    total,
)
from kepu_docs.schema.quantity import ONCE
from kepu_docs.sections.entries import counted, largest
from kepu_docs.sections.table_or_list import fits_page

__all__ = ["TRAINING", "Training", "TrainingSession"]


class TrainingSession(Record):
    """One session."""

    topic: Line
    """What was taught: 应急救护."""
    community: Annotated[Name | None, ROLLED_UP] = None
    """The community that it belongs to, in the summary of a higher body."""
    held_on: MaybePeriod = UNKNOWN
    """When it was held."""
    place: Line | None = None
    """Where."""
    trainer: Line | None = None
    """Who taught it."""
    audience: Line | None = None
    """Who was taught: 科普志愿者."""
    attendance: Annotated[MaybeCount, Unit("人次")] = UNKNOWN
    """Attendances, in 人次 (all sessions)."""
    hours: Annotated[MaybeMeasure, Unit("学时")] = UNKNOWN
    """Length of the session, in 学时."""


class Training(FactSection):
    """培训."""

    main_figures = (("trainings", "sessions_total", "held"), ("trained", "attendance_total", "attendance"))
    kind: Literal["training"] = "training"
    audiences: Many[Line] = ()
    """Who the training was for: 科普干部, 科普志愿者."""
    trainers: Many[Line] = ()
    """Who taught: 专家, 学者."""
    sessions: Many[TrainingSession] = ()
    """The sessions, one by one."""
    sessions_total: Annotated[MaybeCount, Unit("场")] = UNKNOWN
    """How many sessions in all, if not all are listed, in 场."""
    attendance_total: Annotated[MaybeCount, Unit("人次")] = UNKNOWN
    """How many attendances in all, if not all sessions are listed, in 人次."""

    def facts(self, summary: WorkSummary) -> Mapping[str, Any]:
        """``held``: number of sessions; ``attendance`` in total; ``topics``, if nothing else is known of any session.

        The ``sessions`` are in the order in which they are shown. ``alone`` says whether the only session listed was
        the only one held, ``selected`` whether there were more than are listed. ``form`` is ``table`` for more than
        three sessions if a page has room for it, else ``list``.
        """
        sessions = in_order(self.sessions, lambda session: session.held_on, self, summary)
        bare = all(session.has_only("topic") for session in sessions)
        held = self.sessions_total or total((ONCE for _ in sessions), "场")
        attendance = self.attendance_total or total((session.attendance for session in sessions), "人次")
        return {
            "sessions": sessions,
            "topics": tuple(session.topic for session in sessions) if bare else (),
            "held": held,
            "attendance": attendance,
            "alone": len(self.sessions) == 1
            and held == counted(1, "场")
            and self.sessions[0].community is None
            and self.sessions[0].attendance in (None, attendance),
            "form": "table" if len(sessions) >= _FEWEST_ROWS and _fit(sessions) else "list",
            "selected": held is not None and held.value > len(self.sessions),
        }


def _fit(sessions: Sequence[TrainingSession]) -> bool:
    return fits_page([[getattr(session, name) for session in sessions] for name in _COLUMNS])


_FEWEST_ROWS: Final = 4
_COLUMNS: Final = ("community", "held_on", "trainer", "audience", "place", "hours", "attendance")
"""The columns of a table of sessions, beside their topics."""
_TOTALS: Final = {"sessions_total": "场", "attendance_total": "人次"}
_NAMES: Final = ("audiences", "trainers")


def _parts(section: Training, summary: WorkSummary) -> Iterator[Part]:
    sessions = section.sessions
    yield from field_parts(section, _TOTALS, _NAMES)
    listed = () if summary.is_rolled_up else sessions
    if listed and section.sessions_total is None:
        yield Amount("sessions_total", counted(len(listed), "场"), "sessions")
    if section.attendance_total is None:
        came = ((f"sessions[{place}].attendance", session.attendance) for place, session in enumerate(listed))
        yield from parts_of("attendance_total", "", came)
    for session in sessions:
        yield from largest("sessions", session, session.attendance, summary)


def _make(gathered: Gathered) -> Mapping[str, Any]:
    return known({**made(gathered, _TOTALS, _NAMES), "sessions": gathered.best("sessions")})


TRAINING: Final = SectionKind(
    Training,
    rollup=RollupRule(_parts, _make),
    recognition=Recognition(
        words="培训(?:活动|班|工作)?|业务学习|轮训|教育训练|training",
        hints="素质|辅导|能力|学习|课程|学员|授课",
        amounts=(
            StatedAmount("sessions_total", "培训班?|讲座", "场次|场|期|次|班次", verbs="举办|开展|组织|开办|办理"),
            StatedAmount("attendance_total", "培训|参训|受训", "人次|人|名", gap=12),
        ),
    ),
)
