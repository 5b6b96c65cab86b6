"""One record, read and checked: its content, its faults, and the checker's remarks."""

from dataclasses import dataclass

from kepu_docs.checking import Candidate, Checker, Remark, candidate_of
from kepu_docs.errors import Fault, InternalError, KepuError
from kepu_docs.pipeline.engine import Engine
from kepu_docs.pipeline.records import guess, place_of, placed_faults, who_of
from kepu_docs.preview.records import HeldRecord
from kepu_docs.schema import WorkSummary


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of reading a record."""

    name: str
    """The name of its community, as far as it is known."""
    candidate: Candidate | None = None
    """The record as it was read; ``None`` for a faulty one."""
    faults: tuple[Fault, ...] = ()

    @property
    def summary(self) -> WorkSummary | None:
        """The validated record."""
        return self.candidate.summary if self.candidate else None


def read_held(engine: Engine, held: HeldRecord) -> Reading:
    """Return a record as it was read, or all of its faults."""
    record = held.record
    try:
        candidate = candidate_of(engine, held.file, record)
        return Reading(who_of(candidate.summary).community, candidate)
    except KepuError as error:
        return Reading(guess(engine, record).community, None, tuple(placed_faults(error.faults, record)))
    except (Exception, SystemExit) as error:  # whatever the error, the next state of the record need not have it
        return Reading("", None, InternalError.of(error, place_of(record)).faults)


def check_reading(
    checker: Checker, reading: Reading, earlier: WorkSummary | None, communities: tuple[str, ...]
) -> tuple[Remark, ...]:
    """Return the checker's findings in a record that could be read."""
    if reading.candidate is None:
        return ()
    names = communities if len(communities) > 1 else ()
    return tuple(checker.check(reading.candidate, earlier=earlier, communities=names))
