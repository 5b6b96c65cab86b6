"""The texts of a record that people wrote, as rules look at them."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from pydantic import BaseModel

from kepu_docs.contract import FieldText
from kepu_docs.schema import Period, Quantity, WorkSummary
from kepu_docs.vocabulary import choices_of

_NO_WORDS: Final = frozenset({"kind", "code", "file", "copy_number"})
"""Fields whose text is a name for machines."""
_LAST: Final = ("narrative", "points", "photos")
"""Fields of a section that are told after its facts."""


def written_texts(summary: WorkSummary) -> Iterator[FieldText]:
    """Yield all texts of a summary that people wrote, in the order in which they are read.

    It goes through any model, so that sections of plugins are read like ours.
    """
    return _texts(summary, ())


def _texts(value: object, path: tuple[str | int, ...]) -> Iterator[FieldText]:
    if isinstance(value, str):
        if value:
            yield FieldText(path, value)
    elif isinstance(value, tuple):
        for place, part in enumerate(value):
            yield from _texts(part, (*path, place))
    elif isinstance(value, BaseModel):
        for name in _fields(type(value)):
            part = getattr(value, name)
            if part:
                yield from _texts(part, (*path, name))


@cache
def _fields(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields of a model that may have words, those that are told last behind the others."""
    if issubclass(model, Quantity | Period):
        return ()
    names = [name for name in model.model_fields if name not in _NO_WORDS and not choices_of(model, name)]
    return tuple(sorted(names, key=lambda name: _LAST.index(name) if name in _LAST else -1))
