"""What an import is given besides the document, and its results."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kepu_docs.errors import Message, Place
from kepu_docs.importing.lines import Note
from kepu_docs.importing.structure.elements import Heading
from kepu_docs.importing.structure.numbering_marks import MarkStyle
from kepu_docs.schema import WorkSummary

RecordPath = tuple[str | int, ...]
"""The path to a value of a record: ``("sections", 0, "written", 2)``."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the user states about the summary because the document does not."""

    period: str | None = None
    community: str | None = None


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading as it was written. Level 1 is the highest; ``number`` is empty if it has none.

    ``value`` is the counted number (2 for 二、), ``style`` the type of its mark. ``path`` leads to the heading in the
    record.
    """

    level: int
    number: str
    text: str
    place: Place
    value: int | None
    style: MarkStyle | None
    path: RecordPath


def outline_entry(heading: Heading, path: RecordPath = ()) -> OutlineEntry:
    """Return a heading in the form of the import's result; ``path`` leads to it in the record."""
    return OutlineEntry(heading.level, heading.number, heading.text, heading.place, heading.value, heading.style, path)


@dataclass(frozen=True, slots=True)
class ImportedFact:
    """A value that was taken from words: its path in the record, and the sentence that it came from.

    ``guess`` says why it is only a guess; ``None`` if it is certain.
    """

    path: RecordPath
    value: Any
    sentence: str
    place: Place
    guess: Message | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A changed paragraph of a document written by kepu-docs: its text from the record, and its present text.

    Either is empty if a paragraph was added or removed.
    """

    place: Place
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ImportedSummary:
    """One summary of a document.

    ``record`` is plain data that ``kepu_docs.load`` accepts, ``summary`` the result of loading it. ``text`` is
    everything that the document shows of this summary, one line for each paragraph, including numbers; ``text_places``
    are the places of these lines. ``unclear`` lists words that were not understood or have no place, ``stripped`` the
    text around the summary, ``changes`` the changes in a document written by kepu-docs since it was made. ``widened``
    counts the signs that were made full-width.
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
        """The fields whose values are not stated with certainty: the period, the community's name."""
        return frozenset(fact.path for fact in self.facts if fact.guess is not None)

    def place(self, path: RecordPath) -> Place:
        """Return the place in the document of the value at ``path`` of the record.

        ``line`` counts the lines of a text file, and the paragraphs and tables of a Word document. If the place of the
        value itself is not known, return the place of its container, or finally of the document.
        """
        for end in range(len(path), 0, -1):
            found = self._places.get(path[:end])
            if found is not None:
                return found
        return self.source
