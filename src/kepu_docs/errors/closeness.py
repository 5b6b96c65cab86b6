"""Finding the known word that a mistyped one was probably meant to be, in bounded time.

Comparing two words takes time in proportion to the product of their lengths, and a small file may have tens of
thousands of unknown words. So only a few words are compared, and none that is longer than any name.
"""

import difflib
from collections.abc import Iterable
from itertools import islice
from typing import Final

MOST_WORDS: Final = 100
"""How many unknown words of one record, table or folder are compared: a file with more is not just mistyped."""
LONGEST_WORD: Final = 60
"""The longest word that is compared, in characters; no field, column or template has a longer name."""
MOST_KNOWN: Final = 2_000
"""How many known words one word is compared with: the columns of a flat table with thirty section kinds are some 1,500.
"""


class Closeness:
    """Finds which known word was probably meant, for the first hundred unknown ones of a record, table or folder."""

    def __init__(self) -> None:
        self._left = MOST_WORDS

    def nearest(self, word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
        """Return the known word that was probably meant, if any; ``cutoff`` is the least similarity, from 0 to 1."""
        if not word or len(word) > LONGEST_WORD or not self._left:
            return ""
        self._left -= 1
        near = difflib.get_close_matches(word, islice(known, MOST_KNOWN), 1, cutoff)
        return near[0] if near else ""
