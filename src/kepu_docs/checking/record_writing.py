"""Mistakes in typing YAML records: a sign that cuts off a sentence, quotation marks that YAML does not know."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from kepu_docs.checking.places import TextPlaces
from kepu_docs.contract.checks import Check, Finding, Subject
from kepu_docs.errors import N_, Message, Place
from kepu_docs.schema.written import FieldText

CUT: Final = "cut-text"
QUOTED: Final = "quoted-value"
_SYNTAX: Final = "yaml"
_PROSE: Final = frozenset({"narrative", "opening", "closing"})
"""Fields whose single text contains sentences; the other such fields are lists of texts."""

_comment = re.compile(r"[ \t]+#([^\r\n]*)")
_number_of_something = re.compile(r"[0-9]")
_topic = re.compile(r"[^ \t#][^#]{0,40}#")
_exception = re.compile(r"\s*kepu:")
_last = re.compile(r"[。！？…；]\s*$")
_ended = re.compile(r"[。！？…；：][”’」）]?$")
_quoted = re.compile('[“”"][^“”"]+[“”"]|[‘’][^‘’]+[‘’]')


class Written(NamedTuple):
    """A mistake in the text of a record: the rule, the field, and the place if it is not the place of the field."""

    rule: str
    path: tuple[str | int, ...]
    message: Message
    place: Place
    words: str = ""
    right: str | None = None


def _nothing(subject: Subject) -> Iterable[Finding]:
    return ()


CHECKS: Final = (
    Check(
        CUT,
        "warning",
        N_("Sentences that YAML cuts off at a # after a space: 开展 #科普进社区# 活动; the rest counts as a comment."),
        N_("YAML treats the rest as a comment; the document would show half of the sentence."),
        _nothing,
    ),
    Check(
        QUOTED,
        "warning",
        N_("YAML values entirely in curly quotation marks, which were meant as YAML's own quotes: title: “…”."),
        N_("YAML only recognises straight quotation marks; curly ones are part of the text and would be printed."),
        _nothing,
    ),
)
"""Rules about the text of a record's file; plugins do not see it."""


def written_mistakes(places: TextPlaces, texts: Iterable[FieldText]) -> Iterator[Written]:
    """Yield the mistakes in how the texts of a record are typed; none for a record that is not YAML."""
    if places.syntax != _SYNTAX:
        return
    has_comments = " #" in places.text or "\t#" in places.text
    for field in texts:
        is_quoted = _quoted.fullmatch(field.text) is not None
        if not has_comments and not is_quoted:
            continue
        spelling, _, _ = places.spelling(field.path, field.text)
        if spelling is None or spelling.quote:
            continue
        start, end = spelling.span(0, len(field.text))
        comment = _comment.match(places.text, end)
        if comment and _is_cut(field, comment[1]):
            at = places.text.index("#", comment.start())
            position = places.lines.position(at)
            known = places.place(field.path, field.text, 0, len(field.text))
            place = Place(known.record, places.below(position.line), position.column, known.field)
            text = N_("YAML treats what follows # as a comment; put the text in quotation marks")
            yield Written(CUT, field.path, Message(text), place)
        if is_quoted and _is_whole(places.text, start, end):
            text = N_("these quotation marks are part of the text; YAML needs straight ones or none")
            place = places.place(field.path, field.text, 0, len(field.text))
            yield Written(QUOTED, field.path, Message(text), place, field.text, field.text[1:-1])


def _is_cut(field: FieldText, comment: str) -> bool:
    """Return whether the comment after a text is part of what the writer meant to write."""
    if _exception.match(comment):
        return False
    if _number_of_something.match(comment) or _topic.match(comment):
        return True  # 三号楼 #302室, #科普进社区#
    is_prose = isinstance(field.path[-1], int) or field.path[-1] in _PROSE
    return is_prose and _last.search(comment) is not None and _ended.search(field.text) is None


def _is_whole(text: str, start: int, end: int) -> bool:
    """Return whether a value is alone on its line and not a block, in which a paragraph may be a quotation."""
    before = text[text.rfind("\n", 0, start) + 1 : start].rstrip()
    return before.endswith((":", "-", ",", "[", "{"))
