"""Plain data for wording templates: dicts, tuples, texts, numbers and dates, never objects with methods.

Both of Jinja2's sandboxes let a template call any public method of what it is given.
"""

import datetime
from collections.abc import Mapping
from types import NoneType
from typing import Any, Final

from kepu_docs.schema import Quantity, Record, Section, WorkSummary

_PLAIN: Final = (str, NoneType, int, float, datetime.date)
_EXACTLY: Final = frozenset((*_PLAIN, bool))


class _Facts:
    """Turns values into plain data, each part of a record, and each mapping of facts, once: facts often share them."""

    def __init__(self) -> None:
        self._made: dict[int, dict[str, Any]] = {}

    def plain(self, value: Any) -> Any:
        """Return ``value``, which lives longer than this object, as plain data.

        A quantity of zero becomes ``None``: there is nothing to say.
        """
        kind = type(value)
        if kind in _EXACTLY:
            return value
        if kind is tuple or kind is list:
            return tuple([part if type(part) in _EXACTLY else self.plain(part) for part in value])
        if kind is dict:
            return self._once(value, value)
        # To look a model up there is much cheaper than isinstance, which asks pydantic.
        bases = kind.__mro__
        if Quantity in bases:
            return dict(value.__dict__) if value.value else None
        if Record in bases:
            return self._once(value, value.__dict__)
        if isinstance(value, _PLAIN):
            return value
        if isinstance(value, list | tuple):
            return self.plain(tuple(value))
        if isinstance(value, Mapping):
            return self._once(value, value)
        raise TypeError(f"{kind.__name__} is no fact for a template")

    def _once(self, part: object, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the plain data of a part, made once for all the places where it stands."""
        made = self._made.get(id(part))
        if made is None:
            made = dict(values)
            for name, value in values.items():
                if value is None:  # as most are
                    continue
                kind = type(value)
                if kind not in _EXACTLY and (value or kind is not tuple):
                    made[name] = self.plain(value)
            self._made[id(part)] = made
        return made


def plain(value: Any) -> Any:
    """Return ``value`` as plain data. A quantity of zero becomes ``None``: there is nothing to say."""
    return _Facts().plain(value)


def summary_facts(summary: WorkSummary) -> dict[str, Any]:
    """Return what every template of a summary sees, but its sections."""
    return {name: plain(value) for name, value in summary.__dict__.items() if name != "sections"}


def section_facts(section: Section, summary: WorkSummary) -> dict[str, Any]:
    """Return the fields of a section and the facts computed from them."""
    # A field for which there is a computed fact of its name is not looked at.
    values = {**section.__dict__, **section.facts(summary)}
    made: dict[str, Any] = plain(values)
    return made
