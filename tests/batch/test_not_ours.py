"""Files with names that a run writes, but that no run wrote: they are found and reported before anything is written."""

import os
import shutil
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl
import pytest
import xlsxwriter

import kepu_docs
from kepu_docs.batch import BatchReport
from kepu_docs.output.workbooks import MADE, REPORT_MARK, look_at
from kepu_docs.pipeline import default_engine, empty_workbook
from tests.batch.records import documents, record, sound, write


def run(source: Path, out: Path, **options: Any) -> BatchReport:
    return kepu_docs.render_batch(source, out, formats=["txt"], jobs=1, **options)


def all_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def workbook(path: Path, **properties: Any) -> None:
    book = xlsxwriter.Workbook(path)
    book.set_properties(properties)
    book.add_worksheet().write(0, 0, "别人的")
    book.close()


MANIFESTS = {
    "a line": b'{"name": "x"}\n',
    "a line without an end": b'{"name": "x"}',
    "a begin like ours": b'{"source": "https://example.org"}',
    "many lines": b'{"name": "x"}\n' * 1000 + b'{"name": "last, without an end',
    "a text": "别人的清单".encode(),
    "bytes": bytes(range(256)),
}


@pytest.mark.parametrize("content", MANIFESTS.values(), ids=MANIFESTS)
def test_a_manifest_of_somebody_else(content: bytes, tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1)]), tmp_path / "out"
    out.mkdir()
    (out / "manifest.jsonl").write_bytes(content)
    before = all_of(tmp_path)
    with pytest.raises(kepu_docs.OutputError, match="not a manifest; move it") as error:
        run(source, out)
    assert str(error.value).startswith(str(out / "manifest.jsonl"))
    assert all_of(tmp_path) == before


@pytest.mark.parametrize("content", [b"", b"\0" * 5000, b'{"sour', b'{"source": "r.jsonl", "name": "r.js'])
def test_what_a_killed_run_may_have_left_of_a_manifest(content: bytes, tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1)]), tmp_path / "out"
    out.mkdir()
    (out / "manifest.jsonl").write_bytes(content)
    assert run(source, out).made == 1
    sound(out, 1)


@pytest.mark.parametrize("with_manifest", [False, True])
@pytest.mark.parametrize("kind", ["text", "workbook", "truncated", "handed out", "of our day alone"])
def test_a_report_of_somebody_else(kind: str, with_manifest: bool, tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1)]), tmp_path / "out"
    out.mkdir()
    if with_manifest:
        run(source, out)
    target = out / "report.xlsx"
    if kind == "text":
        target.write_text("别人的", encoding="utf-8")
    elif kind == "handed out":
        target.write_bytes(empty_workbook(default_engine().registry, [], default_engine().languages.words("zh_Hans")))
    else:
        workbook(target, **({"created": datetime(2000, 1, 1)} if kind.startswith("of our") else {}))
    if kind == "truncated":
        target.write_bytes(target.read_bytes()[:-30])
    before = all_of(tmp_path)
    if kind == "of our day alone" and with_manifest:
        assert run(source, out).made == 0  # it is taken for that of an earlier version
        return
    with pytest.raises(kepu_docs.OutputError, match="kepu-docs did not write it; move it"):
        run(source, out)
    assert all_of(tmp_path) == before


def test_a_report_that_appears_during_a_run_is_not_replaced(tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1)]), tmp_path / "out"

    def put(progress: object) -> None:
        (out / "report.xlsx").write_text("别人的", encoding="utf-8")

    with pytest.raises(kepu_docs.OutputError, match="kepu-docs did not write it"):
        run(source, out, progress=put)
    assert (out / "report.xlsx").read_text(encoding="utf-8") == "别人的"
    assert len(documents(out)) == 1


