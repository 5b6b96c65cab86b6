"""Untrusted names and cells are safe in the file system, in report.xlsx, in report.csv and in the archive."""

import csv
import io
import sys
import zipfile
from pathlib import Path
from unittest.mock import patch

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kepu_docs
from kepu_docs.batch import read_manifest
from tests.batch.records import bad, documents, record, sound, write
from tests.cli.calling import kepu
from tests.depth import examples

NAMES = [
    "../../etc", "..", "甲/乙", "C:\\甲", "CON", "aux.社区", "社区.", "社区 ", ".隐藏", "=1+1", "+1", "-1", "@SUM(A1)",
    "甲\u202e乙", "甲\u200b", "é", "e\u0301", "É", "COM1", "nul", "~$甲", "a:b", "a|b", "<甲>", '甲"乙', "甲?*",
]  # fmt: skip
FORBIDDEN = set('<>:"|?*\\\0')


def assert_safe(folder: Path) -> None:
    """Assert that the paths of all documents work on every system, and stay in the folder."""
    told = [output.path for line in read_manifest(folder / "manifest.jsonl") for output in line.outputs]
    assert len({path.casefold() for path in told}) == len(told)
    for path in told:
        assert (folder / path).resolve().is_relative_to(folder.resolve())
        for part in path.split("/"):
            assert part
            assert not part.startswith((".", " ", "~$"))
            assert not part.endswith((".", " "))
            assert not FORBIDDEN & set(part)
            assert len(part.encode()) <= 255
            assert part.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}


def test_hostile_names(tmp_path: Path) -> None:
    records = [record(number, name=name, district=name, street=name) for number, name in enumerate(NAMES)]
    source, out = write(tmp_path / "r.jsonl", records), tmp_path / "out"
    report = kepu_docs.render_batch(source, out, formats=["txt"], jobs=1, archive=True)
    assert report.made == len(NAMES)
    assert_safe(out)
    sound(out, len(NAMES))
    assert {path.name for path in tmp_path.iterdir()} == {"r.jsonl", "out", "out.zip"}
    assert report.archive
    with zipfile.ZipFile(report.archive) as archive:
        assert archive.testzip() is None
        packed = {name: archive.read(name) for name in archive.namelist()}
    assert documents(out).items() <= {name.partition("/")[2]: data for name, data in packed.items()}.items() or (
        documents(out).items() <= packed.items()
    )


def test_names_of_300_hanzi(tmp_path: Path) -> None:
    records = [{**record(number), "title": "社区" * 100} for number in range(3)]
    source, out = write(tmp_path / "r.jsonl", records), tmp_path / "out"
    report = kepu_docs.render_batch(source, out, formats=["txt"], jobs=1, names="{title}{title}/{title}-{title}")
    assert report.made == 3
    assert_safe(out)
    assert (
        kepu_docs.render_batch(source, out, formats=["txt"], jobs=1, names="{title}{title}/{title}-{title}").unchanged
        == 3
    )


@settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))
@given(names=st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=5))
def test_any_names(names: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("names")
    records = [record(number, name=name, district=name) for number, name in enumerate(names)]
    try:
        source = write(folder / "r.jsonl", records)
    except UnicodeEncodeError:
        return
    report = kepu_docs.render_batch(source, folder / "out", formats=["txt"], jobs=1)
    assert report.made + report.failed == len(names)
    assert_safe(folder / "out")
    assert kepu_docs.render_batch(source, folder / "out", formats=["txt"], jobs=1).made == 0


@pytest.mark.parametrize("names", ["", "甲", "../{code}", "/{code}", "{code}/../{code}", "{nmae}", "{code", "{code!r}"])
def test_patterns_that_are_refused(names: str, tmp_path: Path) -> None:
    source = write(tmp_path / "r.jsonl", [record(1)])
    if not names:
        assert kepu_docs.render_batch(source, tmp_path / "out", names=names, jobs=1).made == 1
        return
    with pytest.raises(kepu_docs.KepuError):
        kepu_docs.render_batch(source, tmp_path / "out", names=names, jobs=1)


def test_the_report_for_the_operator(tmp_path: Path) -> None:
    hostile = "=HYPERLINK(1)"
    source = write(tmp_path / "r.jsonl", [record(1, name=hostile), {**bad(2), "community": {"name": hostile}}])
    report = kepu_docs.render_batch(source, tmp_path / "out", formats=["txt"], jobs=1)
    assert report.report
    book = openpyxl.load_workbook(report.report)
    states, back, made = book.worksheets
    assert [[cell.value for cell in row][2:6] for row in states.iter_rows(min_row=2)] == [
        [hostile, "000001", "done", None],
        [hostile, None, "not done", "1"],
    ]
    assert states["C2"].data_type == "s"
    assert [cell.value for cell in back[1]] == [
        "District",
        "Street",
        "Community",
        "Code",
        "File",
        "Place",
        "What is wrong",
        "What to do",
        "Contact",
    ]
    assert [cell.value for cell in back[2]][2:4] == [hostile, None]
    assert back["C2"].data_type == "s"
    assert "opening" in str(back["F2"].value)
    assert "found 7" in str(back["G2"].value)
    assert made["C2"].data_type == "s"
    assert back.max_row == made.max_row == 2


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_the_report_without_xlsxwriter(sign: str, tmp_path: Path) -> None:
    source = write(tmp_path / "r.jsonl", [{**bad(2), "community": {"name": f"{sign}1+1"}}])
    with patch.dict(sys.modules, {"xlsxwriter": None}):
        report = kepu_docs.render_batch(source, tmp_path / "out", formats=["txt"], jobs=1)
    assert report.report == tmp_path / "out" / "report.csv"
    rows = list(csv.reader(io.StringIO(report.report.read_text(encoding="utf-8-sig"))))
    assert rows[1][2] == f"'{sign}1+1"


def test_the_command(tmp_path: Path) -> None:
    write(tmp_path / "r.jsonl", [record(1), bad(2)])
    (tmp_path / "more.yaml").write_text("community: {name: 丙社区}\nperiod: 2025\nopening: 开头。\n", encoding="utf-8")
    done = kepu("batch", "r.jsonl", "more.yaml", "-o", "out", "-f", "txt", "--names", "{community}", folder=tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith("2 made, 0 unchanged, 1 failed, in 0:0")
    assert "error: r.jsonl:2:" in done.stderr
    assert sorted(documents(tmp_path / "out")) == ["丙社区.txt", "试验1社区.txt"]
    again = kepu(
        "--ui-locale",
        "zh_Hans",
        "batch",
        "more.yaml",
        "-o",
        "out",
        "-f",
        "txt",
        "--names",
        "{community}",
        folder=tmp_path,
    )
    assert again.returncode == 0
    assert again.stdout.startswith("生成 0，未变 1，失败 0")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("none.jsonl", "there is no such file"),
        ("notes.odt", "files that end in “.odt” cannot be read"),
        ("*.nothing", "no file name matches this pattern"),
        ("ftp://x/y", "addresses of this kind cannot be read"),
        ("empty", "this folder has no file"),
    ],
)
def test_sources_that_are_not_there(source: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.odt").write_bytes(b"")
    done = kepu("batch", source, "-o", "out", folder=tmp_path)
    assert done.returncode in (1, 2)
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_standard_input(tmp_path: Path) -> None:
    import json
    import subprocess

    text = "\n".join(json.dumps(record(number), ensure_ascii=False) for number in range(3))
    done = subprocess.run(
        [sys.executable, "-m", "kepu_docs", "batch", "-", "-o", "out", "-f", "txt", "-q"],
        cwd=tmp_path,
        input=text.encode(),
        capture_output=True,
        check=True,
    )
    assert done.stdout.startswith(b"3 made")
