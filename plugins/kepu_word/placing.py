"""Where signing body, date and attachment note stand (GB/T 9704-2012, 7.3.4 and 7.3.5), in characters."""

from collections.abc import Iterator
from dataclasses import dataclass

from kepu_docs.plugin import AttachmentNote, Signature
from kepu_word.look import AttachmentLook, SignatureLook
from kepu_word.text import width


@dataclass(frozen=True, slots=True)
class Places:
    """Distances of signing body and date from the right edge of the type area, in characters."""

    body: float
    date: float


@dataclass(frozen=True, slots=True)
class Line:
    """A name of an attachment note: where its wrapped lines begin, how far its first line stands out of them."""

    text: str
    left: float
    hanging: float


def signature(block: Signature, look: SignatureLook, line: float) -> Places:
    """Return where a signature's two lines end; ``line`` is the type area's width in characters.

    Sealed: the date keeps its distance from the edge and the body is centred above it. Not sealed: the body keeps
    its distance and the date begins two characters to the right of it; a date longer than the body keeps the
    distance instead, and the body moves left. What is too long for its place gives up the distance.
    """
    body, date = min(width(block.body) / 2, line), min(width(block.date) / 2, line)
    if not (body and date):
        indent = look.sealed_indent if block.sealed else look.unsealed_indent
        wanted = Places(indent, indent)
    elif block.sealed:
        wanted = Places(look.sealed_indent + (date - body) / 2, look.sealed_indent)
    elif date > body:
        wanted = Places(look.unsealed_indent + date + look.date_shift - body, look.unsealed_indent)
    else:
        wanted = Places(look.unsealed_indent, look.unsealed_indent + body - look.date_shift - date)
    return Places(_within(wanted.body, line - body), _within(wanted.date, line - date))


def attachment_note(block: AttachmentNote, look: AttachmentLook) -> Iterator[Line]:
    """Yield the note's lines. Wrapped lines begin below the first character of their name."""
    lead = width(block.lead) / 2
    several = len(block.names) > 1
    for place, name in enumerate(block.names, start=1):
        number = f"{place}. " if several else ""
        numbered = width(number) / 2
        first = place == 1
        yield Line(
            text=f"{block.lead if first else ''}{number}{name}",
            left=look.indent + lead + numbered,
            hanging=numbered + (lead if first else 0.0),
        )


def _within(indent: float, room: float) -> float:
    return max(min(indent, room), 0.0)
