"""Formulas in Word's own format (``m:oMath``), on one line."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from kepu_docs.importing.reading.word_elements import M, W, content
from kepu_docs.importing.reading.word_formulas import Shown, dressed, fraction, index, power, root, together

if TYPE_CHECKING:
    from lxml.etree import _Element

_TEXTS: Final = (M + "t", W + "t")
_GONE: Final = (W + "del", W + "moveFrom")
_NOTHING: Final = Shown("")


def formula(element: "_Element") -> Shown:
    """Return a formula, or a part of one, as it is written on one line."""
    tag = str(element.tag)
    if tag in _TEXTS:
        return Shown(element.text or "")
    if tag in _GONE:
        words = "".join(each.text or "" for each in element.iter(*_TEXTS, W + "delText"))
        return Shown("", gone=(words,) if words else ())
    if tag.endswith("Pr"):
        return _NOTHING
    read = _READERS.get(tag.removeprefix(M)) if tag.startswith(M) else None
    return together(*map(formula, content(element))) if read is None else read(element)


def _part(element: "_Element", name: str) -> Shown:
    child = element.find(M + name)
    if child is None:
        return _NOTHING
    found = together(*map(formula, child))
    return dressed(found, found.text.strip())


def _sign(element: "_Element", name: str, usual: str) -> str:
    """Return a sign from the properties of a part: the first element with the given name in them."""
    for properties in element:
        if str(properties.tag).endswith("Pr"):
            child = properties.find(M + name)
            if child is not None:
                return str(child.get(M + "val") or "")
    return usual


def _fraction(element: "_Element") -> Shown:
    above, below = _part(element, "num"), _part(element, "den")
    if _sign(element, "type", "bar") == "noBar":
        whole = together(above, below, between=" ")
        return dressed(whole, f"({whole.text})", exact=False)
    return fraction(above, below)


def _both(element: "_Element") -> Shown:
    return power(index(_part(element, "e"), _part(element, "sub")), _part(element, "sup"))


def _before(element: "_Element") -> Shown:
    return together(power(index(_NOTHING, _part(element, "sub")), _part(element, "sup")), _part(element, "e"))


def _brackets(element: "_Element") -> Shown:
    between = _sign(element, "sepChr", "|")
    parts = [together(*map(formula, child)) for child in element.iterchildren(M + "e")]
    whole = together(*parts, between=between)
    return dressed(whole, _sign(element, "begChr", "(") + whole.text + _sign(element, "endChr", ")"))


def _large(element: "_Element") -> Shown:
    sign, low, high = Shown(_sign(element, "chr", "∫")), _part(element, "sub"), _part(element, "sup")
    sign = index(sign, low) if low.text else sign
    return together(power(sign, high) if high.text else sign, _part(element, "e"))


def _marked(element: "_Element") -> Shown:
    mark = _sign(element, "chr", "\u0302") if element.tag == M + "acc" else _sign(element, "chr", "")
    whole = _part(element, "e")
    return dressed(whole, whole.text + mark, exact=False)


def _rows(element: "_Element") -> Shown:
    rows = [
        together(*map(formula, row), between=" " if row.tag == M + "mr" else "")
        for row in element
        if row.tag in (M + "mr", M + "e")
    ]
    whole = together(*rows, between="; ")
    return dressed(whole, whole.text, exact=len(rows) < 2)


_READERS: Final[Mapping[str, Callable[["_Element"], Shown]]] = {
    "f": _fraction,
    "sSup": lambda element: power(_part(element, "e"), _part(element, "sup")),
    "sSub": lambda element: index(_part(element, "e"), _part(element, "sub")),
    "sSubSup": _both,
    "sPre": _before,
    "rad": lambda element: root(_part(element, "deg"), _part(element, "e")),
    "d": _brackets,
    "nary": _large,
    "limLow": lambda element: index(_part(element, "e"), _part(element, "lim")),
    "limUpp": lambda element: power(_part(element, "e"), _part(element, "lim")),
    "acc": _marked,
    "bar": _marked,
    "groupChr": _marked,
    "m": _rows,
    "eqArr": _rows,
}
