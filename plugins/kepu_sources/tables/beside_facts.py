"""Rows of a table that are not facts: totals, remarks, signature lines, repeated headings."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Final, TypeAlias

from kepu_docs.plugin import N_, Fault, Place, SourceError, is_unit_for, unit_factor, units_named
from kepu_sources.tables.books import filled
from kepu_sources.tables.no_values import BadCell
from kepu_sources.tables.row_marks import Marks, is_label, marks_in, may_be_mark

PlaceOf: TypeAlias = Callable[[int, int | None, str], Place]
"""Returns the place of a cell, from its row, its column, and its heading."""


class Beside(Enum):
    """The kind of a row that is not a fact."""

    TOTAL = auto()
    REMARK = auto()
    SIGNATURE = auto()
    HEADINGS = auto()
    PART = auto()
    """A part of the row above: 其中：线上."""
    GROUP = auto()
    """A heading of the rows below it: 一、讲座."""
    DOUBTFUL = auto()
    """A mark of one of these, together with values that only a fact has."""


_TEXTS: Final[Mapping[Beside, str]] = {
    Beside.TOTAL: N_(
        "totals are left out, as figures are added up from the other rows; if this is not a total, "
        "give it a name of its own ({cells})"
    ),
    Beside.REMARK: N_("notes are left out; put what should be in the document into a column of its table ({cells})"),
    Beside.SIGNATURE: N_("lines of the form for names, seals, telephone numbers and dates are left out ({cells})"),
    Beside.PART: N_(
        "parts of the figures above, such as 其中, are left out, as they would be counted twice; an "
        "activity of its own needs its own name ({cells})"
    ),
    Beside.GROUP: N_("headings of groups of rows are left out ({cells})"),
    Beside.HEADINGS: N_("repeated headings among the rows are left out ({cells})"),
}
DOUBTFUL: Final = BadCell(
    N_(
        "this row may be a total, a part of the one above, a group heading, a note or a signature, "
        "so it is unclear whether it is a fact; give it a name of its own and complete it, or delete "
        "the row"
    )
)
_OTHER_UNIT: Final = N_(
    "this line says that the figures are in {found}, but the columns are in {unit}; put the unit "
    "into the headings, as in 金额（万元）, or write the figures in {unit}"
)
_MOST_CELLS: Final = 10
"""How many cells a message lists."""
_LONGEST: Final = 500
"""How many characters of a cell are examined."""
_MOST_HEADINGS_APART: Final = 0.5

_no_name = re.compile(r"[（(【\[].*|[^：:，,。；;、]*[：:，,。；;、].*|.{16,}")
"""A text that is neither a code nor the name of a community: in brackets, with punctuation, or too long."""
_blank = re.compile(r"\s+")
# Days are left out: signatories write one anywhere.
_figure = re.compile(r"[约約近共计計]{0,2}[0-9０-９][0-9０-９,，.]{0,15}[^0-9０-９年月日/.-]{0,8}")
_SHORT: Final = 60
"""The longest text that is remembered, in characters."""
_MOST_ORDINARY: Final = 2_000
"""How many texts are remembered."""


@dataclass(slots=True)
class RowJudge:
    """Separates the facts of a table from other rows, and collects what was left out, for one report."""

    place: PlaceOf
    titles: Sequence[str]
    key: int | None
    """The column of the codes."""
    name: int | None
    """The column of the first text of a row that is not a code: a name, a topic."""
    columns: frozenset[int]
    """The columns that are read."""
    figures: frozenset[int]
    """Those of the columns that hold figures."""
    texts: frozenset[int]
    """Those of the columns that hold texts."""
    counting: int | None = None
    """The column in which the rows are numbered."""
    units: frozenset[str] = frozenset()
    """The units of the columns whose headings have none."""
    looked_at: tuple[int, ...] = field(init=False)
    """The columns in which the mark of a row may be, apart from its first filled cell."""
    headings: frozenset[str] = field(init=False)
    _left_out: dict[Beside, list[tuple[int, int]]] = field(default_factory=dict)
    _part_above: bool = False
    """Whether the last row was a part of one above."""
    _code_of_part: Any = None
    _footer: bool = False
    """Whether the last rows were remarks or signatures."""
    _ordinary: set[str] = field(default_factory=set)
    """Texts that are neither marks nor headings, of those seen last."""

    def __post_init__(self) -> None:
        self.headings = frozenset(filter(None, self.titles))
        self.looked_at = tuple(sorted({at for at in (self.key, self.name) if at is not None}))

    def judge(self, row: int, cells: Sequence[Any]) -> tuple[Beside, int] | None:
        """Return the kind of a row that is not a fact, and the column of its mark; ``None`` for a fact."""
        found = self._found(cells)
        if found is None and self._part_above:
            found = self._further_part(cells)
        if found is None:
            self._footer = self._part_above = False
            return None
        kind = found[0]
        self._part_above = kind is Beside.PART or (self._part_above and kind is Beside.DOUBTFUL)
        if kind is Beside.PART:
            self._code_of_part = self._code_in(cells)
        self._footer = kind is Beside.REMARK or kind is Beside.SIGNATURE
        if kind is not Beside.DOUBTFUL:
            self._left_out.setdefault(kind, []).append((row, found[1]))
            if kind is not Beside.HEADINGS:
                self._require_units(row, cells)
        return found

    def _require_units(self, row: int, cells: Sequence[Any]) -> None:
        """Raise ``SourceError`` if a line that is not a fact gives all figures above it another unit."""
        for at, cell in enumerate(cells):
            if not isinstance(cell, str) or "位" not in cell[:_LONGEST]:
                continue
            for unit in units_named(cell):
                for ours in self.units:
                    if is_unit_for(unit, ours) and unit_factor(unit, ours) != 1:
                        raise SourceError.at(self.place(row, at, ""), _OTHER_UNIT, found=unit, unit=ours)

    def _code_in(self, cells: Sequence[Any]) -> Any:
        return cells[self.key] if self.key is not None and self.key < len(cells) else None

    def _further_part(self, cells: Sequence[Any]) -> tuple[Beside, int] | None:
        """Return the kind of a row that may be one more part: it has only a name and figures and is below a part."""
        at = self.name
        if at is None or at >= len(cells) or not filled(cells[at]):
            return None
        if (code := self._code_in(cells)) and code != self._code_of_part:
            return None
        others = [each for each, cell in enumerate(cells) if each not in (at, self.key) and filled(cell)]
        return (Beside.DOUBTFUL, at) if self._are_figures(cells, others) else None

    def _found(self, cells: Sequence[Any]) -> tuple[Beside, int] | None:
        cell = cells[0] if cells else None
        is_first = type(cell) is str and cell != "" and self.counting != 0 and not cell.isspace()
        first = 0 if is_first else self._first(cells)
        if first < 0:
            return None
        looked_at = self.looked_at if first in self.looked_at else (first, *self.looked_at)
        for at in looked_at:
            text = cells[at] if at < len(cells) else None
            if type(text) is not str or text in self._ordinary or not text:
                continue
            marks = marks_in(text[:_LONGEST]) if may_be_mark(text) else None
            kind = marks and self._marked(cells, at, marks)
            if kind:
                return kind, at
            is_heading = text in self.headings
            if is_heading and self._is_headings(cells):
                return Beside.HEADINGS, at
            if not (marks or is_heading):
                self._remember(text)
        if self._footer and _is_alone(cells, first) and type(cells[first]) is str:
            return Beside.REMARK, first
        text = cells[first]
        if first == self.key and type(text) is str and not text.isascii() and _is_alone(cells, first):
            return (Beside.REMARK, first) if _no_name.fullmatch(_blank.sub("", text[:_LONGEST])) else None
        return None

    def _first(self, cells: Sequence[Any]) -> int:
        """Return the column of the first filled cell, apart from that of the row's number; -1 if there is none."""
        for at, cell in enumerate(cells):
            if (
                cell is not None
                and cell != ""
                and at != self.counting
                and (type(cell) is not str or not cell.isspace())
            ):
                return at
        return -1

    def _remember(self, text: str) -> None:
        """Remember that a text, a code or a name, is neither a mark nor a heading: it may be in many rows."""
        if len(text) <= _SHORT:
            if len(self._ordinary) >= _MOST_ORDINARY:
                self._ordinary.clear()
            self._ordinary.add(text)

    def _marked(self, cells: Sequence[Any], at: int, marks: Marks) -> Beside | None:
        """Return the kind of a row, judged by the text in one of its cells."""
        if marks.is_total:
            return Beside.TOTAL
        named, is_signature = marks.is_named, marks.is_signature or (at == self.key and marks.is_label)
        if not (named or marks.is_part or marks.is_group or is_signature or marks.is_remark or marks.has_seal):
            return None
        # Most texts that begin or end like marks are not marks; the cells beside them are not examined.
        others = [each for each, cell in enumerate(cells) if each not in (at, self.key) and filled(cell)]
        if marks.is_sentence:
            is_total = not others or self._are_figures(cells, others)
            return Beside.TOTAL if is_total else Beside.DOUBTFUL
        if named:
            if self._are_figures(cells, others):
                return Beside.TOTAL
            return Beside.DOUBTFUL if marks.is_certain and others else None
        read = self.columns.intersection(others)
        has_code = self.key is not None and self.key != at and self.key < len(cells) and filled(cells[self.key])
        if marks.is_part:
            return Beside.PART if self._are_figures(cells, others) else Beside.DOUBTFUL
        if marks.is_group and not read:
            return Beside.GROUP if at == self.key else None
        if is_signature:
            return Beside.DOUBTFUL if (read if has_code else self._figures_in(cells, others)) else Beside.SIGNATURE
        if marks.is_remark:
            return Beside.DOUBTFUL if (read if has_code else read - self.texts) else Beside.REMARK
        return Beside.SIGNATURE if marks.has_seal and not read and not has_code else None

    def _are_figures(self, cells: Sequence[Any], others: Iterable[int]) -> bool:
        """Return whether the other cells that are read hold only figures, and at least one."""
        found = False
        for each in self.columns.intersection(others):
            cell = cells[each]
            if each not in self.figures:
                return False
            if isinstance(cell, str) and not _figure.fullmatch(cell.strip()):
                return False
            found = True
        return found

    def _figures_in(self, cells: Sequence[Any], others: Iterable[int]) -> bool:
        """Return whether a figure is in a column of figures, without a label such as 联系电话 before it."""
        return any(
            each in self.figures
            and not (each and isinstance(cells[each - 1], str) and is_label(cells[each - 1].strip()))
            and (not isinstance(cells[each], str) or _figure.fullmatch(cells[each].strip()) is not None)
            for each in others
        )

    def _is_headings(self, cells: Sequence[Any]) -> bool:
        same = sum(
            1
            for at, cell in enumerate(cells)
            if at < len(self.titles) and self.titles[at] and isinstance(cell, str) and cell.strip() == self.titles[at]
        )
        return same > 1 and same >= sum(map(filled, cells)) * _MOST_HEADINGS_APART

    def warnings(self) -> Iterator[Fault]:
        """Yield a warning for each kind of rows that were left out, and forget them."""
        left_out, self._left_out = self._left_out, {}
        for kind, those in left_out.items():
            places = [self.place(row, at, self.titles[at] if at < len(self.titles) else "") for row, at in those]
            yield Fault(places[0], _TEXTS[kind], (("cells", listed(places)),))


def listed(places: Sequence[Place]) -> str:
    """Return places of one sheet as messages list them: as cells, or as lines of a file."""
    shown = [each.cell.rpartition("!")[2] if each.line is None else str(each.line) for each in places]
    more = len(shown) - _MOST_CELLS
    return ", ".join(shown[:_MOST_CELLS]) + (f", … +{more}" if more > 0 else "")


def _is_alone(cells: Sequence[Any], at: int) -> bool:
    return not any(map(filled, cells[at + 1 :]))
