"""The headings of a sheet: their row, the meaning of each, and what is above them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

from kepu_docs.plugin import (
    COMMUNITY_NAMES,
    COUNTING,
    N_,
    STATES,
    Closeness,
    Fault,
    Place,
    RecordColumn,
    RecordTable,
    SourceError,
    first_faults,
    is_unit_for,
    near_columns,
    plain_name,
    the_only,
    unit_factor,
    unit_in,
    units_of_all,
    without_unit,
)
from kepu_sources.tables.beside_facts import listed
from kepu_sources.tables.books import filled
from kepu_sources.tables.cells import Reader, reader_of
from kepu_sources.tables.codes import code_of
from kepu_sources.tables.no_values import BadCell, CellMark
from kepu_sources.tables.row_contents import ColumnReader
from kepu_sources.tables.sheets import Heads, Path, Row, Sheet
from kepu_sources.tables.table_names import CODE_COLUMN, CODE_OF_COMMUNITY, Layout

_MOST_TITLES: Final = 10
"""The most rows up to and including the headings: a title is often written above a table."""
_LONGEST_HEADING: Final = 200
"""The longest heading that is looked up, in characters; no known one has a quarter of that."""
_MOST_NEAR: Final = 100
"""How many unknown headings are compared with known ones."""
_NAME: Final = ("name",)
_NAME_OF_COMMUNITY: Final = ("community", "name")
_SHOWN: Final = 40
"""How many characters of a heading messages show."""
_LONGEST_SECOND: Final = 30
"""The longest heading in a second row of headings, in characters."""

_OTHER_UNIT: Final = N_(
    "the heading “{heading}” has the unit {found}, but this column is in {unit}, so the figure is "
    "not used; write the figures in {unit}, and change the unit in the heading"
)
_FIGURES: Final = ("number", "share")

_separator = re.compile(r"sep=.?", re.IGNORECASE)
_no_name = re.compile(r"[（(].{0,20}[）)]|必填|選填|选填|可不填|\*")
_digits = re.compile(r"[0-9０-９]")

Known = Mapping[str, RecordColumn]


class _Found(NamedTuple):
    """The headings among the first rows: their row, the number of rows, and their texts."""

    at: int
    height: int
    titles: list[str]


def read_heads(sheet: Sheet, table: RecordTable, layout: Layout) -> tuple[Heads, Iterator[Row], list[Fault]]:
    """Return the columns of a sheet, the rows below its headings, and warnings about what is not read or doubtful.

    The headings are the row of the first ten with the most known ones, or two rows together; a title and remarks may be
    above. Raises ``SourceError`` if no heading is known or two are the same.
    """
    known = layout.columns(table)
    heads = Heads(sheet, table, layout)
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
    found = _headings([cells for _, cells in first], known)
    row, _ = first[found.at]
    heads.titles = found.titles
    warnings = list(_above(sheet, first[: found.at]))
    if found.height > 1:
        text = N_("two rows of headings are read together, such as “{heading}”")
        upper, lower = (first[each][1] for each in (found.at, found.at + 1))
        at = max(range(len(found.titles)), key=lambda at: (_has(lower, at), _has(upper, at), -at))
        warnings.append(Fault(sheet.place(row, at, found.titles[at]), text, (("heading", found.titles[at][:_SHOWN]),)))
    beside = [sheet.title, *(str(cell) for _, cells in first[: found.at] for cell in cells if filled(cell))]
    heads.units = tuple(unit for text in beside for unit in units_of_all(text))
    warnings += first_faults(_take(heads, row, known, layout))
    if not heads.columns and heads.key is None:
        text = N_("none of these headings is recognised; the first row must have headings such as “{heading}”")
        raise SourceError.at(sheet.place(row, None, ""), text, heading=layout.example_heading(table))
    return heads, _below(first[found.at + found.height :], rows, broken), warnings


def known_headings(sheet: Sheet, table: RecordTable, layout: Layout) -> int:
    """Return how many known headings a sheet would have as the sheet of a table, apart from that of codes."""
    try:
        heads, _, _ = read_heads(sheet, table, layout)
    except SourceError:
        return 0
    return len(heads.columns)


def _headings(first: Sequence[Sequence[Any]], known: Known) -> _Found:
    """Return where the headings are in the first rows."""
    titles = [[_title(cells, at) for at in range(len(cells))] for cells in first]
    scores = [_score(each, known) for each in titles]
    best = max(range(len(first)), key=scores.__getitem__)
    single = _Found(best, 1, titles[best])
    # Either of two rows of headings may have more known headings on its own.
    for upper in (best, best - 1):
        if 0 <= upper < len(first) - 1:
            joined = _joined(titles[upper], titles[upper + 1], first[upper + 1], known)
            gains = _score(joined, known) - scores[best]
            # A line of remarks may be above a row of headings.
            if joined and (upper == best or gains > 0 or (not gains and _has_more(titles[upper], titles[best]))):
                return _Found(upper, 2, joined)
    return single


def _joined(upper: list[str], lower: list[str], cells: Sequence[Any], known: Known) -> list[str]:
    """Return the headings of two rows together; empty if the second row has facts."""
    width = max(len(upper), len(lower))
    upper = upper + [""] * (width - len(upper))
    lower = lower + [""] * (width - len(lower))
    if not all(isinstance(cell, str) for cell in cells if filled(cell)):
        return []
    if not any(lower) or any(len(each) > _LONGEST_SECOND or _digits.search(each) for each in lower):
        return []
    if all(below in ("", above) for above, below in zip(upper, lower, strict=True)):
        return []  # Repeated headings are left out later.
    joined: list[str] = []
    gained = 0
    for at, (above, below) in enumerate(zip(upper, lower, strict=True)):
        if not below or _no_name.fullmatch(below):
            # A unit in brackets belongs to the heading above it.
            joined.append(above + below if above and _in_brackets(below) else above)
            gained += bool(below)
            continue
        # A heading over several columns is in the first of them.
        over = above or next((each for each in reversed(upper[:at]) if each), "")
        forms = [form for form in (over + below, below) if _looked_up(form) in known]
        if above and _looked_up(above) in known and not forms:
            return []
        gained += bool(forms)
        joined.append(forms[0] if forms else over + below)
    return joined if gained and _score(joined, known) >= _score(upper, known) else []


def _in_brackets(title: str) -> bool:
    return title[:1] in ("（", "(")


def _has_more(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Return whether an upper row has headings in columns where the lower has none, and is not just a title."""
    more = [title for at, title in enumerate(upper) if title and (at >= len(lower) or not lower[at])]
    return bool(more) and sum(map(bool, upper)) > 1


