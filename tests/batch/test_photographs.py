"""A document is made again if the bytes of a photograph change, whatever its size and time; else it is not read."""

import json
import os
from pathlib import Path
from unittest.mock import patch

import pytest
from PIL import Image

from kepu_docs.batch import BatchReport, photographs, render_batch
from kepu_docs.pipeline import Engine, default_engine
from tests.batch.records import record, write


@pytest.fixture
def source(tmp_path: Path) -> Path:
    Image.new("RGB", (8, 8), "red").save(tmp_path / "a.bmp")
    section = {"kind": "narrative", "heading": "其他", "paragraphs": ["一段。"], "photos": [{"file": "a.bmp"}]}
    return write(tmp_path / "r.jsonl", [{**record(1), "sections": [section]}])


def run(source: Path, engine: Engine | None = None) -> BatchReport:
    return render_batch(source, source.parent / "out", formats=["docx"], jobs=1, engine=engine)


def repaint(photo: Path, color: str) -> None:
    """Give a photograph other bytes, and its old times."""
    status = os.stat(photo)
    other = photo.with_suffix(".new.bmp")
    Image.new("RGB", (8, 8), color).save(other)
    photo.write_bytes(other.read_bytes())
    other.unlink()
    os.utime(photo, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (os.stat(photo).st_size, os.stat(photo).st_mtime_ns) == (status.st_size, status.st_mtime_ns)


@pytest.mark.parametrize("settled", [False, True])
def test_other_bytes_of_the_same_size_and_time(settled: bool, source: Path) -> None:
    with patch.object(photographs, "_SETTLED", -(10**12) if settled else 10**18):
        assert run(source).made == 1
        assert run(source).unchanged == 1
        repaint(source.with_name("a.bmp"), "blue")
        assert run(source).made == 1
        assert run(source).unchanged == 1


def test_another_file_of_the_same_size_and_time(source: Path) -> None:
    run(source)
    photo = source.with_name("a.bmp")
    status = os.stat(photo)
    Image.new("RGB", (8, 8), "green").save(source.with_name("b.bmp"))
    os.utime(source.with_name("b.bmp"), ns=(status.st_atime_ns, status.st_mtime_ns))
    source.with_name("b.bmp").replace(photo)
    assert run(source).made == 1


def test_the_same_bytes_at_another_time_make_nothing(source: Path) -> None:
    run(source)
    photo = source.with_name("a.bmp")
    content = photo.read_bytes()
    photo.unlink()
    photo.write_bytes(content)
    assert run(source).unchanged == 1


@pytest.mark.skipif(os.name == "nt", reason="there the times do not tell")
def test_what_is_untouched_is_not_read(source: Path) -> None:
    with patch.object(photographs, "_SETTLED", -(10**12)):
        run(source)
    with patch.object(photographs, "_seen", side_effect=AssertionError):
        assert run(source).unchanged == 1


def test_what_changes_while_a_document_is_made(source: Path) -> None:
    photo = source.with_name("a.bmp")
    real = Engine.compose

    def compose(engine: Engine, *arguments: object, **options: object) -> object:
        repaint(photo, "yellow")
        made = real(engine, *arguments, **options)  # type: ignore[arg-type]
        repaint(photo, "red")
        return made

    with patch.object(Engine, "compose", compose):
        assert run(source, default_engine()).made == 1
    assert run(source).made == 1
    assert run(source).unchanged == 1


@pytest.mark.parametrize(
    "photo", [["a.bmp", 246, 1], ["../a.bmp", 1, 1, 1, 1, "0" * 64], ["/dev/zero", 0, 0, 1, 1, "0" * 64]]
)
def test_photographs_of_a_manifest(photo: list[object], source: Path) -> None:
    run(source)
    manifest = source.parent / "out" / "manifest.jsonl"
    line = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**line, "photos": [photo]}) + "\n", encoding="utf-8")
    report = run(source)
    assert (report.made, report.warnings) == (1, ())
    assert run(source).unchanged == 1


@pytest.mark.skipif(os.name == "nt", reason="needs pipes")
def test_a_pipe_in_its_place_is_not_waited_for(source: Path) -> None:
    run(source)
    source.with_name("a.bmp").unlink()
    os.mkfifo(source.with_name("a.bmp"))
    assert run(source).failed == 1
