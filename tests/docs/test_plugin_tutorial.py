"""The plugin tutorial, followed step by step in a clean environment: its tests fail and pass where the page says so."""

import re
from pathlib import Path

import pytest
from tests.environments import Environment

DOCS = Path(__file__).parents[2] / "docs"
ENGLISH = DOCS / "plugins" / "README.md"
CHINESE = DOCS / "zh" / "plugins" / "README.md"


def blocks(page: Path, info: str) -> list[str]:
    """Return the blocks of a page that are marked so."""
    return re.findall(rf"^```{info}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.S | re.M)


def apply(change: str, project: Path) -> None:
    """Make a change that the page shows; without lines that stay or go it is put at the end of the file."""
    head, *lines = change.splitlines()
    file = project / head.strip("@ ")
    before, after = ("".join(f"{line[1:]}\n" for line in lines if not line.startswith(sign)) for sign in ("+", "-"))
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1 or not before, head
    file.write_text(text.replace(before, after) if before else f"{text}\n{after}", encoding="utf-8")


@pytest.mark.deep
def test_a_stranger_follows_it(tmp_path: Path) -> None:
    environment = Environment(tmp_path / "environment")
    environment.install_kepu_docs()
    (record,) = blocks(ENGLISH, "yaml file=drills.yaml")
    expected_faults, expected_text = blocks(ENGLISH, "text")
    project = tmp_path / "kepu-docs-drills"

    def kepu(*arguments: str) -> None:
        done = environment.run("-m", "kepu_docs", *arguments, folder=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")

    def tests() -> str:
        environment.install(project)
        return environment.run("-m", "pytest", "-q", "-p", "no:cacheprovider", folder=project).stdout

    kepu("plugins", "new", "drills", "--label", "防灾演练", "--label", "zh_Hant=防災演練")
    model, *rest = blocks(ENGLISH, "diff")
    apply(model, project)
    faults = tests()
    assert [line for line in expected_faults.splitlines() if line.strip() not in faults] == []
    assert "2 failed" in faults
    for change in rest:
        apply(change, project)
    assert "16 passed" in tests()
    for field in ("scenario: 6.0级地震", "情景: 6.0级地震"):
        assert field in ENGLISH.read_text(encoding="utf-8")
        (tmp_path / "drills.yaml").write_text(record.replace("attendance: 300", f"attendance: 300, {field}"), "utf-8")
        kepu("render", "drills.yaml", "-f", "txt")
        (made,) = tmp_path.glob("*.txt")
        shown = re.sub(r"\s", "", made.read_text(encoding="utf-8"))
        assert re.sub(r"\s", "", expected_text) in shown


@pytest.mark.parametrize("info", ["diff", "text", "yaml file=drills.yaml"])
def test_its_steps_are_the_same_in_chinese(info: str) -> None:
    steps = blocks(ENGLISH, info)
    assert steps
    assert blocks(CHINESE, info) == steps
