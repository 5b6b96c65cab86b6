"""Forms: documents that somebody else designed, with places for the facts of a record.

A renderer reads a form into a :class:`FormPlan`: the fixed parts are numbered, and the placeholders that a user typed
between them are :class:`FormTag` s. Composing runs the plan with the facts of a record and returns a :class:`Filling`;
the renderer inserts it between the fixed parts. So expressions are interpreted in one place for all formats, and only
the renderer needs to know its format.
"""

import datetime
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from kepu_docs.blocks import Block, Document, Figure
from kepu_docs.errors import Fault, Message


@dataclass(frozen=True, slots=True)
class FormTag:
    """A placeholder that a user typed into a form: ``{{ … }}`` without its braces, or ``{% … %}`` without its marks.

    ``where`` is its place, for messages. ``no_blocks`` says why blocks cannot be inserted there; it is ``None`` if they
    can, that is, if the tag is alone in a paragraph of the text. ``no_pictures`` says the same of photographs. If
    ``typed`` is set, an exact number or day is given as a :class:`FilledValue`.
    """

    kind: Literal["value", "statement"]
    source: str
    where: Message
    no_blocks: Message | None = None
    no_pictures: Message | None = None
    typed: bool = False


FormPart: TypeAlias = tuple[int | FormTag, ...]
"""One part of a form from its start to its end: the numbers of the fixed parts, and the tags between them.

Statements are properly nested. Everything between ``for`` and ``endfor`` is repeated, whatever its numbers stand for.
"""


@dataclass(frozen=True, slots=True)
class FormPlan:
    """A form as composing sees it; ``digest`` identifies the form. ``faults`` are faults in the order of its tags.

    ``remarks`` tell the form's author about things that are not faults.
    """

    digest: str
    parts: tuple[FormPart, ...]
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class FilledBlocks:
    """Blocks to insert at the tag with position ``tag`` in a part."""

    tag: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class FilledPicture:
    """A photograph to insert in the line of the tag with position ``tag`` in a part.

    ``width`` and ``height`` are the room in millimetres that it may take, 0 for no limit.
    """

    tag: int
    figure: Figure
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class FilledValue:
    """An exact number or a day to insert at a ``typed`` tag; ``text`` is its form in a document.

    ``unit`` is the unit of a figure, ``%`` for a share; the number is in that unit, never in 万.
    """

    text: str
    value: int | float | datetime.date
    unit: str = ""


FilledPart: TypeAlias = tuple[int | str | FilledBlocks | FilledPicture | FilledValue, ...]
"""Numbers of the fixed parts, and the content between them; a text may have line ends, but no other control characters.
"""


@dataclass(frozen=True, slots=True)
class Filling:
    """The content of a plan for one record: its parts, in the order of the plan, and the form's ``digest``."""

    digest: str
    parts: tuple[FilledPart, ...]


@dataclass(frozen=True, slots=True)
class FilledDocument(Document):
    """A document that was also composed for a form; formats without forms show its blocks."""

    filling: Filling = field(default_factory=lambda: Filling("", ()), repr=False)
