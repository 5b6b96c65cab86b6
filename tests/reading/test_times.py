from typing import Any

import pytest

from kepu_docs.reading.times import read_day, read_period, record_period
from kepu_docs.schema.period import FIRST_YEAR, LAST_YEAR


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2025", 2025),
        ("2025-H1", "2025-H1"),
        ("2023-2025", {"start": "2023-01-01", "end": "2025-12-31"}),
        ("2024-03/2024-11", {"start": "2024-03-01", "end": "2024-11-30"}),
        ("2024-03/2024-13", "2024-03/2024-13"),
    ],
)
def test_times_as_records_have_them(written: str, value: Any) -> None:
    assert record_period(written) == value


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025/5/1-5/7", "2025-05-01", "2025-05-07"),
        ("2025.5.1-5.7", "2025-05-01", "2025-05-07"),
        ("2025.5.30～6.2", "2025-05-30", "2025-06-02"),
        ("2025-05-01至05-07", "2025-05-01", "2025-05-07"),
        ("2025年5月1日至5/7", "2025-05-01", "2025-05-07"),
        ("2025.3-5", "2025-03-01", "2025-05-31"),
        ("2025/9-10", "2025-09-01", "2025-10-31"),
    ],
)
def test_the_last_day_or_month_may_leave_out_the_year(text: str, start: str, end: str) -> None:
    assert read_day(text) is None
    assert read_period(text) == {"start": start, "end": end}


@pytest.mark.parametrize(
    "text",
    [
        "2025-3.5",
        "2025/3.5",
        "2025-05-01-05-07",
        "",
        "今年",
        "2025年9月至13月",
        "2025年9月15日的讲座",
        "20253",
        "1900年",
    ],
)
def test_no_times(text: str) -> None:
    assert read_period(text) is None


def test_a_day_that_the_calendar_lacks_is_left_to_the_record() -> None:
    assert read_day("2025年2月31日") == "2025-02-31"
    assert read_day("2025年2月") is None


@pytest.mark.parametrize("year", [FIRST_YEAR, 1999, 2000, 2025, LAST_YEAR])
def test_every_year_that_a_record_may_have_is_read(year: int) -> None:
    digits = "〇一二三四五六七八九"
    for day in (
        f"{year}-12-31", f"{year}年12月31日", f"{year}.12.31", f"{year}1231", f"31 December {year}", f"December 31, {year}",
        "".join(digits[int(digit)] for digit in str(year)) + "年十二月三十一日",
    ):  # fmt: skip
        assert read_day(day) == read_period(day) == f"{year}-12-31", day
    for whole in (f"{year}", f"{year}年", f"{year}年度"):
        assert read_period(whole) == year
    ends = {"start": f"{year - 1}-01-01", "end": f"{year}-12-31"}
    if year > FIRST_YEAR:
        for text in (f"{year - 1}-01-01至{year}-12-31", f"{year - 1}-{year}", f"{year - 1}年至{year}年"):
            assert read_period(text) == ends, text
