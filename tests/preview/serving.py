"""A live page in a separate process, and the changes that it reports."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx2

WAIT: Final = 20.0
"""Seconds that a busy machine may take; what is measured is measured elsewhere."""


@dataclass
class Served:
    """A server: its address and its process."""

    address: str
    process: "subprocess.Popen[str]"

    def text(self, query: str = "") -> str:
        """Return the page."""
        answer = httpx2.get(self.address + query, timeout=WAIT)
        answer.raise_for_status()
        return answer.text

    def wait_for(self, wanted: str, query: str = "") -> str:
        """Return the page once it shows a text; whoever looks at it so is no browser, and looks again and again."""
        end = time.monotonic() + WAIT
        while True:
            text = self.text(query)
            if wanted in text:
                return text
            assert time.monotonic() < end, f"no {wanted} in {text}"
            time.sleep(0.05)

    def digest(self) -> str:
        """Return that of the paper, in whatever form it is shown."""
        found = re.search(r'id="paper"[^>]*data-digest="(\w*)"', self.text())
        assert found
        return found[1]

    def wait_for_another(self, digest: str) -> str:
        """Return the digest of the paper once it is another."""
        end = time.monotonic() + WAIT
        while (found := self.digest()) == digest:
            assert time.monotonic() < end, "the paper stays as it is"
            time.sleep(0.05)
        return found

    def events(self) -> Iterator[str]:
        """Yield the versions that the stream of events tells of."""
        with httpx2.stream("GET", f"{self.address}events", timeout=WAIT) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            for line in answer.iter_lines():
                if line.startswith("data: "):
                    yield line.removeprefix("data: ")


@contextmanager
def served(*arguments: str | Path, ending: int = signal.SIGINT, **environment: str) -> Iterator[Served]:
    """Give a live page; in the end it is stopped by a signal, and must have left nothing."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kepu_docs", "preview", "--no-open", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8", **environment},
    )
    try:
        assert process.stdout
        address = re.search(r"http://127\.0\.0\.1:\d+/[\w-]{20,}/", process.stdout.readline())
        assert address, process.communicate(timeout=WAIT)[1]
        yield Served(address[0], process)
        children = children_of(process.pid)
        process.send_signal(ending)
        said = process.communicate(timeout=WAIT)[1]
        assert process.returncode == 0, said
        assert said == ""
        assert not [child for child in children if is_running(child)]
    finally:
        process.kill()
        process.communicate()


def children_of(pid: int) -> list[int]:
    """Return the processes that a process has begun, and those that these have."""
    found: list[int] = []
    for child in map(int, filter(str.isdigit, os.listdir("/proc"))):
        try:
            parent = int(Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended meanwhile
            continue
        if parent == pid:
            found += [child, *children_of(child)]
    return found


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def memory_of(pid: int) -> float:
    """Return the memory that a process holds, in MiB; of what it shares with others its part."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    found = re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)
    assert found
    return int(found[1]) / 1024
