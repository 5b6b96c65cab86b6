"""What an import gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kepu_docs.errors import Message, Place
from kepu_docs.importing.lines import Note
from kepu_docs.importing.structure.numbering_marks import MarkStyle
from kepu_docs.schema import WorkSummary

RecordPath = tuple[str | int, ...]
"""The way to a value of a record: ``("sections", 0, "written", 2)``."""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading as it was written. Level 1 is the highest; ``number`` is empty without one.

    ``value`` is what the number counts (2 for 二、), ``style`` the kind of mark it is. ``path`` leads to the heading in
    the record.
    """

    level: int
    number: str
    text: str
    place: Place
    value: int | None
    style: MarkStyle | None
    path: RecordPath


@dataclass(frozen=True, slots=True)
class ImportedFact:
    """A value that was taken out of words: where it stands in the record, and the sentence that it came from.

    ``guess`` says why it is only a guess; ``None`` where it is sure.
    """

    path: RecordPath
    value: Any
    sentence: str
    place: Place
    guess: Message | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph of a document of ours that says something else than its record: what it should say, what it says.

    Either is empty where a paragraph was added or taken away.
    """

    place: Place
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ImportedSummary:
    """One summary of a document.

    ``record`` is plain data that ``kepu_docs.load`` accepts, ``summary`` what it loads to. ``text`` is all that the
    document shows of this summary, a line for each paragraph, numbers and all; ``text_places`` are where they stand.
    ``unclear`` lists words that were not understood or have no place, ``stripped`` what stood around the summary,
    ``changes`` what was changed in a document of ours since it was made. ``widened`` counts the signs that were made
    full-width.
    """

    record: Mapping[str, Any]
    summary: WorkSummary
    title: str
    text: tuple[str, ...]
    text_places: tuple[Place, ...]
    outline: tuple[OutlineEntry, ...] = ()
    facts: tuple[ImportedFact, ...] = ()
    unclear: tuple[Note, ...] = ()
    stripped: tuple[Note, ...] = ()
    changes: tuple[Change, ...] = ()
    widened: int = 0
    is_ours: bool = False
    """Whether the document carried its record."""
    source: Place = field(default_factory=Place)
    _places: Mapping[RecordPath, Place] = field(default_factory=dict, repr=False)

    @property
    def guessed(self) -> frozenset[RecordPath]:
        """The fields whose values no word states for sure: the time, the community's name."""
        return frozenset(fact.path for fact in self.facts if fact.guess is not None)

    def place(self, path: RecordPath) -> Place:
        """Return where in the document the value at ``path`` of the record stands.

        ``line`` counts the lines of a text file, and the paragraphs and tables of a Word document. Where nothing is
        known of the value itself it is the place of what contains it, in the end the document.
        """
        for end in range(len(path), 0, -1):
            found = self._places.get(path[:end])
            if found is not None:
                return found
        return self.source
