"""Tables and charts from rows of facts."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from kepu_docs.blocks import Align, Chart, ChartKind, Column, Series, Table
from kepu_docs.composing.problems import WordingError, unknown_fact
from kepu_docs.composing.remarks_column import Stack, parted, remark
from kepu_docs.locale.formats import Formats
from kepu_docs.schema.rounding import as_shown

Choices: TypeAlias = Mapping[str, frozenset[str]]
"""The fields that are choices, with their possible words."""
Nouns: TypeAlias = tuple[str, str]
_NO_CHOICES: Final[Choices] = MappingProxyType({})


def make_table(
    rows: Sequence[Mapping[str, Any]],
    columns: Iterable[str],
    caption: str,
    formats: Formats,
    within: Mapping[str, datetime.date],
    choices: Choices = _NO_CHOICES,
    nouns: Nouns = ("", ""),
) -> Table | None:
    """Return the table of ``rows`` with the columns that have entries; ``None`` if none has.

    Times are written for a summary about the period ``within``. Headings are the catalogue's labels of the fields; some
    name the members of a rolled-up summary, with the ``nouns`` for one and for several. Figures are aligned to the
    right, dates are centred. For the fields that are ``choices``, the choice's label is shown. The entries of a column
    that is nearly empty, or that a page has no room for, are shown in a last column of remarks, with the name of the
    field. Raises ``WordingError`` for a column that the rows do not have.
    """
    stacks: list[Stack] = []
    for name in columns:
        values = _column(rows, name, choices, formats)
        if values.count(None) + values.count(()) == len(values):
            continue
        shown = formats.column(values, within)
        if any(shown):
            stacks.append(Stack(Column(formats.head(name, nouns), _align(values)), shown))
    if not stacks:
        return None
    kept, remarked = parted(stacks)
    heads = [stack.column for stack in kept]
    cells = [stack.shown for stack in kept]
    if remarked:
        heads.append(Column(formats.field("remarks")))
        cells.append([remark(remarked, row, formats) for row in range(len(rows))])
    return Table(tuple(heads), tuple(zip(*cells, strict=True)), caption)


def _column(rows: Sequence[Mapping[str, Any]], name: str, choices: Choices, formats: Formats) -> list[Any]:
    try:
        values = [row[name] for row in rows]
    except KeyError:
        holder = next(row for row in rows if name not in row)
        raise WordingError(unknown_fact(name, holder)) from None
    words = choices.get(name)
    return values if words is None else [_labelled(value, words, formats) for value in values]


def _labelled(value: Any, words: frozenset[str], formats: Formats) -> Any:
    if isinstance(value, tuple):
        return tuple([_labelled(each, words, formats) for each in value])
    return formats.choice(value) if isinstance(value, str) and value in words else value


def _align(values: list[Any]) -> Align:
    match next((value for value in values if value not in (None, "", ())), None):
        case {"value": _} | int() | float():
            return "right"
        case {"start": _} | datetime.date():
            return "center"
        case _:
            return "left"


def make_chart(
    kind: ChartKind,
    rows: Sequence[Mapping[str, Any]],
    columns: Iterable[str],
    texts: tuple[str, str],
    formats: Formats,
    within: Mapping[str, datetime.date],
    choices: Choices = _NO_CHOICES,
    nouns: Nouns = ("", ""),
) -> Chart | None:
    """Return the chart of ``rows``: the first of ``columns`` gives the categories, each of the others is a series.

    ``texts`` are the caption, and the name of a category without one. A series without known values is left out;
    ``None`` is returned if none is left, or only zeros. An unknown value is a gap. Raises ``ValueError`` for a pie
    chart of several series, whose parts do not add up to a whole, and ``WordingError`` as for a table.
    """
    axis, *names = columns
    caption, other = texts
    series = [found for name in names if (found := _series(name, _column(rows, name, {}, formats), formats, nouns))]
    if not any(value for each in series for value in each.values):
        return None
    if kind == "pie" and len(series) > 1:
        raise ValueError(f"a pie shows one series, not {len(series)}")
    categories = tuple(formats.show(value, within) or other for value in _column(rows, axis, choices, formats))
    return Chart(kind, formats.head(axis, nouns), categories, tuple(series), caption)


def _series(name: str, facts: list[Any], formats: Formats, nouns: Nouns) -> Series | None:
    """Return a series whose name contains its unit, and whose labels show the exactness of its values."""
    known = [fact for fact in facts if fact is not None]
    if not known:
        return None
    units = {fact["unit"] for fact in known if isinstance(fact, Mapping)}
    common = units.pop() if len(units) == 1 else ""
    title, unit = formats.head(name, nouns), formats.unit(common) if common else ""
    if unit and unit not in title:
        title = formats.pattern("in units").format(name=title, unit=unit)
    without_unit = {"unit": ""} if common else {}
    values: list[float | None] = []
    labels: list[str] = []
    for fact in facts:
        if isinstance(fact, Mapping):
            shown = as_shown({**fact, **without_unit})
            labels.append(formats.count(shown, in_figures=True))
            values.append(float(shown["value"]))
        else:
            labels.append(formats.show(fact))
            values.append(None if fact is None else float(fact))
    return Series(title, tuple(values), tuple(labels))
