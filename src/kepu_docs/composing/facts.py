"""Plain data for wording templates: dicts, tuples, texts, numbers and dates, never objects with methods.

Both of Jinja2's sandboxes let a template call any public method of what it is given (lessons, 13).
"""

import datetime
from collections.abc import Mapping
from types import NoneType
from typing import Any, Final

from kepu_docs.schema import Quantity, Record, Section, WorkSummary

_PLAIN: Final = (str, NoneType, int, float, datetime.date)


def plain(value: Any) -> Any:
    """Return ``value`` as plain data. A quantity of zero becomes ``None``: there is nothing to tell."""
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, Quantity):
        return dict(value.__dict__) if value.value else None  # type: ignore[attr-defined]
    if isinstance(value, Record):
        return {name: plain(part) for name, part in value.__dict__.items()}
    if isinstance(value, list | tuple):
        return tuple([plain(part) for part in value])
    if isinstance(value, Mapping):
        return {name: plain(part) for name, part in value.items()}
    raise TypeError(f"{type(value).__name__} is no fact for a template")


def summary_facts(summary: WorkSummary) -> dict[str, Any]:
    """Return what every template of a summary sees, but its sections."""
    return {name: plain(value) for name, value in summary.__dict__.items() if name != "sections"}


def section_facts(section: Section, summary: WorkSummary) -> dict[str, Any]:
    """Return the fields of a section and the facts computed from them."""
    return {**plain(section), **plain(section.facts(summary))}
