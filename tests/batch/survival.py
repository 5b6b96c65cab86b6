"""Kill, stop, starve and mislead runs, and check that nothing is lost, doubled, half-written or left over.

    python -m tests.batch.survival [--times 30] [--records 400] [--jobs 2] [--only NAME]

After each trial the same command continues where the run was ended; in the end the folder must be the same as after an
undisturbed run. A table shows what was done, how often, and the result; the exit status is 1 if any trial failed.
Trials that are impossible here (a disk of a few kilobytes needs the right to mount one) are reported as not tried.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from random import Random

import kepu_docs
from kepu_docs.batch import read_manifest
from tests.batch.records import documents, record, write
from tests.batch.spoiling import SPOILED

PATIENCE = 20.0
"""Seconds within which what a killed run has begun must have ended."""
SIZES = (64, 128, 256, 512, 768, 1024, 1536)
"""Of full disks, in KiB: from one that holds nothing to one that nearly holds all."""


class NotTriedError(Exception):
    """Why some trials cannot be made here."""


@dataclass
class Losses:
    """What came of some trials: none of it must."""

    lost: int = 0
    """Documents that a run made and that are not there."""
    doubled: int = 0
    """Documents that are there twice, or told of twice, or that nobody tells of."""
    half: int = 0
    """Documents that have not the content of those that nobody disturbed."""
    processes: int = 0
    """Processes that were there long after the run that began them was gone."""
    files: int = 0
    """Temporary files that were there after the next run had ended."""
    wrong: int = 0
    """Commands that ended in another way than they should: with a traceback, or without a word."""

    def add(self, other: "Losses") -> None:
        """Add those of another trial."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    def any(self) -> bool:
        """Tell whether anything came of it."""
        return any(getattr(self, each.name) for each in fields(self))


@dataclass
class Row:
    """A line of the table."""

    what: str
    times: int
    runs: int
    losses: Losses
    note: str = ""


@dataclass
class Trial:
    """A source, the folder for its documents, and what these are when nobody disturbs their making."""

    folder: Path
    source: Path
    whole: dict[str, bytes]
    jobs: int
    random: Random

    @classmethod
    def of(cls, folder: Path, records: int, jobs: int, random: Random) -> "Trial":
        """Make it, and the documents, undisturbed."""
        source = write(folder / "r.jsonl", map(record, range(records)))
        kepu_docs.render_batch(source, folder / "whole", formats=["txt"], jobs=jobs)
        return cls(folder, source, documents(folder / "whole"), jobs, random)

    def run(self, out: Path) -> "subprocess.Popen[str]":
        """Begin a run into ``out``, with a session of its own."""
        command = [sys.executable, "-m", "kepu_docs", "batch", str(self.source), "-o", str(out), "-f", "txt", "--quiet"]
        return subprocess.Popen(
            [*command, "--jobs", str(self.jobs)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            preexec_fn=hears_ctrl_c,
        )

    def half(self, out: Path) -> int:
        """Return how many documents that are there are not as they should be."""
        return sum(data != self.whole.get(path, data) for path, data in documents(out).items())

    def finish(self, out: Path) -> Losses:
        """Let the same command end in peace, and return in what the folder differs from that of an undisturbed run."""
        report = kepu_docs.render_batch(self.source, out, formats=["txt"], jobs=self.jobs)
        losses = self.compare(out)
        losses.wrong += (report.made + report.unchanged, report.failed) != (len(self.whole), 0)
        return losses

    def compare(self, out: Path) -> Losses:
        """Return in what a folder differs from that of an undisturbed run."""
        there = documents(out)
        told = [output.path for line in read_manifest(out / "manifest.jsonl") for output in line.outputs]
        left = {path.name for path in out.rglob(".kepu-docs*")} - {".kepu-docs-lock"}
        return Losses(
            lost=len(self.whole.keys() - there.keys()) + len(self.whole.keys() - set(told)),
            doubled=len(there.keys() - self.whole.keys()) + len(told) - len(set(told)),
            half=self.half(out),
            files=len(left),
        )


def interrupted(trial: Trial, times: int, end: Callable[["subprocess.Popen[str]", Random], None]) -> tuple[int, Losses]:
    """End so many runs at random moments, each going on where the last was ended; return how many runs that took."""
    out = trial.folder / "out"
    losses = Losses()
    ended = runs = 0
    while ended < times:
        runs += 1
        run = trial.run(out)
        # Some are ended while Python still imports what they need, and may say so; the others in the midst of their work.
        at_work = trial.random.random() < 0.8
        if at_work:
            begun(run, out)
        try:
            run.wait(trial.random.uniform(0, 0.8))
        except subprocess.TimeoutExpired:
            end(run, trial.random)
            ended += 1
        _, said = run.communicate()
        losses.wrong += at_work and "Traceback" in said
        losses.processes += strays(run.pid)
        losses.half += trial.half(out)
        if run.returncode == 0:
            # It has made all that there is to make: some of it is to be made again.
            for path in trial.random.sample(sorted(documents(out)), len(trial.whole) // 2):
                (out / path).unlink()
    losses.add(trial.finish(out))
    return runs, losses


def hears_ctrl_c() -> None:
    """Let a run hear Ctrl-C also where the tests run in the background: a shell lets those ignore it, and they hand that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def begun(run: "subprocess.Popen[str]", out: Path) -> None:
    """Wait until a run has made its waiting room, or has ended."""
    before = set(out.glob(".kepu-docs-waiting*"))
    while run.poll() is None and set(out.glob(".kepu-docs-waiting*")) <= before:
        time.sleep(0.005)


def strays(session: int) -> int:
    """Wait until no process of a session is there; end those that are too long in it, and return how many."""
    deadline = time.monotonic() + PATIENCE
    while (there := members(session)) and time.monotonic() < deadline:
        time.sleep(0.02)
    for process in there:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    return len(there)


def members(session: int) -> list[int]:
    """Return the processes of a session that have not ended; where there is no /proc, none."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, of, *_ = status.read_text(errors="replace").rpartition(")")[2].split()
            if int(of) == session and state not in "ZX":
                found.append(int(status.parent.name))
    return sorted(found)


def _send(number: signal.Signals) -> Callable[["subprocess.Popen[str]", Random], None]:
    """Return what sends a signal, to the run alone or to all of its processes."""

    def end(run: "subprocess.Popen[str]", random: Random) -> None:
        with suppress(ProcessLookupError):
            if random.random() < 0.5:
                os.kill(run.pid, number)
            else:
                os.killpg(run.pid, number)

    return end


def _stop_and_go_on(run: "subprocess.Popen[str]", random: Random) -> None:
    """Stop one process of a run, or all, and let them go on."""
    for process in random.choice([members(run.pid), members(run.pid)[:1], members(run.pid)[-1:]]):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGSTOP)
    time.sleep(random.uniform(0, 0.5))
    with suppress(ProcessLookupError):
        os.killpg(run.pid, signal.SIGCONT)


