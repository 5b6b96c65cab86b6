"""The spelling of a text value in its file: the place of each of its characters.

The value is known, as a reader has read it; here it is followed through the file's text, character by character. If the
two cannot be matched, no spelling is given.
"""

import re
from typing import Final, NamedTuple

from yaml.scanner import Scanner

# What may follow a backslash in YAML; JSON and TOML have no other escapes.
_ESCAPES: Final[dict[str, str]] = Scanner.ESCAPE_REPLACEMENTS
_DIGITS: Final[dict[str, int]] = Scanner.ESCAPE_CODES
_BREAK: Final = r"(?:\r\n?|\n)"
_break = re.compile(_BREAK)
_block = re.compile(rf"([|>])[+\-0-9]*[ \t]*(?:#[^\r\n]*)?{_BREAK}")
_newlines = re.compile("\n*")
_blank_lines = re.compile("[ \r\n]*")
# Only the first of several blanks is tested for a break after them; otherwise many blanks would take quadratic time.
_fold = re.compile(rf"(?:(?<![ \t])[ \t]*|(?=[\r\n]))(?:{_BREAK}[ \t]*)+")


class Spelling(NamedTuple):
    """The places of a value's characters in the text of its file."""

    starts: tuple[int, ...]
    """The index of each character, and at the end the index where the value ends."""
    quote: str = ""
    """The quotation mark around the value: ``"``, ``'``, or nothing."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the file the characters from ``start`` up to ``end`` are."""
        return self.starts[start], self.starts[max(start, end)]


def spelt(text: str, index: int, value: str) -> Spelling | None:
    """Return the spelling of ``value`` from ``index`` on in YAML, JSON or TOML; ``None`` if it is not certain."""
    quote = text[index : index + 1]
    if quote in ('"', "'"):
        if text.startswith(quote * 3, index):
            begin = _break.match(text, index + 3)
            spelling = _followed(text, begin.end() if begin else index + 3, value, quote, is_alone=False)
            if spelling:
                return spelling
            # In YAML they may be an opening quotation mark and another one, written twice.
        return _followed(text, index + 1, value, quote, fold=_fold)
    block = _block.match(text, index)
    if block is None:
        return _followed(text, index, value, fold=_fold)
    blank = _blank_lines.match(text, block.end())
    width = len(_break.split(blank[0])[-1]) if blank else 0
    indent = f" {{0,{width}}}"
    begin = re.compile(indent).match(text, block.end())
    line_end = re.compile(f"(?:{_BREAK}{indent})+" if block[1] == ">" else _BREAK + indent)
    return _followed(text, begin.end() if begin else block.end(), value, fold=line_end, is_block=True)


def _followed(
    text: str,
    at: int,
    value: str,
    quote: str = "",
    *,
    fold: re.Pattern[str] | None = None,
    is_block: bool = False,
    is_alone: bool = True,
) -> Spelling | None:
    """Follow a value from ``at`` on, whose line breaks are written as ``fold`` or as they are.

    A quotation mark that ``is_alone`` ends the value; of three quotation marks, a single one within the value is a
    character.
    """
    starts: list[int] = []
    place = 0
    while place < len(value):
        folded = fold.match(text, at) if fold and value[place] in " \n" else None
        count = _folded(value, place, len(_break.findall(folded[0])), is_block=is_block) if folded else 0
        if folded and count:
            starts += [at] * count
            at, place = folded.end(), place + count
            continue
        end = _taken(text, at, value[place], quote, is_alone=is_alone)
        if end is None:
            return None
        starts.append(at)
        at, place = end, place + 1
    return Spelling((*starts, at), quote)


def _folded(value: str, place: int, breaks: int, *, is_block: bool) -> int:
    """Return how many characters of the value some breaks represent: one is a blank; of several, the first is nothing.

    In a block all breaks may be kept, next to lines that are indented more, and some left out at its end.
    """
    if breaks == 1 and value[place] == " ":
        return 1
    found = _newlines.match(value, place)
    newlines = found.end() - place if found else 0
    if is_block:
        return newlines if breaks - 1 <= newlines <= breaks or place + newlines == len(value) else 0
    return breaks - 1 if newlines >= breaks - 1 else 0


def _taken(text: str, at: int, wanted: str, quote: str, *, is_alone: bool) -> int | None:
    """Return where the next character begins if ``wanted`` is at ``at``, else ``None``."""
    found = text[at : at + 1]
    if quote == '"' and found == "\\":
        return _escaped(text, at, wanted)
    if is_alone and quote and found == quote:
        return at + 2 if found == wanted == "'" == text[at + 1 : at + 2] else None
    if found == wanted:
        return at + 1
    return at + 2 if wanted == "\n" and text.startswith("\r\n", at) else None


def _escaped(text: str, at: int, wanted: str) -> int | None:
    letter = text[at + 1 : at + 2]
    if letter not in _DIGITS:
        return at + 2 if _ESCAPES.get(letter) == wanted else None
    code = f"{ord(wanted):0{_DIGITS[letter]}x}"
    if letter == "u":
        # JSON writes characters beyond the basic plane as two.
        code = "\\u".join(re.findall("....", wanted.encode("utf-16-be", "surrogatepass").hex()))
    end = at + 2 + len(code)
    return end if text[at + 2 : end].lower() == code else None
