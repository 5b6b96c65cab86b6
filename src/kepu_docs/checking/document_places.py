"""Places in documents that are no records: the words of a summary are found again in the text that they came from."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeAlias

from kepu_docs.checking.places import BYTE_ORDER_MARK, Path
from kepu_docs.checking.spelling import Spelling
from kepu_docs.errors import Place
from kepu_docs.pipeline.validation import field_name
from kepu_docs.reading.spots import Lines, Position
from kepu_docs.schema.written import FieldText

Locate: TypeAlias = Callable[[Path], Place]
"""Gives the place of the value at a path, as far as whoever read the document knows it."""


class DocumentPlaces:
    """Places of a summary in plain text: lines may be broken anywhere in it.

    ``text`` is that of the whole file; of a document that is no text (Word) it is empty, and nothing is mended.
    ``locate`` says where each value begins; without it words are looked for in their order.
    """

    first_line = 1

    def __init__(self, name: str, text: str, fields: Iterable[FieldText], locate: Locate | None = None) -> None:
        self.name = name
        self.text = text.removeprefix(BYTE_ORDER_MARK)
        self._fields = tuple(fields)
        self._locate = locate
        self._spellings: dict[Path, Spelling] = {}

    @property
    def can_be_mended(self) -> bool:
        """Whether the text stands in its file as it is."""
        return bool(self.text)

    def changed(self, text: str) -> "DocumentPlaces":
        """Return the places of the same fields in another state of the text."""
        return DocumentPlaces(self.name, text, self._fields, self._locate)

    @cached_property
    def _where(self) -> Sequence[int]:
        """The places of all characters of the text that are not blank."""
        return [place for place, character in enumerate(self.text) if not character.isspace()]

    @cached_property
    def _begins(self) -> Mapping[Path, int]:
        """Which of these each field begins with: where it is said to, or behind the field before, or anywhere."""
        bare = "".join(self.text.split())
        found: dict[Path, int] = {}
        behind = 0
        for field in self._fields if bare else ():
            words = "".join(field.text.split())
            known = self._begin(field.path)
            begin = bare.find(words, behind if known is None else bisect_left(self._where, known))
            if begin < 0 and known is None:
                begin = bare.find(words)
            if begin >= 0:
                behind = max(behind, begin + len(words))
                found[field.path] = begin
        return found

    def _spelt(self, path: Path, text: str) -> Spelling | None:
        """Return how the ``text`` at ``path`` is spelt, where it is found."""
        begin = self._begins.get(path)
        if begin is None:
            return None
        if path not in self._spellings:
            length = sum(not character.isspace() for character in text)
            self._spellings[path] = _spelling(text, self._where[begin : begin + length])
        return self._spellings[path]

    def _begin(self, path: Path) -> int | None:
        """Return where in the text the value at ``path`` is said to begin."""
        place = self._locate(path) if self._locate else Place()
        if place.line is None:
            return None
        return self._lines.index(Position(place.line, place.column or 1))

    def place(self, path: Path, text: str, start: int, end: int) -> Place:
        """Return line and column of the words, or of the field; where it is not found, what is known of its place."""
        spelling = self._spelt(path, text) if text else None
        if spelling is None:
            known = self._locate(path) if self._locate else Place(self.name)
            return replace(known, field=field_name(path))
        position = self._lines.position(spelling.span(start, max(end, start + 1))[0])
        return Place(self.name, position.line, position.column, field_name(path))

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    def spelling(self, path: Path, text: str) -> tuple[Spelling | None, int, Path]:
        """Return how the ``text`` at ``path`` is spelt, where it begins in what is spelt so, and the path."""
        return self._spelt(path, text), 0, path

    def allows(self, text: str, changes: Mapping[Path, Sequence[tuple[int, int, str]]]) -> bool:
        """Tell whether the text may be changed to ``text``: in plain text the words stand as they are."""
        return True


def _spelling(text: str, where: Sequence[int]) -> Spelling:
    """Return the spelling of a text whose characters that are not blank stand at ``where``."""
    starts: list[int] = []
    at = 0
    for character in text:
        begin = where[min(at, len(where) - 1)]
        if character.isspace() and starts:
            # Blanks stand behind what is before them, and before what follows.
            begin = min(starts[-1] + 1, begin)
        starts.append(begin)
        at += not character.isspace()
    return Spelling((*starts, where[-1] + 1))
