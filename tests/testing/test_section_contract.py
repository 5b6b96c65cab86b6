"""A section kind that meets the contract, and one broken in each way: the check for it reports it, and where."""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

import pytest
from pydantic import ConfigDict, field_validator, model_validator

from kepu_docs.blocks import Block, Heading, Paragraph
from kepu_docs.plugin import (
    Count,
    FactSection,
    Line,
    Many,
    Recognition,
    Record,
    Section,
    SectionKind,
    StatedAmount,
    Text,
    Unit,
    WorkSummary,
    hookimpl,
    total,
)
from kepu_docs.testing import SectionContract


class Drill(Record):
    """One drill."""

    name: Line
    """What was practised: 疏散."""
    attendance: Annotated[Count, Unit("人次")] | None = None
    """Attendances, in 人次 (all sessions)."""


class Drills(FactSection):
    """Drills."""

    kind: Literal["drills"]
    drills: Many[Drill] = ()
    """The drills, one by one."""
    leader: Line | None = None
    """Who led them."""

    def facts(self, summary: WorkSummary) -> Mapping[str, Any]:
        """``attendance`` in all."""
        return {"attendance": total((drill.attendance for drill in self.drills), "人次")}


TEMPLATE = """\
{% heading %}{{ section.heading or kind_label(section.kind) }}{% endheading %}
{% paragraph %}{{ [section.leader | phrase("由{}带队"), section.drills | length | phrase("演练{}次") if section.drills else "",
    section.attendance | phrase("参加{}")] | sentence }}{% endparagraph %}
{% for drill in section.drills %}
{% item lead=drill.name, style="number" %}{{ [drill.attendance | phrase("参加{}")] | sentence }}{% enditem %}
{% endfor %}
{% paragraphs section.narrative %}
{% points section.points %}
"""
MESSAGES = 'msgctxt "kind"\nmsgid "drills"\nmsgstr "演练"\n'
KEYS = "\n\n".join(
    f'msgctxt "{context}"\nmsgid "{key}"\nmsgstr "{text}"'
    for context, key, text in (
        ("choice", "drills", "演练"),
        ("key", "drills", "演练"),
        ("key", "leader", "带队"),
    )
)
INTERFACE = "\n\n".join(
    f'msgid "{english}"\nmsgstr "{text}"'
    for english, text in (
        ("Drills.", "演练。"),
        ("What was practised: 疏散.", "演练什么：疏散。"),
        ("Attendances, in 人次 (all sessions).", "多少人参加，以人次计。"),
        ("The drills, one by one.", "逐项列出。"),
        ("Who led them.", "谁带队。"),
    )
)
EXAMPLE = {"kind": "drills", "leader": "甲某某", "drills": [{"name": "疏散", "attendance": 300}, {"name": "急救"}]}


def contract(
    folder: Path,
    model: type[Section] = Drills,
    compose: Callable[[Mapping[str, Any]], Iterable[Block]] | None = None,
    **changed: Any,
) -> SectionContract:
    """Return the contract of a kind, with files and attributes ``changed`` from what is right."""
    recognition = changed.pop("recognition", None)
    there = folder / "zh_Hans"
    (there / "sections").mkdir(parents=True)
    for name, content in (
        ("sections/drills.jinja", changed.pop("template", TEMPLATE)),
        ("messages.po", changed.pop("messages", MESSAGES)),
        ("keys.po", changed.pop("keys", KEYS)),
        ("interface.po", changed.pop("interface", INTERFACE)),
    ):
        if content:
            (there / name).write_text(content, encoding="utf-8")

    class Plugin:
        @hookimpl
        def kepu_sections(self) -> list[SectionKind]:
            return [SectionKind(model, compose, recognition=recognition)]

        @hookimpl
        def kepu_templates(self) -> list[Path]:
            return [folder]

    attributes: dict[str, Any] = {"kind": "drills", "sections": [EXAMPLE], "plugins": [Plugin()], **changed}
    made: type[SectionContract] = type("TestDrills", (SectionContract,), attributes)
    return made()


CHECKS = [name for name in dir(SectionContract) if name.startswith("test_")]


