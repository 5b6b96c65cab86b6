import datetime
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from kepu_docs.schema import Day, Period

period = TypeAdapter(Period)
day: TypeAdapter[datetime.date] = TypeAdapter(Day)


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        (2025, "2025-01-01", "2025-12-31"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-H1", "2025-01-01", "2025-06-30"),
        ("2025-H2", "2025-07-01", "2025-12-31"),
        ("2025-Q1", "2025-01-01", "2025-03-31"),
        ("2025-Q4", "2025-10-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-09-20", "2025-09-20", "2025-09-20"),
        (datetime.date(2025, 9, 20), "2025-09-20", "2025-09-20"),
        ({"start": "2025-01-05", "end": "2026-01-04"}, "2025-01-05", "2026-01-04"),
    ],
)
def test_spans_of_days(written: Any, start: str, end: str) -> None:
    found = period.validate_python(written)
    assert (found.start.isoformat(), found.end.isoformat()) == (start, end)


@pytest.mark.parametrize(
    "written",
    [
        "2025-13", "2025-00", "2025-H3", "2025-Q5", "25", 25, 99999, "1949", 2101, "2025-02-30", "2025年", True, None,
        {"start": "2025-01-01"}, {"start": "2025-02-01", "end": "2025-01-01"}, "2025\n", 2025.5,
        {"start": "2025-02-30", "end": "2025-03-01"},
    ],
)  # fmt: skip
def test_impossible_periods_are_refused(written: Any) -> None:
    with pytest.raises(ValidationError):
        period.validate_python(written)


@pytest.mark.parametrize(
    "written", ["2025-02-29", "2025-4-1", "20250401", 20250401, "2025-04-12T10:00", datetime.datetime(2025, 4, 12)]
)
def test_impossible_days_are_refused(written: Any) -> None:
    with pytest.raises(ValidationError):
        day.validate_python(written)
