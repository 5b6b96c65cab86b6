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
from pathlib import Path
from typing import Final

import kepu_docs
from kepu_docs.pipeline import default_engine
from kepu_docs.pipeline.locations import locations, records
from tests.benchmarks import country

FEW: Final = 1_000
MANY: Final = 10_000
_MEMORY: Final = "/dev/shm"  # noqa: S108
_KINDS: Final = ("read", "rollup", "figures")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(dir=_MEMORY if os.path.isdir(_MEMORY) else None) as name:
        folder = Path(name)
        taken: dict[tuple[str, int], tuple[float, float]] = {}
        for count in (FEW, MANY):
            source = folder / f"{count}.jsonl"
            country.write(source, count)
            for kind in _KINDS:
                command = [sys.executable, "-m", "tests.benchmarks.rollup", kind, str(source)]
                said = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
                seconds, mebibytes = map(float, said.split())
                taken[kind, count] = seconds, mebibytes
        print(f"Rollup of {MANY:,} communities, next to {FEW:,}")
        for kind, told in zip(_KINDS, ("reading alone", "added up", "with the workbook of figures"), strict=True):
            (few, least), (many, most) = taken[kind, FEW], taken[kind, MANY]
            print(
                f"  {told:28} {many / MANY * 1000:6.2f} ms a record, {many / MANY / (few / FEW):.2f} x a record's time"
                f" among {FEW:,}; {most:.0f} MiB, {most / least:.2f} x"
            )
        print(f"  adding up takes {taken['rollup', MANY][0] / taken['read', MANY][0]:.2f} x the time of reading alone")


def run(kind: str, source: Path) -> None:
    """Do one of the kinds of work, and print its seconds and the most memory in MiB."""
    engine = default_engine()
    begin = time.perf_counter()
    if kind == "read":
        for _, record in records(engine, locations(engine, [str(source)], source), []):
            engine.read(record.content, record.syntax, record.name, record.line)
    else:
        figures = source.with_suffix(".xlsx") if kind == "figures" else None
        report = kepu_docs.rollup(source, name="试验市", figures=figures)
        if report.failed:
            raise SystemExit("not all records were added up")
    seconds = time.perf_counter() - begin
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
