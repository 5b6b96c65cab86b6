"""Examples of what a field may hold, for starter records and empty workbooks."""

import datetime
import re
from collections.abc import Iterator
from typing import Annotated, Any, Final, get_args, get_origin

from pydantic import BaseModel

from kepu_docs.locale.words import explanation
from kepu_docs.schema import Count, Measure, Period, Share

_OF_TYPES: Final[dict[Any, str]] = {
    Count: "300",
    Measure: "120",
    Share: "95",
    Period: "2025-09",
    datetime.date: "2025-12-20",
    int: "2025",
    str: "",
}

# A description ends with an example after its last colon: 'Its name: 试验社区.'
_in_description = re.compile(r": ([^:]+)\.$")


def examples(owner: type[BaseModel], name: str) -> list[str]:
    """Return the examples in a field's description, or one of its type; none for a text without any."""
    field = owner.model_fields[name]
    kind = next(each for each in types_of(field.annotation) if each in _OF_TYPES)
    found = _in_description.search(explanation(field.description))
    if found and kind in (str, int, Period):
        return found[1].split(", ")
    return [_OF_TYPES[kind]] if _OF_TYPES[kind] else []


def types_of(annotation: Any) -> Iterator[Any]:
    """Yield the types in an annotation, from the outside inwards."""
    origin = get_origin(annotation)
    yield origin or annotation
    for part in get_args(annotation)[: 1 if origin is Annotated else None]:
        yield from types_of(part)