def _score(titles: Sequence[str], known: Known) -> int:
    return sum(_looked_up(title) in known for title in titles)


def _above(sheet: Sheet, rows: Sequence[Row]) -> Iterator[Fault]:
    """Yield a warning about the rows above the headings."""
    places = []
    for row, cells in rows:
        at = next(at for at, cell in enumerate(cells) if filled(cell))
        # Excel writes this line for its own use.
        if not _separator.fullmatch(str(cells[at])):
            places.append(sheet.place(row, at, ""))
    if places:
        yield Fault(places[0], N_("lines above the headings are left out ({cells})"), (("cells", listed(places)),))


def _take(heads: Heads, row: int, known: Known, layout: Layout) -> Iterator[Fault]:
    """Assign the columns by their headings, and yield warnings about the others.

    Raises ``SourceError`` if two headings are the same.
    """
    sheet, table = heads.sheet, heads.table
    unknown: list[tuple[int, str]] = []
    used: dict[Path, str] = {}
    for at, title in enumerate(heads.titles):
        column = known.get(_looked_up(title)) or known.get(_looked_up(without_unit(title))) if title else None
        if not title:
            heads.untitled.append(at)
        elif column is None:
            unknown.append((at, title))
        elif column.path in used:
            text = N_("the columns “{first}” and “{second}” are the same")
            raise SourceError.at(sheet.place(row, at, title), text, first=used[column.path], second=title)
        else:
            used[column.path] = title
            yield from _put(heads, row, at, column, layout)
    near = _near(unknown, known, used, layout, table)
    closeness = Closeness()
    for at, title in unknown:
        place = sheet.place(row, at, title[:_SHOWN])
        if column := near.get(at):
            yield from _put(heads, row, at, column, layout)
            text = N_("the column “{heading}” is read as “{near}”; if that is wrong, rename it")
            yield Fault(place, text, (("heading", title[:_SHOWN]), ("near", layout.shown(column, heads.titles))))
        elif table.path and heads.owner is None and _looked_up(title) in COMMUNITY_NAMES:
            heads.owner = at
        elif _looked_up(title) in COUNTING or title.casefold() in COUNTING:
            heads.counting = at
            text = N_("the column “{heading}” only numbers the rows; it is not read")
            yield Fault(place, text, (("heading", title[:_SHOWN]),))
        else:
            if _looked_up(title) in STATES:
                heads.state = at
            near_one = closeness.nearest(_looked_up(title), known, 0.75)
            yield _unknown(place, title, layout.shown(known[near_one], heads.titles) if near_one else "")
    heads.columns.sort(key=lambda each: each[0])
    heads.readers.sort(key=lambda each: each.at)


