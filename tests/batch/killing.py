"""Kill a run again and again, and see that nothing is lost, doubled or half-written.

python -m tests.batch.killing [--kills 200] [--records 2000] [--jobs 2]
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

import kepu_docs
from tests.batch.records import documents, record, sound, write


def main() -> None:
    """Kill, resume, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--records", type=int, default=2_000)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        runs = kill(Path(folder), given.kills, given.records, given.jobs, Random())
    print(
        f"{given.kills} of {runs} runs over {given.records:,} records killed while they worked, "
        f"each resumed: nothing lost, doubled or half-written ({time.perf_counter() - start:,.0f} s)"
    )


def kill(folder: Path, kills: int, records: int, jobs: int, random: Random) -> int:
    """Kill so many runs at random moments, let the last one end, and return how many it took.

    Whenever a run has made all there is to make, some documents are removed, so that the next has something to do.
    """
    source, out = write(folder / "r.jsonl", map(record, range(records))), folder / "out"
    command = [sys.executable, "-m", "kepu_docs", "batch", str(source), "-o", str(out), "-f", "txt", "--quiet"]
    killed = runs = 0
    while killed < kills:
        runs += 1
        run = subprocess.Popen(
            [*command, "--jobs", str(jobs)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            # The first moments are those of starting; from then on any may be the one.
            run.wait(random.uniform(0.1, 1.5))
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
            killed += 1
        if run.returncode == 0:
            for path in random.sample(sorted(documents(out)), records // 2):
                (out / path).unlink()
    report = kepu_docs.render_batch(source, out, formats=["txt"], jobs=jobs)
    if (report.made + report.unchanged, report.failed) != (records, 0):
        raise SystemExit(f"{report.made} made, {report.unchanged} unchanged, {report.failed} failed of {records}")
    sound(out, records)
    kepu_docs.render_batch(source, folder / "fresh", formats=["txt"], jobs=jobs)
    if documents(out) != documents(folder / "fresh"):
        raise SystemExit("not the documents of a run that nobody killed")
    return runs


if __name__ == "__main__":
    main()
