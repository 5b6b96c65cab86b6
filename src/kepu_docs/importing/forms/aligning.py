"""Comparison of a form with a filled one: which lines and rows are the same, and what replaced the placeholders."""

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from kepu_docs.contract.form_layout import FormBlock, FormCell, FormGrid, FormLayout, FormLine, FormRow, TypedTag
from kepu_docs.errors import N_, DocumentError, Message, Place
from kepu_docs.importing.forms.line_shapes import LineShape, shape_of, squashed, values_in

MOST_PAIRS: Final = 2_000_000
"""The most pairs of lines and rows of a form and a filled one that are compared: 400 with 5,000."""
_PAIR_LENGTH: Final = 100
"""In characters; a longer line counts as several."""
_LEAST_SAME: Final = 0.6
"""The least share of a form's labels and lines that a document must have to match the form."""
_FEWEST_LABELS: Final = 0.5
"""The least share of a table's labels that another table must have to be the same."""
_SKIP_FORM, _SKIP_FILLED, _PAIR, _REPEAT = 0, 1, 2, 3

F = TypeVar("F")
D = TypeVar("D")

_for = re.compile(r"for\s+(\w+)\s+in\s+(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of a loop over rows: the loop's variable and list as typed, and its number, from 0."""

    variable: str
    entries: str
    number: int


@dataclass(frozen=True, slots=True)
class FilledPlace:
    """What replaced a placeholder: its text, and all its lines and tables, in a turn of a loop.

    ``line`` is the number of the form's line with its ``tag``.
    """

    line: int
    tag: TypedTag
    text: str
    where: Message
    content: tuple[FormBlock, ...] = ()
    turn: Turn | None = None


@dataclass(slots=True)
class Alignment:
    """The content of a filled form: ``places`` of placeholders in the order of the form.

    ``lost`` are placeholders whose place was not found; ``more`` is text that the form does not have; ``open`` is text
    in places for which the form itself does not decide the meaning.
    """

    places: list[FilledPlace] = field(default_factory=list)
    lost: list[tuple[TypedTag, Message]] = field(default_factory=list)
    more: list[tuple[str, Message]] = field(default_factory=list)
    open: list[tuple[str, Message]] = field(default_factory=list)


def align(form: FormLayout, filled: FormLayout, name: str) -> Alignment:
    """Return the content of a filled form. Raises ``DocumentError`` for a document that does not match the form."""
    aligner = _Aligner(name)
    for nth, part in enumerate(form.parts):
        aligner.blocks(part, filled.parts[nth] if nth < len(filled.parts) else (), None)
    if aligner.labels and aligner.same < _LEAST_SAME * aligner.labels:
        text = N_("this document does not match the form: it has {found} of the form's {count} labels and lines")
        raise DocumentError.at(Place(name), text, found=aligner.same, count=aligner.labels)
    return aligner.alignment


@dataclass(frozen=True, slots=True, eq=False)
class _Item:
    """A line or table of a form; ``is_unread`` if it is repeated in a way that is not read back."""

    block: FormBlock
    shape: LineShape | None
    takes_blocks: bool = False
    is_unread: bool = False
    labels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """A row of a form; ``loop`` if it is repeated: the variable and the list, empty if the loop is not read back."""

    row: FormRow
    cells: dict[int, tuple[FormCell, str, bool]]
    loop: tuple[str, str] | None = None


class _Aligner:
    def __init__(self, name: str) -> None:
        self._name = name
        self.alignment = Alignment()
        self.labels = 0
        self.same = 0
        self._pairs = 0

    # Lines and tables.

    def blocks(self, form: Sequence[FormBlock], filled: Sequence[FormBlock], turn: Turn | None) -> None:
        """Align consecutive blocks of the form with those of the filled form."""
        items = list(_items(form))
        self.labels += sum(bool(item.shape and any(item.shape.words)) for item in items)
        texts = [squashed(each.text)[0] if isinstance(each, FormLine) else "" for each in filled]
        labels = [_labels(each) if isinstance(each, FormGrid) else frozenset() for each in filled]

        def score(at: int, place: int) -> float:
            return _score(items[at], filled[place], texts[place], labels[place])

        self._count(len(items) * sum(1 + len(text) // _PAIR_LENGTH for text in texts), len(filled))
        pairs = self._paired(items, filled, score, lambda item: item.takes_blocks or item.is_unread)
        taken: dict[int, list[int]] = {}
        for at, place in pairs:
            taken.setdefault(at, []).append(place)
        met = {place for _, place in pairs}
        for at, item in enumerate(items):
            self._item(item, [filled[place] for place in taken.get(at, ())], turn)
        for place, block in enumerate(filled):
            if place not in met:
                for line in _lines(block):
                    if line.text.strip():
                        self.alignment.more.append((line.text.strip(), line.where))

    def _item(self, item: _Item, found: Sequence[FormBlock], turn: Turn | None) -> None:
        shape = item.shape
        if shape is None:
            grid = found[0] if found and isinstance(found[0], FormGrid) else FormGrid(())
            assert isinstance(item.block, FormGrid)  # noqa: S101  (only tables have no shape)
            if item.is_unread:
                self._lose(_tags(item.block))
            else:
                self._grid(item.block, grid, turn)
            return
        self.same += bool(found) and any(shape.words)
        if item.is_unread:
            self._lose((tag, shape.line.where) for tag in shape.tags)
            return
        if not found:
            if not item.takes_blocks:
                self._lose((tag, shape.line.where) for tag in shape.tags)
            return
        if item.takes_blocks:
            where = next((line.where for block in found for line in _lines(block)), shape.line.where)
            self.alignment.places.append(FilledPlace(shape.line.number, shape.tags[0], "", where, tuple(found), turn))
            return
        line = found[0]
        assert isinstance(line, FormLine)  # noqa: S101  (lines are only aligned with lines)
        if shape.has_remark and not shape.places:
            rest = line.text.strip(" \u3000_")
            if rest and squashed(rest)[0] != shape.words[0]:
                self.alignment.open.append((rest, line.where))
            return
        for tag, value in zip(shape.places, values_in(shape, line.text) or (), strict=False):
            if tag is None:
                if value:
                    self.alignment.more.append((value, line.where))
                continue
            self.alignment.places.append(FilledPlace(shape.line.number, tag, value, line.where, (line,), turn))

    def _lose(self, tags: object) -> None:
        self.alignment.lost += tags  # type: ignore[arg-type]

    # Tables.

    def _grid(self, form: FormGrid, filled: FormGrid, turn: Turn | None) -> None:
        rows = list(_rows(form))
        others = [({cell.column: (cell, _text_of(cell)) for cell in row.cells}) for row in filled.rows]

        def score(at: int, place: int) -> float:
            return _row_score(rows[at], others[place])

        self._count(len(rows) * sum(len(row.cells) for row in filled.rows), len(filled.rows))
        pairs = self._paired(rows, filled.rows, score, lambda row: row.loop is not None)
        turns: dict[int, int] = {}
        met = set()
        for at, place in pairs:
            row = rows[at]
            own = turn
            if row.loop is not None:
                number = turns[at] = turns.get(at, -1) + 1
                own = Turn(*row.loop, number)
                if turn is not None or not row.loop[0]:
                    self._lose((tag, where) for cell in row.row.cells for tag, where in _tags_of(cell))
                    continue
            met.add(at)
            for column, (cell, _, _) in row.cells.items():
                other = others[place].get(column)
                self._cell(cell, other[0] if other else None, own)
        for at, row in enumerate(rows):
            if at not in met and row.loop is None:
                self.labels += sum(bool(label) for _, label, _ in row.cells.values())
                self._lose((tag, where) for cell in row.row.cells for tag, where in _tags_of(cell))
        paired = {place for _, place in pairs}
        for place, filled_row in enumerate(filled.rows):
            if place not in paired:
                for cell in filled_row.cells:
                    for block in cell.content:
                        for line in _lines(block):
                            if line.text.strip():
                                self.alignment.more.append((line.text.strip(), line.where))

    def _cell(self, form: FormCell, filled: FormCell | None, turn: Turn | None) -> None:
        content = filled.content if filled is not None else ()
        shapes = [shape_of(each) for each in form.content if isinstance(each, FormLine)]
        if len(shapes) == len(form.content) == 1 and shapes[0].is_open and len(shapes[0].tags) == 1:
            (shape,) = shapes
            text = "\n".join(line.text for block in content for line in _lines(block)).strip(" \u3000\n_")
            where = next((line.where for block in content for line in _lines(block)), shape.line.where)
            self.alignment.places.append(FilledPlace(shape.line.number, shape.tags[0], text, where, content, turn))
            return
        self.blocks(form.content, content, turn)

    # Pairs.

    def _count(self, pairs: int, lines: int) -> None:
        self._pairs += pairs
        if self._pairs > MOST_PAIRS:
            text = N_("the document is too long to be read back using the form: {count} lines")
            raise DocumentError.at(Place(self._name), text, count=lines)

    def _paired(
        self,
        form: Sequence[F],
        filled: Sequence[D],
        score: Callable[[int, int], float],
        repeats: Callable[[F], bool],
    ) -> list[tuple[int, int]]:
        """Return the pairs of items of a form and of a filled one, in order, that fit best."""
        height, width = len(form), len(filled)
        after = [0.0] * (width + 1)
        moves = [bytearray(width + 1) for _ in range(height + 1)]
        for at in range(height - 1, -1, -1):
            here = array("d", [0.0]) * (width + 1)
            here[width] = after[width] - 0.01
            may_repeat = repeats(form[at])
            for place in range(width - 1, -1, -1):
                best, move = after[place] - 0.01, _SKIP_FORM
                if here[place + 1] - 0.01 > best:
                    best, move = here[place + 1] - 0.01, _SKIP_FILLED
                own = score(at, place)
                if own > 0:
                    if own + after[place + 1] > best:
                        best, move = own + after[place + 1], _PAIR
                    if may_repeat and own + here[place + 1] > best:
                        best, move = own + here[place + 1], _REPEAT
                here[place] = best
                moves[at][place] = move
            after = list(here)
        pairs: list[tuple[int, int]] = []
        at = place = 0
        while at < height and place < width:
            move = moves[at][place]
            if move in (_PAIR, _REPEAT):
                pairs.append((at, place))
            at += move in (_SKIP_FORM, _PAIR)
            place += move != _SKIP_FORM
        return pairs


def _items(form: Sequence[FormBlock]) -> Iterator[_Item]:
    """Yield the lines and tables of a form without lines that only control repetition or omission."""
    depth = 0
    for block in form:
        if isinstance(block, FormGrid):
            yield _Item(block, None, is_unread=depth > 0, labels=_labels(block))
            continue
        shape = shape_of(block)
        words = [tag.source.split(None, 1)[0] for tag in shape.statements if tag.source.strip()]
        opened, closed = words.count("for"), words.count("endfor")
        is_unread = depth > 0 or opened > 0
        depth = max(depth + opened - closed, 0)
        if words and not shape.tags and not any(shape.words):
            continue
        takes = shape.is_open and len(shape.tags) == 1 and _is_text(shape.tags[0])
        yield _Item(block, shape, takes, is_unread)


def _is_text(tag: TypedTag) -> bool:
    """Return whether a placeholder may represent headings, paragraphs and tables."""
    return (not tag.source.isascii() and re.match(r"(?:正文|全文|栏目|章节|欄目|章節)", tag.source) is not None) or (
        tag.source.startswith(("full_text", "section_text"))
    )


def _score(item: _Item, block: FormBlock, text: str, labels: frozenset[str]) -> float:
    """Return how well a line or table of a filled form fits one of the form; zero or less if it does not."""
    shape = item.shape
    if item.is_unread:
        return 0.05
    if shape is None:
        if not isinstance(block, FormGrid):
            return 0.0
        if not item.labels:
            return 0.5
        share = len(item.labels & labels) / len(item.labels)
        return 4 * share if share >= _FEWEST_LABELS else 0.0
    if item.takes_blocks:
        return 0.3
    if not isinstance(block, FormLine):
        return 0.0
    if not shape.places:
        if shape.has_remark:
            return 1.0 if not shape.words[0] or text.startswith(shape.words[0][:4]) else 0.0
        return (3.0 if text else 0.2) if shape.words[0] == text else 0.0
    if shape.is_open:
        return 0.6 if text else 0.5
    return 3.0 if values_in(shape, block.text) is not None else 0.0


def _labels(grid: FormGrid) -> frozenset[str]:
    """Return the texts of a table's cells, without those of placeholders."""
    return frozenset(
        squashed(line.text)[0]
        for row in grid.rows
        for cell in row.cells
        for block in cell.content
        for line in _lines(block)
        if line.text.strip() and not line.tags
    )


def _rows(grid: FormGrid) -> Iterator[_Row]:
    """Yield the rows of a form's table without rows that only control repetition."""
    open_loop: tuple[str, str] | None = None
    within: list[_Row] = []
    for row in grid.rows:
        statements = [
            (nth, tag)
            for nth, cell in enumerate(row.cells)
            for block in cell.content
            if isinstance(block, FormLine)
            for tag in block.tags
            if tag.kind == "statement"
        ]
        loops = [(nth, found) for nth, tag in statements if (found := _for.match(tag.source))]
        ends = [nth for nth, tag in statements if tag.source.startswith("endfor")]
        cells = {cell.column: (cell, _label_of(cell), _has_tags(cell)) for cell in row.cells}
        is_bare = bool(statements) and not any(label or has for _, label, has in cells.values())
        if loops and ends and is_bare is False and loops[0][0] != ends[-1] and len(loops) == 1:
            found = loops[0][1]
            yield _Row(row, cells, (found[1], found[2]))
        elif is_bare:
            if loops:
                open_loop = (loops[0][1][1], loops[0][1][2])
                within = []
            elif ends and open_loop is not None:
                # Loops over several rows are not read back.
                loop = open_loop if len(within) == 1 else ("", "")
                yield from (_Row(each.row, each.cells, loop) for each in within)
                open_loop, within = None, []
        elif open_loop is not None:
            within.append(_Row(row, cells))
        else:
            yield _Row(row, cells)
    yield from within


def _row_score(row: _Row, other: dict[int, tuple[FormCell, str]]) -> float:
    """Return how well a row of a filled form fits one of the form, by the labels in the same columns."""
    score = 0.3 if row.loop is not None else 0.4
    labelled = 0
    for column, (cell, label, has_tags) in row.cells.items():
        found = other.get(column)
        if found is None or found[0].columns != cell.columns:
            score -= 1.0
        elif label and not has_tags:
            labelled += 1
            score += 2.0 if found[1] == label else -2.0
        elif label:
            shapes = [shape_of(each) for each in cell.content if isinstance(each, FormLine)]
            if len(shapes) == 1:
                fits = values_in(shapes[0], "\n".join(line.text for line in _lines_of(found[0]))) is not None
                score += 1.0 if fits else -1.0
        elif not has_tags and found[1] and row.loop is None:
            score -= 0.1
    if not labelled and row.loop is None and len(row.cells) != len(other):
        score -= 1.0
    return score


def _label_of(cell: FormCell) -> str:
    """Return the words of a form's cell other than its placeholders."""
    return "".join(word for block in cell.content if isinstance(block, FormLine) for word in shape_of(block).words)


def _has_tags(cell: FormCell) -> bool:
    return any(tag.kind != "statement" for block in cell.content for line in _lines(block) for tag in line.tags)


def _text_of(cell: FormCell) -> str:
    return "".join(squashed(line.text)[0] for line in _lines_of(cell))


def _lines_of(cell: FormCell) -> Iterator[FormLine]:
    for block in cell.content:
        yield from _lines(block)


def _lines(block: FormBlock) -> Iterator[FormLine]:
    if isinstance(block, FormLine):
        yield block
        return
    for row in block.rows:
        for cell in row.cells:
            yield from _lines_of(cell)


def _tags(grid: FormGrid) -> Iterator[tuple[TypedTag, Message]]:
    for row in grid.rows:
        for cell in row.cells:
            yield from _tags_of(cell)


def _tags_of(cell: FormCell) -> Iterator[tuple[TypedTag, Message]]:
    for line in _lines_of(cell):
        for tag in line.tags:
            if tag.kind == "value":
                yield tag, line.where
