"""The first second: what a command costs from its start to its end, and the first document in a program.

Each command is a process of its own, as a user starts it: code is compiled, the cache of templates is filled. Importing
three of the packages that every command may need is the yardstick, which this project cannot change. All take turns; the
least of each is printed, of processor time (user and system) and of the clock. On a machine that is busy with other work
only the processor time, and ratios of it, mean anything.
"""

import compileall
import os
import resource
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

ROUNDS: Final = 5
YARDSTICK: Final = "import pydantic, jinja2, babel"
RENDER: Final = "render, one record to Word"
ENGLISH: Final = "--help in English"
CHINESE: Final = "--help in Chinese"
CHECK: Final = "check, one record"
PROGRAM: Final = "load, compose, render in a program"
PANDOC: Final = "pandoc, the same text to Word"

_ROOT: Final = Path(__file__).parents[2]
_RECORD: Final = _ROOT / "docs" / "examples" / "01-training-and-activities.yaml"
_PROGRAM: Final = """\
import kepu_docs
kepu_docs.render(kepu_docs.compose(kepu_docs.load({path!r})), "docx")
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """The least that a process took, in seconds: of a processor, and by the clock."""

    processor: float
    clock: float


def main() -> None:
    """Measure and print."""
    costs = figures()
    yardstick = costs[YARDSTICK]
    print(f"The first second, each a process of its own; the least of {ROUNDS}")
    for name, cost in costs.items():
        times = cost.processor / yardstick.processor
        print(f"  {name:36} {cost.processor:6.3f} s of a processor, {cost.clock:6.3f} s; {times:5.2f} x the imports")


@cache
def figures() -> Mapping[str, Cost]:
    """Return what each process costs, by its name; without that of pandoc, where there is none."""
    # Where compiled code is not written, as PYTHONDONTWRITEBYTECODE asks, each process would compile everything again.
    for code in ("src", "plugins", "templates"):
        compileall.compile_dir(_ROOT / code, quiet=1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {**os.environ, "KEPU_DOCS_CACHE": str(folder / "cache"), "LC_ALL": "C.UTF-8"}
        environment.pop("LANGUAGE", None)
        commands = _commands(folder, environment)
        taken: dict[str, list[Cost]] = {each: [] for each in commands}
        for number in range(ROUNDS + 1):
            for each, (command, locale) in commands.items():
                cost = _run(command, {**environment, "LC_ALL": locale}, folder)
                if number:  # the first fills the caches
                    taken[each].append(cost)
    return {
        each: Cost(min(cost.processor for cost in costs), min(cost.clock for cost in costs))
        for each, costs in taken.items()
    }


def _commands(folder: Path, environment: Mapping[str, str]) -> dict[str, tuple[Sequence[str], str]]:
    """Return what is run, by its name, with its locale."""
    kepu_docs = str(Path(sysconfig.get_path("scripts"), "kepu-docs"))
    english, chinese = "C.UTF-8", "zh_CN.UTF-8"
    commands: dict[str, tuple[Sequence[str], str]] = {
        YARDSTICK: ((sys.executable, "-c", YARDSTICK), english),
        RENDER: ((kepu_docs, "render", str(_RECORD), "-f", "docx", "-o", "out"), english),
        ENGLISH: ((kepu_docs, "--help"), english),
        CHINESE: ((kepu_docs, "--help"), chinese),
        CHECK: ((kepu_docs, "check", str(_RECORD)), english),
        PROGRAM: ((sys.executable, "-c", _PROGRAM.format(path=str(_RECORD))), english),
    }
    if pandoc := shutil.which("pandoc"):
        _run((kepu_docs, "render", str(_RECORD), "-f", "md", "-o", "text"), environment, folder)
        (text,) = (folder / "text").glob("*.md")
        commands[PANDOC] = ((pandoc, str(text), "-o", "pandoc.docx"), english)
    return commands


def _run(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> Cost:
    before, begin = _children(), time.perf_counter()
    # A check that finds something ends with 1, and is no failure here.
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, check=False)
    clock = time.perf_counter() - begin
    if done.returncode not in (0, 1) or b"Traceback" in done.stderr:
        raise SystemExit(f"{command} failed: {done.stderr.decode(errors='replace')}")
    return Cost(_children() - before, clock)


def _children() -> float:
    """Return how much of a processor the processes that ended have used, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
