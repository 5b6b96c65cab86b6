"""The text of one paragraph of Word while it is read, and the list of what has no place in it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kepu_docs.errors import N_, Message, Place
from kepu_docs.importing.lines import Note
from kepu_docs.importing.reading.characters import cleaned
from kepu_docs.importing.reading.word_formulas import Shown, after

if TYPE_CHECKING:
    from lxml.etree import _Element

DELETED: Final = N_("deleted in the document")
READING: Final = N_("a reading aid above a word")
PROMPT: Final = N_("a prompt of the form; nothing was filled in")
SIGN: Final = N_("a symbol font character, which text cannot represent")
_RING: Final = N_("an enclosed character, which text cannot represent")
_OVER: Final = N_("overprinted characters, which text cannot represent")
_FORMULA: Final = N_("a formula, written on one line")


@dataclass(slots=True)
class Text:
    """The text of a paragraph, the length of its highlighted beginning, and the content of its text boxes."""

    place: Place
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    lead: int = 0
    boxes: "list[_Element]" = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    shown: str = ""

    def put(self, text: str) -> None:
        """Add some text."""
        self.pieces.append(text)
        self.length += len(text)

    def next(self, shown: Shown) -> str:
        """Return a formula as it continues after the text."""
        return after("".join(self.pieces[-1:]), shown.text)


@dataclass(slots=True)
class LeftOut:
    """Lists content without a place in the text of a document called ``name``."""

    name: str
    _notes: list[Note] = field(default_factory=list)
    _why: str = ""
    _at: tuple[Place, int] = (Place(), 0)
    _words: list[str] = field(default_factory=list)

    @property
    def notes(self) -> list[Note]:
        """All that was listed."""
        self._flush()
        return self._notes

    def checked(self, text: str) -> str:
        """Return a text without invisible marks. Raises ``RecordError`` for characters that no document can show."""
        return cleaned(text, self.name)

    def note(self, place: Place, text: str, why: str) -> None:
        """List a text with the reason."""
        self._flush()
        self._notes.append(Note(place, self.checked(text), Message(why)))

    def words(self, text: Text, words: str, why: str) -> None:
        """List words of a paragraph; directly successive words with the same reason are listed together."""
        if not words.strip():
            return
        at = (text.place, text.length)
        if self._why != why or self._at != at:
            self._flush()
            self._why, self._at = why, at
        self._words.append(words)

    def formula(self, text: Text, shown: Shown) -> None:
        """List the parts of a formula that have no place on a line."""
        for gone in shown.gone:
            self.note(text.place, gone, DELETED)
        for reading in shown.readings:
            self.note(text.place, reading, READING)
        for ring in shown.rings:
            self.note(text.place, ring, _RING)
        for over in shown.over:
            self.note(text.place, over, _OVER)
        if not shown.exact:
            self.note(text.place, shown.text, _FORMULA)

    def _flush(self) -> None:
        if self._words:
            self._notes.append(Note(self._at[0], self.checked("".join(self._words)), Message(self._why)))
            self._words = []