def broken(made: SectionContract, checks: Iterable[str] = CHECKS) -> dict[str, str]:
    """Return those of ``checks`` that a kind breaks, with what each says."""
    found = {}
    for name in checks:
        try:
            getattr(made, name)()
        except AssertionError as error:
            found[name.removeprefix("test_")] = str(error)
    return found


def test_a_sound_kind_keeps_it(tmp_path: Path) -> None:
    assert broken(contract(tmp_path)) == {}


def test_a_kind_with_a_function_keeps_it(tmp_path: Path) -> None:
    def compose(facts: Mapping[str, Any]) -> Iterable[Block]:
        section = facts["section"]
        yield Heading(1, section["heading"] or "演练")
        for drill in section["drills"]:
            attendance = drill["attendance"]
            yield Paragraph(f"{drill['name']}，参加{attendance['value']}人次。" if attendance else f"{drill['name']}。")
        if section["leader"]:
            yield Paragraph(f"由{section['leader']}带队。")
        yield from (Paragraph(text) for text in (*section["narrative"], *section["points"]))

    assert broken(contract(tmp_path, compose=compose, template="")) == {}


class Loose(Drills):
    """Drills."""

    model_config = ConfigDict(extra="ignore")


class Unexplained(Drills):
    """Drills."""

    secret: bool = False


class Shrinking(Drills):
    """Drills."""

    @model_validator(mode="after")
    def _once(self) -> "Shrinking":
        object.__setattr__(self, "drills", self.drills[1:])
        return self


class Graded(Drill):
    nature: Literal["public", "at_school"] | None = None


class Natural(Drills):
    drills: Many[Graded] = ()


class Slow(Drills):
    """Drills."""

    def facts(self, summary: WorkSummary) -> Mapping[str, Any]:
        pairs = [1 for one in self.drills for other in self.drills if one.name == other.name]
        return {**super().facts(summary), "pairs": len(pairs)}


COUNTER = count()


class Changing(Drills):
    """Drills."""

    def facts(self, summary: WorkSummary) -> Mapping[str, Any]:
        return {**super().facts(summary), "attendance": next(COUNTER) + 1}


