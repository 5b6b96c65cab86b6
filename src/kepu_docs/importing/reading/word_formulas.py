"""Formulas on one line: the notation that all readers of formulas share."""

import re
from dataclasses import dataclass, replace
from typing import Final

from kepu_docs.importing.reading.word_scripts import lowered, raised

_whole = re.compile(r"[^\s+\-−×÷/=<>,，]*")
_MOST_IN_RAISED: Final = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """A formula written on one line.

    ``exact`` says that the meaning is unchanged. ``readings`` are how words are read, ``rings`` what was enclosed in a
    sign, ``over`` what was set above other text, ``gone`` what was deleted: none of these has a place on a line.
    """

    text: str
    exact: bool = True
    readings: tuple[str, ...] = ()
    rings: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def together(*parts: Shown, between: str = "") -> Shown:
    """Return the parts of a sequence, joined."""
    return Shown(
        between.join(part.text for part in parts),
        all(part.exact for part in parts),
        tuple(each for part in parts for each in part.readings),
        tuple(each for part in parts for each in part.rings),
        tuple(each for part in parts for each in part.over),
        tuple(each for part in parts for each in part.gone),
    )


def dressed(part: Shown, text: str, *, exact: bool = True) -> Shown:
    """Return ``part`` written as ``text``."""
    return replace(part, text=text, exact=part.exact and exact)


def after(before: str, text: str) -> str:
    """Return ``text`` as it continues after ``before``: a number and its fraction must not become one number."""
    return " " + text if before[-1:].isdigit() and text[:1].isdigit() else text


def fraction(above: Shown, below: Shown) -> Shown:
    """Return a fraction: 1/2, (a+b)/2."""
    return dressed(together(above, below), f"{_bracketed(above.text)}/{_bracketed(below.text)}")


def power(base: Shown, above: Shown) -> Shown:
    """Return a base with its superscript: m², x^(a/b)."""
    text = raised(above.text) if len(above.text) <= _MOST_IN_RAISED else None
    return dressed(together(base, above), base.text + (f"^{_bracketed(above.text)}" if text is None else text))


def index(base: Shown, below: Shown) -> Shown:
    """Return a base with its subscript: H₂, x_(i,j)."""
    text = lowered(below.text) if len(below.text) <= _MOST_IN_RAISED else None
    return dressed(together(base, below), base.text + (f"_{_bracketed(below.text)}" if text is None else text))


def root(degree: Shown, below: Shown) -> Shown:
    """Return a root: √2, ³√(a+b)."""
    before = degree.text and (raised(degree.text) or f"{_bracketed(degree.text)} ")
    return dressed(together(degree, below), f"{before}√{_bracketed(below.text)}")


def _bracketed(text: str) -> str:
    is_in_brackets = text.startswith("(") and text.find(")") == len(text) - 1
    return text if _whole.fullmatch(text) or is_in_brackets else f"({text})"
