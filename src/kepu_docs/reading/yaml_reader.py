"""YAML to plain data, built from the parser's events.

The parser is PyYAML's on libyaml, or its pure Python parser if libyaml is missing; the parser's guesses of types are
not used. Plain scalars are those of YAML 1.2's core schema, without its traps: ``0001`` and ``13:30`` are text, and so
are ``no``, ``1e5`` and ``.inf``. Aliases, anchors, tags, repeated keys and further documents are refused.
"""

import re
from dataclasses import dataclass
from math import isinf
from typing import Any, Final

import yaml

from kepu_docs.errors import N_, Fault, RecordError
from kepu_docs.errors.visible import excerpt
from kepu_docs.reading.decoding import refuse_characters
from kepu_docs.reading.spots import (
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_FAULTS,
    MAX_NODES,
    Parsed,
    Position,
    Spot,
    repeated,
    require_mapping,
    too_deep,
    too_many,
)
from kepu_docs.reading.yaml_faults import FULL_WIDTH_COLON, NO_SPACE, explain, position

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Characters that YAML 1.1 does not allow, and U+0085, U+2028, U+2029, which its parsers silently fold into spaces.
_forbidden = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")

_NAMED: Final = {
    "": None, "~": None, "null": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_whole_number = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_decimal_number = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]+)?")
_NESTED: Final = "nesting depth"
_STRING_TAG: Final = "tag:yaml.org,2002:str"
# A field name with a full-width colon, at the beginning of a value that is on its own line.
_mistyped_key = re.compile("[a-z][a-z_]*：")
# In the same place: the beginning of a list entry, whose lines would become one text.
_mistyped_entry = re.compile(r"-[^\s0-9.]")


def parse(text: str, name: str) -> Parsed:
    """Return the data of one YAML document, or raise ``RecordError`` with every fault found."""
    refuse_characters(text, _forbidden, name)
    return _parsed(text, name, _LOADER)


def _parsed(text: str, name: str, loader: Any) -> Parsed:
    builder = _Builder(name)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        if loader is not yaml.SafeLoader and _NESTED in str(error.problem):
            # libyaml stops before our limit is exceeded; Python's own parser gets to that place.
            return _parsed(text, name, yaml.SafeLoader)
        builder.faults.append(explain(error, text, name))
    spot = builder.spot
    if builder.documents > 1:
        several = N_("the file contains {count} records, separated by lines of ---; put each into a file of its own")
        builder.fault(builder.second, several, count=builder.documents)
    if builder.slip is not None and not builder.faults:
        builder.fault(*builder.slip)
    if len(builder.faults) > builder.repeats:
        raise RecordError(builder.faults)
    data = require_mapping(builder.root, spot.value.place(name))
    return Parsed(data, lambda: spot, tuple(builder.faults))


@dataclass(slots=True)
class _Open:
    """A list or mapping that has not ended yet; ``key`` waits for its value."""

    container: Any
    spot: Spot
    flow: bool
    key: str | None = None
    key_position: Position | None = None

    @property
    def wants_key(self) -> bool:
        return self.key is None and isinstance(self.container, dict)


