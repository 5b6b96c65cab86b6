"""Where signing body, date and attachment note stand (GB/T 9704-2012, 7.3.4 and 7.3.5), in characters."""

from collections.abc import Iterator
from dataclasses import dataclass

from kepu_docs.plugin import AttachmentNote, Signature, signature_indents
from kepu_word.look.model import AttachmentLook, SignatureLook
from kepu_word.xml_text import width


@dataclass(frozen=True, slots=True)
class Line:
    """A name of an attachment note: where its wrapped lines begin, how far its first line stands out of them."""

    text: str
    left: float
    hanging: float


def signature(block: Signature, look: SignatureLook, line: float) -> tuple[float, float]:
    """Return how far from the right edge signing body and date end; ``line`` is the type area's width."""
    return signature_indents(
        min(width(block.body) / 4, line),
        min(width(block.date) / 4, line),
        line,
        sealed=block.sealed,
        sealed_indent=look.sealed_indent,
        unsealed_indent=look.unsealed_indent,
        date_shift=look.date_shift,
    )


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
