"""The look of the words of a run, if it matters: hidden, struck out, raised, in a symbol font."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kepu_docs.errors import N_
from kepu_docs.importing.reading.word_elements import VAL, W, child_of, is_on
from kepu_docs.importing.reading.word_parts import Related
from kepu_docs.importing.reading.word_scripts import is_font_of_signs
from kepu_docs.importing.reading.word_styles import Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

HIDDEN: Final = N_("hidden in the document")
_STRUCK: Final = N_("struck out in the document")
_VANISH: Final = W + "vanish"
_POSITION: Final = W + "vertAlign"
_STRIKES: Final = (W + "strike", W + "dstrike")
_FONTS: Final = W + "rFonts"
_MOST_NAMED: Final = 100
"""The most styles that the file is searched for; if there are more, each run is checked."""
_WORDS: Final = (b"vanish", b"vertAlign", b"trike", b"ingdings", b"ebdings", b'"Symbol"')
"""The file contains one of these if any run has such a look by itself."""


@dataclass(frozen=True, slots=True)
class RunLook:
    """The look of the words of a run; ``left_out`` says why they are not text, ``position`` is Word's term for it."""

    left_out: str = ""
    position: str = ""
    font: str = ""

    @staticmethod
    def occur(related: Related, part: str, styles: Styles) -> bool:
        """Return whether runs of a part may look other than plain."""
        named = [f'"{name}"'.encode() for name in styles.unusual]
        return len(named) > _MOST_NAMED or related.mentions(part, *_WORDS, *named)

    @classmethod
    def of(cls, run: "_Element | None", styles: Styles) -> "RunLook":
        """Return the look of the words of a run."""
        if run is None:
            return _PLAIN
        properties = child_of(run, W + "rPr")
        hidden, position = styles.look_of(run)
        struck, font = False, ""
        for each in () if properties is None else properties:
            tag = each.tag
            if tag == _VANISH:
                hidden = is_on(each)
            elif tag == _POSITION:
                position = str(each.get(VAL) or "")
            elif tag in _STRIKES:
                struck = struck or is_on(each)
            elif tag == _FONTS:
                named = str(each.get(W + "ascii") or each.get(W + "hAnsi") or "")
                font = named if is_font_of_signs(named) else ""
        left_out = HIDDEN if hidden else _STRUCK if struck else ""
        return cls(left_out, position if position in ("superscript", "subscript") else "", font)


_PLAIN: Final = RunLook()
