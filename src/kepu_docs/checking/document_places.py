"""Places in documents that are not records: finds the words of a summary in the text that they came from."""

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
"""Gives the place of the value at a path, as far as the reader of the document knows it."""


class DocumentPlaces:
    """Places of a summary in plain text, in which lines may be broken anywhere.

    ``text`` is the text of the whole file; it is empty for a document that is not text (Word), and then nothing is
    mended. ``locate`` gives the place where each value begins; without it the words are searched for in their order.
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
        """Whether the file contains the text as it is."""
        return bool(self.text)

    def changed(self, text: str) -> "DocumentPlaces":
        """Return the places of the same fields in a changed text."""
        return DocumentPlaces(self.name, text, self._fields, self._locate)

    @cached_property
    def _where(self) -> Sequence[int]:
        """The indexes of all characters of the text that are not white space."""
        return [place for place, character in enumerate(self.text) if not character.isspace()]

    @cached_property
    def _begins(self) -> Mapping[Path, int]:
        """Where each field begins (index into ``_where``): at its known place, after the last field, or anywhere."""
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
        """Return the spelling of the ``text`` at ``path``, or ``None`` if it is not found."""
        begin = self._begins.get(path)
        if begin is None:
            return None
        if path not in self._spellings:
            length = sum(not character.isspace() for character in text)
            self._spellings[path] = _spelling(text, self._where[begin : begin + length])
        return self._spellings[path]

    def _begin(self, path: Path) -> int | None:
        """Return the index in the text at which the value at ``path`` begins, if ``locate`` knows it."""
        place = self._locate(path) if self._locate else Place()
        if place.line is None:
            return None
        return self._lines.index(Position(place.line, place.column or 1))

    def place(self, path: Path, text: str, start: int, end: int) -> Place:
        """Return line and column of the words, or of the field; if they are not found, what ``locate`` knows."""
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
        """Return the spelling of the ``text`` at ``path``, where the text begins in it, and the path."""
        return self._spelt(path, text), 0, path

    def allows(self, text: str, changes: Mapping[Path, Sequence[tuple[int, int, str]]]) -> bool:
        """Return whether the text may be changed to ``text``: always, as plain text contains the words as they are."""
        return True


def _spelling(text: str, where: Sequence[int]) -> Spelling:
    """Return the spelling of a text whose characters other than white space are at the indexes ``where``."""
    starts: list[int] = []
    at = 0
    for character in text:
        begin = where[min(at, len(where) - 1)]
        if character.isspace() and starts:
            # White space comes right after the character before it, and before the character that follows.
            begin = min(starts[-1] + 1, begin)
        starts.append(begin)
        at += not character.isspace()
    return Spelling((*starts, where[-1] + 1))