class _Builder:
    """Builds data and spots from events with its own stack, so that deep nesting cannot exhaust Python's."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self.repeats = 0
        """How many of the faults are repeated keys, which leave the data readable."""
        self.root: Any = None
        self.spot = Spot(Position(1, 1))
        self.slip: tuple[Position, str] | None = None
        self.documents = 0
        self.second = Position(1, 1)
        self._nodes = 0
        self._stack: list[_Open] = []

    def fault(self, at: Position, text: str, **values: object) -> None:
        """Note a fault; reading continues, so that all faults are found."""
        self._note(Fault(at.place(self.name), text, tuple(values.items())))

    def _note(self, fault: Fault) -> None:
        self.faults.append(fault)
        if len(self.faults) == MAX_FAULTS:
            raise RecordError(self.faults)

    def take(self, event: yaml.Event) -> None:
        """Take the next event."""
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents == 2:
                self.second = position(event.start_mark)
        elif self.documents > 1:
            return
        elif isinstance(event, yaml.NodeEvent):
            self._node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._stack.pop()

    def _node(self, event: yaml.NodeEvent) -> None:
        at = position(event.start_mark)
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise RecordError([*self.faults, too_many(at.place(self.name))])
        self._check_marks(event, at)
        top = self._stack[-1] if self._stack else None
        if top is not None and top.wants_key:
            self._take_key(top, event, at)
            return
        spot = Spot(at, top.key_position if top else None)
        if isinstance(event, yaml.ScalarEvent):
            self._check_slips(top, event, at)
            self._put(top, _value(event), spot)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open(top, event, spot)
        else:
            self._put(top, None, spot)  # an alias, refused above

    def _check_marks(self, event: yaml.NodeEvent, at: Position) -> None:
        """Refuse signs that have a meaning in YAML at the beginning of a value: ``*name``, ``&name``, ``!name``."""
        if isinstance(event, yaml.AliasEvent):
            text = N_(
                "“*{name}” would repeat a value from elsewhere; write the value out here, or put the text in quotes"
            )
            self.fault(at, text, name=excerpt(event.anchor or ""))
            return
        if event.anchor is not None:
            text = N_(
                "“&{name}” would name the value so that it can be repeated; remove it and write the "
                "value out where it is needed, or put the text in quotes"
            )
            self.fault(at, text, name=excerpt(event.anchor))
        tag = event.tag if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) else None
        if tag is not None and not (isinstance(event, yaml.ScalarEvent) and tag == _STRING_TAG):
            text = N_("a type tag “{tag}” before the value; remove it, or put the text in quotes")
            self.fault(at, text, tag=excerpt(tag.replace("tag:yaml.org,2002:", "!!")))

    def _check_slips(self, top: _Open | None, event: yaml.ScalarEvent, at: Position) -> None:
        """Find mistakes that YAML silently reads as text: a wrong colon, a dash without its space."""
        if not _is_plain(event):
            return
        if top is None:
            # A syntax error may follow, which then reports the same better.
            self.slip = _colon_slip(event.value, at)
        elif top.key is not None and top.key_position is not None:
            slip = _colon_slip(top.key, top.key_position) if top.flow and not event.value else None
            if slip is not None:
                self.fault(*slip)
            elif at.line > top.key_position.line:
                if _mistyped_key.match(event.value):
                    self.fault(Position(at.line, at.column + event.value.index("：")), FULL_WIDTH_COLON)
                elif _mistyped_entry.match(event.value):
                    self.fault(at, N_("a space is missing after the dash; write “- entry”, or put the text in quotes"))

    def _take_key(self, top: _Open, event: yaml.NodeEvent, at: Position) -> None:
        top.key_position = at
        if isinstance(event, yaml.ScalarEvent):
            top.key = event.value
            first = top.spot.children.get(top.key)
            if first is not None and first.key is not None:
                self.repeats += 1
                self._note(repeated(at.place(self.name), top.key, first.key))
            return
        top.key = ""
        if isinstance(event, yaml.CollectionStartEvent):
            self.fault(at, N_("a list or mapping where a key is expected; a key is a word"))
            self._open(None, event, Spot(at))

    def _open(self, top: _Open | None, event: yaml.CollectionStartEvent, spot: Spot) -> None:
        container: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        if top is not None or not self._stack:
            self._put(top, container, spot)
        self._stack.append(_Open(container, spot, bool(event.flow_style)))
        if len(self._stack) > MAX_DEPTH:
            raise RecordError([*self.faults, too_deep(spot.value.place(self.name))])

    def _put(self, top: _Open | None, value: Any, spot: Spot) -> None:
        if top is None:
            self.root, self.spot = value, spot
        elif top.key is None:
            top.spot.children[len(top.container)] = spot
            top.container.append(value)
        else:
            # Of a repeated key the first value stays, in the data as in the places.
            top.spot.children.setdefault(top.key, spot)
            top.container.setdefault(top.key, value)
            top.key = top.key_position = None


def _colon_slip(text: str, at: Position) -> tuple[Position, str] | None:
    """Return the place and the fault of a colon that joined a key and its value into one text."""
    for sign, fault in (("：", FULL_WIDTH_COLON), (":", NO_SPACE)):
        if sign in text:
            # Several lines are joined by spaces; the place is right if the colon is on the first line, as usual.
            return Position(at.line, at.column + text.index(sign)), fault
    return None


def _is_plain(event: yaml.ScalarEvent) -> bool:
    return event.tag is None and not event.style


def _value(event: yaml.ScalarEvent) -> Any:
    """Return the value of a scalar; text in quotes is text, and so is any scalar that fits no rule."""
    text: str = event.value
    if not _is_plain(event):
        return text
    if text in _NAMED:
        return _NAMED[text]
    if _whole_number.fullmatch(text):
        return int(text) if len(text) <= MAX_DIGITS else text
    if _decimal_number.fullmatch(text):
        number = float(text)
        return text if isinf(number) else number
    return text
