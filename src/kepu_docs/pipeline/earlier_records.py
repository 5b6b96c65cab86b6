"""Reading the records of an earlier time, to compare their figures with those of a run."""

from collections.abc import Iterator

from kepu_docs.errors import Fault, SourceError
from kepu_docs.pipeline.earlier_years import EarlierYears
from kepu_docs.pipeline.engine import Engine
from kepu_docs.pipeline.locations import locations, records
from kepu_docs.pipeline.objects import Records, as_sources
from kepu_docs.pipeline.records import summary_of
from kepu_docs.schema import WorkSummary


def read_earlier_years(engine: Engine, sources: Records) -> EarlierYears:
    """Return the figures of all records of ``sources``. Raises ``RecordError`` for a faulty record, ``SourceError``."""
    return EarlierYears.of(_summaries(engine, sources))


def _summaries(engine: Engine, sources: Records) -> Iterator[WorkSummary]:
    faults: list[Fault] = []
    for _, record in records(engine, locations(engine, as_sources(sources, name="earlier")), faults):
        yield summary_of(engine, record)
    if faults:
        raise SourceError(faults)
