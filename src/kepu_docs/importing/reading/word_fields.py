"""Fields of a Word document, as far as what they show stands in no text: formulas, form fields, prompts, addresses."""

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
"""Kinds of fields that show something where the file has no words for it."""

_link = re.compile(r'\s*+HYPERLINK\s++(?:\\[mnot]\s++)*+(?:"([^"]*+)"|([^\s\\"]\S*+))', re.I)
_button = re.compile(r"\s*+(?:MACRO|GOTO)BUTTON\s++\S++\s?(.*)", re.I | re.S)
_symbol = re.compile(r"\s*+SYMBOL\s++(0x[0-9a-f]{1,5}|[0-9]{1,6})(?![0-9a-f])(.*)", re.I | re.S)
_font = re.compile(r'\\f\s*+"?([^"\\]*+)', re.I)


@dataclass(slots=True)
class _Field:
    """A field that was begun.

    ``form`` is what it is filled with, ``code`` its instruction as far as it was read, ``begin`` how many words there
    were that may belong to an instruction, ``is_result`` whether that has ended, ``is_filled`` whether words followed.
    """

    form: "_Element | None" = None
    code: list[str] = field(default_factory=list)
    begin: int = 0
    is_result: bool = False
    is_filled: bool = False


class Fields:
    """The fields of one part of a document, which may go over several paragraphs."""

    def __init__(self, left_out: LeftOut) -> None:
        """``left_out`` lists what has no place in the text."""
        self._left_out = left_out
        self._open: list[_Field] = []
        self._coding: list[_Field] = []
        self._words: list[str] = []

    def __bool__(self) -> bool:
        """Tell whether a field was begun and has not ended."""
        return bool(self._open)

    def take(self, words: str) -> str:
        """Take words within a field; return those that are text, and no part of an instruction."""
        if not self._coding:
            self._open[-1].is_filled = self._open[-1].is_filled or bool(words)
            return words
        self._coding[-1].code.append(words)
        self._words.append(words)
        return ""

    def write(self, shown: Shown, text: Text) -> None:
        """Put down what is set in two dimensions, into the instruction of a field where it stands in one."""
        words = text.next(shown)
        text.put(self.take(words) if self._open else words)
        self._left_out.formula(text, shown)

    def instruction(self, words: str) -> None:
        """Take a part of an instruction."""
        if self._coding and self._coding[-1] is self._open[-1]:
            self._coding[-1].code.append(words)

    def mark(self, kind: str, form: "_Element | None", text: Text) -> None:
        """Take where a field begins, where its result does, or where it ends, in Word's words."""
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
        """Take a field that holds its words within it."""
        self._ended(_Field(form, [instruction], is_filled=is_filled), "", text)

    def close(self, text: Text) -> None:
        """End a paragraph. What stands as text in an instruction that goes on, or never ends, is text."""
        if self._words:
            text.put("".join(self._words))
            self._words.clear()

    def _ended(self, ended: _Field, words: str, text: Text) -> None:
        """Take a field that has ended, with the words that stood in its instruction as text."""
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
            # It shows nothing, or nobody knows what: its words are not lost for that.
            text.put(words)


def _chosen(form: "_Element | None") -> str:
    """Return what a form field shows: the entry that was chosen of a list, or a box that is ticked or is not.

    A field for text has its words in the document.
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
    """Return the address to which a field links; nothing where it does not, or within its document."""
    found = _link.match(instruction)
    return (found[1] or found[2] or "").strip() if found else ""


def _prompt(instruction: str) -> str:
    """Return the words of a field upon which one clicks; nothing for another."""
    found = _button.match(instruction)
    return found[1].strip() if found else ""


def _symbol_of(instruction: str) -> tuple[str, str] | None:
    """Return the character that a SYMBOL field shows, or nothing, and what it is in the font; ``None`` for another."""
    found = _symbol.match(instruction)
    if found is None:
        return None
    font = _font.search(found[2])
    name = font[1].strip() if font else ""
    code = int(found[1], 16 if found[1][:2] in ("0x", "0X") else 10)
    return sign(code, name) or "", f"{name} {code:04X}".strip()


def _is_filled_by_word(instruction: str) -> bool:
    """Tell whether Word alone knows what a field shows that has no words in the file."""
    name = instruction.split(maxsplit=1)[:1]
    return bool(name) and name[0].upper() in _EMPTY
