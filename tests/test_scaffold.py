"""``kepu-docs plugins new``: a project that works, in every format and language."""

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.cli.calling import kepu

RECORD = """community: {name: 试验社区}
period: 2025
sections:
  - kind: drills
    entries: [{name: 疏散演练, held_on: 2025-05-12, attendance: 300}, {name: 急救演练, attendance: 近100}]
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the project and install it into a folder of its own, as a wheel is installed."""
    folder = tmp_path_factory.mktemp("scaffold")
    done = kepu("plugins", "new", "drills", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 14
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--no-index", "--target", "site", "./kepu-docs-drills"], cwd=folder, check=True)
    return folder


def test_its_own_tests_pass(installed: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "kepu-docs-drills"],
        cwd=installed,
        env={**os.environ, "PYTHONPATH": str(installed / "site")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_it_shows_up_everywhere(installed: Path) -> None:
    def run(*arguments: str) -> str:
        done = kepu(*arguments, folder=installed, PYTHONPATH=str(installed / "site"))
        assert done.returncode == 0, done.stderr
        return done.stdout

    (installed / "r.yaml").write_text(RECORD, encoding="utf-8")
    assert "kepu-docs-drills:drills 0.1.0  section kinds: drills" in run("plugins", "list")
    assert "kind: drills" in run("new", "drills")
    assert '"drills"' in run("schema")
    run("workbook", "a.xlsx", "drills", "--locale", "zh_Hans")
    assert openpyxl.load_workbook(installed / "a.xlsx").sheetnames[1:3] == ["新栏目", "新栏目-条目"]
    run("batch", "r.yaml", "-o", "out", "-f", "docx,md,txt", "--names", "{community}", "--locale", "zh_Hans")
    text = (installed / "out" / "试验社区.txt").read_text(encoding="utf-8")
    assert "一、新栏目" in text
    assert "开展2项，参加近400人次。" in text
    assert "5月12日，300人次参加。" in text
    run("render", "r.yaml", "-f", "txt", "-o", "en", "--locale", "en")
    (english,) = (installed / "en").iterdir()
    assert "2 entries were held, with nearly 400 attendances." in " ".join(english.read_text(encoding="utf-8").split())


@pytest.mark.parametrize(
    ("name", "told"), [("Drills", "cannot be a plugin's name"), ("training", "already"), ("class-", "cannot be")]
)
def test_names_that_are_refused(name: str, told: str, tmp_path: Path) -> None:
    done = kepu("plugins", "new", name, folder=tmp_path)
    assert done.returncode == 1
    assert told in done.stderr
    assert not list(tmp_path.iterdir())


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "kepu-docs-drills").mkdir()
    done = kepu("plugins", "new", "drills", folder=tmp_path)
    assert done.returncode == 1
    assert "exists already" in done.stderr
