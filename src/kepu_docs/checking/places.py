"""Records as they are checked: the summary, and the place of each of its texts."""

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Protocol, Self

from kepu_docs.checking.spelling import Spelling, spelt
from kepu_docs.contract.checks import WrittenHeading, WrittenNumber
from kepu_docs.contract.sources import SourceRecord, Syntax
from kepu_docs.errors import KepuError, Place
from kepu_docs.pipeline.engine import Engine
from kepu_docs.pipeline.keys import EnglishData, in_english
from kepu_docs.pipeline.validation import field_name
from kepu_docs.reading.records import RecordData, is_carried, read_text, record_text
from kepu_docs.reading.spots import Lines, Position
from kepu_docs.schema import WorkSummary

Path = tuple[str | int, ...]

BYTE_ORDER_MARK: Final = "\ufeff"
_line = re.compile(r"[^\r\n]+")


class Places(Protocol):
    """Gives the places of the texts of one record."""

    def place(self, path: Path, text: str, start: int, end: int) -> Place:
        """Return the place of the words from ``start`` up to ``end`` of the ``text`` at ``path``.

        If there is nothing at ``path``, return the place of the nearest value above it; without words (``end`` is 0),
        the place of the value.
        """
        ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record to be checked."""

    summary: WorkSummary
    places: Places
    file: str = ""
    """The file that contains it, if any."""
    outline: tuple[WrittenHeading, ...] = ()
    """The headings of the document that it was read from."""
    unwritten: frozenset[Path] = frozenset()
    """Texts of the record that the document does not contain: its reader added them."""
    points: tuple[WrittenNumber, ...] = ()
    """The numbers of the points of that document, which are not part of their texts."""
    guessed: frozenset[Path] = frozenset()
    """Fields whose values were guessed because the document does not state them; rules draw no conclusions from
    them."""


class NamedPlaces:
    """Places of a record of which only the name is known."""

    def __init__(self, name: str) -> None:
        self._name = name

    def place(self, path: Path, text: str, start: int, end: int) -> Place:
        """Return the path of the field."""
        return Place(self._name, field=field_name(path))


class _InEnglish:
    """The data of a record, whose keys may be in any language, accessed by paths with English names."""

    def __init__(self, engine: Engine, data: Mapping[str, Any]) -> None:
        self._engine = engine
        self.data = data

    @cached_property
    def english(self) -> EnglishData:
        """The data with English names."""
        return in_english(self.data, self._engine.registry.model, self._engine.languages.vocabulary)

    def name(self, path: Path) -> str:
        """Return the name that messages give the field at ``path``, in the words of the record."""
        return field_name(self.english.original(path))

    def find(self, path: Path) -> tuple[Path, Any, bool]:
        """Return the record's own path of the value at or nearest above ``path``, the value, and whether it is at it.

        A paragraph of a text of several lines counts as found if the record contains that text.
        """
        value: Any = self.data
        found: Path = ()
        for step in self.english.original(path):
            if isinstance(value, str):
                return found, value, True
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return found, value, False
            found = (*found, step)
        return found, value, True


class CellPlaces:
    """Places of a record that a source composed of cells."""

    def __init__(self, engine: Engine, record: SourceRecord) -> None:
        self._record = record
        self._data = _InEnglish(engine, record.content if isinstance(record.content, Mapping) else {})

    def place(self, path: Path, text: str, start: int, end: int) -> Place:
        """Return the cell."""
        found, _, _ = self._data.find(path)
        place = self._record.find(found) if self._record.find else Place(self._record.name, cell=self._record.place)
        return replace(place, field=self._data.name(path))


class TextPlaces:
    """Places of a record in the text of its file: line and column, and the characters themselves for an editor."""

    def __init__(self, engine: Engine, name: str, syntax: Syntax, text: str, first_line: int = 1) -> None:
        """Read the record; ``text`` begins on ``first_line`` of the file. Raises ``RecordError`` if it is none."""
        self.name = name
        self.syntax = syntax
        self.text = text.removeprefix(BYTE_ORDER_MARK)
        self.first_line = first_line
        self.read = _read(self.text, name, syntax)
        self._engine = engine
        self._data = _InEnglish(engine, self.read.data)
        self._spellings: dict[Path, tuple[Spelling | None, int, Path]] = {}
        self._values: dict[Path, tuple[Spelling | None, list[re.Match[str]]]] = {}
        """For each value: its spelling, and its lines that are not blank. One value may contain many texts."""

    @classmethod
    def of(cls, engine: Engine, record: SourceRecord, content: bytes) -> Self:
        """Return the places of a record that a source has read. Raises ``RecordError`` or ``DocumentError``."""
        text = record_text(content, record.name, record.syntax)
        return cls(engine, record.name, record.syntax, text, record.line)

    @property
    def can_be_mended(self) -> bool:
        """Whether the file contains the text as it is."""
        return not is_carried(self.syntax)

    def changed(self, text: str) -> "TextPlaces":
        """Return the places of the record after a change of its text to ``text``."""
        return TextPlaces(self._engine, self.name, self.syntax, text, self.first_line)

    def summary(self) -> WorkSummary:
        """Return the summary that the text contains. Raises ``RecordError``."""
        return self._engine.validated(self.read)

    @cached_property
    def lines(self) -> Lines:
        """The lines of the text."""
        return Lines(self.text)

    def place(self, path: Path, text: str, start: int, end: int) -> Place:
        """Return line and column of the words, or of the value if their place is not known."""
        field = self._data.name(path)
        if not self.can_be_mended:
            return Place(self.name, field=field)
        spelling, before, _ = self.spelling(path, text) if end else (None, 0, ())
        if spelling:
            position = self.lines.position(spelling.span(before + start, before + end)[0])
            return Place(self.name, self.below(position.line), position.column, field)
        found, _, _ = self._data.find(path)
        place = self.read.place(found)
        return replace(place, line=self.below(place.line or 1), field=field)

    def comment_lines(self, path: Path) -> tuple[int, ...]:
        """Return the lines of the text on which, or above which, a comment refers to the value at ``path``."""
        found, _, _ = self._data.find(path)
        lines = {self.read.place(found).line, self.read.place(found, key=True).line}
        return tuple(sorted(line for line in lines if line))

    def below(self, line: int) -> int:
        """Return the line of the file that corresponds to a line of the text."""
        return self.first_line + line - 1

    def spelling(self, path: Path, text: str) -> tuple[Spelling | None, int, Path]:
        """Return the spelling of the value with the ``text`` at ``path``, where the text begins in it, and its path."""
        if path not in self._spellings:
            self._spellings[path] = self._spelt(path, text)
        return self._spellings[path]

    def _spelt(self, path: Path, text: str) -> tuple[Spelling | None, int, Path]:
        found, value, is_there = self._data.find(path)
        if not is_there or not isinstance(value, str):
            return None, 0, found
        if found not in self._values:
            place = self.read.place(found)
            known = place.line is not None and place.column is not None
            at = self.lines.index(Position(place.line or 1, place.column or 1))
            lines = [each for each in _line.finditer(value) if each[0].strip()]
            self._values[found] = spelt(self.text, at, value) if known else None, lines
        spelling, lines = self._values[found]
        # The rest of the path is the number of a paragraph in a text of several lines.
        rest = path[len(found) :]
        before = _begin(value, lines, text, rest[0] if rest else None)
        return (None, 0, found) if before is None else (spelling, before, found)

    def allows(self, text: str, changes: Mapping[Path, Sequence[tuple[int, int, str]]]) -> bool:
        """Return whether ``text`` is this record with only the given parts of values changed."""
        try:
            read = _read(text, self.name, self.syntax).data
        except KepuError:
            return False
        return read == self._with(changes)

    def _with(self, changes: Mapping[Path, Sequence[tuple[int, int, str]]]) -> dict[str, Any]:
        data = copy.deepcopy(self.read.data)
        for path, parts in changes.items():
            _change(data, path, parts)
        return data


def _read(text: str, name: str, syntax: Syntax) -> RecordData:
    return read_text(text, name=name, syntax=syntax)


def _change(data: Any, path: Path, parts: Sequence[tuple[int, int, str]]) -> None:
    for step in path[:-1]:
        data = data[step]
    value: str = data[path[-1]]
    for start, end, right in sorted(parts, reverse=True):
        value = value[:start] + right + value[end:]
    data[path[-1]] = value


def _begin(value: str, lines: Sequence[re.Match[str]], text: str, line: str | int | None) -> int | None:
    """Return where ``text`` begins in the value that contains it: the whole value, or one of its lines."""
    if isinstance(line, int) and line < len(lines):
        place = value.find(text, lines[line].start(), lines[line].end())
    else:
        place = value.find(text)
    return None if place < 0 else place
