"""Examples of field values, for starter records and empty workbooks."""

import datetime
import re
from typing import Any, Final

from pydantic import BaseModel

from kepu_docs.locale.words import explanation
from kepu_docs.schema import Count, Measure, Period, Share
from kepu_docs.schema.explanations import explanation_of
from kepu_docs.schema.shapes import types_of

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
    """Return the examples in a field's description, or one for its type; none for a text without any."""
    field = owner.model_fields[name]
    kind = next(each for each in types_of(field) if each in _OF_TYPES)
    found = _in_description.search(explanation(explanation_of(owner, name)))
    if found and kind in (str, int, Period):
        return found[1].split(", ")
    return [_OF_TYPES[kind]] if _OF_TYPES[kind] else []
