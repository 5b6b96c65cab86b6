"""The layout of a document as far as finding its blanks and reading it back needs it: lines of text, and grids.

A renderer that is :class:`Preparable` reads a form, empty or filled, into a :class:`FormLayout`. The numbers of lines,
cells and rows are the renderer's own: :class:`FormEdits` refers to them. The meaning of a blank, or of a filled form,
is worked out in one place for all formats.
"""

from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias, runtime_checkable

from kepu_docs.errors import Message


@dataclass(frozen=True, slots=True)
class TypedTag:
    """A placeholder from ``start`` up to ``stop`` in a line; ``source`` is the text between its braces or marks."""

    start: int
    stop: int
    kind: Literal["value", "statement", "remark"]
    source: str


@dataclass(frozen=True, slots=True)
class MarkedBlank:
    """A blank from ``start`` up to ``stop`` in a line that the format itself marks as one.

    It is underlined white space, or a control that is waiting for text. ``names`` are the names of such a control,
    which users need not see: its title and its tag, or the name of a cell. A blank without text may have
    ``start == stop``.
    """

    start: int
    stop: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormLine:
    """A line of text: a paragraph of a document, or the text of a cell of a sheet, which may be empty.

    ``where`` is its place, for messages: ``table 1, row 3, column 2``. ``level`` is the level of a heading, 0 for other
    lines. ``is_fixed`` says that text cannot be inserted into or read from the line, for example because it holds a
    picture or a formula.
    """

    number: int
    text: str
    where: Message
    tags: tuple[TypedTag, ...] = ()
    blanks: tuple[MarkedBlank, ...] = ()
    level: int = 0
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of a grid: it begins in ``column``, counted from 0, and spans ``columns`` and ``rows``.

    ``column`` counts the columns of the grid, not cells: cells below each other have the same ``column``. ``height`` is
    the minimum height in millimetres, 0 if it is not known.
    """

    column: int
    content: tuple["FormBlock", ...]
    columns: int = 1
    rows: int = 1
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a grid: the cells that begin in it. Cells that continue from rows above are not among them."""

    number: int
    cells: tuple[FormCell, ...]


@dataclass(frozen=True, slots=True)
class FormGrid:
    """A table of a document, or a sheet of a workbook. A cell of a document may contain further grids."""

    rows: tuple[FormRow, ...]


FormBlock: TypeAlias = FormLine | FormGrid


@dataclass(frozen=True, slots=True)
class FormLayout:
    """The layout of a document: ``parts`` are its text, its headers and footers, or its sheets, the text first."""

    parts: tuple[tuple[FormBlock, ...], ...]


@dataclass(frozen=True, slots=True)
class SetText:
    """``text`` to replace the text from ``start`` up to ``stop`` in a line, with the formatting of that text."""

    line: int
    start: int
    stop: int
    text: str


@dataclass(frozen=True, slots=True)
class FormEdits:
    """Changes to a form: texts to set, and rows and lines to remove, by their numbers.

    The ranges in one line do not overlap. They refer to the line as it was read; texts at the same position are set in
    their order.
    """

    texts: tuple[SetText, ...] = ()
    rows: frozenset[int] = frozenset()
    lines: frozenset[int] = frozenset()


@runtime_checkable
class Preparable(Protocol):
    """A renderer that can read the layout of a document of its format, and insert placeholders."""

    def form_layout(self, data: bytes) -> FormLayout:
        """Return the layout of a document: a form with or without placeholders, or a filled form.

        Raises ``DocumentError`` for a file that is not of the format, is broken or refused.
        """
        ...

    def edited_form(self, data: bytes, edits: FormEdits) -> bytes:
        """Return a document, whose layout :meth:`form_layout` returned, with ``edits``; everything else is unchanged.

        Raises ``DocumentError`` in the same cases as :meth:`form_layout`.
        """
        ...
