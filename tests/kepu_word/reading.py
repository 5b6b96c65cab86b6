"""The text of a document and of a .docx, paragraph by paragraph, for comparison."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, assert_never

from lxml import etree
from tests.kepu_word.office import converted

from kepu_docs.blocks import (
    AttachmentNote,
    Block,
    Chart,
    Document,
    Figure,
    Heading,
    Imprint,
    Letterhead,
    ListBlock,
    PageBreak,
    Paragraph,
    Signature,
    Table,
)

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WITHOUT_TEXT: Final = {"TableGap", "Figure"}


def texts_of(document: Document) -> list[str]:
    """Return the paragraphs of ``document`` without the numbers that Word counts by itself."""
    return [
        *_letterhead(document.letterhead),
        document.title,
        *filter(None, (document.addressee,)),
        *(text for block in document.blocks for text in _texts_of_block(block)),
        *_imprint(document.imprint),
    ]


def _letterhead(block: Letterhead | None) -> list[str]:
    if block is None:
        return []
    # The number's paragraph bears the red rule, and so is there without a number too.
    return [
        *filter(None, (block.copy, block.secrecy, block.urgency)),
        block.issuer,
        block.number + block.signer_lead + block.signer,
    ]


def _imprint(block: Imprint | None) -> list[str]:
    if block is None:
        return []
    return [text for text in (block.copied_lead + block.copied_to, block.printed_by + block.printed_on) if text]


def _texts_of_block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield block.text
        case Heading():
            yield block.text + block.body
        case ListBlock():
            yield from (item.lead + item.text for item in block.items)
        case Table():
            yield from _caption(block.number, block.caption)
            yield from (column.title for column in block.columns)
            yield from (cell for row in block.rows for cell in row)
        case Chart() | Figure():
            # What a chart shows is in its own part.
            yield from _caption(block.number, block.caption)
        case Signature():
            yield from filter(None, (block.body, block.date))
        case AttachmentNote():
            several = len(block.names) > 1
            for place, name in enumerate(block.names, start=1):
                yield (block.lead if place == 1 else "") + (f"{place}. " if several else "") + name
        case PageBreak():
            return
        case _:
            assert_never(block)


def _caption(number: str, text: str) -> list[str]:
    shown = "\u3000".join(filter(None, (number, text)))
    return [shown] if shown else []


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    """Return a part's root."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def paragraphs(data: bytes) -> list[str]:
    """Return the texts of the paragraphs of a .docx, in tables too, without those that never hold any."""
    found = []
    for paragraph in part(data).iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        assert style is not None
        if style.get(f"{W}val") not in WITHOUT_TEXT:
            found.append("".join(text.text or "" for text in paragraph.iter(f"{W}t")))
    return found


def shown_by_office(folder: Path, files: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Return the lines that LibreOffice shows of each .docx, with the numbers that it counts.

    Its text filter puts a blank behind each number and indents lists; the indents are taken off here.
    """
    texts = converted(folder, files, "txt:Text (encoded):UTF8")
    return {name: [line.strip() for line in text.decode("utf-8-sig").splitlines()] for name, text in texts.items()}
