"""A look's measures in the units of Word: twips, which are twentieths of a point, and English metric units."""

from typing import Final

from kepu_docs.plugin import PageLook, TextLook

TWIPS_A_POINT: Final = 20
EMU_A_TWIP: Final = 635
_TWIPS_A_MILLIMETRE: Final = 1440 / 25.4


def twips(millimetres: float) -> int:
    """Return a length in twentieths of a point."""
    return round(millimetres * _TWIPS_A_MILLIMETRE)


def text_twips(page: PageLook) -> int:
    """Return the width of the type area in twips."""
    return twips(page.text_width)


def line_twips(page: PageLook) -> int:
    """Return the line pitch in twips."""
    return round(page.line_pitch * TWIPS_A_POINT)


def em(text: TextLook) -> int:
    """Return the width of a full-width character in twips, without ``spacing``."""
    return round(text.size * TWIPS_A_POINT)


def advance(text: TextLook) -> int:
    """Return the distance in twips from one full-width character to the next."""
    return round(text.advance * TWIPS_A_POINT)
