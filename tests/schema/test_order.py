"""Entries that may have a date are shown in order of date; the record keeps the order in which it was written."""

import datetime
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu_docs.registry import Registry
from kepu_docs.schema import FactSection, Period, WorkSummary, in_order
from kepu_docs.sections import Activities, NextYearPlan, Outcomes, Training

REGISTRY: Final = Registry.load()
DAYS: Final = st.dates(datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
TIMES: Final = st.one_of(
    st.none(),
    DAYS,
    st.integers(2024, 2026),
    st.tuples(DAYS, DAYS).map(lambda ends: Period(start=min(ends), end=max(ends))),
)


ROLLUP: Final = {"kind": "rollup", "number": 2}


class Drills(FactSection):
    kind: str = "drills"


def summary(**fields: Any) -> WorkSummary:
    return REGISTRY.model.model_validate({"community": {"name": "试验社区"}, "period": 2025, **fields})


@given(st.lists(st.tuples(st.integers(), TIMES), max_size=8))
def test_dates_ascend_and_what_has_none_comes_last(entries: list[tuple[int, Any]]) -> None:
    shown = in_order(entries, lambda entry: entry[1], Drills(), summary())
    dated = [when for _, when in shown if when is not None]
    begins = [
        when.start if isinstance(when, Period) else datetime.date(when, 1, 1) if isinstance(when, int) else when
        for when in dated
    ]
    assert begins == sorted(begins)
    assert [when for _, when in shown[: len(dated)]] == dated
    assert sorted(shown, key=str) == sorted(entries, key=str)
    assert [entry for entry in shown if entry[1] is None] == [entry for entry in entries if entry[1] is None]


@pytest.mark.parametrize(
    ("record", "section", "shown"),
    [
        ({}, {}, [1, 2, None]),
        ({"order": "as_written"}, {}, [2, None, 1]),
        ({"order": "as_written"}, {"order": "by_date"}, [1, 2, None]),
        ({}, {"order": "as_written"}, [2, None, 1]),
        ({"sections": [ROLLUP]}, {}, [2, None, 1]),
        ({"sections": [ROLLUP]}, {"order": "by_date"}, [1, 2, None]),
    ],
    ids=str,
)
def test_the_section_counts_before_the_record(record: Any, section: Any, shown: list[int | None]) -> None:
    entries = [2, None, 1]
    found = in_order(entries, lambda day: day and datetime.date(2025, 1, day), Drills(**section), summary(**record))
    assert list(found) == shown


@pytest.mark.parametrize(
    ("section", "field", "name", "shown"),
    [
        (
            Training(
                sessions=[
                    {"topic": "丙"},
                    {"topic": "乙", "held_on": "2025-09"},
                    {"topic": "甲", "held_on": "2025-03-05"},
                ]
            ),
            "sessions",
            "topic",
            "甲乙丙",
        ),
        (
            Activities(
                activities=[{"name": "丙"}, {"name": "乙", "held_on": "2025-09"}, {"name": "甲", "held_on": 2025}]
            ),
            "activities",
            "name",
            "甲乙丙",
        ),
        (
            NextYearPlan(
                tasks=[
                    {"task": "丙"},
                    {"task": "乙", "deadline": 2026},
                    {"task": "甲", "deadline": "2026-06"},
                ]
            ),
            "tasks",
            "task",
            "甲乙丙",
        ),
        (
            Outcomes(awards=[{"name": "丙"}, {"name": "乙", "year": 2025}, {"name": "甲", "year": 2024}]),
            "honours",
            "name",
            "甲乙丙",
        ),
    ],
)
def test_lists_of_the_kinds(section: FactSection, field: str, name: str, shown: str) -> None:
    def names(facts: Any) -> str:
        return "".join(entry[name] if isinstance(entry, dict) else getattr(entry, name) for entry in facts[field])

    told = summary(sections=[section])
    assert names(section.facts(told)) == shown
    assert names(section.facts(summary(order="as_written"))) == shown[::-1]
    assert told.sections[0] is section


def test_within_groups_too() -> None:
    section = Activities(
        activities=[
            {"name": "丁", "category": "讲座", "held_on": "2025-12"},
            {"name": "乙", "category": "展览", "held_on": "2025-02"},
            {"name": "丙", "category": "讲座", "held_on": "2025-01"},
            {"name": "甲", "category": "展览", "held_on": "2025-01-05"},
        ]
    )
    groups = section.facts(summary())["groups"]
    assert [[each["name"] for each in group["activities"]] for group in groups] == [["丙", "丁"], ["甲", "乙"]]


def test_the_record_keeps_the_order_of_its_writer() -> None:
    told = summary(
        sections=[
            {
                "kind": "training",
                "sessions": [{"topic": "乙", "held_on": "2025-09"}, {"topic": "甲", "held_on": "2025-03"}],
            }
        ]
    )
    shown = REGISTRY.composer("zh_Hans").compose(told)
    assert shown.record.index("乙") < shown.record.index("甲")
