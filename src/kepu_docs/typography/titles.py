"""Breaking of a long title into lines of similar length (GB/T 9704-2012, 7.3.1).

The standard requires that no word is split, and that the lines form a trapezoid or a diamond. Word breaks a title where
the line is full, which may leave two characters on the last one; so kepu-docs chooses the breaks. Captions and long
signing bodies are broken in the same way.
"""

from collections.abc import Callable, Collection, Iterator
from itertools import accumulate, pairwise
from typing import Final

from kepu_docs.late_patterns import late_pattern
from kepu_docs.typography.breaking import may_break
from kepu_docs.typography.graphemes import graphemes
from kepu_docs.typography.title_words import NOT_FIRST, WORDS

# How undesirable a break is at a place.
_FREE: Final = 0
_PARTICLE: Final = 1
_WORD: Final = 2
_TORN: Final = 3
# A less desirable break outweighs all others of a title.
_WEIGHTS: Final = (0, 1, 1_000, 1_000_000)

_PAIRS: Final = late_pattern(
    "《[^《》]+》|〈[^〈〉]+〉|“[^“”]+”|‘[^‘’]+’|「[^「」]+」|『[^『』]+』|（[^（）]+）|〔[^〔〕]+〕"
)
# A part of a year is one word with its year: 2025年上半年.
_PERIODS: Final = late_pattern(
    "[0-9０-９〇零一二三四五六七八九]{4}年(?:[上下]半年|第[一二三四1-4]季度|"
    "(?:[0-9]{1,2}月?(?:[0-9]{1,2}日)?[-–—~～至])?[0-9]{1,2}月(?:[0-9]{1,2}日|份)?)"
)
_NUMBERS: Final = late_pattern(
    "第?(?:(?<![0-9０-９.,])[0-9０-９.,]++|(?<![〇零一二三四五六七八九十百])[〇零一二三四五六七八九十百]++)[余餘多]?"
    "(?:年度|年代|周年|週年|年|季度|月份|月|日|号|號|届|屆|次|期|批|周|週|天|个|個|项|項|[万萬亿億]?[人元户戶])"
)
_LEXICON: Final = late_pattern(f"(?={'|'.join(sorted(WORDS, key=len, reverse=True))})")
_LONGEST: Final = max(map(len, WORDS))
# If there are more places than this, the shape of the lines is ignored: no title of a paper is that long.
_SHAPED: Final = 80

LONGEST: Final = 1_000
"""The longest title whose line breaks are chosen, in characters; those of a longer one are left to Word."""

_State = tuple[int, bool]
_Way = tuple[int, int, int]


def title_lines(title: str, room: int, words: Collection[str], measure: Callable[[str], int]) -> list[str]:
    """Return the lines of ``title``, which form it again when they are joined.

    ``room`` is a line's width as ``measure`` counts. ``words`` are those of the document in addition to the built-in
    ones: the names in its record, its period. No line begins or ends with the wrong punctuation, none begins with 的 or
    和, and no word is split, as far as the width allows; within that, there are as few lines as possible, and they are
    as even as possible.
    """
    if len(title) > LONGEST or measure(title) <= room:
        return [title]
    wanted = _unwanted(title, room, words, measure)
    for worst in (_FREE, _PARTICLE, _WORD, _TORN):
        places = [0, *(place for place, level in wanted.items() if level <= worst), len(title)]
        ends = _fewest_and_evenest(title, places, room, wanted, measure)
        if ends:
            return [title[start:end] for start, end in pairwise((0, *ends))]
    # A single character, with its marks, that is wider than the line.
    return [title]


def _unwanted(title: str, room: int, words: Collection[str], measure: Callable[[str], int]) -> dict[int, int]:
    """Return the places where a line may end, in order, each with how undesirable a break there is."""
    inside: set[int] = set()
    begins: set[int] = set()
    for start, end in _words(title, room, words, measure):
        inside.update(range(start + 1, end))
        begins.add(start)
    wanted: dict[int, int] = {}
    units = graphemes(title)
    for number, place in enumerate(accumulate(map(len, units[:-1])), 1):
        after = units[number]
        if not may_break(units, number):
            level = _TORN
        elif place in inside:
            level = _WORD
        elif after in NOT_FIRST and place not in begins:
            level = _PARTICLE
        else:
            level = _FREE
        wanted[place] = level
    return wanted


def _words(title: str, room: int, words: Collection[str], measure: Callable[[str], int]) -> Iterator[tuple[int, int]]:
    """Yield the beginning and end of each word that a line has room for."""
    for word in filter(None, dict.fromkeys(words)):
        start = title.find(word)
        if start >= 0 and measure(word) <= room:
            while start >= 0:
                yield start, start + len(word)
                start = title.find(word, start + 1)
    for found in _LEXICON.finditer(title):
        start = found.start()
        yield start, next(end for end in range(start + _LONGEST, start, -1) if title[start:end] in WORDS)
    for pattern in (_PAIRS, _PERIODS, _NUMBERS):
        for found in pattern.finditer(title):
            if measure(found[0]) <= room:
                yield found.span()


def _fewest_and_evenest(
    title: str, places: list[int], room: int, wanted: dict[int, int], measure: Callable[[str], int]
) -> list[int]:
    """Return the ends of the best lines that end at ``places``; empty if a line would be too wide.

    The best way to each place is found from the best ways to those before it, one for each width of the last line and
    for each answer to whether a line was shorter than the one before it: a longer line after that makes a waist, which
    is neither trapezoid nor diamond.
    """
    shaped = len(places) <= _SHAPED
    ways: dict[int, dict[_State, tuple[_Way, int, _State]]] = {0: {(0, False): ((0, 0, 0), 0, (0, False))}}
    for number, start in enumerate(places):
        known_ways = ways.get(start)
        if not known_ways:
            continue
        lines: list[tuple[int, int]] = []
        for end in places[number + 1 :]:
            line = measure(title[start:end].rstrip())
            if line > room:
                break
            lines.append((end, line))
        for state, (way, _, _) in known_ways.items():
            last, fallen = state
            for end, line in lines:
                waist = max(line - last, 0) if fallen else 0
                cost = (
                    way[0] + _WEIGHTS[wanted.get(end, _FREE)],
                    way[1] + 1,
                    # Among lines with the same total, those with the smallest sum of squares are the most even.
                    way[2] + line * line + 4 * waist * waist,
                )
                reached = (line, fallen or (start > 0 and line < last)) if shaped else (0, False)
                known = ways.setdefault(end, {}).get(reached)
                if known is None or cost < known[0]:
                    ways[end][reached] = cost, start, state
    place = places[-1]
    if place not in ways:
        return []
    state = min(ways[place], key=lambda each: ways[place][each][0])
    ends: list[int] = []
    while place:
        ends.append(place)
        _, place, state = ways[place][state]
    return ends[::-1]
