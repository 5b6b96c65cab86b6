"""Strangers' words on one line: in a comment of a record, in a note, on a terminal.

A line break in them would begin a line of ours: a field of the record, a command of the terminal.
"""

import unicodedata
from functools import lru_cache
from typing import Final

_BLANKED: Final = frozenset(("Cc", "Zl", "Zp", "Cs"))
"""Categories of what breaks a line, steers a terminal, or is no character; a blank stands for it."""
_DROPPED: Final = "Cf"
"""The category of what is not seen and turns the direction of what is."""
_NO_CHARACTERS: Final = "\ufffe\uffff"


def flat(text: str) -> str:
    """Return ``text`` on one line, without characters that no reader sees and some program obeys."""
    return text if text.isprintable() else "".join(map(_seen, text))


@lru_cache(maxsize=1024)
def _seen(char: str) -> str:
    category = unicodedata.category(char)
    if category == _DROPPED:
        return ""
    return " " if category in _BLANKED or char in _NO_CHARACTERS else char
