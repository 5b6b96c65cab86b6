"""Strategies for records: anything that the models of the installed section kinds accept."""

import datetime
from typing import Any, Final, assert_never

from hypothesis import strategies as st
from pydantic import BaseModel

from kepu_docs.pipeline import default_engine
from kepu_docs.registry import Registry
from kepu_docs.schema import Count, Photo, Share
from kepu_docs.schema.period import FIRST_YEAR, LAST_YEAR
from kepu_docs.schema.shapes import (
    ChoiceShape,
    DayShape,
    ManyShape,
    NumberShape,
    OtherShape,
    PartShape,
    PeriodShape,
    QuantityShape,
    Shape,
    TextShape,
    shapes,
)
from kepu_docs.schema.text import LINE_LENGTH
from kepu_docs.testing.text_strategies import short_texts, texts

_DEEPEST: Final = 4
"""The deepest nesting of records; records nested more deeply are left out."""

_days: Final = st.dates(datetime.date(FIRST_YEAR, 1, 1), datetime.date(LAST_YEAR, 12, 31)).map(str)
_counts: Final = st.integers(0, 10**9) | st.sampled_from(("近300", "300余", "约1.2万", "3,000", "至少6", "50人次以上"))
_measures: Final = st.integers(0, 4 * 10**6).map(lambda quarters: quarters / 4) | st.sampled_from(("120.5", "约80"))
_shares: Final = st.integers(0, 100) | st.sampled_from(("95.5%", "95%以上", "0.5"))
_periods: Final = (
    st.sampled_from((2025, "2025-H1", "2025-Q3", "2025-09"))
    | _days
    | st.tuples(_days, _days).map(lambda ends: {"start": min(ends), "end": max(ends)})
)


def records(
    registry: Registry | None = None, kind: str = "", *, max_sections: int = 4
) -> st.SearchStrategy[dict[str, Any]]:
    """Records as data, as ``kepu_docs.load`` takes them, with sections of the installed kinds or only of ``kind``.

    ``registry`` may have other kinds than the installed ones. Photographs are left out, since their files do not exist,
    and so are optional fields of types that kepu-docs does not define. Data that a model refuses by its own rule is
    drawn all the same: filter it.
    """
    found = registry or default_engine().registry
    drawn = st.one_of(*(sections(each, found) for each in ([kind] if kind else found.kinds)))
    frame = _records(found.model, 0, left_out=("sections",)).map(_comparable)
    return st.builds(lambda frame, drawn: {**frame, "sections": drawn}, frame, st.lists(drawn, max_size=max_sections))


def _comparable(record: dict[str, Any]) -> dict[str, Any]:
    """Make a record with figures of an earlier period cover a year, and those figures the year before."""
    if record.get("earlier"):
        return {**record, "period": 2025, "earlier": {**record["earlier"], "period": 2024}}
    return record


def sections(kind: str, registry: Registry | None = None) -> st.SearchStrategy[dict[str, Any]]:
    """Sections of one kind, as data. See :func:`records`."""
    model = (registry or default_engine().registry).kinds[kind].model
    return _records(model, 0, left_out=("kind",)).map(lambda fields: {"kind": kind, **fields})


def _records(model: type[BaseModel], depth: int, left_out: tuple[str, ...] = ()) -> st.SearchStrategy[dict[str, Any]]:
    needed: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for name, field, part in shapes(model):
        if name not in left_out and (field.is_required() or _is_drawn(part, depth)):
            (needed if field.is_required() else optional)[name] = _values(part, depth)
    return st.fixed_dictionaries(needed, optional=optional)


def _is_drawn(part: Shape, depth: int) -> bool:
    inner = part.entry if isinstance(part, ManyShape) else part
    if isinstance(inner, PartShape):
        return depth < _DEEPEST and inner.model is not Photo
    return not isinstance(inner, OtherShape)


def _values(part: Shape, depth: int) -> st.SearchStrategy[Any]:
    match part:
        case TextShape(limit):
            drawn = texts() if limit > LINE_LENGTH else short_texts()
            return drawn.filter(lambda text: len(text) <= limit)
        case ChoiceShape(choices):
            return st.sampled_from(choices)
        case NumberShape(least, most):
            return st.integers(least, most)
        case QuantityShape(model):
            return _counts if issubclass(model, Count) else _shares if issubclass(model, Share) else _measures
        case DayShape():
            return _days
        case PeriodShape():
            return _periods
        case ManyShape(entry):
            return st.lists(_values(entry, depth), max_size=3)
        case PartShape(model):
            return st.deferred(lambda: _records(model, depth + 1))
        case OtherShape(annotation):
            return st.from_type(annotation)
        case _:
            assert_never(part)
