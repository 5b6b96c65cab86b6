import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu_docs.typography.numerals import advance, circled, hanzi, label, ordinal

DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (100, "一百"), (101, "一百零一"), (110, "一百一十"),
     (111, "一百一十一"), (10_000, "一万"), (10_003, "一万零三"), (10_100, "一万零一百"), (11_000, "一万一千"), (12_010, "一万二千零一十"),
     (100_000, "十万"), (110_000, "十一万"), (1_000_000, "一百万"), (1_000_010, "一百万零一十"), (10**8, "一亿"),
     (10**8 + 1, "一亿零一"), (10**8 + 10**4, "一亿零一万"), (10**12, "1000000000000"), (1001, "一千零一"), (1010, "一千零一十"), (1100, "一千一百"), (9999, "九千九百九十九")],
)  # fmt: skip
def test_hanzi(number: int, text: str) -> None:
    assert hanzi(number) == text


@given(st.integers(1, 9999) | st.integers(1, 10**12 - 1))
def test_hanzi_reads_back(number: int) -> None:
    whole, group, digit = 0, 0, 0
    for character in hanzi(number):
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in "万亿":
            whole += (group + digit) * {"万": 10**4, "亿": 10**8}[character]
            group = digit = 0
        else:
            group += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[character]
            digit = 0
    assert whole + group + digit == number


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "First"), (2, "Second"), (3, "Third"), (5, "Fifth"), (8, "Eighth"), (12, "Twelfth"), (20, "Twentieth"),
     (21, "Twenty-first"), (40, "Fortieth"), (90, "Ninetieth"), (99, "Ninety-ninth"), (100, "One hundredth"), (101, "One hundred first"),
     (10_000, "Ten thousandth"), (21_301, "Twenty-one thousand three hundred first"), (1_000_000, "One millionth"),
     (120_000, "One hundred twenty thousandth"), (10**12, "1000000000000"),
     (110, "One hundred tenth"), (1000, "One thousandth"), (1234, "One thousand two hundred thirty-fourth")],
)  # fmt: skip
def test_ordinals(number: int, text: str) -> None:
    assert ordinal(number) == text


def test_ordinals_differ() -> None:
    assert len({ordinal(number) for number in range(1, 10_000)}) == 9999


@pytest.mark.parametrize("number", [0, -1])
def test_there_is_no_counter_outside_the_range(number: int) -> None:
    with pytest.raises(ValueError, match="no counter"):
        hanzi(number)
    with pytest.raises(ValueError, match="no counter"):
        ordinal(number)


@given(st.sets(st.integers(1, 1_000_000) | st.integers(1), min_size=2, max_size=200))
def test_every_number_has_a_label_and_no_two_have_the_same(numbers: set[int]) -> None:
    for numerals in ("hanzi", "arabic", "ordinal"):
        labels = {label("%1", numerals, (number,)) for number in numbers}
        assert len(labels) == len(numbers)
        assert all(labels)
    assert len({circled(number) for number in numbers}) == len(numbers)


def test_deeper_counters_start_again() -> None:
    counters: tuple[int, ...] = ()
    shown = []
    for level in (1, 2, 2, 1, 2, 3, 3, 1):
        counters = advance(counters, level)
        shown.append(counters)
    assert shown == [(1,), (1, 1), (1, 2), (2,), (2, 1), (2, 1, 1), (2, 1, 2), (3,)]


def test_a_skipped_level_counts_as_one() -> None:
    assert advance((2,), 3) == (2, 1, 1)


@pytest.mark.parametrize(
    ("pattern", "numerals", "shown"),
    [
        ("%1、", "hanzi", "二、"),
        ("（%2）", "hanzi", "（十一）"),
        ("%3.", "arabic", "3."),
        ("%1.%2.%3", "arabic", "2.11.3"),
        ("%3, ", "ordinal", "Third, "),
    ],
)
def test_labels(pattern: str, numerals: str, shown: str) -> None:
    assert label(pattern, numerals, (2, 11, 3)) == shown


def test_numbers_in_circles() -> None:
    shown = [circled(number) for number in (1, 20, 21, 35, 36, 50, 51)]
    assert shown == ["①", "⑳", "㉑", "㉟", "㊱", "㊿", "（51）"]
