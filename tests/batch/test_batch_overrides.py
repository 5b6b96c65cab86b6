"""Overrides in a batch: in each worker, and named if they fail."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.batch.records import record, sound, statuses, write

PLUGIN = """
from kepu_docs.plugin import Override, hookimpl

def render(part):
    told = "".join(block.text for block in part.blocks[1:])
    if "坏" in told:
        return None
    document = part.new_document()
    document.add_paragraph(f"改写：{told}")
    return document

@hookimpl
def kepu_overrides():
    return [Override("narrative", "docx", render)]
"""


@pytest.mark.deep
def test_workers_know_the_overrides_and_one_that_fails_is_named(tmp_path: Path) -> None:
    about = tmp_path / "site" / "stranger-1.dist-info"
    about.mkdir(parents=True)
    (about.parent / "stranger.py").write_text(PLUGIN, encoding="utf-8")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[kepu_docs]\nchanged = stranger\n", encoding="utf-8")

    def told(number: int) -> str:
        return "坏的一段。" if number % 20 == 7 else f"第{number}段。"

    sections = [{"kind": "narrative", "heading": "其他", "paragraphs": [told(number)]} for number in range(60)]
    write(tmp_path / "r.jsonl", [{**record(number), "sections": [each]} for number, each in enumerate(sections)])
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "kepu_docs",
            *["batch", "r.jsonl", "-o", "out", "-f", "docx,txt", "--jobs", "2", "--quiet"],
        ],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(about.parent)},
        check=False,
    )
    assert done.returncode == 1
    assert "57 made, 0 unchanged, 3 failed" in done.stdout
    named = (
        "the override of “narrative” in the format “docx” (plugin stranger:changed) failed: it returned None; expected"
    )
    assert done.stderr.count(named) == 3
    assert "Traceback" not in done.stderr
    assert statuses(tmp_path / "out") == ["failed" if number % 20 == 7 else "done" for number in range(60)]
    sound(tmp_path / "out", 60)
    texts = {path.stem: path.read_text("utf-8") for path in (tmp_path / "out").rglob("*.txt")}
    assert len(texts) == 57
    assert not any("改写" in text for text in texts.values())
    for path in (tmp_path / "out").rglob("*.docx"):
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
            main = package.read("word/document.xml").decode()
        shown = main.partition("改写：")[2].partition("<")[0]
        assert shown
        assert shown in texts[path.stem]
