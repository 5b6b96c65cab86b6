"""The commands without the project's own sources or rules: they say what is missing, and do not fail otherwise."""

from pathlib import Path

import pytest

import kepu_docs
import kepu_markdown
from kepu_docs.contract.hooks import hookimpl
from kepu_docs.contract.sources import Source
from kepu_docs.errors import SourceError
from kepu_docs.pipeline.engine import Engine
from kepu_docs.pipeline.locations import locations
from kepu_docs.registry import Registry, core
from kepu_sources.json_lines import JsonLines
from tests.cli.calling import kepu

RECORD = "community: {name: 试验社区}\nperiod: 2025\nopening: 开头。\n"
NOBODY = "no plugin reads sources of records; see “kepu-docs plugins list”"
GIVEN = ["a.yaml", "district.xlsx", "-", ".", "*.yaml", "sqlite:///a.db"]


class Roll(JsonLines):
    suffixes = (".roll",)  # type: ignore[assignment]


class Stranger:
    """Offers the only source that there is."""

    @hookimpl
    def kepu_sources(self) -> list[Source]:
        return [Roll()]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.yaml").write_text(RECORD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("given", GIVEN)
def test_where_no_plugin_reads_sources_every_place_says_so(folder: Path, given: str) -> None:
    with pytest.raises(SourceError) as raised:
        locations(Engine(Registry.of(core, kepu_markdown)), [given])
    assert [fault.message for fault in raised.value.faults] == [NOBODY]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("a.yaml", "a.yaml: files that end in “.yaml” cannot be read; the endings are: .roll"),
        (".", ".: this folder has no file that ends in one of .roll"),
        ("-", "standard input cannot be read as .jsonl; the endings are: .roll"),
        ("sqlite:///a.db", "sqlite://: addresses of this kind cannot be read; the kinds are: -"),
    ],
)
def test_where_only_a_plugin_reads_sources_the_message_says_which(folder: Path, given: str, told: str) -> None:
    with pytest.raises(SourceError) as raised:
        locations(Engine(Registry.of(core, kepu_markdown, Stranger())), [given])
    assert str(raised.value) == told


@pytest.mark.parametrize(
    "command", [("batch", "-", "-o", "out"), ("check", "a.yaml"), ("rollup", "a.yaml", "-o", "out")]
)
def test_commands_without_sources_say_so(folder: Path, command: tuple[str, ...]) -> None:
    done = kepu("--no-plugin", "kepu-docs:sources", *command, folder=folder)
    assert (done.returncode, done.stdout) == (2 if command[0] == "check" else 1, "")
    assert done.stderr == f"error: {command[1]}: {NOBODY}\n"
    assert not (folder / "out").exists()


def test_a_document_is_checked_without_sources(folder: Path) -> None:
    (folder / "a.md").write_text("# 试验社区2025年科普工作总结\n\n仪式日程已定。\n", encoding="utf-8")
    done = kepu("--no-plugin", "kepu-docs:sources", "check", "a.md", folder=folder)
    assert "wrong-character" in done.stdout
    assert done.stderr == ""


def test_a_record_is_rendered_without_rules_but_not_without_sources(folder: Path) -> None:
    done = kepu("--no-plugin", "kepu-docs:rules", "render", "a.yaml", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    done = kepu("--no-plugin", "kepu-docs:sources", "render", "a.yaml", folder=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"error: a.yaml: {NOBODY}\n1 of 1 records failed; 0 done\n"


def test_a_check_without_rules_says_so(folder: Path) -> None:
    done = kepu("--no-plugin", "kepu-docs:rules", "check", "a.yaml", folder=folder)
    assert (done.returncode, done.stdout) == (0, "1 record, nothing found\n")
    expected = "no plugin provides rules, so only errors of format are found; see “kepu-docs plugins list”"
    assert done.stderr == f"warning: {expected}\n"
    listed = kepu("--no-plugin", "kepu-docs:rules", "plugins", "list", folder=folder)
    assert f"kepu-docs:rules {kepu_docs.__version__}  left out" in listed.stdout
