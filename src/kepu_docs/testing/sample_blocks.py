"""Sample blocks of every type with given texts, and blocks in any number, to try formats with."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

from kepu_docs.blocks import (
    AttachmentNote,
    Block,
    Chart,
    Column,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    PageBreak,
    Paragraph,
    Series,
    Signature,
    Table,
)
from kepu_docs.testing.document_strategies import NUMBER, OFFICIAL_OUTLINE, ORDINAL, numbered, png

Text: TypeAlias = Callable[[], str]
"""A function that returns a new text for a block each time it is called."""


def plainly() -> str:
    """Return a plain text."""
    return "科普培训"


def marking(text: str) -> Text:
    """Return a function that returns the text again and again, each time with another number."""
    count = 0

    def marked() -> str:
        nonlocal count
        count += 1
        return f"{text}第{count}处"

    return marked


def document_of(*blocks: Block) -> Document:
    """Return the document of the given blocks, with their headings numbered."""
    return Document("试验社区2025年科普工作总结", numbered(blocks), "zh_Hans", OFFICIAL_OUTLINE)


def every_block(text: Text) -> Iterator[Block]:
    """Yield a block of every type and variant, with texts from ``text``; headings are not yet numbered."""
    for level in range(1, len(OFFICIAL_OUTLINE) + 1):
        yield Heading(level, text(), "…")
        yield Heading(level, f"{text()}。", "…", text())
        yield Heading(level, text())
    yield Paragraph(text())
    yield ListBlock("ordinal", (Item(text(), f"{text()}。", "一是"), Item(text(), "", "二是")), ORDINAL)
    yield ListBlock("number", (Item(text(), "", "1."), Item("", f"{text()}。", "2.")), NUMBER)
    yield ListBlock("bullet", (Item(text(), f"{text()}。"), Item(text())))
    columns = (Column(text()), Column(text(), "right"), Column(text(), "center"))
    yield Table(columns, ((text(), text(), text()), ("", text(), "")), text(), "表1")
    yield Table(columns, ())
    picture = png(4, 3)
    yield Figure(picture, "image/png", 4, 3, text(), text(), "图1")
    yield Figure(picture, "image/png", 4, 3, text())
    for kind in ("bar", "line", "pie"):
        series = Series(text(), (1.0, None, 1100.0), ("1", "", "1,100"))
        yield Chart(kind, text(), (text(), text(), text()), (series,), text(), "图2")
    yield Signature(text(), text())
    yield Signature(text(), "", sealed=True)
    yield Signature("", text())
    yield AttachmentNote("附件：", (text(),))
    yield AttachmentNote("附件：", (text(), text()))
    yield PageBreak()


def _rows(count: int) -> list[Block]:
    return [Table((Column("主题"), Column("人次", "right")), tuple((f"主题{n}", f"{n}") for n in range(count)), "一览")]


def _entries(count: int) -> list[Block]:
    return [ListBlock("number", tuple(Item(f"第{n}项", "", f"{n}.") for n in range(1, count + 1)), NUMBER)]


LONG: Final[Mapping[str, Callable[[int], list[Block]]]] = {
    "paragraphs": lambda count: [Paragraph(f"第{n}段。") for n in range(count)],
    "headings": lambda count: [Heading(1, f"第{n}节") for n in range(count)],
    "entries of a list": _entries,
    "lists": lambda count: [block for _ in range(count) for block in (*_entries(2), Paragraph("又："))],
    "rows of a table": _rows,
    "tables": lambda count: [block for _ in range(count) for block in _rows(2)],
    "pictures": lambda count: [Figure(png(2, 2), "image/png", 2, 2, f"图{n}", f"第{n}幅") for n in range(count)],
}
"""Functions that return a given number of blocks, rows or entries, by what is repeated."""
