"""A sheet and its headings: which column holds what, and what the rows mean."""

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, Final, TypeAlias

from kepu_docs.plugin import N_, Fault, Place, RecordColumn, RecordTable, unit_in
from kepu_sources.tables.beside_facts import RowJudge, listed
from kepu_sources.tables.books import filled
from kepu_sources.tables.codes import code_of, same_name
from kepu_sources.tables.example_marks import ExampleMark
from kepu_sources.tables.example_rows import Shown, is_example, kept
from kepu_sources.tables.no_values import BadCell, CellMark, bad, says_not_held, shown
from kepu_sources.tables.row_contents import NO_VALUES, ColumnReader, RefusedCell, RowContent, RowReader
from kepu_sources.tables.table_names import CODE_COLUMN, CODE_OF_COMMUNITY, Layout

MOST_COLUMNS: Final = 16_384
"""The most columns of a table: as many as Excel has."""
_MOST_UNTITLED: Final = 100
"""How many columns without a heading that hold something are reported one by one."""

_FIGURES: Final = frozenset(("number", "share"))
_TIMES: Final = frozenset(("day", "period"))
_SAME_IN_ALL: Final = frozenset(("place", "attendance"))
"""What identical rows of an activity have in common, apart from its name and time."""
_TEXTS: Final = frozenset(("text", "texts", "line_texts"))

Path: TypeAlias = tuple[str | int, ...]
Row: TypeAlias = tuple[int, Sequence[Any]]


class Sheet(ABC):
    """A table as its file holds it."""

    title: str
    hidden: bool = False
    is_shared: bool = False
    """Whether it is among tables of other programs, which kepu-docs does not read."""
    may_be_empty: bool = False
    """Whether it may have no rows: a query may find nothing."""
    may_be_upright: bool = False
    """Whether its labels may be in the first column, and it is cheap to check this before reading."""
    example: ExampleMark | None = None
    """The row that shows how to fill in the table, if the file marks it."""

    @abstractmethod
    def rows(self) -> Iterator[Row]:
        """Yield the rows, each with its number and its cells; use only one of these iterators at a time."""

    @abstractmethod
    def place(self, row: int, column: int | None, heading: str) -> Place:
        """Return the place of a row, or of a cell, whose column counts from 0 and has a heading."""

    def merged(self, column: int) -> Iterable[tuple[int, int]]:
        """Return first and last row of each range of merged cells in a column; known once the rows are read."""
        return ()

    def hidden_rows(self) -> frozenset[int]:
        """Return the rows that are hidden; known once the rows are read."""
        return frozenset()

    def share(self, row: int) -> float:
        """Return the share that has been read up to a row, from 0 to 1; 0 if it is not known."""
        return 0.0

    def has_table(self) -> bool:
        """Return whether it holds more than notes: two rows, each with two filled cells."""
        wide = (row for row, cells in self.rows() if sum(map(filled, cells)) > 1)
        return next(wide, None) is not None and next(wide, None) is not None

    def is_blank(self) -> bool:
        """Return whether no cell is filled."""
        return not any(filled(cell) for _, cells in self.rows() for cell in cells)


