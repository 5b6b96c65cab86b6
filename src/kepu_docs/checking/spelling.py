"""How a text value is spelt in its file: where each of its characters stands.

The value is known, as a reader has read it; here it is followed through the file's text, character by character. Where
the two cannot be brought together nothing is claimed.
"""

import re
from typing import Final, NamedTuple

_SPACE: Final = " \t"
_BREAKS: Final = "\r\n"
_ESCAPES: Final = {
    "n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0", "a": "\a", "v": "\v", "e": "\x1b",
    "_": "\u00a0", "N": "\u0085", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_HEXADECIMAL: Final = {"x": 2, "u": 4, "U": 8}
_line_break = re.compile(r"\r\n?|\n")
_block = re.compile(r"([|>])[+\-0-9]*[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n)")


class Spelling(NamedTuple):
    """Where the characters of a value stand in the text of its file."""

    starts: tuple[int, ...]
    """Of each character; and last where the value ends."""
    quote: str = ""
    """What the value is written in: ``"``, ``'``, or nothing."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters from ``start`` up to ``end`` stand in the file."""
        return self.starts[start], self.starts[end - 1] + self._length(end - 1) if end > start else self.starts[start]

    def _length(self, place: int) -> int:
        return self.starts[place + 1] - self.starts[place]


def spelt(text: str, index: int, value: str) -> Spelling | None:
    """Return how ``value`` is spelt from ``index`` on in YAML, JSON or TOML; ``None`` where that is not sure."""
    for quotes in ('"""', "'''"):
        if text.startswith(quotes, index):
            start = index + 3
            start += len(found[0]) if (found := _line_break.match(text, start)) else 0
            spelling = _followed(text, start, value, quotes[0], folds=False)
            if spelling:
                return spelling
            # In YAML they may be a quotation mark and another one, written twice.
    if text.startswith(('"', "'"), index):
        return _followed(text, index + 1, value, text[index], folds=True)
    block = _block.match(text, index)
    if block:
        return _in_block(text, block.end(), value, folded=block[1] == ">")
    return _followed(text, index, value, "", folds=True)


def _followed(text: str, at: int, value: str, quote: str, *, folds: bool) -> Spelling | None:
    """Follow a value in one quotation mark or none, whose line breaks are folded, or in three, where they are kept."""
    starts: list[int] = []
    place = 0
    known: _Break | None = None
    while place < len(value):
        starts.append(at)
        folded = None
        if folds and value[place] in " \n":
            # Behind all of several blanks stands the same.
            if known is None or at > known.begin:
                known = _break(text, at)
            folded = _folded(known, value, place)
        if folded is not None:
            at, count = folded
            starts += [starts[-1]] * (count - 1)
            place += count
            continue
        taken = _taken(text, at, value[place], quote, is_alone=folds)
        if taken is None:
            return None
        at, place = taken, place + 1
    return Spelling((*starts, at), quote)


def _taken(text: str, at: int, wanted: str, quote: str, *, is_alone: bool) -> int | None:
    """Return where the next character begins, if ``wanted`` stands at ``at``.

    A quotation mark that ``is_alone`` ends the value; of three, one within it is a character.
    """
    found = text[at : at + 1]
    if quote == '"' and found == "\\":
        return _escaped(text, at, wanted)
    if is_alone and found == quote:
        return at + 2 if found == wanted == "'" == text[at + 1 : at + 2] else None
    if found == wanted:
        return at + 1
    if wanted == "\n" and text.startswith("\r\n", at):
        return at + 2
    return None


def _escaped(text: str, at: int, wanted: str) -> int | None:
    letter = text[at + 1 : at + 2]
    length = _HEXADECIMAL.get(letter, 0)
    if length:
        try:
            code = int(text[at + 2 : at + 2 + length], 16)
            end = at + 2 + length
            if 0xD800 <= code < 0xDC00 and text.startswith("\\u", end):
                # JSON spells characters beyond the basic plane as two.
                code = 0x10000 + (code - 0xD800 << 10) + int(text[end + 2 : end + 6], 16) - 0xDC00
                end += 6
            return end if chr(code) == wanted else None
        except ValueError:
            return None
    return at + 2 if _ESCAPES.get(letter, letter) == wanted else None


class _Break(NamedTuple):
    """A break of a line: where it begins behind blanks, how many there are on end, and where the text goes on."""

    begin: int
    breaks: int
    end: int


def _break(text: str, at: int) -> _Break:
    """Return the break that stands at ``at``, maybe behind blanks; its count may be none."""
    begin = at
    while begin < len(text) and text[begin] in _SPACE:
        begin += 1
    end, breaks = begin, 0
    while found := _line_break.match(text, end):
        breaks += 1
        end = found.end()
        while end < len(text) and text[end] in _SPACE:
            end += 1
    return _Break(begin, breaks, end)


def _folded(known: _Break, value: str, place: int) -> tuple[int, int] | None:
    """Return where a value goes on behind a break of its line, and how many characters of it the break stands for."""
    if not known.breaks:
        return None
    said = " " if known.breaks == 1 else "\n" * (known.breaks - 1)
    return (known.end, len(said)) if value.startswith(said, place) else None


def _in_block(text: str, at: int, value: str, *, folded: bool) -> Spelling | None:
    """Follow a block of YAML: lines with the same indentation, their breaks kept, or folded into spaces."""
    indent = re.compile(" *").match(text, at)
    width = len(indent[0]) if indent else 0
    starts: list[int] = []
    fresh = True
    for wanted in value:
        if fresh:
            while folded and _line_break.match(text, at) and wanted not in _BREAKS:
                at = _after_break(text, at)
            step = 0
            while step < width and text[at : at + 1] == " ":
                at, step = at + 1, step + 1
            fresh = False
        starts.append(at)
        found = _line_break.match(text, at)
        if found and wanted in ("\n", " ") and (wanted == "\n" or folded):
            at, fresh = found.end(), True
        elif text[at : at + 1] == wanted:
            at += 1
        else:
            return None
    return Spelling((*starts, at))


def _after_break(text: str, at: int) -> int:
    found = _line_break.match(text, at)
    return found.end() if found else at
