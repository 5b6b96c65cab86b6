"""What a check of a template finds without a record, and what it accepts."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

import pytest

from kepu_docs.composing.composer import Composer
from kepu_docs.composing.known_facts import facts, of_model, of_value
from kepu_docs.composing.snapshots import Snapshot
from kepu_docs.composing.wording_check import Labels, check_wording, frame_facts
from kepu_docs.errors import Message
from kepu_docs.plugin import Count, FactSection, Line, Many, Period, Record, Unit, WorkSummary
from kepu_docs.registry import Registry, core

CORE = Registry.of(core)


class Lesson(Record):
    name: Line
    nature: Literal["public", "at_school"] | None = None
    held_on: Period | None = None
    attendance: Annotated[Count, Unit("人次")] | None = None
    parts: "Many[Lesson]" = ()


class Lessons(FactSection):
    kind: Literal["lessons"]
    lessons: Many[Lesson] = ()
    is_open: bool = False


SECTION = facts(
    {
        **(of_model(Lessons).names or {}),
        **(of_value({"held": Count(value=5, unit="场"), "groups": ({"name": "甲", "lessons": ()},)}).names or {}),
    }
)
KNOWN = frame_facts(of_model(WorkSummary), {"section": SECTION})
LABELS = Labels(
    "zh_Hans", {"name", "nature", "held_on"}.__contains__, {"public"}.__contains__,
    {"nature": frozenset(("public", "at_school"))},
)  # fmt: skip


def found(template: str, known: Any = KNOWN, **extended: str) -> list[str]:
    """Return what is reported of a template, with the lines."""
    own = Snapshot("/own", {"zh_Hans/sections/training.jinja": template.encode()})
    composer = Composer(CORE.kinds, (own, *CORE.folders), "zh_Hans", guarded=True)
    reported: dict[str, None] = {}

    def report(line: int, problem: Message) -> None:
        reported[f"{line}: {problem}"] = None

    check_wording(composer.parsed("sections/training.jinja"), known, LABELS, report)
    return list(reported)


def shown(expression: str) -> str:
    return f"{{% paragraph %}}\n{{{{ {expression} }}}}{{% endparagraph %}}"


NEAR = "there is no fact “{}”; did you mean “{}”?".format
LOST = "phrase(“{}”) has no {{}} for its value".format


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        (shown("section.hled"), NEAR("hled", "held")),
        (shown('section["hled"]'), NEAR("hled", "held")),
        (shown("sektion.held"), NEAR("sektion", "section")),
        (shown("community.naem"), NEAR("naem", "name")),
        (shown("period.strat.year"), NEAR("strat", "start")),
        (shown("period.start.yaer"), NEAR("yaer", "year")),
        (shown("section.held.vlaue"), NEAR("vlaue", "value")),
        (shown("section.lessons[0].parts[1].parts[2].nmae"), NEAR("nmae", "name")),
        (shown("(section.lessons | first).nmae"), NEAR("nmae", "name")),
        (shown("section.lessons[1:][0].nmae"), NEAR("nmae", "name")),
        (shown('section.lessons | map(attribute="nmae") | join'), NEAR("nmae", "name")),
        (shown('section.lessons | selectattr("nmae") | list | length'), NEAR("nmae", "name")),
        (shown('section.lessons | sort(attribute="held_on.strat") | length'), NEAR("strat", "start")),
        (shown("section.groups[0].nmae"), NEAR("nmae", "name")),
        (shown("section.lessons.name"), "“name” belongs to a text, a number or a list"),
        (shown("(section.held or section.lessons).nmae"), ""),
        (shown("section.lessons[0].name.x"), "“x” belongs to a text, a number or a list"),
        (shown("{'甲': section.held}['乙']"), "there is no fact “乙”; available: 甲"),
        ("{% paragraph %}\n{% for x in section.lessons %}{{ x.nmae }}{% endfor %}{% endparagraph %}", NEAR("nmae", "name")),
        ("{% paragraph %}\n{% for x in [1] %}{{ loop.lsat }}{% endfor %}{% endparagraph %}", NEAR("lsat", "last")),
        ("\n{% set x = section.hled %}", NEAR("hled", "held")),
        ("{% paragraph %}\n{% if section.hled %}{% endif %}{% endparagraph %}", NEAR("hled", "held")),
        ("{% macro m(x) %}\n{{ x.nmae }}{% endmacro %}" + shown("m(section.lessons[0])"), NEAR("nmae", "name")),
        ("{% macro m(x) %}\n{{ section.hled }}{% endmacro %}", NEAR("hled", "held")),
        ("\n{% paragraphs section.narative %}", NEAR("narative", "narrative")),
        ("\n{% item lead=section.hled %}{% enditem %}", NEAR("hled", "held")),
        ('\n{% table section.lessons, columns=["nmae"] %}', NEAR("nmae", "name")),
        ('\n{% table section.lessons, columns=["name"] if period else ["nmae"] %}', NEAR("nmae", "name")),
        ('\n{% table section.lessons, columns=["attendance"] %}', "the column “attendance” has no heading in zh_Hans"),
        ('\n{% table section.lessons, columns=["nature"] %}', "“at_school”, a choice in the column “nature”, has no label"),
        (shown('section.held | phrase("共")'), LOST("共")),
        (shown('section.lessons[0].name | phrase("共")'), LOST("共")),
        (shown('section.held | counted("x", "y") | phrase("共")'), LOST("共")),
        (shown('section.lessons | length | phrase("{n}共")'), LOST("{n}共")),
        (shown('section.held | phrase("共{}" if period else "共")'), LOST("共")),
        (shown('section.held | phrase(body ~ "共")'), LOST("…共")),
        (shown('section.is_open | phrase("{}共")'), "phrase(“{}共”) follows a yes or no"),
        (shown('section.held | phrase("{}共{}")'), "phrase(“{}共{}”) writes its value more than once"),
        ('{% set p = "共" %}' + shown("section.held | phrase(p)"), LOST("共")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_seen_with_its_line(template: str, expected: str) -> None:
    reported = found(template)
    if not expected:
        assert reported == []
        return
    assert len(reported) == 1, reported
    assert reported[0].startswith(f"2: {expected}")


@pytest.mark.parametrize(
    "template",
    [
        shown('section.nope | default("无")'),
        shown("'' if section.nope is defined else sektion is undefined"),
        shown('section.is_open | phrase("开放")'),
        shown('section.held | phrase("共{}" ~ section.held | phrase("{}"))'),
        shown('section.held | phrase("" if section.is_open else "共{}")'),
        shown("(section.held | string | list)[0].x"),
        "{% set x = section.held %}{% set x = section.lessons[0] %}" + shown("x.name"),
        "{% if period %}{% set x = 1 %}{% endif %}" + shown("x"),
        '{% macro m(x) %}{{ x.name }}{{ caller }}{% endmacro %}' + shown("m(section.lessons[0])"),
        "{% macro m(x) %}{{ later }}{% endmacro %}{% set later = 1 %}" + shown("m(1)"),
        "{% paragraph %}{% for a, b in section.lessons | groupby('name') %}{{ a.x }}{{ b.y }}{% endfor %}{% endparagraph %}",
        "{% paragraph %}{% with x = section.held %}{{ x.value }}{% endwith %}{% endparagraph %}",
        '{% set x %}{{ section.held }}{% endset %}' + shown('x | trim | phrase("共{}")'),
        '{% table section.lessons, columns=["name", "held_on"] %}',
        shown("range(3) | map('string') | join"),
    ],
)  # fmt: skip
def test_what_may_be_right_passes(template: str) -> None:
    assert found(template) == []


def test_names_of_what_is_extended_are_there_and_its_own_faults_are_not_ours() -> None:
    ours = '{% extends "default" %}\n{% block overview %}{{ audiences }}{{ rolled_up }}{{ audienecs }}{% endblock %}'
    assert found(ours) == [f"2: {NEAR('audienecs', 'audiences')}"]


def test_the_title_sees_no_section() -> None:
    (problem,) = found(shown("section.held"), frame_facts(of_model(WorkSummary), {}))
    assert problem.startswith("2: there is no fact “section”")


@pytest.mark.parametrize(("depth", "calls"), [(7, 30), (500, 2)])
def test_macros_that_call_each_other_are_gone_through_in_bounded_time(depth: int, calls: int) -> None:
    """Each calls the one before several times: there are more ways through them than anybody could go."""

    def macros() -> Iterator[str]:
        yield "{% macro m0(x) %}{{ x.nmae }}{{ section.hled }}{% endmacro %}"
        for nth in range(1, depth):
            yield f"{{% macro m{nth}(x) %}}{f'{{{{ m{nth - 1}(x) }}}}' * calls}{{% endmacro %}}"

    reported = found("".join(macros()) + shown(f"m{depth - 1}(section.lessons[0])"))
    assert reported == [f"1: {NEAR('nmae', 'name')}", f"1: {NEAR('hled', 'held')}"][-1 if depth > 8 else 0 :]


def test_parts_within_parts_within_macros_are_gone_through() -> None:
    deep = "(" * 20 + "x.nmae" + " or 1)" * 20
    body = "{% if x %}" * 20 + "{{ CALL }}" + "{% endif %}" * 20
    macros = [
        f"{{% macro m{nth}(x) %}}{body.replace('CALL', f'm{nth - 1}(x)' if nth else deep)}{{% endmacro %}}"
        for nth in range(8)
    ]
    assert found("".join(macros) + shown("m7(section.lessons[0])")) == [f"1: {NEAR('nmae', 'name')}"]
