"""Where the signing body and the date stand (GB/T 9704-2012, 7.3.5)."""

from math import ceil

from kepu_docs.plugin import Signature, blank, signature_indents, width
from kepu_text.wrapping import wrap

_MARGINS = 16  # columns: four hanzi at each side


def signature_lines(signature: Signature, page: int | None, *, at_left: bool = False) -> list[str]:
    """Return the lines of a signature at the right of a page of ``page`` columns, or ``at_left`` of it."""
    texts = [text for text in (signature.body, signature.date) if text]
    if page is None:
        return texts
    if at_left:
        return [line for text in texts for line in wrap(text, page)]
    parts = [wrap(text, page - _MARGINS) for text in (signature.body, signature.date)]
    taken = [max(map(width, lines)) for lines in parts]
    rights = signature_indents(taken[0] / 2, taken[1] / 2, page / 2, sealed=signature.sealed)
    starts = [ceil(page - columns - 2 * right) for columns, right in zip(taken, rights, strict=True)]
    return [blank(start) + line for start, lines in zip(starts, parts, strict=True) for line in lines if line]
