"""Charts as shapes: their places, and that none of them leaves the chart."""

from math import hypot, isclose, pi
from typing import Any

import pytest

from kepu_docs.blocks import Chart, ChartKind, Series
from kepu_docs.plugin import load_look
from kepu_pdf.chart_shapes import draw

LOOK = load_look("gongwen").chart


def series(name: str, *values: float | None) -> Series:
    return Series(name, values, tuple("" if value is None else f"{value:g}" for value in values))


def chart(kind: ChartKind, *all_series: Series, names: tuple[str, ...] = ()) -> list[Any]:
    count = len(all_series[0].values)
    categories = names or tuple(f"{month}月" for month in range(1, count + 1))
    return list(draw(Chart(kind, "月份", categories, all_series), LOOK).shapes)


def of(shapes: list[Any], kind: str) -> list[Any]:
    return [shape[1:] for shape in shapes if shape[0] == kind]


def texts(shapes: list[Any]) -> list[str]:
    return [str(shape[-1]) for shape in shapes if shape[0] in ("text", "turned")]


def test_bars_are_as_high_as_their_values() -> None:
    bars = of(chart("bar", series("场次", 10.0, 5.0, None, 0.0)), "rect")
    heights = [height for _, _, _, height, _ in bars]
    assert len(bars) == 3  # none where there is no value
    assert isclose(heights[0], 2 * heights[1])
    assert heights[2] == 0
    assert {y + height for _, y, _, height, _ in bars} == {bars[0][1] + bars[0][3]}  # all stand on one line
    assert [x for x, *_ in bars] == sorted(x for x, *_ in bars)


def test_bars_of_two_series_stand_side_by_side_in_their_colours() -> None:
    shapes = chart("bar", series("今年", 3.0, 4.0), series("上年", 2.0, 1.0))
    rects = of(shapes, "rect")
    squares, bars = ([rect for rect in rects if (rect[2] == rect[3]) is square] for square in (True, False))
    assert [colour for *_, colour in bars] == [LOOK.colour(0)] * 2 + [LOOK.colour(1)] * 2
    assert isclose(bars[0][0] + bars[0][2], bars[2][0])
    assert len(squares) == 2  # of the legend
    assert texts(shapes)[-2:] == ["今年", "上年"]


def test_a_negative_value_stands_below_the_line() -> None:
    (_, upper, _, first, _), (_, lower, _, _, _) = of(chart("bar", series("增减", 4.0, -4.0)), "rect")
    assert isclose(upper + first, lower)


def test_a_line_is_broken_where_there_is_no_value() -> None:
    shapes = chart("line", series("人次", 1.0, 2.0, None, 3.0, 4.0))
    drawn = [points for points, colour, _ in of(shapes, "line") if colour == LOOK.colour(0)]
    assert [len(points) for points in drawn] == [2, 2]
    assert len(of(shapes, "shape")) == 4  # markers


def test_markers_tell_the_series_apart() -> None:
    shapes = chart("line", *(series(str(number), 1.0) for number in range(4)))
    assert [len(points) for points, _ in of(shapes, "shape")] == [16, 4, 3, 4]


def test_slices_take_the_share_of_their_value() -> None:
    slices = of(chart("pie", series("金额", 1.0, 3.0, 0.0, None)), "shape")
    areas = []
    for points, _ in slices:
        around = zip(points, (*points[1:], points[0]), strict=True)
        areas.append(abs(sum(x * down - right * y for (x, y), (right, down) in around)) / 2)
    assert len(areas) == 2
    assert areas[1] / areas[0] == pytest.approx(3, rel=0.01)
    (centre, edge, *_), _ = slices[0]
    radius = hypot(edge[0] - centre[0], edge[1] - centre[1])
    assert sum(areas) == pytest.approx(pi * radius**2, rel=0.01)


def test_a_pie_of_nothing_has_its_texts() -> None:
    shapes = chart("pie", series("金额", 0.0, 0.0))
    assert of(shapes, "shape") == []
    assert {"金额", "1月", "2月"} <= set(texts(shapes))


@pytest.mark.parametrize(
    ("largest", "ticks"),
    [
        (4.0, ["0", "1", "2", "3", "4"]),
        (12.5, ["0", "5", "10", "15"]),
        (950.0, ["0", "500", "1000"]),
        (0.3, ["0", "0.1", "0.2", "0.3"]),
        (0.0, ["0", "0.5", "1"]),
    ],
)
def test_the_grid_has_round_figures(largest: float, ticks: list[str]) -> None:
    assert texts(chart("bar", series("数", largest)))[: len(ticks)] == ticks


def test_thousands_are_set_apart_where_the_labels_have_it_so() -> None:
    written = Series("册", (12_000.0,), ("12,000",))
    shown = texts(list(draw(Chart("bar", "年", ("2025",), (written,)), LOOK).shapes))
    assert "15,000" in shown
    assert "12,000" in shown


@pytest.mark.parametrize("kind", ["bar", "line", "pie"])
@pytest.mark.parametrize("count", [1, 3, 12, 60])
@pytest.mark.parametrize("name", ["月", "一个名称很长的类别"])
def test_shapes_stay_inside_the_chart(kind: ChartKind, count: int, name: str) -> None:
    figures = series("人次", *(float(number * number % 97) for number in range(count)))
    drawing = draw(Chart(kind, "月份", (name,) * count, (figures,)), LOOK)
    assert drawing.width == pytest.approx(LOOK.width * 72 / 25.4)
    shapes: Any = drawing.shapes
    for what, *shape in shapes:
        if what == "rect":
            x, y, width, height, _ = shape
            corners = [(x, y), (x + width, y + height)]
        elif what in ("line", "shape"):
            corners = shape[0]
        else:
            continue
        # A marker may stand on the edge.
        assert all(-4 <= x <= drawing.width + 4 and -4 <= y <= drawing.height + 4 for x, y in corners)
