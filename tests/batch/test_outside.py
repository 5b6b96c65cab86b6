"""Nothing outside the output folder is written, moved or removed, whatever a manifest says or the folder contains."""

import hashlib
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kepu_docs
from kepu_docs.batch import BatchReport
from kepu_docs.batch.reserved_names import is_document_path
from kepu_docs.output import files
from tests.batch.records import documents, record, sound, write

posix = pytest.mark.skipif(os.name == "nt", reason="needs links and pipes")

PATHS = [
    "../home/evil", "../../evil", "/evil", "a/../../evil", "a/./b", "a//b", "./a", "..", ".", "a/..", "a\\..\\..\\evil", "C:\\evil",
    "C:evil", "c:/evil", "\\\\host\\share\\evil", "//host/share/evil", "CON", "a/nul.txt", "COM1.docx", "a\0b", "a\nb", "x.", "x ",
    "a/.kepu-docs-lock", ".kepu-docs-placing", "~$a.docx", "a:stream", "a\u202eb", "\ud800", "x" * 300,
]  # fmt: skip
OURS = ["manifest.jsonl", "MANIFEST.JSONL", "report.xlsx", "Report.csv", "manifest.jsonL"]


def run(source: Path, out: Path, **options: Any) -> BatchReport:
    return kepu_docs.render_batch(source, out, formats=["txt"], jobs=1, **options)


