"""Plain data for wording templates: dicts, tuples, texts, numbers and dates, never objects with methods.

Both of Jinja2's sandboxes let a template call any public method of what it is given (lessons, 13).
"""

import datetime
from collections.abc import Mapping
from types import NoneType
from typing import Any, Final

from kepu_docs.schema import Quantity, Record, Section, WorkSummary

_PLAIN: Final = frozenset((str, NoneType, int, float, bool, datetime.date))


def plain(value: Any, seen: dict[int, Any] | None = None) -> Any:
    """Return ``value`` as plain data. A quantity of zero becomes ``None``: there is nothing to tell.

    ``seen`` has the records that are plain already, by their identity: facts tell the same ones in several ways.
    """
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Quantity):
        return dict(value.__dict__) if value.value else None  # type: ignore[attr-defined]
    if seen is None:
        seen = {}
    if isinstance(value, Record):
        made = seen.get(id(value))
        if made is None:
            made = seen[id(value)] = {
                name: part if type(part) in _PLAIN else plain(part, seen) for name, part in value.__dict__.items()
            }
        return made
    if isinstance(value, list | tuple):
        return tuple([part if type(part) in _PLAIN else plain(part, seen) for part in value])
    if isinstance(value, Mapping):
        return {name: part if type(part) in _PLAIN else plain(part, seen) for name, part in value.items()}
    if isinstance(value, str | int | float | datetime.date):
        return value
    raise TypeError(f"{type(value).__name__} is no fact for a template")


def summary_facts(summary: WorkSummary) -> dict[str, Any]:
    """Return what every template of a summary sees, but its sections."""
    return {name: plain(value) for name, value in summary.__dict__.items() if name != "sections"}


def section_facts(section: Section, summary: WorkSummary) -> dict[str, Any]:
    """Return the fields of a section and the facts computed from them."""
    seen: dict[int, Any] = {}
    facts = section.facts(summary)
    return {**plain(section, seen), **plain(facts, seen)}
