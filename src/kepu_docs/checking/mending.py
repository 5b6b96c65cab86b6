"""Putting right what is safe in the text of a record: exactly the words meant are replaced, or nothing is."""

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
"""In which a record may be written; of these the one is taken that gives the file's own bytes again."""

_line = re.compile(r"[^\r\n]++(?:\r\n?|\n)?|\r\n?|\n")
# The line of dashes that divides records of YAML belongs to the one below it, and is read as blanks.
_DASHES: Final = "---"


class Edit(NamedTuple):
    """Words of a text of a record, and what is to stand in their place."""

    path: Path
    text: str
    """The whole text at the path."""
    start: int
    end: int
    right: str


def mended(places: TextPlaces | DocumentPlaces, edits: Iterable[Edit]) -> tuple[str, list[Edit]]:
    """Return the text of a record with ``edits`` made, and those that were.

    Of edits that overlap the first is made. One whose words cannot be found in the text with certainty is left out.
    What comes of it is read again: should anything but these words have changed, nothing is done.
    """
    spans: list[tuple[int, int, str, Edit]] = []  # in their order, none over another
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
    """Return words as they are spelt within quotation marks."""
    if quote == '"':
        return json.dumps(right, ensure_ascii=False)[1:-1]
    return right.replace("'", "''") if quote == "'" else right


class MendedFile:
    """A file whose records are mended one by one, and which is written once, whole."""

    def __init__(self, path: pathlib.Path) -> None:
        """Raises ``RecordError`` for what cannot be read, ``OutputError`` for what cannot be written as it was."""
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
        """Put the text ``after`` in place of ``before``, which begins on ``line`` of the file.

        With as many lines only those that differ are put there: several summaries of a document have one text.
        Raises ``OutputError`` where the file has something else there: it was changed meanwhile.
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
