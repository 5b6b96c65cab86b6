"""What a check reports: remarks, each a finding with its place, and the report of a whole run."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kepu_docs.contract.checks import Severity
from kepu_docs.errors import Fault, Message, Place, Translate

SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "info")
"""The most serious first."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding with its rule and its place."""

    rule: str
    severity: Severity
    place: Place
    """Record, line and column of the words in a file, or the cell; always with the path of the field."""
    message: Message
    """What is wrong."""
    words: str = ""
    """The words in question; empty if the finding is about the whole field."""
    right: str | None = None
    """The correct words, if known; empty if the words should be deleted."""
    safe: bool = False
    """Whether the correction may be made without a person looking at it."""
    fixed: bool = False
    """Whether the correction has been made."""
    file: str = ""
    """The file that contains the record, if any."""
    path: tuple[str | int, ...] = ()
    """The path of the field."""
    start: int = 0
    """Where the words begin in the field's text."""

    def translated(self, translate: Translate) -> str:
        """Return the problem and its correction in the language of ``translate``."""
        return self.message.translated(translate)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All findings of a run."""

    remarks: tuple[Remark, ...]
    records: int
    """How many records were checked."""
    written: tuple[Path, ...] = ()
    """Files in which something was corrected."""
    unmended: tuple[Fault, ...] = ()
    """Files in which safe corrections could not be made, and why."""
    warnings: tuple[Fault, ...] = ()
    """Which files were passed over."""

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield a plain dict for each remark, in the form that data frames take.

        ``record``, ``line``, ``column``, ``cell`` and ``field`` give its place; ``rule``, ``severity``, ``message``,
        ``words``, ``right`` and ``fixed`` are those of the remark. ``line``, ``column`` and ``right`` may be ``None``.
        """
        for remark in self.remarks:
            place = remark.place
            yield {
                "record": place.record,
                "line": place.line,
                "column": place.column,
                "cell": place.cell,
                "field": place.field,
                "rule": remark.rule,
                "severity": remark.severity,
                "message": str(remark.message),
                "words": remark.words,
                "right": remark.right,
                "fixed": remark.fixed,
            }

    def counts(self) -> Counter[Severity]:
        """Return the number of remarks of each severity, without those that were corrected."""
        return Counter(remark.severity for remark in self.remarks if not remark.fixed)

    def reaches(self, severity: Severity) -> bool:
        """Return whether any remark is at least as serious as ``severity`` and not corrected."""
        return any(self.counts()[each] for each in SEVERITIES[: SEVERITIES.index(severity) + 1])
