"""Markdown: CommonMark with tables, read into lines; what has no place in a line (pictures, addresses) is noted."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from kepu_docs.errors import N_, DocumentError, Message, Place
from kepu_docs.importing.lines import Cells, Content, Line, Note
from kepu_docs.importing.marks import mark_of
from kepu_docs.importing.reading.characters import cleaned, columns, stripped
from kepu_docs.pipeline.reading.decoding import decode

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FULL_LINE: Final = 60
"""Columns: a line that long may have been broken at a margin."""
_STOPS: Final = "。！？!?；;：:…"
_LONGEST_LINE: Final = 100_000
"""Characters on one line; the time that Markdown takes may grow faster than a line does."""
_DEEPEST: Final = 20
_DEEPEST_INSIDE: Final = 100
"""Where its parser stops to look, and drops what lies deeper; the lists and quotations allowed need fewer."""

# More marks of lists and quotations than are allowed, in one line or by its indent.
_nested = re.compile(
    rf"(?:[ \t]*(?:>|[-+*]|[0-9]{{1,9}}[.)])(?=[ \t>]|$)){{{_DEEPEST + 1}}}|[ \t]{{80}}[ \t]*(?:[-+*>]|[0-9])"
)


@cache
def _parser() -> "MarkdownIt":
    # Only who reads Markdown waits for its parser.
    from markdown_it import MarkdownIt

    # Lines that are indented are paragraphs here, as they are on paper.
    return MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST_INSIDE}).enable("table").disable("code")


def read_markdown(data: bytes, name: str) -> Content:
    """Return what a Markdown file holds. Raises ``RecordError`` for what is no text."""
    text = cleaned(decode(data, name), name)
    for number, line in enumerate(text.split("\n"), 1):
        if _nested.match(line):
            deep = N_("lists and quotations are nested more than {limit} deep here")
            raise DocumentError.at(Place(name, number), deep, limit=_DEEPEST)
        if len(line) > _LONGEST_LINE:
            raise DocumentError.at(
                Place(name, number),
                N_("a line of {length} characters; in Markdown at most {limit} are allowed"),
                length=len(line),
                limit=_LONGEST_LINE,
            )
    reader = _Reader(name, text.split("\n"))
    references: dict[str, Any] = {}
    reader.read(_parser().parse(text, references))
    for reference in (*references.get("references", {}).values(), *references.get("duplicate_refs", ())):
        reader.note_address(reference["href"], reference["title"], Place(name, reference["map"][0] + 1))
    return Content(name, reader.lines, reader.notes)


class _Reader:
    """Makes lines of the tokens of one file."""

    def __init__(self, name: str, source: Sequence[str]) -> None:
        self._name = name
        self._source = source
        self.lines: list[Line] = []
        self.notes: list[Note] = []
        self._numbers: list[list[str]] = []
        """Of each list that is open: what numbers its next entry, once."""

    def read(self, tokens: Sequence["Token"]) -> None:
        """Take all tokens."""
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
                        why = Message(N_("the name of a language, which is not taken over"))
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
        """Tell whether ``text`` goes on with the line before it, which an editor broke at its margin."""
        full = columns(before.text) >= _FULL_LINE and before.text[-1] not in _STOPS
        return full and not number and mark_of(text) is None

    def _pieces(self, token: "Token", first: int) -> Iterator[tuple[str, int]]:
        """Yield the lines of a paragraph, and how much of each is bold from its begin on."""
        text, lead, bold = "", 0, 0
        for child in token.children or ():
            match child.type:
                case "softbreak" | "hardbreak":
                    yield text, lead
                    text, lead = "", 0
                case "strong_open":
                    bold += 1
                case "strong_close":
                    bold -= 1
                case "image":
                    place = Place(self._name, first + 1)
                    self.notes.append(Note(place, child.content, Message(N_("a picture, which is not taken over"))))
                    self.note_address(child.attrs.get("src"), child.attrs.get("title"), place)
                case "link_open":
                    if child.info != "auto":
                        place = Place(self._name, first + 1)
                        self.note_address(child.attrs.get("href"), child.attrs.get("title"), place)
                case _:
                    if bold and lead == len(text):
                        lead += len(child.content)
                    text += child.content
        yield text, lead

    def note_address(self, address: object, title: object, place: Place) -> None:
        """Note an address and its title; that of a picture within the file is nothing to be read."""
        shown = " ".join(unquote(str(each)) for each in (address, title) if each)
        if shown and not shown.startswith("data:"):
            self.notes.append(Note(place, shown, Message(N_("an address, which is not taken over"))))

    def _place(self, line: int, text: str) -> Place:
        source = self._source[line] if line < len(self._source) else ""
        return Place(self._name, line + 1, max(source.find(text[0]), 0) + 1)

    def _table(self, tokens: Sequence["Token"], at: int) -> int:
        """Take a table, and return where it ends."""
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
