"""Text inside a block, escaped so that a reader of the rendered page sees it as typed.

The rules are those of CommonMark 0.31 and GitHub Flavored Markdown. Only what would be read as markup gets a
backslash, so that ordinary text stays readable in the source. Text holds no line breaks and no white space at its
ends (the schema's text rule), and every paragraph is one line; a setext heading, an indented code block or a table
can therefore never arise from text.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

# Escaped wherever they are:
#   a backslash, a back-tick, the bracket that opens a link, image, footnote, reference or task box
#   "<" that may begin a tag, comment, declaration or an address in angle brackets; "100<200" stays
#   "&" that begins a character reference
#   "_" unless it is inside a word, where it never means emphasis
_ALWAYS = re.compile(
    r"[\\`\[]"
    r"|<(?=[A-Za-z/!?]|[^\s<>]*@)"
    r"|&(?=#?[A-Za-z0-9]+;)"
    r"|(?<![^\W_])_|_(?![^\W_])"
)

# These work in pairs: emphasis, strike-through, and the formulas that GitHub and others read between dollar signs.
# One alone means nothing, so "3*5" and "3~5天" stay as they are.
_PAIRED = "*~$"

# What makes a block when it begins a line: a heading, a quotation, a list entry, a thematic break.
_BLOCK_START = re.compile(r"\A(?:(#{1,6}(?= |$)|>|[-+*](?= |$)|-(?=-))|([0-9]{1,9})([.)])(?= |$))")

_CLOSED = re.compile(r"(?<![”’）》」』】〕)])[”’）》」』】〕)]++(?=[。：；，、！？.,:;!?])")

_LINK_START = re.compile(r"(?i)(https?|ftp)(?=://)|www(?=\.)")


def escape(text: str, *, alone: bool = True) -> str:
    """Return ``text`` for use inside a line.

    ``alone`` says that no other text shares its inline content; otherwise a single ``*`` might find its partner there.
    """
    if _is_plain(text):
        return text
    escaped = _ALWAYS.sub(r"\\\g<0>", text)
    for mark in _PAIRED:
        if text.count(mark) > (1 if alone else 0):
            escaped = escaped.replace(mark, "\\" + mark)
    return _unlink_escaped(escaped)


def _is_plain(text: str) -> bool:
    """Return whether ``text`` has no character that ``escape`` looks for: true for most texts, and quick to check."""
    return not (
        "_" in text
        or "*" in text
        or "[" in text
        or "<" in text
        or "&" in text
        or "~" in text
        or "$" in text
        or "`" in text
        or "\\" in text
    )


def line(text: str) -> str:
    """Return ``text`` for use as a whole paragraph or list entry."""
    return _escape_start(escape(text))


def heading(text: str) -> str:
    """Return ``text`` as the content of an ATX heading, where closing ``#`` signs would otherwise be lost."""
    escaped = escape(text)
    return _unlink_escaped(escaped[:-1] + r"\#") if escaped.endswith("#") else escaped


def cell(text: str) -> str:
    """Return ``text`` as the content of a table cell."""
    return escape(text).replace("|", r"\|")


def cells(texts: Sequence[str]) -> Iterable[str]:
    """Return ``texts`` as the contents of table cells; one check of the whole row shows if it needs no escaping."""
    joined = "".join(texts)
    return texts if _is_plain(joined) and "|" not in joined else map(cell, texts)


def alternative(text: str) -> str:
    """Return ``text`` as the description of an image."""
    return _unlink_escaped(escape(text).replace("]", r"\]"))


def led(lead: str, text: str) -> str:
    """Return a paragraph or list entry that begins with a bold ``lead``.

    Punctuation at the end of the lead stays outside the bold: CommonMark does not close ``**`` between a punctuation
    mark and a letter, as in ``**活动。**全年``.
    """
    end = _bold_end(lead)
    tail = escape(lead[end:] + text)
    if end == 0:
        return _escape_start(tail)
    # An address would run on into the asterisks that end the bold.
    return f"**{_unlink(escape(lead[:end], alone=False))}**{tail}"


def _bold_end(lead: str) -> int:
    """Return where the bold of ``lead`` may end: after its last letter or digit and the closing marks that follow it.

    A closing mark stays in the bold only if a stop follows: ``**`` also closes between two punctuation marks.
    """
    end = len(lead)
    while end and unicodedata.category(lead[end - 1])[0] not in "LN":
        end -= 1
    while 0 < end < len(lead) and unicodedata.category(lead[end])[0] == "M":
        end += 1
    closed = _CLOSED.match(lead, end)
    return closed.end() if end and closed else end


def _escape_start(escaped: str) -> str:
    if escaped[:1] > "~":  # a hanzi begins no block
        return escaped
    return _BLOCK_START.sub(_escape_block_start, escaped)


def _escape_block_start(match: re.Match[str]) -> str:
    sign, number, point = match.groups()
    return f"\\{sign}" if sign else f"{number}\\{point}"


def _unlink_escaped(text: str) -> str:
    """Keep bare addresses that hold a backslash from becoming links.

    GitHub shows a bare address as written in the source, backslashes included.
    """
    if "\\" not in text:
        return text
    return " ".join(_unlink(word) if "\\" in word else word for word in text.split(" "))


def _unlink(text: str) -> str:
    return _LINK_START.sub(r"\g<0>\\", text)
