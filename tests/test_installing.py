"""kepu-docs as users get it: from the wheel and the sdist, by pip and by uv, into environments that hold nothing else.

What it needs comes from the package index, as for everyone.
"""

import os
import re
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from shutil import copy

import pytest

import kepu_docs
from tests.test_packaging import build

ROOT = Path(__file__).parents[1]
RECORDS = sorted((ROOT / "docs" / "examples").glob("0*.yaml"))
UV = Path(sys.executable).with_name("uv")


def run(*command: str | Path, folder: Path) -> str:
    """Return what a command prints in a folder far from the checkout, which knows nothing of the caller's packages."""
    unwanted = ("PYTHON", "KEPU_", "PYTEST_", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    done = subprocess.run(
        [str(each) for each in command],
        cwd=folder,
        env={**kept, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def with_pip(folder: Path, distribution: Path) -> None:
    venv.create(folder, with_pip=True)
    run(folder / "bin" / "python", "-m", "pip", "install", "--quiet", distribution, folder=folder)


def with_uv(folder: Path, distribution: Path) -> None:
    run(UV, "venv", "--quiet", "--python", sys.executable, folder, folder=folder.parent)
    run(UV, "pip", "install", "--quiet", "--python", folder / "bin" / "python", distribution, folder=folder)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return build(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.mark.deep
@pytest.mark.parametrize(("install", "place"), [(with_pip, 1), (with_uv, 0)], ids=["pip, wheel", "uv, sdist"])
def test_it_works_where_nothing_else_is(
    install: Callable[[Path, Path], None], place: int, built: tuple[Path, Path], tmp_path: Path
) -> None:
    install(tmp_path / "environment", built[place])
    programs, folder = tmp_path / "environment" / "bin", tmp_path / "elsewhere"
    folder.mkdir()
    kepu = programs / "kepu-docs"

    assert run(kepu, "--version", folder=folder).split() == ["kepu-docs", kepu_docs.__version__]
    where = run(programs / "python", "-c", "import kepu_docs, kepu_word; print(kepu_word.__file__)", folder=folder)
    assert Path(where.strip()).is_relative_to(programs.parent)

    for record in RECORDS:
        copy(record, folder)
    names = [record.name for record in RECORDS]
    run(kepu, "render", *names, "-f", "docx,html,md,txt", "-o", "rendered", folder=folder)
    assert len(list((folder / "rendered").iterdir())) == 4 * len(names)
    run(kepu, "batch", *names, "-o", "batch", folder=folder)
    assert len(list((folder / "batch").rglob("*.docx"))) == len(names)
    assert "in 3 records" in run(kepu, "check", *names[:3], folder=folder)

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (example,) = (code for code in re.findall(r"```python\n(.*?)```", readme, re.S) if "kepu_docs.load(" in code)
    for name in re.findall(r'"([^"/]+\.(?:yaml|jsonl|docx))"', example):
        if name.endswith(".yaml"):
            copy(RECORDS[0], folder / name)
        elif name.endswith(".jsonl"):
            lines = [f'{{"community": {{"name": "试验社区{number}"}}, "period": 2025}}\n' for number in (1, 2)]
            (folder / name).write_text("".join(lines), encoding="utf-8")
        else:
            copy(next((folder / "rendered").glob("*.docx")), folder / name)
    (folder / "example.py").write_text(example + "assert data.startswith(b'PK')\n", encoding="utf-8")
    run(programs / "python", "-W", "error", "example.py", folder=folder)
