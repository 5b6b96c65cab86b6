"""The code on the pages about plugins runs: blocks in order in one namespace, files as files, tests as tests."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PLUGINS = Path(__file__).parents[2] / "docs" / "plugins"
PAGES = [page for page in sorted(PLUGINS.rglob("*.md")) if "```python" in page.read_text(encoding="utf-8")]
_block = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.S | re.M)
_file = re.compile(r"# file: (\S+)\n")


@pytest.mark.some(5)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_code_of_a_page_runs(page: Path, tmp_path: Path) -> None:
    code = []
    for language, name, content in _block.findall(page.read_text(encoding="utf-8")):
        named = _file.match(content) if language == "python" else None
        name = named[1] if named else name
        if name:
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
        elif language == "python":
            code.append(content)
    if code:
        (tmp_path / "page.py").write_text("\n".join(code), encoding="utf-8")
        run(tmp_path, "page.py")
    if list(tmp_path.glob("test_*.py")):
        # Golden files are written at the first run, and held at the second.
        options = ("-m", "pytest", "-q", "-p", "no:cacheprovider")
        if "golden(" in page.read_text(encoding="utf-8"):
            run(tmp_path, *options, "-k", "golden or people_see", KEPU_DOCS_UPDATE_GOLDEN="1")
        run(tmp_path, *options)


def run(folder: Path, *arguments: str, **variables: str) -> None:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
