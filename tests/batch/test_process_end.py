"""Worker processes end when the process that started them is gone, whatever they are doing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.batch.survival import members, strays

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")

PROGRAM = """
import multiprocessing, os, re, sys, time
from concurrent.futures import ProcessPoolExecutor
from kepu_docs.batch import process_end

def begin(alone):
    if alone == "thread":
        process_end._let_the_system_watch = lambda sentinel: None
    process_end.begin_worker()

def work(how):
    open(sys.argv[3], "w").close()
    if how == "wait":
        time.sleep(600)
    while how == "python":
        pass
    re.match("(a|a)+$", "a" * 60 + "b")  # no other thread comes to its turn in there

if __name__ == "__main__":
    context = multiprocessing.get_context(sys.argv[4])
    pool = ProcessPoolExecutor(1, mp_context=context, initializer=begin, initargs=(sys.argv[1],))
    pool.submit(work, sys.argv[2]).result()
"""


@pytest.mark.deep
@pytest.mark.parametrize("method", ["forkserver", "spawn"])
@pytest.mark.parametrize(
    ("watch", "how"),
    [("system", "wait"), ("system", "python"), ("system", "library"), ("thread", "wait"), ("thread", "python")],
)
@pytest.mark.parametrize("stopped", [False, True])
def test_when_the_parent_is_killed(watch: str, how: str, stopped: bool, method: str, tmp_path: Path) -> None:
    program, at_work = tmp_path / "program.py", tmp_path / "at work"
    program.write_text(PROGRAM, encoding="utf-8")
    command = [sys.executable, str(program), watch, how, str(at_work), method]
    parent = subprocess.Popen(command, start_new_session=True)
    while not at_work.exists():
        assert parent.poll() is None
        time.sleep(0.02)
    others = [process for process in members(parent.pid) if process != parent.pid]
    assert len(others) >= 2
    if stopped:
        for process in others:
            os.kill(process, signal.SIGSTOP)
    parent.kill()
    parent.wait()
    if stopped:
        for process in others:
            try:
                os.kill(process, signal.SIGCONT)
            except ProcessLookupError:
                continue
    assert strays(parent.pid) == 0
