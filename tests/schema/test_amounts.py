"""One grammar of amounts for records, old documents and the checker's rules."""

import re

import pytest

from kepu_docs.schema.amounts import amount_pattern, read_amount


@pytest.mark.parametrize(
    ("written", "value", "approximation", "unit"),
    [
        # The examples of GB/T 15835-2011, 4.3, and thousands parted by its 5.1.1.
        ("100多件", 100, "over", "件"),
        ("20余次", 20, "over", "次"),
        ("约300人", 300, "about", "人"),
        ("40左右", 40, "about", ""),
        ("50上下", 50, "about", ""),
        ("50多人", 50, "over", "人"),
        ("98,235,358", 98_235_358, "exactly", ""),
        ("20多万人次", 200_000, "over", "人次"),
        ("20万多人次", 200_000, "over", "人次"),
        ("突破3万", 30_000, "over", ""),
        ("不低于6场", 6, "at_least", "场"),
        ("近万册", 10_000, "nearly", "册"),
        ("1.25亿元以上", 125_000_000, "at_least", "元"),
    ],
)
def test_amounts(written: str, value: int, approximation: str, unit: str) -> None:
    amount = read_amount(written)
    assert amount is not None
    assert (int(amount.value), str(amount.approximation), amount.unit) == (value, approximation, unit)
    assert re.fullmatch(amount_pattern(unit, "[0-9,.]*"), written) or not unit


@pytest.mark.parametrize("written", ["", "人", "余", "三百人", "2025，300人", "12,34份", "300、400人", "-5"])
def test_what_is_no_amount(written: str) -> None:
    assert read_amount(written) is None


def test_an_amount_within_a_text() -> None:
    shape = re.compile(f"(?P<amount>{amount_pattern('场次|场')})")
    found = shape.search("全年举办讲座近1,200余场次以上，")
    assert found is not None
    assert (found["amount"], found["unit"]) == ("近1,200余场次以上", "场次")
    assert shape.search("自2025，30场次")["amount"] == "30场次"  # type: ignore[index]
