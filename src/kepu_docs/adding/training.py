"""培训: the sessions of all communities, and those that most people came to."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kepu_docs.adding.entries import counted, is_made, largest
from kepu_docs.contract.rollups import Amount, Gathered, Part, RollupRule, known, made, parts_of, told
from kepu_docs.schema import WorkSummary
from kepu_docs.schema.sections import Training

_TOTALS: Final = {"sessions_total": "场", "attendance_total": "人次"}
_NAMES: Final = ("audiences", "trainers")


def _tell(section: Training, summary: WorkSummary) -> Iterator[Part]:
    sessions = section.sessions
    yield from told(section, _TOTALS, _NAMES)
    listed = () if is_made(summary) else sessions
    if listed and section.sessions_total is None:
        yield Amount("sessions_total", counted(len(listed), "场"), "sessions")
    if section.attendance_total is None:
        came = ((f"sessions[{place}].attendance", session.attendance) for place, session in enumerate(listed))
        yield from parts_of("attendance_total", "", came)
    for session in sessions:
        yield from largest("sessions", session, session.attendance, summary)


def _make(gathered: Gathered) -> Mapping[str, Any]:
    return known({**made(gathered, _TOTALS, _NAMES), "sessions": gathered.best("sessions")})


TRAINING: Final = RollupRule(_tell, _make)
