"""An imported record as YAML: each fact with the sentence that it came from; at the end, what was not understood."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from kepu_docs.errors import N_, Message, Place, Translate
from kepu_docs.errors.visible import one_line
from kepu_docs.importing.lines import Note
from kepu_docs.importing.result import ImportedSummary, RecordPath
from kepu_docs.reading.records import WORD

_LONGEST_QUOTE: Final = 60

# Text that YAML reads only as text: it begins with a hanzi, or is the name of a section kind.
_plain = re.compile(
    "(?!(?:null|true|false|yes|no|on|off|y|n)$)[a-z][a-z_]{1,60}|[\u3400-\u9fff“‘《（][^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff:#]*"
)
# Characters that JSON leaves unescaped in a text, and YAML reads as a line break or refuses.
_break = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def record_text(summary: ImportedSummary, translate: Translate) -> str:
    """Return the record of an imported summary as YAML that loads to it, with comments in a language."""
    comments = {fact.path: _remark(fact.sentence, fact.place, fact.guess, translate) for fact in summary.facts}
    lines = [_comment(Message.of(N_("Imported from {file}."), file=summary.source.record).translated(translate))]
    lines += _mapping(summary.record, (), "", comments)
    for title, notes in (
        (N_("What was not understood, or has no place in a record:"), summary.unclear),
        (N_("Text around the document that was left out:"), summary.stripped),
    ):
        if notes:
            lines += ["", _comment(translate(title))]
            lines += [_comment(f"- {note_text(note, translate)}") for note in notes]
    return "\n".join(lines) + "\n"


def _comment(text: str, indent: str = "") -> str:
    """Return a comment line; all comments are written here, so that no words of a document begin a line."""
    return f"{indent}# {one_line(text)}"


def note_text(note: Note, translate: Translate) -> str:
    """Return a note on one line: its place, the words, the reason."""
    return _remark(note.text, note.place, note.why, translate)


def _remark(text: str, place: Place, why: Message | None, translate: Translate) -> str:
    """Return a place, words, and a reason, on one line; each may be missing."""
    line = where(place, translate)
    if text:
        quoted = N_("{place}, “{words}”") if line else N_("“{words}”")
        line = Message.of(quoted, place=line, words=short(text)).translated(translate)
    if why is not None:
        reason = why.translated(translate)
        line = Message.of(N_("{where}: {reason}"), where=line, reason=reason).translated(translate) if line else reason
    return one_line(line)


def where(place: Place, translate: Translate) -> str:
    """Return a place in a document, for people; nothing if it is not known."""
    if place.line is None:
        return ""
    counted = N_("paragraph {number}") if place.record.lower().endswith(WORD) else N_("line {number}")
    return Message.of(counted, number=place.line).translated(translate)


def short(text: str) -> str:
    """Return the beginning of a text, on one line."""
    return one_line(text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…")


def _mapping(
    data: Mapping[str, Any], path: RecordPath, indent: str, comments: Mapping[RecordPath, str]
) -> Iterator[str]:
    for key, value in data.items():
        here = (*path, key)
        if here in comments:
            yield _comment(comments[here], indent)
        yield from _entry(f"{indent}{_scalar(key)}:", value, here, indent + "  ", comments)


def _entry(lead: str, value: Any, path: RecordPath, indent: str, comments: Mapping[RecordPath, str]) -> Iterator[str]:
    match value:
        case Mapping() if value:
            yield lead
            yield from _mapping(value, path, indent, comments)
        case list() if (value and not all(isinstance(each, str) for each in value)) or _is_long(value):
            yield lead
            yield from _list(value, path, indent, comments)
        case list():
            yield f"{lead} [{', '.join(_scalar(each, flow=True) for each in value)}]"
        case _:
            yield f"{lead} {_scalar(value)}"


def _list(value: list[Any], path: RecordPath, indent: str, comments: Mapping[RecordPath, str]) -> Iterator[str]:
    for place, each in enumerate(value):
        here = (*path, place)
        if here in comments:
            yield _comment(comments[here], indent)
        if isinstance(each, Mapping) and each:
            lines = list(_mapping(each, here, indent + "  ", comments))
            first = next(at for at, line in enumerate(lines) if not line.lstrip().startswith("#"))
            yield from lines[:first]
            yield f"{indent}- {lines[first].lstrip()}"
            yield from lines[first + 1 :]
        else:
            yield from _entry(f"{indent}-", each, here, indent + "  ", comments)


def _is_long(value: list[Any]) -> bool:
    return sum(len(each) for each in value if isinstance(each, str)) > 60 or any(
        not isinstance(each, str) for each in value
    )


def _scalar(value: Any, *, flow: bool = False) -> str:
    if isinstance(value, str):
        plain = _plain.fullmatch(value) and not value.endswith(" ") and not (flow and re.search(r"[\[\]{},]", value))
        return value if plain else _break.sub(_escaped, json.dumps(value, ensure_ascii=False))
    return json.dumps(value, ensure_ascii=False)


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
