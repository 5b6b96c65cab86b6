"""The commands in processes that lack what Python lacks on Windows: as much of Windows as Linux can show."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import kepu_docs

LIKE_WINDOWS = Path(__file__).with_name("windows_like")
OLD = Path(__file__).parents[1] / "versions" / "0.1.0"

pytestmark = pytest.mark.deep


def run(*arguments: str | Path, folder: Path) -> str:
    """Return what a command prints on standard output; it must succeed, and complain of nothing."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "ignore:only soft file lock", "-m", "kepu_docs", *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(LIKE_WINDOWS), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    complaints = [
        line for line in done.stderr.splitlines() if "file lock" not in line and "import FileLock" not in line
    ]
    assert (done.returncode, complaints) == (0, [])
    return done.stdout


def test_it_lacks_what_it_should(tmp_path: Path) -> None:
    code = "import os, signal; print([hasattr(os, 'fork'), hasattr(signal, 'SIGKILL'), bool(os.supports_dir_fd)])"
    environment = {**os.environ, "PYTHONPATH": str(LIKE_WINDOWS)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[False, False, False]"


def test_records_and_what_other_processes_read(tmp_path: Path) -> None:
    # Records in documents, workbooks and templates of one's own are read in a process with limits.
    run("render", OLD / "record.yaml", "-f", "docx,html,md,txt", "-o", "made", folder=tmp_path)
    run("render", OLD / "workbook.xlsx", "-f", "txt", "-o", "tables", folder=tmp_path)
    run("render", OLD / "summary.docx", "-f", "txt", "--templates", OLD / "templates", "-o", "own", folder=tmp_path)
    assert len(list((tmp_path / "made").iterdir())) == 4
    assert len(list((tmp_path / "tables").iterdir())) == 2
    (made,) = (tmp_path / "made").glob("*.docx")
    run("import", made, "-o", "read", folder=tmp_path)
    (read,) = (tmp_path / "read").iterdir()
    assert kepu_docs.load(read) == kepu_docs.load(OLD / "record.yaml")
    run("check", read, folder=tmp_path)


def test_a_batch_in_processes_that_are_spawned(tmp_path: Path) -> None:
    records = [
        {"community": {"name": f"试验{number}社区"}, "period": 2025, "opening": "开头。"} for number in range(60)
    ]
    lines = (json.dumps(each, ensure_ascii=False) + "\n" for each in records)
    (tmp_path / "many.jsonl").write_text("".join(lines), encoding="utf-8")
    assert "60 made" in run("batch", "many.jsonl", "-o", "out", "-f", "txt", "-j", "2", "-q", folder=tmp_path)
    assert "0 made, 60 unchanged" in run("batch", "many.jsonl", "-o", "out", "-f", "txt", "-j", "2", folder=tmp_path)
    run("rollup", "many.jsonl", "--name", "试验街道", "-o", "street.docx", "--figures", "f.xlsx", folder=tmp_path)
    assert kepu_docs.load(tmp_path / "street.docx").community.name == "试验街道"
