"""Tables from rows of facts."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kepu_docs.blocks import Align, Column, Table
from kepu_docs.locale.formats import Formats


def make_table(
    rows: Sequence[Mapping[str, Any]],
    columns: Iterable[str],
    caption: str,
    formats: Formats,
    within: Mapping[str, datetime.date],
) -> Table | None:
    """Return the table of ``rows`` with the columns in which something stands; ``None`` when nothing does.

    Times are written for a summary about the time ``within``. Heads are the catalogue's labels of the fields.
    Figures stand at the right, dates in the middle.
    """
    heads: list[Column] = []
    stacks: list[list[str]] = []
    for name in columns:
        values = [row[name] for row in rows]
        if values.count(None) + values.count(()) == len(values):
            continue
        shown = formats.column(values, within)
        if any(shown):
            heads.append(Column(formats.field(name), _align(values)))
            stacks.append(shown)
    return Table(tuple(heads), tuple(zip(*stacks, strict=True)), caption) if heads else None


def _align(values: list[Any]) -> Align:
    match next((value for value in values if value not in (None, "", ())), None):
        case {"value": _} | int() | float():
            return "right"
        case {"start": _} | datetime.date():
            return "center"
        case _:
            return "left"
