"""TOML to plain data, and the places of its values."""

import re
import tomllib
from math import isfinite
from typing import Any, Final

from kepu_docs.errors import N_, Fault, Message, Place, RecordError
from kepu_docs.errors.visible import excerpt
from kepu_docs.reading.decoding import refuse_characters
from kepu_docs.reading.spots import (
    MAX_DEPTH,
    MAX_FAULTS,
    MAX_NODES,
    Lines,
    Parsed,
    Position,
    Spot,
    no_number,
    repeated,
    require_mapping,
    too_deep,
    too_many,
)
from kepu_docs.reading.toml_places import locate

_forbidden = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_where = re.compile(r"(?P<problem>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL)
_FULL_WIDTH: Final = "＝：:，“”‘’［］｛｝＂＇"

# tomllib's messages and ours; {found} is the text at the place.
_SENTENCES: Final = {
    "Invalid statement": N_("expected “key = value” or a “[table]”, found {found}; keys other than a-z need quotes"),
    "Expected ']": N_("a “[” is not closed, found {found}"),
    "Expected '=' after a key": N_("expected “=” after the key, found {found}"),
    "Invalid initial character for a key part": N_("expected a key, found {found}; keys other than a-z need quotes"),
    "Invalid value": N_("expected a value, found {found}; text must be in quotes"),
    "Expected newline or end of document": N_(
        "the value is complete before this point, found {found} after it; text must be in quotes"
    ),
    "Unterminated string": N_("a quotation mark is opened but not closed"),
    "Expected \"'": N_("a quotation mark is opened but not closed"),
    "Unclosed array": N_("a “[” is not closed, or a comma is missing"),
    "Unclosed inline table": N_("a “{{” is not closed, or a comma is missing"),
    "Illegal character": N_("a line break or tab inside quotes; use three quotes for text of several lines"),
    "Escaped character": N_("a backslash in \"double quotes\" begins a special character; use 'single quotes'"),
    "Found invalid character": N_("a line break or tab inside quotes; use three quotes for text of several lines"),
    "Unescaped '\\'": N_("a backslash in \"double quotes\" begins a special character; use 'single quotes'"),
    "Invalid hex value": N_("a backslash in \"double quotes\" begins a special character; use 'single quotes'"),
    "Cannot overwrite a value": N_("a key is written a second time"),
    "Cannot declare": N_("a table is written a second time"),
    "Cannot mutate": N_("a table or list that is already complete is written a second time"),
    "Cannot redefine": N_("a table is written a second time"),
    "Duplicate inline table key": N_("a key is written a second time"),
    "Invalid date": N_("there is no such date"),
}


def parse(text: str, name: str) -> Parsed:
    """Return the data of a TOML text, or raise ``RecordError`` with its faults.

    Dates without quotes become ``datetime.date`` (and times what ``tomllib`` makes of them).
    """
    refuse_characters(text, _forbidden, name)
    # Places are found first, without recursion; this refuses text that would exhaust tomllib's recursion.
    places = locate(text, name)
    try:
        data = tomllib.loads(text)
    except ValueError as error:
        if places.repeats and re.match("Cannot|Duplicate", str(error)):
            faults = [repeated(again.place(name), key, first) for key, first, again in places.repeats[:MAX_FAULTS]]
            raise RecordError(faults) from None
        raise RecordError([_explain(error, text, name)]) from None
    root = places.root
    require_mapping(data or None, root.value.place(name))
    _check_limits(data, root, name)
    return Parsed(data, lambda: root)


def _check_limits(data: dict[str, Any], root: Spot, name: str) -> None:
    """Refuse infinities, NaN, and data that is too deep or too large; uses a stack instead of recursion."""
    nodes = 0
    stack: list[tuple[Any, Spot, int]] = [(data, root, 1)]
    while stack:
        value, spot, depth = stack.pop()
        place = spot.value.place(name)
        nodes += 1
        if nodes > MAX_NODES:
            raise RecordError([too_many(place)])
        if isinstance(value, float) and not isfinite(value):
            raise RecordError([no_number(place, value)])
        if isinstance(value, dict | list):
            if depth > MAX_DEPTH:
                raise RecordError([too_deep(place)])
            entries = value.items() if isinstance(value, dict) else enumerate(value)
            nodes += len(value) if isinstance(value, dict) else 0
            stack.extend((child, spot.children.get(step, spot), depth + 1) for step, child in entries)


def _explain(error: ValueError, text: str, name: str) -> Fault:
    parts = _where.fullmatch(str(error))
    if parts is None:
        return Fault(Place(name), "this is not valid TOML: {problem}", (("problem", str(error)),))
    at = Lines(text).position(len(text))
    found: str | Message = Message(N_("the end of the file"))
    character = ""
    if parts["line"]:
        at = Position(int(parts["line"]), int(parts["column"]))
        character = text.replace("\r\n", "\n").split("\n")[at.line - 1][at.column - 1 : at.column]
        found = f"“{excerpt(character)}”" if character.strip() else Message(N_("the end of the line"))
    if character and character in _FULL_WIDTH:
        sign = N_("“{sign}” is not allowed here; TOML needs half-width signs, and “=” between key and value")
        return Fault(at.place(name), sign, (("sign", character),))
    for words, sentence in _SENTENCES.items():
        if parts["problem"].startswith(words):
            return Fault(at.place(name), sentence, (("found", found),))
    return Fault(at.place(name), "this is not valid TOML: {problem}", (("problem", parts["problem"]),))
