"""What a check reports: remarks, each a finding at its place, and all of a run together."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kepu_docs.contract.checks import Severity
from kepu_docs.errors import Fault, Message, Place, Translate

SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "info")
"""The gravest first."""


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
    """The words that are meant; empty where the field as a whole is."""
    right: str | None = None
    """What would be right in their place, where that is known; empty where nothing belongs there."""
    safe: bool = False
    """Whether that may be put there unseen."""
    fixed: bool = False
    """Whether it has been put there."""
    file: str = ""
    """The file, where the record stands in one."""
    path: tuple[str | int, ...] = ()
    """The way to the field."""
    start: int = 0
    """Where the words begin in the field's text."""

    def told(self, translate: Translate) -> str:
        """Return what is wrong and what would be right, in the language of ``translate``."""
        return self.message.told(translate)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All that a run found."""

    remarks: tuple[Remark, ...]
    records: int
    """How many records were looked at."""
    written: tuple[Path, ...] = ()
    """Files in which something was mended."""
    unmended: tuple[Fault, ...] = ()
    """Files in which what is safe could not be mended, and why."""

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield a plain dict for each remark, as a data frame takes them.

        ``record``, ``line``, ``column``, ``cell`` and ``field`` say where it is, ``rule``, ``severity``, ``message``,
        ``words``, ``right`` and ``fixed`` are those of the remark; ``line``, ``column`` and ``right`` may be ``None``.
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
        """Return how many remarks there are of each severity, those that were mended apart."""
        return Counter(remark.severity for remark in self.remarks if not remark.fixed)

    def reaches(self, severity: Severity) -> bool:
        """Tell whether anything is as grave as ``severity``, and not mended."""
        return any(self.counts()[each] for each in SEVERITIES[: SEVERITIES.index(severity) + 1])
