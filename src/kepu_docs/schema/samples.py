"""Sample sections, made from a model: complete, with one field alone, with lists of any length, with any text."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias, assert_never

from pydantic import BaseModel

from kepu_docs.schema.shapes import (
    ChoiceShape,
    DayShape,
    ManyShape,
    NumberShape,
    OtherShape,
    PartShape,
    PeriodShape,
    QuantityShape,
    Shape,
    TextShape,
    innermost,
    shapes,
)
from kepu_docs.schema.summary import Photo

Path: TypeAlias = tuple[str, ...]
"""The path of a field by names: ``("sessions", "topic")``, whatever the position in a list."""

Wanted: TypeAlias = Callable[[Path], bool]
"""Returns whether an optional field is included."""

Text: TypeAlias = Callable[[Path, int, int], str]
"""Returns the text of a field, from its path, the position of its entry in a list, and its largest length."""

WRITTEN: Final = "written"
"""The field that holds the section as it was written."""
_DEEPEST: Final = 4


def everything(path: Path) -> bool:
    """Include all fields."""
    return True


def alone(target: Path, *, full: bool) -> Wanted:
    """Include one field, its parents, and, if it holds records and ``full`` is set, all of their fields."""
    return lambda path: target[: len(path)] == path or (full and path[: len(target)] == target)


@dataclass(frozen=True, slots=True)
class Samples:
    """Makes sections of a model."""

    model: type[BaseModel]
    text: Text
    size: int = 2
    """How many entries lists have."""
    sizes: Mapping[Path, int] = field(default_factory=dict)
    """How many entries certain lists have."""
    given: Mapping[Path, Any] = field(default_factory=dict)
    """Values for fields that accept no others."""
    number: int = 120
    """The value of quantities, if it may be that large."""
    approx: str = "exactly"
    """Their approximation."""

    def section(self, kind: str, wanted: Wanted = everything) -> dict[str, Any]:
        """Return a section of ``kind`` with its required fields and the optional ones that are included."""
        return {"kind": kind, **self.record(wanted)}

    def record(self, wanted: Wanted = everything) -> dict[str, Any]:
        """Return the required fields of the model and the optional ones that are included, without its kind."""
        return self._record(self.model, (), wanted, 0, left_out=("kind",))

    def _record(
        self, model: type[BaseModel], path: Path, wanted: Wanted, nth: int, left_out: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name, definition, part in shapes(model):
            here = (*path, name)
            if name in left_out or _is_apart(name, part):
                continue
            if here in self.given:
                if definition.is_required() or wanted(here):
                    made[name] = self.given[here]
            elif definition.is_required() or (wanted(here) and len(here) <= _DEEPEST and not _is_other(part)):
                made[name] = self._value(part, here, wanted, nth)
        return made

    def _value(self, part: Shape, path: Path, wanted: Wanted, nth: int) -> Any:
        match part:
            case TextShape(limit):
                return self.text(path, nth, limit)
            case ChoiceShape(choices):
                return choices[0]
            case NumberShape(least, most):
                return min(max(2, least), most)
            case QuantityShape(model):
                return {"value": min(self.number, model.most), "approx": self.approx}
            case DayShape():
                return datetime.date(2025, 4, 12)
            case PeriodShape():
                return {"start": f"2025-04-{1 + nth % 9:02}", "end": "2025-04-12"}
            case ManyShape(entry):
                size = self.sizes.get(path, self.size)
                return [self._value(entry, path, wanted, place) for place in range(size)]
            case PartShape(model):
                return self._record(model, path, wanted, nth)
            case OtherShape():
                return None
            case _:
                assert_never(part)


def fields(model: type[BaseModel]) -> Iterator[Path]:
    """Yield the optional fields of a section and of the records nested in it, except photographs."""
    yield from (path for path, required, _ in _walk(model, ()) if not required and path != ("kind",))


def lists(model: type[BaseModel]) -> Iterator[Path]:
    """Yield the fields that hold lists."""
    yield from (path for path, _, part in _walk(model, ()) if isinstance(part, ManyShape))


def records(model: type[BaseModel]) -> Iterator[Path]:
    """Yield the fields that hold records."""
    yield from (path for path, _, part in _walk(model, ()) if isinstance(innermost(part), PartShape))


def values_at(section: Any, path: Path) -> Iterator[Any]:
    """Yield the values of a section at ``path``, in all entries of its lists."""
    if isinstance(section, list | tuple) and path:
        for entry in section:
            yield from values_at(entry, path)
    elif not path:
        yield section
    elif isinstance(section, Mapping) and path[0] in section:
        yield from values_at(section[path[0]], path[1:])


def _walk(model: type[BaseModel], path: Path) -> Iterator[tuple[Path, bool, Shape]]:
    for name, definition, part in shapes(model):
        if _is_apart(name, part):
            continue
        here = (*path, name)
        yield here, definition.is_required(), part
        inner = innermost(part)
        if isinstance(inner, PartShape) and len(here) < _DEEPEST:
            yield from _walk(inner.model, here)


def _is_apart(name: str, part: Shape) -> bool:
    """Return whether a field holds photographs, whose files do not exist, or replaces all other fields."""
    inner = innermost(part)
    return name == WRITTEN or (isinstance(inner, PartShape) and inner.model is Photo)


def _is_other(part: Shape) -> bool:
    return isinstance(innermost(part), OtherShape)
