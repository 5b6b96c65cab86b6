"""The report to a clerk about an invalid record: place, finding, expectation, all at once."""

from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import Field, field_validator, model_validator

from kepu_docs.errors import RecordError
from kepu_docs.errors.first_faults import MOST_FAULTS
from kepu_docs.pipeline import default_engine
from kepu_docs.pipeline.validation import validate
from kepu_docs.plugin import Line, Section
from kepu_docs.reading.records import read_text
from kepu_docs.schema import WorkSummary, summary_model
from kepu_docs.sections import KINDS
from kepu_docs.testing import growth
from kepu_docs.testing.steps import LINEAR

MODELS = [kind.model for kind in KINDS]
MODEL = summary_model(MODELS)
HEAD = "community: {name: 试验社区}\nperiod: 2025\n"


def load(text: str) -> WorkSummary:
    record = read_text(text, name="r.yaml", syntax="yaml")
    return validate(record.data, MODEL, name=record.name, locate=record.place, known=record.faults)


def faults(text: str) -> list[str]:
    with pytest.raises(RecordError) as caught:
        load(text)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + "titel: 甲", "r.yaml:3:1: titel: there is no field “titel” here; did you mean “title”?"),
        (
            HEAD + "sections: [{kind: trainning}]",
            "r.yaml:3:12: sections[0]: there is no section kind “trainning”; did you mean “training”?",
        ),
        (HEAD + "sections: [{heading: 甲}]", "r.yaml:3:12: sections[0]: the section has no “kind”"),
        (
            HEAD + "sections:\n  - kind: training\n    sessions:\n      - {topic: 甲, attendnce: 3}",
            "r.yaml:6:20: sections[0].sessions[0].attendnce: there is no field “attendnce” here;"
            " did you mean “attendance”?",
        ),
        (
            HEAD + "sections:\n  - kind: training\n    sessions:\n      - {topic: 甲, attendance: 许多}",
            "r.yaml:6:32: sections[0].sessions[0].attendance: expected a number such as 300, or a text such as"
            " “300余人次”, “近300人次”, “约1.2万人次”; found “许多”",
        ),
        (HEAD + "title: 2025", 'r.yaml:3:8: title: expected a text, in quotation marks: "2025"; found 2025'),
        (HEAD + "title: true", "r.yaml:3:8: title: expected a text; found true"),
        (HEAD + "title: [甲]", "r.yaml:3:8: title: expected a text; found a list of 1"),
        (HEAD + "sealed: no", "r.yaml:3:9: sealed: expected true or false; found “no”"),
        (HEAD + "sections: {kind: team}", "r.yaml:3:11: sections: expected a list; found fields (kind)"),
        (HEAD + "signed_on: 2025-02-30", "r.yaml:3:12: signed_on: this date does not exist; found “2025-02-30”"),
        ("community: 甲\nperiod: 2025", "r.yaml:1:12: community: expected fields with names; found “甲”"),
        (
            "community: {name: 甲}\nperiod: {start: 2025-03-01, end: 2025-02-01}",
            "r.yaml:2:9: period: the end is before the start; found fields (start, end)",
        ),
        ("community: {name: 甲}", "r.yaml:1:1: period: this field is missing; it is required"),
        (HEAD + 'title: "a\\u0007b"', "r.yaml:3:8: title: character U+0007 at position 2, which no document can show;"),
        (HEAD + "sections: [{kind: outcomes, coverage: 120}]", "sections[0].coverage: expected at most 100"),
        (
            HEAD + "sections: [{kind: outcomes, coverage: {value: 120}}]",
            "sections[0].coverage.value: expected at most 100",
        ),
        (
            HEAD + "sections: [{kind: funding, total: 12000.5}]",
            "sections[0].total: expected a whole number, such as 12000; found 12000.5",
        ),
    ],
)
def test_messages(text: str, message: str) -> None:
    (told,) = faults(text)
    assert message in told


def test_a_lone_surrogate_is_named() -> None:
    text = '{"community": {"name": "甲\\ud800"}, "period": 2025}'
    record = read_text(text, name="r.json", syntax="json")
    with pytest.raises(RecordError, match=r"r.json:1:24: community.name: character U\+D800 .*; found “甲\\ud800”"):
        validate(record.data, MODEL, locate=record.place)


