"""The cost of rollups with the workbook of figures: 10,000 communities in one pass, and 1,000, in time and memory.

Each measure runs in a separate process, with files in memory (/dev/shm if it exists). Beside it is the cost of reading
and validating the same records, which every rollup needs.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import kepu_docs
from kepu_docs.pipeline import default_engine
from kepu_docs.pipeline.locations import locations, records
from tests.benchmarks import country

FEW: Final = 1_000
MANY: Final = 10_000
_MEMORY: Final = "/dev/shm"  # noqa: S108
READ: Final = "read"
ROLLUP: Final = "rollup"
WITH_WORKBOOK: Final = "figures"
_TITLES: Final = {READ: "reading alone", ROLLUP: "added up", WITH_WORKBOOK: "with the workbook of figures"}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one kind of work costs: milliseconds a record, and the most memory of its process in MiB."""

    milliseconds: float
    mebibytes: float


def main() -> None:
    """Measure and print."""
    few, many = figures(FEW), figures(MANY)
    print(f"Rollup of {MANY:,} communities, next to {FEW:,}")
    for kind, title in _TITLES.items():
        least, most = few[kind], many[kind]
        print(
            f"  {title:28} {most.milliseconds:6.2f} ms a record, {most.milliseconds / least.milliseconds:.2f} x a"
            f" record's time among {FEW:,}; {most.mebibytes:.0f} MiB, {most.mebibytes / least.mebibytes:.2f} x"
        )
    print(f"  adding up takes {many[ROLLUP].milliseconds / many[READ].milliseconds:.2f} x the time of reading alone")


@cache
def figures(count: int) -> Mapping[str, Cost]:
    """Return what each kind of work costs with so many communities, measured once in a process."""
    with tempfile.TemporaryDirectory(dir=_MEMORY if os.path.isdir(_MEMORY) else None) as name:
        source = Path(name, f"{count}.jsonl")
        country.write(source, count)
        costs = {}
        for kind in _TITLES:
            command = [sys.executable, "-m", "tests.benchmarks.rollup", kind, str(source)]
            printed = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
            seconds, mebibytes = map(float, printed.split())
            costs[kind] = Cost(seconds / count * 1000, mebibytes)
        return costs


def run(kind: str, source: Path) -> None:
    """Do one of the kinds of work, and print its seconds and the most memory in MiB."""
    engine = default_engine()
    begin = time.process_time()
    if kind == READ:
        for _, record in records(engine, locations(engine, [str(source)], source), []):
            engine.read(record.content, record.syntax, record.name, record.line)
    else:
        figures = source.with_suffix(".xlsx") if kind == WITH_WORKBOOK else None
        report = kepu_docs.rollup(source, name="试验市", figures=figures)
        if report.failed:
            raise SystemExit("not all records were added up")
    seconds = time.process_time() - begin
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
