"""The examples in the documentation are true: commands print what they show, Python runs."""

import json
import re
import shlex
import shutil
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.cli.calling import kepu, untimed

import kepu_docs

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [
    # Chinese pages have the commands of the English ones, and wait for the deep run.
    pytest.param(page, marks=[pytest.mark.deep] if (DOCS / "zh") in page.parents else [])
    for page in sorted(DOCS.rglob("*.md"))
    if "```console" in page.read_text(encoding="utf-8")
]
RECORD = "community: {name: 试验社区}\nperiod: 2025\nopening: 开头。\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_commands(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    if "examples/" in text:
        shutil.copytree(DOCS / "examples", tmp_path / "examples")
    # Files and commands in the order in which they stand on the page.
    for name, content, block in re.findall(r"```(?:\w+ file=(\S+)\n(.*?)|console\n(.*?))```", text, re.S):
        if name:
            (tmp_path / name).write_text(content, encoding="utf-8")
        for command, shown in re.findall(r"^\$ kepu-docs (.*)\n((?:(?!\$ ).*\n)*)", block, re.M):
            done = kepu(*shlex.split(command), folder=tmp_path)
            assert untimed(done.stdout + done.stderr) == untimed(shown), command


@pytest.mark.parametrize("page", ["library.md", "errors.md", "languages.md", "html.md", "pdf.md", "importing.md"])
def test_python(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Chinese pages have the same code, but for its comments: test_both_languages.py compares them.
    (tmp_path / "record.yaml").write_text(RECORD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    text = (DOCS / page).read_text(encoding="utf-8")
    for name, content in re.findall(r"```\w+ file=(\S+)\n(.*?)```", text, re.S):
        (tmp_path / name).write_text(content, encoding="utf-8")
    code = "\n".join(re.findall(r"```python\n(.*?)```", text, re.S))
    exec(compile(code, f"docs/{page}", "exec"), {})  # noqa: S102


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_readme(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (DOCS.parent / name).read_text(encoding="utf-8")
    (record,) = re.findall(r"```yaml\n(.*?)```", text, re.S)
    (tmp_path / "record.yaml").write_text(record, encoding="utf-8")
    (tmp_path / "communities.jsonl").write_text(json.dumps(yaml.safe_load(record), default=str), encoding="utf-8")
    (tmp_path / "2023.docx").write_bytes(
        kepu_docs.render(kepu_docs.load(tmp_path / "record.yaml"), "docx", embed=False)
    )
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for code in re.findall(r"```python\n(.*?)```", text, re.S):
        exec(compile(code, name, "exec"), names)  # noqa: S102
    assert names["data"].startswith(b"PK")
    assert {finding.severity for finding in names["findings"]} == {"info"}
    assert (names["report"].made, names["report"].failed) == (1, 0)
    assert len(names["old"]) == 1

    engine = kepu_docs.Engine(plugins=[types.SimpleNamespace(kepu_sections=names["kepu_sections"])])
    section = {"kind": "drills", "leader": "甲某某"}
    summary = engine.load({"community": {"name": "试验社区"}, "period": 2025, "sections": [section]})
    assert "甲某某" in engine.render(summary, "txt").decode()


def test_the_generated_pages_are_those_of_the_code() -> None:
    program = "import generate, json; print(json.dumps({str(page): text for page, text in generate.pages().items()}))"
    done = subprocess.run([sys.executable, "-c", program], cwd=DOCS, capture_output=True, encoding="utf-8", check=True)
    pages = {Path(page): text for page, text in json.loads(done.stdout).items()}
    assert set(pages) >= {DOCS / name for name in ("checking.md", "record-format.md", "zh/record-format.md")}
    outdated = [page.name for page, text in pages.items() if text != page.read_text(encoding="utf-8")]
    assert outdated == [], "run: python docs/generate.py"


def test_rules_of_your_own() -> None:
    import kepu_docs
    from kepu_docs.contract.checks import Subject
    from kepu_docs.schema.written import written_texts

    (code,) = re.findall(r"```python\n(.*?)```", (DOCS / "checking.md").read_text(encoding="utf-8"), re.S)
    names: dict[str, Any] = {}
    exec(compile(code, "docs/checking.md", "exec"), names)  # noqa: S102
    summary = kepu_docs.load({"community": {"name": "试验社区"}, "period": 2025, "opening": "好！！！"})
    (check,) = names["kepu_checks"]()
    (finding,) = check.find(Subject(summary, tuple(written_texts(summary))))
    assert (finding.path, finding.start, finding.end) == (("opening", 0), 1, 4)
