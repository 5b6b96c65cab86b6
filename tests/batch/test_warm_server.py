"""The server of worker processes has loaded the plugins before it forks one, if nobody can be harmed by that."""

import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kepu_docs.batch.warm_server import warming

pytestmark = pytest.mark.skipif(
    "forkserver" not in multiprocessing.get_all_start_methods(), reason="processes are not forked here"
)

PLUGIN = """
from kepu_docs.plugin import hookimpl

@hookimpl
def kepu_checks():
    return []
"""
PROGRAM = """
import os, sys
from kepu_docs.batch.patterns import NamePattern
from kepu_docs.batch.work import Job
from kepu_docs.batch.workers import Pool
from kepu_docs.contract.renderers import RenderOptions
from kepu_docs.pipeline.engine import default_engine, has_default_engine

JOB = Job("", NamePattern(), "zh_Hans", RenderOptions(), True, None)

def plugins():
    return sorted(plugin.name.partition(":")[0] for plugin in default_engine().registry.plugins)

def seen():
    pool = Pool(JOB, 1, ["docx", "pdf"])
    try:
        server = pool._submit(os.getppid).result()
        threads = len(os.listdir(f"/proc/{server}/task")) if sys.platform == "linux" else 1
        warm = pool._submit(has_default_engine).result()
        return threads, warm, "other" in pool._submit(plugins).result(), os.environ.get("KEPU_DOCS_WARM_SERVER")
    finally:
        pool.end(now=False)

if __name__ == "__main__":
    print(*seen())
    sys.path.append(sys.argv[1])
    print(*seen())
"""


def seen(folder: Path, **environment: str) -> list[str]:
    """Return what a worker of two pools sees, the second after the search path has got another plugin."""
    program, about = folder / "program.py", folder / "site" / "other-1.dist-info"
    about.mkdir(parents=True)
    (folder / "site" / "other.py").write_text(PLUGIN, encoding="utf-8")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 1\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[kepu_docs]\nother = other\n", encoding="utf-8")
    program.write_text(PROGRAM, encoding="utf-8")
    command = [sys.executable, "-W", "ignore", str(program), str(folder / "site")]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", env={**os.environ, **environment})
    return done.stdout.splitlines()


def test_a_worker_begins_with_the_plugins_loaded(tmp_path: Path) -> None:
    first, second = seen(tmp_path)
    assert first == "1 True False None"
    # The server has other plugins than this run, so the worker has loaded its own.
    assert second == "1 True True None"


def test_plugins_of_others_are_left_to_the_workers(tmp_path: Path) -> None:
    first, second = seen(tmp_path, PYTHONPATH=str(tmp_path / "site"))
    assert first == "1 False True None"
    assert second == "1 False True None"


def test_entries_of_the_search_path_that_are_no_texts_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, Path("none")])
    with warming("zh_Hans", ["docx"]):
        pass
