"""What kepu-docs wrote into a folder is not read as records when the folder is."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import kepu
from tests.rollups.samples import community, write

import kepu_docs

WARNING = "warning: passed over, because kepu-docs itself wrote it: "
ALL = ["out/figures.xlsx", "out/manifest.jsonl", "out/report.xlsx"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of records, and in it the folder of a batch with their documents in two formats."""
    (tmp_path / "records").mkdir()
    write(tmp_path / "records" / "r.jsonl", [community(1), community(2)])
    done = kepu("batch", "records", "-o", "out", "-f", "docx,md", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    done = kepu("rollup", "records", "-o", "street.yaml", "--figures", "out/figures.xlsx", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    (tmp_path / "street.yaml").unlink()
    return tmp_path


def test_a_rollup_of_the_folder_of_a_batch(folder: Path) -> None:
    done = kepu("rollup", "out", "-o", "street.txt", folder=folder)
    assert (done.returncode, done.stderr) == (0, f"{WARNING}{', '.join(ALL)}\n")
    assert "records added up: 2, left out: 0" in done.stdout
    report = kepu_docs.rollup(folder / "out")
    assert [fault.code for fault in report.warnings] == ["source-passed-over"]
    assert report.summary == kepu_docs.rollup(folder / "records").summary


def test_in_chinese(folder: Path) -> None:
    done = kepu("--ui-locale", "zh_Hans", "rollup", "out", "-o", "street.txt", folder=folder)
    assert done.stderr == f"注意：kepu-docs 自己写出的文件不读取：{', '.join(ALL)}\n"


@pytest.mark.parametrize("sources", [("records", "out"), (".",), ("out", "records/r.jsonl"), ("out/**/*", "records")])
def test_documents_do_not_count_beside_their_source(sources: tuple[str, ...], folder: Path) -> None:
    done = kepu("rollup", *sources, "-o", "street.txt", folder=folder)
    assert done.returncode == 0, done.stderr
    assert "records added up: 2, left out: 0" in done.stdout
    assert done.stderr.startswith(WARNING)
    assert "… (5)" in done.stderr


def test_render_check_and_another_batch(folder: Path) -> None:
    done = kepu("render", "out", "-f", "txt", "-o", "made", folder=folder)
    assert (done.returncode, done.stderr) == (0, f"{WARNING}{', '.join(ALL)}\n")
    assert len(list((folder / "made").iterdir())) == 2
    done = kepu("batch", "out", "-f", "txt", "-o", "again", folder=folder)
    assert (done.returncode, done.stderr) == (0, f"{WARNING}{', '.join(ALL)}\n")
    done = kepu("check", "out", "--format", "json", folder=folder)
    assert json.loads(done.stdout)["records"] == 2
    assert done.stderr == f"{WARNING}{', '.join(ALL)}, … (5)\n"


def test_one_record_in_two_formats_that_are_read_is_read_once(tmp_path: Path) -> None:
    pytest.importorskip("typst")
    write(tmp_path / "r.jsonl", [community(1)])
    kepu("batch", "r.jsonl", "-o", "out", "-f", "pdf,docx", folder=tmp_path)
    (tmp_path / "r.jsonl").unlink()
    done = kepu("check", "out", "--format", "json", folder=tmp_path)
    assert json.loads(done.stdout)["records"] == 1


def test_what_is_named_is_read_all_the_same(folder: Path) -> None:
    (document,) = (folder / "out").rglob("试验1社区*.docx")
    done = kepu("rollup", document.relative_to(folder), "records", "-o", "street.txt", folder=folder)
    assert "would be counted twice" in done.stderr


def test_files_of_others_by_such_names_are_read(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    write(tmp_path / "records" / "manifest.jsonl", [community(1)])
    (tmp_path / "records" / "report.csv").write_text("名称,街道,时间\n甲社区,试验街道,2025\n", encoding="utf-8")
    done = kepu("rollup", "records", "-o", "street.txt", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert "records added up: 2, left out: 0" in done.stdout


@pytest.mark.parametrize(
    "line", ['{"source": 7}', "[" * 100_000, '{"source": "\\u0000", "outputs": [{"path": "\\u0000"}, 7]}']
)
def test_a_manifest_may_hold_anything(line: str, folder: Path) -> None:
    manifest = folder / "out" / "manifest.jsonl"
    first = manifest.read_text(encoding="utf-8").split("\n")[0]
    spoilt = json.dumps({**json.loads(first), **(json.loads(line) if line[0] == "{" else {})})
    manifest.write_text(f"{first}\n{spoilt}\n{line}\n", encoding="utf-8")
    done = kepu("rollup", "out", "-o", "street.txt", folder=folder)
    assert "records added up: 2, left out: 0" in done.stdout


def test_a_report_as_a_table_is_no_table_of_records(folder: Path) -> None:
    (folder / "out" / "report.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    done = kepu("rollup", "out", "-o", "street.txt", folder=folder)
    assert (done.returncode, done.stderr) == (0, f"{WARNING}{', '.join(ALL)}\n")
