"""The code of installed templates does what filters, macros and functions do, and fails as they do."""

from collections.abc import Mapping
from typing import Any

import pytest

from kepu_docs.composing.code import TrustedCode, WordingCode
from kepu_docs.composing.environment import WordingEnvironment, phrase_filter
from kepu_docs.composing.problems import UnknownFactError, WordingError
from kepu_docs.registry import Registry

FORMATS = Registry.load().composer("zh_Hans").formats


class _Plain(WordingEnvironment):
    """Runs the code that calls every filter and macro."""

    code_generator_class = WordingCode


def figure(value: int) -> dict[str, Any]:
    return {"value": value, "approx": "exactly", "unit": "场", "scale": 1, "exact_to": None}


FACTS: Mapping[str, Any] = {
    "text": "甲",
    "braces": "{}",
    "empty": "",
    "none": None,
    "yes": True,
    "no": False,
    "figure": figure(3),
    "zero": figure(0),
    "texts": ("甲", "乙"),
}


def outcome(environment: WordingEnvironment, template: str) -> str:
    """Return what a template makes, or the error that it raises."""
    try:
        return environment.run(environment.from_string(template), FACTS)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def environments() -> tuple[WordingEnvironment, WordingEnvironment]:
    trusted, plain = (kind(FORMATS, lambda name: None) for kind in (WordingEnvironment, _Plain))
    assert trusted.code_generator_class is TrustedCode
    return trusted, plain


@pytest.mark.parametrize("pattern", ['"{}"', '"共{}次"', '"{}和{}"', '"没有"', '""', 'text ~ "{}"', "text", "3"])
@pytest.mark.parametrize("value", [*FACTS, "unknown", "text.unknown", "(text or none)", "(empty or text)"])
def test_a_phrase_is_that_of_the_filter(value: str, pattern: str) -> None:
    trusted, plain = environments()
    if value == "none" and pattern == "3":
        return
    template = f"{{{{ {value} | phrase({pattern}) }}}}"
    assert outcome(trusted, template) == outcome(plain, template)


def test_phrases_without_a_call() -> None:
    environment, _ = environments()
    environment.filters["phrase"] = lambda value, pattern: "called"
    template = '{{ text | phrase("共{}次") }},{{ none | phrase(text ~ "{}") }},{{ empty | phrase("共{}") }},'
    assert outcome(environment, template + '{{ figure | phrase("共{}") }}') == "共甲次,,,called"


def test_a_phrase_that_would_lose_its_value_is_refused() -> None:
    environment, _ = environments()
    for template in ('{{ text | phrase("没有") }}', '{{ yes | phrase("共{}") }}'):
        with pytest.raises(WordingError):
            environment.run(environment.from_string(template), FACTS)
    with pytest.raises(UnknownFactError):
        environment.run(environment.from_string('{{ unknown | phrase("共{}") }}'), FACTS)
    assert phrase_filter(FORMATS)("甲", "共{}") == "共甲"


@pytest.mark.parametrize(
    "template",
    [
        '{% macro told(a, b="尾") %}[{{ a }}{{ b }}]{% endmacro %}{{ told("1") }}{{ told("1", "2") }}{{ told(b="2", a="1") }}',
        "{% macro told(a) %}{{ a }}{% endmacro %}{{ told() }}",
        '{% macro told(a) %}{{ a }}{% endmacro %}{{ told("1", "2") }}',
        '{% macro told() %}{{ varargs | join }}{% endmacro %}{{ told("1", "2") }}',
        '{% macro told() %}{{ kwargs.a }}{% endmacro %}{{ told(a="1") }}',
        '{% macro told(a) %}{{ a }}{{ caller() }}{% endmacro %}{% call told("1") %}内{% endcall %}',
        '{% macro told(n) %}{{ n }}{{ told(n - 1) if n else "" }}{% endmacro %}{{ told(3) }}',
        '{{ kind_label("team") }}{{ field_label("place") }}{{ dict(figure, unit="次") | count }}',
        "{% for n in range(3) %}{{ n }}{% endfor %}{{ range(100000) }}",
        '{{ none("1") }}',
        '{{ unknown("1") }}',
        "{{ figure.keys() }}",
    ],
)
def test_calls_are_those_of_the_sandbox(template: str) -> None:
    trusted, plain = environments()
    assert outcome(trusted, template) == outcome(plain, template)
