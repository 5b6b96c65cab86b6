"""Sample sections, made from a model: in full, with one field alone, with lists of any length, with any text."""

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
"""The way to a field by names: ``("sessions", "topic")``, whatever the place in a list."""

Wanted: TypeAlias = Callable[[Path], bool]
"""Whether a field that may be left out is there."""

Text: TypeAlias = Callable[[Path, int, int], str]
"""The text of a field, the place of its entry in a list, and how long it may be."""

WRITTEN: Final = "written"
"""The field of a section with the section as it was written."""
_DEEPEST: Final = 4


def everything(path: Path) -> bool:
    """Want all fields."""
    return True


def alone(target: Path, *, full: bool) -> Wanted:
    """Want one field, what leads to it, and, if it holds records, all of them where ``full`` says so."""
    return lambda path: target[: len(path)] == path or (full and path[: len(target)] == target)


@dataclass(frozen=True, slots=True)
class Samples:
    """Makes sections of a model."""

    model: type[BaseModel]
    text: Text
    size: int = 2
    """How many entries lists have."""
    sizes: Mapping[Path, int] = field(default_factory=dict)
    """How many certain lists have."""
    given: Mapping[Path, Any] = field(default_factory=dict)
    """Values for fields that admit no others."""
    number: int = 120
    """The value of quantities, where it may be as large."""
    approx: str = "exactly"
    """How exact they are."""

    def section(self, kind: str, wanted: Wanted = everything) -> dict[str, Any]:
        """Return a section of ``kind`` with the fields that it needs and those that are wanted."""
        return {"kind": kind, **self.record(wanted)}

    def record(self, wanted: Wanted = everything) -> dict[str, Any]:
        """Return the fields of the model that it needs and those that are wanted, without its kind."""
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
    """Yield the fields of a section that may be left out, and those of the records within it; photographs are not."""
    yield from (path for path, required, _ in _walk(model, ()) if not required and path != ("kind",))


def lists(model: type[BaseModel]) -> Iterator[Path]:
    """Yield the fields that hold lists."""
    yield from (path for path, _, part in _walk(model, ()) if isinstance(part, ManyShape))


def records(model: type[BaseModel]) -> Iterator[Path]:
    """Yield the fields that hold records."""
    yield from (path for path, _, part in _walk(model, ()) if isinstance(innermost(part), PartShape))


def values_at(section: Any, path: Path) -> Iterator[Any]:
    """Yield what a section holds at ``path``, in all entries of its lists."""
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
    """Whether a field holds photographs, whose files are not there, or what stands in place of all others."""
    inner = innermost(part)
    return name == WRITTEN or (isinstance(inner, PartShape) and inner.model is Photo)


def _is_other(part: Shape) -> bool:
    return isinstance(innermost(part), OtherShape)
