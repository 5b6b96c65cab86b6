"""The rules: what they find, and what they accept."""

import pytest
from kepu_docs_disaster.checks import CHECKS

import kepu_docs
from kepu_docs.plugin import Finding, Subject
from kepu_docs.testing import CheckContract

RULES = {check.rule: check for check in CHECKS}


def findings(rule: str, section: dict[str, object], residents: int | None = 1000) -> list[Finding]:
    """Return what a rule finds in a record with one section."""
    community = {"name": "试验社区", **({} if residents is None else {"residents": residents})}
    record = {"community": community, "period": 2025, "sections": [{"kind": "disaster_prevention", **section}]}
    return list(RULES[rule].find(Subject(kepu_docs.load(record), ())))


def found(rule: str, section: dict[str, object], residents: int | None = 1000) -> list[tuple[str, str]]:
    """Return the fields and messages of what a rule finds."""
    return [
        (".".join(map(str, finding.path)), finding.text.format(**dict(finding.values)))
        for finding in findings(rule, section, residents)
    ]


def test_their_graveness() -> None:
    assert {check.rule: check.severity for check in CHECKS} == {
        "drill-attendance": "warning",
        "reinforced-houses": "error",
        "shelter-capacity": "info",
    }


def test_a_drill_with_more_than_all_residents() -> None:
    drills = [{"name": "甲", "attendance": 900}, {"name": "乙", "attendance": 2001, "times": 2}]
    assert found("drill-attendance", {"drills": drills}) == [
        (
            "sections.0.drills.1.attendance",
            "2001 attendances at 2 drills, and the community has 1000 residents",
        )
    ]


@pytest.mark.parametrize("drill", [{}, {"attendance": 1000}, {"attendance": 2000, "times": 2}])
def test_drills_that_can_be(drill: dict[str, object]) -> None:
    assert found("drill-attendance", {"drills": [{"name": "甲", **drill}]}) == []


def test_nothing_is_said_where_residents_are_not_known() -> None:
    section = {"drills": [{"name": "甲", "attendance": 9000}], "shelters": [{"name": "乙", "capacity": 1}]}
    assert found("drill-attendance", section, None) == []
    assert found("shelter-capacity", section, None) == []


def test_more_houses_reinforced_than_need_it() -> None:
    assert found("reinforced-houses", {"reinforcement": {"done": 13, "needed": 12}}) == [
        (
            "sections.0.reinforcement.done",
            "13 houses have been reinforced, but only 12 need it; those done are among these",
        )
    ]
    for given in ({"done": 12, "needed": 12}, {"done": 12}, {"needed": 12}, {"funds": 12}):
        assert found("reinforced-houses", {"reinforcement": given}) == []


def test_shelters_too_small() -> None:
    shelters = [{"name": "甲", "capacity": 400}, {"name": "乙", "capacity": 500}]
    assert found("shelter-capacity", {"shelters": shelters}) == [
        ("sections.0.shelters", "the shelters have room for 900 of 1000 residents")
    ]
    # The capacity of one is unknown, and it may be the large one.
    assert found("shelter-capacity", {"shelters": [*shelters, {"name": "丙"}]}) == []
    assert found("shelter-capacity", {"shelters": [{"name": "甲", "capacity": 1000}]}) == []


def record(**section: object) -> dict[str, object]:
    """Return a record with one section, of a community of a thousand residents."""
    return {
        "community": {"name": "试验社区", "residents": 1000},
        "sections": [{"kind": "disaster_prevention", **section}],
    }


class TestDrillAttendance(CheckContract):
    """The contract of every rule; findings are also reported in the users' languages."""

    rule = "drill-attendance"
    wrong_records = (
        (
            record(drills=[{"name": "甲", "attendance": 900}, {"name": "乙", "attendance": 2000}]),
            ["sections[0].drills[1].attendance"],
        ),
    )
    right_records = (record(drills=[{"name": "甲", "attendance": 2000, "times": 2}, {"name": "乙"}]),)


class TestReinforcedHouses(CheckContract):
    """The contract of every rule."""

    rule = "reinforced-houses"
    wrong_records = ((record(reinforcement={"done": 13, "needed": 12}), ["sections[0].reinforcement.done"]),)
    right_records = (record(reinforcement={"done": 12, "needed": 12}),)


class TestShelterCapacity(CheckContract):
    """The contract of every rule."""

    rule = "shelter-capacity"
    wrong_records = ((record(shelters=[{"name": "甲", "capacity": 900}]), ["sections[0].shelters"]),)
    right_records = (record(shelters=[{"name": "甲", "capacity": 900}, {"name": "乙"}]),)
