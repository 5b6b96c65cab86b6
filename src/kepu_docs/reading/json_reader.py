"""JSON to plain data; the places of its values are found in a second pass that only messages need.

A record without faults is read by the decoder alone. If the decoder meets anything else, the text is read again token
by token, so that the message can say what is wrong and where.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from math import isinf
from typing import Any, Final

from kepu_docs.errors import N_, Fault, Message, Place, RecordError
from kepu_docs.errors.visible import excerpt
from kepu_docs.reading.decoding import refuse_characters
from kepu_docs.reading.spots import (
    MAX_DEPTH,
    MAX_DIGITS,
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

# A string (also an unclosed one), a sign, or anything else without white space. The possessive
# quantifiers keep the time linear.
_token = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}:,]|[^\s\[\]{}:,"]+', re.DOTALL)
_forbidden = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_too_many_digits = re.compile(rf"-?[0-9]{{{MAX_DIGITS + 1}}}")
_FULL_WIDTH: Final = "，：“”‘’｛｝［］＂＇、；"

# The decoder's messages and ours; {found} is the text at the place.
_SENTENCES: Final = {
    "Expecting property name": N_("expected a key in double quotes, found {found}"),
    "Expecting ':' delimiter": N_("expected a colon after the key, found {found}"),
    "Expecting ',' delimiter": N_("expected a comma or the closing bracket, found {found}"),
    "Expecting value": N_(
        'expected a value (text in double quotes, a number, true, false, null, [ or {{"), found {found}'
    ),
    "Unterminated string": N_("the quotation mark opened here is never closed"),
    "Invalid control character": N_("a line break or tab inside quotes; write \\n or \\t"),
    "Invalid \\": N_("a backslash in text begins a special character; for a literal backslash, write two"),
    "Extra data": N_("the record is complete before this point; found {found} after it"),
    "Illegal trailing comma": N_("a comma before the closing bracket; remove it"),
}


def parse(text: str, name: str) -> Parsed:
    """Return the data of a JSON text, or raise ``RecordError`` with its faults."""
    locator = cache(lambda: _Locator(text))
    faultless = _faultless(text)
    if faultless is not None:
        return Parsed(faultless, lambda: locator().root)
    refuse_characters(text, _forbidden, name)
    if not text.strip():
        require_mapping(None, Position(1, 1).place(name))
    _check_limits(text, name)
    repeats = False

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeats
        found = dict(items)
        if len(found) < len(items):
            repeats = True
            found = dict(reversed(items))  # the first value of a repeated key stays, as in the places
        return found

    try:
        value = json.loads(text, object_pairs_hook=pairs)
    except json.JSONDecodeError as error:
        raise RecordError([_explain(error, text, name)]) from None
    place = Lines(text).position(len(text) - len(text.lstrip())).place(name)
    data = require_mapping(value, place)
    found = locator().repeats[:MAX_FAULTS] if repeats else []
    faults = tuple(repeated(again.place(name), key, first) for key, first, again in found)
    return Parsed(data, lambda: locator().root, faults)


def _faultless(text: str) -> dict[str, Any] | None:
    """Return the data of a record without faults, ``None`` for any other record."""
    try:
        data = _strict.decode(text)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) and _is_within_limits(data) else None


def _is_within_limits(data: dict[str, Any]) -> bool:
    """Return whether ``data`` is within the limits of depth and of the number of values."""
    depth, nodes = 0, 1
    level: list[dict[str, Any] | list[Any]] = [data]
    while level:
        depth += 1
        nodes += sum([2 * len(each) if type(each) is dict else len(each) for each in level])
        if depth > MAX_DEPTH or nodes > MAX_NODES:
            return False
        level = [
            part
            for each in level
            for part in (each.values() if type(each) is dict else each)
            if type(part) is dict or type(part) is list
        ]
    return True


def _unrepeated(items: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(items)
    if len(found) < len(items):
        raise ValueError("a key stands twice")
    return found


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError("a number too long")
    return int(digits)


def _finite(number: str) -> float:
    value = float(number)
    if isinf(value) or len(number) > MAX_DIGITS:
        raise ValueError("a number too large or too long")
    return value


def _constant(name: str) -> float:
    raise ValueError(f"{name} is no number")


# It refuses everything that a record must not have, in any order, including forbidden characters.
_strict = json.JSONDecoder(
    object_pairs_hook=_unrepeated, parse_int=_whole, parse_float=_finite, parse_constant=_constant
)


def _check_limits(text: str, name: str) -> None:
    """Refuse text that would exhaust the decoder, and numbers that JSON or Python do not have."""
    depth = nodes = 0
    for token in _token.finditer(text):
        word = token[0]
        first = word[0]
        if first in ",:":
            continue
        if first in "]}":
            depth -= 1
            continue
        nodes += 1
        fault: Callable[[Place], Fault] | None = None
        if first in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                fault = too_deep
        elif first != '"' and not _is_number_or_word(word):
            fault = partial(no_number, found=word)
        if nodes > MAX_NODES:
            fault = too_many
        if fault is not None:
            raise RecordError([fault(Lines(text).position(token.start()).place(name))])


def _is_number_or_word(word: str) -> bool:
    """Return whether ``word`` is acceptable: not one of the numbers that a record cannot have."""
    if word in ("NaN", "Infinity", "-Infinity") or _too_many_digits.match(word):
        return False
    if "e" in word or "E" in word:
        try:
            return not isinf(float(word))
        except ValueError:
            return True  # true, false, or a word that the decoder will refuse
    return True


def _explain(error: json.JSONDecodeError, text: str, name: str) -> Fault:
    lines = Lines(text)
    place = lines.position(error.pos).place(name)
    character = text[error.pos : error.pos + 1]
    if character and character in _FULL_WIDTH:
        full_width = N_("“{sign}” is a full-width sign; JSON needs the half-width one here")
        return Fault(place, full_width, (("sign", character),))
    # Since Python 3.13 this error is placed at the comma, before that at the bracket after it.
    before = text[: error.pos].rstrip()
    if character in ("]", "}") and before.endswith(","):
        place = lines.position(len(before) - 1).place(name)
        return Fault(place, _SENTENCES["Illegal trailing comma"])
    found = f"“{excerpt(character)}”" if character else Message(N_("the end of the file"))
    for words, sentence in _SENTENCES.items():
        if error.msg.startswith(words):
            return Fault(place, sentence, (("found", found),))
    return Fault(place, "this is not valid JSON: {problem}", (("problem", error.msg),))


@dataclass(slots=True)
class _Open:
    spot: Spot
    mapping: bool
    key: str | None = None
    key_position: Position | None = None


class _Locator:
    """Finds the place of each key and value of a JSON text that was read without error before."""

    def __init__(self, text: str) -> None:
        self.root = Spot(Position(1, 1))
        self.repeats: list[tuple[str, Position, Position]] = []
        """Each key that is repeated in its mapping: the key, its first place, and the place of the repetition."""
        self._stack: list[_Open] = []
        lines = Lines(text)
        for token in _token.finditer(text):
            self._take(token[0], lines.position(token.start()))

    def _take(self, word: str, at: Position) -> None:
        top = self._stack[-1] if self._stack else None
        if word in (",", ":"):
            return
        if word in ("]", "}"):
            self._stack.pop()
        elif top is not None and top.mapping and top.key is None:
            self._take_key(top, json.loads(word), at)
        else:
            spot = Spot(at, top.key_position if top else None)
            self._attach(top, spot)
            if word in ("[", "{"):
                self._stack.append(_Open(spot, word == "{"))

    def _take_key(self, top: _Open, key: str, at: Position) -> None:
        first = top.spot.children.get(key)
        if first is not None and first.key is not None:
            self.repeats.append((key, first.key, at))
        top.key, top.key_position = key, at

    def _attach(self, top: _Open | None, spot: Spot) -> None:
        if top is None:
            self.root = spot
        elif top.key is None:
            top.spot.children[len(top.spot.children)] = spot
        else:
            top.spot.children.setdefault(top.key, spot)
            top.key = top.key_position = None