def edit(manifest: Path, change: Callable[[dict[str, Any]], None]) -> None:
    lines = [json.loads(line) for line in manifest.read_text("utf-8").splitlines()]
    change(lines[0])
    manifest.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def around(folder: Path) -> dict[str, bytes]:
    """Return all files beside the output folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and "out" not in path.relative_to(folder).parts
    }


@pytest.mark.parametrize("path", PATHS + OURS)
def test_which_paths_a_document_may_have(path: str) -> None:
    assert not is_document_path(path)


@pytest.mark.some(3)
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("where", ["stem", "outputs"])
def test_a_manifest_that_leads_out(where: str, path: str, tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1), record(2)]), tmp_path / "out"
    run(source, out)
    whole, before = documents(out), around(tmp_path)

    def lead_out(line: dict[str, Any]) -> None:
        if where == "stem":
            line["stem"] = path
        else:
            line["outputs"][0]["path"] = path

    edit(out / "manifest.jsonl", lead_out)
    (out / next(iter(whole))).unlink()
    report = run(source, out)
    assert (report.made, report.unchanged, report.failed) == (1, 1, 0)
    assert "damaged lines of the manifest: 1" in str(report.warnings[0])
    assert around(tmp_path) == before
    assert documents(out) == whole
    sound(out, 2)


def test_a_journal_that_leads_out(tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1)]), tmp_path / "out"
    run(source, out)
    victim = tmp_path / "victim"
    victim.write_bytes(b"victim")
    (out / "free.txt").write_bytes(b"victim")
    manifest = (out / "manifest.jsonl").read_bytes()
    digest = hashlib.sha256(b"victim").hexdigest()
    of_manifest = hashlib.sha256(manifest).hexdigest()
    paths = ["../victim", str(victim), "a/../../victim", "..", "", "free.txt"]
    lines = [f"{digest} {path}" for path in paths] + [f"{of_manifest} manifest.jsonl", "", "x", digest]
    (out / ".kepu-docs-placing").write_text("\n".join(lines) + "\n")
    assert run(source, out).unchanged == 1
    assert victim.read_bytes() == b"victim"
    assert not (out / "free.txt").exists()  # this a run may have placed
    sound(out, 1)


@posix
@pytest.mark.parametrize("fresh", [False, True])
@pytest.mark.parametrize("by_descriptor", [True, False], ids=["by descriptor", "by path"])
def test_a_folder_that_was_exchanged_for_a_link(
    by_descriptor: bool, fresh: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if by_descriptor:
        assert files.BY_DESCRIPTOR
    monkeypatch.setattr(files, "BY_DESCRIPTOR", by_descriptor)
    source, out = write(tmp_path / "r.jsonl", [record(1), record(3), record(2)]), tmp_path / "out"
    run(source, out)
    elsewhere = tmp_path / "elsewhere"
    (out / "试验区" / "试验1街道").rename(elsewhere)
    (out / "试验区" / "试验1街道").symlink_to(elsewhere)
    write(source, [record(1, "新的。"), record(3), record(2)])
    before = {path.name: path.read_bytes() for path in elsewhere.iterdir()}
    report = run(source, out, fresh=fresh)
    assert report.failed == 1
    (line,) = report.failures()
    assert "a link is in its place or on the way to it" in line.errors[0][1]
    assert {path.name: path.read_bytes() for path in elsewhere.iterdir()} == before


@posix
def test_what_a_killed_run_left_is_not_swept_through_a_link(tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(2)]), tmp_path / "out"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "victim").write_bytes(b"victim")
    out.mkdir()
    (out / ".kepu-docs-waiting").symlink_to(elsewhere)
    (out / ".kepu-docs-waiting-0123456789abcdef").mkdir()
    (out / ".kepu-docs-waiting-0123456789abcdef" / "link").symlink_to(elsewhere)
    (out / "a").symlink_to(elsewhere)
    (out / ".kepu-docs-placing").write_text(f"{hashlib.sha256(b'victim').hexdigest()} a/victim\n")
    assert run(source, out).made == 1
    assert [path.name for path in elsewhere.iterdir()] == ["victim"]
    assert (elsewhere / "victim").read_bytes() == b"victim"
    assert not (out / ".kepu-docs-waiting-0123456789abcdef").exists()


@posix
@pytest.mark.parametrize("kind", ["link", "hard link"])
@pytest.mark.parametrize(
    "name", [".kepu-docs-placing", ".kepu-docs-manifest.tmp", ".kepu-docs-lock", "report.csv", "../.kepu-docs-out.tmp"]
)
def test_nothing_is_written_through_a_link_that_was_planted(name: str, kind: str, tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1), record(2)]), tmp_path / "out"
    out.mkdir()
    victim = tmp_path / "victim"
    victim.write_bytes(b"victim")
    if kind == "link":
        (out / name).symlink_to(victim)
    else:
        os.link(victim, out / name)
    try:
        assert run(source, out, archive=True).made == 2
        sound(out, 2)
    except kepu_docs.OutputError as error:
        assert (name, kind) == (".kepu-docs-lock", "link")
        assert "a link is in its place" in str(error)
    assert victim.read_bytes() == b"victim"


@posix
@pytest.mark.parametrize("name", ["manifest.jsonl", "report.xlsx", "../out.zip"])
@pytest.mark.parametrize("after", [False, True])
def test_links_at_our_names_are_refused(after: bool, name: str, tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1)]), tmp_path / "out"
    victim = tmp_path / "victim"
    if after:
        run(source, out, archive=True)
        (out / name).rename(victim)
    else:
        out.mkdir()
        victim.write_bytes(b"")
    (out / name).symlink_to(victim)
    content, there = victim.read_bytes(), documents(out)
    with pytest.raises(kepu_docs.OutputError, match="a link is in its place"):
        run(source, out, archive=True)
    assert victim.read_bytes() == content
    assert documents(out) == there


@posix
@pytest.mark.parametrize("name", ["manifest.jsonl", "report.xlsx", "../out.zip"])
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["pipe", "folder"])
def test_what_is_no_file_at_our_names_is_refused(make: Callable[[Path], None], name: str, tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1)]), tmp_path / "out"
    out.mkdir()
    make(out / name)
    with pytest.raises(kepu_docs.OutputError, match="is in its place"):
        run(source, out, archive=True)
    assert not documents(out)


@posix
def test_a_manifest_with_another_name_is_not_written_to(tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1)]), tmp_path / "out"
    run(source, out)
    backup = tmp_path / "backup.jsonl"
    os.link(out / "manifest.jsonl", backup)
    before = backup.read_bytes()
    write(source, [record(1), record(2)])
    seen: list[bytes] = []
    run(source, out, progress=lambda progress: seen.append(backup.read_bytes()))
    assert {before, backup.read_bytes(), *seen} == {before}
    sound(out, 2)


@posix
def test_a_document_that_is_a_link_is_not_packed_and_not_written_through(tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1)]), tmp_path / "out"
    run(source, out)
    (path,) = documents(out)
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    (out / path).unlink()
    (out / path).symlink_to(secret)
    with pytest.raises(kepu_docs.OutputError, match="a link is in its place"):
        run(source, out, archive=True)
    assert not (tmp_path / "out.zip").exists()
    assert run(source, out).edited == 1
    assert run(source, out, fresh=True, archive=True).made == 1
    assert secret.read_text(encoding="utf-8") == "secret"
    assert stat.S_ISREG(os.lstat(out / path).st_mode)
    sound(out, 1)


def test_names_of_what_is_not_finished_cannot_be_guessed(tmp_path: Path) -> None:
    source = write(tmp_path / "r.jsonl", [record(1)])
    seen: set[str] = set()
    for number in range(3):
        out = tmp_path / f"out{number}"
        run(
            source,
            out,
            progress=lambda progress, out=out: seen.update(path.name for path in out.glob(".kepu-docs-waiting*")),
        )
    assert len(seen) == 3


@posix
@pytest.mark.parametrize("kind", ["link", "hard link"])
def test_nothing_is_written_through_a_link_that_is_planted_during_a_run(kind: str, tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", map(record, range(70))), tmp_path / "out"
    victim = tmp_path / "victim"
    victim.write_bytes(b"victim")

    def plant(progress: object) -> None:
        for name in (".kepu-docs-placing", ".kepu-docs-manifest.tmp", "report.csv", "../.kepu-docs-out.tmp"):
            (out / name).unlink(missing_ok=True)
            if kind == "link":
                (out / name).symlink_to(victim)
            else:
                os.link(victim, out / name)

    assert run(source, out, archive=True, progress=plant).made == 70
    assert victim.read_bytes() == b"victim"
    (out / "report.csv").unlink()
    assert run(source, out, archive=True).unchanged == 70
    sound(out, 70)
