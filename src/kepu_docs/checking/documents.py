"""Places in documents that are no records: the words of a summary are found again in the text that they came from."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from kepu_docs.checking.candidates import Path
from kepu_docs.checking.spelling import Spelling
from kepu_docs.contract import FieldText
from kepu_docs.errors import Place
from kepu_docs.pipeline.reading.spots import Lines
from kepu_docs.pipeline.validation import field_name

_BLANKS: Final = re.compile(r"\s")


class DocumentPlaces:
    """Places of a summary in plain text: lines may be broken anywhere in it.

    ``text`` is that of the whole file, or from ``first_line`` on; of a document that is no text (Word) it is empty, and
    places are the paths of fields.
    """

    can_be_mended = True

    def __init__(self, name: str, text: str, fields: Iterable[FieldText], first_line: int = 1) -> None:
        self.name = name
        self.text = text
        self.first_line = first_line
        self._fields = tuple(fields)
        if not text:
            self.can_be_mended = False

    def changed(self, text: str) -> "DocumentPlaces":
        """Return the places of the same fields in another state of the text."""
        return DocumentPlaces(self.name, text, self._fields, self.first_line)

    @cached_property
    def _spellings(self) -> Mapping[Path, Spelling]:
        """Each field as it stands in the text: the first place behind that of the field before, or else anywhere."""
        where = [place for place, character in enumerate(self.text) if not character.isspace()]
        bare = "".join(self.text[place] for place in where)
        found: dict[Path, Spelling] = {}
        behind = 0
        for field in self._fields:
            words = _BLANKS.sub("", field.text)
            begin = bare.find(words, behind)
            begin = bare.find(words) if begin < 0 else begin
            if begin < 0 or not words:
                continue
            behind = max(behind, begin + len(words)) if begin >= behind else behind
            found[field.path] = _spelling(field.text, where[begin : begin + len(words)])
        return found

    def place(self, path: Path, text: str, start: int, end: int) -> Place:
        """Return line and column of the words, or of the field; where it is not found, its path alone."""
        spelling = self._spellings.get(path)
        if spelling is None:
            return Place(self.name, field=field_name(path))
        position = self._lines.position(spelling.span(start, max(end, start + 1))[0])
        return Place(self.name, position.line + self.first_line - 1, position.column, field_name(path))

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    def spelling(self, path: Path, text: str) -> tuple[Spelling | None, int, Path]:
        """Return how the ``text`` at ``path`` is spelt, where it begins in what is spelt so, and the path."""
        return self._spellings.get(path), 0, path

    def allows(self, text: str, changes: Mapping[Path, Sequence[tuple[int, int, str]]]) -> bool:
        """Tell whether the text may be changed to ``text``: in plain text the words stand as they are."""
        return True


def _spelling(text: str, where: Sequence[int]) -> Spelling:
    """Return the spelling of a text whose characters that are not blank stand at ``where``."""
    starts: list[int] = []
    at = 0
    for character in text:
        starts.append(where[min(at, len(where) - 1)])
        at += not character.isspace()
    return Spelling((*starts, where[-1] + 1))
