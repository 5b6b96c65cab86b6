"""From a record of a source to a candidate for the checker."""

import os
from collections.abc import Mapping

from kepu_docs.checking.places import Candidate, CellPlaces, TextPlaces
from kepu_docs.contract.sources import SourceRecord
from kepu_docs.errors import KepuError
from kepu_docs.pipeline.engine import Engine, lowered
from kepu_docs.pipeline.records import summary_of


def candidate_of(engine: Engine, path: str, record: SourceRecord) -> Candidate:
    """Return a record in the form that the checker takes; ``path`` is what it was read from. Raises ``KepuError``."""
    file = path if os.path.isfile(path) else ""
    if record.faults or isinstance(record.content, Mapping):
        return Candidate(summary_of(engine, record), CellPlaces(engine, record), file)
    try:
        places = TextPlaces.of(engine, record, record.content)
        return Candidate(places.summary(), places, file)
    except KepuError as error:
        raise type(error)([lowered(fault, record.line - 1) for fault in error.faults]) from None
