"""The rows of a sheet that hold facts, each with its code: without examples, totals, remarks and blank rows."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from kepu_docs.plugin import N_, Fault
from kepu_sources.tables.beside_facts import DOUBTFUL, Beside, listed
from kepu_sources.tables.codes import same_name
from kepu_sources.tables.example_rows import copied, is_example, is_untouched
from kepu_sources.tables.merged_cells import MERGED_FIGURE, MergedCells
from kepu_sources.tables.no_values import BadCell
from kepu_sources.tables.row_contents import RefusedCell, RowContent
from kepu_sources.tables.sheets import Heads, Row, key_of
from kepu_sources.tables.table_names import CODE, CODE_COLUMN

EXAMPLE_KEY: Final = "示例"
"""The key of rows whose code still holds the word of the example; no row that is read has it as its code."""
_COPIED: Final = N_(
    "this row is a copy of the example and still has its text, so it is unclear whether these are "
    "facts; replace it with your own, or if it is right, delete the example row ({cells})"
)

KeyAt: TypeAlias = Callable[[int, Sequence[Any], RowContent], str]
"""Returns the key of a row, from its number, its cells and its content."""


class KeyedRow(NamedTuple):
    """A row of facts, and the code or the name of the community that it belongs to."""

    row: int
    key: str
    content: RowContent
    owner: str = ""
    """The name of the community, written beside the code."""


class FactRows:
    """The rows of facts of a sheet, in one pass; warnings are collected while they are read."""

    def __init__(self, heads: Heads, rows: Iterator[Row], warnings: list[Fault]) -> None:
        self._heads = heads
        self._rows = rows
        self._warnings = warnings
        self.uncoded: set[int] = set()
        """The rows of communities whose code still holds the word of the example."""

    def of_communities(self) -> Iterator[KeyedRow]:
        """Yield the rows of the table of communities; the key of each is its code, or else its name."""
        return self._filled(_code_or_name)

    def of_others(self) -> Iterator[KeyedRow]:
        """Yield the rows of another table. A code in merged cells applies to all their rows."""
        heads = self._heads
        at = heads.owner if heads.key is None else heads.key
        if at is None:
            # Such a table belongs to a single community.
            return self._filled(lambda row, cells, content: "")
        return self._filled(_key_in(heads, at, heads.owner if heads.key is not None else None))

    def _filled(self, key_at: KeyAt) -> Iterator[KeyedRow]:
        """Yield the rows that have values, except examples; a second example row has probably been filled in."""
        heads = self._heads
        read, judge = heads.row_reader().read, heads.judge()
        merged = MergedCells(heads)
        has_merged = bool(merged)
        examples = None if heads.sheet.example is None else _Examples(heads)
        has_owners = heads.owner is not None
        hidden = heads.sheet.hidden_rows()
        seen_hidden: list[int] = []
        marked: list[int] = []
        for row, given in self._rows:
            cells, doubtful = merged.filled(row, given) if has_merged else (given, ())
            found = judge.judge(row, cells)
            if found and found[0] is not Beside.DOUBTFUL:
                continue
            if heads.untitled or len(cells) > len(heads.titles):
                self._warnings += heads.strays(row, cells)
            kept: Sequence[int] = ()
            of_example: Sequence[int] = ()
            if examples:
                if examples.is_untouched(row, cells):
                    continue
                cells, kept, of_example = examples.without(row, cells)
            content = read(cells)
            key = key_at(row, cells, content)
            if kept:
                is_read = heads.is_fact(key, cells, content)
                self._warnings.append(heads.example_left(row, kept, read=is_read))
                if not is_read:
                    continue
                if heads.code_at() in kept:
                    if not heads.table.path:
                        self.uncoded.add(row)
                    key = key or EXAMPLE_KEY
            is_marked = not kept and is_example(key)
            if content.marks and not is_marked:
                self._warnings += heads.settle(row, key, cells, content)
            if found or of_example or doubtful or heads.state is not None:
                self._refuse(cells, content, found, of_example, doubtful, row)
            if not content.data and not content.bad and not content.times:
                continue
            if is_marked:
                marked.append(row)
                continue
            heads.passed(key, cells, content)
            if row in hidden:
                seen_hidden.append(row)
            yield KeyedRow(row, key, content, heads.owner_of(cells) if has_owners else "")
        if marked[1:]:
            text = N_(
                "rows that are also marked as examples are not read; replace the mark with the code "
                "of the community ({cells})"
            )
            places = [heads.place(row, CODE_COLUMN) for row in marked[1:]]
            self._warnings.append(Fault(places[0], text, (("cells", listed(places)),)))
        self._warnings += judge.warnings()
        if seen_hidden:
            places = [heads.place(row) for row in seen_hidden]
            text = N_("hidden rows are read too; delete what should not be in a document ({cells})")
            self._warnings.append(Fault(places[0], text, (("cells", listed(places)),)))

    def _refuse(
        self,
        cells: Sequence[Any],
        content: RowContent,
        found: tuple[Beside, int] | None,
        of_example: Sequence[int],
        doubtful: Sequence[int],
        row: int,
    ) -> None:
        """Note what is doubtful about a row as a whole at one of its cells."""
        heads = self._heads
        if found:
            content.bad.append(RefusedCell(found[1], DOUBTFUL, cells[found[1]]))
        if heads.state is not None and (content.data or content.bad) and (state := heads.not_held(cells)):
            content.bad.append(RefusedCell(heads.state, state, cells[heads.state]))
        if of_example:
            places = [heads.sheet.place(row, at, heads.titles[at]) for at in of_example]
            why = BadCell(_COPIED, (("cells", listed(places)),))
            content.bad.append(RefusedCell(of_example[0], why, cells[of_example[0]]))
        content.bad.extend(RefusedCell(at, MERGED_FIGURE, cells[at]) for at in doubtful)


class _Examples:
    """Separates the rows of a sheet from its example."""

    def __init__(self, heads: Heads) -> None:
        self._heads = heads
        self._shown = heads.shown()
        self._code_at = heads.code_at()
        self._row = heads.sheet.example.row if heads.sheet.example else 0

    def is_untouched(self, row: int, cells: Sequence[Any]) -> bool:
        """Return whether a row is the example as it was handed out."""
        return (row == self._row or self._heads.has_mark(cells)) and is_untouched(self._shown, cells)

    def without(self, row: int, cells: Sequence[Any]) -> tuple[Sequence[Any], Sequence[int], Sequence[int]]:
        """Return the cells of a row without what the example says, the columns of that, and those that repeat it."""
        heads = self._heads
        if row == self._row:
            return *heads.without_example(cells), ()
        of_example = copied(self._shown, cells, heads.columns, self._code_at)
        return *(heads.without_code(cells) if heads.has_mark(cells) else (cells, ())), of_example


def _key_in(heads: Heads, at: int, owner: int | None) -> KeyAt:
    """Return a function that finds the key of a row in a column, or else in that of the community's name."""
    last = dict(heads.sheet.merged(at))
    until, code, above = 0, "", ""
    cell_above: Any = None

    def key_at(row: int, cells: Sequence[Any], content: RowContent) -> str:
        nonlocal until, code, above, cell_above
        cell = cells[at] if at < len(cells) else None
        # Most rows have the code of the row above, written alike.
        if above and type(cell) is str and cell == cell_above:
            key = above
        else:
            key, cell_above = key_of(cell, above), cell
        if last and row in last:
            until, code = last[row], key
        if key:
            above = key
            return key
        cell_above = None
        if row <= until:
            return code
        above = key_of(cells[owner], above) if owner is not None and owner < len(cells) else ""
        return above

    return key_at


def _code_or_name(row: int, cells: Sequence[Any], content: RowContent) -> str:
    return same_name(str(content.data.get("community", {}).get(CODE, ""))) or name_of(content)


def name_of(content: RowContent) -> str:
    """Return the name of the community of a row, in the form that is compared; empty if it has none."""
    return same_name(str(content.data.get("community", {}).get("name", "")))
