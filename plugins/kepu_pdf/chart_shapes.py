"""Charts as shapes: the places of bars, lines, slices, axes and their texts, in points from the upper left corner.

A shape is a tuple of its name and the arguments that ``paper.typ`` takes for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from math import ceil, cos, floor, log10, pi, sin
from typing import Final, TypeAlias

from kepu_docs.plugin import POINTS_A_MILLIMETRE, Chart, ChartLook, quarters

Shape: TypeAlias = tuple[object, ...]
Point: TypeAlias = tuple[float, float]

_TICKS: Final = 4
_GAP: Final = 4.0
_LINE: Final = 1.25
"""Height of a line of text, as a multiple of its size."""
_BARS: Final = 0.56
"""The share of a category's room that its bars take."""
_NARROWEST: Final = 2
"""The fewest characters in a line of a category's name; with less room the name is turned."""
_MARKER: Final = 3.0
_RULE: Final = 1.5
_GRID: Final = 0.5
_INK: Final = "000000"
_ARC: Final = pi / 60
_MOST_LEGEND: Final = 0.35
"""The greatest share of a chart's height for the legend."""
_MOST_NAMES: Final = 0.5
"""The greatest share of a chart's height for the names below the axis."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """A value axis: its ends, and the values of its grid."""

    low: float
    high: float
    ticks: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart's shapes, its texts among them, and its size in points."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def draw(block: Chart, look: ChartLook) -> Drawing:
    """Return the drawing of a chart: as large as the look says, or higher if its legend takes too much of that."""
    width, height = look.width * POINTS_A_MILLIMETRE, look.height * POINTS_A_MILLIMETRE
    names = block.categories if block.kind == "pie" else tuple(series.name for series in block.series)
    legend: list[Shape] = []
    taken = 0.0
    if block.kind == "pie" or len(block.series) > 1:
        _, taken = _legend(names, look, width, height)
        height += max(taken - height * _MOST_LEGEND, 0.0)
        legend, taken = _legend(names, look, width, height)
    own = height - taken
    drawn = _pie(block, look, width, own) if block.kind == "pie" else _on_axes(block, look, width, own)
    return Drawing(width, height, (*drawn, *legend))


def _width(text: str, look: ChartLook) -> float:
    return quarters(text) / 4 * look.size


def _legend(names: tuple[str, ...], look: ChartLook, width: float, height: float) -> tuple[list[Shape], float]:
    """Return the legend at the foot of a chart of this size, and its height."""
    line, square = look.size * _LINE, look.size * 0.6
    rows: list[list[tuple[int, str, float]]] = [[]]
    used = 0.0
    for place, name in enumerate(names):
        wide = min(square + _GAP + _width(name, look) + 3 * _GAP, width)
        if used + wide > width and rows[-1]:
            rows.append([])
            used = 0.0
        rows[-1].append((place, name, wide))
        used += wide
    taken = len(rows) * line + _GAP
    shapes: list[Shape] = []
    for number, row in enumerate(rows):
        y = height - taken + _GAP + number * line
        x = (width - sum(wide for *_, wide in row)) / 2
        for place, name, wide in row:
            shapes.append(("rect", x, y + (line - square) / 2, square, square, look.colour(place)))
            shapes.append(("text", x + square + _GAP, y, wide - square - _GAP, "left", name))
            x += wide
    return shapes, taken


def _scale(block: Chart) -> _Scale:
    values = [value for series in block.series for value in series.values if value is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    if low == high:
        high = 1.0
    rough = (high - low) / _TICKS
    power = 10.0 ** floor(log10(rough))
    step = next(power * part for part in (1, 2, 5, 10) if power * part >= rough * 0.999)
    first, last = floor(low / step), ceil(high / step - 1e-9)
    return _Scale(first * step, last * step, tuple(place * step for place in range(first, last + 1)))


def _shown(value: float, block: Chart) -> str:
    grouped = any("," in label for series in block.series for label in series.labels)
    rounded = round(value, 10)
    whole = int(rounded) if rounded == int(rounded) else rounded
    return f"{whole:,}" if grouped else f"{whole}"


@dataclass(frozen=True, slots=True)
class _Plot:
    """The area of a chart with axes: its room, the room of a category, and the scale of its values."""

    left: float
    top: float
    bottom: float
    slot: float
    scale: _Scale

    def y(self, value: float) -> float:
        """Return how far down a value is."""
        scale = self.scale
        return self.bottom - (value - scale.low) / (scale.high - scale.low) * (self.bottom - self.top)

    def x(self, place: int) -> float:
        """Return the left edge of the room of the category at ``place``."""
        return self.left + place * self.slot


def _on_axes(block: Chart, look: ChartLook, width: float, height: float) -> Iterator[Shape]:
    """Yield the shapes of bars or lines with their axes."""
    line = look.size * _LINE
    scale = _scale(block)
    ticks = [_shown(value, block) for value in scale.ticks]
    titled = block.series[0].name if len(block.series) == 1 else ""
    left = (line + _GAP if titled else 0.0) + max(_width(tick, look) for tick in ticks) + _GAP
    slot = (width - left) / max(len(block.categories), 1)
    turned = slot < _NARROWEST * look.size
    longest = max((_width(name, look) for name in block.categories), default=0.0)
    # A little less room than there is, because fonts measure slightly differently.
    below = longest if turned else ceil(longest / (slot * 0.9)) * line
    below = min(below + _GAP, height * _MOST_NAMES)
    plot = _Plot(left, line + _GAP, height - below, slot, scale)
    for value, tick in zip(scale.ticks, ticks, strict=True):
        yield "line", ((left, plot.y(value)), (width, plot.y(value))), look.grid_colour, _GRID
        yield "text", 0.0, plot.y(value) - line / 2, left - _GAP, "right", tick
    if titled:
        yield "turned", 0.0, plot.top, plot.bottom - plot.top, titled
    for place, name in enumerate(block.categories):
        if turned:
            yield "turned", plot.x(place) + (slot - line) / 2, plot.bottom + _GAP, below - _GAP, name
        else:
            yield "text", plot.x(place), plot.bottom + _GAP, slot, "center", name
    yield from (_bars if block.kind == "bar" else _lines)(block, look, plot)


def _bars(block: Chart, look: ChartLook, plot: _Plot) -> Iterator[Shape]:
    wide = plot.slot * _BARS / len(block.series)
    for number, series in enumerate(block.series):
        for place, (value, label) in enumerate(zip(series.values, series.labels, strict=True)):
            x = plot.x(place) + plot.slot * (1 - _BARS) / 2 + number * wide
            if value is not None:
                ends = sorted((plot.y(value), plot.y(0.0)))
                yield "rect", x, ends[0], wide, ends[1] - ends[0], look.colour(number)
            yield from _label(label, x + wide / 2, plot.y(max(value or 0.0, 0.0)), look)


def _lines(block: Chart, look: ChartLook, plot: _Plot) -> Iterator[Shape]:
    for number, series in enumerate(block.series):
        colour = look.colour(number)
        points = [
            (plot.x(place) + plot.slot / 2, None if value is None else plot.y(value))
            for place, value in enumerate(series.values)
        ]
        # A line is interrupted where there is no value.
        for known, group in groupby(points, lambda point: point[1] is not None):
            run = tuple(group)
            if known and len(run) > 1:
                yield "line", run, colour, _RULE
        for (x, y), label in zip(points, series.labels, strict=True):
            if y is not None:
                yield "shape", _marker(look.marker(number), x, y), colour
            yield from _label(label, x, plot.y(0.0) if y is None else y - _MARKER, look)


def _label(text: str, x: float, y: float, look: ChartLook) -> Iterator[Shape]:
    """Yield a figure above a point."""
    if text:
        wide = _width(text, look) + look.size
        yield "text", x - wide / 2, y - look.size * _LINE, wide, "center", text


def _marker(kind: str, x: float, y: float) -> tuple[Point, ...]:
    r = _MARKER
    match kind:
        case "square":
            return ((x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r))
        case "triangle":
            return ((x, y - r), (x + r, y + r), (x - r, y + r))
        case "diamond":
            return ((x, y - r), (x + r, y), (x, y + r), (x - r, y))
        case _:
            return tuple((x + r * cos(step * pi / 8), y + r * sin(step * pi / 8)) for step in range(16))


def _pie(block: Chart, look: ChartLook, width: float, height: float) -> Iterator[Shape]:
    """Yield the slices of the first series clockwise from the top, and its figures around them."""
    (series, *_) = block.series
    line = look.size * _LINE
    radius = height / 2 - line - _GAP
    x, y = width / 2, height / 2
    parts = [max(value or 0.0, 0.0) for value in series.values]
    total = sum(parts) or 1.0
    reached = 0.0
    for place, (part, label) in enumerate(zip(parts, series.labels, strict=True)):
        start, end = (2 * pi * share / total - pi / 2 for share in (reached, reached + part))
        reached += part
        if part:
            steps = max(ceil((end - start) / _ARC), 1)
            arc = (start + (end - start) * step / steps for step in range(steps + 1))
            outline = ((x, y), *((x + radius * cos(angle), y + radius * sin(angle)) for angle in arc))
            yield "shape", outline, look.colour(place)
        if label:
            middle = (start + end) / 2
            wide = _width(label, look) + look.size
            centre = x + (radius + _GAP + (wide - look.size) / 2) * cos(middle)
            yield (
                "text",
                centre - wide / 2,
                y + (radius + _GAP + line / 2) * sin(middle) - line / 2,
                wide,
                "center",
                label,
            )
    # A pie has one series, whose name is beside it.
    yield "text", 0.0, 0.0, width / 2 - radius - 2 * _GAP, "left", series.name
