from typing import Any

import pytest

from kepu_docs.reading.times import read_day, read_period, record_period


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


@pytest.mark.parametrize("text", ["", "今年", "2025年9月至13月", "2025年9月15日的讲座", "20253", "1900年"])
def test_no_times(text: str) -> None:
    assert read_period(text) is None


def test_a_day_that_the_calendar_lacks_is_left_to_the_record() -> None:
    assert read_day("2025年2月31日") == "2025-02-31"
    assert read_day("2025年2月") is None
