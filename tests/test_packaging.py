"""The content of the wheel: the packages, the templates and the looks, and nothing else."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.deep
def test_the_wheel_holds_packages_and_templates(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {
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
    for folder in ("src", "plugins", "templates"):
        for file in (ROOT / folder).rglob("*"):
            # What keeps the catalogues up to date is not for users; samples are distributions of their own.
            if "samples" in file.parts:
                continue
            if file.is_file() and file.suffix != ".pyc" and file.name != "catalogs.py":
                assert str(file.relative_to(ROOT / folder)) in names
