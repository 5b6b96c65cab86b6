"""The installed fonts: which of them a look uses, and which characters they have.

Nothing is left to Typst's choice: if a family is missing, it sets nothing; if no font has a character, it sets a box;
and in either case it reports at most the name of the family.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from kepu_docs.plugin import N_, FontLook, Look, Place, RenderError

_REGULAR: Final = 400
_HEAVY: Final = 700
_BOLD: Final = 600
"""From this weight on, a face counts as bold."""
_PRIVATE: Final = "Co"
_LETTERS: Final = {"roman": ("Libertinus Serif",), "swiss": ("DejaVu Sans", "Libertinus Serif")}
"""Used for Latin text if no font of the look is installed; Libertinus comes with Typst."""
_TRADITIONAL: Final = frozenset("總個國這對學與會實點")


@dataclass(frozen=True, slots=True)
class Family:
    """A family of fonts: its name in Typst, whether it has a bold face, and the files of its upright faces.

    These are the regular face, and the bold one if there is one.
    """

    name: str
    bold: bool
    faces: tuple[tuple[str, int], ...]
    """Path, and index in a collection; empty for fonts that come with Typst."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The families in which one kind of text is set, best first."""

    names: tuple[str, ...]
    bold: bool
    """Whether the first of them has a bold face."""


@cache
def installed() -> Mapping[str, Family]:
    """Return the installed families by their names in lower case. Raises ``RenderError`` without Typst."""
    faces: dict[str, list[Any]] = {}
    for font in typst_module().Fonts().fonts():
        faces.setdefault(font.family, []).append(font)
    return {name.lower(): _family(name, found) for name, found in sorted(faces.items())}


def _family(name: str, faces: list[Any]) -> Family:
    def nearest(weight: int) -> tuple[str, int] | None:
        face = min(faces, key=lambda each: (each.style != "normal", abs(each.stretch - 1), abs(each.weight - weight)))
        return (str(face.path), face.index) if face.path else None

    bold = any(each.weight >= _BOLD for each in faces)
    shown = (nearest(_REGULAR), nearest(_HEAVY) if bold else None)
    return Family(name, bold, tuple(dict.fromkeys(face for face in shown if face)))


def typst_module() -> Any:
    """Return Typst, an extra that is imported when the first document is set. Raises ``RenderError`` without it."""
    try:
        import fontTools.ttLib  # noqa: F401  (of the same extra)
        import typst
    except ImportError:
        text = N_('PDF needs Typst, which is not installed: pip install "kepu-docs[pdf]"')
        raise RenderError.at(Place(), text) from None
    return typst


def chosen(look: Look, font: FontLook, letters: FontLook | None, *, traditional: bool = False) -> Chosen:
    """Return the families of a kind of text: those of its font, then those of the look's other fonts.

    For text in ``traditional`` characters, families that have these come first; otherwise characters of two fonts would
    alternate. Raises ``RenderError`` for a font of which nothing is installed.
    """
    own = list(_there(font))
    if not own:
        text = N_(
            "no font is installed for “{font}”; any of these will do: {names}. On Debian and Ubuntu: "
            "apt install fonts-arphic-gbsn00lp fonts-arphic-gkai00mp fonts-wqy-zenhei; on Windows, "
            "add the optional feature “Chinese (Simplified) Supplemental Fonts”; on macOS, install "
            "one in Font Book"
        )
        raise RenderError.at(Place(), text, font=font.name, names=", ".join(font.alternatives))
    first = [] if letters is None else [*_there(letters), *_there_of(_LETTERS.get(letters.family, ()))][:1]
    others = [family for each in look.fonts for family in _there(each)]
    hanzi = [*own, *others]
    if traditional:
        hanzi.sort(key=lambda family: not coverage(family.name) >= _TRADITIONAL)
    families = [*first, *hanzi]
    return Chosen(tuple(dict.fromkeys(family.name for family in families)), families[0].bold)


def _there(font: FontLook) -> Iterator[Family]:
    return _there_of((font.name, *font.alternatives))


def _there_of(names: Iterable[str]) -> Iterator[Family]:
    known = installed()
    for name in names:
        family = known.get(name.lower())
        if family is not None:
            yield family


@cache
def coverage(name: str) -> frozenset[str]:
    """Return the characters that all faces of a family have; empty for a font that cannot be read.

    Private-use characters are left out: each font shows something else for them, and PDF/A forbids them.
    """
    from fontTools.ttLib import TTFont, TTLibError

    had: list[set[int]] = []
    for path, index in installed()[name.lower()].faces:
        had.append(set())
        with suppress(OSError, TTLibError), TTFont(path, fontNumber=index, lazy=True) as font:
            had[-1].update(font.getBestCmap() or ())
    found = set.intersection(*had) if had else set()
    return frozenset(character for character in map(chr, found) if unicodedata.category(character) != _PRIVATE)


def needs_a_glyph(character: str) -> bool:
    """Return whether a character is visible; white space, direction and joining controls, and selectors are not."""
    return not character.isspace() and unicodedata.category(character) != "Cf" and not is_selector(character)


def is_selector(character: str) -> bool:
    """Return whether a character selects a shape of the one before it."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def more_families(characters: Iterable[str], used: Iterable[str]) -> tuple[tuple[str, ...], set[str]]:
    """Return more installed families with ``characters`` that those ``used`` lack, and the characters that none has."""
    missing = set(characters)
    found: list[str] = []
    others = {family.name for family in installed().values()}.difference(used)
    # The largest first, so that few are taken.
    for name in sorted(others, key=lambda name: (-len(coverage(name)), name)):
        if not missing:
            break
        here = missing & coverage(name)
        if here:
            found.append(name)
            missing -= here
    return tuple(found), missing
