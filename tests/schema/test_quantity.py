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
        ("300餘", 300, "over", "人次", 1),
        ("2.1萬餘戶", 21_000, "over", "戶", 10_000),
        ("8600餘場", 8_600, "over", "場", 1),
        ("不少於6場", 6, "at_least", "場", 1),
        ("1.5億", 150_000_000, "exactly", "人次", 100_000_000),
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
        (["300余", "25以上"], ("at_least", 325)),
        (["近300", 25], ("nearly", 325)),
        (["近300", "25余"], ("about", 325)),
        (["约300", 25], ("about", 325)),
        (["300以上", 25], ("at_least", 325)),
        ([300, None], ("at_least", 300)),
        (["300余", None], ("at_least", 300)),
        (["近300", None], ("at_least", 300)),
        ([0, 0], ("exactly", 0)),
    ],
)
def test_what_is_uncertain_stays_so_in_a_sum(parts: list[Any], result: tuple[str, int]) -> None:
    summed = total([None if part is None else count.validate_python(part) for part in parts], "人次")
    assert summed is not None
    assert (summed.approx, summed.value, summed.unit) == (*result, "人次")


@pytest.mark.parametrize(
    ("parts", "result"),
    [
        (["近600", 319, 95, "近900"], ("about", 1_900)),
        (["300余", 25], ("over", 320)),
        ([312_265, "1.2万余"], ("over", 324_000)),
        ([323_965, "300余"], ("over", 324_000)),
        ([500, 81, None], ("at_least", 580)),
        (["近60", 38, None], ("at_least", 90)),
        (["近300", 95], ("nearly", 400)),
        (["近95", 132], ("nearly", 230)),
        (["近600", "近900"], ("nearly", 1_500)),
        (["近1万", 2_300], ("about", 12_000)),
        (["约500", "300余", 17], ("about", 820)),
        (["325余"], ("over", 325)),
        (["近227", 0], ("nearly", 227)),
        ([12, None], ("at_least", 12)),
        (["5余", 3], ("over", 8)),
        ([1_234, 56], ("exactly", 1_290)),
    ],
)
def test_a_sum_is_shown_as_exact_as_its_coarsest_part(parts: list[Any], result: tuple[str, int]) -> None:
    summed = total([None if part is None else count.validate_python(part) for part in parts], "人次")
    assert summed is not None
    assert (summed.as_shown.approx, summed.as_shown.value) == result


def test_what_a_writer_gave_is_shown_as_given() -> None:
    for written in ("近1914", "约227人", "581以上", {"value": 1234, "approx": "over"}):
        given_count = count.validate_python(written)
        assert given_count.as_shown == given_count


COUNTS = st.none() | st.builds(
    lambda figures, zeros, approx: Count(value=figures * 10**zeros, approx=approx),
    st.integers(1, 9_999),
    st.integers(0, 4),
    st.sampled_from(["exactly", "over", "nearly", "about", "at_least"]),
)


def places(value: float) -> int:
    """Return how many zeros a number ends with."""
    return len(str(value)) - len(str(value).rstrip("0"))


@given(st.lists(COUNTS, min_size=2, max_size=6))
def test_sums_are_rounded_as_their_parts_bear_and_stay_true(parts: list[Count | None]) -> None:
    summed = total(parts, "人次")
    known = [part for part in parts if part is not None]
    if summed is None or (len(known) == 1 and None not in parts):
        return
    said, exact = summed.as_shown, sum(part.value for part in known)
    assert summed.value == exact
    coarsest = max((places(part.value) for part in known if part.approx != "exactly"), default=0)
    match said.approx:
        case "exactly":
            assert (said.value, None in parts) == (exact, False)
            return
        case "over" | "at_least":
            assert said.value <= exact, "never more than is there"
            assert exact - said.value < 10 ** max(places(said.value), coarsest - 1, 1)
        case "nearly":
            assert said.value >= exact, "what is near stays below"
    if None in parts:
        assert said.approx == "at_least"
    assert abs(said.value - exact) <= exact / 10
    if exact >= 100:
        figures = len(str(said.value).rstrip("0"))
        assert said.value % 10 == 0
        assert figures <= 3
        assert figures <= 2 or places(said.value) >= coarsest - (said.approx in ("over", "at_least"))


@given(st.lists(COUNTS, min_size=2, max_size=6), st.data())
def test_the_order_of_parts_does_not_matter(parts: list[Count | None], data: st.DataObject) -> None:
    assert total(parts, "场") == total(data.draw(st.permutations(parts)), "场")


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
