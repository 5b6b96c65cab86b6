"""Where signing body, date and attachment note stand (GB/T 9704-2012, 7.3.4 and 7.3.5), in characters."""

from collections.abc import Iterator
from dataclasses import dataclass

from kepu_docs.plugin import AttachmentNote, Signature
from kepu_word.look.model import AttachmentLook, SignatureLook
from kepu_word.xml_text import width


@dataclass(frozen=True, slots=True)
class Line:
    """A name of an attachment note: where its wrapped lines begin, how far its first line stands out of them."""

    text: str
    left: float
    hanging: float


def signature(block: Signature, look: SignatureLook, line: float) -> tuple[float, float]:
    """Return how far from the right edge signing body and date end, in characters.

    ``line`` is the type area's width in characters.

    Sealed: the date keeps its distance from the edge and the body is centred above it. Not sealed: the body keeps
    its distance and the date begins two characters to the right of it; a date longer than the body keeps the
    distance instead, and the body moves left. What is too long for its place gives up the distance.
    """
    body, date = min(width(block.body) / 4, line), min(width(block.date) / 4, line)
    if not (body and date):
        body_right = date_right = look.sealed_indent if block.sealed else look.unsealed_indent
    elif block.sealed:
        date_right = look.sealed_indent
        body_right = date_right + (date - body) / 2
    elif date > body:
        date_right = look.unsealed_indent
        body_right = date_right + date + look.date_shift - body
    else:
        body_right = look.unsealed_indent
        date_right = body_right + body - look.date_shift - date
    return _within(body_right, line - body), _within(date_right, line - date)


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


def _within(indent: float, room: float) -> float:
    return max(min(indent, room), 0.0)
