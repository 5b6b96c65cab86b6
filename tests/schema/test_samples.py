"""The values that fields may hold are read from the models, and samples are made from them."""

import datetime
import gc
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field

from kepu_docs.plugin import Count, Day, Line, Many, Period, Photo, Prose, Record, Section, Share, Text, Unit
from kepu_docs.schema.samples import Samples, alone, fields, lists, records, values_at
from kepu_docs.schema.shapes import (
    ChoiceShape,
    DayShape,
    ManyShape,
    NumberShape,
    OtherShape,
    PartShape,
    PeriodShape,
    QuantityShape,
    Shape,
    TextShape,
    models_of,
    shapes,
)
from kepu_docs.testing.steps import growth, steps
from kepu_docs.testing.wording import words_of, written_in


class Inner(Record):
    name: Line
    day: Day | None = None


class Everything(Section):
    kind: Literal["everything"]
    line: Line | None = None
    text: Text
    prose: Prose = ()
    choice: Literal["a", "b"] | None = None
    truth: bool = False
    year: Annotated[int, Field(ge=1950, le=2100)] | None = None
    count: Annotated[Count, Unit("人")] | None = None
    share: Annotated[Share, Unit("%")] | None = None
    day: Day | None = None
    when: Period | None = None
    inner: Inner | None = None
    many: Many[Inner] = ()
    other: dict[str, int] | None = None


SHAPES: dict[str, Shape] = {
    "kind": ChoiceShape(("everything",)),
    "heading": TextShape(200),
    "photos": ManyShape(PartShape(Photo)),
    "line": TextShape(200),
    "text": TextShape(20_000),
    "prose": ManyShape(TextShape(20_000)),
    "choice": ChoiceShape(("a", "b")),
    "truth": ChoiceShape((True, False)),
    "year": NumberShape(1950, 2100),
    "count": QuantityShape(Count),
    "share": QuantityShape(Share),
    "day": DayShape(),
    "when": PeriodShape(),
    "inner": PartShape(Inner),
    "many": ManyShape(PartShape(Inner)),
    "other": OtherShape(dict[str, int]),
}


def test_shapes() -> None:
    found = {name: part for name, _, part in shapes(Everything)}
    assert found == {**SHAPES, "written": ManyShape(TextShape(200))}
    assert models_of(Everything) == (Everything, Photo, Inner)


def samples(**options: Any) -> Samples:
    return Samples(Everything, written_in(words_of("zh_Hans")), **options)


def test_a_sample_with_everything() -> None:
    made = samples(size=2, approx="over", given={("line",): "给定"}).section("everything")
    assert made == {
        "kind": "everything",
        "heading": "甲甲",
        "line": "给定",
        "text": "甲甲。",
        "prose": ["甲甲。", "乙乙。"],
        "choice": "a",
        "truth": True,
        "year": 1950,
        "count": {"value": 120, "approx": "over"},
        "share": {"value": 100, "approx": "over"},
        "day": datetime.date(2025, 4, 12),
        "when": {"start": "2025-04-01", "end": "2025-04-12"},
        "inner": {"name": "甲甲", "day": datetime.date(2025, 4, 12)},
        "many": [{"name": name, "day": datetime.date(2025, 4, 12)} for name in ("甲甲", "乙乙")],
    }
    Everything.model_validate(made)


@pytest.mark.parametrize(
    ("target", "full", "told"),
    [
        (("line",), False, {"line": "甲甲"}),
        (("many",), False, {"many": [{"name": "甲甲"}]}),
        (("many",), True, {"many": [{"name": "甲甲", "day": datetime.date(2025, 4, 12)}]}),
        (("many", "day"), False, {"many": [{"name": "甲甲", "day": datetime.date(2025, 4, 12)}]}),
    ],
)
def test_a_sample_with_one_field_alone(target: tuple[str, ...], full: bool, told: dict[str, Any]) -> None:
    made = samples(size=1).section("everything", alone(target, full=full))
    assert made == {"kind": "everything", "text": "甲甲。", **told}


def test_texts_of_long_lists_differ() -> None:
    made = samples(sizes={("many",): 25}).section("everything")
    names = list(values_at(made, ("many", "name")))
    assert len(set(names)) == 25
    assert names[10:12] == ["甲甲1", "乙乙1"]
    assert len(made["prose"]) == 2


def test_fields_and_lists() -> None:
    assert ("many", "day") in set(fields(Everything))
    assert not {("kind",), ("text",), ("photos",), ("many", "name")} & set(fields(Everything))
    assert list(lists(Everything)) == [("prose",), ("many",)]
    assert list(records(Everything)) == [("inner",), ("many",)]


def test_steps_are_counted_and_growth_measured() -> None:
    assert steps(lambda: [2 * each for each in range(100)]) > 100
    assert growth(lambda size: None, 10) == 0
    assert growth(lambda size: [2 * each for each in range(size)], 50) == pytest.approx(2, abs=0.1)
    assert growth(lambda size: [1 for one in range(size) for other in range(size)], 50) == pytest.approx(4, abs=0.2)


def test_what_others_do_when_garbage_is_collected_is_not_counted() -> None:
    def work() -> list[list[int]]:
        return [[each] for each in range(5_000)]

    def others(phase: str, info: dict[str, int]) -> None:
        for _ in range(100):
            pass

    alone = steps(work)
    gc.callbacks.append(others)
    try:
        assert steps(work) == alone
    finally:
        gc.callbacks.remove(others)
    assert gc.isenabled()
