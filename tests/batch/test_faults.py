"""Whatever goes wrong, nothing is lost, doubled or half-written, and the other documents are made."""

import errno
import gc
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

import kepu_docs
from kepu_docs.batch import Progress, read_manifest
from tests.batch.isolation import look
from tests.batch.records import Record, documents, record, sound, statuses, write
from tests.batch.survival import hears_ctrl_c

PLUGIN = '''
import os, signal
from typing import Literal
from kepu_docs.plugin import Paragraph, Section, SectionKind, hookimpl

class Fatal(Section):
    """What stops those who tell it."""
    kind: Literal["fatal"]
    how: str

def tell(facts):
    how = facts["section"]["how"]
    if how == "exit":
        os._exit(1)
    if how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "system exit":
        raise SystemExit(3)
    if how == "recursion":
        return tell(facts)
    if how == "memory":
        raise MemoryError
    if how == "raise":
        raise LookupError("boom")
    return [Paragraph("well")]

class Plugin:
    @staticmethod
    @hookimpl
    def kepu_sections():
        return [SectionKind(Fatal, tell)]
'''


def fatal(number: int, how: str) -> Record:
    return {**record(number), "sections": [{"kind": "fatal", "how": how}]}


def kepu(*arguments: str | Path, folder: Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command with the plugin installed."""
    site = folder / "site"
    about = site / "fatal-1.dist-info"
    about.mkdir(parents=True, exist_ok=True)
    (site / "fatal.py").write_text(PLUGIN, encoding="utf-8")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: fatal\nVersion: 1\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[kepu_docs]\nfatal = fatal:Plugin\n", encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "kepu_docs", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(site)},
        timeout=120,
        check=False,
        **options,
    )


@pytest.mark.deep
def test_a_plugin_that_raises_on_every_tenth_record(tmp_path: Path) -> None:
    hows = ("raise", "recursion", "memory", "system exit")
    records = [fatal(n, hows[n // 10 % 4] if n % 10 == 0 else "well") for n in range(80)]
    write(tmp_path / "r.jsonl", records)
    done = kepu("batch", "r.jsonl", "-o", "out", "-f", "txt", "--jobs", "2", "--quiet", folder=tmp_path)
    assert done.returncode == 1
    assert "72 made, 0 unchanged, 8 failed" in done.stdout
    assert "Traceback" not in done.stderr
    assert "LookupError('boom')" in done.stderr
    assert statuses(tmp_path / "out") == ["failed" if n % 10 == 0 else "done" for n in range(80)]
    sound(tmp_path / "out", 80)


@pytest.mark.parametrize("how", ["kill", pytest.param("exit", marks=pytest.mark.deep)])
def test_a_worker_that_dies(how: str, tmp_path: Path) -> None:
    records = [fatal(n, how if n in (3, 40) else "well") for n in range(70)]
    write(tmp_path / "r.jsonl", records)
    done = kepu("batch", "r.jsonl", "-o", "out", "-f", "txt", "--jobs", "2", "--quiet", folder=tmp_path)
    assert "68 made, 0 unchanged, 2 failed" in done.stdout
    assert "died" in done.stderr
    assert statuses(tmp_path / "out") == ["failed" if n in (3, 40) else "done" for n in range(70)]
    sound(tmp_path / "out", 70)


def test_no_document_has_what_is_of_another(tmp_path: Path) -> None:
    assert look(tmp_path, 100, 2, "docx") > 1_000


@contextmanager
def failing(nth: int, number: int) -> Iterator[Callable[[], int]]:
    """Let the n-th call that writes to the disk fail."""
    calls = 0
    lock = threading.Lock()

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal calls
            with lock:
                calls += 1
                if calls == nth:
                    raise OSError(number, os.strerror(number))
            return real(*arguments, **options)

        return call

    from contextlib import ExitStack

    with ExitStack() as stack:
        for name in ("open", "write", "replace", "rename", "link", "fsync", "mkdir", "unlink"):
            stack.enter_context(patch.object(os, name, counted(getattr(os, name))))
        yield lambda: calls


# XlsxWriter leaves its temporary files to the garbage collector when it fails.
@pytest.mark.filterwarnings("ignore:.*kepu-docs-waiting/tmp:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.deep
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_every_write_may_fail(number: int, tmp_path: Path) -> None:
    source = write(tmp_path / "r.jsonl", [record(1), record(2), {**record(3), "opening": 7}])
    kepu_docs.render_batch(source, tmp_path / "whole", formats=["txt", "md"], jobs=1)
    whole = documents(tmp_path / "whole")
    nth = 0
    while True:
        nth += 1
        out = tmp_path / f"out{nth}"
        with failing(nth, number) as calls:
            try:
                report = kepu_docs.render_batch(source, out, formats=["txt", "md"], jobs=1)
            except kepu_docs.OutputError as error:
                assert str(error)
            else:
                assert report.made <= 2
        assert not any(data != whole.get(path) for path, data in documents(out).items()), nth
        kepu_docs.render_batch(source, out, formats=["txt", "md"], jobs=1)
        assert documents(out) == whole, nth
        sound(out, 3)
        if calls() < nth:
            break
    assert nth > 10
    gc.collect()


def test_ctrl_c(tmp_path: Path) -> None:
    write(tmp_path / "r.jsonl", map(record, range(20_000)))
    command = [sys.executable, "-m", "kepu_docs", "batch", "r.jsonl", "-o", "out", "-f", "txt", "--jobs", "2"]
    run = subprocess.Popen(
        [*command, "--quiet"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        preexec_fn=hears_ctrl_c,
    )
    manifest = tmp_path / "out" / "manifest.jsonl"
    while not (manifest.exists() and manifest.stat().st_size > 1_000):
        assert run.poll() is None
        threading.Event().wait(0.01)
    os.killpg(run.pid, signal.SIGINT)
    said, told = run.communicate(timeout=60)
    assert run.returncode == 130
    assert told.endswith("stopped; run the same command again to make the rest\n")
    assert "Traceback" not in told
    made = int(said.split(" ")[0].replace(",", ""))
    assert 0 < made < 20_000
    sound(tmp_path / "out", made)


def test_two_runs_in_one_folder(tmp_path: Path) -> None:
    source = write(tmp_path / "r.jsonl", map(record, range(5)))
    caught: list[str] = []

    def again(progress: Progress) -> None:
        with pytest.raises(kepu_docs.OutputError) as error:
            kepu_docs.render_batch(source, tmp_path / "out", jobs=1)
        caught.append(str(error.value))

    kepu_docs.render_batch(source, tmp_path / "out", jobs=1, progress=again)
    assert "another run is using this folder" in caught[0]


def test_a_source_that_ends_in_the_middle(tmp_path: Path) -> None:
    source = write(tmp_path / "r.jsonl", map(record, range(5)))
    source.write_bytes(source.read_bytes()[:-30])
    report = kepu_docs.render_batch(source, tmp_path / "out", formats=["txt"], jobs=1)
    assert (report.made, report.failed) == (4, 1)
    (line,) = report.failures()
    assert line.errors[0][0].startswith(f"{source}:5:")


@pytest.mark.some(2)
@pytest.mark.parametrize(
    "hire",
    [
        lambda: ThreadPoolExecutor(2),
        lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn")),
    ],
    ids=["threads", "processes"],
)
def test_executors_of_others(hire: Callable[[], Executor], tmp_path: Path) -> None:
    source = write(tmp_path / "r.jsonl", map(record, range(90)))
    with hire() as executor:
        report = kepu_docs.render_batch(source, tmp_path / "out", formats=["txt"], executor=executor)
    assert (report.made, report.failed) == (90, 0)
    assert [line.place for line in read_manifest(report.manifest)] == [str(n) for n in range(1, 91)]
    sound(tmp_path / "out", 90)


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    source = write(tmp_path / "r.jsonl", [record(1)])
    (tmp_path / "out").write_text("a file")
    with pytest.raises(kepu_docs.OutputError) as error:
        kepu_docs.render_batch(source, tmp_path / "out")
    assert "the folder cannot be created" in str(error.value)


def test_all_faults_of_a_row_are_reported_together(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("社区")
    sheet.write_row(0, 0, ["名称", "时间", "居民"])
    sheet.write_formula(1, 0, "=1/0", None, "#DIV/0!")
    sheet.write_row(1, 1, [2025, "许多"])
    book.close()
    report = kepu_docs.render_batch(tmp_path / "a.xlsx", tmp_path / "out", formats=["txt"], jobs=1)
    (line,) = report.failures()
    assert [place.rpartition(" ")[2] for place, _ in line.errors] == ["社区!A2", "社区!C2"]
