r"""Strangers' text, fit to be shown: on a terminal, in the log of a build, in a report.

What is not seen, or does something where it is printed, comes out as an escape that can be read: ``\x1b``,
``\u202e``, ``\n``. A backslash of the text itself stays as it is, so that paths stay paths, and what is made visible
twice is the same as once.
"""

import json
import re
from typing import Any, Final

from kepu_docs.errors.addresses import without_secrets

MOST_SHOWN: Final = 2_000
"""In characters, of one value in a message: more than any name, path or reason needs, and still a screen's worth."""

_EXCERPT: Final = 40
"""In characters, of a value that a message quotes."""

_CONTROLS: Final = "\x00-\x1f\x7f-\x9f"
_LINES: Final = "\u2028\u2029"
_SURROGATES: Final = "\ud800-\udfff"
# All of category Cf but the two joiners (see below): they turn the direction, or hide what stands there.
_FORMATS: Final = (
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
# What else is drawn as nothing: fillers, and joiners and selectors of scripts that no name here is written in.
_BLANKS: Final = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\uffa0"
_NONCHARACTERS: Final = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17)
)
# Emoji and variants of hanzi are written with these; but a row of them is not seen, and can carry a text.
_JOINERS: Final = "\u200c\u200d"
_SELECTORS: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"

_HIDDEN: Final = (
    f"{_LINES}{_SURROGATES}{_FORMATS}{_BLANKS}{_NONCHARACTERS}]"
    f"|(?<=[{_JOINERS}{_SELECTORS}])[{_SELECTORS}]|(?<=[{_JOINERS}])[{_JOINERS}]"
)
_unseen = re.compile(f"[{_CONTROLS}{_HIDDEN}")
_unseen_but_line_ends = re.compile(f"\r(?!\n)|[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f{_HIDDEN}")
# GitHub takes a line that begins with :: for a command, and ##[…] wherever it stands; Azure ##vso[…], TeamCity
# ##teamcity[…].
_command = re.compile(r"^([^\S\n]*):(?=:)|#(?=#\w*\[)", re.MULTILINE)
_SHORT: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(value: object, most: int = MOST_SHOWN) -> str:
    """Return a value on one line, cut after ``most`` characters, with escapes in place of what is not seen.

    Passwords in addresses are masked, see :func:`kepu_docs.errors.addresses.without_secrets`.
    """
    if type(value) is not str:
        try:
            value = str(value)
        except Exception:  # a stranger's object may raise anything, and a very long number raises too
            value = type(value).__name__
    text = without_secrets(value)
    if len(text) > most:
        text = text[: most - 1] + "…"
    return _unseen.sub(_escape, text)


def excerpt(text: str) -> str:
    """Return the begin of a text, as messages quote it: blanks other than the usual one are escapes too."""
    cut = text if len(text) <= _EXCERPT else text[:_EXCERPT] + "…"
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in cut)


def one_line(text: str) -> str:
    """Return a quotation on one line: line breaks and tabs as blanks, escapes in place of what is not seen."""
    return visible(" ".join(text.replace("\t", " ").splitlines()))


def harmless(text: str) -> str:
    """Return a finished text in which line ends alone are kept, and no line is a command to the log of a build."""
    text = _unseen_but_line_ends.sub(_escape, text)
    return _command.sub(_broken, text) if "::" in text or "##" in text else text


def seen(text: str) -> str:
    """Return a text of ours that may be long, such as a starter record, in which line ends alone are kept."""
    return _unseen_but_line_ends.sub(_escape, text)


def json_text(data: Any, indent: int | None = None) -> str:
    """Return data as JSON that says the same, with what is not seen written as escapes of JSON."""
    text = _unseen_but_line_ends.sub(_in_json, json.dumps(data, ensure_ascii=False, indent=indent))
    return re.sub(r"#(?=#\w*\[)", r"\\u0023", text) if "##" in text else text


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    number = ord(char)
    if char in _SHORT:
        return _SHORT[char]
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _in_json(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1] if found[0] != "\x7f" else "\\u007f"


def _broken(found: re.Match[str]) -> str:
    return "\\x23" if found[0] == "#" else f"{found[1]}\\x3a"
