"""A sheet and its headings: which column holds what, and what the rows say."""

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, NamedTuple, TypeAlias

from kepu_docs.plugin import N_, Closeness, Fault, Place, RecordColumn, RecordTable, SourceError, first_faults
from kepu_sources.tables.books import filled
from kepu_sources.tables.cells import BadCell, Reader, reader_of, text_of
from kepu_sources.tables.table_names import CODE, CODE_COLUMN, Layout, plain

_MOST_TITLES: Final = 10
"""Rows above the headings, and these: who gives a table a title writes it there."""
MOST_COLUMNS: Final = 16_384
"""Of a table: as many as Excel has."""
_LONGEST_HEADING: Final = 200
"""The longest heading that is looked up, in characters; none that is known has a quarter of it."""
_MOST_UNTITLED: Final = 100
"""How many columns of a table that hold something and have no heading are reported one by one."""
_SHOWN: Final = 40
"""Of a heading in messages, in characters."""

Path: TypeAlias = tuple[str | int, ...]
Row: TypeAlias = tuple[int, Sequence[Any]]


class Sheet(ABC):
    """A table as its file holds it."""

    title: str
    hidden: bool = False
    may_be_empty: bool = False
    """Whether it may have no rows: a query may find nothing."""

    @abstractmethod
    def rows(self) -> Iterator[Row]:
        """Yield the rows, each with its number and its cells; only one of these iterators is in use at a time."""

    @abstractmethod
    def place(self, row: int, column: int | None, heading: str) -> Place:
        """Return the place of a row, or of one cell, whose column counts from 0 and has a heading."""

    def merged(self, column: int) -> Iterable[tuple[int, int]]:
        """Return first and last row of the cells that are merged in a column; known with its rows."""
        return ()

    def share(self, row: int) -> float:
        """Return how much has been read with a row, from 0 to 1; 0 where that is not known."""
        return 0.0

    def is_blank(self) -> bool:
        """Tell whether no cell is filled."""
        return not any(filled(cell) for _, cells in self.rows() for cell in cells)


class RowContent(NamedTuple):
    """What a row says: its part of a record, and its cells that are no values, by the places of their columns."""

    data: dict[str, Any]
    bad: list[tuple[int, str]]


@dataclass(slots=True)
class Heads:
    """The columns of one sheet: which column of the table each is."""

    sheet: Sheet
    table: RecordTable
    columns: list[tuple[int, RecordColumn]] = field(default_factory=list)
    readers: list[tuple[int, tuple[str, ...], str, Reader]] = field(default_factory=list)
    """Of each column: where it stands, the fields on the way to its own, this one, and what reads its cells."""
    key: int | None = None
    """Where the codes stand."""
    titles: list[str] = field(default_factory=list)
    untitled: list[int] = field(default_factory=list)
    """Columns without a heading in which nothing has been seen yet, in their order."""
    strange: int = 0
    """In how many columns without a heading something was seen."""

    def place(self, row: int, column: RecordColumn | None = None) -> Place:
        """Return the place of a row, or of its cell in a column."""
        if column is CODE_COLUMN:
            return self.at(row, ("community", CODE)) if self.key is None else self._cell(row, self.key)
        return self.sheet.place(row, None, "") if column is None else self.at(row, column.path)

    def at(self, row: int, path: Path) -> Place:
        """Return the place of what stands at ``path`` in the row's record."""
        for at, each in self.columns:
            if each.path == tuple(path[: len(each.path)]):
                return self._cell(row, at)
        return self.sheet.place(row, None, "")

    def _cell(self, row: int, at: int) -> Place:
        return self.sheet.place(row, at, self.titles[at])

    def content(self, cells: Sequence[Any]) -> RowContent:
        """Return what a row says."""
        data: dict[str, Any] = {}
        bad: list[tuple[int, str]] = []
        count = len(cells)
        for at, way, name, read in self.readers:
            if at >= count:
                break
            cell = cells[at]
            if cell == "" or cell is None:
                continue
            value = read(cell)
            if value is None:
                continue
            if type(value) is BadCell:
                bad.append((at, value.text))
            elif way:
                part = data
                for step in way:
                    part = part.setdefault(step, {})
                part[name] = value
            else:
                data[name] = value
        return RowContent(data, bad)

    def strays(self, row: int, cells: Sequence[Any]) -> Iterator[Fault]:
        """Yield a warning of each column without a heading in which this row is the first to have something."""
        if self.strange > _MOST_UNTITLED:
            return
        if len(cells) > len(self.titles):
            # A row may be longer than that of the headings, in CSV.
            self.untitled += range(len(self.titles), len(cells))
            self.titles += [""] * (len(cells) - len(self.titles))
        seen = [at for at in islice(self.untitled, bisect_left(self.untitled, len(cells))) if filled(cells[at])]
        if not seen:
            return
        now = set(seen)
        self.untitled = [at for at in self.untitled if at not in now]
        for at in seen:
            self.strange += 1
            if self.strange > _MOST_UNTITLED:
                text = N_("this column and maybe more have no heading; they are not read")
                yield Fault(self.sheet.place(row, at, ""), text)
                return
            yield Fault(self.sheet.place(row, at, ""), N_("this column has no heading; it is not read"))

    def faults(self, row: int, bad: Iterable[tuple[int, str]]) -> Iterator[Fault]:
        """Yield the faults of a row's cells that are no values."""
        for at, text in bad:
            yield Fault(self._cell(row, at), text)


