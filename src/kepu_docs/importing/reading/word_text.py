"""The words of a paragraph of Word, as a reader sees them, and a list of its content that is not text."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from kepu_docs.errors import N_, DocumentError, Place
from kepu_docs.importing.reading.word_drawings import DRAWINGS, Drawings
from kepu_docs.importing.reading.word_elements import (
    BOX,
    SIGNS,
    SKIPPED,
    TEXT_PATH,
    TEXTS,
    M,
    R,
    W,
    child_of,
    content,
    is_on,
)
from kepu_docs.importing.reading.word_fields import Fields
from kepu_docs.importing.reading.word_line import DELETED, PROMPT, READING, SIGN, LeftOut, Text
from kepu_docs.importing.reading.word_math import formula
from kepu_docs.importing.reading.word_parts import Related
from kepu_docs.importing.reading.word_runs import RunLook
from kepu_docs.importing.reading.word_scripts import lowered, raised, sign
from kepu_docs.importing.reading.word_styles import Styles
from kepu_docs.typography.breaking import in_word

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_PARAGRAPHS: Final = 100_000
"""The most paragraphs of a Word document, including blank ones and those in tables: ten times as many as a record
holds."""

_MOST_LINKS: Final = 100
"""The most addresses of a paragraph that are searched for in its text; if there are more, all are listed."""

_T: Final = W + "t"
_RUN: Final = W + "r"
_RUN_PROPERTIES: Final = W + "rPr"
_NOTHING: Final = frozenset((W + "lastRenderedPageBreak", W + "bookmarkStart", W + "bookmarkEnd", W + "proofErr"))
_RAISED: Final = N_("superscript or subscript characters, which are ordinary ones in the record")
_ADDRESS: Final = N_("an address, which is left out")
_MOVED: Final = N_("moved elsewhere in the document")

_raw_break = re.compile(r"(?<![ \t])[ \t]*+[\r\n]\s*+")


class Texts:
    """Reads the paragraphs of one part of a document, in their order."""

    def __init__(
        self, left_out: LeftOut, related: Related, part: str, styles: Styles, *, is_ours: bool, is_gone: bool = False
    ) -> None:
        """``left_out`` lists content without a place in the text; ``is_ours`` says that drawings come from its record.

        ``is_gone`` is for content that is left out as a whole: all words in it are read, including deleted ones and
        prompts.
        """
        self._left_out = left_out
        self._related = related
        self._part = part
        self._styles = styles
        self._links = related.links(part)
        self._looks = RunLook.occur(related, part, styles)
        self._is_ours = is_ours
        self._is_gone = is_gone
        self._gone: Texts | None = None
        self._drawings = Drawings(related, part)
        self._fields = Fields(left_out)
        self._paragraphs = 0

    def read(self, paragraph: "_Element", place: Place, *, led: bool = False) -> Text:
        """Return the text of a paragraph. Its text boxes are not read here; the caller continues with them.

        ``led`` asks for the length of its highlighted beginning.
        """
        self._paragraphs += 1
        if self._paragraphs > MOST_PARAGRAPHS:
            why = N_("the document has more than {limit} paragraphs, including blank ones")
            raise DocumentError.at(Place(self._left_out.name), why, limit=MOST_PARAGRAPHS)
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
                    if self._fields:
                        words = self._fields.take(words)
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
        self._fields.close(text)
        text.shown = self._left_out.checked("".join(text.pieces))
        for link in dict.fromkeys(text.links):
            bare = link.removeprefix("mailto:").partition("://")[2].rstrip("/") or link.removeprefix("mailto:")
            if len(text.links) > _MOST_LINKS or bare not in text.shown:
                self._left_out.note(text.place, link, _ADDRESS)

    def _other(self, element: "_Element", tag: str, text: Text) -> "Iterator[_Element] | None":
        """Process an element other than ordinary text; return the elements to continue with."""
        if tag in SIGNS:
            text.put(SIGNS[tag])
            return None
        handle = _HANDLERS.get(tag)
        return content(element) if handle is None else handle(self, element, text)

    def words_of(self, element: "_Element", place: Place) -> str:
        """Return all words of content that is left out, including its text boxes; other content in it is listed."""
        if self._gone is None:
            self._gone = Texts(
                self._left_out, self._related, self._part, self._styles, is_ours=self._is_ours, is_gone=True
            )
        words: list[str] = []
        pending = [element]
        while pending:
            part = pending.pop()
            if part.tag == TEXT_PATH:
                words.append(self._left_out.checked(str(part.get("string") or "")))
                continue
            text = self._gone.read(part, place)
            words.append(text.shown)
            pending += reversed(text.boxes)
        return " ".join(filter(None, (each.strip() for each in words)))

    def leave_out(self, element: "_Element", place: Place, why: str) -> None:
        """List content that is left out as a whole: a row, a cell, a control."""
        words = self.words_of(element, place)
        if words:
            self._left_out.note(place, words, why)

    def _as_it_looks(self, words: str, element: "_Element", text: Text) -> str:
        """Return words as their run shows them."""
        look = RunLook.of(element.getparent(), self._styles)
        if look.left_out:
            self._left_out.words(text, words, look.left_out)
            return ""
        if look.font:
            return self._signs(words, look.font, text)
        if look.position:
            shown = (raised if look.position == "superscript" else lowered)(words)
            if shown is None:
                self._left_out.words(text, words, _RAISED)
            return words if shown is None else shown
        return words

    def _signs(self, words: str, font: str, text: Text) -> str:
        shown = ""
        for char in words:
            found = sign(ord(char), font) if not char.isspace() else char
            if found is None:
                self._left_out.note(text.place, f"{font} {ord(char):04X}", SIGN)
            shown += found or ""
        return shown

    def _field_mark(self, element: "_Element", text: Text) -> None:
        self._fields.mark(str(element.get(W + "fldCharType")), child_of(element, W + "ffData"), text)

    def _instruction(self, element: "_Element", text: Text) -> None:
        self._fields.instruction(element.text or "")

    def _deleted_instruction(self, element: "_Element", text: Text) -> None:
        if self._is_gone:
            self._instruction(element, text)

    def _simple_field(self, element: "_Element", text: Text) -> "Iterator[_Element]":
        is_filled = any((each.text or "").strip() for each in element.iter(*TEXTS))
        code = str(element.get(W + "instr") or "")
        self._fields.simple(code, child_of(element, W + "ffData"), text, is_filled=is_filled)
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
        return self._part_left_out(element, text, READING)

    def _part_left_out(self, element: "_Element", text: Text, why: str) -> "Iterator[_Element] | None":
        if self._is_gone:
            text.put(" ")
            return content(element)
        self._left_out.words(text, self.words_of(element, text.place), why)
        return None

    def _deleted_words(self, element: "_Element", text: Text) -> None:
        if self._is_gone:
            text.put(element.text or "")
        else:
            self._left_out.words(text, element.text or "", DELETED)

    def _sign(self, element: "_Element", text: Text) -> None:
        code, font = str(element.get(W + "char") or ""), str(element.get(W + "font") or "")
        number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else 0
        shown = sign(number, font)
        if shown is None:
            self._left_out.note(text.place, f"{font} {code}".strip(), SIGN)
        else:
            text.put(shown)

    def _drawing(self, element: "_Element", text: Text) -> None:
        found = self._drawings.read(element)
        text.boxes += found.boxes
        text.put("".join(found.words))
        text.links += found.links
        if not self._is_ours:
            for words, why in found.left_out:
                self._left_out.note(text.place, words, why)

    def _formula(self, element: "_Element", text: Text) -> None:
        self._fields.write(formula(element), text)

    def _control(self, element: "_Element", text: Text) -> "Iterator[_Element] | None":
        return None if self.is_prompt(element, text.place) else content(element)

    def is_prompt(self, control: "_Element", place: Place) -> bool:
        """Return whether a content control only shows its prompt, and list the prompt."""
        properties = control.find(W + "sdtPr")
        if self._is_gone or properties is None or not is_on(properties.find(W + "showingPlcHdr")):
            return False
        inner = control.find(W + "sdtContent")
        if inner is not None:
            self.leave_out(inner, place, PROMPT)
        return True


def _unbroken(words: str) -> str:
    """Return a text without the line breaks of its XML, which are not line breaks of the document."""

    def joint(found: re.Match[str]) -> str:
        before, behind = words[: found.start()][-1:], words[found.end() :][:1]
        return " " if before and behind and in_word(before) and in_word(behind) else ""

    return _raw_break.sub(joint, words)


def _box(reader: Texts, element: "_Element", text: Text) -> None:
    text.boxes += content(element)


def _plain(reader: Texts, element: "_Element", text: Text) -> None:
    text.put(element.text or "")


def _block(reader: Texts, element: "_Element", text: Text) -> "Iterator[_Element]":
    """Continue with a paragraph within content that is left out, separated from the text before it."""
    text.put(" ")
    return content(element)


def _none(reader: Texts, element: "_Element", text: Text) -> None:
    """Ignore the element, which shows nothing."""


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
