"""Letterhead and imprint of a formal paper (GB/T 9704-2012, 7.2 and 7.4)."""

from kepu_docs.plugin import Imprint, Letterhead, blank, width
from kepu_text.wrapping import wrap

_ONE = 2  # columns of a hanzi


def letterhead_lines(block: Letterhead | None, page: int | None, *, latin: bool = False) -> list[str]:
    """Return the lines above the title, on a page of ``page`` columns; the last one is blank."""
    if block is None:
        return []
    lines = _wrapped([block.copy, block.secrecy, block.urgency], page)
    lines += [_centred(line, page) for line in _wrapped([block.issuer], page)]
    signer = block.signer_lead + block.signer
    lines += (
        _side_by_side(block.number, signer, page, latin=latin)
        if signer
        else [_centred(line, page) for line in _wrapped([block.number], page)]
    )
    return [*lines, ""]


def imprint_lines(block: Imprint | None, page: int | None, *, latin: bool = False) -> list[str]:
    """Return the lines below everything, on a page of ``page`` columns; the first one is blank."""
    if block is None:
        return []
    copied = _wrapped([block.copied_lead + block.copied_to], page)
    printed = _side_by_side(block.printed_by, block.printed_on, page, latin=latin)
    return ["", *copied, *printed] if copied or printed else []


def _wrapped(texts: list[str], page: int | None) -> list[str]:
    return [line for text in texts if text for line in ([text] if page is None else wrap(text, page))]


def _centred(line: str, page: int | None) -> str:
    return line if page is None else blank((page - width(line)) // 2) + line


def _side_by_side(left: str, right: str, page: int | None, *, latin: bool) -> list[str]:
    """Return two texts at both sides of a line, one character in; if there is no room, one below the other."""
    if page is None or not right or width(left) + width(right) + 3 * _ONE > page:
        return _wrapped([left, right], page)
    between = blank(page - 2 * _ONE - width(left) - width(right), latin=latin)
    return [blank(_ONE, latin=latin) + left + between + right]
