"""Charts from the facts of a record."""

from typing import Any

import pytest

import kepu_docs
from kepu_docs.blocks import Chart


def charts(**section: Any) -> list[Chart]:
    record = {"community": {"name": "试验社区"}, "period": section.pop("period", 2025), "sections": [section]}
    return [block for block in kepu_docs.compose(kepu_docs.load(record)).blocks if isinstance(block, Chart)]


def activities(*given: dict[str, Any], **more: Any) -> list[Chart]:
    return charts(kind="activities", activities=list(given), **more)


def figures(chart: Chart) -> dict[str, tuple[float | None, str]]:
    (series,) = chart.series
    return dict(zip(chart.categories, zip(series.values, series.labels, strict=True), strict=True))


def test_there_is_no_chart_unless_it_is_asked_for() -> None:
    assert activities({"name": "讲座", "held_on": "2025-03-04"}) == []
    assert activities({"name": "讲座", "held_on": "2025-03-04"}, charts={}) == []


def test_activities_by_month_add_up() -> None:
    (chart,) = activities(
        {"name": "讲座", "held_on": "2025-03-04", "times": 2},
        {"name": "展览", "held_on": "2025-03"},
        {"name": "竞赛", "held_on": {"start": "2025-09-01", "end": "2025-09-20"}, "times": "约10"},
        {"name": "宣传", "held_on": "2025-H2"},
        {"name": "参观"},
        charts={"by_month": "line"},
    )
    assert (chart.kind, chart.axis, chart.series[0].name, chart.number) == ("line", "月份", "场次", "图1")
    shown = figures(chart)
    assert list(shown) == [*(f"{month}月" for month in range(1, 13)), "跨月或未注明月份"]
    assert shown["3月"] == (3.0, "3")
    assert shown["9月"] == (10.0, "约10")
    assert shown["4月"] == (0.0, "0")
    assert shown["跨月或未注明月份"] == (2.0, "2")


def test_months_of_a_longer_time_and_outside_the_time() -> None:
    held = [{"name": "讲座", "held_on": day} for day in ("2024-11-02", "2025-02-03")]
    (chart,) = activities(*held, period={"start": "2023-01-01", "end": "2025-12-31"}, charts={"by_month": "bar"})
    assert chart.categories == ("2024年11月", "2024年12月", "2025年1月", "2025年2月")
    (chart,) = activities({"name": "讲座", "held_on": "2024-12-31"}, period="2025-Q1", charts={"by_month": "bar"})
    assert chart.categories == ("1月", "2月", "3月", "2024年12月")
    assert activities({"name": "讲座"}, period={"start": "2023-01-01", "end": "2025-12-31"}, charts={"by_month": "bar"})


def test_attendance_by_category_has_gaps_where_nothing_is_known() -> None:
    (chart,) = activities(
        {"name": "讲座", "category": "讲座", "attendance": "300余"},
        {"name": "义诊", "category": "讲座", "attendance": 25},
        {"name": "展览", "category": "展览"},
        {"name": "参观", "attendance": "近100人次"},
        charts={"attendance_by_category": "pie"},
    )
    assert figures(chart) == {"讲座": (320.0, "320余"), "展览": (None, ""), "其他活动": (100.0, "近100")}
    assert (chart.axis, chart.series[0].name) == ("类别", "参加人次")


def test_funding_by_use_takes_the_place_of_the_table() -> None:
    uses = [{"purpose": f"用途{place}", "amount": 1000 * place} for place in range(1, 6)]
    record: Any = {"community": {"name": "试验社区"}, "period": 2025}
    record["sections"] = [{"kind": "funding", "uses": uses, "charts": {"by_use": "bar"}}]
    text = kepu_docs.render(kepu_docs.load(record), "md").decode()
    assert text.count("用途3") == 1
    assert "| 用途 | 金额（元） |" in text
    assert "| 用途5 | 5000 |" in text


def test_what_is_all_zero_or_unknown_is_no_chart() -> None:
    assert activities({"name": "讲座", "category": "讲座"}, charts={"attendance_by_category": "bar"}) == []
    assert charts(kind="funding", uses=[{"purpose": "讲座", "amount": 0}], charts={"by_use": "pie"}) == []
    assert activities(charts={"by_month": "bar"}) == []


def test_an_unknown_kind_of_chart_is_refused() -> None:
    with pytest.raises(kepu_docs.RecordError, match=r"charts\.by_month: expected one of bar, line, pie; found “cake”"):
        activities(charts={"by_month": "cake"})
