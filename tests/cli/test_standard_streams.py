"""Records from standard input and a document on standard output, between other programs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.calling import kepu

import kepu_docs

ONE = "community: {name: 试验社区}\nperiod: 2025\n"
TITLE = "试验社区2025年科普工作总结"


def piped(given: bytes, *arguments: str, folder: Path) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "kepu_docs", *arguments]
    return subprocess.run(command, input=given, cwd=folder, capture_output=True, timeout=60, check=False)


def test_a_document_goes_to_the_next_program(tmp_path: Path) -> None:
    done = piped(ONE.encode(), "render", "-", "-o", "-", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "given.docx").write_bytes(done.stdout)
    assert kepu_docs.load(tmp_path / "given.docx").community.name == "试验社区"


@pytest.mark.some(5)
@pytest.mark.parametrize(
    "given",
    [
        ONE,
        f"\ufeff{ONE}",
        f"# a remark\n\n{ONE}",
        f"---\n{ONE}",
        json.dumps({"community": {"name": "试验社区"}, "period": 2025}),
        json.dumps({"community": {"name": "试验社区"}, "period": 2025}, indent=2),
        "\n\n" + json.dumps({"community": {"name": "试验社区"}, "period": 2025}) + "\n",
    ],
)
def test_standard_input_is_yaml_or_json(given: str, tmp_path: Path) -> None:
    done = piped(given.encode(), "render", "-", "-f", "txt", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [each.name for each in tmp_path.iterdir()] == [f"{TITLE}.txt"]


@pytest.mark.deep
def test_several_records_of_yaml_are_read(tmp_path: Path) -> None:
    done = piped(f"{ONE}---\n{ONE}".encode(), "render", "-", "-f", "txt", folder=tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == [f"{TITLE}-2.txt", f"{TITLE}.txt"]
    assert done.returncode == 0


def test_a_mistake_has_its_line(tmp_path: Path) -> None:
    done = piped(f"{ONE}title: [1]\n".encode(), "render", "-", "-f", "txt", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(b"error: standard input:3:")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("render", "two.yaml", "-f", "txt", "-o", "-"), "standard output takes one document"),
        (("render", "one.yaml", "-f", "txt,md", "-o", "-"), "standard output takes only one format"),
    ],
)
def test_standard_output_takes_one_document(arguments: tuple[str, ...], message: str, tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(ONE, encoding="utf-8")
    (tmp_path / "two.yaml").write_text(f"{ONE}---\n{ONE}", encoding="utf-8")
    done = kepu(*arguments, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
