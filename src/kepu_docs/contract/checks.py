"""Checks: what the checker's rules look at, and what they find."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal, TypeAlias

from kepu_docs.schema import WorkSummary
from kepu_docs.schema.written import FieldText

Severity: TypeAlias = Literal["error", "warning", "info"]
"""The severity of a finding: it must be corrected, it should be checked, it is worth knowing."""


@dataclass(frozen=True, slots=True)
class WrittenHeading:
    """A heading in a document that was read."""

    path: tuple[str | int, ...]
    """The way to the field that has its text."""
    level: int
    """1 for the highest."""
    number: str
    """Its number with all its marks, as written: ``（二）``; empty where it has none."""


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """The number of a point or a paragraph in a document that was read."""

    path: tuple[str | int, ...]
    """The way to the field that has its text."""
    number: str
    """The number with all its marks, as written: ``1、``."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a check looks at."""

    summary: WorkSummary
    texts: tuple[FieldText, ...]
    """All texts that people wrote into the record, in the order in which they are read."""
    earlier: WorkSummary | None = None
    """The same community's record of an earlier time, where there is one to compare with."""
    outline: tuple[WrittenHeading, ...] = ()
    """The headings of the document that the record was read from, in their order; none for a record that is written as
    one, whose headings are numbered when they are shown."""
    communities: tuple[str, ...] = ()
    """Names of other communities, as far as they are known: those that are checked together, and those named in the
    configuration."""
    neighbours: tuple[str, ...] = ()
    """Names of communities that may be named."""
    points: tuple[WrittenNumber, ...] = ()
    """The numbers of points and paragraphs of that document which are no part of their texts."""
    guessed: frozenset[tuple[str | int, ...]] = frozenset()
    """Fields whose values the document does not state: whoever read it guessed them. ``("period",)`` is among them
    where no year is stated, and nothing can be said then of what does not fit the time."""
    whole: str = field(init=False, repr=False)
    """All texts, a line each: what is not in it is in none of them."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "whole", "\n".join([field.text for field in self.texts]))

    @property
    def knows_time(self) -> bool:
        """Whether the period of the summary is stated, not guessed."""
        return ("period",) not in self.guessed

    def texts_at(self, places: Iterable[int]) -> list[FieldText]:
        """Return the texts in which some places of :attr:`whole` are, in their order."""
        ends = list(accumulate(len(field.text) + 1 for field in self.texts))
        return [self.texts[number] for number in sorted({bisect_right(ends, place) for place in places})]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found at one field of a record."""

    path: tuple[str | int, ...]
    """The way to the field."""
    text: str
    """What is wrong, in English, with ``{names}`` that ``values`` fill; marked with ``N_``."""
    values: tuple[tuple[str, object], ...] = ()
    start: int = 0
    """Where in the field's text the words stand that are meant: from ``start`` up to ``end``, without it."""
    end: int = 0
    """0 where the field as a whole is meant."""
    right: str | None = None
    """What would be right in place of these words, where that is known."""
    safe: bool = False
    """Whether ``right`` may be put there unseen."""


@dataclass(frozen=True, slots=True)
class Check:
    """A rule for summaries."""

    rule: str
    """Its name, in small letters with hyphens: ``shelter-capacity``."""
    severity: Severity
    about: str
    """What it finds, in one sentence in English."""
    source: str
    """Where the rule comes from: a clause of a standard, or the reason for it."""
    find: Callable[[Subject], Iterable[Finding]]
    """Yields what it finds; each call sees one summary alone."""