def _near(
    unknown: Sequence[tuple[int, str]], known: Known, used: Mapping[Path, str], layout: Layout, table: RecordTable
) -> dict[int, RecordColumn]:
    """Return the columns that unknown headings mean, if each can mean only one that no other heading means."""
    words = list(dict.fromkeys(layout.words(table)))
    meant: dict[Path, list[tuple[int, RecordColumn]]] = {}
    for at, title in unknown[:_MOST_NEAR]:
        name = _looked_up(title)
        if name in COUNTING or (table.path and name in COMMUNITY_NAMES):
            continue
        if name in COMMUNITY_NAMES:
            found = [column for column in table.columns if column.path == _NAME_OF_COMMUNITY]
        elif table.is_list and name in words:
            # In a list of sources, 来源 is the name of each.
            found = [column for column in table.columns if column.path == _NAME]
        else:
            found = the_only(near_columns(name, words), lambda each: filter(None, [known.get(each)]))
        if len(found) == 1:
            meant.setdefault(found[0].path, []).append((at, found[0]))
    return {those[0][0]: those[0][1] for path, those in meant.items() if len(those) == 1 and path not in used}


def _put(heads: Heads, row: int, at: int, column: RecordColumn, layout: Layout) -> Iterator[Fault]:
    """Assign a column of the sheet, and yield a warning if its figures are in a multiple of the column's unit."""
    if column is CODE_COLUMN:
        heads.key = at
        return
    heads.columns.append((at, column))
    read: Reader = code_of
    if column.path != CODE_OF_COMMUNITY:
        ours, title = column.unit, heads.titles[at]
        found = _unit_of(heads, title, ours) if ours and column.cell in _FIGURES else ""
        factor = unit_factor(found, ours, in_heading=True) if found else None
        read = reader_of(column, layout.vocabulary) if factor is None else reader_of(column, layout.vocabulary, factor)
        if found and factor is None:
            values = (("heading", title[:_SHOWN]), ("found", found), ("unit", ours))
            read = _refused(read, BadCell(_OTHER_UNIT, values))
        elif factor is not None and factor != 1:
            text = N_("the figures of the column “{heading}” are in {found} and are converted to {unit}")
            place = heads.sheet.place(row, at, title[:_SHOWN])
            yield Fault(place, text, (("heading", title[:_SHOWN]), ("found", found), ("unit", ours)))
    heads.readers.append(ColumnReader(at, column.path, read))


def _unit_of(heads: Heads, title: str, ours: str) -> str:
    """Return the unit in a heading, or else the unit given beside the table for all columns of its kind."""
    if found := unit_in(title):
        return found
    return next((each for each in heads.units if is_unit_for(each, ours)), "")


def _refused(read: Reader, why: BadCell) -> Reader:
    def refuse(cell: Any) -> Any:
        value = read(cell)
        return value if value is None or isinstance(value, CellMark) else why

    return refuse


def _below(first: list[Row], rows: Iterator[Row], broken: SourceError | None) -> Iterator[Row]:
    yield from first
    if broken:
        raise broken
    yield from rows


def _title(cells: Sequence[Any], at: int) -> str:
    return str(cells[at]).strip() if filled(cells[at]) else ""


def _has(cells: Sequence[Any], at: int) -> bool:
    return at < len(cells) and filled(cells[at])


def _looked_up(title: str) -> str:
    """Return a heading in the form that is looked up; empty if it is too long to be one."""
    return plain_name(title) if len(title) <= _LONGEST_HEADING else ""


def _unknown(place: Place, title: str, near: str) -> Fault:
    shown = title if len(title) <= _SHOWN else title[:_SHOWN] + "…"
    if not near:
        return Fault(place, N_("unknown column “{heading}”; it is not read"), (("heading", shown),))
    text = N_("unknown column “{heading}”; did you mean “{near}”? It is not read")
    return Fault(place, text, (("heading", shown), ("near", near)))