def _stop_and_kill(run: "subprocess.Popen[str]", random: Random) -> None:
    """Stop all processes but the first, kill that one, and let the others go on."""
    for process in members(run.pid):
        if process != run.pid:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGSTOP)
    os.kill(run.pid, signal.SIGKILL)
    time.sleep(random.uniform(0, 0.2))
    with suppress(ProcessLookupError):
        os.killpg(run.pid, signal.SIGCONT)


def _kill_a_worker(run: "subprocess.Popen[str]", random: Random) -> None:
    """Kill a worker, or the server that they are forked from; of Python's tracker of resources Python is not sure."""
    others = [process for process in members(run.pid) if process != run.pid and not _is_tracker(process)]
    if others:
        with suppress(ProcessLookupError):
            os.kill(random.choice(others), signal.SIGKILL)


def _is_tracker(process: int) -> bool:
    try:
        return b"resource_tracker" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return True


def crowded(trial: Trial, times: int, at_once: int = 4) -> tuple[int, Losses]:
    """Begin four runs into one folder at once, so many times: one works, the others say so and touch nothing."""
    out = trial.folder / "out"
    losses = Losses()
    for _ in range(times):
        shutil.rmtree(out, ignore_errors=True)
        runs = [trial.run(out) for _ in range(at_once)]
        ended = [(run.communicate()[1], run.returncode) for run in runs]
        losses.processes += sum(strays(run.pid) for run in runs)
        losses.wrong += not any(code == 0 for _, code in ended)
        losses.wrong += sum(code != 0 and "another run is using this folder" not in said for said, code in ended)
        losses.add(trial.compare(out))
    losses.add(trial.finish(out))
    return times * at_once, losses


def full(trial: Trial, sizes: Iterable[int]) -> tuple[int, Losses]:
    """Fill disks of so many KiB, and go on when they have grown. Raises ``NotTriedError`` where none can be mounted."""
    losses = Losses()
    runs = 0
    for size in sizes:
        with mounted(trial.folder / "disk", size) as disk:
            run = trial.run(disk / "out")
            said = run.communicate()[1]
            losses.wrong += "Traceback" in said or (run.returncode != 0 and not said)
            losses.processes += strays(run.pid)
            losses.half += trial.half(disk / "out")
            _mount("-o", "remount,size=64m", str(disk))
            losses.add(trial.finish(disk / "out"))
            runs += 2
    return runs, losses


