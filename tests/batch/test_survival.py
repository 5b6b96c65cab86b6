"""Some trials of ``python -m tests.batch.survival``, and tests that it finds what it looks for."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.batch import survival
from tests.batch.records import documents
from tests.batch.survival import Losses, Trial, kinds, strays

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
KINDS = {kind.what: kind for kind in kinds(1, Random(15))}


@pytest.mark.deep
@pytest.mark.parametrize("what", KINDS)
def test_nothing_is_lost(what: str, tmp_path: Path) -> None:
    row = KINDS[what].row(tmp_path, 120, 2, Random(5))
    if row.note:
        pytest.skip(row.note)
    assert row.runs >= row.times > 0
    assert row.losses == Losses()


def test_losses_are_found(tmp_path: Path) -> None:
    trial = Trial.of(tmp_path, 4, 1, Random(5))
    out = tmp_path / "whole"
    assert trial.compare(out) == Losses()
    first, second, third, _ = (out / path for path in documents(out))
    first.unlink()
    second.write_text("half", encoding="utf-8")
    third.with_name("another.txt").write_bytes(third.read_bytes())
    (out / ".kepu-docs-waiting-0123456789abcdef").mkdir()
    lines = (out / "manifest.jsonl").read_bytes().splitlines(keepends=True)
    (out / "manifest.jsonl").write_bytes(b"".join(lines[:-1]) + lines[0])
    assert trial.compare(out) == Losses(lost=2, doubled=2, half=1, files=1)


def test_a_process_that_stays_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survival, "PATIENCE", 0.1)
    sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
    assert strays(sleeper.pid) == 1
    assert sleeper.wait() != 0
    assert strays(sleeper.pid) == 0
