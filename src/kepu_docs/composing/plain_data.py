"""Plain data for wording templates: dicts, tuples, texts, numbers and dates, never objects with methods.

Both of Jinja2's sandboxes let a template call any public method of its data.
"""

import datetime
from collections.abc import Mapping
from functools import lru_cache
from types import NoneType
from typing import Any, Final, Literal

from kepu_docs.schema import Count, Period, Quantity, Record, Section, WorkSummary

_PLAIN: Final = (str, NoneType, int, float, datetime.date)
_SHAPES_KEPT: Final = 256
_EXACTLY: Final = frozenset((*_PLAIN, bool))


class _Facts:
    """Turns values into plain data, each part of a record and each mapping of facts once: facts often share them.

    What is plain already is not copied, since no template can change it: nobody else may either.
    """

    def __init__(self) -> None:
        self._made: dict[int, dict[str, Any]] = {}

    def plain(self, value: Any) -> Any:
        """Return ``value``, which must live longer than this object, as plain data.

        A quantity of zero becomes ``None``: there is nothing to say.
        """
        kind = type(value)
        if kind in _EXACTLY:
            return value
        if kind is tuple and _EXACTLY.issuperset(map(type, value)):
            return value
        if kind is tuple or kind is list:
            return tuple([part if type(part) in _EXACTLY else self.plain(part) for part in value])
        if kind is dict:
            return self._once(value, value)
        match _shape(kind):  # type: ignore[arg-type]  # types are hashable
            case "quantity":
                return value.__dict__ if value.value else None
            case "period":
                return value.__dict__
            case "record":
                return self._once(value, value.__dict__)
            case "list":
                return self.plain(tuple(value))
            case "mapping":
                return {name: self.plain(part) for name, part in value.items()}
            case _:
                return value

    def _once(self, part: object, values: dict[str, Any]) -> dict[str, Any]:
        """Return the plain data of a part, made once for all its uses."""
        made = self._made.get(id(part))
        if made is not None:
            return made
        changed = {}
        for name, value in values.items():
            kind = type(value)
            # Nearly all values are plain as they are.
            if kind in _EXACTLY:
                continue
            # The usual cases, in the way that :meth:`plain` treats them.
            if kind is tuple and (not value or _EXACTLY.issuperset(map(type, value))):
                continue
            if kind is Count:
                fields = value.__dict__
                changed[name] = fields if fields["value"] else None
            elif kind is Period:
                changed[name] = value.__dict__
            elif (found := self.plain(value)) is not value:
                changed[name] = found
        made = self._made[id(part)] = {**values, **changed} if changed else values
        return made


@lru_cache(_SHAPES_KEPT)
def _shape(kind: type) -> Literal["quantity", "period", "record", "plain", "list", "mapping"]:
    """Return the conversion for values of a type. Raises ``TypeError`` for a type that has none."""
    if issubclass(kind, Quantity):
        return "quantity"
    if kind is Period:
        return "period"
    if issubclass(kind, Record):
        return "record"
    if issubclass(kind, _PLAIN):
        return "plain"
    if issubclass(kind, list | tuple):
        return "list"
    if issubclass(kind, Mapping):
        return "mapping"
    raise TypeError(f"{kind.__name__} is no fact for a template")


def own_copy(value: Any) -> Any:
    """Return plain data that shares no mapping with a record, for those who might change it."""
    if type(value) is dict:
        return {name: own_copy(part) for name, part in value.items()}
    return tuple(map(own_copy, value)) if type(value) is tuple else value


def plain(value: Any) -> Any:
    """Return ``value`` as plain data, which must not be changed.

    A quantity of zero becomes ``None``: there is nothing to say.
    """
    return _Facts().plain(value)


def summary_facts(summary: WorkSummary) -> dict[str, Any]:
    """Return the data that every template of a summary sees, except its sections."""
    made: dict[str, Any] = plain({name: value for name, value in summary.__dict__.items() if name != "sections"})
    return made


def section_facts(section: Section, computed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a section and the facts ``computed`` from them."""
    # A field is not converted if a computed fact has its name.
    values = {**section.__dict__, **computed}
    made: dict[str, Any] = plain(values)
    return made
