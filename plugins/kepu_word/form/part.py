"""One part of a form: its tags are found, moved to the ends of what they repeat or leave out, and the part is split.

A statement and its end may be

- in one paragraph: they apply to the text between them, run by run;
- in one row of a table, in different cells: they apply to the row;
- in different rows of one table: they apply to these rows; a row that holds only tags is removed;
- elsewhere among the paragraphs and tables of one body, cell, text box or content control: they apply to these; a
  paragraph that holds only tags is removed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import dropwhile, takewhile
from typing import Any, Final

from lxml import etree

from kepu_docs.plugin import N_, Fault, FormTag, Message, Place, Placeholder, misspelt, placeholders
from kepu_word.form import controls, marks, repeated
from kepu_word.form.block_looks import BlockLook, look_of
from kepu_word.form.marks import PARAGRAPH, TARGET, TEXT, mark, nearest
from kepu_word.package.parts import DECLARATION, w

_OPENING: Final = {"for": "endfor", "if": "endif"}
_MIDDLE: Final = {"elif": ("if",), "else": ("if", "for")}
_BLOCKS: Final = frozenset(map(w, ("body", "tc", "txbxContent", "sdtContent", "hdr", "ftr", "footnote", "endnote")))
"""Elements that contain paragraphs and tables."""
_SHOWING: Final = tuple(map(w, (
    "drawing", "pict", "object", "sym", "fldChar", "fldSimple", "sdt", "footnoteReference", "endnoteReference", "ptab",
    "pgNum",
)))  # fmt: skip
"""What a paragraph may show besides text."""
_SHOWN_WITHOUT_TEXT: Final = tuple(each for each in _SHOWING if each != w("sdt"))
_CHANGES: Final = tuple(map(w, ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")))
_SHOWN: Final = 40
"""How many characters of the text around a tag messages show."""
_NEXT_ID: Final = "kepu-next-id"
_LIST_ID: Final = "kepu-list-id"
MERGE: Final = "m"
"""Begins the number of vertically merged cells, in place of the number of a list."""
_first_word = re.compile(r"\w+")
_marks = re.compile(rf"<\?{TARGET} (\w+)\?>")

_NOT_ALONE: Final = Message(N_("blocks need a paragraph of their own; remove the other content from this one"))
_NOT_HERE: Final = Message(
    N_("blocks can only be in the text and its tables, not in headers, footers, notes or text boxes")
)
_NO_PICTURE: Final = Message(N_("photographs can only be in the text and its tables"))


@dataclass(frozen=True, slots=True)
class ReadPart:
    """A part of a form as it was read.

    ``chunks`` is what stays, by number; ``sequence`` has their numbers and the tags between them. ``rooms`` are the
    widths in twips for blocks, by the position of their tag, and ``looks`` are the looks of their text, if the form
    gives one. ``openings`` are the chunks that begin a paragraph with one value. ``numbered`` are the chunks that may
    be repeated and contain ids, for which ``next_id`` is written. ``restarts`` are empty chunks at which lists start
    again; their values are the numbers of these lists. In ``numbered`` chunks, ``list_id``, a number and a colon are
    written for the id of such a list, or for the state of cells that are merged vertically over all turns of a loop:
    the first cell begins the merge and the others continue it. ``may_empty`` says whether a cell or a table may lose
    all its content.
    """

    chunks: tuple[str, ...]
    sequence: tuple[int | FormTag, ...]
    rooms: dict[int, int]
    looks: dict[int, BlockLook]
    openings: frozenset[int]
    numbered: frozenset[int]
    next_id: str
    list_id: str
    restarts: Mapping[int, tuple[str, ...]]
    may_empty: bool
    faults: tuple[Fault, ...]
    remarks: tuple[Message, ...]

    @property
    def has_tags(self) -> bool:
        """Return whether there is any tag."""
        return any(isinstance(piece, FormTag) for piece in self.sequence)


@dataclass(slots=True, eq=False)
class _Tag:
    """A tag while it is moved: its mark, the paragraph in which it was typed, and its placeholder."""

    node: Any
    paragraph: Any
    placeholder: Placeholder
    where: Message
    word: str = ""


@dataclass(slots=True)
class _Pair:
    """A statement with the tags between its branches."""

    start: _Tag
    middles: list[_Tag] = field(default_factory=list)


def has_tags(root: Any) -> bool:
    """Return whether a part may hold a tag at all."""
    return any(char in text for text in root.itertext() for char in "{｛")


def read_part(root: Any, kind: str, width: Any) -> ReadPart:
    """Return a part of a form; its tree is used up.

    ``kind`` is the last word of the part's content type. ``width`` returns the width in twips for blocks at a
    paragraph.
    """
    return _PartReader(root, kind, width).read()


class _PartReader:
    def __init__(self, root: Any, kind: str, width: Any) -> None:
        self._root = root
        self._kind = kind
        self._width = width
        self._tags: list[_Tag] = []
        self._faults: list[Fault] = []
        self._may_empty = False
        self._places = _Places(root, kind)
        self._left: dict[Any, None] = {}
        self._restarts: dict[str, dict[str, None]] = {}
        self._missing_ends: list[FormTag] = []
        self._remarks: tuple[Message, ...] = ()

    def read(self) -> ReadPart:
        for paragraph in list(self._root.iter(PARAGRAPH)):
            self._paragraph(paragraph)
        self._order()
        self._remarks = tuple(self._remarked())
        self._structure()
        self._free()
        tags, widths, looks = self._cut()
        next_id, list_id = _NEXT_ID, _LIST_ID
        looped = self._looped()
        if looped:
            text = etree.tostring(self._root, encoding="unicode")
            while next_id in text or list_id in text:
                next_id, list_id = f"{next_id}-", f"{list_id}-"
            self._find_notes(looped)
            repeated.make_single(looped, self._root, next_id)
            self._mark_lists(list_id)
            self._mark_merges(list_id)
        text = etree.tostring(self._root, encoding="unicode")
        return self._taken_apart(DECLARATION + text, tags, widths, looks, next_id, list_id)

    def _remarked(self) -> Iterator[Message]:
        """Yield messages about what is not a fault but may surprise users of the form."""
        rows = dict.fromkeys(nearest(tag.node, w("tr")) for tag in self._tags)
        for row in rows:
            height = row.find(f"{w('trPr')}/{w('trHeight')}") if row is not None else None
            if height is not None and height.get(w("hRule")) == "exact":
                text = N_("table {table}, row {row} has a fixed height, and Word hides text that does not fit")
                yield Message.of(text, **self._places.row(row))
        if next(self._root.iter(*_CHANGES), None) is not None:
            yield Message(N_("it has tracked changes that are not accepted; every filled document will have them"))
        if next(self._root.iter(w("commentReference")), None) is not None:
            yield Message(N_("it has comments; every filled document will have them"))

    def _fault(self, where: Message, problem: Message) -> None:
        text = N_("the form, {where}: {problem}")
        self._faults.append(Fault(Place(), text, (("where", where), ("problem", problem))))

    # Finding tags.

    def _paragraph(self, paragraph: Any) -> None:
        pieces = marks.texts(paragraph)
        text = "".join(shown for _, shown in pieces)
        if "{" not in text and "｛" not in text:
            return
        spans: list[tuple[int, int, str]] = []
        for found in placeholders(text):
            if found.kind == "remark":
                spans.append((found.start, found.stop, ""))
                continue
            where = self._places.where(paragraph, text, found)
            problem = misspelt(found, text)
            if problem is not None:
                self._fault(where, problem)
                continue
            if not found.source:
                self._fault(where, Message(N_("the braces are empty")))
                continue
            word = _word(found.source) if found.kind == "statement" else ""
            spans.append((found.start, found.stop, str(len(self._tags))))
            self._tags.append(_Tag(None, paragraph, found, where, word))
        if spans:
            marks.set_marks(pieces, spans)
            for proof in list(paragraph.iterchildren(w("proofErr"))):
                marks.remove(proof)

    def _order(self) -> None:
        """Find the marks, in document order, which differs from that of the paragraphs if they contain text boxes."""
        ordered = []
        for node in self._root.iter(etree.ProcessingInstruction):
            tag = self._tags[int(node.text)]
            tag.node = node
            ordered.append(tag)
        self._tags = ordered
        for place, tag in enumerate(ordered):
            tag.node.text = str(place)

    # Pairing statements.

    def _structure(self) -> None:
        open_pairs: list[_Pair] = []
        pairs: list[_Pair] = []
        whole: list[tuple[_Pair, _Tag]] = []
        for tag in self._tags:
            if tag.word in _OPENING:
                open_pairs.append(_Pair(tag))
            elif tag.word in _MIDDLE:
                if open_pairs and open_pairs[-1].start.word in _MIDDLE[tag.word]:
                    open_pairs[-1].middles.append(tag)
                else:
                    self._drop(tag, Message.of(N_("there is no matching {word}"), word="if"))
            elif tag.word in _OPENING.values():
                if open_pairs and _OPENING[open_pairs[-1].start.word] == tag.word:
                    pair = open_pairs.pop()
                    pairs.append(pair)
                    whole.append((pair, tag))
                else:
                    missing = next(word for word, end in _OPENING.items() if end == tag.word)
                    self._drop(tag, Message.of(N_("there is no matching {word}"), word=missing))
        for pair in open_pairs:
            self._fault(pair.start.where, Message.of(N_("there is no matching {word}"), word=_OPENING[pair.start.word]))
        # As if they ended with the part: what they name is no fault as well.
        self._missing_ends = [
            FormTag("statement", _OPENING[pair.start.word], pair.start.where) for pair in reversed(open_pairs)
        ]
        # The outermost come last; what is between theirs is moved before them.
        for pair, end in whole:
            self._lift([pair.start, *pair.middles, end])
        self._clear()

    def _drop(self, tag: _Tag, problem: Message) -> None:
        self._fault(tag.where, problem)
        marks.remove(tag.node)
        tag.node = None

    def _lift(self, tags: list[_Tag]) -> None:
        """Move the marks of a statement to the beginning and end of what it applies to."""
        if len({tag.paragraph for tag in tags}) == 1:
            self._lift_in_line(tags)
            return
        around, children = _common([tag.node for tag in tags])
        if around.tag == w("tr"):
            if len(tags) > 2:
                problem = N_("the branches of a condition over rows must be in rows of their own")
                self._fault(tags[0].where, Message(problem))
                return
            _set_before(around, marks.take_out(tags[0].node))
            _set_after(around, marks.take_out(tags[1].node))
        elif around.tag in _BLOCKS or around.tag == w("tbl"):
            self._lift_over(tags, children)
        else:
            problem = N_("it begins and ends in different places: put both in the same paragraph, row, cell or text")
            self._fault(tags[0].where, Message(problem))
            return
        self._may_empty = True

    def _lift_over(self, tags: list[_Tag], children: list[Any]) -> None:
        last = len(tags) - 1
        for place, (tag, child) in enumerate(zip(tags, children, strict=True)):
            begins, ends = self._begins(child, tag.node), self._ends(child, tag.node)
            is_bare = self._is_bare(child)
            if child.tag == PARAGRAPH and not (begins if place == 0 else ends if place == last else begins or ends):
                self._fault(tag.where, Message(N_("put this in a paragraph of its own")))
            before = place == 0 or is_bare or (place < last and begins)
            node = marks.take_out(tag.node)
            if before:
                _set_before(child, node)
            else:
                _set_after(child, node)
            if is_bare:
                self._left[child] = None

    def _lift_in_line(self, tags: list[_Tag]) -> None:
        for tag in tags:
            for word in list(tag.node.iterancestors(w("smartTag"))):  # a word that Word recognised; no longer of use
                marks.unwrap(word)
        if len({tag.node.getparent() for tag in tags}) == 1:
            return  # within one text
        for tag in tags:
            if tag.node.getparent().tag == TEXT:
                marks.split_run(tag.node)
        _, children = _common([tag.node for tag in tags])
        last = len(tags) - 1
        for place, (tag, child) in enumerate(zip(tags, children, strict=True)):
            if child is tag.node:
                continue
            if place < last and self._begins(child, tag.node):
                _set_before(child, marks.take_out(tag.node))
            elif place and self._ends(child, tag.node):
                _set_after(child, marks.take_out(tag.node))
            else:
                problem = N_(
                    "it begins and ends in different places: there is a link, content control or change in between"
                )
                self._fault(tags[0].where, Message(problem))
                return
            if not self._shown(child.iter()).strip() and next(child.iter(*_SHOWN_WITHOUT_TEXT), None) is None:
                repeated.keep_ranges(child)
                marks.remove(child)

    def _clear(self) -> None:
        """Remove the paragraphs and rows that held only tags."""
        for child in self._left:
            if self._is_bare(child) and next(child.iter(w("sectPr")), None) is None:
                repeated.keep_ranges(child)
                marks.remove(child)

    def _is_bare(self, child: Any) -> bool:
        """Return whether a paragraph or row shows nothing but statements."""
        if child.tag not in (PARAGRAPH, w("tr")):
            return False
        if any(each.get(w("type")) in ("page", "column") for each in child.iter(w("br"))):
            return False
        return next(child.iter(*_SHOWING), None) is None and not self._shown(child.iter()).strip()

    def _shown(self, nodes: Iterator[Any]) -> str:
        """Return the text that nodes show, with one character for each value."""
        made: list[str] = []
        for node in nodes:
            if node.tag == TEXT:
                made.append(node.text or "")
            elif marks.is_mark(node):
                made.append(("" if self._tags[int(node.text)].word else "x") + (node.tail or ""))
        return "".join(made)

    def _begins(self, child: Any, node: Any) -> bool:
        return not self._shown(takewhile(lambda each: each is not node, child.iter())).strip()

    def _ends(self, child: Any, node: Any) -> bool:
        after = dropwhile(lambda each: each is not node, child.iter())
        next(after)
        return not ((node.tail or "") + self._shown(after)).strip()

    # Cutting out values.

    def _free(self) -> None:
        """Keep what surrounds tags from replacing what is filled in."""
        controls.free(list(self._root.iter(etree.ProcessingInstruction)))

    def _cut(self) -> tuple[list[FormTag], list[int], dict[int, BlockLook]]:
        """Return the tags for composing, the width for each, and the looks of those that have one.

        Paragraphs with one value are cut out.
        """
        tags: list[FormTag] = []
        widths: list[int] = []
        looks: dict[int, BlockLook] = {}
        kind = self._kind
        for tag in self._tags:
            if tag.word or tag.node is None:
                tags.append(FormTag("statement", tag.placeholder.source, tag.where))
                widths.append(0)
                continue
            paragraph = nearest(tag.node, PARAGRAPH)
            in_box = nearest(tag.node, w("txbxContent")) is not None
            refusal, picture = None, None
            if kind != "main" or in_box:
                refusal, picture = _NOT_HERE, _NO_PICTURE
            elif not self._is_alone(paragraph, tag.node):
                refusal = _NOT_ALONE
            else:
                self._may_empty |= paragraph.getparent().tag != w("body")
                look = look_of(paragraph, nearest(tag.node, marks.RUN))
                if look is not None:
                    looks[len(tags)] = look
                paragraph.addprevious(mark(marks.CUT))
                paragraph.addnext(mark(marks.CUT))
            tags.append(FormTag("value", tag.placeholder.source, tag.where, refusal, picture))
            widths.append(self._width(paragraph) if picture is None else 0)
        return tags, widths, looks

    def _is_alone(self, paragraph: Any, node: Any) -> bool:
        if paragraph.getparent().tag not in _BLOCKS or node.getparent().getparent().getparent() is not paragraph:
            return False
        others = (each for each in paragraph.iter(etree.ProcessingInstruction) if each is not node)
        if next(others, None) is not None or next(paragraph.iter(w("sectPr"), *_SHOWING), None) is not None:
            return False
        return self._shown(paragraph.iter()).strip() == "x"

    # Repeated elements.

    def _looped(self) -> dict[Any, str]:
        """Return the elements between a loop and its end, each with the mark of the innermost loop."""
        return {node: loops[-1] for node, loops in self._in_loops() if loops}

    def _in_loops(self) -> Iterator[tuple[Any, tuple[str, ...]]]:
        """Yield all elements, each with the marks of the loops around it, the outermost first."""
        open_loops: list[str] = []
        for node in self._root.iter():
            if not marks.is_mark(node):
                yield node, tuple(open_loops)
            elif node.text != marks.CUT:
                word = self._tags[int(node.text)].word
                if word == "for":
                    open_loops.append(node.text)
                elif word == "endfor" and open_loops:
                    open_loops.pop()

    def _find_notes(self, looped: Mapping[Any, str]) -> None:
        """Report a note in repeated text, once per loop."""
        loops = {loop: None for element, loop in looped.items() if element.tag in repeated.NOTES}
        for loop in loops:
            problem = N_("the repeated part has a footnote or endnote, which can only appear once; move it elsewhere")
            self._fault(self._tags[int(loop)].where, Message(problem))

    def _mark_lists(self, list_id: str) -> None:
        """Make the lists of an inner loop start again at each turn of it: mark their numbers, and the loop's start."""
        for node, loops in self._in_loops():
            if len(loops) > 1 and node.tag == w("numId") and nearest(node, w("numPr")) is not None:
                number = str(node.get(w("val")))
                if number.isdecimal() and number != "0":
                    self._restarts.setdefault(loops[-1], {})[number] = None
                    node.set(w("val"), f"{list_id}{number}:")

    def _mark_merges(self, list_id: str) -> None:
        """Make vertically merged cells that extend beyond a loop one merged cell over all its turns."""
        loops = {row: around for row, around in self._in_loops() if row.tag == w("tr")}
        if not any(loops.values()):
            return
        count = 0
        for table in self._root.iter(w("tbl")):
            for loop, cells in repeated.merged_over_loops(table, loops.__getitem__):
                count += 1
                self._restarts.setdefault(loop, {})[f"{MERGE}{count}"] = None
                for merged in cells:
                    merged.set(w("val"), f"{list_id}{MERGE}{count}:")

    def _taken_apart(
        self,
        text: str,
        tags: list[FormTag],
        widths: list[int],
        looks: Mapping[int, BlockLook],
        next_id: str,
        list_id: str,
    ) -> ReadPart:
        chunks: list[str] = []
        restarts: dict[int, tuple[str, ...]] = {}
        sequence: list[int | FormTag] = []
        rooms: dict[int, int] = {}
        looked: dict[int, BlockLook] = {}
        openings: set[int] = set()
        for place, piece in enumerate(_marks.split(text)):
            if place % 2 == 0:
                if piece:
                    sequence.append(len(chunks))
                    chunks.append(piece)
            elif piece != marks.CUT:
                if piece in self._restarts:
                    restarts[len(chunks)] = tuple(self._restarts[piece])
                    sequence.append(len(chunks))
                    chunks.append("")
                if tags[int(piece)].kind == "value" and tags[int(piece)].no_blocks is None:
                    openings.add(len(chunks) - 1)
                if widths[int(piece)]:
                    rooms[len(sequence)] = widths[int(piece)]
                if int(piece) in looks:
                    looked[len(sequence)] = looks[int(piece)]
                sequence.append(tags[int(piece)])
        sequence += self._missing_ends
        numbered = frozenset(number for number, chunk in enumerate(chunks) if next_id in chunk or list_id in chunk)
        if not self._faults:
            self._nested(sequence)
        return ReadPart(
            tuple(chunks),
            tuple(sequence),
            rooms,
            looked,
            frozenset(openings),
            numbered,
            next_id,
            list_id,
            restarts,
            self._may_empty,
            tuple(self._faults),
            self._remarks,
        )

    def _nested(self, sequence: list[int | FormTag]) -> None:
        """Report statements that are not nested properly, once all tags are in their final places."""
        waiting: list[str] = []
        for piece in sequence:
            word = _word(piece.source) if isinstance(piece, FormTag) and piece.kind == "statement" else ""
            if word in _OPENING:
                waiting.append(_OPENING[word])
            elif word in _OPENING.values() and (not waiting or waiting.pop() != word):
                assert isinstance(piece, FormTag)  # noqa: S101
                self._fault(
                    piece.where, Message(N_("it overlaps another tag: the one that begins last must end first"))
                )
                return


