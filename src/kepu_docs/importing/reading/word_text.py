"""The words of a paragraph of Word, as a reader sees them, and a list of what stands in it and is no text."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kepu_docs.errors import N_, DocumentError, Message, Place
from kepu_docs.importing.lines import Note
from kepu_docs.importing.reading.characters import cleaned
from kepu_docs.importing.reading.word_drawings import DRAWINGS, drawn
from kepu_docs.importing.reading.word_elements import (
    BOX,
    SIGNS,
    SKIPPED,
    TEXT_PATH,
    TEXTS,
    M,
    R,
    W,
    content,
    is_on,
)
from kepu_docs.importing.reading.word_equations import equation, is_equation
from kepu_docs.importing.reading.word_fields import Field, address, chosen, is_filled_by_word, prompt, symbol
from kepu_docs.importing.reading.word_formulas import Shown, after
from kepu_docs.importing.reading.word_math import formula
from kepu_docs.importing.reading.word_parts import Related
from kepu_docs.importing.reading.word_runs import RunLook
from kepu_docs.importing.reading.word_scripts import lowered, raised, sign
from kepu_docs.importing.reading.word_styles import Styles
from kepu_docs.typography.breaking import in_word

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_PARAGRAPHS: Final = 100_000
"""Paragraphs of a Word document, blank ones and those in tables counted: ten times as many as a record holds."""

_T: Final = W + "t"
_RUN: Final = W + "r"
_RUN_PROPERTIES: Final = W + "rPr"
_NOTHING: Final = frozenset((W + "lastRenderedPageBreak", W + "bookmarkStart", W + "bookmarkEnd", W + "proofErr"))
_RAISED: Final = N_("raised or lowered characters, which are ordinary ones in the record")
_SIGN: Final = N_("a sign of a font of signs, which no text holds")
_ADDRESS: Final = N_("an address, which is not taken over")
_READING: Final = N_("how a word is read")
_PROMPT: Final = N_("a prompt of the form, where nothing was filled in")
DELETED: Final = N_("deleted in the document")
_MOVED: Final = N_("moved from here to another place in the document")

_raw_break = re.compile(r"[ \t]*[\r\n]\s*")


@dataclass(slots=True)
class Text:
    """The text of a paragraph, how much of it is set apart from its begin on, and what is in its text boxes."""

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


class Texts:
    """Reads the paragraphs of one part of a document, in their order; ``notes`` are what has no place in their text."""

    def __init__(
        self, name: str, related: Related, part: str, styles: Styles, *, is_ours: bool, is_gone: bool = False
    ) -> None:
        """``is_ours`` tells that drawings come from the record which the document carries.

        ``is_gone`` is for what is left out as a whole: all words in it are read, deleted ones and prompts too.
        """
        self._name = name
        self._related = related
        self._part = part
        self._styles = styles
        self._links = related.links(part)
        self._looks = RunLook.occur(related, part, styles)
        self._is_ours = is_ours
        self._is_gone = is_gone
        self._gone: Texts | None = None
        self._fields: list[Field] = []
        self._paragraphs = 0
        self._last: tuple[str, Place, int, int] = ("", Place(), 0, 0)
        self.notes: list[Note] = []

    def checked(self, text: str) -> str:
        """Return a text without invisible marks. Raises ``RecordError`` for what no document can show."""
        return cleaned(text, self._name)

    def note(self, place: Place, text: str, why: str) -> None:
        """List what has no place in the text."""
        self.notes.append(Note(place, cleaned(text, self._name), Message(why)))

    def read(self, paragraph: "_Element", place: Place, *, led: bool = False) -> Text:
        """Return the text of a paragraph. Its text boxes are not looked into: who asks goes on with them.

        ``led`` asks how much of it is set apart from its begin on.
        """
        self._paragraphs += 1
        if self._paragraphs > MOST_PARAGRAPHS:
            why = N_("the document has more than {limit} paragraphs, blank ones counted")
            raise DocumentError.at(Place(self._name), why, limit=MOST_PARAGRAPHS)
        text = Text(place)
        properties: _Element | None = None
        stack: list[Iterator[_Element]] = [iter(paragraph)]
        while stack:
            for element in stack[-1]:
                tag = element.tag
                if tag == _T:
                    words = element.text or ""
                    if "\n" in words or "\r" in words:
                        words = _unbroken(words)
                    if self._looks:
                        words = self._as_it_looks(words, element, text)
                    if self._fields and self._fields[-1].begun is None:
                        self._fields[-1].code.append(words)
                        self._fields[-1].texts.append(words)
                        continue
                    text.put(words)
                    if led:
                        led = self._styles.is_lead(properties)
                        text.lead = text.length if led else text.lead
                elif tag == _RUN_PROPERTIES:
                    properties = element
                elif tag == _RUN:
                    properties = None
                    stack.append(iter(element))
                    break
                elif tag not in SKIPPED:
                    inner = self._other(element, str(tag), text)
                    if inner is not None:
                        stack.append(inner)
                        break
            else:
                stack.pop()
        self._close(text)
        return text

    def _close(self, text: Text) -> None:
        for begun in self._fields:
            # A field whose instruction goes on in the next paragraph, or never ends.
            if begun.begun is None:
                text.put("".join(begun.texts))
                begun.texts.clear()
            else:
                begun.begun = -1
        text.shown = cleaned("".join(text.pieces), self._name)
        for link in text.links:
            if link.partition("://")[2].rstrip("/") not in text.shown or "://" not in link:
                bare = link.partition("mailto:")[2]
                if not bare or bare not in text.shown:
                    self.note(text.place, link, _ADDRESS)

    def _other(self, element: "_Element", tag: str, text: Text) -> "Iterator[_Element] | None":
        """Take what is no ordinary text; return what to go on with."""
        if tag in SIGNS:
            text.put(SIGNS[tag])
            return None
        handle = _HANDLERS.get(tag)
        return content(element) if handle is None else handle(self, element, text)

    def words_of(self, element: "_Element", place: Place) -> str:
        """Return all words of what is left out, those of its text boxes too; what is no text in it is listed."""
        if self._gone is None:
            self._gone = Texts(self._name, self._related, self._part, self._styles, is_ours=self._is_ours, is_gone=True)
            self._gone.notes = self.notes
        words: list[str] = []
        pending = [element]
        while pending:
            part = pending.pop()
            if part.tag == TEXT_PATH:
                words.append(self.checked(str(part.get("string") or "")))
                continue
            text = self._gone.read(part, place)
            words.append(text.shown)
            pending += reversed(text.boxes)
        return " ".join(filter(None, (each.strip() for each in words)))

    def leave_out(self, element: "_Element", place: Place, why: str) -> None:
        """List what is left out as a whole: a row, a cell, a control."""
        words = self.words_of(element, place)
        if words:
            self.note(place, words, why)

    def _left_out(self, text: Text, words: str, why: str) -> None:
        """List words; those that follow upon another for the same reason are one."""
        if not words.strip():
            return
        if self._last == (why, text.place, text.length, len(self.notes)):
            before = self.notes.pop()
            self.notes.append(Note(before.place, before.text + cleaned(words, self._name), before.why))
        else:
            self.note(text.place, words, why)
        self._last = (why, text.place, text.length, len(self.notes))

    def _as_it_looks(self, words: str, element: "_Element", text: Text) -> str:
        """Return words as their run shows them."""
        look = RunLook.of(element.getparent(), self._styles)
        if look.left_out:
            self._left_out(text, words, look.left_out)
            return ""
        if look.font:
            return self._signs(words, look.font, text)
        if look.position:
            shown = (raised if look.position == "superscript" else lowered)(words)
            if shown is None:
                self._left_out(text, words, _RAISED)
            return words if shown is None else shown
        return words

    def _signs(self, words: str, font: str, text: Text) -> str:
        shown = ""
        for char in words:
            found = sign(ord(char), font) if not char.isspace() else char
            if found is None:
                self.note(text.place, f"{font} {ord(char):04X}", _SIGN)
            shown += found or ""
        return shown

    def _written(self, shown: Shown, text: Text) -> None:
        """Put down what is set in two dimensions, and list what of it has no place on a line."""
        words = after("".join(text.pieces[-1:]), shown.text)
        if self._fields and self._fields[-1].begun is None:
            self._fields[-1].code.append(words)
        else:
            text.put(words)
        for gone in shown.gone:
            self.note(text.place, gone, DELETED)
        for reading in shown.readings:
            self.note(text.place, reading, _READING)
        for ring in shown.rings:
            self.note(text.place, ring, N_("a character within a sign, which no text holds"))
        for over in shown.over:
            self.note(text.place, over, N_("characters that are set over one another, which no text holds"))
        if not shown.exact:
            self.note(text.place, shown.text, N_("a formula, which is written on one line"))

    def _field_mark(self, element: "_Element", text: Text) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(Field(element.find(W + "ffData")))
        elif kind == "separate" and self._fields:
            self._fields[-1].begun = text.length
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            self._field(ended, text, is_blank=ended.begun in (None, text.length))

    def _field(self, ended: Field, text: Text, *, is_blank: bool) -> None:
        """Take a field that has ended; ``is_blank`` tells that the file has no words of what it shows."""
        code = ended.instruction
        link = address(code)
        if link:
            text.links.append(link)
        if not is_blank:
            return
        found = symbol(code)
        if is_equation(code):
            self._written(equation(code), text)
        elif ended.form is not None and chosen(ended.form):
            self._written(Shown(chosen(ended.form)), text)
        elif prompt(code):
            self._left_out(text, prompt(code), _PROMPT)
        elif found is not None:
            text.put(found[0])
            if not found[0]:
                self.note(text.place, found[1], _SIGN)
        elif is_filled_by_word(code):
            self.note(text.place, code.strip(), N_("a field that Word fills in, whose words are not in the file"))
        elif ended.texts and ended.begun is None:
            # What never had a result is no instruction to show one.
            text.put("".join(ended.texts))

    def _instruction(self, element: "_Element", text: Text) -> None:
        if self._fields and self._fields[-1].begun is None:
            self._fields[-1].code.append(element.text or "")

    def _deleted_instruction(self, element: "_Element", text: Text) -> None:
        if self._is_gone:
            self._instruction(element, text)

    def _simple_field(self, element: "_Element", text: Text) -> "Iterator[_Element]":
        ended = Field(element.find(W + "fldData"), [str(element.get(W + "instr") or "")])
        self._field(ended, text, is_blank=not any((each.text or "").strip() for each in element.iter(*TEXTS)))
        return content(element)

    def _hyperlink(self, element: "_Element", text: Text) -> "Iterator[_Element]":
        link = self._links.get(str(element.get(R + "id")))
        if link:
            text.links.append(link)
        return content(element)

    def _deleted(self, element: "_Element", text: Text) -> "Iterator[_Element] | None":
        return self._part_left_out(element, text, DELETED)

    def _moved(self, element: "_Element", text: Text) -> "Iterator[_Element] | None":
        return self._part_left_out(element, text, _MOVED)

    def _reading(self, element: "_Element", text: Text) -> "Iterator[_Element] | None":
        return self._part_left_out(element, text, _READING)

    def _part_left_out(self, element: "_Element", text: Text, why: str) -> "Iterator[_Element] | None":
        if self._is_gone:
            text.put(" ")
            return content(element)
        self._left_out(text, self.words_of(element, text.place), why)
        return None

    def _deleted_words(self, element: "_Element", text: Text) -> None:
        if self._is_gone:
            text.put(element.text or "")
        else:
            self._left_out(text, element.text or "", DELETED)

    def _sign(self, element: "_Element", text: Text) -> None:
        code, font = str(element.get(W + "char") or ""), str(element.get(W + "font") or "")
        number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else 0
        shown = sign(number, font)
        if shown is None:
            self.note(text.place, f"{font} {code}".strip(), _SIGN)
        else:
            text.put(shown)

    def _drawing(self, element: "_Element", text: Text) -> None:
        found = drawn(element, self._related, self._part)
        text.boxes += found.boxes
        text.put("".join(found.words))
        text.links += found.links
        if not self._is_ours:
            for words, why in found.left_out:
                self.note(text.place, words, why)

    def _formula(self, element: "_Element", text: Text) -> None:
        self._written(formula(element), text)

    def _control(self, element: "_Element", text: Text) -> "Iterator[_Element] | None":
        return None if self.is_prompt(element, text.place) else content(element)

    def is_prompt(self, control: "_Element", place: Place) -> bool:
        """Tell whether a content control shows its prompt alone, and list that."""
        properties = control.find(W + "sdtPr")
        if self._is_gone or properties is None or not is_on(properties.find(W + "showingPlcHdr")):
            return False
        inner = control.find(W + "sdtContent")
        if inner is not None:
            self.leave_out(inner, place, _PROMPT)
        return True


def _unbroken(words: str) -> str:
    """Return a text without the line breaks that its file has, which break no line of the document."""

    def joint(found: re.Match[str]) -> str:
        before, behind = words[: found.start()][-1:], words[found.end() :][:1]
        return " " if before and behind and in_word(before) and in_word(behind) else ""

    return _raw_break.sub(joint, words)


def _box(reader: Texts, element: "_Element", text: Text) -> None:
    text.boxes += content(element)


def _plain(reader: Texts, element: "_Element", text: Text) -> None:
    text.put(element.text or "")


def _block(reader: Texts, element: "_Element", text: Text) -> "Iterator[_Element]":
    """Go on with a paragraph within what is left out, parted from what is before it."""
    text.put(" ")
    return content(element)


def _none(reader: Texts, element: "_Element", text: Text) -> None:
    """Take nothing: it shows nothing."""


_HANDLERS: Final[Mapping[str, "Callable[[Texts, _Element, Text], Iterator[_Element] | None]"]] = {
    W + "fldChar": Texts._field_mark,
    W + "instrText": Texts._instruction,
    W + "fldSimple": Texts._simple_field,
    W + "hyperlink": Texts._hyperlink,
    W + "delInstrText": Texts._deleted_instruction,
    W + "delText": Texts._deleted_words,
    W + "del": Texts._deleted,
    W + "moveFrom": Texts._moved,
    W + "rt": Texts._reading,
    W + "sym": Texts._sign,
    W + "sdt": Texts._control,
    M + "oMath": Texts._formula,
    W + "p": _block,
    BOX: _box,
    **dict.fromkeys(DRAWINGS, Texts._drawing),
    **dict.fromkeys(TEXTS - {_T}, _plain),
    **dict.fromkeys(_NOTHING, _none),
}
