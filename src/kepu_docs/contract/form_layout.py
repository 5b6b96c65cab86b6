"""What a document shows, as far as finding its blanks and reading it back needs it: lines of text, and grids of cells.

A renderer that is :class:`Preparable` reads a form, or a filled one, into a :class:`FormLayout`. Its numbers are the
renderer's own: by them it finds again what :class:`FormEdits` name. What a blank is for, and what a filled form says,
is understood in one place for all formats.
"""

from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias, runtime_checkable

from kepu_docs.errors import Message


@dataclass(frozen=True, slots=True)
class TypedTag:
    """A placeholder from ``start`` up to ``stop`` in a line: ``source`` is what stands between its braces or marks."""

    start: int
    stop: int
    kind: Literal["value", "statement", "remark"]
    source: str


@dataclass(frozen=True, slots=True)
class MarkedBlank:
    """A blank from ``start`` up to ``stop`` in a line that the format itself marks as one.

    That is white space with a rule below, or a control that waits for its text. ``names`` are what such a control is
    called, which nobody need see: its title and its tag, the name of a cell. A blank without any text may have
    ``start == stop``.
    """

    start: int
    stop: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormLine:
    """A line of text: a paragraph of a document, or the text of a cell of a sheet, which may be empty.

    ``where`` says where it stands, for messages: ``table 1, row 3, column 2``. ``level`` is that of a heading, 0 for
    what is none. ``is_fixed`` says that nothing can be set into it or read from it that would stay there, as where it
    holds a picture or a formula.
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
    """A cell of a grid: it begins in ``column``, counted from 0, and goes over ``columns`` and ``rows``.

    ``column`` counts those of the grid, not cells: what stands one below the other has the same. ``height`` is how
    high it is at least, in millimetres, 0 where that is not known.
    """

    column: int
    content: tuple["FormBlock", ...]
    columns: int = 1
    rows: int = 1
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a grid: the cells that begin in it. Those that go on from rows above are not among them."""

    number: int
    cells: tuple[FormCell, ...]


@dataclass(frozen=True, slots=True)
class FormGrid:
    """A table of a document, or a sheet of a workbook. A cell of a document may have others in it."""

    rows: tuple[FormRow, ...]


FormBlock: TypeAlias = FormLine | FormGrid


@dataclass(frozen=True, slots=True)
class FormLayout:
    """What a document shows: ``parts`` are its text, its headers and footers, or its sheets, the text first."""

    parts: tuple[tuple[FormBlock, ...], ...]


@dataclass(frozen=True, slots=True)
class SetText:
    """``text`` in the place of what stands from ``start`` up to ``stop`` in a line; it is set like what stood there."""

    line: int
    start: int
    stop: int
    text: str


@dataclass(frozen=True, slots=True)
class FormEdits:
    """What becomes of a form: texts that are set, and rows and lines, by their numbers, that go.

    Of one line the places do not overlap; they are those of the line as it was read, and those at one place are set in
    their order.
    """

    texts: tuple[SetText, ...] = ()
    rows: frozenset[int] = frozenset()
    lines: frozenset[int] = frozenset()


@runtime_checkable
class Preparable(Protocol):
    """A renderer that shows what a document of its format holds, and sets placeholders into it."""

    def form_layout(self, data: bytes) -> FormLayout:
        """Return what a document shows: a form with or without placeholders, or a filled one.

        Raises ``DocumentError`` for a file that is none of the format, is broken or refused.
        """
        ...

    def edited_form(self, data: bytes, edits: FormEdits) -> bytes:
        """Return a document, whose layout :meth:`form_layout` gave, with ``edits``; all else in it stays.

        Raises ``DocumentError`` as :meth:`form_layout` does.
        """
        ...
