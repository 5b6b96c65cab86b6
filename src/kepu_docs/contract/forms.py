"""Forms: documents that somebody else designed, with places for the facts of a record.

A renderer reads a form into a :class:`FormPlan`: what stays is numbered, what a user has typed between it are
:class:`FormTag` s. Composing runs the plan with the facts of a record, which gives a :class:`Filling`; the renderer
sets that between what stays. So expressions are understood in one place for all formats, and what a format is made of
is known to its renderer alone.
"""

import datetime
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias, runtime_checkable

from kepu_docs.blocks import Block, Document, Figure
from kepu_docs.errors import Fault, Message


@dataclass(frozen=True, slots=True)
class FormTag:
    """What a user typed into a form: ``{{ … }}`` without its braces, or ``{% … %}`` without its marks.

    ``where`` says where it stands, for messages. ``no_blocks`` says why no blocks can be set there, and is ``None``
    where they can: alone in a paragraph of the text. ``no_pictures`` says so of photographs. Where ``typed`` is set, a
    number or a day comes as a :class:`FilledValue`, where it is exact.
    """

    kind: Literal["value", "statement"]
    source: str
    where: Message
    no_blocks: Message | None = None
    no_pictures: Message | None = None
    typed: bool = False


FormPart: TypeAlias = tuple[int | FormTag, ...]
"""One part of a form from its start to its end: the numbers of what stays, and tags between them.

Statements are well nested. What stands between ``for`` and ``endfor`` is repeated, whatever its numbers stand for.
"""


@dataclass(frozen=True, slots=True)
class FormPlan:
    """A form as composing sees it; ``digest`` distinguishes it from others. ``faults`` are those of its tags' order.

    ``remarks`` are what who made the form may want to know, and is no fault.
    """

    digest: str
    parts: tuple[FormPart, ...]
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class FilledBlocks:
    """Blocks in the place of the tag at position ``tag`` of a part."""

    tag: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class FilledPicture:
    """A photograph in the line of the tag at position ``tag`` of a part.

    ``width`` and ``height`` are the room in millimetres that it may take, 0 for as much as it likes.
    """

    tag: int
    figure: Figure
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class FilledValue:
    """An exact number or a day in the place of a ``typed`` tag: ``text`` is how a document writes it.

    ``unit`` is that of a figure, ``%`` of a share; the number is in that unit, never in 万.
    """

    text: str
    value: int | float | datetime.date
    unit: str = ""


FilledPart: TypeAlias = tuple[int | str | FilledBlocks | FilledPicture | FilledValue, ...]
"""Numbers of what stays, and what stands between; a text may have line ends, and no other control characters."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What a plan gives for one record: its parts, in the order of the plan's, and the form's ``digest``."""

    digest: str
    parts: tuple[FilledPart, ...]


@dataclass(frozen=True, slots=True)
class FilledDocument(Document):
    """A document that was composed for a form as well; formats without one show its blocks."""

    filling: Filling = field(default_factory=lambda: Filling("", ()), repr=False)


@runtime_checkable
class Fillable(Protocol):
    """A renderer that fills forms; ``configured`` with one, it renders each :class:`FilledDocument` into it."""

    @property
    def needs_form(self) -> bool:
        """Whether it renders into forms alone, and nothing without one."""
        ...

    def takes_form(self, form: bytes) -> bool:
        """Tell whether a file is one of its kind, which it fills or refuses; by a look that costs little."""
        ...

    def form_plan(self) -> FormPlan | None:
        """Return the plan of the form that it was configured with, ``None`` for none. Raises ``DocumentError``."""
        ...


def needs_form(renderer: object) -> bool:
    """Tell whether a renderer renders nothing without a form."""
    return isinstance(renderer, Fillable) and renderer.needs_form
