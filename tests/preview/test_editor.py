"""Addresses for the user's editor."""

import os
import sys
from pathlib import Path

import pytest

from kepu_docs.errors import Place
from kepu_docs.preview.editor import PATTERNS, Editor


def editor(given: str) -> Editor:
    found = Editor.named(given)
    assert found
    return found


def test_the_file_is_opened_at_its_line(tmp_path: Path) -> None:
    file = tmp_path / "一 个&x.yaml"
    file.touch()
    address = editor("vscode").address(Place(str(file), 3, 5))
    assert address == f"vscode://file{tmp_path}/%E4%B8%80%20%E4%B8%AA%26x.yaml:3:5"
    for name in PATTERNS:
        assert bool(editor(name).address(Place(str(file)))) == (name != "none")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names of files are texts there")
def test_a_name_that_is_no_text_has_an_address(tmp_path: Path) -> None:
    file = os.fsencode(tmp_path) + b"/\xff.yaml"
    with open(file, "wb"):
        assert editor("vscode").address(Place(os.fsdecode(file), 2)).endswith("/%FF.yaml:2:1")


@pytest.mark.parametrize(
    "place",
    [Place(), Place("missing.yaml", 1), Place(__file__, cell="社区!A1"), Place("district.xlsx"), Place("a\0b", 1)],
)
def test_what_is_no_text_file_has_no_address(place: Place) -> None:
    assert editor("vscode").address(place) == ""


@pytest.mark.parametrize(
    "given",
    [
        "notepad",
        "javascript:alert('{path}')",
        "JavaScript:{path}",
        "data:text/html,{path}",
        "x:{path}{y}",
        "x:{path}{0}",
        "x:{path}{path.__class__}",
        "x:{path}{line:99999999999}",
        "x:{path}{path!r}",
        "x:{path",
        "x:1",
    ],
)
def test_what_is_no_editor(given: str) -> None:
    assert Editor.named(given) is None


def test_a_pattern_of_ones_own() -> None:
    assert editor("emacs://open?{path}&{line}").address(Place(__file__, 7)).endswith("test_editor.py&7")
