"""Where a form is to be filled in: blank cells, blanks in lines, blank rows, with the labels around them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kepu_docs.contract.form_layout import FormBlock, FormCell, FormGrid, FormLayout, FormLine
from kepu_docs.errors import N_, DocumentError, Message, Place
from kepu_docs.pipeline.preparing.line_blanks import boxes, line_blanks

MOST_BLANKS: Final = 2_000
"""The most blanks of a form; a form may have placeholders for half as many."""
MOST_LINES: Final = 20_000
"""The most lines of a form that is prepared, including those in cells."""
_FARTHEST: Final = 100
"""The number of rows above a cell that are searched for its head."""
_LONGEST_HEADING: Final = 30
"""In characters; a longer line is text and not a heading of what follows."""
_LONGEST_LABEL: Final = 60
_LARGE: Final = 25.0
"""In millimetres: the least height of a cell for more than one line."""
_WIDE: Final = 3
"""The least number of columns of a cell for more than one word."""
_MOST_GROUPS: Final = 6
_counter = re.compile(r"[（(]?(?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3}|[①-⑳])[）).、．]?|…+|\.{3,}")
_no_heading = re.compile(r"[。；;！？]|[：:][^：:]{1,}$")
_marks: Final = (
    re.compile(r"[一二三四五六七八九十]{1,3}[、．.]"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"[0-9０-９]{1,2}[、．.](?![0-9])"),
    re.compile(r"[（(][0-9０-９]{1,2}[）)]"),
)
"""How the levels of headings are numbered, the highest level first."""
_UNNUMBERED: Final = 5


@dataclass(frozen=True, slots=True)
class Blank:
    """A place to be filled in: from ``start`` up to ``stop`` of a line.

    ``labels`` may name it, the nearest first: the text before it in its line, or to the left of its cell. ``heads`` are
    above it; ``row`` are labels further left in its row. ``groups`` are the headings above, the nearest first.
    ``before`` is all the text before it in its line, ``behind`` the text after it, up to the next blank. ``names`` are
    those of a content control. ``is_whole`` says that its line contains nothing else; ``is_large``, that more than one
    line may be written there. ``spare`` are blank lines below it, which are not needed after it is filled. ``below``
    identifies the rows of a table above it, and which of their cells.
    """

    line: FormLine
    start: int
    stop: int
    labels: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    row: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    before: str = ""
    behind: str = ""
    names: tuple[str, ...] = ()
    is_whole: bool = False
    is_large: bool = False
    is_day: bool = False
    spare: tuple[int, ...] = ()
    below: tuple[int, int] | None = None

    @property
    def where(self) -> Message:
        """The place of the blank."""
        return self.line.where


@dataclass(frozen=True, slots=True)
class Box:
    """A box to tick for a “yes”, next to one for a “no”: where in a line its sign is."""

    line: FormLine
    yes: tuple[int, int]
    labels: tuple[str, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BlankRows:
    """Blank rows of a table below its heads.

    ``heads`` has the possible names for each cell of a row, the nearest first; ``blanks`` are the cells of the first
    row, ``rows`` the numbers of all rows. A cell that only counts the rows has no blank.
    """

    number: int
    where: Message
    heads: tuple[tuple[str, ...], ...]
    blanks: tuple[Blank | None, ...]
    rows: tuple[int, ...]
    groups: tuple[str, ...]
    counters: tuple[FormLine | None, ...] = ()


Found = Blank | Box | BlankRows


def find_blanks(layout: FormLayout) -> list[Found]:
    """Return all places of a form that are to be filled in, in the order of the form.

    Raises ``DocumentError`` for a document that is too large to be a form.
    """
    finder = _Finder()
    if sum(1 for part in layout.parts for block in part for _ in _lines(block)) > MOST_LINES:
        raise DocumentError.at(Place("form"), N_("a form may have at most {limit} lines and cells"), limit=MOST_LINES)
    for part in layout.parts:
        finder.blocks(part, ())
    return finder.found[:MOST_BLANKS]


def _lines(block: FormBlock) -> Iterator[FormLine]:
    if isinstance(block, FormLine):
        yield block
        return
    for row in block.rows:
        for cell in row.cells:
            for inner in cell.content:
                yield from _lines(inner)


class _Grid:
    """A table whose cells are found by row and column."""

    def __init__(self, grid: FormGrid) -> None:
        self.rows = grid.rows
        self.at: list[dict[int, FormCell]] = [{} for _ in grid.rows]
        self.width = 0
        for place, row in enumerate(grid.rows):
            for cell in row.cells:
                for below in range(place, min(place + cell.rows, len(grid.rows))):
                    for column in range(cell.column, cell.column + cell.columns):
                        self.at[below][column] = cell
                self.width = max(self.width, cell.column + cell.columns)

    def begins(self, place: int, cell: FormCell) -> bool:
        return any(each is cell for each in self.rows[place].cells)

    def right_of(self, place: int, cell: FormCell) -> FormCell | None:
        return self.at[place].get(cell.column + cell.columns)


class _Finder:
    def __init__(self) -> None:
        self.found: list[Found] = []
        self._tables = 0

    def blocks(self, content: Sequence[FormBlock], groups: tuple[str, ...]) -> None:
        """Find the blanks of consecutive blocks; headings apply to the blocks after them."""
        headings: list[tuple[int, str]] = []
        boxed: set[int] = set()
        for place, block in enumerate(content):
            if id(block) in boxed:
                continue  # found with its label
            around = (*(text for _, text in reversed(headings)), *groups)[:_MOST_GROUPS]
            if isinstance(block, FormGrid):
                self._grid(block, around)
                continue
            if (box := _box_below(content, place)) is not None:
                self.found.append(replace(box, labels=(block.text.strip(),), groups=around))
                boxed.add(id(content[place + 1]))
                headings = [each for each in headings if each[0] < _rank(block)]
                continue
            found = list(self._in_line(block, (), around))
            if len(found) == 1 and isinstance(found[0], Blank) and found[0].start == len(block.text.rstrip()):
                below = list(_blank_lines(content, place))
                found = found if len(below) < 2 else []  # its place is below it
            self.found += found
            waits = not found and _waits(block)
            if waits:
                self.found.append(_control(block, (), around))
            if not waits and _is_heading(block, found):
                # With only blank lines after it, it is the label of a box rather than a heading.
                rank = _rank(block)
                headings = [each for each in headings if each[0] < rank]
                headings.append((rank, block.text.strip()))
                self._below(content, place, (*(text for _, text in reversed(headings[:-1])), *groups)[:_MOST_GROUPS])

    def _below(self, content: Sequence[FormBlock], place: int, groups: tuple[str, ...]) -> None:
        """Find the blank lines below a heading: two or more are a place to be filled in."""
        blank = list(_blank_lines(content, place))
        heading = content[place]
        assert isinstance(heading, FormLine)  # noqa: S101  (the caller has checked this)
        if len(blank) > 1:
            spare = tuple(each.number for each in blank[1:])
            self.found.append(
                Blank(
                    blank[0],
                    0,
                    len(blank[0].text),
                    (heading.text.strip(),),
                    groups=groups,
                    is_whole=True,
                    is_large=True,
                    spare=spare,
                )
            )

    def _in_line(self, line: FormLine, labels: tuple[str, ...], groups: tuple[str, ...]) -> Iterator[Found]:
        if line.is_fixed or line.tags:
            return
        for start, yes in boxes(line.text):
            before = line.text[:start].strip(" \u3000：:")
            yield Box(line, yes, tuple(filter(None, (before[-_LONGEST_LABEL:], *labels))), groups)
            return
        for each in line_blanks(line):
            own = (each.label,) if each.label else labels
            # The text before a blank in its cell names it; the label next to its cell says what it belongs to.
            beside = labels if each.label else ()
            yield Blank(
                line,
                each.start,
                each.stop,
                own,
                row=beside,
                groups=groups,
                before=line.text[: each.start],
                behind=each.behind,
                names=each.names,
                is_day=each.is_day,
            )

    def _grid(self, given: FormGrid, groups: tuple[str, ...]) -> None:
        grid = _Grid(given)
        headings: tuple[str, ...] = ()
        done: set[int] = set()
        below: dict[tuple[int, int], tuple[int, int]] = {}
        for place, row in enumerate(grid.rows):
            if place in done:
                continue
            around = (*headings, *groups)[:_MOST_GROUPS]
            # A label across the whole width applies to the rows that follow.
            if _is_over_all(grid, place) and label_of(row.cells[0]) and not _own_box(grid, place, row.cells[0]):
                headings = (label_of(row.cells[0]),)
                continue
            rows = self._rows(grid, place, around)
            if rows is not None:
                self.found.append(rows)
                height = len(rows.rows)
                for nth, cell in enumerate(grid.rows[place + 1].cells):
                    for column in range(cell.column, cell.column + cell.columns):
                        below[place + height, column] = (rows.number, nth)
                done |= set(range(place + 1, place + 1 + height))
                continue
            for cell in row.cells:
                self._cell(grid, place, cell, around, below)

    def _cell(
        self,
        grid: _Grid,
        place: int,
        cell: FormCell,
        groups: tuple[str, ...],
        below: dict[tuple[int, int], tuple[int, int]],
    ) -> None:
        left, rows = _left(grid, place, cell)
        heads, over = _above(grid, place, cell)
        rows = (*rows, *over)
        lines = [block for block in cell.content if isinstance(block, FormLine)]
        if is_blank(cell):
            names = tuple(name for line in lines for each in line.blanks for name in each.names)
            first = lines[0]
            self.found.append(
                Blank(
                    first,
                    0,
                    len(first.text),
                    left,
                    heads,
                    rows,
                    groups,
                    names=names,
                    is_whole=True,
                    is_large=_is_large(cell, lines),
                    spare=tuple(line.number for line in lines[1:]),
                    below=_rows_above(grid, place, cell, below),
                )
            )
            return
        if spare := _own_box(grid, place, cell):
            first = spare[0]
            label = lines[0].text.strip()
            numbers = tuple(line.number for line in spare[1:])
            self.found.append(
                Blank(
                    first,
                    0,
                    len(first.text),
                    (label,),
                    row=left,
                    groups=groups,
                    is_whole=True,
                    is_large=len(spare) > 1 or cell.height >= _LARGE,
                    spare=numbers,
                )
            )
            return
        if len(cell.content) == 1 and lines:
            right = grid.right_of(place, cell)
            waits = right is not None and is_blank(right) and lines[0].text.rstrip().endswith(("：", ":"))
            if not waits:
                for each in self._in_line(lines[0], left, groups):
                    if isinstance(each, Blank):
                        self.found.append(replace(each, heads=heads, row=(*each.row, *rows)))
                    else:
                        self.found.append(each)
            return
        self.blocks(cell.content, (*left, *heads, *rows, *groups)[:_MOST_GROUPS])

    def _rows(self, grid: _Grid, place: int, groups: tuple[str, ...]) -> BlankRows | None:
        """Return the blank rows below a row of heads; ``None`` if there are none."""
        heads = [cell for cell in grid.rows[place].cells if cell.rows == 1 or place + cell.rows <= len(grid.rows)]
        texts = [label_of(cell) for cell in heads]
        if sum(map(bool, texts)) < 2:
            return None
        extents = {(cell.column, cell.columns): cell for cell in heads}
        found: list[int] = []
        for after in range(place + 1, len(grid.rows)):
            cells = grid.rows[after].cells
            if len(cells) < 2 or not all(_is_blank_or_counter(cell) for cell in cells):
                break
            if any((cell.column, cell.columns) not in extents for cell in cells):
                break
            if not any(map(is_blank, cells)) or (found and len(cells) != len(grid.rows[found[0]].cells)):
                break
            if any(cell.rows > 1 for cell in cells):
                break
            found.append(after)
        if not found:
            return None
        first = grid.rows[found[0]]
        # A label next to the rows says what they are.
        beside = tuple(
            text
            for column, cell in sorted(grid.at[found[0]].items())
            if not grid.begins(found[0], cell) and cell.column == column and (text := label_of(cell))
        )
        blanks: list[Blank | None] = []
        named: list[tuple[str, ...]] = []
        counters: list[FormLine | None] = []
        around = (*beside, *groups)[:_MOST_GROUPS]
        for cell in first.cells:
            own, over = _above(grid, found[0], cell)
            joined = tuple(each + own[0] for each in over[:1]) if own else ()
            named.append((*own[:1], *joined))
            line = cell.content[0]
            assert isinstance(line, FormLine)  # noqa: S101  (of a blank cell)
            blank = is_blank(cell)
            counters.append(None if blank else line)
            names = tuple(name for each in line.blanks for name in each.names)
            blanks.append(
                Blank(line, 0, len(line.text), (), own, (*over, *beside), groups, names=names, is_whole=True)
                if blank
                else None
            )
        self._tables += 1
        where = next(each.where for each in (*blanks, *counters) if each is not None)
        rows = tuple(grid.rows[each].number for each in found)
        return BlankRows(self._tables, where, tuple(named), tuple(blanks), rows, around, tuple(counters))


def _blank_lines(content: Sequence[FormBlock], place: int) -> Iterator[FormLine]:
    """Yield the blank lines that follow a block."""
    for block in content[place + 1 :]:
        if not isinstance(block, FormLine) or block.text.strip() or block.is_fixed or block.blanks:
            return
        yield block


def _box_below(content: Sequence[FormBlock], place: int) -> Blank | None:
    """Return the blank of a table with a single blank cell directly below a label; ``None`` if there is none."""
    line, below = content[place], content[place + 1 : place + 2]
    if not isinstance(line, FormLine) or not below or not isinstance(below[0], FormGrid):
        return None
    cells = [cell for row in below[0].rows for cell in row.cells]
    text = line.text.strip()
    is_label = 0 < len(text) <= _LONGEST_HEADING and not line.tags and not line.is_fixed and not line.blanks
    if not is_label or _no_heading.search(text) or len(cells) != 1 or not is_blank(cells[0]):
        return None
    lines = [block for block in cells[0].content if isinstance(block, FormLine)]
    if any(each.blanks for each in lines) or any(each.stop <= len(text.rstrip("：:")) for each in line_blanks(line)):
        return None
    spare = tuple(each.number for each in lines[1:])
    return Blank(lines[0], 0, len(lines[0].text), is_whole=True, is_large=True, spare=spare)


def _control(line: FormLine, labels: tuple[str, ...], groups: tuple[str, ...]) -> Blank:
    """Return the blank of an empty content control."""
    names = tuple(name for each in line.blanks for name in each.names)
    return Blank(line, 0, len(line.text), labels, groups=groups, names=names, is_whole=True)


def _waits(line: FormLine) -> bool:
    """Return whether a line shows nothing but a control that waits for its text."""
    return not line.is_fixed and any(_is_all(line, each.start, each.stop) for each in line.blanks)


def _is_over_all(grid: _Grid, place: int) -> bool:
    cells = grid.rows[place].cells
    return len(cells) == 1 and len(grid.at[place]) == cells[0].columns


def _own_box(grid: _Grid, place: int, cell: FormCell) -> list[FormLine]:
    """Return the blank lines below the label in a cell across the whole width; none for other cells."""
    lines = [block for block in cell.content if isinstance(block, FormLine)]
    if not _is_over_all(grid, place) or len(lines) != len(cell.content) or len(lines) < 2:
        return []
    label, *rest = lines
    is_label = 0 < len(label.text.strip()) <= _LONGEST_HEADING and not label.tags and not label.is_fixed
    return rest if is_label and not any(line.text.strip() or line.is_fixed for line in rest) else []


def is_blank(cell: FormCell) -> bool:
    """Return whether a cell is to be filled in: it is empty, or shows only a prompt for text."""
    return bool(cell.content) and all(
        isinstance(block, FormLine)
        and not block.is_fixed
        and (not block.text.strip() or any(_is_all(block, each.start, each.stop) for each in block.blanks))
        for block in cell.content
    )


def _is_all(line: FormLine, start: int, stop: int) -> bool:
    return not (line.text[:start] + line.text[stop:]).strip()


def label_of(cell: FormCell) -> str:
    """Return the text of a cell that is a label; nothing for a cell that is blank or contains blanks."""
    lines = [block for block in cell.content if isinstance(block, FormLine)]
    if len(lines) != len(cell.content) or is_blank(cell) or any(line.tags or line.is_fixed for line in lines):
        return ""
    # People break labels into lines, and write one hanzi below the other: 主/要/做/法.
    text = "".join(line.text.strip() for line in lines)
    whole = "\n".join(line.text for line in lines)
    if len(text) > _LONGEST_LABEL or any(map(line_blanks, lines)) or any(boxes(whole)):
        return text if text[-1:] in "：:" and len(text) <= _LONGEST_LABEL and not any(boxes(whole)) else ""
    return text


def _is_blank_or_counter(cell: FormCell) -> bool:
    if is_blank(cell):
        return True
    lines = [block for block in cell.content if isinstance(block, FormLine)]
    return len(lines) == len(cell.content) == 1 and _counter.fullmatch(lines[0].text.strip()) is not None


def _left(grid: _Grid, place: int, cell: FormCell) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the label next to a cell, and the labels further left that apply to the row."""
    own: tuple[str, ...] = ()
    further: list[str] = []
    column = cell.column - 1
    is_near, was_label = True, False
    while column >= 0 and (found := grid.at[place].get(column)) is not None:
        text = label_of(found)
        if text and is_near:
            own, was_label = (text,), True
        elif text and was_label:
            further.append(text)
        elif text and not own and not further:
            # The label of a row of blanks.
            further.append(text)
            was_label = True
        elif text:
            was_label = False  # the label of another blank
        else:
            was_label = False
        if not text and found.content and not is_blank(found):
            break
        is_near = False
        column = found.column - 1
    # The label of the whole row is at its beginning, before another label.
    row = _row_label(grid, place, cell)
    if row and row not in (*own, *further):
        further.append(row)
    return own, tuple(further)


