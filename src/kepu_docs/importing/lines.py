"""The common form of all documents that are read: lines, one for each paragraph or table, with their properties."""

from dataclasses import dataclass, field
from typing import Final

from kepu_docs.errors import N_, DocumentError, Message, Place
from kepu_docs.errors.visible import one_line
from kepu_docs.typography.breaking import HYPHENS, in_word

TITLE: Final = 0
"""The ``level`` of text that a document itself marks as its title."""
MOST_CELLS: Final = 100_000
"""The most cells in all tables of a document, including blank ones: 10,000 rows of 10. A small file may ask for a
million: one wide row makes all rows of its table as wide."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A table: its rows, of which the first is the head, all with the same number of cells."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class CellCount:
    """Counts the cells of a document's tables before they are made."""

    name: str
    count: int = 0

    def add(self, rows: int, columns: int, line: int | None = None) -> None:
        """Count a table. Raises ``DocumentError`` at ``line`` if the document has too many cells."""
        self.count += rows * columns
        if self.count > MOST_CELLS:
            text = N_("the tables of the document have more than {limit} cells")
            raise DocumentError.at(Place(self.name, line), text, limit=MOST_CELLS)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or a table of a document, in order.

    ``text`` has no line breaks. ``number`` is the number of the paragraph if it is not part of its text (Word's
    automatic numbers, Markdown's lists): ``一、``, ``1.``, ``•``. ``level`` is that of a heading that the document
    marks as one, 0 for a title. ``lead`` is the number of characters at the beginning that are highlighted (bold).
    ``aside`` says that the paragraph is centred or on the right. ``apart`` says that a blank line precedes it.
    """

    text: str
    place: Place
    number: str = ""
    level: int | None = None
    lead: int = 0
    aside: bool = False
    apart: bool = False
    table: Cells | None = None
    is_listed: bool = False
    """Whether it is an entry of a list in Markdown, in which headings are not entries."""

    @property
    def shown(self) -> str:
        """The text with its number, as a reader sees it; for a table, all its cells."""
        if self.table is not None:
            return " ".join(cell for row in self.table.rows for cell in row if cell)
        gap = " " if self.number.endswith(".") and self.text[:1].isdigit() else ""
        return self.number + gap + self.text


def joint(before: str, after: str) -> str:
    """Return the text between two lines: after a hyphen or slash nothing, between other narrow letters a blank."""
    return " " if in_word(before[-1]) and in_word(after[0]) and before[-1] not in HYPHENS + "/" else ""


@dataclass(frozen=True, slots=True)
class Note:
    """Words of a document that have no place in a record or are not understood, and the reason.

    ``text`` is on one line, whatever the document has.
    """

    place: Place
    text: str
    why: Message

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", one_line(self.text))


@dataclass(slots=True)
class Content:
    """The content of a document: its lines, notes on what was left out, and the record it carries (JSON), if any."""

    name: str
    lines: list[Line]
    notes: list[Note] = field(default_factory=list)
    record: str = ""
