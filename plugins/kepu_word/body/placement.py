"""Where signing body, date and attachment note stand (GB/T 9704-2012, 7.3.4 and 7.3.5), in characters."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kepu_docs.plugin import AttachmentNote, Signature, signature_indents, signature_room, title_lines
from kepu_word.look.model import AttachmentLook, Justification, SignatureLook
from kepu_word.xml_text import width

_SPARE: Final = 3.0
"""What a reader that sets digits apart from hanzi needs for a date besides."""


@dataclass(frozen=True, slots=True)
class Line:
    """A name of an attachment note: where its wrapped lines begin, how far its first line stands out of them."""

    text: str
    left: float
    hanging: float


@dataclass(frozen=True, slots=True)
class Placed:
    """The lines of a signing body or a date: how far from both edges they stand, and how they are aligned there."""

    lines: tuple[str, ...]
    left: float
    right: float
    align: Justification = "right"


def signature(block: Signature, look: SignatureLook, line: float, words: tuple[str, ...] = ()) -> tuple[Placed, Placed]:
    """Return where signing body and date stand; ``line`` is the type area's width.

    A body too long for its place goes over several lines, which break none of ``words``: they begin below one another,
    or with a seal stand centred above the date.
    """
    taken, date = min(width(block.body) / 4, line), min(width(block.date) / 4, line)
    room = signature_room(
        width(block.body) / 4,
        date,
        line,
        sealed=block.sealed,
        sealed_indent=look.sealed_indent,
        unsealed_indent=look.unsealed_indent,
    )
    lines = tuple(title_lines(block.body, int(4 * room), words, width)) if block.body else ()
    if len(lines) > 1:
        taken = max(width(each.rstrip()) for each in lines) / 4
    body_right, date_right = signature_indents(
        taken,
        date,
        line,
        sealed=block.sealed,
        sealed_indent=look.sealed_indent,
        unsealed_indent=look.unsealed_indent,
        date_shift=look.date_shift,
    )
    shown = Placed((block.date,) if block.date else (), 0.0, date_right)
    left = max(line - body_right - taken, 0.0)
    # The date begins where it does by the body, however wide a reader sets its figures.
    begins = Placed(shown.lines, line - date_right - date, 0.0, "left") if date else shown
    if len(lines) <= 1:
        # How wide hanzi are is sure, and so is where they begin.
        sure = taken >= date + _SPARE and width(block.body) == 4 * len(block.body)
        return Placed(lines, 0.0, body_right), begins if sure and not block.sealed else shown
    if block.sealed:
        # Widened evenly, because readers measure a little differently.
        spare = min(body_right, left, 0.5)
        return Placed(lines, left - spare, body_right - spare, "center"), shown
    return Placed(lines, left, 0.0, "left"), begins


def attachment_note(block: AttachmentNote, look: AttachmentLook) -> Iterator[Line]:
    """Yield the note's lines. Wrapped lines begin below the first character of their name."""
    lead = width(block.lead) / 4
    several = len(block.names) > 1
    for place, name in enumerate(block.names, start=1):
        number = f"{place}. " if several else ""
        numbered = width(number) / 4
        first = place == 1
        yield Line(
            text=f"{block.lead if first else ''}{number}{name}",
            left=look.indent + lead + numbered,
            hanging=numbered + (lead if first else 0.0),
        )
