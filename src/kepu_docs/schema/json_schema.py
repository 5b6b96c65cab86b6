"""The JSON Schema of a record, for editors and for other programs."""

from typing import Any

from kepu_docs.schema.quantity import Count, Measure, Share
from kepu_docs.schema.summary import WorkSummary
from kepu_docs.schema.text import LINE_LENGTH, LINE_PATTERN, PARAGRAPH_LENGTH, PROSE_PATTERN

_SHARED: dict[str, dict[str, Any]] = {
    "Line": {"type": "string", "maxLength": LINE_LENGTH, "pattern": LINE_PATTERN},
    "Text": {"type": "string", "maxLength": PARAGRAPH_LENGTH, "pattern": LINE_PATTERN},
    "Prose": {"type": "string", "maxLength": PARAGRAPH_LENGTH, "pattern": PROSE_PATTERN},
    **{f"{kind.__name__}Text": {"type": "string", "pattern": kind.pattern} for kind in (Count, Measure, Share)},
}


def json_schema(model: type[WorkSummary]) -> dict[str, Any]:
    """Return the JSON Schema (2020-12, with ``format`` asserted) of the records that ``model`` accepts.

    It accepts exactly what the model accepts, except for one rule that JSON Schema cannot express: a period must not
    end before it starts. Long patterns are written once, under ``$defs``.
    """
    schema: dict[str, Any] = _share(model.model_json_schema())
    schema["$defs"] |= _SHARED
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _share(part: Any) -> Any:
    """Return ``part`` with everything in ``_SHARED`` replaced by references."""
    if isinstance(part, list):
        return [_share(each) for each in part]
    if not isinstance(part, dict):
        return part
    for name, shared in _SHARED.items():
        if shared.items() <= part.items():
            rest = {key: value for key, value in part.items() if key not in shared}
            return {"$ref": f"#/$defs/{name}", **rest}
    # The titles that pydantic makes only repeat the names.
    return {key: _share(value) for key, value in part.items() if key != "title" or isinstance(value, dict)}
