"""How many lines a text takes, counted by the widths of its characters."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import Final

from kepu_docs.plugin import PunctuationLook, graphemes, may_break
from kepu_word.body.sheet import Setting

_HANGING: Final = frozenset("、。，．,.")
# A hanzi next to a narrow letter or digit.
_MEETING: Final = re.compile(r"(?<=[0-9A-Za-z])(?=[^\W_\x00-\x7f])|(?<=[^\W_\x00-\x7f])(?=[0-9A-Za-z])")


def lines_of(text: str, setting: Setting, room: int, first: int, rules: PunctuationLook) -> int:
    """Return how many lines ``text`` takes in ``room``; ``first`` is the first line's indent. All are in twips.

    Narrow characters, which are those of ASCII, take half as much as others.
    """
    wide = setting.size + setting.spacing
    gap = setting.size // 4 if rules.space_latin else 0
    if first + len(text) * (wide + gap) <= room:
        return 1
    units = graphemes(text)
    narrow = setting.size // 2 + setting.spacing
    ends = list(accumulate(_advances(text, units, narrow, wide, gap)))
    exempt = _HANGING if rules.hanging else frozenset[str]()
    count = 1
    # Ends are counted from the line's first character. ``start`` is where the last line was full: up to there, its
    # places to break are used up.
    origin = start = place = 0
    edge = room - first
    while True:
        place = bisect_right(ends, edge, place)
        while place < len(units) and (units[place] == " " or units[place] in exempt):
            place += 1
        if place >= len(units):
            return count
        count += 1
        # What follows the last possible break moves to the next line; if there was none, the line breaks here.
        cut = place
        while cut > start and not may_break(units, cut):
            cut -= 1
        if cut > start:
            origin = ends[cut] - (narrow if units[cut].isascii() else wide)
        if ends[place] - origin > room:
            origin = ends[place] - (narrow if units[place].isascii() else wide)
        edge = origin + room
        start = place
        place += 1


def _advances(text: str, units: Sequence[str], narrow: int, wide: int, gap: int) -> Iterable[int]:
    """Return how far the text advances with each of its ``units``; a ``gap`` parts narrow ones from wide ones."""
    if units is not text:
        taken = [narrow if unit.isascii() else wide for unit in units]
        if gap:
            for place, (before, after) in enumerate(pairwise(units), start=1):
                if before.isalnum() and after.isalnum() and before.isascii() != after.isascii():
                    taken[place] += gap
        return taken
    # The question marks that stand for all other characters are the wide ones.
    widths = [narrow] * 128
    widths[ord("?")] = wide
    found = map(widths.__getitem__, text.replace("?", "!").encode("ascii", "replace"))
    if not gap:
        return found
    taken = list(found)
    for meeting in _MEETING.finditer(text):
        taken[meeting.start()] += gap
    return taken
