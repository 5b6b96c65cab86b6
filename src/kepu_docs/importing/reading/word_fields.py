"""Fields of a Word document whose content is not in its text: formulas, form fields, prompts, addresses."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kepu_docs.errors import N_
from kepu_docs.importing.reading.word_elements import VAL, W, is_on, value_of
from kepu_docs.importing.reading.word_equations import equation, is_equation
from kepu_docs.importing.reading.word_formulas import Shown
from kepu_docs.importing.reading.word_line import PROMPT, SIGN, LeftOut, Text
from kepu_docs.importing.reading.word_scripts import sign

if TYPE_CHECKING:
    from lxml.etree import _Element

_DIGITS: Final = 4
_EMPTY: Final = frozenset(
    (
        "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM", "BARCODE", "DISPLAYBARCODE", "DATE", "TIME", "CREATEDATE",
        "SAVEDATE", "PRINTDATE", "TITLE", "SUBJECT", "AUTHOR", "FILENAME", "DOCPROPERTY", "DOCVARIABLE", "MERGEFIELD",
        "REF", "FILLIN", "SEQ", "STYLEREF", "QUOTE", "USERNAME",
    )
)  # fmt: skip
"""Types of fields that show something although the file has no words for it."""

_link = re.compile(r'\s*+HYPERLINK\s++(?:\\[mnot]\s++)*+(?:"([^"]*+)"|([^\s\\"]\S*+))', re.I)
_button = re.compile(r"\s*+(?:MACRO|GOTO)BUTTON\s++\S++\s?(.*)", re.I | re.S)
_symbol = re.compile(r"\s*+SYMBOL\s++(0x[0-9a-f]{1,5}|[0-9]{1,6})(?![0-9a-f])(.*)", re.I | re.S)
_font = re.compile(r'\\f\s*+"?([^"\\]*+)', re.I)


@dataclass(slots=True)
class _Field:
    """A field that has begun.

    ``form`` is its form field, ``code`` its instruction as far as it was read, ``begin`` the number of earlier words
    that may belong to an instruction, ``is_result`` whether the instruction has ended, ``is_filled`` whether words
    followed.
    """

    form: "_Element | None" = None
    code: list[str] = field(default_factory=list)
    begin: int = 0
    is_result: bool = False
    is_filled: bool = False


class Fields:
    """The fields of one part of a document; a field may extend over several paragraphs."""

    def __init__(self, left_out: LeftOut) -> None:
        """``left_out`` lists content without a place in the text."""
        self._left_out = left_out
        self._open: list[_Field] = []
        self._coding: list[_Field] = []
        self._words: list[str] = []

    def __bool__(self) -> bool:
        """Return whether a field has begun and not ended."""
        return bool(self._open)

    def take(self, words: str) -> str:
        """Process words within a field; return those that are text and not part of an instruction."""
        if not self._coding:
            self._open[-1].is_filled = self._open[-1].is_filled or bool(words)
            return words
        self._coding[-1].code.append(words)
        self._words.append(words)
        return ""

    def write(self, shown: Shown, text: Text) -> None:
        """Add a formula to the text, or to the instruction of a field that contains it."""
        words = text.next(shown)
        text.put(self.take(words) if self._open else words)
        self._left_out.formula(text, shown)

    def instruction(self, words: str) -> None:
        """Process a part of an instruction."""
        if self._coding and self._coding[-1] is self._open[-1]:
            self._coding[-1].code.append(words)

    def mark(self, kind: str, form: "_Element | None", text: Text) -> None:
        """Process the beginning of a field, of its result, or its end; ``kind`` is Word's term."""
        if kind == "begin":
            self._open.append(_Field(form, begin=len(self._words)))
            self._coding.append(self._open[-1])
        elif kind in ("separate", "end") and self._open:
            at = self._open[-1]
            words = ""
            if not at.is_result:
                self._coding.pop()
                words = "".join(self._words[at.begin :])
                del self._words[at.begin :]
                at.is_result = True
            if kind == "end":
                self._open.pop()
                if self._open and at.is_filled:
                    self._open[-1].is_filled = True
                self._ended(at, words, text)

    def simple(self, instruction: str, form: "_Element | None", text: Text, *, is_filled: bool) -> None:
        """Process a field that contains its words."""
        self._ended(_Field(form, [instruction], is_filled=is_filled), "", text)

    def close(self, text: Text) -> None:
        """End a paragraph. Text in an instruction that continues or never ends is ordinary text."""
        if self._words:
            text.put("".join(self._words))
            self._words.clear()

    def _ended(self, ended: _Field, words: str, text: Text) -> None:
        """Process a field that has ended, with the text words of its instruction."""
        code = "".join(ended.code)
        link = _address(code)
        if link:
            text.links.append(link)
        if ended.is_filled:
            return
        form, asked, found = _chosen(ended.form), _prompt(code), _symbol_of(code)
        if is_equation(code):
            self.write(equation(code), text)
        elif form:
            self.write(Shown(form), text)
        elif asked:
            self._left_out.words(text, asked, PROMPT)
        elif found is not None:
            text.put(found[0])
            if not found[0]:
                self._left_out.note(text.place, found[1], SIGN)
        elif _is_filled_by_word(code):
            why = N_("a field that Word fills in, whose text is not in the file")
            self._left_out.note(text.place, code.strip(), why)
        else:
            # It shows nothing, or its display is unknown: its words are kept.
            text.put(words)


def _chosen(form: "_Element | None") -> str:
    """Return what a form field shows: the chosen entry of a list, or a box that is ticked or not.

    The words of a text field are in the document itself.
    """
    if form is None:
        return ""
    box = form.find(W + "checkBox")
    if box is not None:
        ticked = box.find(W + "checked")
        return "☑" if is_on(box.find(W + "default") if ticked is None else ticked) else "☐"
    choices = form.find(W + "ddList")
    if choices is not None:
        entries = [str(entry.get(VAL) or "") for entry in choices.iterchildren(W + "listEntry")]
        number = value_of(choices, "result") or value_of(choices, "default") or "0"
        at = int(number) if number.isdecimal() and len(number) <= _DIGITS else 0
        return entries[at] if at < len(entries) else ""
    return ""


def _address(instruction: str) -> str:
    """Return the address that a field links to; nothing if there is none, or it is within the document."""
    found = _link.match(instruction)
    return (found[1] or found[2] or "").strip() if found else ""


def _prompt(instruction: str) -> str:
    """Return the words of a field to click on; nothing for another field."""
    found = _button.match(instruction)
    return found[1].strip() if found else ""


def _symbol_of(instruction: str) -> tuple[str, str] | None:
    """Return the character that a SYMBOL field shows (or nothing), and its font and code; ``None`` for others."""
    found = _symbol.match(instruction)
    if found is None:
        return None
    font = _font.search(found[2])
    name = font[1].strip() if font else ""
    code = int(found[1], 16 if found[1][:2] in ("0x", "0X") else 10)
    return sign(code, name) or "", f"{name} {code:04X}".strip()


def _is_filled_by_word(instruction: str) -> bool:
    """Return whether only Word knows what a field without words in the file shows."""
    name = instruction.split(maxsplit=1)[:1]
    return bool(name) and name[0].upper() in _EMPTY
