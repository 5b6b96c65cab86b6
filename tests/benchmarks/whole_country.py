"""Make the summaries of a whole country once, and check the manifest against the disk.

    python -m tests.benchmarks.whole_country [--communities 117000] [--jobs 2] [--folder DIR] [--format docx]

Without a folder the documents are made in memory (/dev/shm if it exists), and removed afterwards.
"""

import argparse
import hashlib
import os
import re
import resource
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import kepu_docs
from kepu_docs.batch import Progress, read_manifest
from tests.benchmarks import country


def main() -> None:
    """Make, check and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--communities", type=int, default=country.COMMUNITIES)
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--format", default="docx")
    given = parser.parse_args()
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        _make(given.folder or Path(folder), given.communities, given.jobs, given.format)


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
    told: set[str] = set()
    lines = 0
    for line in read_manifest(folder / "manifest.jsonl"):
        lines += 1
        for output in line.outputs:
            if output.path in told:
                problems.append(f"told twice: {output.path}")
            told.add(output.path)
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
            if path not in told and path not in beside:
                problems.append(f"nobody tells of it: {path}")
    return problems


def _since(start: float) -> str:
    return f"{time.perf_counter() - start:,.0f} s"


if __name__ == "__main__":
    main()