def _word(source: str) -> str:
    found = _first_word.match(source)
    return found[0] if found else source


def _common(nodes: list[Any]) -> tuple[Any, list[Any]]:
    """Return the innermost element around all nodes, and for each node the child of it that contains the node."""
    ways = [[node, *node.iterancestors()][::-1] for node in nodes]
    depth = 0
    while all(way[depth + 1] is ways[0][depth + 1] for way in ways):
        depth += 1
    return ways[0][depth], [way[depth + 1] for way in ways]


def _set_before(child: Any, node: Any) -> None:
    """Insert a mark before a child, in the order of the marks there."""
    anchor = child
    while (before := anchor.getprevious()) is not None and marks.is_mark(before) and int(before.text) > int(node.text):
        anchor = before
    anchor.addprevious(node)


def _set_after(child: Any, node: Any) -> None:
    """Insert a mark after a child, in the order of the marks there."""
    anchor = child
    while (after := anchor.getnext()) is not None and marks.is_mark(after) and int(after.text) < int(node.text):
        anchor = after
    anchor.addnext(node)


class _Places:
    """Describes the place of a paragraph: table, row and column, and the text around it."""

    def __init__(self, root: Any, kind: str) -> None:
        self._kind = kind
        self._tables = {table: number for number, table in enumerate(root.iter(w("tbl")), 1)}

    def row(self, row: Any) -> dict[str, int]:
        """Return the numbers of a row and its table."""
        return {
            "table": self._tables.get(nearest(row, w("tbl")), 0),
            "row": 1 + sum(1 for _ in row.itersiblings(w("tr"), preceding=True)),
        }

    def where(self, paragraph: Any, text: str, found: Placeholder) -> Message:
        """Return the place of a placeholder in the text of a paragraph."""
        begin = max(min(found.start, found.stop - _SHOWN), 0)
        begin = max(begin - _SHOWN // 4, 0) if found.stop - begin < _SHOWN else begin
        around = " ".join(text[begin : begin + _SHOWN].split())
        shown = ("…" if begin else "") + around + ("…" if begin + _SHOWN < len(text) else "")
        cell = nearest(paragraph, w("tc"))
        if cell is None:
            where = Message.of(N_("at “{around}”"), around=shown)
        else:
            where = Message.of(
                N_("in table {table}, row {row}, column {column}, at “{around}”"),
                **self.row(nearest(cell, w("tr"))),
                column=1 + sum(1 for _ in cell.itersiblings(w("tc"), preceding=True)),
                around=shown,
            )
        if nearest(paragraph, w("txbxContent")) is not None:
            where = Message.of(N_("in a text box, {where}"), where=where)
        match self._kind:
            case "header":
                return Message.of(N_("in a header, {where}"), where=where)
            case "footer":
                return Message.of(N_("in a footer, {where}"), where=where)
            case "footnotes" | "endnotes":
                return Message.of(N_("in a note, {where}"), where=where)
            case _:
                return where
