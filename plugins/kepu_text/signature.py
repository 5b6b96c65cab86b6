"""Where the signing body and the date stand (GB/T 9704-2012, 7.3.5)."""

from kepu_docs.plugin import Signature, blank, width
from kepu_text.wrapping import wrap

_TWO = 4  # columns that two hanzi take
_FOUR = 8


def signature_lines(signature: Signature, page: int | None, *, at_left: bool = False) -> list[str]:
    """Return the lines of a signature at the right of a page of ``page`` columns, or ``at_left`` of it.

    Without a seal the body stands two characters from the right edge and the date begins two characters to the right
    of the body; a date longer than the body stands two characters from the edge and the body moves left. With a seal
    the date stands four characters from the edge and the body is centred over it.
    """
    texts = [text for text in (signature.body, signature.date) if text]
    if page is None:
        return texts
    if at_left:
        return [line for text in texts for line in wrap(text, page)]
    body = wrap(signature.body, page - 2 * _FOUR)
    date = wrap(signature.date, page - 2 * _FOUR)
    body_width, date_width = max(map(width, body)), max(map(width, date))
    place = _sealed if signature.sealed else _unsealed
    body_at, date_at = place(page, body_width, date_width)
    return [blank(at) + line for at, lines in ((body_at, body), (date_at, date)) for line in lines if line]


def _unsealed(page: int, body: int, date: int) -> tuple[int, int]:
    """Return the columns at which body and date begin, given their widths."""
    if date > body:
        return page - _TWO - date - _TWO, page - _TWO - date
    return page - _TWO - body, page - body


def _sealed(page: int, body: int, date: int) -> tuple[int, int]:
    if not date:
        return page - _FOUR - body, 0
    date_at = page - _FOUR - date
    return min(date_at - (body - date) // 2, page - body), date_at
