"""Checks: the input of the checker's rules, and their findings."""

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
    """The path of the field that has its text."""
    level: int
    """1 for the highest."""
    number: str
    """The heading's number with all its marks, as written: ``（二）``; empty if it has none."""


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """The number of a point or a paragraph in a document that was read."""

    path: tuple[str | int, ...]
    """The path of the field that has its text."""
    number: str
    """The number with all its marks, as written: ``1、``."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The input of a check."""

    summary: WorkSummary
    texts: tuple[FieldText, ...]
    """All texts that people wrote into the record, in reading order."""
    earlier: WorkSummary | None = None
    """The same community's record of an earlier period, if there is one to compare with."""
    outline: tuple[WrittenHeading, ...] = ()
    """The headings of the document that the record was read from, in order; empty for a record that was written as a
    record: its headings are numbered when they are shown."""
    communities: tuple[str, ...] = ()
    """Names of other communities, as far as they are known: those that are checked in the same run, and those named in
    the configuration."""
    neighbours: tuple[str, ...] = ()
    """Names of communities that the record may mention."""
    points: tuple[WrittenNumber, ...] = ()
    """The numbers of points and paragraphs of that document that are not part of their texts."""
    guessed: frozenset[tuple[str | int, ...]] = frozenset()
    """Fields whose values the document does not state, so that the reader guessed them. ``("period",)`` is among them
    if no year is stated; a check then cannot say that something does not fit the period."""
    whole: str = field(init=False, repr=False)
    """All texts, one on each line: a word that is not in it is in none of the texts."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "whole", "\n".join([field.text for field in self.texts]))

    @property
    def knows_time(self) -> bool:
        """Whether the period of the summary is stated, not guessed."""
        return ("period",) not in self.guessed

    def texts_at(self, places: Iterable[int]) -> list[FieldText]:
        """Return the texts that contain the given positions of :attr:`whole`, in order."""
        wanted = list(places)
        if not wanted:
            return []
        ends = list(accumulate([len(field.text) + 1 for field in self.texts]))
        return [self.texts[number] for number in sorted({bisect_right(ends, place) for place in wanted})]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of a check at one field of a record."""

    path: tuple[str | int, ...]
    """The path of the field."""
    text: str
    """What is wrong, in English, with ``{names}`` that ``values`` fill; marked with ``N_``."""
    values: tuple[tuple[str, object], ...] = ()
    start: int = 0
    """Where the words in question are in the field's text: from ``start`` up to, but not including, ``end``."""
    end: int = 0
    """0 if the finding is about the field as a whole."""
    right: str | None = None
    """The correct text for these words, if it is known."""
    safe: bool = False
    """Whether ``right`` may be inserted without review."""


@dataclass(frozen=True, slots=True)
class Check:
    """A rule for summaries."""

    rule: str
    """The name of the rule, in lower case with hyphens: ``shelter-capacity``."""
    severity: Severity
    about: str
    """What the rule finds, in one sentence in English."""
    source: str
    """The source of the rule: a clause of a standard, or the reason for it."""
    find: Callable[[Subject], Iterable[Finding]]
    """A function that yields the findings; each call sees one summary alone."""
