"""A batch whose documents show the records' words in Traditional characters: its names are to be reviewed."""

import json
from pathlib import Path

import openpyxl
import pytest

import kepu_docs
from kepu_docs.batch import BatchReport, read_manifest
from tests.batch.records import bad, record, write
from tests.cli.calling import kepu


@pytest.fixture
def source(tmp_path: Path) -> Path:
    named = record(2)
    named["community"] = {**named["community"], "district": "云岭区"}
    return write(tmp_path / "r.jsonl", [record(1), named, bad(3)])


def run(source: Path, folder: Path, *, convert: bool = False) -> BatchReport:
    return kepu_docs.render_batch(source, folder, formats=["txt"], locale="zh_Hant", jobs=1, convert=convert)


def test_documents_are_converted_and_keep_the_names_of_their_files(source: Path, tmp_path: Path) -> None:
    plain, converted = run(source, tmp_path / "plain"), run(source, tmp_path / "out", convert=True)
    paths = [[path for row in report.rows() for path in row["documents"]] for report in (plain, converted)]
    assert paths[0] == paths[1]
    text = (tmp_path / "out" / paths[1][0]).read_text(encoding="utf-8")
    assert "試驗1社區" in text
    assert "试验" not in text


def test_names_stand_in_report_manifest_and_workbook(source: Path, tmp_path: Path) -> None:
    report = run(source, tmp_path / "out", convert=True)
    names = [(line.who.community, *name) for line, name in report.names()]
    assert ("试验2社区", "community.district", "云岭区", "雲嶺區", "云") in names
    first = json.loads(report.manifest.read_text(encoding="utf-8").splitlines()[0])
    assert {"field": "community.name", "written": "试验1社区", "shown": "試驗1社區", "several": ""} in first["names"]
    assert report.report
    rows = list(openpyxl.load_workbook(report.report)["Names to review"].iter_rows(values_only=True))
    assert rows[0][-3:] == ("As written", "As shown", "Several possible forms")
    assert [row[5:] for row in rows[1:]] == [(*name[:3], name[3] or None) for _, name in report.names()]


def test_they_stay_when_nothing_is_new(source: Path, tmp_path: Path) -> None:
    names = list(run(source, tmp_path / "out", convert=True).names())
    again = run(source, tmp_path / "out", convert=True)
    assert (again.made, again.unchanged) == (0, 2)
    assert [name for _, name in again.names()] == [name for _, name in names]
    plain = run(source, tmp_path / "out")
    assert (plain.made, list(plain.names())) == (2, [])
    assert plain.report
    assert openpyxl.load_workbook(plain.report).sheetnames == ["Communities", "To send back", "Documents"]
    assert all(not line.names for line in read_manifest(plain.manifest))


def test_the_command_says_where_they_are(source: Path, tmp_path: Path) -> None:
    done = kepu(
        "batch", source, "-o", "out", "-f", "txt", "--locale", "zh_Hant", "--convert", "-j", "1", folder=tmp_path
    )
    count = len(list(run(source, tmp_path / "again", convert=True).names()))
    assert f"names that were converted: {count}; review them in out/report.xlsx" in done.stderr


def test_documents_without_a_disk_warn_of_them(source: Path) -> None:
    with pytest.warns(kepu_docs.KepuWarning) as told:
        made = dict(kepu_docs.iter_rendered(source, ["txt"], locale="zh_Hant", convert=True, on_fault="skip"))
    assert all("试验" not in data.decode() for data in made.values())
    assert any("云岭区 → 雲嶺區" in str(warning.message) for warning in told)