@dataclass(slots=True)
class Heads:
    """The columns of a sheet, assigned to the columns of the table."""

    sheet: Sheet
    table: RecordTable
    layout: Layout
    columns: list[tuple[int, RecordColumn]] = field(default_factory=list)
    readers: list[ColumnReader] = field(default_factory=list)
    """The readers of the columns, in their order."""
    key: int | None = None
    """The column of the codes."""
    owner: int | None = None
    """The column of community names, in a table whose rows belong to a community each."""
    counting: int | None = None
    """The column in which the rows are numbered."""
    state: int | None = None
    """The column, otherwise not read, that says whether something took place at all."""
    same: list[Path] | None = None
    """What makes two rows the same, once known."""
    titles: list[str] = field(default_factory=list)
    untitled: list[int] = field(default_factory=list)
    """Columns without a heading in which nothing has been found yet, in order."""
    with_nothing: set[int] = field(default_factory=set)
    """Columns in which a word for nothing was found."""
    above: tuple[str, Sequence[Any]] = ("", ())
    """The code and the cells of the row above."""
    units: tuple[str, ...] = ()
    """The units that lines above the headings give for all figures: 万元."""
    strange: int = 0
    """How many columns without a heading hold something."""

    def place(self, row: int, column: RecordColumn | None = None) -> Place:
        """Return the place of a row, or of its cell in a column."""
        if column is CODE_COLUMN:
            at = self.owner if self.key is None else self.key
            return self.at(row, CODE_OF_COMMUNITY) if at is None else self._cell(row, at)
        return self.sheet.place(row, None, "") if column is None else self.at(row, column.path)

    def code_at(self) -> int | None:
        """Return the column of the communities' codes, if there is one."""
        return next((at for at, column in self.columns if column.path == CODE_OF_COMMUNITY), self.key)

    def at(self, row: int, path: Path) -> Place:
        """Return the place of the value at ``path`` in the row's record: its cell, or the row and the column's name."""
        for at, each in self.columns:
            if each.path == tuple(path[: len(each.path)]):
                return self._cell(row, at)
        return replace(self.sheet.place(row, None, ""), field=self.layout.name_at(self.table, path, self.titles))

    def _cell(self, row: int, at: int) -> Place:
        return self.sheet.place(row, at, self.titles[at])

    def judge(self) -> RowJudge:
        """Return the judge that separates the facts of the table from other rows."""
        code = self.code_at()
        names = [(not column.required, at) for at, column in self.columns if column.cell == "text" and at != code]
        return RowJudge(
            self.sheet.place,
            self.titles,
            code,
            min(names, default=(True, None))[1],
            columns=frozenset(at for at, _ in self.columns if at != code),
            figures=frozenset(at for at, column in self.columns if column.cell in _FIGURES),
            texts=frozenset(at for at, column in self.columns if column.cell in _TEXTS),
            counting=self.counting,
            units=frozenset(
                column.unit
                for at, column in self.columns
                if column.cell in _FIGURES and not unit_in(self.titles[at]) and not self.units
            )
            - {""},
        )

    def shown(self) -> Shown:
        """Return what the example of the sheet says in each column; empty if no example is known."""
        mark = self.sheet.example
        return mark.of(self.titles) if mark else ()

    def without_code(self, cells: Sequence[Any]) -> tuple[Sequence[Any], list[int]]:
        """Return the cells of a row without its code, and the column of the code."""
        at = self.code_at()
        if at is None:
            return cells, []
        own = list(cells)
        own[at] = None
        return own, [at]

    def has_mark(self, cells: Sequence[Any]) -> bool:
        """Return whether the word of the example is in place of a row's code."""
        at = self.code_at()
        return at is not None and at < len(cells) and isinstance(cells[at], str) and is_example(cells[at].strip())

    def owner_of(self, cells: Sequence[Any]) -> str:
        """Return the name of the community beside the code of a row, in the form that is compared."""
        at = self.owner
        return key_of(cells[at]) if at is not None and self.key is not None and at < len(cells) else ""

    def owner_place(self, row: int) -> Place:
        """Return the place of the name of the community in a row."""
        return self.sheet.place(row, None, "") if self.owner is None else self._cell(row, self.owner)

    def without_example(self, cells: Sequence[Any]) -> tuple[Sequence[Any], list[int]]:
        """Return the cells of the example's row without what the example says, and the columns of what was removed."""
        still = [at for at in kept(self.shown(), cells, self.code_at()) if at < len(self.titles)]
        if not still:
            return cells, still
        own = list(cells)
        for at in still:
            own[at] = None
        return own, still

    def is_fact(self, key: str, cells: Sequence[Any], content: RowContent) -> bool:
        """Return whether cells written over an example make a row: communities need a name or a code, others a name."""
        if not (content.data or content.bad or content.times):
            return False
        if not self.table.path:
            return bool(key)
        name = next((at for at, column in self.columns if column.required and column.cell == "text"), None)
        return name is None or (name < len(cells) and filled(cells[name]))

    def example_left(self, row: int, kept: Iterable[int], *, read: bool) -> Fault:
        """Return the warning for the cells of a row that still hold what the example says."""
        places = [self._cell(row, at) for at in kept]
        text = (
            N_(
                "these cells still hold the example's text and are not read; replace it with your "
                "own, or if it happens to be right, write the whole row again below the example "
                "({cells})"
            )
            if read
            else N_(
                "this row still has the example's text and too little else, so it is left out; "
                "replace the example with your own text, or write the whole row below it ({cells})"
            )
        )
        return Fault(places[0], text, (("cells", listed(places)),))

    def merged(self) -> dict[int, dict[int, int]]:
        """Return for each column that is read: the last row of each range of merged cells, by its first row."""
        found = {}
        for at, _ in self.columns:
            ranges = {first: last for first, last in self.sheet.merged(at) if last > first}
            if ranges:
                found[at] = ranges
        return found

    def identity(self) -> list[Path]:
        """Return the fields that identify a row of a list: name, time, place, attendance; empty if all fields do."""
        if self.same is None:
            name = self.judge().name
            self.same = [
                column.path
                for at, column in self.columns
                if at == name or column.cell in _TIMES or column.field in _SAME_IN_ALL
            ]
            if not any(column.cell in _TIMES for _, column in self.columns):
                self.same = []
        return self.same

    def row_reader(self) -> RowReader:
        """Return the reader of the rows, once all columns are assigned."""
        return RowReader(self.readers)

    def not_held(self, cells: Sequence[Any]) -> BadCell | None:
        """Return what is wrong with a row that says that it did not take place."""
        cell = cells[self.state] if self.state is not None and self.state < len(cells) else None
        return says_not_held(cell) if isinstance(cell, str) else None

    def put(self, data: dict[str, Any], at: int, value: Any) -> None:
        """Put the value of a cell into the data of its row."""
        for reader in self.readers:
            if reader.at == at:
                reader.put(data, value)

    def settle(self, row: int, key: str, cells: Sequence[Any], content: RowContent) -> list[Fault]:
        """Fill the cells that say “as above”, and return warnings about words for nothing, one per column.

        The cell above is that of the last row passed to :meth:`passed`; if the table has a column with the codes of
        communities, only within the same community.
        """
        warnings = []
        before, above = self.above
        readers = {reader.at: reader.read for reader in self.readers}
        for at, mark in content.marks:
            if mark is CellMark.NOTHING:
                if at not in self.with_nothing:
                    self.with_nothing.add(at)
                    text = N_("“{found}” counts as a blank cell in this column")
                    warnings.append(Fault(self._cell(row, at), text, (("found", shown(cells[at])),)))
                continue
            cell = above[at] if at < len(above) and (before == key or not self.table.path) else None
            value = readers[at](cell) if filled(cell) else None
            if value is None or isinstance(value, CellMark):
                text = N_("“{found}” means “as above”, but there is nothing above; write the value itself")
                content.bad.append(RefusedCell(at, bad(text, cells[at]), cells[at]))
            elif type(value) in NO_VALUES:
                content.take(at, value, cell)
            else:
                self.put(content.data, at, value)
        return warnings

    def passed(self, key: str, cells: Sequence[Any], content: RowContent) -> None:
        """Remember a row, since the next may refer to it; a value that it took from above counts as its own."""
        if content.marks:
            _, above = self.above
            cells = list(cells)
            for at, mark in content.marks:
                if mark is CellMark.AS_ABOVE:
                    cells[at] = above[at] if at < len(above) else None
        self.above = key, cells

    def strays(self, row: int, cells: Sequence[Any]) -> Iterator[Fault]:
        """Yield a warning for each column without a heading in which this row is the first to hold something."""
        if self.strange > _MOST_UNTITLED:
            return
        if len(cells) > len(self.titles):
            # In CSV, a row may be longer than that of the headings.
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
                text = N_("this column, and maybe others, has no heading; they are not read")
                yield Fault(self.sheet.place(row, at, ""), text)
                return
            yield Fault(self.sheet.place(row, at, ""), N_("this column has no heading; it is not read"))

    def fault(self, row: int, refused: RefusedCell) -> Fault:
        """Return the fault for a cell of a row that has no value."""
        return Fault(self._cell(row, refused.at), refused.why.text, refused.why.values)


def key_of(cell: Any, above: str = "") -> str:
    """Return the code in a cell, empty if there is none; a code that Excel has cut is returned as it is.

    ``above`` is the code of the row above, for a cell that says “as above”.
    """
    key = code_of(cell)
    if isinstance(key, BadCell):
        return str(cell)
    if key is CellMark.AS_ABOVE:
        return above
    return same_name(key) if isinstance(key, str) else ""
