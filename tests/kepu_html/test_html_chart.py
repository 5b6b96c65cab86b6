"""Charts as drawings: what is drawn where, and their descriptions."""

import re
from collections.abc import Sequence
from math import hypot
from xml.etree.ElementTree import Element

import pytest
from tests.kepu_html.pages import PEOPLE, QUARTERS, TIMES, name, parsed

from kepu_docs.blocks import Chart, ChartKind, Document, Series
from kepu_docs.testing import OFFICIAL_OUTLINE
from kepu_html import HtmlRenderer


def figure(chart: Chart) -> Element:
    """Return the figure of a chart on a page."""
    page = HtmlRenderer().render(Document("总结", (chart,), "zh_Hans", OFFICIAL_OUTLINE))
    (found,) = parsed(page).iter("figure")
    return found


def drawing(kind: ChartKind, *series: Series, names: Sequence[str] = QUARTERS, caption: str = "活动") -> Element:
    chart = Chart(kind, "季度", tuple(names), series, caption, "图1" if caption else "")
    return next(each for each in figure(chart).iter() if name(each) == "svg")


def drawn(root: Element, tag: str) -> list[Element]:
    return [each for each in root.iter() if name(each) == tag]


def numbers(text: str | None) -> list[float]:
    return [float(number) for number in re.findall(r"-?[0-9.]+", text or "")]


def labels(root: Element) -> list[str]:
    return [each.text or "" for each in drawn(root, "text")]


def test_bars_are_as_long_as_their_values() -> None:
    root = drawing("bar", PEOPLE, TIMES)
    bars = [each for each in drawn(root, "rect") if each.get("height") == "14"]
    lengths = [float(each.get("width") or 0) for each in bars]
    assert [round(length / lengths[2] * 300) for length in lengths] == [120, 4, 300, 12, 6, 86, 3]
    assert [each.get("class") for each in bars[:2]] == ["fill s0", "fill s1"]
    assert "".join(labels(root)) == (
        "人次场次第一季度1204第二季度近30012第三季度6第四季度：应急救护培训和识别网络谣言讲座863"
    )


def test_short_names_stand_before_their_bars() -> None:
    root = drawing("bar", TIMES, PEOPLE, names=("春", "夏季", "秋", "冬"))
    bars = [each for each in drawn(root, "rect") if each.get("height") == "14"]
    texts = {each.text: each for each in drawn(root, "text")}
    assert {texts[name].get("text-anchor") for name in ("春", "夏季", "秋", "冬")} == {"end"}
    starts = {float(each.get("x") or 0) for each in bars}
    assert len(starts) == 1
    assert float(texts["夏季"].get("x") or 0) < starts.pop()
    # A name stands on the line of its first bar, and no line holds two names.
    heights = [float(texts[name].get("y") or 0) for name in ("春", "夏季", "秋", "冬")]
    assert [height - 12 for height in heights] == [float(bars[place].get("y") or 0) for place in (0, 2, 4, 5)]


