"""Makes safe corrections in the text of a record: exactly the words found are replaced, or nothing is."""

import json
import pathlib
import re
from bisect import bisect_left
from collections.abc import Iterable
from operator import itemgetter
from typing import Final, NamedTuple

from kepu_docs.checking.document_places import DocumentPlaces
from kepu_docs.checking.places import BYTE_ORDER_MARK, Path, TextPlaces
from kepu_docs.errors import N_, OutputError, Place
from kepu_docs.output.files import write_file
from kepu_docs.reading.opening import read_bytes

_ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
"""The encodings that a record may have; the first that reproduces the file's own bytes is used."""

_line = re.compile(r"[^\r\n]++(?:\r\n?|\n)?|\r\n?|\n")
# The line of dashes that separates YAML records belongs to the record below it, and is read as blanks.
_DASHES: Final = "---"


class Edit(NamedTuple):
    """Words in a text of a record, and their replacement."""

    path: Path
    text: str
    """The whole text at the path."""
    start: int
    end: int
    right: str


def mended(places: TextPlaces | DocumentPlaces, edits: Iterable[Edit]) -> tuple[str, list[Edit]]:
    """Return the text of a record with ``edits`` made, and the edits that were made.

    Of overlapping edits the first is made. An edit whose words cannot be located with certainty is left out. The result
    is read again: if anything other than these words has changed, nothing is done.
    """
    spans: list[tuple[int, int, str, Edit]] = []  # in order, without overlaps
    changes: dict[Path, list[tuple[int, int, str]]] = {}
    for edit in edits:
        spelling, before, path = places.spelling(edit.path, edit.text)
        if spelling is None:
            continue
        start, end = spelling.span(before + edit.start, before + edit.end)
        at = bisect_left(spans, end, key=itemgetter(0))
        if at and spans[at - 1][1] > start:
            continue
        spans.insert(at, (start, end, _quoted(edit.right, spelling.quote), edit))
        changes.setdefault(path, []).append((before + edit.start, before + edit.end, edit.right))
    text = _spliced(places.text, spans)
    if not spans or not places.allows(text, changes):
        return places.text, []
    return text, [edit for *_, edit in spans]


def _spliced(text: str, spans: Iterable[tuple[int, int, str, Edit]]) -> str:
    pieces, at = [], 0
    for start, end, right, _ in spans:
        pieces += [text[at:start], right]
        at = end
    return "".join((*pieces, text[at:]))


def _quoted(right: str, quote: str) -> str:
    """Return words as they are written within quotation marks."""
    if quote == '"':
        return json.dumps(right, ensure_ascii=False)[1:-1]
    return right.replace("'", "''") if quote == "'" else right


class MendedFile:
    """A file whose records are mended one by one; it is written once, as a whole."""

    def __init__(self, path: pathlib.Path) -> None:
        """Read the file. Raises ``RecordError`` if that fails, ``OutputError`` if it cannot be written as it was."""
        self.path = path
        data = read_bytes(path)
        for encoding in _ENCODINGS:
            try:
                text = data.decode(encoding)
                if text.encode(encoding) == data and (text.startswith(BYTE_ORDER_MARK) or "16" not in encoding):
                    self._encoding = encoding
                    break
            except UnicodeError:
                continue
        else:
            raise OutputError.at(Place(str(path)), N_("not fixed: the encoding of the file is not certain"))
        self._mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
        self._lines: list[str] = _line.findall(text.removeprefix(BYTE_ORDER_MARK))
        self._is_changed = False

    def put(self, line: int, before: str, after: str) -> None:
        """Replace the text ``before``, which begins on ``line`` of the file, with ``after``.

        If the number of lines is the same, only lines that differ are replaced, as several summaries of a document
        share one text. Raises ``OutputError`` if the file has something else there because it has changed in the
        meantime.
        """
        old, new = _line.findall(before), _line.findall(after)
        at = line - 1
        here = self._lines[at : at + len(old)]
        if here and here[0] != old[0] and here[0].startswith(_DASHES) and old[0][:3].isspace():
            old[0], new[0] = _DASHES + old[0][3:], _DASHES + new[0][3:]
        kept = {place for place in range(len(old)) if len(old) == len(new) and old[place] == new[place]}
        if len(here) != len(old) or any(here[place] != old[place] for place in range(len(old)) if place not in kept):
            raise OutputError.at(Place(str(self.path)), N_("not fixed: the file has changed in the meantime"))
        self._lines[at : at + len(old)] = [here[place] if place in kept else line for place, line in enumerate(new)]
        self._is_changed = True

    def write(self) -> None:
        """Write the file. Raises ``OutputError``."""
        if self._is_changed:
            write_file(self.path, (self._mark + "".join(self._lines)).encode(self._encoding))
