from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from kepu_docs.schema import Count, Measure, Share, Unit, total
from kepu_docs.schema.amounts import LONGEST

count: TypeAdapter[Count] = TypeAdapter(Annotated[Count, Unit("人次")])
measure: TypeAdapter[Measure] = TypeAdapter(Annotated[Measure, Unit("平方米")])
share: TypeAdapter[Share] = TypeAdapter(Annotated[Share, Unit("%")])


@pytest.mark.parametrize(
    ("written", "value", "approx", "unit", "scale"),
    [
        (300, 300, "exactly", "人次", 1),
        (3.0, 3, "exactly", "人次", 1),
        ("300", 300, "exactly", "人次", 1),
        ("300+", 300, "over", "人次", 1),
        ("300余", 300, "over", "人次", 1),
        ("300多人次", 300, "over", "人次", 1),
        ("300余人", 300, "over", "人", 1),
        ("超过300", 300, "over", "人次", 1),
        ("近1万", 10_000, "nearly", "人次", 10_000),
        ("近万册", 10_000, "nearly", "册", 10_000),
        ("1.2万余册", 12_000, "over", "册", 10_000),
        ("1.2345亿", 123_450_000, "exactly", "人次", 100_000_000),
        ("3,000", 3_000, "exactly", "人次", 1),
        ("３，０００份", 3_000, "exactly", "份", 1),
        ("约500", 500, "about", "人次", 1),
        ("500人左右", 500, "about", "人", 1),
        ("500人上下", 500, "about", "人", 1),
        ("突破2000", 2_000, "over", "人次", 1),
        ("500人次以上", 500, "at_least", "人次", 1),
        ("不少于6场", 6, "at_least", "场", 1),
        ("more than 300", 300, "over", "人次", 1),
        (" 25 人 ", 25, "exactly", "人", 1),
        ("0", 0, "exactly", "人次", 1),
        ({"value": 5}, 5, "exactly", "人次", 1),
        ({"value": 5, "approx": "about", "unit": "期"}, 5, "about", "期", 1),
    ],
)
def test_counts_as_people_write_them(written: Any, value: int, approx: str, unit: str, scale: int) -> None:
    found = count.validate_python(written)
    assert (found.value, found.approx, found.unit, found.scale) == (value, approx, unit, scale)


@pytest.mark.parametrize(
    "written",
    [
        "", "人", "近300余", "约300左右", "三百", "3,00", "3 000", "1.5", "1.23456万", "-3", "300\n", "0x10", "1e3",
        -1, 1.5, True, None, [], float("nan"), 10**12, {"value": "300"}, {"value": 1, "size": 2}, {}, "9999999999999",
        {"value": 1, "scale": 1000}, {"value": 1, "approx": "some"},
    ],
)  # fmt: skip
def test_what_is_no_count_is_refused(written: Any) -> None:
    with pytest.raises(ValidationError):
        count.validate_python(written)


def test_measures_and_shares_have_decimals() -> None:
    assert measure.validate_python("约120.5").value == 120.5
    assert share.validate_python("95.5%以上") == Share(value=95.5, approx="at_least", unit="%")
    assert share.validate_python(100).value == 100


@pytest.mark.parametrize("written", [100.1, "100.1%", "101", -1, "1万%"])
def test_a_share_is_at_most_a_hundred(written: Any) -> None:
    with pytest.raises(ValidationError):
        share.validate_python(written)


@given(st.integers(0, 10**11), st.sampled_from(["exactly", "over", "nearly", "about", "at_least"]))
def test_a_dumped_count_loads_to_an_equal_one(value: int, approx: str) -> None:
    first = count.validate_python({"value": value, "approx": approx})
    assert count.validate_json(count.dump_json(first, exclude_unset=True)) == first


@pytest.mark.parametrize(
    ("parts", "result"),
    [
        ([300, 25], ("exactly", 325)),
        (["300余", 25], ("over", 325)),
        (["300余", "25以上"], ("over", 325)),
        (["近300", 25], ("nearly", 325)),
        (["近300", "25余"], ("about", 325)),
        (["约300", 25], ("about", 325)),
        (["300以上", 25], ("at_least", 325)),
        ([300, None], ("at_least", 300)),
        (["300余", None], ("over", 300)),
        ([0, 0], ("exactly", 0)),
    ],
)
def test_what_is_uncertain_stays_so_in_a_sum(parts: list[Any], result: tuple[str, int]) -> None:
    summed = total([None if part is None else count.validate_python(part) for part in parts], "人次")
    assert summed is not None
    assert (summed.approx, summed.value, summed.unit) == (*result, "人次")


def test_a_sum_may_be_larger_than_any_count() -> None:
    most = count.validate_python(999_999_999_999)
    summed = total([most, most], "人次")
    assert summed is not None
    assert summed.value == 1_999_999_999_998


def test_nothing_adds_up_to_nothing() -> None:
    assert total([], "场") is None
    assert total([None], "场") is None


@pytest.mark.parametrize("text", ["1{blanks}人", "近{blanks}1", "{blanks}1", "1{blanks}!"])
def test_a_text_too_long_for_a_quantity_is_not_looked_at(text: str) -> None:
    blanks = " " * (LONGEST - len(text) + len("{blanks}"))
    if not text.endswith("!"):
        assert count.validate_python(text.format(blanks=blanks)).value == 1
    with pytest.raises(ValidationError, match="expected a number such as 300"):
        count.validate_python(text.format(blanks=blanks + " "))
    schema = count.json_schema()["anyOf"]
    assert [each["maxLength"] for each in schema if "pattern" in each] == [LONGEST]
