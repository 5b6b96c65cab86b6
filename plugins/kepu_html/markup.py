"""What a page and a fragment share: the layout of a document, and the pieces that both write alike."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from kepu_docs.plugin import Block, Document, Figure, Imprint, Item, Letterhead, Table, caption_of
from kepu_html.headings import Headings, Placed

BlocksFunction: TypeAlias = Callable[[Iterable[Block], str, Headings], list[str]]


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to write a document in HTML.

    ``blocks`` returns the lines of blocks in a language; ``whole`` returns the lines of the file: it surrounds the
    lines of the blocks, and adds a table of contents if there are headings. ``trace`` returns the markup by which a
    heading is found in the lines of ``blocks``, and ``traces`` finds what may be such markup.
    """

    blocks: BlocksFunction
    whole: Callable[[Document, Sequence[str], Sequence[Placed]], list[str]]
    traces: "re.Pattern[str]"
    trace: Callable[[Placed], str]


def source(figure: Figure) -> str:
    """Return the address of a picture: a data URI that contains it."""
    return f"data:{figure.media_type};base64,{b64encode(figure.data).decode('ascii')}"


def entry(item: Item) -> str:
    """Return the content of a list entry; after a number in digits a space separates it from a figure that follows."""
    number = f"{item.number} " if item.number.endswith(".") else item.number
    lead = f"<strong>{escape(item.lead)}</strong>" if item.lead else ""
    return f"{escape(number)}{lead}{escape(item.text)}"


def numbered(names: Sequence[str]) -> list[str]:
    """Return the names of attachments with their numbers; a single attachment has none."""
    return [escape(f"{place}. {name}") for place, name in enumerate(names, 1)] if len(names) > 1 else [escape(names[0])]


def label(table: Table) -> str:
    """Return the accessible name of a table: its caption, or else its column heads."""
    return escape(caption_of(table) or " / ".join(column.title for column in table.columns))


def marks(block: Letterhead) -> list[str]:
    """Return the texts at the top of a letterhead, one below the other."""
    return [escape(text) for text in (block.copy, block.secrecy, block.urgency) if text]


def row(*texts: str) -> list[str]:
    """Return the texts of a line that are not empty."""
    return [escape(text) for text in texts if text]


def imprint_rows(block: Imprint | None) -> list[list[str]]:
    """Return the lines of an imprint, each a list of texts that are side by side."""
    if block is None:
        return []
    rows = (row(block.copied_lead + block.copied_to), row(block.printed_by, block.printed_on))
    return [each for each in rows if each]
