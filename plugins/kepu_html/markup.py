"""What a page and a fragment have in common: how a document is laid out, and the pieces that both write alike."""

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

    ``blocks`` returns the lines of blocks in a language, ``whole`` those of the file: around the blocks' own lines,
    with a table of contents of the headings, where there are any. ``trace`` returns by what a heading is found in what
    ``blocks`` has returned, and ``traces`` finds what may be such.
    """

    blocks: BlocksFunction
    whole: Callable[[Document, Sequence[str], Sequence[Placed]], list[str]]
    traces: "re.Pattern[str]"
    trace: Callable[[Placed], str]


def source(figure: Figure) -> str:
    """Return the address of a picture that holds it."""
    return f"data:{figure.media_type};base64,{b64encode(figure.data).decode('ascii')}"


def entry(item: Item) -> str:
    """Return the content of a list's entry; a number of digits would run into a figure that follows it."""
    number = f"{item.number} " if item.number.endswith(".") else item.number
    lead = f"<strong>{escape(item.lead)}</strong>" if item.lead else ""
    return f"{escape(number)}{lead}{escape(item.text)}"


def numbered(names: Sequence[str]) -> list[str]:
    """Return the names of attachments with their numbers, which one alone has not."""
    return [escape(f"{place}. {name}") for place, name in enumerate(names, 1)] if len(names) > 1 else [escape(names[0])]


def label(table: Table) -> str:
    """Return what a table is called by who does not see it: its caption, or else its heads."""
    return escape(caption_of(table) or " / ".join(column.title for column in table.columns))


def marks(block: Letterhead) -> list[str]:
    """Return what stands at the top of a letterhead, one below the other."""
    return [escape(text) for text in (block.copy, block.secrecy, block.urgency) if text]


def row(*texts: str) -> list[str]:
    """Return the texts of a line that are there."""
    return [escape(text) for text in texts if text]


def imprint_rows(block: Imprint | None) -> list[list[str]]:
    """Return the lines of an imprint, each a list of texts that stand beside one another."""
    if block is None:
        return []
    rows = (row(block.copied_lead + block.copied_to), row(block.printed_by, block.printed_on))
    return [each for each in rows if each]
