"""Make the summaries of a whole country once, and check the manifest against the disk.

    python -m tests.benchmarks.whole_country [--communities 117000] [--jobs 2] [--folder DIR] [--format docx]
    python -m tests.benchmarks.whole_country --memory [--communities 4000]

The second prints only the most memory of a worker, in MiB. Without a folder the documents are made in memory (/dev/shm if it exists), and removed afterwards.
"""

import argparse
import hashlib
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

import kepu_docs
from kepu_docs.batch import Progress, read_manifest
from tests.benchmarks import country

FEW: Final = 4_000
"""As many records as a worker's memory is measured with: it does not grow with more."""


def main() -> None:
    """Make, check and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--communities", type=int, default=country.COMMUNITIES)
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--format", default="docx")
    parser.add_argument("--memory", action="store_true")
    given = parser.parse_args()
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        if given.memory:
            _print_memory(Path(folder), min(given.communities, FEW))
            return
        _make(given.folder or Path(folder), given.communities, given.jobs, given.format)


def memory_of_a_worker() -> float | None:
    """Return the most memory of a worker of two in MiB, measured in processes of their own; ``None`` if not on Linux."""
    if not Path("/proc/self/status").exists():
        return None
    command = [sys.executable, "-m", "tests.benchmarks.whole_country", "--memory"]
    # The processes of one group are looked at: in a group of its own there are no others.
    printed = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", start_new_session=True).stdout
    return float(printed)


def _print_memory(folder: Path, communities: int) -> None:
    source, watch = folder / "country.jsonl", _Watch()
    country.write(source, communities)
    report = kepu_docs.render_batch(source, folder / "out", jobs=2, progress=watch)
    if report.made != communities:
        raise SystemExit("not all records were made")
    print(watch.most)


def _make(folder: Path, communities: int, jobs: int | None, format_: str) -> None:
    source, out = folder / "country.jsonl", folder / "out"
    start = time.perf_counter()
    country.write(source, communities)
    print(f"{communities:,} records of {source.stat().st_size / communities:,.0f} bytes, generated in {_since(start)}")
    start = time.perf_counter()
    watch = _Watch()
    report = kepu_docs.render_batch(source, out, formats=[format_], jobs=jobs, progress=watch)
    seconds = time.perf_counter() - start
    print(f"{report.made:,} made, {report.failed:,} failed in {seconds:,.0f} s ({report.made / seconds:,.0f} a second)")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"memory at most: {own} MiB in the process that began the run, {watch.most} MiB in a worker")
    start = time.perf_counter()
    problems = check(out, communities)
    for problem in problems[:20]:
        print(problem)
    print(f"manifest and disk compared in {_since(start)}: {len(problems)} differences")
    start = time.perf_counter()
    again = kepu_docs.render_batch(source, out, formats=[format_], jobs=jobs)
    print(f"the same again: {again.made:,} made, {again.unchanged:,} unchanged in {_since(start)}")
    sys.exit(bool(problems or again.made or report.failed))


class _Watch:
    """Looks now and then how much memory the other processes of this program have had at most, in MiB; on Linux."""

    def __init__(self) -> None:
        self.most = 0
        self._last = 0.0

    def __call__(self, progress: Progress) -> None:
        """Look, if it is a while since the last time."""
        now = time.monotonic()
        if now - self._last < 1:
            return
        self._last = now
        for status in Path("/proc").glob("[0-9]*/status"):
            with suppress(OSError):
                if int(status.parent.name) != os.getpid() and os.getpgid(int(status.parent.name)) == os.getpgrp():
                    found = re.search(r"VmHWM:\s+(\d+)", status.read_text())
                    self.most = max(self.most, int(found[1]) >> 10 if found else 0)


def check(folder: Path, records: int) -> list[str]:
    """Return in what the manifest of a folder and its files differ: every file is read."""
    problems: list[str] = []
    listed: set[str] = set()
    lines = 0
    for line in read_manifest(folder / "manifest.jsonl"):
        lines += 1
        for output in line.outputs:
            if output.path in listed:
                problems.append(f"listed twice: {output.path}")
            listed.add(output.path)
            try:
                data = (folder / output.path).read_bytes()
            except OSError as error:
                problems.append(f"not there: {output.path}: {error}")
                continue
            if (len(data), hashlib.sha256(data).hexdigest()) != (output.size, output.sha256):
                problems.append(f"not what was made: {output.path}")
    if lines != records:
        problems.append(f"{lines} lines for {records} records")
    beside = {"manifest.jsonl", "report.xlsx", "report.csv", ".kepu-docs-lock"}
    for here, _, names in os.walk(folder):
        for name in names:
            path = (Path(here) / name).relative_to(folder).as_posix()
            if path not in listed and path not in beside:
                problems.append(f"not in the manifest: {path}")
    return problems


def _since(start: float) -> str:
    return f"{time.perf_counter() - start:,.0f} s"


if __name__ == "__main__":
    main()
