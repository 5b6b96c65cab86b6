"""Help pages fit a terminal of 80 columns in every language, and the list of commands cuts no sentence."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from tests.cli.calling import kepu

from kepu_docs.cli.app import _translation, app
from kepu_docs.cli.help_page import WIDEST, laid_out
from kepu_docs.cli.interface import Interface, translate_help
from kepu_docs.cli.option_groups import HEADINGS
from kepu_docs.cli.usage_texts import translated_usage
from kepu_docs.typography.columns import width

COMMANDS = {"en": "Commands:\n", "zh_Hans": "\n命令：\n", "zh_Hant": "\n命令：\n"}
"""The heading of the list of commands."""
MOST_IN_ONE_GROUP = 8
"""The most options under one heading."""


def help_texts_of(command: Any, *names: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the help of a command and of all below it, as the command line library makes it, by their names."""
    context = typer.Context(command, info_name=" ".join(("kepu-docs", *names)), terminal_width=WIDEST)
    yield names, command.get_help(context)
    for name, below in getattr(command, "commands", {}).items():
        yield from help_texts_of(below, *names, name)


@pytest.mark.parametrize("locale", COMMANDS)
def test_no_line_is_too_wide_and_no_sentence_is_cut(
    locale: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    translate = Interface(locale, _translation).translate
    command = typer.main.get_command(app)
    if locale != "en":
        translate_help(command, translate)
    texts = {names: translated_usage(text, translate) for names, text in help_texts_of(command)}
    assert {(), ("render",), ("form", "check"), ("plugins", "new")} <= set(texts)
    lists = 0
    for columns in ("80", "200"):
        monkeypatch.setenv("COLUMNS", columns)
        for names, text in texts.items():
            page = laid_out(text)
            assert [line for line in page.splitlines() if width(line) > 80] == [], names
            _, heading, listed = page.partition(COMMANDS[locale])
            lists += bool(heading)
            assert "..." not in listed, names
            below = [each[-1] for each in texts if len(each) == len(names) + 1 and each[: len(names)] == names]
            assert all(f"\n  {name} " in f"\n{listed}" for name in below), names
    assert lists == 2 * len(["kepu-docs", "form", "templates", "plugins"])
    # What the command line prints is what was measured, and it does break lines.
    printed = kepu("--ui-locale", locale, "--help", folder=tmp_path, COLUMNS="80")
    assert (printed.returncode, printed.stderr) == (0, "")
    assert printed.stdout.strip("\n") == laid_out(texts[()]).strip("\n")
    assert max(map(width, texts[()].splitlines())) > 80


@pytest.mark.parametrize("locale", COMMANDS)
def test_many_options_are_in_groups(locale: str, tmp_path: Path) -> None:
    whole: Any = typer.main.get_command(app)
    for name, command in whole.commands.items():
        options = [param for param in command.params if param.param_type_name == "option"]
        page = kepu("--ui-locale", locale, name, "--help", folder=tmp_path).stdout
        assert all(option.opts[0] in page for option in options), name
        headings = [line for line in page.splitlines() if line[:1] not in ("", " ") and line[-1] in ":："]
        groups = re.split(r"^\S.*[:：]$", page, flags=re.MULTILINE)
        assert max(len(re.findall(r"^  -", group, re.MULTILINE)) for group in groups) <= MOST_IN_ONE_GROUP, name
        if locale == "en":
            assert set(headings) <= {"Arguments:", "Options:", "Commands:", *HEADINGS}
        else:
            assert all(heading.endswith("：") for heading in headings), headings


def test_each_option_of_a_command_with_many_has_a_group(tmp_path: Path) -> None:
    page = kepu("batch", "--help", folder=tmp_path).stdout
    assert page.rpartition("Other options:\n")[2].split() == ["--help", "Show", "this", "message", "and", "exit."]
    assert re.findall(r"^\S.*:$", page, re.MULTILINE) == [
        "Arguments:",
        "Input:",
        "Output:",
        "Wording:",
        "Look:",
        "Running:",
        "Other options:",
    ]
