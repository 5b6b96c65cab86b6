"""An internal error fails one record only: the others are made, and a traceback is shown only on request."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kepu_docs.batch import render_batch
from kepu_docs.batch.batch_run import Run
from kepu_docs.batch.output_places import Places
from kepu_docs.batch.patterns import NamePattern
from kepu_docs.checking import Checker, Settings, check, check_run
from kepu_docs.cli import app
from kepu_docs.cli.interface import TRACEBACK
from kepu_docs.composing.composer import Composer
from kepu_docs.errors import SourceError
from kepu_docs.pipeline import default_engine
from kepu_docs.rollups.group import Group
from kepu_docs.rollups.rollup_run import rollup

FAULT = "this is a bug in kepu-docs, not your mistake; please report it: "
ERRORS = (KeyError("x"), RecursionError("deep"), OverflowError(34, "far"), MemoryError(), ZeroDivisionError("0"))
NAMES = ("甲社区", "乙社区", "丙社区")
BROKEN = "乙社区"


@pytest.fixture
def records(tmp_path: Path) -> list[Path]:
    files = [tmp_path / f"{number}.json" for number in range(len(NAMES))]
    for file, name in zip(files, NAMES, strict=True):
        record = {"community": {"name": name, "street": "试验街道"}, "period": 2025}
        file.write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    return files


def failing(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, error: BaseException) -> None:
    """Let a method fail where anything that it is given is about the broken record."""
    sound: Callable[..., Any] = getattr(owner, name)

    def method(*arguments: Any, **options: Any) -> Any:
        if BROKEN in repr(arguments[1:]) or any(BROKEN.encode() in _bytes(each) for each in arguments[1:]):
            raise error
        return sound(*arguments, **options)

    monkeypatch.setattr(owner, name, method)


def _bytes(value: Any) -> bytes:
    content = getattr(value, "content", b"")
    return content if isinstance(content, bytes) else b""


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["kepu-docs", "--ui-locale", "en", *map(str, arguments)])
    monkeypatch.setattr("warnings.showwarning", None)
    with pytest.raises(SystemExit) as stopped:
        app.main()
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("place", ["composing", "naming"])
def test_render(
    place: str,
    error: Exception,
    records: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from kepu_docs.pipeline import NamesTaken

    owner, name = (Composer, "compose") if place == "composing" else (NamesTaken, "take")
    failing(monkeypatch, owner, name, error)
    assert run(monkeypatch, "render", *records, "-f", "md", "-o", tmp_path / "out") == 1
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == len(list((tmp_path / "out").iterdir())) == 2
    assert said.err == f"error: {records[1]}: {FAULT}{error!r}\n1 of 3 records failed; 2 done\n"


@pytest.mark.some(3)
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize(
    ("owner", "name"),
    [(Composer, "compose"), (Places, "name"), (Places, "place"), (Run, "_entry"), (NamePattern, "stem")],
)
def test_batch(
    owner: Any, name: str, error: Exception, records: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, owner, name, error)
    report = render_batch([str(file) for file in records], tmp_path / "out", formats=["md"], jobs=1)
    assert (report.made, report.failed) == (2, 1)
    (line,) = report.failures()
    assert line.name == str(records[1])
    assert repr(error) in line.errors[0][1]
    # And the next run, without that fault, makes what is missing.
    monkeypatch.undo()
    report = render_batch([str(file) for file in records], tmp_path / "out", formats=["md"], jobs=1)
    assert (report.made, report.unchanged, report.failed) == (1, 2, 0)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("place", ["reading", "checking"])
def test_check(place: str, error: Exception, records: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    owner, name = (check_run, "candidate_of") if place == "reading" else (Checker, "check")
    failing(monkeypatch, owner, name, error)
    sound = {remark.place.record for remark in check(default_engine(), [str(records[0])], Settings()).remarks}
    report = check(default_engine(), [str(file) for file in records], Settings())
    assert report.records == 3
    faults = [remark for remark in report.remarks if FAULT in str(remark.message)]
    assert [remark.place.record for remark in faults] == [str(records[1])]
    assert sound <= {remark.place.record for remark in report.remarks}


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_rollup(error: Exception, records: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    gathered: list[Group] = []
    sound = Group.add

    def add(self: Group, reading: Any) -> None:
        sound(self, reading)  # the fault comes when half of it is in the sums
        gathered.append(self)
        if BROKEN in repr(reading):
            raise error

    monkeypatch.setattr(Group, "add", add)
    report = rollup([str(file) for file in records])
    assert (report.number, report.failed) == (2, 1)
    assert [str(fault) for fault in report.failures] == [f"{records[1]}: {FAULT}{error!r}"]
    assert {member.name for member in report.summary.sections[0].members} == {"甲社区", "丙社区"}  # type: ignore[attr-defined]


def test_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    files = [tmp_path / f"{name}.txt" for name in NAMES]
    for file in files:
        file.write_text("试验社区2025年科普工作总结\n一、培训\n举办培训2场。\n", "utf-8")
    import kepu_docs.importing.documents as room

    sound = room.import_document

    def failing_import(file: Path, **options: Any) -> Any:
        if BROKEN in file.name:
            raise KeyError("x")
        return sound(file, **options)

    monkeypatch.setattr(room, "import_document", failing_import)
    assert run(monkeypatch, "import", *files, "-o", tmp_path / "out") == 1
    assert f"error: {files[1]}: {FAULT}KeyError('x')\n" in capsys.readouterr().err
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_a_traceback_for_those_who_ask(
    records: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing(monkeypatch, Composer, "compose", KeyError("\x1b[31m"))
    for wanted in ("", "1"):
        monkeypatch.setenv(TRACEBACK, wanted)
        assert run(monkeypatch, "render", *records, "-f", "md", "-o", tmp_path / "out") == 1
        said = capsys.readouterr().err
        assert ("Traceback" in said) is bool(wanted)
        assert "\x1b" not in said


def test_sources_that_cannot_be_read_are_no_fault_of_ours() -> None:
    with pytest.raises(SourceError):
        rollup("gone.json")


def test_the_user_may_still_stop_it(records: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, Checker, "check", KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        check(default_engine(), [str(file) for file in records], Settings())
    failing(monkeypatch, Group, "add", KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        rollup([str(file) for file in records])
