"""How a help page is set: in lines that fit the terminal, in a language that parts words and in one that does not.

The command line library breaks lines at blanks alone and counts a hanzi as one column, so it is asked for one line of
each text, and they are broken here.
"""

import shutil
from typing import Final

WIDEST: Final = 10_000
"""The columns of the page that the command line library makes: none of its texts is longer."""
_NARROWEST, _WIDTH = 50, 78
_WIDEST_TERM: Final = 28
_INDENT: Final = 2
_GAP: Final = "  "
# Of an argument, which already has a name that says what it is.
_TYPES: Final = (" <list[str]>", " <list[Path]>", " <str>", " <path>", " <Path>", " <int>")
_OPENING: Final = "（“‘《「『【"
_CLOSING: Final = "，。、；：？！）”’》」』】…"


def laid_out(page: str) -> str:
    """Return a help page with each of its texts in lines that the terminal has room for."""
    room = max(min(shutil.get_terminal_size().columns - 2, _WIDTH), _NARROWEST)
    lines: list[str] = []
    rows: list[tuple[str, str]] = []
    for line in page.split("\n"):
        text = line.lstrip(" ")
        indent = len(line) - len(text)
        if indent > _INDENT and rows:
            rows[-1] = (rows[-1][0], text)
        # A heading stays the last line while its rows are gathered.
        elif indent == _INDENT and lines and lines[-1].endswith((":", "：")):
            term, _, about = text.partition(_GAP)
            rows.append((_named(term), about.lstrip(" ")))
        else:
            lines += _table(rows, room)
            rows = []
            lines += _broken(text, room - indent, " " * indent)
    return "\n".join([*lines, *_table(rows, room)])


def _named(term: str) -> str:
    for kind in _TYPES:
        term = term.removesuffix(kind)
    return term


def _table(rows: list[tuple[str, str]], room: int) -> list[str]:
    from kepu_docs.typography.columns import width

    first = min(max((width(term) for term, _ in rows), default=0), _WIDEST_TERM)
    column = _INDENT + first + len(_GAP)
    lines: list[str] = []
    for term, about in rows:
        shown = _broken(about, room - column, " " * column)
        if shown and width(term) <= first:
            lines.append(" " * _INDENT + term + " " * (column - _INDENT - width(term)) + shown[0].lstrip(" "))
            lines += shown[1:]
        else:
            lines += [" " * _INDENT + term, *(line for line in shown if line.strip())]
    return lines


def _broken(text: str, room: int, indent: str) -> list[str]:
    """Return a text in lines of at most ``room`` columns, where no single piece of it is wider."""
    from kepu_docs.typography.columns import width

    lines, line, taken = [], "", 0
    for piece in _pieces(text):
        if taken + width(piece.rstrip(" ")) > room and line.strip():
            lines.append(indent + line.rstrip(" "))
            line, taken = "", 0
        line += piece
        taken += width(piece)
    return [*lines, indent + line.rstrip(" ")] if line.strip() else [*lines, ""]


def _pieces(text: str) -> list[str]:
    """Return what may not be broken: words with the blanks after them, hanzi with the marks beside them."""
    pieces = [""]
    for char in text:
        last = pieces[-1][-1:]
        apart = last == " " or _alone(char) or _alone(last)
        if char == " " or char in _CLOSING or not last or last in _OPENING or not apart:
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _alone(char: str) -> bool:
    """Return whether a line may be broken before and after a character: a hanzi or a mark among hanzi."""
    return char > "\u2e80" or (char != "" and char in _OPENING + _CLOSING)
