"""What all kinds of documents are read into: lines, one for each paragraph or table, with what is known of them."""

from dataclasses import dataclass, field
from typing import Final

from kepu_docs.errors import N_, DocumentError, Message, Place
from kepu_docs.errors.visible import one_line
from kepu_docs.typography.breaking import HYPHENS, in_word

TITLE: Final = 0
"""The ``level`` of what a document itself calls its title."""
MOST_CELLS: Final = 100_000
"""Cells of all tables of a document, blank ones counted: 10,000 rows of 10. A few letters may ask for a million: one
wide row is enough to make all rows of its table as wide."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A table: its rows, the first of which is the head, all with as many cells."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class CellCount:
    """Counts the cells of a document's tables before they are made."""

    name: str
    count: int = 0

    def add(self, rows: int, columns: int, line: int | None = None) -> None:
        """Count a table. Raises ``DocumentError`` at ``line`` where it is more than a document may have."""
        self.count += rows * columns
        if self.count > MOST_CELLS:
            text = N_("the tables of the document have more than {limit} cells")
            raise DocumentError.at(Place(self.name, line), text, limit=MOST_CELLS)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or a table of a document, in its order.

    ``text`` has no line breaks. ``number`` is what numbers the paragraph where that is no part of its text (Word's
    automatic numbers, Markdown's lists): ``一、``, ``1.``, ``•``. ``level`` is that of a heading which the document
    calls one, 0 for a title. ``lead`` is how many characters at the begin are set apart (bold). ``aside`` says that the
    paragraph stands in the middle or at the right. ``apart`` says that a blank line stands before it.
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
    """Whether it is an entry of a list in Markdown, where headings are no entries."""

    @property
    def shown(self) -> str:
        """The text with its number, as a reader sees it; of a table, all its cells."""
        if self.table is not None:
            return " ".join(cell for row in self.table.rows for cell in row if cell)
        gap = " " if self.number.endswith(".") and self.text[:1].isdigit() else ""
        return self.number + gap + self.text


def joint(before: str, after: str) -> str:
    """Return what stood between two lines; among narrow letters they break at white space, or at a hyphen or slash."""
    return " " if in_word(before[-1]) and in_word(after[0]) and before[-1] not in HYPHENS + "/" else ""


@dataclass(frozen=True, slots=True)
class Note:
    """Words that stand in a document and have no place in a record, or that are not understood; and why.

    ``text`` is on one line, whatever the document has.
    """

    place: Place
    text: str
    why: Message

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", one_line(self.text))


@dataclass(slots=True)
class Content:
    """What a document holds: its lines, what has no place among them, and the record it carries (JSON) or nothing."""

    name: str
    lines: list[Line]
    notes: list[Note] = field(default_factory=list)
    record: str = ""
