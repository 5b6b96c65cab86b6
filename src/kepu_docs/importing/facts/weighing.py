"""How strongly the heading of a section and its text indicate each kind.

In a heading the kind's ``words`` weigh more than its ``hints``, an early clause more than a late one, and the head of a
clause more than its other words: the last word in Chinese (科普活动室 is a room, 活动反响 an echo), the first in
English. In a text, the share of clauses that contain the words counts. A hint in a heading counts only if the text
supports it: a section without a kind is better than one with a wrong kind.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

Words: TypeAlias = "Mapping[str, tuple[re.Pattern[str] | None, re.Pattern[str] | None]]"
"""The words of each kind, and its hints."""

_HEAD: Final = 4.0
"""The weight of a word that is the head of the first clause of a heading."""
_WORD: Final = 1.5
_HINT_HEAD: Final = 1.5
_HINT: Final = 1.0
_LATER: Final = (1.0, 0.7, 0.5)
"""The factors for words in the first, the second, and any further clause of a heading that names a kind."""
_MOST_OF_TEXT: Final = 2.0
"""The weight of a text in which every second clause has a word of the kind."""
_FEWEST: Final = 3
"""The least number of clauses with words of a kind, if the heading has none; in a text of two clauses, both."""
_SHARE: Final = 0.4
"""The share of a text's clauses that decides without a heading."""
_CLEAR: Final = 2
"""A text alone indicates a kind if this many times as many of its clauses do so as for any other kind."""
_ENOUGH: Final = 2.0
_ALONE: Final = 2.5
"""The least weight of a heading whose words do not occur in its text: with less it may be a figure of speech."""
_SILENT: Final = 10
"""In characters; a shorter text cannot show what it is about."""

_clauses = re.compile(r"[，,、；;：:]")
_text_clauses = re.compile(r"[，,；;。！？!?\n]")


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What indicates a kind: the weight of the heading and of which clause of it, and the weight of the text."""

    kind: str
    heading: float
    text: float
    clause: int

    @property
    def weight(self) -> float:
        return self.heading + self.text


def heaviest(heading: str, text: str, words: Words, otherwise: str | None) -> str | None:
    """Return the kind that heading and text indicate most strongly, ``None`` if they indicate none.

    Both are simplified and in lower case. The words of the kind ``otherwise`` are only searched for in headings.
    """
    parts = [part for part in _text_clauses.split(text) if part.strip()]
    of_heading = _of_heading(heading, words)
    if not of_heading:
        return _by_text(parts, words, otherwise)
    is_silent = len("".join(parts)) < _SILENT
    spoken = [
        _Spoken(kind, weight, 0.0 if kind == otherwise else _of_text(parts, words[kind]), clause)
        for kind, (weight, clause) in of_heading.items()
    ]
    # Of two kinds with the same weight, a plugin's kind, which comes later, is the more specific.
    best = max(reversed(spoken), key=lambda each: (each.weight, -each.clause))
    return best.kind if is_silent or best.weight >= (_ENOUGH if best.text else _ALONE) else None


def _of_heading(heading: str, words: Words) -> dict[str, tuple[float, int]]:
    """Return the weights of the kinds that have words in a heading, with the number of the clause."""
    weights: dict[str, tuple[float, int]] = {}
    number = 0
    for clause in _clauses.split(heading):
        speaks = False
        for of_hints in (False, True):
            spans = {kind: span for kind, each in words.items() if (span := _last(each[of_hints], clause))}
            head = max(
                spans.values(),
                key=lambda span: (-span[0] if clause.isascii() else span[1], span[1] - span[0]),
                default=None,
            )
            for kind, span in spans.items():
                full, less = (_HINT_HEAD, _HINT) if of_hints else (_HEAD, _WORD)
                weight = (full if span == head else less) * _LATER[min(number, len(_LATER) - 1)]
                if weight > weights.get(kind, (0.0, 0))[0]:
                    weights[kind] = weight, number
            speaks = speaks or (bool(spans) and not of_hints)
        # A clause without words of any kind (积极探索) does not reduce the weight of those after it.
        number += speaks
    return weights


def _last(shape: re.Pattern[str] | None, clause: str) -> tuple[int, int] | None:
    """Return the span of the word that is nearest to the head of a clause."""
    found = [each.span() for each in shape.finditer(clause) if each[0]] if shape else []
    if not found:
        return None
    return found[0] if clause.isascii() else found[-1]


def _of_text(parts: list[str], words: tuple[re.Pattern[str] | None, re.Pattern[str] | None]) -> float:
    """Return how strongly a text indicates a kind: the share of its clauses with its words; hints count half."""
    strong, weak = words
    counts = sum(
        1.0 if strong and strong.search(part) else 0.5 if weak and weak.search(part) else 0.0 for part in parts
    )
    return _MOST_OF_TEXT * min(1.0, 2 * counts / len(parts)) if parts else 0.0


def _by_text(parts: list[str], words: Words, otherwise: str | None) -> str | None:
    """Return the kind that enough of a text's clauses indicate, clearly more than any other; else ``None``."""
    counts = sorted(
        (
            (sum(1 for part in parts if strong.search(part)), kind)
            for kind, (strong, _) in words.items()
            if strong and kind != otherwise
        ),
        reverse=True,
    )
    if not counts:
        return None
    second = counts[1][0] if len(counts) > 1 else 0
    fewest = len(parts) if len(parts) == _FEWEST - 1 else _FEWEST
    return counts[0][1] if counts[0][0] >= max(fewest, _CLEAR * second, _SHARE * len(parts)) else None
