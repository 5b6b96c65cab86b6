"""Fields of a Word document, as far as what they show stands in no text: formulas, form fields, prompts, addresses."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kepu_docs.importing.reading.word_elements import VAL, W, is_on, value_of
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
class Field:
    """A field that was begun: its instruction as far as it was read, and what of that stands as text in the file.

    ``begun`` is how many characters its paragraph had where its result begins, ``None`` before.
    """

    form: "_Element | None" = None
    code: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    begun: int | None = None

    @property
    def instruction(self) -> str:
        """What Word does to show it."""
        return "".join(self.code)


def chosen(form: "_Element | None") -> str:
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


def address(instruction: str) -> str:
    """Return the address to which a field links; nothing where it does not, or within its document."""
    found = _link.match(instruction)
    return (found[1] or found[2] or "").strip() if found else ""


def prompt(instruction: str) -> str:
    """Return the words of a field upon which one clicks; nothing for another."""
    found = _button.match(instruction)
    return found[1].strip() if found else ""


def symbol(instruction: str) -> tuple[str, str] | None:
    """Return the character that a SYMBOL field shows, or nothing, and what it is in the font; ``None`` for another."""
    found = _symbol.match(instruction)
    if found is None:
        return None
    font = _font.search(found[2])
    name = font[1].strip() if font else ""
    code = int(found[1], 16 if found[1][:2] in ("0x", "0X") else 10)
    return sign(code, name) or "", f"{name} {code:04X}".strip()


def is_filled_by_word(instruction: str) -> bool:
    """Tell whether Word alone knows what a field shows that has no words in the file."""
    name = instruction.split(maxsplit=1)[:1]
    return bool(name) and name[0].upper() in _EMPTY
