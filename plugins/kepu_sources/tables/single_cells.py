"""A text that is read like a cell of a table, without a table: the content of a filled form."""

from typing import Any

from kepu_docs.plugin import Fault, Period, Place, RecordColumn, RecordForm, SourceError
from kepu_sources.tables.cells import reader_of
from kepu_sources.tables.no_values import BadCell, CellMark
from kepu_sources.tables.times_in_cells import TimeOfYear


def value_of(text: str, column: RecordColumn, form: RecordForm, period: Period | None) -> Any:
    """Return the value of a text in a column, ``None`` if it has none. Raises ``SourceError``."""
    value = reader_of(column, form.vocabulary)(text)
    if isinstance(value, TimeOfYear):
        value = value.within(period)
    if isinstance(value, BadCell):
        raise SourceError([Fault(Place(), value.text, value.values)])
    return None if isinstance(value, CellMark) else value
