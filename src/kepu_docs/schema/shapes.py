"""The possible values of the fields of a record, read from the annotations of its models."""

import datetime
import types
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Final, Literal, TypeAlias, Union, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kepu_docs.schema.period import Period
from kepu_docs.schema.quantity import Quantity, Unit
from kepu_docs.schema.text import LINE_LENGTH, TextRule

_MOST: int = 10**9
_MOST_FIELDS: Final = 4096
"""The number of cached annotations: thirty section kinds have some 1,500 fields."""


@dataclass(frozen=True, slots=True)
class TextShape:
    """A text of at most ``limit`` characters."""

    limit: int


@dataclass(frozen=True, slots=True)
class ChoiceShape:
    """One of several words; ``True`` and ``False`` are allowed too."""

    choices: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class NumberShape:
    """A plain number, with inclusive bounds."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class QuantityShape:
    """A quantity: ``Count``, ``Measure`` or ``Share``."""

    model: type[Quantity]


@dataclass(frozen=True, slots=True)
class DayShape:
    """A day."""


@dataclass(frozen=True, slots=True)
class PeriodShape:
    """A span of days."""


@dataclass(frozen=True, slots=True)
class ManyShape:
    """A list."""

    entry: "Shape"


@dataclass(frozen=True, slots=True)
class PartShape:
    """A record within the record."""

    model: type[BaseModel]


@dataclass(frozen=True, slots=True)
class OtherShape:
    """A type that is not known here; examples may hold some of it."""

    annotation: Any


Shape: TypeAlias = (
    TextShape | ChoiceShape | NumberShape | QuantityShape | DayShape | PeriodShape | ManyShape | PartShape | OtherShape
)


@lru_cache(maxsize=256)
def shapes(model: type[BaseModel]) -> tuple[tuple[str, FieldInfo, Shape], ...]:
    """Return name, definition and shape of each field of a model."""
    return tuple((name, field, shape(field.annotation, field.metadata)) for name, field in model.model_fields.items())


def shape(annotation: Any, marks: Iterable[Any] = ()) -> Shape:
    """Return the shape of the values that an annotation allows; for a union, that of its first part."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return shape(arguments[0], (*marks, *arguments[1:]))
    if origin in (Union, types.UnionType):
        return shape(next(each for each in arguments if each is not types.NoneType), marks)
    if origin is tuple:
        return ManyShape(shape(arguments[0]))
    if origin is Literal:
        return ChoiceShape(arguments)
    if annotation is bool:
        return ChoiceShape((True, False))
    if annotation in (int, float):
        return _number(tuple(marks))
    if annotation is str:
        limits = [mark.limit for mark in marks if isinstance(mark, TextRule)]
        return TextShape(min(limits, default=LINE_LENGTH))
    if annotation is datetime.date:
        return DayShape()
    if isinstance(annotation, type) and issubclass(annotation, Quantity):
        return QuantityShape(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Period):
        return PeriodShape()
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return PartShape(annotation)
    return OtherShape(annotation)


def alternatives(annotation: Any, marks: Iterable[Any] = ()) -> Iterator[Shape]:
    """Yield the shapes of all values that an annotation allows: for a union, the shape of each part."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from alternatives(arguments[0], (*marks, *arguments[1:]))
    elif origin in (Union, types.UnionType):
        for each in arguments:
            if each is not types.NoneType:
                yield from alternatives(each, marks)
    elif origin is tuple:
        yield from map(ManyShape, alternatives(arguments[0]))
    else:
        yield shape(annotation, marks)


def _number(marks: tuple[Any, ...]) -> NumberShape:
    bounds = [bound for mark in marks for bound in (mark, *getattr(mark, "metadata", ()))]
    least = [int(bound.ge) for bound in bounds if isinstance(bound, Ge) and isinstance(bound.ge, int | float)]
    most = [int(bound.le) for bound in bounds if isinstance(bound, Le) and isinstance(bound.le, int | float)]
    return NumberShape(max(least, default=0), min(most, default=_MOST))


def models_of(model: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    """Return a model and the models of the records nested in it, each once; quantities and periods are left out."""
    found: dict[type[BaseModel], None] = {}
    waiting = [model]
    while waiting:
        each = waiting.pop(0)
        if each not in found:
            found[each] = None
            inner = [innermost(part) for _, _, part in shapes(each)]
            waiting += [part.model for part in inner if isinstance(part, PartShape)]
    return tuple(found)


def innermost(part: Shape) -> Shape:
    """Return the shape of a list's entries, or ``part`` itself."""
    while isinstance(part, ManyShape):
        part = part.entry
    return part


