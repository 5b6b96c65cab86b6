"""The blocks of a document as ``paper.typ`` takes them: arrays of a name and plain values, lengths in points."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby, zip_longest
from math import ceil
from typing import Any, Final, TypeAlias, assert_never

from kepu_docs.plugin import (
    POINTS_A_MILLIMETRE,
    AttachmentNote,
    Block,
    Chart,
    Document,
    Figure,
    Heading,
    Imprint,
    Item,
    Letterhead,
    ListBlock,
    Look,
    PageBreak,
    Paragraph,
    Place,
    RenderError,
    Signature,
    Table,
    caption_of,
    column_widths,
    contents_heading,
    fitted,
    levelled,
    placed_names,
    placed_signature,
    quarters,
    quarters_of,
    title_lines,
)
from kepu_pdf.chart_shapes import draw
from kepu_pdf.look_data import CONTENTS_LEVELS, height

Command: TypeAlias = list[Any]

_PIXELS_A_POINT: Final = 96 / 72
_COLONS: Final = ("：", ":")
_FULL_STOPS: Final = ("。", ".")
_HUNDREDTHS: Final = 100
"""Widths of columns are computed in hundredths of a point."""
_TALL: Final = 0.2
"""A row whose estimated height is a greater share of the type area may break across pages: Typst lets an unbreakable
row run past the foot of the page, and long words and numbers make rows of narrow columns several times as high as
estimated."""
_LOW: Final = 0.25
"""A table that takes at most this share of the type area stays on one page."""
_MOST_KEPT: Final = 0.7
"""To keep a block with what follows, Typst moves all of it to the next page; a block with a greater share is too large
for that."""


@dataclass
class Pictures:
    """The pictures of one document: each file once, under a generated name."""

    files: dict[str, bytes] = field(default_factory=dict)
    _names: dict[bytes, str] = field(default_factory=dict)

    def keep(self, figure: Figure) -> str:
        """Return the name of a picture's file."""
        name = self._names.get(figure.data)
        if name is None:
            suffix = figure.media_type.removeprefix("image/")
            name = self._names[figure.data] = f"picture{len(self._names) + 1}.{suffix}"
            self.files[name] = figure.data
        return name


