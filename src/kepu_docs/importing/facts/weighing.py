"""How much the heading of a section and its text speak for each kind.

In a heading the kind's ``words`` weigh more than its ``hints``, an early clause more than a late one, and of the words
of a clause its head more than the others: the last in Chinese (科普活动室 is a room, 活动反响 an echo), the first in
English. In a text counts in how many of its clauses the words stand. A hint in a heading says nothing that the text
does not bear out: a section without a kind is better than one with a wrong kind.
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
"""What a word weighs in the first, the second, any further clause of a heading that speaks of a kind."""
_MOST_OF_TEXT: Final = 2.0
"""The weight of a text in which every second clause has a word of the kind."""
_FEWEST: Final = 3
"""Clauses that have words of a kind, where the heading says nothing; both of a text of two do as well."""
_SHARE: Final = 0.4
"""Of the clauses of a text that alone decides."""
_CLEAR: Final = 2
"""A text alone speaks for a kind if so many times as many of its clauses do as for any other."""
_ENOUGH: Final = 2.0
_ALONE: Final = 2.5
"""The weight of a heading whose words stand nowhere in its text: anything less may be a figure of speech."""
_SILENT: Final = 10
"""Characters of a text that cannot say what it is about."""

_clauses = re.compile(r"[，,、；;：:]")
_text_clauses = re.compile(r"[，,；;。！？!?\n]")


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What speaks for a kind: the weight of the heading, and of which of its clauses; that of the text."""

    kind: str
    heading: float
    text: float
    clause: int

    @property
    def weight(self) -> float:
        return self.heading + self.text


def heaviest(heading: str, text: str, words: Words, otherwise: str | None) -> str | None:
    """Return the kind for which heading and text speak most, ``None`` where they speak for none.

    Both are simplified and in small letters. What the kind ``otherwise`` has for words is looked for in headings alone.
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
    # Of two that weigh the same a plugin's kind, which comes later, is the more special one.
    best = max(reversed(spoken), key=lambda each: (each.weight, -each.clause))
    return best.kind if is_silent or best.weight >= (_ENOUGH if best.text else _ALONE) else None


def _of_heading(heading: str, words: Words) -> dict[str, tuple[float, int]]:
    """Return the weights of the kinds of which a heading has words, and the clause that speaks for them."""
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
        # A clause that says nothing (积极探索) takes no weight from what follows.
        number += speaks
    return weights


def _last(shape: re.Pattern[str] | None, clause: str) -> tuple[int, int] | None:
    """Return where the word of a clause stands that is nearest to its head."""
    found = [each.span() for each in shape.finditer(clause) if each[0]] if shape else []
    if not found:
        return None
    return found[0] if clause.isascii() else found[-1]


def _of_text(parts: list[str], words: tuple[re.Pattern[str] | None, re.Pattern[str] | None]) -> float:
    """Return how much a text speaks for a kind: by the share of its clauses that have its words; hints count half."""
    strong, weak = words
    counts = sum(
        1.0 if strong and strong.search(part) else 0.5 if weak and weak.search(part) else 0.0 for part in parts
    )
    return _MOST_OF_TEXT * min(1.0, 2 * counts / len(parts)) if parts else 0.0


def _by_text(parts: list[str], words: Words, otherwise: str | None) -> str | None:
    """Return the kind of which a text speaks so often, and so much more often than of any other, that it is of it."""
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
