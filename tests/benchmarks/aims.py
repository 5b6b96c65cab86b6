"""The aims of speed, in one table: what each figure was, what it should be, and what it is now.

``make bench`` prints it at its end; ``python -m tests.benchmarks.aims`` measures what the table needs and nothing else.
Every figure comes from the benchmark of its subject, which prints more about it; it is shown whether it is reached or
not. Ratios hold on any machine. Seconds are of a processor, not of the clock, and were set on a machine of 2025.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from tests.benchmarks import additions, batch, rollup, stages, start, tables, whole_country

Unit = Literal["s", "ms", "MiB", "x"]

_HIGHEST: Final = "≤"
_LEAST: Final = "≥"
_DIGITS: Final[Mapping[Unit, int]] = {"s": 2, "ms": 2, "MiB": 0, "x": 2}


@dataclass(frozen=True, slots=True)
class Row:
    """One aim: ``before`` as it was measured then, ``aim`` and ``measured`` in ``unit``.

    ``measured`` is ``None`` where it could not be measured: a program is missing, or the system.
    """

    name: str
    before: str
    bound: Literal["≤", "≥"]
    aim: float
    unit: Unit
    measured: float | None

    @property
    def reached(self) -> bool | None:
        """Whether the aim is reached; ``None`` where nothing was measured."""
        if self.measured is None:
            return None
        # As it is shown: 0.304 s are 0.30 s.
        shown = round(self.measured, _DIGITS[self.unit])
        return shown <= self.aim if self.bound == _HIGHEST else shown >= self.aim


def main() -> None:
    """Measure and print."""
    print(table(rows()))


def table(measured: Sequence[Row]) -> str:
    """Return the rows as a table, with a line that counts those that are reached."""
    heads = ("Aims of speed", "before", "aim", "measured", "")
    lines = [
        (
            row.name,
            f"{row.before} {row.unit}",
            f"{row.bound} {row.aim:g} {row.unit}",
            "–" if row.measured is None else f"{row.measured:.{_DIGITS[row.unit]}f} {row.unit}",
            {True: "reached", False: "not reached", None: "not measured"}[row.reached],
        )
        for row in measured
    ]
    widths = [max(map(len, column)) for column in zip(heads, *lines, strict=True)]
    shown = [
        "  ".join((line[0].ljust(widths[0]), *map(str.rjust, line[1:4], widths[1:4]), line[4])).rstrip()
        for line in (heads, *lines)
    ]
    count = sum(row.reached is True for row in measured)
    return "\n".join((*shown, f"{count} of {len(measured)} aims are reached"))


def rows() -> tuple[Row, ...]:
    """Measure, and return the rows."""
    begun, several = start.figures(), batch.figures()

    def seconds(name: str) -> float:
        return begun[name].processor

    def imports(name: str) -> float:
        return begun[name].processor / begun[start.YARDSTICK].processor

    beside = seconds(start.RENDER) / seconds(start.PANDOC) if start.PANDOC in begun else None
    with_workbook = rollup.figures(rollup.FEW)[rollup.WITH_WORKBOOK].milliseconds
    by_reading = with_workbook / rollup.figures(rollup.FEW)[rollup.READ].milliseconds
    return (
        Row("render of one record to Word", "0.65", _HIGHEST, 0.30, "s", seconds(start.RENDER)),
        Row("  next to importing pydantic, jinja2, babel", "8.1", _HIGHEST, 3.7, "x", imports(start.RENDER)),
        Row("  next to pandoc with the same text", "26", _HIGHEST, 12, "x", beside),
        Row("--help in Chinese", "0.4–0.9", _HIGHEST, 0.12, "s", seconds(start.CHINESE)),
        Row("  next to the same imports", "1.6", _HIGHEST, 0.6, "x", imports(start.CHINESE)),
        Row("--help in English", "0.08", _HIGHEST, 0.08, "s", seconds(start.ENGLISH)),
        Row("check of one record", "1.3", _HIGHEST, 0.5, "s", seconds(start.CHECK)),
        Row("  next to the same imports", "9.2", _HIGHEST, 3.5, "x", imports(start.CHECK)),
        Row("first load, compose, render in a program", "0.9", _HIGHEST, 0.35, "s", seconds(start.PROGRAM)),
        Row("  next to the same imports", "6.7", _HIGHEST, 2.6, "x", imports(start.PROGRAM)),
        Row("composing", "1.04", _HIGHEST, 0.45, "ms", stages.figures().milliseconds[stages.COMPOSING]),
        Row("JSON line to Word file and manifest, as fast as docxtpl", "3.3", _LEAST, 7, "x", several["batch"]),
        Row("workbook to Word, next to calamine reading it", "16–22", _HIGHEST, 9, "x", tables.batch_by_cells()),
        Row("8,000 records: two processes as fast as one", "1.46", _LEAST, 1.7, "x", several["processes"]),
        Row("2,000 records: default processes as fast as two threads", "0.5", _LEAST, 1, "x", several["default"]),
        Row("plain text rendered, as fast as Word", "1.2–1.4", _LEAST, 2.5, "x", several["txt"]),
        Row("rollup with its workbook of figures, a record", "14", _HIGHEST, 4, "ms", with_workbook),
        Row("  next to reading and validating alone", "12", _HIGHEST, 3.4, "x", by_reading),
        Row("contents, next to text alone", "13–21", _HIGHEST, 5, "x", _added(additions.CONTENTS)),
        Row("chart, next to text alone", "6–8.5", _HIGHEST, 3, "x", _added(additions.CHART)),
        Row("memory of a worker", "57", _HIGHEST, 57, "MiB", whole_country.memory_of_a_worker()),
    )


def _added(name: str) -> float | None:
    return additions.times_text_alone(name) if name in additions.figures() else None


if __name__ == "__main__":
    main()
