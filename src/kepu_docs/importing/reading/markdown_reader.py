"""Markdown: CommonMark with tables, read into lines; what does not fit into lines (pictures, addresses) is noted.

Links and pictures are found by own patterns: the parser searches for the end of each bracket separately, and takes
minutes for a line that consists only of brackets.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from kepu_docs.errors import N_, DocumentError, Message, Place
from kepu_docs.importing.lines import CellCount, Cells, Content, Line, Note
from kepu_docs.importing.reading.characters import cleaned, stripped
from kepu_docs.importing.structure.numbering_marks import mark_of
from kepu_docs.reading.decoding import decode
from kepu_docs.typography.columns import width

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FULL_LINE: Final = 60
"""In columns; a line of this length may have been broken at a margin."""
_STOPS: Final = "。！？!?；;：:…"
_MOST_CHARACTERS: Final = 120_000
_MOST_LINES: Final = 10_000
"""The most lines of a file, without the pictures in it: its parser reads this many in a few seconds; a year's
summary has about a twentieth."""
_DEEPEST: Final = 20
_DEEPEST_INSIDE: Final = 100
"""The depth at which the parser stops and drops deeper content; the lists and quotations allowed need less."""

# More marks of lists and quotations than allowed, on one line or by its indent.
_nested = re.compile(
    rf"(?:[ \t]*(?:>|[-+*]|[0-9]{{1,9}}[.)])(?=[ \t>]|$)){{{_DEEPEST + 1}}}|[ \t]{{80}}[ \t]*(?:[-+*>]|[0-9])"
)
_line_end = re.compile("\r\n?")
_MOST_HEAD: Final = 50
_key = re.compile(r"\s*$|\s+\S|- |[A-Za-z_][\w\-]{0,40}:(?:\s|$)")
_tag = re.compile(r"(?<!\\)</?(?:p|div|center|br|span|font|b|strong|u|sup|sub)(?:\s[^<>\n]{0,200})?/?>", re.IGNORECASE)
"""HTML tags that only change the look of words."""
_definition = re.compile(r" {0,3}\[([^\[\]]{1,200})\]:[ \t]*+(\S++)(?:[ \t]++[\"'(]([^\"')]*+)[\"')])?[ \t]*+")
_link = re.compile(
    r"(?P<picture>!?)\[(?P<shown>[^\[\]]{0,500})\]"
    r"(?:\((?P<address>[^()\s]{0,2000})(?:[ \t]+\"(?P<title>[^\"]{0,500})\")?\)|\[(?P<label>[^\[\]]{1,200})\])"
)
_ESCAPED: Final = "\ufffc"
"""Replaces an escaped character while links are searched for."""


@cache
def _parser() -> "MarkdownIt":
    # Only callers that read Markdown wait for the import of its parser.
    from markdown_it import MarkdownIt

    # Indented lines are paragraphs here, as on paper. Escaped characters stay separate tokens.
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST_INSIDE}).enable("table")
    return parser.disable(["code", "reference", "link", "image", "text_join"])


def read_markdown(data: bytes, name: str) -> Content:
    """Return the content of a Markdown file.

    Raises ``RecordError`` for a file that is not text, ``DocumentError`` for one that is too long or too deep.
    """
    notes: list[Note] = []
    text = _line_end.sub("\n", cleaned(decode(data, name), name))
    source = _without_head(text.split("\n"), name, notes)
    source = [_tag.sub("", line) for line in _without_definitions(source, name, notes)]
    if sum(map(len, source)) > _MOST_CHARACTERS or len(source) > _MOST_LINES:
        why = N_("the file is too long for Markdown; at most {lines} lines and {characters} characters are allowed")
        raise DocumentError.at(Place(name), why, lines=_MOST_LINES, characters=_MOST_CHARACTERS)
    for number, line in enumerate(source, 1):
        if _nested.match(line):
            why = N_("lists and quotations are nested more than {limit} deep here")
            raise DocumentError.at(Place(name, number), why, limit=_DEEPEST)
    _count_cells(source, name)
    reader = _Reader(name, source, notes)
    reader.read(_parser().parse("\n".join(source)))
    return Content(name, reader.lines, notes)


def _count_cells(lines: Sequence[str], name: str) -> None:
    """Count as many cells as possible: all rows of a table, up to a blank line, are made as wide as its head."""
    count = CellCount(name)
    first = widest = 0
    for at, line in enumerate([*lines, ""]):
        if line.strip():
            widest = max(widest, line.count("|"))
            continue
        if widest:
            count.add(at - first, widest + 1, first + 1)
        first, widest = at + 1, 0


def _without_head(lines: list[str], name: str, notes: list[Note]) -> list[str]:
    """Return the lines with a front matter between two lines of dashes replaced by blank lines."""
    if lines[0].rstrip() != "---":
        return lines
    end = next((at for at, line in enumerate(lines[1:_MOST_HEAD], 1) if line.rstrip() == "---"), 0)
    if not end or not all(_key.match(line) for line in lines[1:end]):
        return lines
    why = Message(N_("the front matter of the file, which is left out"))
    notes += [Note(Place(name, at + 1), lines[at].strip(), why) for at in range(1, end) if lines[at].strip()]
    return [""] * (end + 1) + lines[end + 1 :]


def _without_definitions(lines: list[str], name: str, notes: list[Note]) -> list[str]:
    """Return the lines with definitions of link targets replaced by blank lines."""
    kept: list[str] = []
    for number, line in enumerate(lines, 1):
        found = _definition.fullmatch(line)
        kept.append("" if found else line)
        if found:
            _note_address(notes, found[2], found[3], Place(name, number))
    return kept


def _note_address(notes: list[Note], address: str | None, title: str | None, place: Place) -> None:
    """Note an address and its title; a picture embedded in the file has no address worth reading."""
    shown = " ".join(unquote(each) for each in (address, title) if each)
    if shown and not shown.startswith("data:"):
        notes.append(Note(place, shown, Message(N_("an address, which is left out"))))


class _Reader:
    """Makes lines from the tokens of one file."""

    def __init__(self, name: str, source: Sequence[str], notes: list[Note]) -> None:
        self._name = name
        self._source = source
        self.lines: list[Line] = []
        self.notes = notes
        self._numbers: list[list[str]] = []
        """For each open list: the number of its next entry, used once."""

    def read(self, tokens: Sequence["Token"]) -> None:
        """Process all tokens."""
        at = 0
        level: int | None = None
        while at < len(tokens):
            token = tokens[at]
            match token.type:
                case "heading_open":
                    level = int(token.tag[1:])
                case "heading_close":
                    level = None
                case "list_item_open":
                    self._numbers.append([f"{token.info}{token.markup}" if token.info else "•"])
                case "list_item_close":
                    self._numbers.pop()
                case "inline":
                    self._paragraph(token, level)
                case "fence" | "code_block":
                    first = token.map[0] if token.map else 0
                    if token.info.strip():
                        why = Message(N_("the name of a programming language, which is left out"))
                        self.notes.append(Note(Place(self._name, first + 1), token.info.strip(), why))
                    for number, text in enumerate(token.content.split("\n"), first + 2):
                        if stripped(text):
                            self.lines.append(Line(stripped(text), Place(self._name, number, 1), apart=True))
                case "table_open":
                    at = self._table(tokens, at)
                case _:
                    pass
            at += 1

    def _paragraph(self, token: "Token", level: int | None) -> None:
        number = self._numbers[-1].pop() if self._numbers and self._numbers[-1] else ""
        first = (token.map or [0])[0]
        apart = True
        for offset, (text, lead) in enumerate(self._pieces(token, first)):
            shown = stripped(text)
            if not shown:
                continue
            place = self._place(first + offset, shown)
            lead = min(max(lead - (len(text) - len(text.lstrip())), 0), len(shown))
            if not apart and self._goes_on(self.lines[-1], number, shown):
                joint = " " if self.lines[-1].text[-1].isascii() and shown[0].isascii() else ""
                before = self.lines[-1]
                self.lines[-1] = Line(
                    before.text + joint + shown, before.place, before.number, level, before.lead, apart=before.apart
                )
            else:
                self.lines.append(Line(shown, place, number, level, lead, apart=apart, is_listed=bool(number)))
                number = ""
            apart = False

    @staticmethod
    def _goes_on(before: Line, number: str, text: str) -> bool:
        """Return whether ``text`` continues the line before it, which an editor broke at its margin."""
        full = width(before.text) >= _FULL_LINE and before.text[-1] not in _STOPS
        return full and not number and mark_of(text) is None

    def _pieces(self, token: "Token", first: int) -> Iterator[tuple[str, int]]:
        """Yield the lines of a paragraph, and how many characters at the beginning of each are bold."""
        text, escaped, lead, bold = "", "", 0, 0
        for child in token.children or ():
            match child.type:
                case "softbreak" | "hardbreak":
                    yield self._unlinked(text, escaped, Place(self._name, first + 1)), lead
                    text, escaped, lead = "", "", 0
                case "strong_open":
                    bold += 1
                case "strong_close":
                    bold -= 1
                case _:
                    if bold and lead == len(text):
                        lead += len(child.content)
                    text += child.content
                    escaped += child.content if child.type == "text" else _ESCAPED * len(child.content)
        yield self._unlinked(text, escaped, Place(self._name, first + 1)), lead

    def _unlinked(self, text: str, escaped: str, place: Place) -> str:
        """Return ``text`` with only the visible part of its links; ``escaped`` is as long, without escaped signs."""
        if "](" not in escaped and "][" not in escaped:
            return text
        shown, at = "", 0
        for found in _link.finditer(escaped):
            inner = text[slice(*found.span("shown"))]
            shown += text[at : found.start()]
            at = found.end()
            if not found["picture"]:
                shown += inner
            elif inner:
                self.notes.append(Note(place, inner, Message(N_("a picture, which is left out"))))
            address = text[slice(*found.span("address"))] if found["address"] else None
            title = text[slice(*found.span("title"))] if found["title"] else None
            _note_address(self.notes, address, title, place)
        return shown + text[at:]

    def _place(self, line: int, text: str) -> Place:
        source = self._source[line] if line < len(self._source) else ""
        return Place(self._name, line + 1, max(source.find(text[0]), 0) + 1)

    def _table(self, tokens: Sequence["Token"], at: int) -> int:
        """Process a table, and return where it ends."""
        first = (tokens[at].map or [0])[0]
        rows: list[list[str]] = []
        while tokens[at].type != "table_close":
            if tokens[at].type == "tr_open":
                rows.append([])
            elif tokens[at].type == "inline":
                rows[-1].append(" ".join(stripped(text) for text, _ in self._pieces(tokens[at], first)).strip())
            at += 1
        self.lines.append(Line("", Place(self._name, first + 1, 1), apart=True, table=Cells(tuple(map(tuple, rows)))))
        return at
