"""The options of all commands, before or after the command: version, language of messages, logs, completion."""

import re
from pathlib import Path

import pytest
from tests.cli.calling import kepu, kepu_process

import kepu_docs

GOOD = "community: {name: 试验社区}\nperiod: 2025\n"


def test_version(tmp_path: Path) -> None:
    assert kepu("--version", folder=tmp_path).stdout == f"kepu-docs {kepu_docs.__version__}\n"
    assert re.fullmatch(r"\d+\.\d+\.\d+(?:\.dev0)?", kepu_docs.__version__)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_a_shell_is_given_its_completion(shell: str, tmp_path: Path) -> None:
    done = kepu_process("--show-completion", shell, folder=tmp_path, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert done.returncode == 0
    assert "_KEPU_DOCS_COMPLETE" in done.stdout


def test_commands_are_completed_in_a_shell(tmp_path: Path) -> None:
    asked = {"_KEPU_DOCS_COMPLETE": "complete_bash", "COMP_WORDS": "kepu-docs ro", "COMP_CWORD": "1"}
    assert kepu(folder=tmp_path, **asked).stdout.split() == ["rollup"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--ui-locale", "zh_Hans", "check", "record.yaml"),
        ("check", "--ui-locale", "zh_Hans", "record.yaml"),
        ("check", "record.yaml", "--ui-locale=zh_Hans"),
        ("--ui-locale", "en", "check", "record.yaml", "--ui-locale", "zh_Hans"),
    ],
)
def test_the_language_of_messages_is_taken_anywhere(arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "record.yaml").write_text(GOOD.replace("2025", "20255"), encoding="utf-8")
    done = kepu(*arguments, folder=tmp_path)
    assert done.returncode == 1
    assert "错误" in done.stdout + done.stderr


def test_what_follows_two_dashes_is_no_option(tmp_path: Path) -> None:
    assert "error: --ui-locale=zh_Hans" in kepu("check", "--", "--ui-locale=zh_Hans", folder=tmp_path).stderr


def test_a_language_that_is_not_given_is_asked_for(tmp_path: Path) -> None:
    assert "No such option: --ui-locale" in kepu("check", "record.yaml", "--ui-locale", folder=tmp_path).stderr


def test_nothing_is_logged_unasked(tmp_path: Path) -> None:
    (tmp_path / "record.yaml").write_text(GOOD, encoding="utf-8")
    command = ("render", "record.yaml", "-f", "txt")
    assert kepu(*command, folder=tmp_path).stderr == ""
    logged = kepu_process("--log-level", "info", *command, folder=tmp_path).stderr
    assert "INFO kepu_docs.pipeline.records: record.yaml: rendered as txt" in logged
    assert "DEBUG" not in logged