def test_all_faults_at_once_in_their_order() -> None:
    text = "community: {nmae: 甲}\nperiod: 2025-13\ntitle: 甲\ntitle: 乙\nsections:\n  - kind: 3\n  - {kind: team, volunteers: -1}\n"
    expected = [
        "r.yaml:1:13: community.nmae: ",
        "r.yaml:2:9: period: ",
        "r.yaml:4:1: ",
        "r.yaml:6:5: sections[0]: ",
        "r.yaml:7:30: sections[1].volunteers: ",
    ]
    told = faults(text)
    assert len(told) == len(expected)
    for fault, place in zip(told, expected, strict=True):
        assert fault.startswith(place)


def test_no_fault_no_error(tmp_path: Path) -> None:
    assert load(HEAD).community.name == "试验社区"


class Drills(Section):
    """A stranger's, with rules of its own."""

    kind: Literal["drills"]
    leader: Line | None = None
    code: Annotated[str, Field(pattern="^[A-Z]{2}$")] = "AA"
    deputy: Line | None = None

    @field_validator("leader")
    @classmethod
    def _check(cls, value: str | None) -> str | None:
        if value == "{甲}":
            raise ValueError("{甲} leads nothing")
        return value

    @model_validator(mode="after")
    def _both(self) -> "Drills":
        assert not self.deputy or self.leader, "a deputy of nobody"
        return self


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"leader": "{甲}"}, "sections[0].leader: {甲} leads nothing; found “{甲}”"),
        ({"code": "a"}, "sections[0].code: String should match pattern '^[A-Z]{2}$'; found “a”"),
        ({"deputy": "乙"}, "sections[0]: a deputy of nobody; found fields (kind, deputy)"),
    ],
)
def test_the_rules_of_a_stranger_are_reported_as_they_are(fields: dict[str, str], told: str) -> None:
    record = {"community": {"name": "试验社区"}, "period": 2025, "sections": [{"kind": "drills", **fields}]}
    with pytest.raises(RecordError) as caught:
        validate(record, summary_model([*MODELS, Drills]))
    assert [str(fault) for fault in caught.value.faults] == [told]


def many(count: int, entry: str) -> str:
    return HEAD + "".join(entry.format(number=number) for number in range(count))


@pytest.mark.parametrize(
    ("entry", "first"),
    [
        ("fact{number}: 1\n", "r.yaml:3:1: fact0: there is no field “fact0” here; available: community, period"),
        ("titel{number}: 1\n", "r.yaml:3:1: titel0: there is no field “titel0” here; did you mean “title”?"),
    ],
)
def test_of_many_faults_the_first_are_reported_and_how_many_follow(entry: str, first: str) -> None:
    found = faults(many(1000, entry))
    assert len(found) == MOST_FAULTS + 1
    assert found[0].startswith(first)
    assert found[-1].endswith("and 900 more from here on, not listed one by one")


@pytest.mark.parametrize(
    "entry",
    [
        "{number}: 1\n",
        "attendance{number}: 1\n",
        "{number}: {{kind: x}}\n",
        "场次{number}: 1\n",
    ],
)
def test_time_is_in_proportion_to_the_faults(entry: str) -> None:
    languages = default_engine().languages

    def check(count: int) -> None:
        record = read_text(many(count, entry), name="r.yaml", syntax="yaml")
        with pytest.raises(RecordError):
            validate(record.data, MODEL, name="r.yaml", locate=record.place, languages=languages)

    assert growth(check, 400) < LINEAR


def test_section_kinds_that_nobody_knows_are_looked_up_in_proportion_to_their_number() -> None:
    languages = default_engine().languages

    def check(count: int) -> None:
        sections = [{"kind": f"trainng{number}"} for number in range(count)]
        with pytest.raises(RecordError) as caught:
            validate(
                {"community": {"name": "试验社区"}, "period": 2025, "sections": sections}, MODEL, languages=languages
            )
        assert len(caught.value.faults) == MOST_FAULTS + 1

    assert growth(check, 200) < LINEAR


def test_a_key_as_long_as_the_file_is_cut() -> None:
    (found,) = faults(HEAD + "a" * 900 + ": 1")
    assert len(found) < 500


def test_a_number_that_cannot_be_written_out_is_reported() -> None:
    # Files have none; who calls the library may.
    with pytest.raises(RecordError) as caught:
        validate({"community": {"name": 10**5000}, "period": 10**5000, "title": [10**5000]}, MODEL)
    assert sum("a number of more than 640 digits" in str(fault) for fault in caught.value.faults) == 2
