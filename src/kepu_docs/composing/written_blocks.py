"""Blocks of a text that stays as it was written; its headings are numbered later, together with all others."""

from collections.abc import Iterable
from itertools import zip_longest
from typing import Final

from kepu_docs.blocks import Block, Column, Heading, Item, ListBlock, ListStyle, NumberLevel, Paragraph, Table
from kepu_docs.locale.formats import Formats
from kepu_docs.schema.passages import Passage, Points, PointStyle, Subheading, WrittenTable
from kepu_docs.typography.numerals import circled

_LEVELS: Final[dict[PointStyle, NumberLevel]] = {
    "一是": NumberLevel("%1是", "hanzi"),
    "第一，": NumberLevel("第%1，", "hanzi"),
    "其一，": NumberLevel("其%1，", "hanzi"),
    "1.": NumberLevel("%1.", "arabic"),
    "（1）": NumberLevel("（%1）", "arabic"),
}


def written_blocks(passages: Iterable[Passage], formats: Formats) -> list[Block]:
    """Return the blocks of ``passages``, one for each."""
    return [_block(passage, formats) for passage in passages]


def _block(passage: Passage, formats: Formats) -> Block:
    match passage:
        case Subheading(run_in=str(body)):
            return Heading(passage.level, formats.stop(passage.heading) + formats.line_joint, body=body)
        case Subheading():
            return Heading(passage.level, passage.heading)
        case Points():
            return _points(passage)
        case WrittenTable():
            return _table(passage)
        case _:
            return Paragraph(passage)


def _points(passage: Points) -> ListBlock:
    if passage.style == "•":
        return ListBlock("bullet", tuple(map(Item, passage.points)))
    if passage.style == "①":
        # No format numbers every list in this way by itself, so the numbers are text.
        items = [Item(text, number=circled(place)) for place, text in enumerate(passage.points, 1)]
        return ListBlock("ordinal", tuple(items))
    style: ListStyle = "number" if passage.style == "1." else "ordinal"
    return ListBlock(style, tuple(map(Item, passage.points)), _LEVELS[passage.style])


def _table(passage: WrittenTable) -> Table:
    """Return a table; rows of different lengths are padded with blanks."""
    stacks = zip_longest(passage.columns, *passage.rows, fillvalue="")
    head, *rows = zip(*stacks, strict=True)
    return Table(tuple(map(Column, head)), tuple(rows), passage.caption or "")
