"""The JSON Schema accepts exactly what the model accepts."""

import json
from functools import cache
from typing import Any

import jsonschema
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.depth import examples

from kepu_docs.schema import json_schema, summary_model
from kepu_docs.sections import KINDS

MODEL = summary_model(kind.model for kind in KINDS)
SCHEMA = json_schema(MODEL)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker(["date"]))

JUNK: list[Any] = [
    None, True, False, 0, 1, -1, 3.0, 2.5, 2025, 10_000, 10**12, 1e300, "", " ", "科普", "a\nb", "a\n", "\n", "\ta", "a\tb",
    "a\x00", "\ud800", "\ufeffa", "　a　", "字" * 201, "300余", "近1万册", "300\n", "近300余", "95%以上", "100.1%", "1.5",
    "2025", "2025-H1", "2025-02-30", "2025-02-28", "2025-02-28\n", "1949", "over", "exactly", [], {}, [1], {"value": 1},
    {"value": 1.0, "scale": 10000.0}, {"start": "2025-01-01", "end": "2025-01-02"}, [[]], "０", "9" * 13, [None],
]  # fmt: skip


def resolve(part: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in part:
        part = SCHEMA["$defs"][part["$ref"].rpartition("/")[2]]
    return part


@st.composite
def values(draw: st.DrawFn, part: dict[str, Any], depth: int = 0) -> Any:
    """Draw a value that the schema means, or nearly."""
    part = resolve(part)
    for key in ("anyOf", "oneOf"):
        if key in part:
            return draw(values(draw(st.sampled_from(part[key])), depth))
    if depth > 1 and draw(st.integers(0, 49)) == 0:
        return draw(st.sampled_from(JUNK))
    match part.get("type"):
        case "object":
            fields = part["properties"]
            names = set(draw(st.sets(st.sampled_from(sorted(fields)), max_size=3))) | set(part.get("required", ()))
            value = {name: draw(values(fields[name], depth + 1)) for name in sorted(names)}
            if draw(st.integers(0, 49)) == 0:
                value[draw(st.sampled_from(["nmae", "kind", "titel"]))] = 1
            return value
        case "array":
            return [draw(values(part["items"], depth + 1)) for _ in range(draw(st.integers(0, 2)))]
        case _ if "const" in part:
            return part["const"]
        case _ if "enum" in part:
            return draw(st.sampled_from(part["enum"]))
        case "string" if part.get("format") == "date":
            return draw(st.sampled_from(["2025-02-28"] * 9 + ["2025-02-30", "1949-01-01", "2025-02-28\n"]))
        case _:
            right, wrong = sorted_junk(json.dumps(part))
            return draw(st.sampled_from(right if draw(st.integers(0, 49)) else wrong))


@cache
def sorted_junk(part: str) -> tuple[list[Any], list[Any]]:
    """Return what the schema ``part`` accepts, and what is of the right type at most."""
    whole, kind = json.loads(part), json.loads(part).get("type")
    valid = [junk for junk in JUNK if jsonschema.Draft202012Validator(whole).is_valid(junk)]
    near = [junk for junk in JUNK if jsonschema.Draft202012Validator({"type": kind} if kind else {}).is_valid(junk)]
    return valid, near


@settings(max_examples=examples(600), deadline=None, suppress_health_check=list(HealthCheck))
@given(values(SCHEMA))
@example({"community": {"name": "a"}, "period": 2025, "sections": [{"kind": "training", "sessions": None}]})
def test_schema_and_model_agree(record: Any) -> None:
    accepted = VALIDATOR.is_valid(record)
    try:
        summary = MODEL.model_validate(record)
    except ValidationError as error:
        # The rules that JSON Schema cannot say.
        only_order = {detail["type"] for detail in error.errors()} <= {"period_order", "comparison_times"}
        assert accepted == only_order, (record, error.errors())
        return
    assert accepted, (record, [error.message for error in VALIDATOR.iter_errors(record)])
    # What the model accepts loads again from its dump.
    dumped = summary.model_dump_json(exclude_unset=True)
    assert MODEL.model_validate_json(dumped) == summary
    assert MODEL.model_validate(json.loads(dumped)) == summary


def test_the_schema_is_itself_valid_and_explains_each_field() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for name, definition in SCHEMA["$defs"].items():
        for field, schema in definition.get("properties", {}).items():
            assert field == "kind" or "description" in schema, (name, field)
