"""The texts of a document, piece by piece, to compare with what a reader sees of it in a format."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, assert_never

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

Order: TypeAlias = Literal["one after the other", "anyhow", "row"]
"""How a format may place the texts of one piece.

A ``row`` may be wrapped inside its columns: its characters are together, those of each cell in order.
"""

_white: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Texts that a reader sees in one place."""

    place: str
    """Where they are in the document: ``blocks[3] (Table)``."""
    texts: tuple[str, ...]
    order: Order = "one after the other"


def pieces(document: Document, *, wrapped: bool = False) -> Iterator[Piece]:
    """Yield what a reader sees of ``document``, in order.

    ``wrapped`` says that the cells of tables may be wrapped inside their columns, as plain text has them. Alternative
    texts of pictures, names of axes, author, subject and keywords are left out: only some formats show them.
    """
    if document.letterhead:
        yield Piece("letterhead", _letterhead(document.letterhead), "anyhow")
    yield Piece("title", (document.title,))
    if document.addressee:
        yield Piece("addressee", (document.addressee,))
    for at, block in enumerate(document.blocks):
        place = f"blocks[{at}] ({type(block).__name__})"
        yield from _block(place, block, "row" if wrapped else "one after the other")
    if document.imprint:
        yield Piece("imprint", _imprint(document.imprint), "anyhow")


def missing(shown: str | Iterable[str], document: Document, *, wrapped: bool = False) -> str:
    """Return the first text of ``document`` that ``shown`` lacks at its place, with that place; empty if all are there.

    ``shown`` is what a reader sees of it in some format, in order. White space does not count: formats differ in lines,
    columns and indents.
    """
    seen = squeezed(shown if isinstance(shown, str) else "\n".join(shown))
    position = 0
    before = ""
    for piece in pieces(document, wrapped=wrapped):
        texts = tuple(filter(None, map(squeezed, piece.texts)))
        end = _end(seen, texts, piece.order, position)
        if end is None:
            text = " | ".join(piece.texts)
            return f"{piece.place}: “{text}” is not shown{f' after “{before}”' if before else ''}"
        position = end
        before = piece.texts[-1] if piece.texts else before
    return ""


def squeezed(text: str) -> str:
    """Return ``text`` without white space."""
    return _white.sub("", text)


def texts_of(document: Document) -> list[str]:
    """Return all texts that :func:`pieces` yields."""
    return [text for piece in pieces(document) for text in piece.texts if text]


def _end(seen: str, texts: tuple[str, ...], order: Order, position: int) -> int | None:
    """Return where the texts of a piece that begin at ``position`` or later end; ``None`` if they are not there."""
    if order == "anyhow":
        return position if all(seen.find(text, position) >= 0 for text in texts) else None
    ends = [_strict_end(seen, texts, position)]
    if order == "row":
        ends.append(_row_end(seen, texts, position))
    return min((end for end in ends if end is not None), default=None)


def _strict_end(seen: str, texts: tuple[str, ...], position: int) -> int | None:
    for text in texts:
        found = seen.find(text, position)
        if found < 0:
            return None
        position = found + len(text)
    return position


def _row_end(seen: str, cells: tuple[str, ...], position: int) -> int | None:
    """Return where a wrapped row ends: the characters of all cells are together, those of each cell in order."""
    wanted = Counter("".join(cells))
    size = wanted.total()
    window = Counter(seen[position : position + size])
    for start in range(position, len(seen) - size + 1):
        if window == wanted and all(_within(cell, seen[start : start + size]) for cell in cells):
            return start + size
        window[seen[start]] -= 1
        if start + size < len(seen):
            window[seen[start + size]] += 1
    return None


def _within(text: str, shown: str) -> bool:
    characters = iter(shown)
    return all(each in characters for each in text)


def _block(place: str, block: Block, row: Order) -> Iterator[Piece]:
    match block:
        case Heading():
            yield Piece(place, (block.number, block.text, block.body))
        case Paragraph():
            yield Piece(place, (block.text,))
        case ListBlock():
            for at, item in enumerate(block.items):
                yield Piece(f"{place}.items[{at}]", (item.number, item.lead, item.text))
        case Table():
            yield Piece(place, (block.number, block.caption))
            yield Piece(place, tuple(column.title for column in block.columns), row)
            for at, cells in enumerate(block.rows):
                yield Piece(f"{place}.rows[{at}]", cells, row)
        case Figure():
            yield Piece(place, (block.number, block.caption))
        case Chart():
            yield from _chart(place, block, wrapped=row == "row")
        case Signature():
            yield Piece(place, (block.body, block.date))
        case AttachmentNote():
            yield Piece(place, (block.lead, *block.names))
        case PageBreak():
            pass
        case _:
            assert_never(block)


def _chart(place: str, block: Chart, *, wrapped: bool) -> Iterator[Piece]:
    # A pie is drawn of one series.
    drawn = block.series[:1] if block.kind == "pie" and not wrapped else block.series
    if wrapped:
        yield Piece(place, (block.number, block.caption))
        yield Piece(place, (block.axis, *(series.name for series in drawn)), "row")
        for at, category in enumerate(block.categories):
            yield Piece(place, (category, *(series.labels[at] for series in drawn)), "row")
        return
    figures = (*block.categories, *(text for series in drawn for text in (series.name, *series.labels)))
    # Captions are above a table and below a drawing.
    yield Piece(place, (block.number, block.caption, *figures), "anyhow")


def _letterhead(block: Letterhead) -> tuple[str, ...]:
    return (block.copy, block.secrecy, block.urgency, block.issuer, block.number, block.signer_lead + block.signer)


def _imprint(block: Imprint) -> tuple[str, ...]:
    return (block.copied_lead + block.copied_to, block.printed_by, block.printed_on)
