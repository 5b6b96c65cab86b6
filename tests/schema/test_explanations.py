"""The meanings of fields are read from docstrings, and models are built, when first needed."""

import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Literal

import pytest
from pydantic import Field

from kepu_docs.schema import FactSection, Line, Record
from kepu_docs.schema.explanations import explanation_of


class Drill(Record):
    """One drill."""

    name: Line
    """Its name,
    on two lines: 疏散演练."""
    place: Line | None = None
    leader: Annotated[Line | None, Field(description="Who leads.")] = None
    """Not this."""


class Drills(FactSection):
    """Drills."""

    kind: Literal["drills"] = "drills"
    heading: Line | None = None
    """Its own heading."""


@pytest.mark.parametrize(
    ("model", "field", "text"),
    [
        (Drill, "name", "Its name,\non two lines: 疏散演练."),
        (Drill, "place", None),
        (Drill, "leader", "Who leads."),
        (Drills, "heading", "Its own heading."),
        (Drills, "points", "Points in your own words, displayed as 一是…, 二是…"),
    ],
)
def test_the_docstring_below_a_field_explains_it(model: type[Record], field: str, text: str | None) -> None:
    assert explanation_of(model, field) == text


def test_a_class_within_a_function() -> None:
    class Local(Record):
        name: Line
        """Its name."""

    assert explanation_of(Local, "name") == "Its name."


def test_what_has_no_source_later_is_read_at_once() -> None:
    cell = 'class Cell(Record):\n    name: Line\n    """Its name."""\n'
    names = {"__name__": "a_notebook", "Record": Record, "Line": Line}
    exec(compile(cell, "<cell>", "exec"), names)  # noqa: S102
    # Pydantic finds the docstrings of a class by its frame, where that has a source; here nobody can.
    model = names["Cell"]
    assert isinstance(model, type)
    assert issubclass(model, Record)
    assert model.model_config["use_attribute_docstrings"] is True
    assert "use_attribute_docstrings" not in Drill.model_config


def test_the_json_schema_has_the_explanations() -> None:
    properties = Drill.model_json_schema()["properties"]
    assert {name: field.get("description") for name, field in properties.items()} == {
        "name": "Its name,\non two lines: 疏散演练.",
        "place": None,
        "leader": "Who leads.",
    }


def test_threads_may_build_a_model_at_once() -> None:
    class Fresh(Record):
        name: Line
        parts: tuple[Drill, ...] = ()

    assert not Fresh.__pydantic_complete__
    data = {"name": "一", "parts": ({"name": "二"},)}
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: Fresh.model_validate(data), range(64)))
    assert {type(each) for each in made} == {Fresh}
    assert {each.parts[0].name for each in made} == {"二"}


def test_only_the_models_of_a_record_are_built() -> None:
    code = """
        import kepu_docs
        from kepu_docs.sections.activities import Activities
        from kepu_docs.sections.training import Training
        section = {"kind": "training", "narrative": "一段话。"}
        kepu_docs.load({"community": {"name": "试验社区"}, "period": 2025, "sections": [section]})
        print(Training.__pydantic_complete__, Activities.__pydantic_complete__)
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "True False\n"
