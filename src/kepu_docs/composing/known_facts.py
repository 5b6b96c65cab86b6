"""Static knowledge of the facts that a template sees, without a record: their names, and their possible values.

The fields of a record are known from its model. The facts that a section computes are known from samples: they show the
names, and the nested facts if the samples have any.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from typing import Any, Final, Literal

from pydantic import BaseModel

from kepu_docs.schema import Record
from kepu_docs.schema.period import Period
from kepu_docs.schema.quantity import Quantity
from kepu_docs.schema.shapes import (
    ChoiceShape,
    DayShape,
    ManyShape,
    NumberShape,
    PartShape,
    PeriodShape,
    QuantityShape,
    Shape,
    TextShape,
    alternatives,
)

_MOST_MODELS: Final = 1024
"""The number of models whose facts are cached: thirty section kinds have some 200."""


@dataclass(frozen=True, slots=True)
class Known:
    """Static knowledge of a value.

    ``what`` is empty if it may be anything, and ``nothing`` for a value that the samples lack. ``names`` are its facts,
    ``entry`` describes the entries of a list. ``texts`` are those that a template writes there itself, or their list;
    ``places`` is the number of ``{}`` in them, ``None`` if it is unknown. ``models`` are the models whose fields are
    among its facts.
    """

    what: Literal["", "nothing", "facts", "list", "figure", "period", "day", "number", "text", "yes", "macro"] = ""
    names: Mapping[str, "Known"] | None = None
    entry: "Known | None" = None
    texts: tuple[str, ...] = ()
    places: frozenset[int] | None = None
    models: tuple[type[BaseModel], ...] = ()
    is_choice: bool = False
    """Whether it is a choice of several words, for which a language has labels."""

    @property
    def is_single(self) -> bool:
        """Whether it is known to be a single value or a list, which have no facts."""
        return self.what in ("list", "number", "text", "yes")

    def either(self, other: "Known") -> "Known":
        """Return what is known of a value that may be this or the other."""
        if self is other or other.what == "nothing":
            return self
        if self.what == "nothing":
            return other
        texts = tuple(dict.fromkeys((*self.texts, *other.texts)))
        places = None if self.places is None or other.places is None else self.places | other.places
        if self.what != other.what:
            return Known(texts=texts, places=places)
        names = None if self.names is None or other.names is None else _Either(self.names, other.names)
        entry = None if self.entry is None or other.entry is None else self.entry.either(other.entry)
        models = tuple(dict.fromkeys((*self.models, *other.models)))
        return Known(self.what, names, entry, texts, places, models, self.is_choice and other.is_choice)


class _Facts(Mapping[str, Known]):
    """Facts by name, each examined on first use: a model may contain itself."""

    def __init__(self, names: Iterable[str], find: Callable[[str], Known]) -> None:
        self._names = tuple(dict.fromkeys(names))
        self._find = find

    def __getitem__(self, name: str) -> Known:
        if name not in self._names:
            raise KeyError(name)
        return self._find(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class _Either(_Facts):
    """The union of the facts of two values."""

    def __init__(self, first: Mapping[str, Known], second: Mapping[str, Known]) -> None:
        def find(name: str) -> Known:
            return first.get(name, NOTHING).either(second.get(name, NOTHING))

        super().__init__((*first, *second), find)


class _Open(_Facts):
    """Facts of which some are known; any others may exist."""

    def __init__(self, names: Mapping[str, Known]) -> None:
        super().__init__(names, lambda name: names.get(name, UNKNOWN))

    def __contains__(self, name: object) -> bool:
        return True

    def __getitem__(self, name: str) -> Known:
        return self._find(name)


UNKNOWN: Final = Known()
NOTHING: Final = Known("nothing")
TEXT: Final = Known("text", places=frozenset((0,)))
"""A text of a record, or the result of a filter: it contains no intended ``{}``."""
CHOICE: Final = Known("text", places=frozenset((0,)), is_choice=True)
NUMBER: Final = Known("number", places=frozenset((0,)))
YES: Final = Known("yes")
DAY: Final = Known("day", {"year": NUMBER, "month": NUMBER, "day": NUMBER})
PERIOD: Final = Known("period", {"start": DAY, "end": DAY})
_FIGURE: Final = {"value": NUMBER, "approx": TEXT, "unit": TEXT, "scale": NUMBER, "exact_to": NUMBER}
FIGURE: Final = Known("figure", _FIGURE)


def many(entry: Known) -> Known:
    """Return the knowledge of a list."""
    return Known("list", entry=entry)


def facts(names: Mapping[str, Known], *models: type[BaseModel]) -> Known:
    """Return the knowledge of facts by their names; the fields of ``models`` are among them."""
    return Known("facts", names, models=models)


def among_others(names: Mapping[str, Known], *models: type[BaseModel]) -> Known:
    """Return the knowledge of facts among which there may be any others."""
    return Known("facts", _Open(names), models=models)


def either(known: Iterable[Known]) -> Known:
    """Return the knowledge of a value that may be any of several."""
    return reduce(Known.either, known, NOTHING)


@lru_cache(_MOST_MODELS)
def of_model(model: type[BaseModel]) -> Known:
    """Return the knowledge of a record."""

    def find(name: str) -> Known:
        field = model.model_fields[name]
        return either(map(_of_shape, alternatives(field.annotation, field.metadata)))

    return facts(_Facts(model.model_fields, find), model)


def _of_shape(part: Shape) -> Known:
    match part:
        case ChoiceShape((True, False) | (False, True)):
            return YES
        case ChoiceShape():
            return CHOICE
        case TextShape():
            return TEXT
        case NumberShape():
            return NUMBER
        case QuantityShape():
            return FIGURE
        case DayShape():
            return DAY
        case PeriodShape():
            return PERIOD
        case ManyShape(entry):
            return many(_of_shape(entry))
        case PartShape(model):
            return of_model(model)
        case _:
            return UNKNOWN


def of_value(value: Any) -> Known:
    """Return the knowledge of facts for which ``value`` is a sample."""
    match value:
        case None:
            return NOTHING
        case bool():
            return YES
        case str():
            return TEXT
        case int() | float():
            return NUMBER
        case datetime.date():
            return DAY
        case Quantity():
            return FIGURE
        case Period():
            return PERIOD
        case Record():
            return of_model(type(value))
        case list() | tuple():
            return many(either(map(of_value, value)))
        case Mapping() if value.keys() >= {"value", "unit"}:
            return replace(FIGURE, names={**_FIGURE, **{str(name): of_value(each) for name, each in value.items()}})
        case Mapping() if value:
            return facts({str(name): of_value(each) for name, each in value.items()})
        case _:
            return UNKNOWN
