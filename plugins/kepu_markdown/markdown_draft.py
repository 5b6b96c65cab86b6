"""The state that the blocks of a document share while it is written: its pictures, and the lists before a block."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from kepu_docs.plugin import Figure

_REFERENCE: Final = re.compile(r"\]\[figure-([0-9]+)\]")
_LAST_LIST: Final = re.compile(r"(?:^|\n)(?:([-*])|(\+)|[0-9]{1,9}(?:(\.)|(\)))) [^\n]*(?:\n(?:  [^\n]*)?)*\Z")
_FENCE: Final = re.compile(r" {0,3}(`{3,}(?=[^`]*\Z)|~{3,})")


@dataclass(slots=True)
class Draft:
    """The state of a document up to the next block.

    ``figures`` are the pictures so far, each once; ``lists`` is the number of native lists directly before the next
    block.
    """

    figures: list[Figure] = field(default_factory=list)
    lists: int = 0
    _places: dict[bytes, int] = field(default_factory=dict)

    def place(self, figure: Figure) -> int:
        """Return the number of a picture, from 1; a picture that was shown before keeps its number."""
        if figure.data not in self._places:
            self.figures.append(figure)
            self._places[figure.data] = len(self.figures)
        return self._places[figure.data]

    def settle(self, text: str, shown: int, lists: int) -> str:
        """Return the text of an overridden section with its pictures numbered on from the first ``shown`` ones.

        A picture that the text no longer shows is dropped; ``lists`` is the number of lists directly before the
        section.
        """
        drawn = self.figures[shown:]
        del self.figures[shown:]
        for figure in drawn:
            del self._places[figure.data]

        def counted(found: re.Match[str]) -> str:
            place = int(found[1])
            if not shown < place <= shown + len(drawn):
                return found[0]
            return f"][figure-{self.place(drawn[place - shown - 1])}]"

        if not text:
            self.lists = lists
        return _REFERENCE.sub(counted, text)


def lists_at_end(text: str) -> int:
    """Return how many lists in a row end a text, as far as the marker of the next list depends on it."""
    last = _LAST_LIST.search(text)
    if last is None:
        return 0
    return 1 if last[1] or last[3] else 2


def open_fence(lines: Iterable[str]) -> str:
    """Return the fence of a code block that is not closed; empty if there is none."""
    fence = ""
    for line in lines:
        found = _FENCE.match(line)
        if found is None:
            continue
        if not fence:
            fence = found[1]
        elif line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
    return fence
