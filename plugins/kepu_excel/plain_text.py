"""Blocks as the text of a cell: lines, for a place that can hold only text."""

from collections.abc import Iterator
from typing import Final

from kepu_docs.plugin import AttachmentNote, Block, Chart, Figure, Heading, ListBlock, Paragraph, Signature, Table

_INDENT: Final = "\u3000\u3000"
_BETWEEN: Final = "　"


def lines_of(blocks: tuple[Block, ...], locale: str) -> str:
    """Return blocks as lines: paragraphs are indented as in Chinese letters, a table has one line for each row."""
    indent = _INDENT if locale.startswith("zh") else ""
    return "\n".join(line for block in blocks for line in _lines(block, indent))


def _lines(block: Block, indent: str) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{indent if block.level > 1 or block.body else ''}{block.number}{block.text}{block.body}"
        case Paragraph():
            yield indent + block.text
        case ListBlock():
            for item in block.items:
                yield f"{indent}{item.number}{item.lead}{item.text}"
        case Table():
            yield from _table(block)
        case Chart():
            yield from _table(block.table)
        case Figure() if block.caption:
            yield f"{block.number}{_BETWEEN if block.number else ''}{block.caption}"
        case AttachmentNote():
            yield f"{indent}{block.lead}{_BETWEEN.join(block.names)}"
        case Signature():
            yield from (block.body, block.date)
        case _:
            pass


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield f"{table.number}{_BETWEEN if table.number else ''}{table.caption}"
    yield _BETWEEN.join(column.title for column in table.columns)
    for row in table.rows:
        yield _BETWEEN.join(row)
