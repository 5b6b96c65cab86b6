"""What kepu-docs 0.1.0 wrote, and what was written for it, still works.

``0.1.0/`` was written by kepu-docs 0.1.0 as it was, in an environment of its own; none of it may be changed:

- ``record.yaml`` (every section kind of that time) and ``record.toml`` were written by hand for it; ``record-zh.yaml``
  is the starter record of its ``kepu-docs new training activities publicity next_year_plan --locale zh_Hans``.
- ``record.json`` is what ``model_dump_json(exclude_unset=True)`` gave for ``record.yaml``, ``summary.docx`` is what
  ``render`` made of it, with the record inside.
- ``street.yaml`` is what its ``kepu-docs rollup`` wrote for the first two records of ``communities.yaml``.
- ``out/`` is what ``kepu-docs batch communities.yaml -o out -f docx,md`` made; the third record is wrong.
- ``workbook.xlsx`` is from its ``kepu-docs workbook``, filled in with openpyxl.
- ``templates/`` is from its ``kepu-docs templates copy``, unchanged.
- ``plugins/`` has its sample ``kepu-docs-disaster``, and a source and a format as its pages on hooks showed them.
"""

import importlib
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.cli.calling import kepu

import kepu_docs
from kepu_docs.batch import read_manifest

OLD = Path(__file__).with_name("0.1.0")
RECORDS = ["record.yaml", "record-zh.yaml", "record.json", "record.toml", "street.yaml", "summary.docx"]


@pytest.mark.parametrize("name", [name for name in RECORDS if not name.endswith(".docx")])
def test_a_record_is_read(name: str) -> None:
    assert kepu_docs.load(OLD / name).sections


@pytest.mark.deep
@pytest.mark.parametrize("name", RECORDS)
def test_a_record_renders(name: str) -> None:
    summary = kepu_docs.load(OLD / name)
    assert summary.sections
    for section in summary.sections:
        section.facts(summary)
    text = kepu_docs.render(summary, "txt").decode()
    assert summary.community.name in text


@pytest.mark.deep
def test_one_record_in_all_its_shapes() -> None:
    written = kepu_docs.load(OLD / "record.yaml")
    assert kepu_docs.load(OLD / "record.json") == written
    assert kepu_docs.load(OLD / "summary.docx") == written
    # What is written today reads as what was written then.
    assert json.loads(written.model_dump_json(exclude_unset=True)) == json.loads((OLD / "record.json").read_bytes())


@pytest.mark.deep
def test_a_workbook_that_was_handed_out(tmp_path: Path) -> None:
    done = kepu("render", OLD / "workbook.xlsx", "-f", "txt", "-o", tmp_path, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list(tmp_path.glob("*.txt"))) == 2
    first = "".join((tmp_path / "试验社区2025年科普工作总结.txt").read_text(encoding="utf-8").split())
    assert "应急救护" in first
    assert "阅读1.2万余次" in first


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the source of the batch, and what the batch of 0.1.0 left."""
    shutil.copy(OLD / "communities.yaml", tmp_path)
    shutil.copytree(OLD / "out", tmp_path / "out")
    return tmp_path


def _batch(folder: Path) -> str:
    done = kepu("batch", "communities.yaml", "-o", "out", "-f", "docx,md", "-q", "-j", "1", folder=folder)
    # One record was wrong then, and is wrong now.
    assert done.returncode == 1, done.stderr
    assert "damaged" not in done.stderr
    return done.stdout


@pytest.mark.deep
def test_a_batch_goes_on_where_an_old_one_ended(folder: Path) -> None:
    lines = list(read_manifest(folder / "out" / "manifest.jsonl"))
    assert [line.status for line in lines] == ["done", "done", "failed"]
    before = {path for path in (folder / "out").rglob("*") if path.is_file()}
    # Another version words its documents in another way, so that they are made again, under the names they had.
    assert "2 made, 0 unchanged, 1 failed" in _batch(folder)
    after = {path for path in (folder / "out").rglob("*") if path.is_file() and path.name != ".kepu-docs-lock"}
    assert after == before
    assert "0 made, 2 unchanged, 1 failed" in _batch(folder)


@pytest.mark.deep
def test_what_was_changed_by_hand_since_is_kept(folder: Path) -> None:
    changed = next((folder / "out").rglob("试验社区-2025.md"))
    changed.write_text("改过的总结。", encoding="utf-8")
    assert "1 made" in _batch(folder)
    assert changed.read_text(encoding="utf-8") == "改过的总结。"


@pytest.fixture
def old_plugins(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[ModuleType]]:
    """The plugins of 0.1.0, imported for one test alone."""
    before = set(sys.modules)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.syspath_prepend(OLD / "plugins")
    yield [importlib.import_module(name) for name in ("kepu_docs_disaster", "roll_and_outline")]
    for name in set(sys.modules) - before:
        if name.startswith(("kepu_docs_disaster", "roll_and_outline")):
            del sys.modules[name]


@pytest.mark.deep
def test_plugins_work_unchanged(old_plugins: list[ModuleType], tmp_path: Path) -> None:
    engine = kepu_docs.Engine(plugins=old_plugins)
    assert not [each.remarks for each in engine.registry.plugins if each.remarks]
    drills = {"kind": "disaster_prevention", "drills": [{"name": "地震疏散演练", "attendance": 120}]}
    shelter = {"name": "试验广场", "category": "室外", "capacity": 1200}
    record: dict[str, Any] = {
        "community": {"name": "试验社区", "code": "000101"},
        "period": 2025,
        "sections": [{**drills, "shelters": [shelter, {**shelter, "name": "试验学校"}]}],
    }
    summary = kepu_docs.load(record, engine=engine)
    assert "应急避难场所2处" in kepu_docs.render(summary, "txt", engine=engine).decode().replace("\n", "")
    # Its override makes the section for Word.
    assert kepu_docs.render(summary, "docx", engine=engine).startswith(b"PK")
    assert kepu_docs.render(summary, "outline", engine=engine).decode().splitlines()[1:] == ["　一、防震减灾"]
    (tmp_path / "old.roll").write_text("试验社区\t2025\t近100\n示例社区\t2025\t60\n", encoding="utf-8")
    report = kepu_docs.render_batch(tmp_path / "old.roll", tmp_path / "out", formats=["outline"], jobs=1, engine=engine)
    assert (report.made, report.failed) == (2, 0)
    checked = kepu_docs.check(record, rules=["drill-attendance", "shelter-capacity"], engine=engine)
    assert checked.records == 1
    other = {**record, "community": {"name": "示例社区", "code": "000102"}}
    street = kepu_docs.rollup([record, other], name="试验街道", engine=engine).summary
    added: Any = next(section for section in street.sections if section.kind == "disaster_prevention")
    assert added.attendance_total.value == 240


@pytest.mark.deep
def test_copied_wording_templates() -> None:
    summary = kepu_docs.load(OLD / "record.yaml")
    text = kepu_docs.render(summary, "txt", templates=OLD / "templates").decode().replace("\n", "")
    # As 0.1.0 worded it; the sum is rounded as it is today.
    assert "面向科普志愿者举办科普培训4场，培训约260人次。" in text.replace("　", "")
