"""Characters that no text holds, and columns that text takes."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from kepu_docs.reading.decoding import refuse_characters

# What ends a line in some program or other; within a paragraph of Word it breaks the line softly.
BREAK: Final = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE: Final = dict.fromkeys(map(ord, "\ufeff\u00ad"))
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# Of these, ASCII takes one column and one byte in UTF-8, the others two columns and three bytes.
_EVEN: Final = re.compile(
    "[ -~\u2014\u2018\u2019\u201c\u201d\u2026\u2460-\u2473\u3000-\u3029\u4e00-\u9fff\uff01-\uff60]*"
)
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


@lru_cache(maxsize=8192)
def column_width(char: str) -> int:
    """Return how many columns a character takes: 0, 1 or 2."""
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def columns(text: str) -> int:
    """Return how many columns ``text`` takes where a hanzi takes two."""
    if _EVEN.fullmatch(text):
        return (len(text) + len(text.encode())) // 2
    return sum(map(column_width, text))


def indent(text: str) -> int:
    """Return how many columns of white space ``text`` begins with; a tab takes four."""
    blank = text[: len(text) - len(text.lstrip(_BLANK))]
    return columns(blank.replace("\t", "    "))
