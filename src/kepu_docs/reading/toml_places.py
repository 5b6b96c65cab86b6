"""The places of the keys and values of a TOML text, which ``tomllib`` does not give.

This reads tokens, not values. At an unexpected token it stops with what it has: ``tomllib`` then reports the error, and
a value without its own place has that of the table it is in.
"""

import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from typing import Final, NamedTuple

from kepu_docs.errors import RecordError
from kepu_docs.reading.spots import (
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_NODES,
    Lines,
    Position,
    Spot,
    no_number,
    too_deep,
    too_many,
)

# Strings (also unclosed ones), comments, signs, line ends, words. Possessive quantifiers keep the
# time linear.
_token = re.compile(
    r'''
      """ [^"\\]*+ (?: (?: \\. | "{1,2}(?!") ) [^"\\]*+ )*+ (?: "{3,5} | \Z )?
    | \'\'\' (?: [^\']++ | \'{1,2}(?!\') )*+ (?: \'{3,5} | \Z )?
    | " [^"\\\n]*+ (?: \\. [^"\\\n]*+ )*+ "?
    | \' [^\'\n]*+ \'?
    | \#[^\n]*+
    | [\[\]{}=,.\n]
    | [^\s\[\]{}=,.#"\']++
    ''',
    re.VERBOSE | re.DOTALL,
)
_SIGNS: Final = frozenset("[]{}=,.\n")


class Places(NamedTuple):
    """The spots of a text, and its repeated keys: the key, its first place, and the place of the repetition."""

    root: Spot
    repeats: list[tuple[str, Position, Position]]


class _Token(NamedTuple):
    text: str
    at: Position


class _UnexpectedError(Exception):
    """A token that is not allowed at its place."""


def locate(text: str, name: str) -> Places:
    """Return the places of everything; raise ``RecordError`` for text that is nested too deep or has too much."""
    reader = _Reader(_tokens(text, name))
    with suppress(_UnexpectedError):
        reader.read()
    return reader.places


def _tokens(text: str, name: str) -> Iterator[_Token]:
    """Return the tokens without comments, or raise ``RecordError`` for text that would exhaust ``tomllib``."""
    lines = Lines(text)
    found = []
    depth = parts = 0
    for match in _token.finditer(text):
        word = match[0]
        if word[0] == "#":
            continue
        at = lines.position(match.start())
        if word in ("[", "{"):
            depth += 1
        elif word in ("]", "}"):
            depth -= 1
        # Parts of a dotted key: each makes a table in a table.
        parts = parts + 1 if word == "." else parts if word not in _SIGNS else 0
        if max(depth, parts) > MAX_DEPTH:
            raise RecordError([too_deep(at.place(name))])
        if len(word) > MAX_DIGITS and word[0] in "+-0123456789":
            raise RecordError([no_number(at.place(name), word)])
        found.append(_Token(word, at))
        if len(found) > 3 * MAX_NODES:
            raise RecordError([too_many(at.place(name))])
    return iter(found)


class _Reader:
    """Reads statements one after another; ``_next`` is the token not yet taken, ``None`` at the end."""

    def __init__(self, tokens: Iterator[_Token]) -> None:
        self.places = Places(Spot(Position(1, 1)), [])
        self._tokens = tokens
        self._next = next(tokens, None)
        self._lists: set[int] = set()
        """The ids of the spots that [[header]]s made; the spots live as long as the reader."""
        self._declared: set[int] = set()
        """The ids of the spots of tables that have their own [header]."""

    def read(self) -> None:
        table = self.places.root
        while self._next is not None:
            if self._next.text == "\n":
                self._take()
            elif self._next.text == "[":
                table = self._header()
            else:
                self._pair(table)
                if self._next is not None:
                    self._take("\n")

    def _take(self, *expected: str) -> _Token:
        token = self._next
        if token is None or (expected and token.text not in expected):
            raise _UnexpectedError
        self._next = next(self._tokens, None)
        return token

    def _follows(self, text: str) -> bool:
        return self._next is not None and self._next.text == text

    def _skip_lines(self) -> None:
        while self._follows("\n"):
            self._take()

    def _key(self) -> list[_Token]:
        parts = [self._key_part()]
        while self._follows("."):
            self._take()
            parts.append(self._key_part())
        return parts

    def _key_part(self) -> _Token:
        text, at = self._take()
        if text in _SIGNS:
            raise _UnexpectedError
        if text[0] in "\"'":
            try:
                text = next(iter(tomllib.loads(f"{text} = 0")))
            except tomllib.TOMLDecodeError:
                raise _UnexpectedError from None
        return _Token(text, at)

    def _inner(self, table: Spot, part: _Token) -> Spot:
        """Return the table ``part`` within ``table``; if it is a list of tables, the last of them."""
        child = table.children.setdefault(part.text, Spot(part.at, part.at))
        return child.children[len(child.children) - 1] if id(child) in self._lists else child

    def _header(self) -> Spot:
        at = self._take("[").at
        is_list = self._follows("[")
        if is_list:
            self._take()
        *outer, last = self._key()
        for _ in range(1 + is_list):
            self._take("]")
        if self._next is not None:
            self._take("\n")
        table = self.places.root
        for part in outer:
            table = self._inner(table, part)
        if is_list:
            entries = table.children.setdefault(last.text, Spot(at, last.at))
            self._lists.add(id(entries))
            entry = entries.children[len(entries.children)] = Spot(at, last.at)
            return entry
        spot = self._inner(table, last)
        if id(spot) in self._declared and spot.key is not None:
            self.places.repeats.append((last.text, spot.key, last.at))
        self._declared.add(id(spot))
        return spot

    def _pair(self, table: Spot) -> None:
        *outer, last = self._key()
        self._take("=")
        for part in outer:
            table = self._inner(table, part)
        first = table.children.get(last.text)
        if first is not None and first.key is not None:
            self.places.repeats.append((last.text, first.key, last.at))
        spot = self._value(last.at)
        table.children.setdefault(last.text, spot)

    def _value(self, key: Position | None) -> Spot:
        """Read a value; recursion is bounded, as the depth of brackets was checked."""
        token = self._take()
        spot = Spot(token.at, key)
        if token.text == "[":
            self._skip_lines()
            while not self._follows("]"):
                spot.children[len(spot.children)] = self._value(None)
                self._skip_lines()
                if not self._follows("]"):
                    self._take(",")
                    self._skip_lines()
            self._take("]")
        elif token.text == "{":
            self._skip_lines()
            while not self._follows("}"):
                self._pair(spot)
                self._skip_lines()
                if not self._follows("}"):
                    self._take(",")
                    self._skip_lines()
            self._take("}")
        elif token.text in _SIGNS:
            raise _UnexpectedError
        else:
            self._words()
        return spot

    def _words(self) -> None:
        """Skip the rest of a number or date: ``3.14``, ``2025-01-01 08:00``."""
        while self._next is not None and (self._next.text == "." or self._next.text not in _SIGNS):
            self._take()
