"""The texts of a record that people wrote, as the checker's rules see them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from pydantic import BaseModel

from kepu_docs.schema import Period, Quantity, WorkSummary
from kepu_docs.schema.shapes import choices_of, types_of

NO_WORDS: Final = frozenset({"kind", "code", "file", "copy_number"})
"""Fields whose text is a name for programs."""
_LAST: Final = ("narrative", "points", "photos")
"""Fields of a section that come after its facts."""


@dataclass(frozen=True, slots=True)
class FieldText:
    """A text of a record, and its path: ``("sections", 0, "narrative", 1)``."""

    path: tuple[str | int, ...]
    text: str


def written_texts(summary: WorkSummary) -> Iterator[FieldText]:
    """Yield all texts of a summary that people wrote, in reading order.

    It works with any model, so that sections of plugins are read like the built-in ones.
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
        # Most values are texts or empty.
        if isinstance(part, str):
            if part:
                found.append(FieldText((*path, step), part))
        elif part:
            _gather(part, (*path, step), found)


@cache
def _fields(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields of a model that may contain words, with the ``_LAST`` ones at the end."""
    if issubclass(model, Quantity | Period):
        return ()
    names = [
        name
        for name, field in model.model_fields.items()
        if name not in NO_WORDS and any(map(_has_words, types_of(field))) and not choices_of(model, name)
    ]
    return tuple(sorted(names, key=lambda name: _LAST.index(name) if name in _LAST else -1))


def _has_words(kind: Any) -> bool:
    """Return whether values of a type may contain texts: a text itself, or a record other than a quantity or period."""
    return isinstance(kind, type) and issubclass(kind, str | BaseModel) and not issubclass(kind, Quantity | Period)