BROKEN: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "an example is no record": (
        {"sections": [EXAMPLE, {"kind": "drills", "drils": []}]},
        {"the_examples_load_and_load_again": r"sections\[1\] is refused: sections\[0\]\.drils"},
    ),
    "an example of another kind": (
        {"sections": [EXAMPLE, {"kind": "training"}]},
        {"the_examples_load_and_load_again": r"sections\[1\] has kind: 'training'; expected 'drills'"},
    ),
    "a record that is another when read again": (
        {"model": Shrinking},
        {"the_examples_load_and_load_again": "is another when written and read again"},
    ),
    "unknown keys are let pass": (
        {"model": Loose},
        {"unknown_keys_are_refused": "an unknown key in sections"},
    ),
    "a heading of nothing": (
        {"template": TEMPLATE + "{% paragraph %}本年开展了演练。{% endparagraph %}"},
        {"empty_data_leaves_no_trace": "a section with only its kind shows 一、 | 演练 | 本年开展了演练。"},
    ),
    "a quantity of nothing": (
        {
            "template": TEMPLATE.replace(
                "{% paragraphs", "{% paragraph %}共{{ section.drills | length }}场。{% endparagraph %}{% paragraphs"
            )
        },
        {"empty_data_leaves_no_trace": "共0场", "each_field_alone_is_shown_well": "a quantity of nothing: 共0场。"},
    ),
    "None is printed": (
        {"template": TEMPLATE.replace('section.leader | phrase("由{}带队")', '"由" ~ section.leader ~ "带队"')},
        {"each_field_alone_is_shown_well": "a left-over of the template: 由None带队"},
    ),
    "a field of an entry is not looked for": (
        {"template": TEMPLATE.replace("[drill.attendance | phrase", "[drill.attendance.value | phrase")},
        {"each_field_alone_is_shown_well": "drills.jinja, line 5: "},
    ),
    "marks doubled and dangling": (
        {
            "template": TEMPLATE.replace(
                "{% paragraphs",
                "{% paragraph %}{{ section.leader | phrase('由{}带队，') }}{{ section.attendance | phrase('，{}') }}"
                "{% endparagraph %}{% paragraphs",
            )
        },
        {"each_field_alone_is_shown_well": "a mark at the end after which nothing comes: 由甲甲带队，"},
    ),
    "a text is changed": (
        {"template": TEMPLATE.replace("lead=drill.name", "lead=drill.name | upper")},
        {"any_text_survives": "drills.name: the template changes or drops “<script>"},
    ),
    "a text is no longer told": (
        {"template": TEMPLATE.replace('section.leader | phrase("由{}带队")', '""')},
        {"every_text_is_shown": "zh_Hans: leader"},
    ),
    "no heading": ({"messages": ""}, {"everything_is_translated": 'msgctxt "kind", msgid "drills"'}),
    "a key without a name": (
        {"keys": KEYS.replace("leader", "loader")},
        {"everything_is_translated": "keys.po has no name of the field Drills.leader"},
    ),
    "an explanation without translation": (
        {"interface": INTERFACE.replace("Who led", "Who lead")},
        {"everything_is_translated": r"interface.po has no “Who led them\.” \(Drills.leader\)"},
    ),
    "a column without a head": (
        {"template": TEMPLATE + '{% table section.drills, columns=["name", "swiftness"] %}'},
        {"everything_is_translated": "messages.po has no head of the column swiftness"},
    ),
    "a field without a docstring": (
        {"model": Unexplained},
        {"everything_is_translated": "Unexplained.secret has no docstring"},
    ),
    "a phrase that loses its value": (
        {"template": TEMPLATE.replace("演练{}次", "有演练")},
        {"the_wording_names_what_is_there": r"drills\.jinja:2: phrase\(“有演练”\) has no {} for its value"},
    ),
    "a misspelt fact": (
        {"template": TEMPLATE.replace("section.leader", "section.laeder")},
        {"the_wording_names_what_is_there": r"drills\.jinja:2: there is no fact “laeder”; did you mean “leader”"},
    ),
    "a misspelt computed fact": (
        {"template": TEMPLATE.replace("section.attendance", "section.atendance")},
        {
            "the_wording_names_what_is_there": r"drills\.jinja:3: there is no fact “atendance”; did you mean “attendance”"
        },
    ),
    "a choice in a table without a label": (
        {"model": Natural, "template": TEMPLATE + '{% table section.drills, columns=["nature"] %}'},
        {"the_wording_names_what_is_there": "“at_school”, a choice in the column “nature”, has no label in zh_Hans"},
    ),
    "a label that nothing looks up": (
        {"messages": MESSAGES + '\nmsgctxt "field"\nmsgid "atendance"\nmsgstr "人次"\n'},
        {"the_wording_names_what_is_there": r"messages\.po:6: “atendance” with msgctxt “field” is never used"},
    ),
    "text outside a tag": (
        {"template": TEMPLATE + "\n演练"},
        {"the_template_is_sound_and_within_its_budget": "text outside a block tag"},
    ),
    "a template without end": (
        {"template": TEMPLATE + "{% for a in section.drills %}{% for b in section.drills %}{% endfor %}{% endfor %}"},
        {
            "the_template_is_sound_and_within_its_budget": "drills with 1000 entries: .*more than 200000 steps",
            "time_grows_linearly": r"drills: the last doubling costs 3\.[0-9] times the one before; linear is 2",
        },
    ),
    "facts that take more and more time": (
        {"model": Slow},
        {"time_grows_linearly": r"drills: the last doubling costs [23]\.[5-9]"},
    ),
    "a document that is another each time": (
        {"model": Changing},
        {"rendering_is_deterministic": "composed twice, the documents differ"},
    ),
}


@pytest.mark.some(2)
@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_is_reported(case: str, tmp_path: Path) -> None:
    changed, expected = BROKEN[case]
    found = broken(contract(tmp_path, **changed), [f"test_{check}" for check in expected])
    for check, told in expected.items():
        assert re.search(told, found.get(check, "")), found


