"""What is published: the wheel holds the packages, templates and looks and nothing else, the sdist all that makes it."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from functools import cache
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest
from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager
from markdown_it import MarkdownIt
from packaging.requirements import Requirement

from tests.pythons import VERSIONS

ROOT = Path(__file__).parents[1]
PACKAGES = {
    "kepu_docs",
    "kepu_excel",
    "kepu_html",
    "kepu_markdown",
    "kepu_rules",
    "kepu_sources",
    "kepu_templates",
    "kepu_text",
    "kepu_pdf",
    "kepu_word",
}
BROUGHT = """annotated-doc annotated-types babel filelock jinja2 lxml markdown-it-py markupsafe mdurl pluggy pydantic
pydantic-core pygments python-docx pyyaml rich shellingham typer typing-extensions typing-inspection"""
"""What `pip install kepu-docs` installs; the table in CONTRIBUTING.md says why each is needed."""


def build(project: Path, into: Path) -> tuple[Path, Path]:
    """Build an sdist and a wheel of a project, as hatchling dates them where nobody asks for another day."""
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(into)]
    kept = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    subprocess.run(command, cwd=project, env=kept, check=True, capture_output=True)
    (sdist,), (wheel,) = into.glob("*.tar.gz"), into.glob("*.whl")
    return sdist, wheel


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return build(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.mark.deep
def test_the_wheel_holds_packages_and_templates(built: tuple[Path, Path]) -> None:
    names = set(zipfile.ZipFile(built[1]).namelist())
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == PACKAGES
    for folder in ("src", "plugins", "templates"):
        for file in (ROOT / folder).rglob("*"):
            # What keeps the catalogues up to date is not for users; samples are distributions of their own.
            if "samples" in file.parts:
                continue
            if file.is_file() and file.suffix != ".pyc" and file.name != "catalogs.py":
                assert str(file.relative_to(ROOT / folder)) in names
    assert built[1].stat().st_size < 2_000_000


@pytest.mark.deep
def test_the_sdist_holds_what_a_checkout_has(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[0]) as archive:
        files = {Path(*Path(member.name).parts[1:]): member.size for member in archive if member.isfile()}
    assert {path.parts[0] for path in files} == {
        *(".ci", ".gitignore", ".pre-commit-hooks.yaml", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile"),
        *("PKG-INFO", "README.md", "README.zh.md", "docs", "hatch_build.py", "plugins", "pyproject.toml", "src"),
        *("templates", "tests"),
    }
    for folder in ("docs", "plugins", "src", "templates", "tests"):
        there = {path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert {path for path in files if path.parts[0] == folder} == {
            path for path in there if path.suffix != ".pyc" and "__pycache__" not in path.parts
        }
    assert max(files.values()) < 500_000
    assert built[0].stat().st_size < 5_000_000


@pytest.mark.deep
def test_the_sdist_makes_the_same_again_on_another_day(built: tuple[Path, Path], tmp_path: Path) -> None:
    shutil.unpack_archive(built[0], tmp_path / "sdist", filter="data")
    (project,) = (tmp_path / "sdist").iterdir()
    for path in project.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    for first, second in zip(built, build(project, tmp_path / "dist"), strict=True):
        assert first.read_bytes() == second.read_bytes()


@pytest.mark.deep
def test_an_index_takes_both(built: tuple[Path, Path]) -> None:
    command = [sys.executable, "-m", "twine", "check", "--strict", *map(str, built)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("PASSED") == 2


@cache
def published() -> Any:
    """What pyproject.toml and hatch_build.py say together."""
    return ProjectMetadata(str(ROOT), PluginManager()).core


def targets(text: str) -> list[str]:
    """The links and pictures of a page, in their order, those in HTML too."""
    found: list[str] = []
    for token in MarkdownIt().parse(text):
        for each in [token, *(token.children or [])]:
            found += [str(each.attrs[name]) for name in ("href", "src") if name in each.attrs]
            if each.type in ("html_block", "html_inline"):
                found += re.findall(r"""(?:href|src|srcset)\s*=\s*["']?([^"'\s>]+)""", each.content)
    return found


def test_no_link_of_the_description_needs_the_repository_around_it() -> None:
    readme, shown = (ROOT / "README.md").read_text(encoding="utf-8"), published().readme
    before, after = targets(readme), targets(shown)
    assert len(before) == len(after) > 5
    tag = "main" if ".dev" in published().version else f"v{published().version}"
    blob, raw = (f"{published().urls['Repository']}/{kind}/{tag}/" for kind in ("blob", "raw"))
    for old, new in zip(before, after, strict=True):
        if old.startswith(("https://", "#")):
            assert new == old
        else:
            assert (ROOT / old.partition("#")[0]).exists()
            assert new == (raw if old.endswith((".png", ".jpg", ".svg")) else blob) + old


def test_the_description_says_what_the_readme_says() -> None:
    def words(text: str) -> list[str]:
        tokens = [each for token in MarkdownIt().parse(text) for each in [token, *(token.children or [])]]
        return [each.content for each in tokens if each.type in ("text", "code_inline", "code_block", "fence")]

    assert words(published().readme) == words((ROOT / "README.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[a](docs/a.md#b)", "[a](R/blob/vV/docs/a.md#b)"),
        ("[![a](docs/a.png)](docs/a.md)", "[![a](R/raw/vV/docs/a.png)](R/blob/vV/docs/a.md)"),
        ("![a](docs/a.png 'title')", "![a](R/raw/vV/docs/a.png 'title')"),
        ("[a]: docs/a.md", "[a]: R/blob/vV/docs/a.md"),
        ('<a href="a.md"><img width="9" src="docs/a.svg"></a>', None),
        ("[a](#b) [c](https://example.org/d.png) [e](mailto:f@example.org)", "as it is"),
    ],
)
@pytest.mark.parametrize(("version", "tag"), [("1.2.3", "v1.2.3"), ("1.3.0.dev0", "main")])
def test_every_way_to_write_a_link(written: str, shown: str | None, version: str, tag: str, tmp_path: Path) -> None:
    for name in ("hatch_build.py", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(
        re.sub('^version = ".*"$', f'version = "{version}"', project, count=1, flags=re.M), encoding="utf-8"
    )
    (tmp_path / "README.md").write_text(written, encoding="utf-8")
    core = ProjectMetadata(str(tmp_path), PluginManager()).core
    if shown is None:
        shown = '<a href="R/blob/vV/a.md"><img width="9" src="R/raw/vV/docs/a.svg"></a>'
    expected = written if shown == "as it is" else shown.replace("R/", f"{core.urls['Repository']}/")
    assert core.readme == expected.replace("/vV/", f"/{tag}/")


def test_it_says_which_pythons_it_runs_with() -> None:
    named = {each.rpartition(" ")[2] for each in published().classifiers if "Python :: 3." in each}
    assert named == set(VERSIONS)
    assert published().requires_python == f">={VERSIONS[0]}"


def test_a_new_dependency_is_noticed() -> None:
    brought: set[str] = set()
    waiting = ["kepu-docs"]
    while waiting:
        for line in requires(waiting.pop()) or ():
            needed = Requirement(line)
            name = re.sub(r"[-_.]+", "-", needed.name).lower()
            if name not in brought and (needed.marker is None or needed.marker.evaluate({"extra": ""})):
                brought.add(name)
                waiting.append(needed.name)
    assert brought - {"colorama"} == set(BROUGHT.split())  # typer needs colorama on Windows
    table = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Packaging")[2]
    assert set(re.findall(r"^\| ([a-z0-9-]+) \|", table, re.MULTILINE)) == set(BROUGHT.split()) | {"package"}