def test_points_stand_as_high_as_their_values_and_a_gap_is_a_gap() -> None:
    root = drawing("line", PEOPLE)
    runs = [numbers(each.get("points")) for each in drawn(root, "polyline")]
    assert [len(run) // 2 for run in runs] == [2]
    heights = [
        numbers(each.get("transform"))[1]
        for each in drawn(root, "path")
        if "translate" in (each.get("transform") or "")
    ]
    axis = next(numbers(each.get("d"))[1] for each in drawn(root, "path") if each.get("class") == "axis")
    first, *points = [axis - 0.5 - height for height in heights]
    assert first > 0  # the legend's own
    assert [round(point / points[1] * 300) for point in points] == [120, 300, 86]


def test_two_lines_differ_by_more_than_their_colours() -> None:
    root = drawing("line", TIMES, TIMES)
    lines = drawn(root, "polyline")
    assert [each.get("class") for each in lines] == ["line s0", "line s1"]
    assert lines[0].get("stroke-dasharray") != lines[1].get("stroke-dasharray")
    marks = {each.get("d") for each in drawn(root, "path") if each.get("transform")}
    assert len(marks) == 2


def test_slices_are_as_wide_as_their_values() -> None:
    root = drawing("pie", Series("经费", (6000.0, 1500.0, 500.0, 0.0), ("6,000", "1,500", "500", "0")))
    ways = [numbers((each.get("d") or "").replace("-", " -")) for each in drawn(root, "path")]
    assert len(ways) == 3
    for x, y, start_x, start_y, radius, _, _, _, _, end_x, end_y in ways:
        assert hypot(start_x - x, start_y - y) == pytest.approx(radius, abs=0.1)
        assert hypot(end_x - x, end_y - y) == pytest.approx(radius, abs=0.1)
    assert [way[7] for way in ways] == [1, 0, 0]  # more than half a circle
    assert ways[0][9] < ways[0][0]  # three quarters, from the top: it ends at the left
    assert labels(root) == [
        "第一季度 6,000",
        "第二季度 1,500",
        "第三季度 500",
        "第四季度：应急救护培训和识别网络谣言讲座 0",
    ]


def test_one_slice_is_a_circle_and_none_is_nothing() -> None:
    assert len(drawn(drawing("pie", Series("经费", (0.0, 5.0), ("0", "5")), names=QUARTERS[:2]), "circle")) == 1
    nothing = drawing("pie", Series("经费", (0.0, None), ("0", "")), names=QUARTERS[:2])
    assert not drawn(nothing, "circle")
    assert not drawn(nothing, "path")


@pytest.mark.parametrize("kind", ["bar", "line", "pie"])
def test_values_that_cannot_be_drawn(kind: ChartKind) -> None:
    root = drawing(kind, Series("增减", (-5.0, None), ("-5", "")), names=QUARTERS[:2])
    assert all(length >= 0 for each in drawn(root, "rect") for length in numbers(each.get("width")))
    assert "-5" in "".join(labels(root))


@pytest.mark.parametrize("kind", ["bar", "line", "pie"])
def test_its_title_and_its_figures_are_said(kind: ChartKind) -> None:
    root = drawing(kind, PEOPLE)
    assert root.get("role") == "img"
    assert [name(each) for each in root][:2] == ["title", "desc"]
    assert [each.text for each in root][:2] == [
        "图1\u3000活动",
        "人次: 第一季度 120, 第二季度 近300, 第三季度, 第四季度：应急救护培训和识别网络谣言讲座 86",
    ]
    assert next(each.text for each in drawing(kind, PEOPLE, caption="")) == "人次"


def test_a_long_description_is_cut_and_the_table_is_whole() -> None:
    names = tuple(f"第{place}次活动" for place in range(300))
    chart = Chart("bar", "活动", names, (Series("人次", (1.0,) * 300, ("1",) * 300),))
    found = figure(chart)
    description = next(each.text or "" for each in found.iter() if name(each) == "desc")
    assert len(description) == 1000
    assert description.endswith("…")
    assert [each.text for each in found.iter("th")][2:] == list(names)


def test_long_names_are_wrapped_and_stay_whole() -> None:
    long = "应急救护培训和识别网络谣言讲座" * 6
    for kind in ("bar", "pie"):
        root = drawing(kind, Series("人次", (1.0,), ("1",)), names=(long,))
        assert long in "".join(labels(root))
        assert max(map(len, labels(root))) <= 31
    root = drawing("line", Series("人次", (1.0,) * 5, ("1",) * 5), names=(long,) * 5)
    assert "".join(labels(root)).count(long) == 5
    assert max(map(len, labels(root))) <= 9


def test_a_line_with_many_points_scrolls() -> None:
    names = [f"{year}年" for year in range(1990, 2026)]
    chart = Chart("line", "年份", tuple(names), (Series("人次", (1.0,) * 36, ("1",) * 36),), "历年活动", "图1")
    box = next(each for each in figure(chart).iter("div") if [name(child) for child in each] == ["svg"])
    assert (box.get("role"), box.get("tabindex"), box.get("aria-label")) == ("group", "0", "图1\u3000历年活动")
    assert int(box[0].get("width") or 0) > 400
    assert not [
        each for each in figure(Chart("line", "季度", QUARTERS, (TIMES,))).iter("div") if name(each[0]) == "svg"
    ]
