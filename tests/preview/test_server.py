"""The command as a process: real saves, the resulting events, and its end."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from textwrap import dedent
from threading import Thread

import httpx2
import pytest

from tests.cli.calling import kepu
from tests.preview.asking import EXAMPLES, RECORD
from tests.preview.serving import children_of, served


def test_each_save_is_told_and_the_end_is_clean(tmp_path: Path) -> None:
    record = tmp_path / "record.yaml"
    record.write_text(RECORD, encoding="utf-8")
    with served(record) as server:
        events = server.events()
        seen = {next(events)}
        for number in range(3):
            # As editors save: beside it, and then in its place.
            beside = tmp_path / f"record.yaml.{number}"
            beside.write_text(RECORD.replace("试验", f"第{number}试验"), encoding="utf-8")
            beside.replace(record)
            server.wait_for(f"第{number}试验社区2025")
        record.write_text("community: [", encoding="utf-8")
        page = server.wait_for('class="old"')
        assert "第2试验社区2025" in page
        record.unlink()
        server.wait_for("there is no such file")
        record.write_text(RECORD, encoding="utf-8")
        server.wait_for("· 试验社区2025")
        seen |= {version for version, _ in zip(events, range(4), strict=False)}
        assert len(seen) >= 5


@pytest.mark.deep
def test_it_ends_though_pages_are_open_and_children_at_work(tmp_path: Path) -> None:
    workbook = tmp_path / "district.xlsx"
    shutil.copy(EXAMPLES / "district.xlsx", workbook)
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        with served(workbook, ending=ending) as server:
            streams = [server.events() for _ in range(3)]
            assert all(next(each) for each in streams)
            # The reader of workbooks is a process that waits for the next one.
            assert children_of(server.process.pid)


@pytest.mark.deep
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_in_silence_while_a_page_is_made(ending: int, tmp_path: Path) -> None:
    """A page that takes longer than the end waits for is no error that anybody must read."""
    record = tmp_path / "record.yaml"
    session = "      - {topic: 应急救护, held_on: 2025-04-12, attendance: 60}\n"
    record.write_text(RECORD + session * 2_000, encoding="utf-8")

    def ask() -> None:
        with suppress(httpx2.HTTPError):  # it may be cut off
            httpx2.get(server.address, timeout=60)

    with served(record, ending=ending) as server:
        asked = Thread(target=ask)
        asked.start()
        time.sleep(0.5)
    asked.join()


@pytest.mark.deep
def test_it_listens_on_the_loopback_address_alone(tmp_path: Path) -> None:
    record = tmp_path / "record.yaml"
    record.write_text(RECORD, encoding="utf-8")
    with served(record) as server:
        port = int(server.address.split(":")[2].split("/")[0])
        listening = Path("/proc/net/tcp").read_text(encoding="utf-8").split("\n")
        assert [line.split()[1] for line in listening if f":{port:04X} 00000000:0000 0A" in line] == [
            f"0100007F:{port:04X}"
        ]
        assert f":{port:04X} " not in Path("/proc/net/tcp6").read_text(encoding="utf-8")
        again = subprocess.run(
            [sys.executable, "-m", "kepu_docs", "preview", record, "--port", str(port), "--no-open"],
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        assert again.returncode == 1
        assert f"port {port} cannot be used" in again.stderr


@pytest.mark.deep
def test_templates_folders_and_files_that_come_are_followed(tmp_path: Path) -> None:
    records = tmp_path / "records"
    records.mkdir()
    (records / "a.yaml").write_text(RECORD, encoding="utf-8")
    title = tmp_path / "templates" / "zh_Hans" / "title.jinja"
    title.parent.mkdir(parents=True)
    title.write_text("我们的总结", encoding="utf-8")
    with served(records, "--templates", tmp_path / "templates") as server:
        server.wait_for("我们的总结")
        title.write_text("他们的总结", encoding="utf-8")
        server.wait_for("他们的总结")
        section = title.parent / "sections" / "training.jinja"
        section.parent.mkdir()
        before = server.digest()
        section.write_text("{% paragraph %}只有这一句。{% endparagraph %}", encoding="utf-8")
        short = server.wait_for_another(before)
        section.write_text("{% paragraph %}", encoding="utf-8")
        server.wait_for(f"{section}:1")
        assert server.digest() == short
        # The whole folder swapped, as a checkout does.
        shutil.copytree(tmp_path / "templates", tmp_path / "other")
        (tmp_path / "other" / "zh_Hans" / "sections" / "training.jinja").unlink()
        (tmp_path / "templates").rename(tmp_path / "gone")
        (tmp_path / "other").rename(tmp_path / "templates")
        server.wait_for('Errors <span class="count">0</span>')
        title.write_text("又一份总结", encoding="utf-8")
        server.wait_for("又一份总结")
        below = records / "more" / "b.yaml"
        below.parent.mkdir()
        below.write_text(RECORD.replace("试验社区", "样例社区"), encoding="utf-8")
        server.wait_for("样例社区")
        below.write_text(RECORD.replace("试验社区", "新样例社区"), encoding="utf-8")
        server.wait_for("新样例社区")
        shutil.rmtree(records)
        server.wait_for("no such file")
        records.mkdir()
        (records / "a.yaml").write_text(RECORD.replace("试验", "再试验"), encoding="utf-8")
        server.wait_for("<title>再试验社区")


@pytest.mark.deep
def test_the_code_of_a_plugin_is_followed(tmp_path: Path) -> None:
    """A plugin under work, as an editable install makes it known: its folder on the path, its metadata beside it."""
    project = tmp_path / "project"
    metadata = project / "kepu_docs_drills-0.1.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: kepu-docs-drills\nVersion: 0.1\n", encoding="utf-8"
    )
    (metadata / "entry_points.txt").write_text("[kepu_docs]\ndrills = kepu_docs_drills\n", encoding="utf-8")
    code = project / "kepu_docs_drills" / "__init__.py"
    code.parent.mkdir()
    (code.parent / "words.py").write_text('WORD = "甲"\n', encoding="utf-8")
    text = dedent(
        '''
        from typing import Literal
        from kepu_docs.plugin import Paragraph, Section, SectionKind, hookimpl
        from kepu_docs_drills.words import WORD

        class Drills(Section):
            """Drills."""
            kind: Literal["drills"] = "drills"
            number: int

        def compose(facts):
            return [Paragraph(f"演练{facts['section']['number']}次，{WORD}。")]

        @hookimpl
        def kepu_sections():
            return [SectionKind(Drills, compose=compose)]
        '''
    )
    code.write_text(text, encoding="utf-8")
    record = tmp_path / "record.yaml"
    record.write_text(
        "community: {name: 试验社区}\nperiod: 2025\nsections: [{kind: drills, number: 3}]\n", encoding="utf-8"
    )
    with served(record, PYTHONPATH=str(project)) as server:
        first = server.digest()
        assert first
        (code.parent / "words.py").write_text('WORD = "乙"\n', encoding="utf-8")
        second = server.wait_for_another(first)
        code.write_text(text.replace("def compose", "def ="), encoding="utf-8")
        page = server.wait_for(f"{code}:11")
        assert server.digest() == second
        assert "drills is left out" in page
        (code.parent / "words.py").write_text('WORD = "甲"\n', encoding="utf-8")
        code.write_text(text, encoding="utf-8")
        assert server.wait_for_another(second) == first
        assert 'class="old"' not in server.text()


def test_what_cannot_be_shown_is_refused_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kepu_docs.preview.run.run", None)  # it would serve, and not end
    record = tmp_path / "record.yaml"
    record.write_text(RECORD, encoding="utf-8")
    for arguments, status, said in (
        (("-",), 2, "standard input cannot be followed"),
        (("missing.yaml",), 1, "there is no such file"),
        ((record, "--editor", "notepad"), 2, "there is no editor “notepad”; the editors are: "),
        ((record, "--locale", "xx_yy_zz"), 2, "is not a locale"),
        ((record, "--reference", "missing.docx"), 1, "cannot be read"),
        ((record, "--against", "missing.yaml"), 1, "there is no such file"),
        ((record, "--port", "70000"), 2, "--port"),
    ):
        done = kepu("preview", "--no-open", *arguments, folder=tmp_path)
        assert done.returncode == status, done
        assert said in done.stderr


def test_the_browser_is_opened_where_there_is_a_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = tmp_path / "record.yaml"
    record.write_text(RECORD, encoding="utf-8")
    opened: list[str] = []

    def run(state: object, editor: object, listening: socket.socket, ready: Callable[[str], None]) -> None:
        listening.close()
        ready("http://127.0.0.1:1/token/")

    class AtOnce:
        def __init__(self, target: Callable[[str], object], args: tuple[str], daemon: bool) -> None:
            self.start = lambda: target(*args)

    monkeypatch.setattr("kepu_docs.preview.run.run", run)
    monkeypatch.setattr("kepu_docs.cli.preview_command.Thread", AtOnce)
    monkeypatch.setattr("webbrowser.open", opened.append)
    for display, arguments, number in (("", (), 0), (":0", ("--no-open",), 0), (":0", (), 1)):
        done = kepu("preview", record, *arguments, folder=tmp_path, DISPLAY=display, WAYLAND_DISPLAY="")
        assert done.returncode == 0, done
        assert "http://127.0.0.1:1/token/" in done.stdout
        assert len(opened) == number
