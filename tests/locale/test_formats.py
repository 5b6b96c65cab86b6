import datetime
from importlib.resources import files
from typing import Any

import pytest

from kepu_docs.locale.catalog import Catalog
from kepu_docs.locale.chain import fallback_chain
from kepu_docs.locale.formats import Formats
from kepu_docs.resources import candidates

CHAIN = fallback_chain("zh_Hans")
CATALOG = Catalog.read(file.read_bytes() for file in candidates([files("kepu_templates")], CHAIN, "messages.po"))
FORMATS = Formats("zh_Hans", CATALOG)


def quantity(value: float, approx: str = "exactly", unit: str = "人次", scale: int = 1) -> dict[str, Any]:
    return {"value": value, "approx": approx, "unit": unit, "scale": scale}


def span(start: str, end: str) -> dict[str, datetime.date]:
    return {"start": datetime.date.fromisoformat(start), "end": datetime.date.fromisoformat(end)}


def test_chain() -> None:
    assert fallback_chain("zh_Hant_HK") == ("zh_Hant_HK", "zh_Hant", "zh", "zh_Hans")
    assert fallback_chain("zh-Hans") == ("zh_Hans", "zh")
    assert fallback_chain("en") == ("en", "zh_Hans")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (quantity(1200), "1,200人次"),
        (quantity(1200, "over"), "1,200余人次"),
        (quantity(325, "over"), "超过325人次"),
        (quantity(5, "over", "场"), "超过5场"),
        (quantity(10_000, "nearly", "册", 10_000), "近万册"),
        (quantity(12_000, "over", "册", 10_000), "1.2万余册"),
        (quantity(300, "about"), "约300人次"),
        (quantity(300, "at_least"), "300人次以上"),
        (quantity(95.5, "over", "%"), "超过95.5%"),
        (quantity(0.67, unit="平方公里"), "0.67平方公里"),
        (quantity(1.234567, unit="平方公里"), "1.234567平方公里"),
        (quantity(123_456_789, "exactly", "元", 100_000_000), "1.23456789亿元"),
    ],
)
def test_counts(given: dict[str, Any], shown: str) -> None:
    assert FORMATS.count(given) == shown


@pytest.mark.parametrize(
    ("given", "shown", "within_the_year"),
    [
        (span("2025-01-01", "2025-12-31"), "2025年", "2025年"),
        (span("2023-01-01", "2025-12-31"), "2023—2025年", "2023—2025年"),
        (span("2025-01-01", "2025-06-30"), "2025年上半年", "上半年"),
        (span("2025-07-01", "2025-12-31"), "2025年下半年", "下半年"),
        (span("2025-07-01", "2025-09-30"), "2025年第三季度", "第三季度"),
        (span("2025-09-01", "2025-09-30"), "2025年9月", "9月"),
        (span("2025-02-01", "2025-05-31"), "2025年2月至5月", "2月至5月"),
        (span("2024-11-01", "2025-02-28"), "2024年11月至2025年2月", "2024年11月至2025年2月"),
        (span("2025-04-12", "2025-04-12"), "2025年4月12日", "4月12日"),
        (span("2025-09-15", "2025-09-21"), "2025年9月15日至21日", "9月15日至21日"),
        (span("2025-09-15", "2025-10-02"), "2025年9月15日至10月2日", "9月15日至10月2日"),
    ],
)
def test_periods(given: dict[str, datetime.date], shown: str, within_the_year: str) -> None:
    assert FORMATS.period(given) == shown
    assert FORMATS.period(given, within=span("2025-01-01", "2025-12-31")) == within_the_year


def test_lists_and_sentences() -> None:
    assert FORMATS.join_list([]) == ""
    assert FORMATS.join_list(["甲", None, "", "乙"]) == "甲和乙"
    assert FORMATS.join_list(["甲", "乙", "丙"]) == "甲、乙和丙"
    assert FORMATS.sentence(["", None, ""]) == ""
    assert FORMATS.sentence(["甲", "", "乙"]) == "甲，乙。"
    assert FORMATS.stop("好！") == "好！"
    assert FORMATS.phrase(None, "培训{}") == ""
    assert FORMATS.phrase(quantity(3, unit="场"), "培训{}") == "培训3场"
    assert FORMATS.phrase("{x}", "培训{}") == "培训{x}"


def test_a_fuzzy_or_empty_entry_is_no_label() -> None:
    catalog = Catalog.read(
        [b'#, fuzzy\nmsgctxt "field"\nmsgid "a"\nmsgstr "A"\n\nmsgctxt "field"\nmsgid "b"\nmsgstr ""\n']
    )
    assert catalog.label("field", "a") == "a"
    assert catalog.label("field", "b") == "b"