def test_a_report_that_the_operator_saved_is_kept(tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1)]), tmp_path / "out"
    for number in (2, 3):
        assert run(source, out).warnings == ()
        book = openpyxl.load_workbook(out / "report.xlsx")
        book.worksheets[0]["J1"] = f"打过电话{number}"
        book.save(out / "report.xlsx")
        (warning,) = run(source, out).warnings
        assert f"is now called report-{number}.xlsx" in str(warning)
        kept = openpyxl.load_workbook(out / f"report-{number}.xlsx")
        assert kept.worksheets[0]["J1"].value == f"打过电话{number}"
        assert openpyxl.load_workbook(out / "report.xlsx").worksheets[0]["J1"].value is None
    assert run(source, out).unchanged == 1


def test_what_the_properties_of_a_report_say(tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1)]), tmp_path / "out"
    run(source, out)
    with open(out / "report.xlsx", "rb") as file:
        assert look_at(file) == (True, False, REPORT_MARK)
    with zipfile.ZipFile(out / "report.xlsx") as archive:
        assert archive.read("docProps/core.xml").count(MADE.encode()) == 2


@pytest.mark.parametrize("text", ["别人的\n", "a,b\n"])
def test_a_report_as_csv(text: str, tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1)]), tmp_path / "out"
    with patch.dict("sys.modules", {"xlsxwriter": None}):
        run(source, out)
        assert run(source, out).warnings == ()
        (out / "report.csv").write_text(text, encoding="utf-8")
        assert "is now called report-2.csv" in str(run(source, out).warnings[0])
        assert (out / "report-2.csv").read_text(encoding="utf-8") == text
        (out / "manifest.jsonl").unlink()
        (out / "report.csv").write_text(text, encoding="utf-8")
        with pytest.raises(kepu_docs.OutputError, match="kepu-docs did not write it"):
            run(source, out)


@pytest.mark.parametrize("with_manifest", [False, True])
@pytest.mark.parametrize("kind", ["text", "archive", "added to", "comment alone"])
def test_an_archive_of_somebody_else(kind: str, with_manifest: bool, tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1)]), tmp_path / "out"
    target = tmp_path / "out.zip"
    if with_manifest or kind == "added to":
        run(source, out, archive=kind == "added to")
    if kind == "text":
        target.write_text("别人的", encoding="utf-8")
    else:
        with zipfile.ZipFile(target, "a") as archive:
            archive.writestr("别人的.txt", "别人的")
            if kind == "comment alone":
                archive.comment = b"kepu-docs 7"
    if not with_manifest:
        shutil.rmtree(out, ignore_errors=True)
    before = all_of(tmp_path)
    with pytest.raises(kepu_docs.OutputError, match="kepu-docs did not make this archive"):
        run(source, out, archive=True)
    assert all_of(tmp_path) == before
    assert run(source, out).made + run(source, out).unchanged > 0  # nobody asked for an archive


def test_archives_of_ours_are_replaced_also_those_of_earlier_versions(tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1)]), tmp_path / "out"
    target = run(source, out, archive=True).archive
    assert target
    first = target.read_bytes()
    assert run(source, out, archive=True).unchanged == 1
    assert target.read_bytes() == first
    with zipfile.ZipFile(target, "a") as archive:
        archive.comment = b""
    assert run(source, out, archive=True).unchanged == 1
    assert target.read_bytes() == first
    write(source, [record(1, "新的。")])
    shutil.rmtree(out)
    assert run(source, out, archive=True).made == 1  # its own mark is enough


@pytest.mark.skipif(os.name == "nt", reason="needs pipes")
def test_an_unfinished_archive_of_another_folder_is_left_alone(tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1)]), tmp_path / "out"
    other = tmp_path / ".kepu-docs-0123456789abcdef-0123456789abcdef.tmp"
    other.write_bytes(b"half")
    run(source, out, archive=True)
    assert other.exists()


def test_a_report_of_a_manifest_that_somebody_changed(tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1)]), tmp_path / "out"
    run(source, out)
    manifest = out / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes().replace(b'"status": "done"', b'"status": "failed"'))
    run(write(tmp_path / "others.jsonl", [record(2)]), out)
    states = [
        row[-1]
        for row in openpyxl.load_workbook(out / "report.xlsx")["Documents"].iter_rows(min_row=2, values_only=True)
    ]
    assert states == ["done", "its record is no longer in the source, or now has errors"]