def read_heads(sheet: Sheet, table: RecordTable, layout: Layout) -> tuple[Heads, Iterator[Row], list[Fault]]:
    """Return the columns of a sheet, the rows below their headings, and warnings of columns that nobody knows.

    The headings are the row of the first ten with most of them: a title and remarks may stand above. Raises
    ``SourceError`` where none is known, or two are the same.
    """
    known = layout.columns(table)
    heads = Heads(sheet, table)
    rows = sheet.rows()
    first: list[Row] = []
    broken: SourceError | None = None
    try:
        first += islice((row for row in rows if any(map(filled, row[1]))), _MOST_TITLES)
    except SourceError as error:
        broken = error
    if not first:
        if broken:
            raise broken
        return heads, iter(()), []
    best = max(range(len(first)), key=lambda at: sum(_looked_up(_title(cell)) in known for cell in first[at][1]))
    row, cells = first[best]
    heads.titles = [_title(cell) for cell in cells]
    unknown: list[tuple[int, str]] = []
    used: dict[Path, str] = {}
    for at, title in enumerate(heads.titles):
        column = known.get(_looked_up(title)) if title else None
        if not title:
            heads.untitled.append(at)
        elif column is None:
            unknown.append((at, title))
        elif column.path in used:
            text = N_("the columns “{first}” and “{second}” are the same")
            raise SourceError.at(sheet.place(row, at, title), text, first=used[column.path], second=title)
        else:
            used[column.path] = title
            if column is CODE_COLUMN:
                heads.key = at
            else:
                heads.columns.append((at, column))
                heads.readers.append((at, column.path[:-1], column.path[-1], reader_of(column, layout.vocabulary)))
    if not used:
        text = N_("none of these headings is known; the first row must have headings such as “{heading}”")
        raise SourceError.at(sheet.place(row, None, ""), text, heading=layout.example_heading(table))
    closeness = Closeness()
    warnings = first_faults(
        _unknown(sheet.place(row, at, title[:_SHOWN]), title, known, closeness) for at, title in unknown
    )
    return heads, _below(first[best + 1 :], rows, broken), warnings


def _below(first: list[Row], rows: Iterator[Row], broken: SourceError | None) -> Iterator[Row]:
    yield from first
    if broken:
        raise broken
    yield from rows


def key_of(cell: Any) -> str:
    """Return the code that a cell holds, or nothing."""
    key = text_of(cell)
    return key if isinstance(key, str) else ""


def _title(cell: Any) -> str:
    return str(cell).strip() if filled(cell) else ""


def _looked_up(title: str) -> str:
    """Return a heading as it is looked up; nothing for one that is too long to be any."""
    return plain(title) if len(title) <= _LONGEST_HEADING else ""


def _unknown(place: Place, title: str, known: Mapping[str, RecordColumn], closeness: Closeness) -> Fault:
    near = closeness.nearest(_looked_up(title), known, 0.75)
    shown = title if len(title) <= _SHOWN else title[:_SHOWN] + "…"
    if not near:
        return Fault(place, N_("nothing is known of a column “{heading}”; it is not read"), (("heading", shown),))
    text = N_("nothing is known of a column “{heading}”; is it “{near}”? It is not read")
    return Fault(place, text, (("heading", shown), ("near", near)))
