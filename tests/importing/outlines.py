"""The elements of the text of a document, without the kinds and facts that a record needs."""

from kepu_docs.importing.lines import Note
from kepu_docs.importing.reading import read_bytes_of
from kepu_docs.importing.structure.elements import Element, Heading
from kepu_docs.importing.structure.frame import framed
from kepu_docs.importing.structure.furniture import pieces
from kepu_docs.importing.structure.gluing import glued
from kepu_docs.importing.structure.joining import joined
from kepu_docs.importing.structure.outline import outline


def elements_of(text: str, notes: list[Note] | None = None) -> list[Element]:
    """Return the elements of the first summary in a text file, without its frame."""
    lines = joined(read_bytes_of(text.encode(), "a.txt", ".txt").lines)
    piece = pieces([part for line in lines for part in glued(line)])[0]
    return outline(framed(piece.lines)[1], [] if notes is None else notes)


def headings_of(text: str) -> list[tuple[int, str]]:
    """Return the headings of a text file, level and text."""
    return [(each.level, each.text) for each in elements_of(text) if isinstance(each, Heading)]
