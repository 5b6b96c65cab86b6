"""Rows whose code no community has: each such code becomes a failing record, so that the rows are not lost."""

from collections.abc import Iterator, Sequence
from typing import Final

from kepu_docs.plugin import N_, Fault, SourceRecord, first_faults
from kepu_sources.tables.codes import code_of
from kepu_sources.tables.fact_rows import EXAMPLE_KEY
from kepu_sources.tables.no_values import BadCell
from kepu_sources.tables.sheets import Heads
from kepu_sources.tables.table_names import CODE, CODE_COLUMN
from kepu_sources.tables.waiting_rows import WaitingRows

_MOST_STRAY: Final = 1_000
"""How many codes without a community are reported; a source with more belongs to another table of communities."""
NO_CODE_BUT_EXAMPLE: Final = N_(
    "the code's cell still says “example”, so it is unclear who this row belongs to; replace it with "
    "the code of the community"
)


def stray_records(name: str, waiting: WaitingRows, heads: Sequence[Heads]) -> Iterator[SourceRecord]:
    """Yield a failing record for each code without a community; ``heads`` are those of the sheets, by their numbers."""
    for count, key in enumerate(waiting.unseen(_MOST_STRAY + 1), 1):
        text, values = _problem(key)
        if count > _MOST_STRAY:
            text, values = N_("there are more codes that no community has; they are not listed one by one"), ()
        faults = first_faults(_faults(waiting, heads, key, text, values))
        place = faults[0].place
        yield SourceRecord(
            place.record or name,
            {"community": {CODE: key}},
            place=str(place.line or place.cell),
            faults=tuple(faults),
            read=1.0,
        )


def _faults(
    waiting: WaitingRows, heads: Sequence[Heads], key: str, text: str, values: tuple[tuple[str, object], ...]
) -> Iterator[Fault]:
    """Yield a fault for each row without a community, and what else is wrong with the row."""
    for _, number, group in waiting.waiting((key,)):
        own = heads[number]
        yield from (Fault(own.place(row, CODE_COLUMN), text, values) for row in group.rows)
        yield from (own.fault(row, refused) for row, refused in group.bad)


def _problem(key: str) -> tuple[str, tuple[tuple[str, object], ...]]:
    """Return what is wrong with rows whose code no community has."""
    if not key:
        return N_("the row has no code, so it is unclear who it belongs to"), ()
    if key == EXAMPLE_KEY:
        return NO_CODE_BUT_EXAMPLE, ()
    if isinstance(cut := code_of(key), BadCell):
        return cut.text, ()
    return N_("no community has the code “{code}”; the row is left out"), (("code", key),)
