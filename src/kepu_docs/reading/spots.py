"""The places of values in the text of a record, and the limits that all readers observe."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from kepu_docs.errors import N_, Fault, Message, Place, RecordError
from kepu_docs.errors.first_faults import MOST_FAULTS
from kepu_docs.errors.visible import excerpt

MAX_BYTES: Final = 8 * 1024 * 1024
"""The greatest size of a record file in bytes; a year's summary with thousands of entries has less than one MiB."""

MAX_DEPTH: Final = 64
"""How deep lists and mappings may be nested."""

MAX_NODES: Final = 300_000
"""The most keys and values of a record, together."""

MAX_DIGITS: Final = 640
"""The most digits of a whole number: Python reads these whatever its own limit is set to."""

MAX_FAULTS: Final = MOST_FAULTS
"""How many faults of one record are reported; more would not be helpful."""

_line_end = re.compile(r"\r\n?|\n")


class Position(NamedTuple):
    """A line and a column (in characters), both counted from 1."""

    line: int
    column: int

    def place(self, name: str) -> Place:
        """Return this position as a place in the record with the given ``name``."""
        return Place(name, self.line, self.column)


class Lines:
    """Converts between an index into a text and its line and column."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(end.end() for end in _line_end.finditer(text))]

    def position(self, index: int) -> Position:
        """Return the line and the column of the character at ``index``."""
        line = bisect_right(self._starts, index)
        return Position(line, index - self._starts[line - 1] + 1)

    def index(self, position: Position) -> int:
        """Return the index of the character at a position."""
        return self._starts[position.line - 1] + position.column - 1


@dataclass(slots=True)
class Spot:
    """The place of one value, and of its key if it has one; ``children`` are the values in it."""

    value: Position
    key: Position | None = None
    children: dict[str | int, "Spot"] = field(default_factory=dict)


class Parsed(NamedTuple):
    """The result of a reader: the data, a function that finds the places of values, and the repeated keys."""

    data: dict[str, Any]
    spots: Callable[[], Spot]
    faults: tuple[Fault, ...] = ()


def no_number(place: Place, found: object) -> Fault:
    """Return the fault of NaN, an infinity, or a number longer than anything counted."""
    text = N_("“{found}” is not a number that a record can hold")
    return Fault(place, text, (("found", found if isinstance(found, float) else excerpt(str(found))),))


def repeated(place: Place, key: str, first: Position) -> Fault:
    """Return the fault of a repeated key (a plain reader would lose the first value)."""
    return Fault(
        place,
        "the key “{key}” is written a second time; the first is on line {line}. Remove one of them, "
        "or combine both into one list",
        (("key", excerpt(key)), ("line", first.line)),
    )


def too_deep(place: Place) -> Fault:
    """Return the fault of lists and mappings that are nested too deep."""
    text = N_("lists and mappings are nested more than {limit} deep here; a record needs fewer than ten")
    return Fault(place, text, (("limit", MAX_DEPTH),))


def too_many(place: Place) -> Fault:
    """Return the fault of a record with too many keys and values."""
    text = N_("the record has more than {limit} keys and values; split it into several records")
    return Fault(place, text, (("limit", MAX_NODES),))


def require_mapping(value: object, place: Place) -> dict[str, Any]:
    """Return ``value`` if it is a mapping; raise for any other value at the top of a record."""
    if isinstance(value, dict):
        return value
    if value is None:
        raise RecordError.at(place, "the record is empty; expected keys with values, such as community and period")
    found = {list: N_("a list"), str: N_("text"), bool: N_("yes or no")}.get(type(value), N_("a number"))
    raise RecordError.at(
        place,
        "a record consists of keys and values, such as community and period; found {found} at the top level",
        found=Message(found),
    )
