"""The placement of signing body, date and attachment note (GB/T 9704-2012, 7.3.4 and 7.3.5), in characters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kepu_docs.typography.looks import AttachmentLook, Justification, SignatureLook
from kepu_docs.typography.quarters import quarters as width
from kepu_docs.typography.signature import signature_indents, signature_room
from kepu_docs.typography.titles import title_lines

_SPARE: Final = 3.0
"""The additional room for a date in a reader that adds space between digits and hanzi."""


@dataclass(frozen=True, slots=True)
class PlacedName:
    """A name in an attachment note: where its wrapped lines begin, and how far its first line hangs out."""

    text: str
    left: float
    hanging: float


@dataclass(frozen=True, slots=True)
class Placed:
    """The lines of a signing body or a date: their distances from both edges, and their alignment between them."""

    lines: tuple[str, ...]
    left: float
    right: float
    align: Justification = "right"


def placed_signature(
    body: str, date: str, look: SignatureLook, line: float, words: tuple[str, ...] = (), *, sealed: bool
) -> tuple[Placed, Placed]:
    """Return the placement of signing body and date; ``line`` is the width of the type area; all in characters.

    A body too long for its place is broken into several lines, which break none of ``words``: they are aligned at their
    beginnings, or with a seal centred above the date.
    """
    taken, date_width = min(width(body) / 4, line), min(width(date) / 4, line)
    room = signature_room(
        width(body) / 4,
        date_width,
        line,
        sealed=sealed,
        sealed_indent=look.sealed_indent,
        unsealed_indent=look.unsealed_indent,
    )
    lines = tuple(title_lines(body, int(4 * room), words, width)) if body else ()
    if len(lines) > 1:
        taken = max(width(each.rstrip()) for each in lines) / 4
    body_right, date_right = signature_indents(
        taken,
        date_width,
        line,
        sealed=sealed,
        sealed_indent=look.sealed_indent,
        unsealed_indent=look.unsealed_indent,
        date_shift=look.date_shift,
    )
    shown = Placed((date,) if date else (), 0.0, date_right)
    left = max(line - body_right - taken, 0.0)
    # The beginning of the date depends on the body, however wide a reader sets its digits.
    begins = Placed(shown.lines, line - date_right - date_width, 0.0, "left") if date else shown
    if len(lines) <= 1:
        # The width of hanzi is certain, and so is where they begin.
        sure = taken >= date_width + _SPARE and width(body) == 4 * len(body)
        return Placed(lines, 0.0, body_right), begins if sure and not sealed else shown
    if sealed:
        # Widened evenly, because readers measure slightly differently.
        spare = min(body_right, left, 0.5)
        return Placed(lines, left - spare, body_right - spare, "center"), shown
    return Placed(lines, left, 0.0, "left"), begins


def placed_names(lead: str, names: Sequence[str], look: AttachmentLook) -> Iterator[PlacedName]:
    """Yield the lines of a note of attachments; ``lead`` precedes the first name.

    Wrapped lines begin below the first character of their name.
    """
    leading = width(lead) / 4
    several = len(names) > 1
    for place, name in enumerate(names, start=1):
        number = f"{place}. " if several else ""
        numbered = width(number) / 4
        first = place == 1
        yield PlacedName(
            text=f"{lead if first else ''}{number}{name}",
            left=look.indent + leading + numbered,
            hanging=numbered + (leading if first else 0.0),
        )
