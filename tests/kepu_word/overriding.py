"""A document with an overridden section, for the tests of overrides in Word."""

import io
import zipfile
from typing import Final

from lxml import etree
from tests.kepu_word.reading import W, part

from kepu_docs.blocks import (
    Block,
    Column,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    SectionSpan,
    Signature,
    Table,
)
from kepu_docs.contract.renderers import OverrideFunction
from kepu_docs.testing import NUMBER, OFFICIAL_OUTLINE, png
from kepu_word import WordRenderer

LIST: Final = ListBlock("number", (Item("甲", number="1."), Item("乙", number="2.")), NUMBER)
TABLE: Final = Table((Column("题目"), Column("人次", "right")), (("急救", "60"),), "培训一览", "表1")
SIGNATURE: Final = Signature("试验社区居民委员会", "2025年12月20日")
SECTION: Final = (Heading(1, "科普培训", "一、"), Paragraph("全年培训两场。"), LIST)
AFTER: Final = (Heading(1, "科普活动", "二、"), LIST, Paragraph("结尾。"))


def figure(width: int) -> Figure:
    return Figure(png(width, 4), "image/png", width, 4, f"宽{width}")


def document(*section: Block, before: tuple[Block, ...] = (), after: tuple[Block, ...] = AFTER) -> Document:
    """Return a document with ``section`` as a section of the kind ``training``."""
    span = SectionSpan("training", len(before), len(before) + len(section))
    blocks = (*before, *section, *after)
    return Document("试验社区工作总结", blocks, "zh_Hans", OFFICIAL_OUTLINE, sections=(span,))


def rendered(
    render: OverrideFunction,
    made: Document | None = None,
    *,
    toc: bool = False,
    reference: bytes = b"",
    look: str = "gongwen",
) -> bytes:
    renderer = WordRenderer(look, toc=toc, reference=reference).overridden({"training": render})
    return renderer.render(made or document(*SECTION))


def body(data: bytes) -> list[etree._Element]:
    """Return the elements below the title, without those of the section's page."""
    return list(part(data)[0])[1:-1]


def style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val"))


def text(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


def lists(data: bytes) -> list[tuple[str, str]]:
    """Return the ``w:numId`` and the text of each paragraph that has a number of its own."""
    found = []
    for paragraph in part(data).iter(f"{W}p"):
        number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is not None:
            found.append((str(number.get(f"{W}val")), text(paragraph)))
    return found


def names(data: bytes) -> list[str]:
    """Return the names of the parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.namelist()
