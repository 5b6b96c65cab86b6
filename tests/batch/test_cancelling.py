"""An exception of the progress callback ends a run, and leaves the folder in order."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import kepu_docs
from kepu_docs.batch import Progress
from tests.batch.records import record, sound


class CancelledByUser(Exception):  # noqa: N818
    pass


def stop_after(records: int, error: BaseException) -> Callable[[Progress], None]:
    def progress(progress: Progress) -> None:
        if progress.records >= records:
            raise error

    return progress


def cancelled(tmp_path: Path, number: int, **options: Any) -> None:
    items, out = [record(each) for each in range(number)], tmp_path / "out"
    with pytest.raises(CancelledByUser):
        kepu_docs.render_batch(items, out, formats=["txt"], progress=stop_after(32, CancelledByUser()), **options)
    # No waiting room, no half manifest, no journal: documents and the manifest of just these.
    left = {path.name for path in out.iterdir()}
    assert {name for name in left if name.startswith(".")} <= {".kepu-docs-lock"}
    done = len(list(out.rglob("*.txt")))
    assert 32 <= done < number
    sound(out, done)
    report = kepu_docs.render_batch(items, out, formats=["txt"], jobs=1)
    assert (report.made, report.unchanged, report.complete) == (number - done, done, True)
    sound(out, number)


def test_in_this_process(tmp_path: Path) -> None:
    cancelled(tmp_path, 100, jobs=1)


def test_in_threads(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as executor:
        cancelled(tmp_path, 400, executor=executor)


@pytest.mark.deep
def test_in_processes(tmp_path: Path) -> None:
    cancelled(tmp_path, 600, jobs=2)


def test_a_keyboard_interrupt_gives_a_report(tmp_path: Path) -> None:
    items = [record(each) for each in range(100)]
    progress = stop_after(64, KeyboardInterrupt())
    report = kepu_docs.render_batch(items, tmp_path / "out", formats=["txt"], jobs=1, progress=progress)
    assert (report.stopped, report.complete, report.made) == (True, False, 64)


def test_another_run_may_begin_at_once(tmp_path: Path) -> None:
    """The lock is free in the very callback's ``except``."""
    items = [record(each) for each in range(40)]
    try:
        kepu_docs.render_batch(items, tmp_path, formats=["txt"], jobs=1, progress=stop_after(1, CancelledByUser()))
    except CancelledByUser:
        assert kepu_docs.render_batch(items, tmp_path, formats=["txt"], jobs=1).unchanged == 32
