"""Figures per resident."""

from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter

from kepu_docs.schema import Count, Unit, total
from kepu_docs.sections.ratios import ratio

COUNT: TypeAdapter[Count] = TypeAdapter(Annotated[Count, Unit("元")])


def count(written: Any) -> Count:
    return COUNT.validate_python(written)


@pytest.mark.parametrize(
    ("part", "whole", "value", "approx"),
    [
        (20_000, 8_600, 2.33, "exactly"),
        ("1.2万余", 6_711, 1.8, "about"),
        ("近1万", 6_711, 1.5, "about"),
        (20_000, "近8600", 2.3, "about"),
        ("近30万", 1_234, 240, "about"),
    ],
)
def test_a_ratio_is_no_finer_than_its_parts(part: Any, whole: Any, value: float, approx: str) -> None:
    found = ratio(count(part), count(whole), "元", decimals=2)
    assert found is not None
    assert (found.value, found.approx) == (value, approx)


def test_a_ratio_is_that_of_the_numbers_shown() -> None:
    books = total([count("近600"), count(319), count(95), count("近900")], "册")
    found = ratio(books, count(1_000), "册", times=100, decimals=1)
    assert found is not None
    assert found.value == 190


def test_nothing_is_shared_out_among_nobody() -> None:
    assert ratio(count(5), count(0), "元", decimals=2) is None
    assert ratio(None, count(5), "元", decimals=2) is None
