"""Streams that are closed, full, or not read: no traceback, a meaningful exit status, and the work is done."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")

COMMANDS = {
    "render": "render a.json b.json -f md -o out",
    "batch": "batch records -f md -o batch",
    "check": "check a.json records",
    "check json": "check a.json -f json",
    "rollup": "rollup records -o sum.yaml --name 试验街道",
    "import": "import paper.txt -o imported",
    "new": "new",
    "schema": "schema",
    "workbook": "workbook w.xlsx",
    "plugins": "plugins list",
    "templates": "templates list",
    "help": "--help",
    "wrong use": "no-such-command",
    "nothing there": "render gone.json",
}
WAYS = {
    "full": ">/dev/full",
    "closed": ">&-",
    "read by nobody": "| true",
    "begin read": "| head -c 1 >/dev/null",
    "errors full": "2>/dev/full",
    "errors closed": "2>&-",
    "both full": ">/dev/full 2>&1",
    "both closed": ">&- 2>&-",
    "all closed": "<&- >&- 2>&-",
}
NO_TRACE = ("Traceback", "Exception ignored", "BrokenPipe", "bug in kepu-docs", "Errno")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    record = {"community": {"name": "试验社区"}, "period": 2025}
    (tmp_path / "records").mkdir()
    for name in ("a", "b", "records/c"):
        (tmp_path / f"{name}.json").write_text(json.dumps(record), "utf-8")
    (tmp_path / "paper.txt").write_text("试验社区2025年科普工作总结\n一、培训\n举办培训2场。\n", "utf-8")
    return tmp_path


def run(command: str, way: str, folder: Path) -> tuple[int, str]:
    """Return status and what still came through on standard error, of a command in a shell."""
    line = f"{shlex.quote(sys.executable)} -m kepu_docs {command} {way}"
    done = subprocess.run(
        ["bash", "-c", f'{line}; exit "${{PIPESTATUS[0]}}"'],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        timeout=60,
        check=False,
    )
    return done.returncode, done.stderr


# Each command in the two hardest ways, and two commands in each.
@pytest.mark.deep
@pytest.mark.parametrize(
    ("name", "way"),
    sorted(
        {(name, way) for name in COMMANDS for way in WAYS if way in ("full", "all closed") or name in ("render", "new")}
    ),
)
def test_streams_that_cannot_be_written(name: str, way: str, folder: Path) -> None:
    status, said = run(COMMANDS[name], WAYS[way], folder)
    assert not [word for word in NO_TRACE if word in said]
    usual = {"wrong use": 2, "nothing there": 1}.get(name)
    if usual is not None:
        assert status == usual
    elif way.startswith("errors"):
        assert status == (1 if name == "check" else status)
        assert status in (0, 1)
    elif way in ("full", "closed", "both full", "both closed", "all closed"):
        assert status == 1
    else:
        assert status in (0, 1)  # the reader may have been quick
    if way in ("full", "closed") and usual is None:
        assert said.splitlines()[-1].startswith("error: standard output cannot be written: ")
    # What is to be made is made, whoever listens.
    made = {
        "render": ["out"],
        "batch": ["batch"],
        "rollup": ["sum.yaml"],
        "import": ["imported"],
        "workbook": ["w.xlsx"],
    }
    assert all((folder / each).exists() for each in made.get(name, ()))
    if name == "render":
        assert len(list((folder / "out").iterdir())) == 2


def test_files_do_not_take_the_place_of_closed_streams(folder: Path) -> None:
    status, _ = run("batch records -f md -o batch", "<&- >&- 2>&-", folder)
    assert status == 1
    lines = (folder / "batch" / "manifest.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["status"] for line in lines] == ["done"]


def test_standard_input_that_is_closed(folder: Path) -> None:
    status, said = run("batch - -f md -o batch", "<&-", folder)
    assert status == 1
    assert "standard input: it is closed" in said
    assert not [word for word in NO_TRACE if word in said]
