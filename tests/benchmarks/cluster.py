"""One batch on another engine: Dask, with two processes on this machine.

    python -m tests.benchmarks.cluster [--communities 2000]

This is the part of the plan in docs/scale.md that one machine can run. It needs the extra ``distributed``.
"""

import argparse
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import kepu_docs
from tests.benchmarks import country
from tests.benchmarks.whole_country import check


def main() -> None:
    """Make, check and print."""
    distributed: Any = import_module("distributed")  # an extra, which the other checks do without
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--communities", type=int, default=2_000)
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        source, out = Path(folder, "country.jsonl"), Path(folder, "out")
        country.write(source, given.communities)
        for title, executor in (("Dask, two processes", client.get_executor()), ("two processes of our own", None)):
            start = time.perf_counter()
            report = kepu_docs.render_batch(source, out, executor=executor, jobs=2, fresh=True)
            seconds = time.perf_counter() - start
            problems = check(out, given.communities)
            print(f"{title}: {report.made:,} made in {seconds:.1f} s; {len(problems)} differences from the manifest")


if __name__ == "__main__":
    main()
