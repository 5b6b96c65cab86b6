"""What an attack is, how it is run, and what must hold for every run, whatever the attack.

An attack puts hostile files into a folder and names a command. The command runs in a process with little memory and
little time, beside files that it must not touch (canaries). For every run the following must hold:

- it ends by itself, in time, with exit status 0, 1 or 2;
- it prints no traceback, and no "fault of kepu-docs";
- its output cannot control a terminal or a CI: no control character, no bidirectional override, no line that begins
  with
  ``::`` unless such lines were requested;
- nothing outside the requested folder is written, changed or removed, but for the cache of installed wording;
- it leaves no temporary file and no process;
- the good records beside the bad one are finished;
- no secret beside it is disclosed.

Each attack states what it expects beyond that (refused with a reason, or read correctly).
"""

import hashlib
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO, Final

SECONDS = 60
"""Of the clock: a run that takes longer counts as one that never ends. The machine may be busy."""
CPU_SECONDS: Final = 10
"""Of the processor, of all processes of a run together. An ordinary command takes about one."""
LINGER = 5.0
"""Seconds that a run's processes have, after its end, to end too."""
TOLD: Final = 2_000_000
"""Characters that a run may say."""

MARK: Final = "KEPU_ATTACK"
"""The variable by which the processes of a run are known."""
SECRET: Final = "hunter2Secret"
"""Stands in files, or in an address, and must never be told."""
CANARY: Final = f"{SECRET}\nkeep\n"

COMMAND: tuple[str, ...] = ("-m", "tests.attacks.starter")
"""What Python runs in a process of its own; only the tests of this frame run something else."""

Check = Callable[["Run"], str | None]
"""Says what is wrong with a run, if anything is."""


class Expected(StrEnum):
    """What an attack's door must do with it."""

    REFUSED = "refused"
    """Exit status 1 or 2, with a reason on standard error."""
    READ = "read"
    """Exit status 0: it looks bad, and is nothing that needs refusing."""
    EITHER = "either"
    """Both are right, as long as what must hold of every run does."""


@dataclass(frozen=True)
class Attack:
    """One hostile input, at one door."""

    name: str
    door: str
    make: Callable[[Path], Sequence[str]]
    """Lays the files into a folder, in which the command will run, and returns the command's arguments."""
    expected: Expected = Expected.EITHER
    good: tuple[str, ...] = ()
    """Texts that must stand in the documents below ``out``: those of the good records."""
    says: str = ""
    """A pattern that standard error must hold."""
    checks: tuple[Check, ...] = ()
    stdout: str = ""
    """``full`` or ``closed``: what standard output is, in place of a pipe."""
    stdin: bytes = b""
    commands: bool = False
    """Whether lines for GitHub's workflow were asked for."""
    writes: tuple[str, ...] = ("work/out",)
    """What it may write to: how paths below its folder begin."""
    fresh: bool = False
    """Whether it needs a Python of its own: how a process ends is part of it."""

    @property
    def id(self) -> str:
        """Its name and its door, for tables and tests."""
        told = f"{self.door}: {self.name}"
        return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in told)


