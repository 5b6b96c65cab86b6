"""The JSON Schema in a language accepts valid records in it, and nothing else."""

from functools import cache
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kepu_docs.pipeline import default_engine, record_schema, starter_record
from kepu_docs.pipeline.keys import in_english
from tests.depth import examples
from tests.schema.test_json_schema import SCHEMA, VALIDATOR, values

LOCALES = ("zh_Hans", "zh_Hant")


@cache
def validator(locale: str) -> Any:
    engine = default_engine()
    schema = record_schema(engine.registry, engine.languages.words(locale))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker(["date"]))


@st.composite
def renamed(draw: st.DrawFn, value: Any) -> Any:
    """Draw a record with some of its keys and words in other languages, the right ones or others that records know."""
    words = default_engine().languages.vocabulary
    if isinstance(value, list):
        return [draw(renamed(each)) for each in value]
    if isinstance(value, dict):
        made = {}
        for name, each in value.items():
            names = [name, *words.words_in("key", name)]
            made[draw(st.sampled_from(names))] = draw(renamed(each))
        return made
    if isinstance(value, str) and draw(st.booleans()):
        return draw(st.sampled_from([value, *words.choice_names(value)]))
    return value


@pytest.mark.deep
@pytest.mark.parametrize("locale", LOCALES)
@settings(max_examples=examples(300), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_what_is_accepted_is_what_is_read(locale: str, data: st.DataObject) -> None:
    engine = default_engine()
    record = data.draw(renamed(data.draw(values(SCHEMA))))
    english = in_english(record, engine.registry.model, engine.languages.vocabulary)
    expected = VALIDATOR.is_valid(english.data) and not english.doubled
    found = [error.message for error in validator(locale).iter_errors(record)]
    assert (not found) == expected, (record, found)


@pytest.mark.some(2)
@pytest.mark.parametrize("locale", LOCALES)
def test_a_starter_record_is_right_and_a_mistake_is_found(locale: str) -> None:
    engine = default_engine()
    record = yaml.safe_load(starter_record(engine.registry, ["training"], engine.languages.words(locale)))
    assert list(validator(locale).iter_errors(record)) == []
    section = next(iter(value for value in record.values() if isinstance(value, list)))[0]
    section["错"] = 1
    assert list(validator(locale).iter_errors(record))


def test_editors_are_offered_one_language() -> None:
    engine = default_engine()
    schema = record_schema(engine.registry, engine.languages.words("zh_Hans"))
    offered = [name for name, field in schema["properties"].items() if "doNotSuggest" not in field]
    assert offered[:3] == ["社区", "时间", "标题"]
    field = schema["$defs"]["TrainingSession.attendance"]
    assert field["title"] == "人次"