@pytest.mark.deep
def test_a_field_that_is_not_to_be_reported_is_named(tmp_path: Path) -> None:
    template = TEMPLATE.replace('section.leader | phrase("由{}带队")', '""')
    assert broken(contract(tmp_path, template=template, not_shown=["leader"])) == {}


class Numbered(Drills):
    """Drills."""

    leader: Line | None = None
    """Who led them."""

    @field_validator("leader")
    @classmethod
    def _check(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch("[甲-龟]某某", value):
            raise ValueError("expected a name such as 甲某某")
        return value


@pytest.mark.deep
def test_what_a_model_refuses_by_a_rule_of_its_own_is_taken_from_the_examples(tmp_path: Path) -> None:
    assert broken(contract(tmp_path / "with", Numbered)) == {}
    without = broken(contract(tmp_path / "without", Numbered, sections=[{"kind": "drills"}]))
    assert "give an example that has leader" in without["all_formats_agree"]


class Both(Drills):
    """Drills."""

    @model_validator(mode="after")
    def _check(self) -> "Both":
        if self.leader and not self.drills:
            raise ValueError("a leader without a drill")
        return self


@pytest.mark.deep
def test_a_rule_about_several_fields_passes_samples_over(tmp_path: Path) -> None:
    assert broken(contract(tmp_path, Both)) == {}


RECOGNITION = Recognition(words="演练", amounts=(StatedAmount("narrative", "参加", "人"),))


@pytest.mark.deep
@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"headings": ["演练"]}, "it is given headings, and has no recognition"),
        ({"sentences": {"演练。": {}}}, "it is given sentences, and has no recognition"),
        ({"recognition": RECOGNITION}, "give headings of old documents"),
        ({"recognition": RECOGNITION, "headings": ["培训"]}, "the heading “培训” is recognised as “training”"),
        (
            {"recognition": RECOGNITION, "headings": ["演练"]},
            "narrative is an amount of its recognition; give a sentence",
        ),
        (
            {"recognition": RECOGNITION, "headings": ["演练"], "sentences": {"参加3人。": {"leader": "甲某某"}}},
            "“参加3人。” gives leader: None; expected '甲某某'",
        ),
        ({"recognition": Recognition(words="演("), "headings": ["演练"]}, "not a regular expression"),
    ],
)
def test_a_recognition_that_recognises_nothing_is_reported(tmp_path: Path, changed: dict[str, Any], told: str) -> None:
    found = broken(contract(tmp_path, **changed))
    assert list(found) == ["old_documents_are_recognised"]
    assert told in found["old_documents_are_recognised"]


def test_a_recognition_that_holds(tmp_path: Path) -> None:
    sentences = {"参加3人。": {"narrative.0": "3人"}}
    assert broken(contract(tmp_path, recognition=RECOGNITION, headings=["应急演练"], sentences=sentences)) == {}


def test_a_kind_that_nobody_has_and_examples_that_are_not_there_are_reported(tmp_path: Path) -> None:
    class TestNothing(SectionContract):
        kind = "nothing_of_the_kind"
        sections: ClassVar = [{"kind": "nothing_of_the_kind"}]

    with pytest.raises(pytest.fail.Exception, match="no plugin has the section kind “nothing_of_the_kind”"):
        TestNothing().test_all_formats_agree()
    with pytest.raises(pytest.fail.Exception, match="give TestDrills an attribute sections"):
        contract(tmp_path, sections=[]).test_all_formats_agree()


class Story(Drills):
    """Drills."""

    story: Text
    """What happened."""


@pytest.mark.deep
def test_a_kind_that_needs_a_text_always_tells_it(tmp_path: Path) -> None:
    made = contract(
        tmp_path,
        Story,
        template=TEMPLATE + "{% paragraph %}{{ section.story }}{% endparagraph %}",
        sections=[{**EXAMPLE, "story": "一切顺利。"}],
        keys=KEYS + '\n\nmsgctxt "key"\nmsgid "story"\nmsgstr "经过"',
        interface=INTERFACE + '\n\nmsgid "What happened."\nmsgstr "经过。"',
    )
    assert broken(made) == {}
