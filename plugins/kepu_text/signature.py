"""The position of the signing body and the date (GB/T 9704-2012, 7.3.5)."""

from math import ceil

from kepu_docs.plugin import Signature, blank, signature_indents, signature_room, title_lines, width
from kepu_text.wrapping import wrap

_MARGINS = 16  # columns: four hanzi at each side of a date that is longer than a line


def signature_lines(
    signature: Signature, page: int | None, words: tuple[str, ...] = (), *, at_left: bool = False
) -> list[str]:
    """Return the lines of a signature at the right of a page of ``page`` columns, or ``at_left`` of it.

    A long signing body is broken into lines that begin below one another or, with a seal, are centred above the date.
    None of ``words`` is broken.
    """
    texts = [text for text in (signature.body, signature.date) if text]
    if page is None:
        return texts
    if at_left:
        return [line for text in texts for line in wrap(text, page)]
    date = wrap(signature.date, page - _MARGINS)
    date_width = max(map(width, date))
    room = signature_room(width(signature.body) / 2, date_width / 2, page / 2, sealed=signature.sealed)
    body = [line.rstrip() for line in title_lines(signature.body, int(2 * room), words, width)]
    taken = (max(map(width, body)), date_width)
    rights = signature_indents(taken[0] / 2, taken[1] / 2, page / 2, sealed=signature.sealed)
    starts = [ceil(page - columns - 2 * right) for columns, right in zip(taken, rights, strict=True)]
    if signature.sealed:
        body = [blank((taken[0] - width(line)) // 2) + line for line in body]
    return [blank(start) + line for start, part in zip(starts, (body, date), strict=True) for line in part if line]