TRUTH: Final = {"true": True, "false": False}


def types_of(field: FieldInfo) -> Iterator[Any]:
    """Yield the types of a field's values, from the outside inwards: ``tuple`` and then that of its entries."""
    return (each for each, _ in _marked_types(field.annotation, field.metadata))


def literals(annotation: Any) -> tuple[Any, ...]:
    """Return the values that an annotation allows by ``Literal``."""
    return tuple(
        value for each, _ in _marked_types(annotation) if get_origin(each) is Literal for value in get_args(each)
    )


def _marked_types(annotation: Any, marks: Iterable[Any] = ()) -> Iterator[tuple[Any, Iterable[Any]]]:
    """Yield each type in an annotation, from the outside inwards, with the metadata of ``Annotated``."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _marked_types(arguments[0], (*marks, *arguments[1:]))
    elif origin is Literal:
        yield annotation, marks
    else:
        yield origin or annotation, marks
        for part in arguments:
            yield from _marked_types(part)


@lru_cache(_MOST_FIELDS)
def children(owner: type[BaseModel], name: str) -> tuple[type[BaseModel], ...]:
    """Return the models that the values of a field may have."""
    types_ = types_of(owner.model_fields[name])
    return tuple(each for each in types_ if isinstance(each, type) and issubclass(each, BaseModel))


@lru_cache(_MOST_FIELDS)
def choices_of(owner: type[BaseModel], name: str) -> tuple[str, ...]:
    """Return the possible words of a field's value; empty if it is not a choice."""
    field = owner.model_fields[name]
    if children(owner, name):
        return ()
    choices = tuple(each for each in literals(field.annotation) if isinstance(each, str))
    return choices or (tuple(TRUTH) if bool in types_of(field) else ())


def choice_fields(model: type[BaseModel]) -> dict[str, frozenset[str]]:
    """Return the fields of a model, and of the records nested in it, that are choices, with their words.

    Yes-or-no fields are left out, and so is the kind of a section.
    """
    found: dict[str, frozenset[str]] = {}
    for each in models_of(model):
        for name in each.model_fields:
            words = choices_of(each, name)
            if words and words != tuple(TRUTH) and name != "kind":
                found[name] = found.get(name, frozenset()) | frozenset(words)
    return found


def is_list(field: FieldInfo) -> bool:
    """Return whether a field may hold a list."""
    return tuple in types_of(field)


def field_at(model: type[BaseModel], path: str) -> tuple[type[BaseModel], str] | None:
    """Return the model and the name of a field below ``model`` (``library.books``); ``None`` if there is none."""
    *steps, name = path.split(".")
    owner: type[BaseModel] | None = model
    for step in steps:
        owner = next(iter(children(owner, step)), None) if owner and step in owner.model_fields else None
    return (owner, name) if owner and name in owner.model_fields else None


def unit_at(model: type[BaseModel], path: str) -> str:
    """Return the usual unit of a quantity below ``model``; empty if there is no such field."""
    found = field_at(model, path)
    return unit_of(*found) if found else ""


@lru_cache(_MOST_FIELDS)
def unit_of(model: type[BaseModel], name: str) -> str:
    """Return the usual unit of a quantity."""
    field = model.model_fields[name]
    marks = (mark for _, marks in _marked_types(field.annotation, field.metadata) for mark in marks)
    return next((mark.unit for mark in marks if isinstance(mark, Unit)), "")