@dataclass
class Run:
    """What a run did."""

    attack: Attack
    folder: Path
    status: int | None
    """``None`` where it had to be killed."""
    stdout: bytes = b""
    stderr: bytes = b""
    seconds: float = 0.0
    cpu: float = 0.0
    memory: int = 0
    """The most bytes that one of its processes had in memory, beside what it was forked with."""
    changed: list[str] = field(default_factory=list)
    """What was written, changed or removed outside ``out``."""
    left: list[str] = field(default_factory=list)
    processes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """All that is wrong with it; nothing, where all is as it must be."""

    @property
    def out(self) -> Path:
        """The folder that it was asked to write to."""
        return self.folder / "work" / "out"

    def texts(self) -> str:
        """All that its documents say: of Word documents, all of their parts."""
        return "\n".join(
            _text_of(path) for path in sorted(self.out.rglob("*")) if path.is_file() and not path.is_symlink()
        )

    def judged(self) -> Iterator[str]:
        """Say all that is wrong with it, as long as its folder is there."""
        if self.status is None:
            yield f"killed after {self.seconds:.0f} s"
        elif self.status not in (0, 1, 2):
            yield f"exit status {self.status}"
        if self.cpu > CPU_SECONDS:
            yield f"{self.cpu:.0f} s of the processor"
        said = self.stdout + b"\n" + self.stderr
        text = said.decode("utf-8", "surrogateescape")
        if "Traceback" in text or "bug in kepu-docs" in text:
            yield f"a fault of our own: {_last(text)}"
        if found := _steering.search(text):
            yield f"says {found[0]!r}"
        if not self.attack.commands and re.search(r"^::", text, re.MULTILINE):
            yield "begins a line with ::"
        if self.attack.commands and (line := re.search(r"^::(?!(?:error|warning|notice)[ :]).*", text, re.MULTILINE)):
            yield f"gives the CI an order: {line[0][:80]!r}"
        if len(text) > TOLD:
            yield f"says {len(text):,} characters"
        for what in self.changed:
            yield f"touches {what}"
        for what in self.left:
            yield f"leaves {what}"
        for what in self.processes:
            yield f"leaves the process {what}"
        texts = self.texts()
        for each in self.attack.good:
            if each not in texts:
                yield f"the good record {each!r} is not finished"
        if SECRET in text or SECRET in texts:
            yield "tells a secret"
        yield from self._expectations(text)

    def _expectations(self, text: str) -> Iterator[str]:
        said = self.stderr.decode("utf-8", "replace")
        if self.attack.expected is Expected.REFUSED and self.status == 0:
            yield "is not refused"
        if self.attack.expected is Expected.REFUSED and not said.strip() and not self.stdout.strip():
            yield "is refused without a word"
        if self.attack.expected is Expected.READ and self.status not in (0, None):
            yield f"is refused: {_last(text)}"
        if self.attack.says and not re.search(self.attack.says, said):
            yield f"does not say {self.attack.says!r}: {_last(text)}"
        for check in self.attack.checks:
            problem = check(self)
            if problem:
                yield problem


_cached = re.compile(r"home/\.cache(?:/kepu-docs(?:/(?:catalogs|templates)-[0-9a-f]{32}(?:/[0-9a-f]{32})?)?)?")
"""What is stored of installed catalogues and templates; no name comes from what is read."""
# Line feeds are what lines end with; everything else that a terminal, or whoever reads a log, obeys is not.
_steering = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def run(attack: Attack, *, fresh: bool = False) -> Run:
    """Run an attack as a process of its own, and say what it did. All that it made is gone afterwards.

    The process is forked from this one, which has all of kepu-docs in memory, unless it is to be a ``fresh`` Python.
    """
    folder = Path(tempfile.mkdtemp(prefix="attack-"))
    try:
        return _run(attack, folder, fresh=fresh)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(attack: Attack, folder: Path, *, fresh: bool) -> Run:
    work, home, temporary = (folder / name for name in ("work", "home", "tmp"))
    for each in (work, home, temporary):
        each.mkdir()
    for name in ("canary.txt", "evil.txt", "evil.docx", ".profile"):
        (home / name).write_text(CANARY, encoding="utf-8")
    (work / "beside.txt").write_text(CANARY, encoding="utf-8")
    arguments = attack.make(work)
    before = _state(folder)
    mark = uuid.uuid4().hex
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KEPU_", "PYTEST_", "LC_"))}
    environment = {
        **kept,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
        "HOME": str(home),
        "TMPDIR": str(temporary),
        MARK: mark,
    }
    done = Run(attack, folder, None)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as given:
        given.write(attack.stdin)
        given.seek(0)
        start = _fresh if attack.fresh or fresh else _forked
        started = time.monotonic()
        pid = start(attack, arguments, work, environment, (given.fileno(), out.fileno(), err.fileno()))
        done.status, done.cpu, memory = _ended(pid, started)
        done.memory = max(memory - _resident(), 0)
        done.seconds = time.monotonic() - started
        done.processes = _lingering(mark, pid)
        done.stdout, done.stderr = (_read(each) for each in (out, err))
    after = _state(folder)
    done.changed = [
        name
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
        and not name.startswith((*attack.writes, "tmp/"))
        and not _cached.fullmatch(name)
    ]
    done.left = [
        name
        for name in sorted(after.keys() - before.keys())
        if name.startswith("tmp/") or (_name(name).startswith(".kepu-docs") and _name(name) != ".kepu-docs-lock")
    ]
    done.problems = list(done.judged())
    return done


