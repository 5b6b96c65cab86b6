"""The texts of a record that people wrote, as rules look at them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from pydantic import BaseModel

from kepu_docs.schema import Period, Quantity, WorkSummary
from kepu_docs.schema.shapes import choices_of, types_of

NO_WORDS: Final = frozenset({"kind", "code", "file", "copy_number"})
"""Fields whose text is a name for machines."""
_LAST: Final = ("narrative", "points", "photos")
"""Fields of a section that come after its facts."""


@dataclass(frozen=True, slots=True)
class FieldText:
    """A text of a record, and its path: ``("sections", 0, "narrative", 1)``."""

    path: tuple[str | int, ...]
    text: str


def written_texts(summary: WorkSummary) -> Iterator[FieldText]:
    """Yield all texts of a summary that people wrote, in reading order.

    It goes through any model, so that sections of plugins are read like ours.
    """
    found: list[FieldText] = []
    _gather(summary, (), found)
    return iter(found)


def _gather(value: object, path: tuple[str | int, ...], found: list[FieldText]) -> None:
    parts: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, tuple):
        parts = enumerate(value)
    elif isinstance(value, BaseModel):
        values = value.__dict__
        parts = [(name, values[name]) for name in _fields(type(value))]
    for step, part in parts:
        # Most parts are texts or nothing.
        if isinstance(part, str):
            if part:
                found.append(FieldText((*path, step), part))
        elif part:
            _gather(part, (*path, step), found)


@cache
def _fields(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields of a model that may have words, those that come last behind the others."""
    if issubclass(model, Quantity | Period):
        return ()
    names = [
        name
        for name, field in model.model_fields.items()
        if name not in NO_WORDS and not choices_of(model, name) and any(map(_has_words, types_of(field)))
    ]
    return tuple(sorted(names, key=lambda name: _LAST.index(name) if name in _LAST else -1))


def _has_words(kind: Any) -> bool:
    """Tell whether values of a type may have texts: a text itself, or a record that is neither quantity nor time."""
    return isinstance(kind, type) and issubclass(kind, str | BaseModel) and not issubclass(kind, Quantity | Period)