class Layout:
    """Turns documents into commands, in one look; ``toc`` says whether they have a table of contents."""

    def __init__(self, look: Look, *, toc: bool) -> None:
        self._look = look
        self._toc = toc
        self._width = look.page.text_width * POINTS_A_MILLIMETRE
        self._height = look.page.text_height * POINTS_A_MILLIMETRE

    def commands(self, document: Document) -> tuple[list[Command], dict[str, bytes]]:
        """Return the commands of a document, and the files of its pictures by name."""
        look, pictures = self._look, Pictures()
        commands: list[Command] = []
        if look.cover.text:
            commands.append(["cover", self._cover(document)])
        if document.letterhead is not None:
            commands.append(self._letterhead(document.letterhead))
        above = look.letterhead.title_distance * look.page.line_pitch if document.letterhead is not None else 0.0
        room = int(4 * self._width / look.text.title.advance)
        commands.append(["title", above, title_lines(document.title, room, document.words, quarters)])
        if self._toc and any(
            isinstance(block, Heading) and block.level <= CONTENTS_LEVELS for block in document.blocks
        ):
            commands.append(["contents", contents_heading(document.locale)])
        if document.addressee:
            commands.append(["addressee", document.addressee])
        commands += self._blocks(document, pictures)
        imprint = document.imprint and self._imprint(document.imprint)
        if imprint:
            commands.append(imprint)
        return commands, pictures.files

    # Around the text.

    def _cover(self, document: Document) -> str:
        shown = self._look.cover.text.format(
            subject=document.subject, author=document.author, keywords=" ".join(document.keywords)
        )
        return shown.strip()

    def _letterhead(self, block: Letterhead) -> Command:
        look = self._look
        marks = [shown for shown in (block.copy, block.secrecy, block.urgency) if shown]
        # The mark of the issuing body begins at a fixed height, however much is above it.
        above = look.letterhead.issuer_top * POINTS_A_MILLIMETRE - len(marks) * look.text.letterhead_mark.line
        # As large as fits the name on one line.
        size = min(look.text.issuer.size, self._width / max(quarters(block.issuer) / 4, 1))
        signer_lead = block.signer_lead if block.signer else ""
        return ["letterhead", marks, max(above, 0.0), block.issuer, size, block.number, signer_lead, block.signer]

    def _imprint(self, block: Imprint) -> Command | None:
        if not (block.copied_to or block.printed_by or block.printed_on):
            return None
        hanging = quarters(block.copied_lead) / 4 * self._look.text.imprint.advance
        return ["imprint", block.copied_lead, block.copied_to, hanging, block.printed_by, block.printed_on]

    # The text itself.

    def _blocks(self, document: Document, pictures: Pictures) -> Iterator[Command]:
        blocks = tuple(_gathered(document.blocks))
        for block, following in zip_longest(blocks, blocks[1:]):
            keep = self._keeps(block, following)
            match block:
                case tuple():
                    yield self._figures(block, pictures, document.words, keep=keep)
                case Figure():
                    yield self._figures((block,), pictures, document.words, keep=keep)
                case Paragraph():
                    yield ["body", block.text, keep]
                case Heading():
                    yield _heading(block, keep=keep)
                case ListBlock():
                    items = [[_number(block, item), item.lead, item.text] for item in block.items]
                    if items:
                        yield ["list", block.style != "bullet", items, keep]
                case Table():
                    yield self._table(block, document.words, keep=keep)
                case Chart():
                    drawn = draw(block, self._look.chart)
                    captions = self._caption(block, self._width, document.words)
                    yield ["chart", block.description, drawn.width, drawn.height, drawn.shapes, captions, keep]
                case Signature():
                    yield from self._signature(block, document.words)
                case AttachmentNote():
                    yield from self._attachments(block, keep=keep)
                case PageBreak():
                    yield ["new-page"]
                case None:
                    pass
                case _:
                    assert_never(block)

    def _keeps(self, block: Block | tuple[Figure, ...], following: Block | tuple[Figure, ...] | None) -> bool:
        """Return whether a block is kept on one page with what follows it.

        A page must not hold a signature without any text (GB/T 9704, 7.3.5), and a paragraph that announces a list must
        not end a page.
        """
        if isinstance(block, Paragraph):
            room = 4 * self._width / self._look.text.body.advance
            announces = isinstance(following, ListBlock) and block.text.endswith(_COLONS)
            signed = isinstance(following, Signature | AttachmentNote)
            high = ceil(quarters(block.text) / room) * height(self._look.text.body)
            return (announces or signed) and high <= self._height * _MOST_KEPT
        return isinstance(following, Signature | AttachmentNote)

    def _caption(self, block: Table | Figure | Chart, room: float, words: tuple[str, ...]) -> list[str]:
        """Return the lines of a caption, broken like a title, so that its number does not end a line."""
        shown = caption_of(block)
        if not shown:
            return []
        lead = shown[: len(shown) - len(block.caption) + 1] if block.number and block.caption else ""
        return title_lines(shown, int(4 * room / self._look.text.caption.advance), (*words, lead), quarters)

    def _table(self, block: Table, words: tuple[str, ...], *, keep: bool) -> Command:
        look = self._look
        heads = [column.title for column in block.columns]
        aligns = [column.align for column in block.columns]
        for row in block.rows:
            if len(row) != len(heads):
                place = Place(field=f"table {block.number or block.caption}".rstrip())
                text = "a row of {found} cells; there are {expected} columns"
                raise RenderError.at(place, text, found=len(row), expected=len(heads))
        cells = [*heads, *chain.from_iterable(block.rows)]
        taken = quarters_of(cells)
        quarter = round(look.text.table_text.size * _HUNDREDTHS / 4)
        padding = round(2 * look.table.cell_padding * POINTS_A_MILLIMETRE * _HUNDREDTHS)
        widths = column_widths(
            aligns, cells, taken, quarter=quarter, padding=padding, room=int(self._width * _HUNDREDTHS)
        )
        line = height(look.text.table_text)
        # Whole characters, since no line ends inside one.
        room = [max((width - padding) // (4 * quarter), 1) * 4 for width in widths]
        count = len(heads)
        lines = [
            max(ceil(own / have) for own, have in zip(taken[start : start + count], room, strict=True))
            for start in range(0, len(taken), count)
        ]
        head, *tall = (each * line > self._height * _TALL for each in lines)
        high = sum(max(each, 1) for each in lines) * line
        whole, kept = high <= self._height * _LOW, keep and high <= self._height * _MOST_KEPT
        captions = self._caption(block, self._width, words)
        points = [width / _HUNDREDTHS for width in widths]
        return ["table", captions, points, aligns, heads, block.rows, head, tall, whole, kept]

    def _figures(self, figures: Sequence[Figure], pictures: Pictures, words: tuple[str, ...], *, keep: bool) -> Command:
        """Return a single picture, or consecutive pictures in pairs, side by side."""
        room = self._look.figure
        if len(figures) == 1:
            (figure,) = figures
            size = _size(figure, room.width, room.height)
            return ["photo", pictures.keep(figure), *size, figure.alt, self._caption(figure, self._width, words), keep]
        captioned = room.pair_width * POINTS_A_MILLIMETRE
        rows = []
        for first in range(0, len(figures), 2):
            pair = figures[first : first + 2]
            sizes = levelled([_size(figure, room.pair_width, room.pair_height) for figure in pair])
            rows.append(
                [
                    [pictures.keep(figure), *size, figure.alt, self._caption(figure, captioned, words)]
                    for figure, size in zip(pair, sizes, strict=True)
                ]
            )
        return ["photos", rows, keep]

    def _signature(self, block: Signature, words: tuple[str, ...]) -> Iterator[Command]:
        look = self._look
        one = look.text.signature.advance
        above = look.signature.distance * look.page.line_pitch
        # Whole characters, so that a line that just fits stays a line.
        places = placed_signature(block.body, block.date, look.signature, self._width / one, words, sealed=block.sealed)
        shown = [place for place in places if place.lines]
        for number, place in enumerate(shown, 1):
            yield [
                "signature",
                place.lines,
                place.left * one,
                place.right * one,
                place.align,
                above if number == 1 else 0.0,
                number < len(shown),
            ]

    def _attachments(self, block: AttachmentNote, *, keep: bool) -> Iterator[Command]:
        look = self._look
        one = look.text.attachment.advance
        lines = list(placed_names(block.lead, block.names, look.attachment_note))
        for place, line in enumerate(lines):
            above = 0.0 if place else look.attachment_note.distance * look.page.line_pitch
            kept = keep or place + 1 < len(lines)
            yield ["attachment", line.text, line.left * one, line.hanging * one, above, kept]


def _gathered(blocks: Iterable[Block]) -> Iterator[Block | tuple[Figure, ...]]:
    """Yield the blocks, with consecutive figures gathered in a tuple."""
    for is_figure, group in groupby(blocks, lambda block: isinstance(block, Figure)):
        if is_figure:
            yield tuple(block for block in group if isinstance(block, Figure))
        else:
            yield from group


def _heading(block: Heading, *, keep: bool) -> Command:
    shown = block.number + block.text
    if not block.body:
        return ["heading", block.level, shown, shown, keep]
    listed = shown[:-1] if shown.endswith(_FULL_STOPS) else shown
    return ["run-in", block.level, shown, listed, block.body, keep]


def _number(block: ListBlock, item: Item) -> str:
    """Return the number of an entry; 一是 has no space after it, but ``1.`` would run into a figure that follows."""
    return {"ordinal": item.number, "number": f"{item.number} ", "bullet": "• "}[block.style]


def _size(figure: Figure, width: float, height: float) -> tuple[float, float]:
    """Return the size of a picture in points: its own at 96 pixels per inch, or less; the room is in millimetres."""
    return fitted(
        figure.width / _PIXELS_A_POINT,
        figure.height / _PIXELS_A_POINT,
        width * POINTS_A_MILLIMETRE,
        height * POINTS_A_MILLIMETRE,
    )
