"""Charts as inline SVG, drawn for the width of a phone: text stays legible there and is not enlarged on other screens.

Bars are horizontal, each after or below the name of its category, however long the names are. A line with many points
is wider than a phone and scrolls. The slices of a pie have their names and figures in a legend. Series differ by more
than colour: by position, markers and dashes. The drawing has a title and a description of its figures in words, for
screen readers (SVG Accessibility API Mappings 1.0).
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from math import cos, pi, sin
from typing import Final

from kepu_docs.plugin import Chart, Series, caption_of, measured, width

_WIDTH: Final = 400
"""Width of a drawing in CSS pixels: a phone has 360 or more."""
_LETTER: Final = 6.6
"""Width of a column of text, in pixels: half a hanzi of 13 pixels."""
_LINE: Final = 18
_BAR: Final = 14
_GAP: Final = 8
_PLOT: Final = 160
_RADIUS: Final = 80
_WIDEST_NAME_BEFORE: Final = 110
"""The greatest width of names before bars, in pixels: more would leave the bars no room."""
_WIDEST_NAME: Final = 60
"""The greatest width of a name below a line, in pixels, before the drawing grows wider than a phone; longer names are
wrapped."""
_WIDEST_LABEL: Final = 110
"""The greatest width of a figure at a line, in pixels; a longer one may run into the next."""
_LONGEST_DESCRIPTION: Final = 1000
_COLOURS: Final = 8
_DASHES: Final = ("", ' stroke-dasharray="7 3"', ' stroke-dasharray="2 3"', ' stroke-dasharray="9 3 2 3"')
_MARKS: Final = ("M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z", "M-4 -4h8v8h-8z", "M0 -5l5 9h-10z", "M0 -5l5 5l-5 5l-5 -5z")


def drawing(chart: Chart) -> str:
    """Return the ``svg`` element of a chart, in a scrolling box of its own if it is wider than a phone."""
    match chart.kind:
        case "bar":
            across, down, parts = _bars(chart)
        case "line":
            across, down, parts = _lines(chart)
        case "pie":
            across, down, parts = _pie(chart)
    title = escape(caption_of(chart) or " / ".join(series.name for series in chart.series))
    wide = ' class="wide"' if across > _WIDTH else ""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{across}" height="{down}" '
        f'viewBox="0 0 {across} {down}"{wide}>'
        f"<title>{title}</title><desc>{escape(description(chart))}</desc>{''.join(parts)}</svg>"
    )
    return f'<div class="scroll" role="group" tabindex="0" aria-label="{title}">{svg}</div>' if wide else svg


def description(chart: Chart) -> str:
    """Return in words what a chart shows, for readers who cannot see it."""
    shown = "; ".join(
        f"{series.name}: "
        + ", ".join(f"{name} {label}".rstrip() for name, label in zip(chart.categories, series.labels, strict=True))
        for series in _drawn(chart)
    )
    return shown if len(shown) <= _LONGEST_DESCRIPTION else f"{shown[: _LONGEST_DESCRIPTION - 1]}…"


def _drawn(chart: Chart) -> Sequence[Series]:
    """Return the series that are drawn: of a pie only the first."""
    return chart.series[:1] if chart.kind == "pie" else chart.series


def _bars(chart: Chart) -> tuple[int, int, list[str]]:
    parts: list[str] = []
    down = _legend(chart, parts)
    top = down
    most = _most(chart.series)
    names = max(map(width, chart.categories), default=0) * _LETTER
    # Short names are before their bars, longer ones above them.
    left = round(names + _GAP) if names <= _WIDEST_NAME_BEFORE else 0
    longest = max((width(text) for series in chart.series for text in series.labels), default=0) * _LETTER
    room = max(_WIDTH - left - longest - 2 * _GAP, _WIDTH / 4)
    for at, name in enumerate(chart.categories):
        if left:
            _text(parts, [name], left - _GAP / 2, down, anchor="end")
        else:
            down = _text(parts, _wrapped(name, _WIDTH - _GAP), 4, down)
        ended = down + _LINE if left else down
        for place, series in enumerate(chart.series):
            value = series.values[at]
            if value is None:
                continue
            length = max(value, 0) / most * room
            size = f'x="{left + 2}" y="{down + 2}" width="{length:.1f}" height="{_BAR}"'
            parts.append(f'<rect class="fill {_colour(place)}" {size}/>')
            _text(parts, [series.labels[at]], left + length + 2 + _GAP / 2, down)
            down += _LINE
        down = max(down, ended) + (_GAP if len(chart.series) > 1 or not left else _GAP // 2)
    parts.append(f'<path class="axis" d="M{left + 1.5} {top}V{down}"/>')
    return _WIDTH, down + 2, parts


def _lines(chart: Chart) -> tuple[int, int, list[str]]:
    parts: list[str] = []
    top = _legend(chart, parts) + _LINE
    most = _most(chart.series)
    labels = [text for series in chart.series for text in series.labels]
    step = _GAP + max(
        min(max(map(width, labels), default=0) * _LETTER, _WIDEST_LABEL),
        min(max(map(width, chart.categories), default=0) * _LETTER, _WIDEST_NAME),
    )
    across = max(_WIDTH, round(step * len(chart.categories)) + 2 * _GAP)
    step = (across - 2 * _GAP) / len(chart.categories)
    foot = top + _PLOT
    for place, series in enumerate(chart.series):
        points = [
            None if value is None else (_GAP + step * (at + 0.5), foot - max(value, 0) / most * (_PLOT - _LINE))
            for at, value in enumerate(series.values)
        ]
        for run in _runs(points):
            way = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
            dashes = _DASHES[place % len(_DASHES)]
            parts.append(f'<polyline class="line {_colour(place)}"{dashes} points="{way}"/>')
        for point, label in zip(points, series.labels, strict=True):
            if point is not None:
                x, y = point
                # Every other series has its figures below its points, so that figures of close points can be read.
                beside = y - 8 if place % 2 == 0 else y + 16
                parts.append(_mark(place, x, y))
                parts.append(f'<text text-anchor="middle" x="{x:.1f}" y="{beside:.1f}">{escape(label)}</text>')
    parts.append(f'<path class="axis" d="M{_GAP} {foot + 0.5}H{across - _GAP}"/>')
    foot += _LINE if len(chart.series) > 1 else 4
    lowest = foot
    for at, name in enumerate(chart.categories):
        lowest = max(lowest, _text(parts, _wrapped(name, step), _GAP + step * (at + 0.5), foot, anchor="middle"))
    return across, round(lowest) + 4, parts


def _pie(chart: Chart) -> tuple[int, int, list[str]]:
    (series, *_) = chart.series
    parts: list[str] = []
    values = [max(value or 0, 0) for value in series.values]
    whole = sum(values)
    x, y = _WIDTH / 2, _RADIUS + 4
    begun = 0.0
    for place, value in enumerate(values):
        if value and value == whole:
            parts.append(f'<circle class="fill {_colour(place)}" cx="{x}" cy="{y}" r="{_RADIUS}"/>')
        elif value:
            ended = begun + value
            start, end = (
                f"{x + _RADIUS * sin(2 * pi * share / whole):.2f} {y - _RADIUS * cos(2 * pi * share / whole):.2f}"
                for share in (begun, ended)
            )
            large = int(value > whole / 2)
            way = f"M{x} {y}L{start}A{_RADIUS} {_RADIUS} 0 {large} 1 {end}z"
            parts.append(f'<path class="fill {_colour(place)}" d="{way}"/>')
            begun = ended
    down = 2 * _RADIUS + 16
    for place, (name, label) in enumerate(zip(chart.categories, series.labels, strict=True)):
        down = _key(parts, place, f"{name} {label}".rstrip(), down)
    return _WIDTH, down + 4, parts


def _legend(chart: Chart, parts: list[str]) -> int:
    """Add the names of the series, and return the height where they end."""
    down = 2
    for place, series in enumerate(chart.series):
        down = _key(parts, place, series.name, down, marked=chart.kind == "line")
    return down + 4


def _key(parts: list[str], place: int, name: str, down: float, *, marked: bool = False) -> int:
    """Add a line of a legend, and return the height where it ends."""
    swatch = f'<rect class="fill {_colour(place)}" x="2" y="{down + 3}" width="12" height="12"/>'
    parts.append(_mark(place, 8, down + 9) if marked else swatch)
    return _text(parts, _wrapped(name, _WIDTH - 22), 20, down)


def _mark(place: int, x: float, y: float) -> str:
    shape = _MARKS[place % len(_MARKS)]
    return f'<path class="fill {_colour(place)}" transform="translate({x:.1f} {y:.1f})" d="{shape}"/>'


def _text(parts: list[str], lines: Iterable[str], x: float, down: float, *, anchor: str = "") -> int:
    """Add lines of text below ``down``, and return the height where they end."""
    anchored = f' text-anchor="{anchor}"' if anchor else ""
    for line in lines:
        parts.append(f'<text{anchored} x="{x:.1f}" y="{down + 14:.1f}">{escape(line)}</text>')
        down += _LINE
    return round(down)


def _wrapped(text: str, room: float) -> list[str]:
    """Return the lines of a text that is wrapped to ``room``."""
    lines, line, taken = [], "", 0.0
    for unit, columns in zip(*measured(text), strict=True):
        if line and taken + columns * _LETTER > room:
            lines.append(line)
            line, taken = "", 0.0
        line += unit
        taken += columns * _LETTER
    return [*lines, line] if line else lines


def _runs(points: Iterable[tuple[float, float] | None]) -> Iterator[list[tuple[float, float]]]:
    """Yield each run of neighbouring points, two or more."""
    run: list[tuple[float, float]] = []
    for point in (*points, None):
        if point is not None:
            run.append(point)
            continue
        if len(run) > 1:
            yield run
        run = []


def _most(series: Iterable[Series]) -> float:
    """Return the greatest value; 1 if none is greater than zero."""
    most = max((value for each in series for value in each.values if value is not None), default=0)
    return most if most > 0 else 1


def _colour(place: int) -> str:
    return f"s{place % _COLOURS}"
