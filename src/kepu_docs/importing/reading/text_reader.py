"""Plain text: lines as they are, paragraphs joined that were wrapped at a margin, tables of fixed pitch."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kepu_docs.errors import Place
from kepu_docs.importing.lines import CellCount, Cells, Content, Line, joint
from kepu_docs.importing.reading.characters import BREAK, cleaned, indent, stripped
from kepu_docs.importing.reading.pitch import cells_of
from kepu_docs.importing.structure.numbering_marks import mark_of
from kepu_docs.reading.decoding import decode
from kepu_docs.typography.breaking import may_break
from kepu_docs.typography.columns import width
from kepu_docs.typography.graphemes import graphemes

_NARROWEST_PAGE: Final = 40
_WIDEST_PAGE: Final = 160
"""In columns; longer lines were not wrapped for reading."""
_LONGEST_TABLE: Final = 10_000
"""The most rows between the first rule of a table and its last."""
_ASIDE: Final = 12
"""The least columns of blank space before a line that is centred or on the right."""
_STOPS: Final = "。！？!?；;：:…”’」』）)》.】"

_rule = re.compile(r"-{3,}|─{3,}|={3,}")


@dataclass(slots=True)
class _Row:
    """A line of the file that is not blank."""

    raw: str
    text: str
    number: int
    indent: int
    apart: bool
    width: int


def read_plain_text(data: bytes, name: str) -> Content:
    """Return the content of a text file.

    Raises ``RecordError`` for a file that is not text, ``DocumentError`` for tables that are too large.
    """
    rows = _rows(cleaned(decode(data, name), name))
    page = _page(rows)
    flush = _is_flush(rows, page)
    counted = _is_counted_flush(rows, page)
    rules = _rules(rows)
    count = CellCount(name)
    lines: list[Line] = []
    at = 0
    while at < len(rows):
        table, after = _table(rows, at, rules, count)
        if table:
            lines.append(Line("", _place(name, rows[at]), apart=rows[at].apart, table=table))
            at = after
            continue
        after = at + 1
        pieces = [rows[at].text]
        while after < len(rows) and _goes_on(rows[at], rows[after - 1], rows[after], page, flush, counted):
            pieces.append(joint(rows[after - 1].text, rows[after].text) + rows[after].text)
            after += 1
        aside = rows[at].indent >= _ASIDE
        lines.append(Line("".join(pieces), _place(name, rows[at]), aside=aside, apart=rows[at].apart))
        at = after
    return Content(name, lines)


def _rows(text: str) -> list[_Row]:
    rows: list[_Row] = []
    apart = False
    for number, raw in enumerate(BREAK.split(text), 1):
        shown = stripped(raw)
        if shown:
            rows.append(_Row(raw, shown, number, indent(raw), apart, width(raw.rstrip())))
        apart = not shown
    return rows


def _place(name: str, row: _Row) -> Place:
    return Place(name, row.number, row.raw.index(row.text[0]) + 1)


def _page(rows: list[_Row]) -> int:
    """Return the width at which the lines of the file were wrapped, in columns; 0 if they were not."""
    widest = max((row.width for row in rows if not _rule.fullmatch(row.text)), default=0)
    return widest if _NARROWEST_PAGE <= widest <= _WIDEST_PAGE else 0


def _is_flush(rows: list[_Row], page: int) -> bool:
    """Return whether lines without indents were broken at a margin: most that do not end a paragraph are full."""
    if not page:
        return False
    inner = [
        before.width + _unbreakable(row.text) > page
        for before, row in pairwise(rows)
        if not (row.apart or row.indent or before.indent or before.text[-1] in _STOPS or mark_of(row.text))
    ]
    return 2 * sum(inner) > len(inner)


def _is_counted_flush(rows: list[_Row], page: int) -> bool:
    """Return whether numbered lines begin at the margin, unlike indented paragraphs: some follow a short line."""
    return any(
        not row.indent and mark_of(row.text) is not None and (row.apart or before.width <= page * 3 // 4)
        for before, row in pairwise(rows)
    )


def _goes_on(first: _Row, before: _Row, row: _Row, page: int, flush: bool, counted: bool) -> bool:
    """Return whether ``row`` continues the paragraph that begins with ``first``; ``before`` is the previous line."""
    if not page or row.apart or _rule.match(row.text):
        return False
    if first.indent >= _ASIDE:
        # Other code joins a title of several lines and the further lines of an attachment's name.
        return False
    is_full = before.width + _unbreakable(row.text) > page
    is_long = before.width > page * 3 // 4
    if first.indent > row.indent == 0:
        if counted and before.text[-1] in _STOPS and mark_of(row.text):
            return False
        # Among indented paragraphs, a line without indent continues one; an editor may have broken it a little early.
        return is_full or (is_long and not (before.text[-1] in _STOPS and mark_of(row.text)))
    # Without indents, a line that ends a sentence ends the paragraph.
    return flush and is_full and is_long and row.indent == first.indent == 0 and before.text[-1] not in _STOPS


def _unbreakable(text: str) -> int:
    """Return how many columns the beginning of ``text`` takes, up to the first place where a line may be broken."""
    units = graphemes(text)
    end = next((place for place in range(1, len(units)) if may_break(units, place)), len(units))
    return width("".join(units[:end]).rstrip())


def _rules(rows: list[_Row]) -> Mapping[int, int]:
    """Return the indexes of rules, each with that of the next rule of the same length."""
    after: dict[int, int] = {}
    last: dict[str, int] = {}
    for place, row in enumerate(rows):
        if _rule.fullmatch(row.text):
            if row.text in last:
                after[last[row.text]] = place
            last[row.text] = place
    return after


def _table(rows: list[_Row], at: int, rules: Mapping[int, int], count: CellCount) -> tuple[Cells | None, int]:
    """Return the table that begins at a rule, and the index after it."""
    second = rules.get(at, len(rows))
    if at + 1 < second < min(len(rows), at + _LONGEST_TABLE):
        third = rules.get(second, len(rows))
        last = third if third < min(len(rows), at + _LONGEST_TABLE) else second
        head, body = rows[at + 1 : second], rows[second + 1 : last]
        lines = [(row.raw, row.apart) for row in body]
        return cells_of([row.raw for row in head], lines, rows[at].indent, count, rows[at].number), last + 1
    return _tabbed(rows, at, count)


def _tabbed(rows: list[_Row], at: int, count: CellCount) -> tuple[Cells | None, int]:
    """Return the table that begins at a line with tabs in it, and the index after it."""
    after = at
    tabs = rows[at].raw.strip().count("\t")
    while tabs and after < len(rows) and rows[after].raw.strip().count("\t") == tabs:
        after += 1
    if after - at < 2:
        return None, at
    count.add(after - at, tabs + 1, rows[at].number)
    return Cells(tuple(tuple(map(stripped, row.raw.strip().split("\t"))) for row in rows[at:after])), after
