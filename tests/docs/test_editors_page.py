"""The examples in docs/editors.md work: shell completion, the hook in pre-commit, the commands of the workflow."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tests.cli.calling import kepu

PAGE = Path("docs/editors.md").read_text(encoding="utf-8")
GOOD = "community: {name: 试验社区}\nperiod: 2025\nopening: 本年度社区开展活动。\n"
WRONG = GOOD.replace("社区开展", "xx社区开展")


@pytest.mark.parametrize("page", ["editors.md", "zh/editors.md"])
def test_tab_shows_what_the_page_shows(page: str, tmp_path: Path) -> None:
    language = "zh_CN.UTF-8" if page.startswith("zh/") else "C.UTF-8"
    shown = re.search(r"```text\n(.*?)```", (Path("docs") / page).read_text(encoding="utf-8"), re.S)
    assert shown
    in_bash, in_zsh = (re.findall(r"^--.*", part, re.M) for part in shown[1].split("\n\n"))

    bash = {"_KEPU_DOCS_COMPLETE": "complete_bash", "COMP_WORDS": "kepu-docs workbook --s", "COMP_CWORD": "2"}
    assert kepu(folder=tmp_path, LC_ALL=language, **bash).stdout.split() == in_bash[0].split()

    zsh = {"_KEPU_DOCS_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "kepu-docs workbook --s"}
    offered = re.findall(r'"(--\w+)":"(.*?)"', kepu(folder=tmp_path, LC_ALL=language, **zsh).stdout)
    assert [re.split(r" +-- ", line) for line in in_zsh] == [
        [option, about.replace(r"\\:", ":")] for option, about in offered
    ]


def configuration() -> str:
    found = re.search(r"```yaml\n(repos:.*?)```", PAGE, re.S)
    assert found
    return found[1]


@pytest.mark.deep
def test_the_hook_runs_before_a_commit(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    record = tmp_path / "records" / "record.yaml"
    (tmp_path / ".pre-commit-config.yaml").write_text(configuration(), encoding="utf-8")

    # The programs of the environment that runs the tests.
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}

    def commit() -> "subprocess.CompletedProcess[str]":
        subprocess.run(["git", "add", "-A"], cwd=tmp_path, check=True)
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-m", "records"]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
        )

    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["pre-commit", "install"], cwd=tmp_path, env=environment, check=True, capture_output=True)
    record.write_text(WRONG, encoding="utf-8")
    refused = commit()
    assert refused.returncode == 1
    assert "records/record.yaml:3:" in refused.stdout + refused.stderr
    record.write_text(GOOD, encoding="utf-8")
    done = commit()
    assert done.returncode == 0, done.stderr


def test_the_hook_that_others_install_is_that_of_the_page() -> None:
    (ours,) = yaml.safe_load(Path(".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (shown,) = yaml.safe_load(configuration())["repos"][0]["hooks"]
    assert {name: ours[name] for name in ("id", "name", "entry", "require_serial")} == {
        name: shown[name] for name in ("id", "name", "entry", "require_serial")
    }


def test_the_workflow_marks_lines(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "record.yaml").write_text(WRONG, encoding="utf-8")
    workflow = yaml.safe_load(Path("docs/examples/check-records.yml").read_text(encoding="utf-8"))
    command = workflow["jobs"]["check"]["steps"][-1]["run"].split()
    assert command[0] == "kepu-docs"
    done = kepu(*command[1:], folder=tmp_path)
    assert done.returncode == 1
    assert "file=records/record.yaml,line=3" in done.stdout