def _row_label(grid: _Grid, place: int, cell: FormCell) -> str:
    """Return the label that begins a row and has another label after it; nothing if there is none."""
    columns = sorted(grid.at[place])
    if not columns or cell.column == columns[0]:
        return ""
    first = grid.at[place][columns[0]]
    second = grid.right_of(place, first)
    text = label_of(first)
    is_one = second is not None and second is not cell and not is_blank(second)
    return text if text and (is_one or first.rows > 1) else ""


def _above(grid: _Grid, place: int, cell: FormCell) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the heads of a cell's column, and the heads that span several columns."""
    heads: list[str] = []
    over: list[str] = []
    row = place - 1
    while row >= max(place - _FARTHEST, 0):
        found = grid.at[row].get(cell.column)
        if found is None:
            break
        text = label_of(found)
        if text:
            right = grid.right_of(row, found)
            if right is not None and is_blank(right) and not heads:
                break  # it names the blank next to it
            if (found.column, found.columns) == (cell.column, cell.columns) and not over:
                heads.append(text)
            elif found.columns < grid.width:
                over.append(text)
            else:
                break  # it applies to other rows
        elif heads or not _is_blank_or_counter(found):
            break
        row -= 1
        while row >= 0 and grid.at[row].get(cell.column) is found:
            row -= 1
    return tuple(heads[:2]), tuple(over[:1])


def _rows_above(
    grid: _Grid, place: int, cell: FormCell, below: dict[tuple[int, int], tuple[int, int]]
) -> tuple[int, int] | None:
    """Return the number of the blank rows directly above a cell and the index of their cell, or ``None``."""
    del grid
    for row in range(place, max(place - 3, -1), -1):
        if (row, cell.column) in below:
            return below[row, cell.column]
    return None


def _is_large(cell: FormCell, lines: Sequence[FormLine]) -> bool:
    return len(lines) > 1 or cell.height >= _LARGE or cell.rows > _WIDE


def _is_heading(line: FormLine, found: Sequence[Found]) -> bool:
    text = line.text.strip()
    return bool(text) and not found and len(text) <= _LONGEST_HEADING and not _no_heading.search(text)


def _rank(line: FormLine) -> int:
    text = line.text.strip()
    found = next((rank for rank, mark in enumerate(_marks, 1) if mark.match(text)), 0)
    return found or line.level or _UNNUMBERED
