r"""Untrusted text, made fit to be shown: on a terminal, in the log of a build, in a report.

Characters that are invisible, or that act when they are printed, are shown as readable escapes: ``\x1b``, ``\u202e``,
``\n``. A backslash of the text itself is not changed, so that paths stay paths, and applying this twice gives the same
result as once.
"""

import json
import re
from typing import Any, Final

from kepu_docs.errors.addresses import without_secrets

MOST_SHOWN: Final = 2_000
"""In characters, of one value in a message: longer than any name, path or reason, and still no more than a screen."""

_EXCERPT: Final = 40
"""In characters, of a value that a message quotes."""

_CONTROLS: Final = "\x00-\x1f\x7f-\x9f"
_LINES: Final = "\u2028\u2029"
_SURROGATES: Final = "\ud800-\udfff"
# All of category Cf except the two joiners (see below): they change the direction, or hide characters.
_FORMATS: Final = (
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
# Other invisible characters: fillers, and joiners and selectors of scripts that no name here is written in.
_BLANKS: Final = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\uffa0"
_NONCHARACTERS: Final = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17)
)
# Emoji and variants of hanzi need these; but a sequence of them is invisible, and can carry a hidden text.
_JOINERS: Final = "\u200c\u200d"
_SELECTORS: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"

_HIDDEN: Final = (
    f"{_LINES}{_SURROGATES}{_FORMATS}{_BLANKS}{_NONCHARACTERS}]"
    f"|(?<=[{_JOINERS}{_SELECTORS}])[{_SELECTORS}]|(?<=[{_JOINERS}])[{_JOINERS}]"
)
_unseen = re.compile(f"[{_CONTROLS}{_HIDDEN}")
_unseen_but_line_ends = re.compile(f"\r(?!\n)|[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f{_HIDDEN}")
_unseen_but_printable = re.compile(f"[{_BLANKS}{_SELECTORS}]")
# GitHub treats a line that begins with :: as a command, and ##[…] anywhere; Azure ##vso[…], TeamCity ##teamcity[…].
_command = re.compile(r"^([^\S\n]*):(?=:)|#(?=#\w*\[)", re.MULTILINE)
_SHORT: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(value: object, most: int = MOST_SHOWN) -> str:
    """Return a value on one line, cut after ``most`` characters, with escapes instead of invisible characters.

    Passwords in addresses are masked, see :func:`kepu_docs.errors.addresses.without_secrets`.
    """
    if type(value) is not str:
        try:
            value = str(value)
        except Exception:  # an object of a plugin may raise anything, and a very long number raises too
            value = type(value).__name__
    text = without_secrets(value)
    if len(text) > most:
        text = text[: most - 1] + "…"
    return text if _is_plain(text) else _unseen.sub(_escape, text)


def excerpt(text: str) -> str:
    """Return the beginning of a text, as messages quote it: blanks other than the ordinary space are escapes too."""
    cut = text if len(text) <= _EXCERPT else text[:_EXCERPT] + "…"
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in cut)


def one_line(text: str) -> str:
    """Return a quotation on one line: line breaks and tabs as spaces, escapes instead of invisible characters."""
    return visible(" ".join(text.replace("\t", " ").splitlines()))


def harmless(text: str) -> str:
    """Return a finished text in which only line ends are kept, and no line is a command to the log of a build."""
    text = _unseen_but_line_ends.sub(_escape, text)
    return _command.sub(_broken, text) if "::" in text or "##" in text else text


def seen(text: str) -> str:
    """Return a text of kepu-docs that may be long, such as a starter record, in which only line ends are kept."""
    return _unseen_but_line_ends.sub(_escape, text)


def json_text(data: Any, indent: int | None = None) -> str:
    """Return data as equivalent JSON, with invisible characters written as JSON escapes."""
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    if not _is_plain(text):
        text = _unseen_but_line_ends.sub(_in_json, text)
    return re.sub(r"#(?=#\w*\[)", r"\\u0023", text) if "##" in text else text


def _is_plain(text: str) -> bool:
    """Return whether nothing in a text needs an escape, by a look that costs a tenth of the search for what does."""
    return text.isprintable() and not _unseen_but_printable.search(text)


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