@contextmanager
def mounted(folder: Path, size: int) -> Iterator[Path]:
    """Have a disk in memory at ``folder``, of so many KiB."""
    folder.mkdir(exist_ok=True)
    _mount("-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _mount(*options: str) -> None:
    try:
        done = subprocess.run(["mount", *options], capture_output=True, encoding="utf-8", check=False)
    except FileNotFoundError:
        raise NotTriedError("there is no command to mount a disk") from None
    if done.returncode:
        raise NotTriedError(done.stderr.strip() or "no disk can be mounted")


def spoiled(trial: Trial, ways: Iterable[str]) -> tuple[int, Losses]:
    """Spoil the manifest of a finished folder in each way: it is mended, or refused with all left as it is."""
    out = trial.folder / "out"
    losses = Losses()
    runs = 0
    for way in ways:
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(trial.folder / "whole", out)
        manifest = out / "manifest.jsonl"
        damaged = SPOILED[way](manifest.read_bytes(), trial.random)
        manifest.write_bytes(damaged)
        before = set(trial.folder.parent.rglob("*evil*"))
        run = trial.run(out)
        said = run.communicate()[1]
        runs += 1
        losses.processes += strays(run.pid)
        losses.wrong += "Traceback" in said or set(trial.folder.parent.rglob("*evil*")) != before
        if run.returncode:
            # It is no manifest any more: nobody may touch it. Moved away, all is made anew over what is there.
            losses.wrong += "is not a manifest" not in said or manifest.read_bytes() != damaged
            losses.half += trial.half(out)
            manifest.rename(trial.folder / "moved away")
        losses.add(trial.finish(out))
    return runs, losses


@dataclass(frozen=True)
class Kind:
    """A kind of trial: its name, how often it is made, and what makes all of them and returns runs and losses."""

    what: str
    times: int
    trials: Callable[[Trial], tuple[int, Losses]]

    def row(self, folder: Path, records: int, jobs: int, random: Random) -> Row:
        """Make the trials in a folder of their own."""
        room = Path(tempfile.mkdtemp(dir=folder))
        try:
            runs, losses = self.trials(Trial.of(room, records, jobs, random))
        except NotTriedError as error:
            return Row(self.what, 0, 0, Losses(), f"not tried: {error}")
        finally:
            shutil.rmtree(room, ignore_errors=True)
        return Row(self.what, self.times, runs, losses)


def kinds(times: int, random: Random) -> list[Kind]:
    """Return all kinds of trials; with few ``times`` some of the manifests are left out, and of the full disks."""
    endings = {
        "SIGKILL": _send(signal.SIGKILL),
        "SIGTERM": _send(signal.SIGTERM),
        "SIGINT": _send(signal.SIGINT),
        "STOP, then CONT": _stop_and_go_on,
        "workers stopped, parent killed": _stop_and_kill,
        "another process killed": _kill_a_worker,
    }
    crowds = max(1, times // 6)
    sizes = random.sample(SIZES, min(times, len(SIZES)))
    ways = random.sample(sorted(SPOILED), min(times + 3, len(SPOILED)))
    return [
        *(Kind(what, times, partial(interrupted, times=times, end=end)) for what, end in endings.items()),
        Kind("four runs at once", crowds, partial(crowded, times=crowds)),
        Kind("full disk", len(sizes), partial(full, sizes=sorted(sizes))),
        Kind("spoiled manifest", len(ways), partial(spoiled, ways=ways)),
    ]


HEAD = ("trial", "times", "runs", *(each.name for each in fields(Losses)), "")


def told(row: Row) -> str:
    """Return a line of the table."""
    losses = [getattr(row.losses, each.name) for each in fields(Losses)]
    note = row.note or ("LOSS" if row.losses.any() else "sound")
    return _columns((row.what, row.times, row.runs, *losses, note))


def _columns(values: Iterable[object]) -> str:
    first, *others, last = (str(value) for value in values)
    return f"{first:<32}" + "".join(f"{value:>10}" for value in others) + f"  {last}"


def main() -> None:
    """Try all, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=30, help="How often runs are disturbed in each way.")
    parser.add_argument("--records", type=int, default=400)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="A part of the name of the trials that are wanted.")
    parser.add_argument("--seed", type=int, default=None)
    given = parser.parse_args()
    seed = Random().randrange(10**6) if given.seed is None else given.seed
    print(f"{given.records} records, {given.jobs} processes, seed {seed}")
    print(_columns(HEAD), flush=True)
    worst = 0
    random = Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds(given.times, random):
            if given.only in kind.what:
                row = kind.row(Path(folder), given.records, given.jobs, random)
                print(told(row), flush=True)
                worst = max(worst, int(row.losses.any()))
    sys.exit(worst)


if __name__ == "__main__":
    main()
