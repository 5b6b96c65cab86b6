"""The result of a rollup: a summary for each body, and the missing and failed records."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kepu_docs.blocks import Document
from kepu_docs.errors import Fault
from kepu_docs.pipeline import Engine, default_engine
from kepu_docs.pipeline.records import Who
from kepu_docs.rollups.bodies import Body
from kepu_docs.schema import WorkSummary
from kepu_docs.sections.rollup import Rollup


@dataclass(frozen=True, slots=True)
class RolledUp:
    """The summary of one body."""

    body: Body
    """The body of the summary."""
    data: Mapping[str, Any]
    """Its record, in the shortest form."""
    summary: WorkSummary
    """The same record, validated."""

    def note(self, locale: str | None = None, *, engine: Engine | None = None) -> Document | None:
        """Return the note (核对说明) for the body itself: what its paper does not say.

        It names who is missing, whose summary is faulty, which figures to review and which amounts are not in the sums;
        ``None`` if there is nothing of this. Raises ``TemplateError``.
        """
        return (engine or default_engine()).review_note(self.summary, locale)


@dataclass(frozen=True, slots=True)
class RollupReport:
    """The result of a rollup."""

    results: tuple[RolledUp, ...]
    """The summaries of the bodies, in the order of their names."""
    number: int
    """The number of records that were added."""
    failures: tuple[Fault, ...]
    """The faults of the records that were not added."""
    failed: int
    """The number of records that were not added."""
    missing: tuple[Who, ...]
    """The communities that should have sent a record and have not."""
    source_faults: tuple[Fault, ...]
    """Why a source could not be read to its end, if that happened."""
    warnings: tuple[Fault, ...]
    """Other warnings."""

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield a plain dict for each summary, suitable for a data frame.

        ``body``, ``level``, ``district`` and ``city`` are texts, ``start`` and ``end`` the first and last day of its
        period, ``communities`` is the number of communities that it represents.
        """
        for result in self.results:
            body, period = result.body, result.summary.period
            yield {
                "body": body.name,
                "level": body.level,
                "district": body.district,
                "city": body.city,
                "start": period.start,
                "end": period.end,
                "communities": sum(
                    int(each.number.value) for each in result.summary.sections if isinstance(each, Rollup)
                ),
            }

    @property
    def complete(self) -> bool:
        """Whether every record of every source was added."""
        return not (self.failed or self.source_faults)

    @property
    def summary(self) -> WorkSummary:
        """The summary, if there is only one."""
        (result,) = self.results
        return result.summary