def _fresh(
    attack: Attack, arguments: Sequence[str], work: Path, environment: Mapping[str, str], files: tuple[int, int, int]
) -> int:
    """Start a Python of its own, and return the process."""
    given, out, err = files
    process = subprocess.Popen(
        [sys.executable, *COMMAND, *([attack.stdout] if COMMAND else []), *arguments],
        cwd=work,
        env=dict(environment),
        stdin=given,
        stdout=out,
        stderr=err,
        start_new_session=True,
    )
    process.returncode = 0  # it is waited for elsewhere
    return process.pid


def _forked(
    attack: Attack, arguments: Sequence[str], work: Path, environment: Mapping[str, str], files: tuple[int, int, int]
) -> int:
    """Start a process that has all of kepu-docs in memory already, and return it; this one must have no threads."""
    from tests.attacks import starter

    starter.prepare()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid
    status = 70
    try:
        os.setsid()
        os.chdir(work)
        os.environ.clear()
        os.environ.update(environment)
        for at, file in enumerate(files):
            os.dup2(file, at)
        status = starter.act(attack.stdout, arguments)
    finally:
        os._exit(status)


def _ended(pid: int, started: float) -> tuple[int | None, float, int]:
    """Wait for a process, and return exit status, seconds of the processor and bytes of memory of it and its own."""
    code: int | None
    while True:
        ended, status, used = os.wait4(pid, os.WNOHANG)
        if ended:
            code = os.waitstatus_to_exitcode(status)
            break
        if time.monotonic() - started > SECONDS:
            os.killpg(pid, signal.SIGKILL)
            _, _, used = os.wait4(pid, 0)
            code = None
            break
        time.sleep(0.01)
    return code, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def _resident() -> int:
    """Return the bytes that this process has in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _lingering(mark: str, session: int) -> list[str]:
    """Return what still runs of a run a while after its end, and end it."""
    deadline = time.monotonic() + LINGER
    while (left := list(_marked(mark.encode(), session))) and time.monotonic() < deadline:
        time.sleep(0.1)
    for pid, _ in left:
        os.kill(pid, signal.SIGKILL)
    return [name for _, name in left]


def _marked(mark: bytes, session: int) -> Iterator[tuple[int, str]]:
    """Yield the processes of a session, and those that have its mark among their variables."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # After the name, which may hold anything: state, parent, group, session.
            told = (folder / "stat").read_text().rpartition(") ")[2].split()
            if told[0] != "Z" and (int(told[3]) == session or mark in (folder / "environ").read_bytes()):
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                yield int(folder.name), command[:80]
        except OSError:
            continue


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(4 * TOLD)


def _state(folder: Path) -> dict[str, str]:
    """Return what each path below a folder is: a sum of its content, or where it leads."""
    found: dict[str, str] = {}
    for at, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(at, name)
            status = path.lstat()
            if stat.S_ISLNK(status.st_mode):
                what = f"link to {os.readlink(path)}"
            elif stat.S_ISREG(status.st_mode):
                what = hashlib.sha256(path.read_bytes()).hexdigest()
            else:
                what = f"{stat.S_IFMT(status.st_mode):o}"
            found[path.relative_to(folder).as_posix()] = what
    return found


def _text_of(path: Path) -> str:
    import zipfile

    data = path.read_bytes()
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(path) as archive:
                return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
        except (zipfile.BadZipFile, OSError, ValueError):
            return ""
    return data.decode("utf-8", "replace")


def _last(text: str) -> str:
    """Return the last line that says something, cut to what a table has room for."""
    lines = [line for line in text.splitlines() if line.strip()]
    return ascii(lines[-1][:200]) if lines else "nothing"
