"""Characters that texts do not contain, and white space around texts."""

import re
from typing import Final

from kepu_docs.reading.decoding import refuse_characters
from kepu_docs.typography.columns import width

# Line ends of various programs; within a paragraph of Word they are soft breaks.
BREAK: Final = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE: Final = dict.fromkeys(map(ord, "\ufeff\u00ad"))
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BLANK: Final = " \t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))


def cleaned(text: str, name: str) -> str:
    """Return ``text`` without invisible marks.

    Raises ``RecordError`` at the first character that no document can show.
    """
    refuse_characters(text, _FORBIDDEN, name)
    return text.translate(_INVISIBLE) if "\ufeff" in text or "\u00ad" in text else text


def stripped(text: str) -> str:
    """Return ``text`` without white space at its ends, and with a blank for each tab."""
    return text.strip(_BLANK).replace("\t", " ")


def indent(text: str) -> int:
    """Return how many columns of white space ``text`` begins with; a tab takes four."""
    blank = text[: len(text) - len(text.lstrip(_BLANK))]
    return width(blank.replace("\t", "    "))
