"""Where the rows of a form are in a filled sheet: repeated, left out, or moved down or up by others."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kepu_docs.plugin import N_, Place, RenderError
from kepu_excel.formulas import MOST_ROWS, OF_RANGES, End, Reference

MOST_AREAS: Final = 100_000
"""The most areas of a filled sheet whose places are computed: each repeated row repeats its areas."""
BLANK_ROW: Final = 1_000_000
"""The row of a range that has lost all its rows: nothing is so far down, and rows can still be inserted above it."""


@dataclass(frozen=True, slots=True)
class Region:
    """Rows of a form from a statement to its end; ``bare`` are the rows that hold only tags, which are removed.

    ``number`` counts the regions in the order in which they begin, so an outer region comes before an inner one.
    """

    number: int
    first: int
    last: int
    repeats: bool
    bare: frozenset[int] = frozenset()

    def holds(self, first: int, last: int) -> bool:
        """Return whether the rows are in the region."""
        return self.first <= first and last <= self.last

    def kept(self) -> tuple[int, int]:
        """Return the first and last row that is not bare; if all rows are bare, the first is greater than the last."""
        first, last = self.first, self.last
        while first in self.bare:
            first += 1
        while last in self.bare:
            last -= 1
        return first, last


@dataclass(slots=True, eq=False)
class Turn:
    """One turn of a region, or the whole sheet: where the rows of the form are in it."""

    region: Region | None
    around: "Turn | None" = None
    spans: list[tuple[int, int, int]] = field(default_factory=list)
    """First row and last row in the form, and the place of the first in the filled sheet."""
    turns: list["Turn"] = field(default_factory=list)

    def holds(self, first: int, last: int) -> bool:
        """Return whether rows of the form are in its region."""
        return self.region is None or self.region.holds(first, last)


class Layout:
    """The places of the rows of one sheet."""

    def __init__(self, regions: tuple[Region, ...]) -> None:
        self._regions = regions
        self.root = Turn(None)
        self.next_row = 1
        self.turn = self.root
        self._areas = 0
        self._known: dict[tuple[Turn, int, int], tuple[int, int] | None] = {}

    # Building, in the order of the rows.

    def begin(self, region: Region) -> None:
        """Begin a turn."""
        turn = Turn(region, self.turn)
        self.turn.turns.append(turn)
        self.turn = turn

    def end(self) -> None:
        """End a turn."""
        assert self.turn.around is not None  # noqa: S101  (begun before)
        self.turn = self.turn.around

    def place(self, first: int, last: int) -> int:
        """Place rows of the form after those placed before, and return the place of the first."""
        place = self.next_row
        self.turn.spans.append((first, last, place))
        self.next_row += last - first + 1
        return place

    # Looking up.

    def rows(self, turn: Turn, first: int, last: int) -> tuple[int, int] | None:
        """Return the first and last place of rows of the form in a turn; ``None`` if none is left."""
        key = turn, first, last
        if key not in self._known:
            found = list(_places(turn, first, last))
            self._known[key] = (min(low for low, _ in found), max(high for _, high in found)) if found else None
        return self._known[key]

    def areas(self, first: int, last: int, *, whole: bool = False) -> list[tuple[Turn, int, int]]:
        """Return the places of rows of the form: one area for each turn of the innermost region that holds them.

        With ``whole``, rows that make up a whole region are one area, which grows with it.
        """
        turns = [self.root]
        for region in self._regions:
            if not region.holds(first, last):
                continue
            kept = region.kept()
            if whole and first <= kept[0] and kept[1] <= last:
                break
            turns = [each for turn in turns for each in turn.turns if each.region is region]
        self._areas += len(turns)
        if self._areas > MOST_AREAS:
            text = N_("the filled form would have more than {limit} merged cells, links and other areas")
            raise RenderError.at(Place("form"), text, limit=MOST_AREAS)
        found = ((turn, self.rows(turn, first, last)) for turn in turns)
        return [(turn, *rows) for turn, rows in found if rows is not None]

    def place_of(self, row: int) -> int:
        """Return the first place of a row; if it is gone, that of the next row."""
        found = self.rows(self.root, row, row) or self.rows(self.root, row, MOST_ROWS)
        return found[0] if found else row

    def last_of(self, row: int) -> int:
        """Return the last place of a row; if it is gone, that of the row before, or 0 for none."""
        found = self.rows(self.root, row, row) or self.rows(self.root, 1, row)
        return found[1] if found else 0


def _places(turn: Turn, first: int, last: int) -> Iterator[tuple[int, int]]:
    for begin, end, place in turn.spans:
        low, high = max(begin, first), min(end, last)
        if low <= high:
            yield place + low - begin, place + high - begin
    for inner in turn.turns:
        region = inner.region
        if region is not None and region.first <= last and first <= region.last:
            yield from _places(inner, first, last)


def moved(reference: Reference, layout: Layout, host: Turn | None) -> Reference | str:
    """Return a reference to cells of a sheet as it is after filling; ``host`` is the turn of the formula's own row.

    ``host`` is ``None`` for a formula outside of the sheet's rows. A fixed row (``$``) means that row in all turns; one
    that is not fixed means the row in the formula's own turn.
    """
    first, last = reference.first, reference.last
    if not first.row:
        return reference
    if last is None:
        found = _found(first, first.row, layout, host)
        if found is None:
            return "#REF!" if reference.call not in OF_RANGES else _range(reference, first, first, None)
        if found[0] != found[1] and reference.call in OF_RANGES and not _is_inside(host, first.row):
            return _range(reference, first, first, found)
        return Reference(reference.prefix, reference.sheet, first.at(found[0]), None, reference.call)
    top, bottom = min(first.row, last.row), max(first.row, last.row)
    one = _found(first, top, layout, host, bottom)
    other = _found(last, top, layout, host, bottom)
    if one is None or other is None:
        return _range(reference, first, last, None)
    return _range(reference, first, last, (one[0], other[1]))


def _is_inside(host: Turn | None, row: int) -> bool:
    """Return whether a row is in a region of the formula's own turn."""
    while host is not None and host.region is not None:
        if host.holds(row, row):
            return True
        host = host.around
    return False


def _found(end: End, first: int, layout: Layout, host: Turn | None, last: int | None = None) -> tuple[int, int] | None:
    """Return the places of the rows that one end of a reference means."""
    turn = layout.root if host is None or end.row_fixed else host
    while turn.around is not None and not turn.holds(end.row, end.row):
        turn = turn.around
    return layout.rows(turn, first, first if last is None else last)


def _range(reference: Reference, first: End, last: End, rows: tuple[int, int] | None) -> Reference:
    low, high = rows if rows is not None else (BLANK_ROW, BLANK_ROW)
    return Reference(reference.prefix, reference.sheet, first.at(low), last.at(high), reference.call)


def is_unsure(reference: Reference, regions: tuple[Region, ...], row: int | None) -> bool:
    """Return whether a reference has no clear meaning once rows are repeated or left out.

    ``row`` is the row of the formula in the same sheet, ``None`` for a formula elsewhere. A reference to a cell is
    unsure if its row may be repeated or missing; a range is unsure if it takes in only a part of repeated rows.
    """
    first, last = reference.first.row, (reference.last or reference.first).row
    if not first:
        return False
    top, bottom = min(first, last), max(first, last)
    for region in regions:
        if row is not None and region.holds(row, row):
            continue
        if region.last < top or bottom < region.first:
            continue
        kept = region.kept()
        is_whole = top <= kept[0] and kept[1] <= bottom
        if reference.last is None and reference.call not in OF_RANGES:
            return True
        if region.repeats and not is_whole:
            return True
    return False
