"""Texts of plugins in the user's language: from their own catalogues, which may be broken."""

import subprocess
from pathlib import Path

import pytest

from tests.cli.calling import kepu_process as kepu
from tests.plugins.strangers import install

CODE = """
from pathlib import Path

@hookimpl
def kepu_sections():
    def fail(*_): raise ValueError("boom")
    return [SectionKind(Drills, rollup=RollupRule(fail, fail))]

@hookimpl
def kepu_templates(): return [Path(__file__).parent / "words"]

def empty(subject):
    yield Finding(("sections", 0), "nobody led {number} drills", (("number", 3),))

def careless(subject):
    yield Finding((), "{nobody} led the drills", (("number", 3),))

@hookimpl
def kepu_checks():
    about = "warning", "Nobody led the drills.", "The district asks for it."
    return [Check("no-drills", *about, empty), Check("careless", *about, careless)]
"""
WORDS = """
msgid "Nobody led the drills."
msgstr "演练无人带队。"

msgid "nobody led {number} drills"
msgstr "有{number}次演练无人带队"
"""
RECORD = "community: {name: 试验社区, street: 试验街道}\nperiod: 2025\nsections:\n  - {kind: drills, leader: 甲某}\n"
CHINESE = ("--ui-locale", "zh_Hans")


@pytest.fixture
def where(tmp_path: Path) -> str:
    (tmp_path / "r.yaml").write_text(RECORD, encoding="utf-8")
    wording = tmp_path / "words" / "zh_Hans" / "sections" / "drills.jinja"
    wording.parent.mkdir(parents=True)
    wording.write_text(
        "{% heading %}演练{% endheading %}{% paragraph %}{{ section.leader }}{% endparagraph %}", "utf-8"
    )
    interface(tmp_path, WORDS)
    return install(tmp_path, "strange", CODE)


def interface(folder: Path, words: str | bytes) -> Path:
    """Write the plugin's catalogue of messages."""
    file = folder / "words" / "zh_Hans" / "interface.po"
    file.write_bytes(words if isinstance(words, bytes) else words.encode())
    return file


def run(*arguments: str, folder: Path, where: str) -> "subprocess.CompletedProcess[str]":
    return kepu(*arguments, folder=folder, PYTHONPATH=where)


@pytest.mark.deep
def test_findings_and_rules_are_reported_in_the_words_of_the_plugin(tmp_path: Path, where: str) -> None:
    done = run(*CHINESE, "check", "r.yaml", "--rule", "no-drills", folder=tmp_path, where=where)
    assert "有3次演练无人带队" in done.stdout
    rules = run(*CHINESE, "check", "--rules", folder=tmp_path, where=where).stdout
    assert "no-drills  注意\n    演练无人带队。\n    The district asks for it.\n" in rules


def test_a_finding_whose_names_have_no_values_is_the_rules_own_fault(tmp_path: Path, where: str) -> None:
    done = run("check", "r.yaml", "--rule", "careless", folder=tmp_path, where=where)
    assert "the rule “careless” (plugin strange:drills) failed: KeyError('nobody')" in done.stdout


def test_a_translation_with_other_names_counts_for_none(tmp_path: Path, where: str) -> None:
    interface(tmp_path, WORDS.replace("有{number}", "有{count}"))
    done = run(*CHINESE, "check", "r.yaml", "--rule", "no-drills", folder=tmp_path, where=where)
    assert "nobody led 3 drills" in done.stdout


def test_a_catalogue_that_cannot_be_read_is_named_and_the_command_goes_on(tmp_path: Path, where: str) -> None:
    file = interface(tmp_path, b"\xff\xfe\xba")
    done = run(*CHINESE, "check", "r.yaml", "--rule", "no-drills", folder=tmp_path, where=where)
    assert done.stderr.startswith(f"注意：{file}:1: 无法读取词条文件：这不是 UTF-8 编码的文字")
    assert "nobody led 3 drills" in done.stdout


@pytest.mark.some(2)
@pytest.mark.parametrize(
    ("name", "command"),
    [("messages.po", ("render", "r.yaml", "-f", "txt")), ("keys.po", ("new", "drills", "--locale", "zh_Hans"))],
)
def test_what_needs_a_broken_catalogue_names_it(
    name: str, command: tuple[str, ...], tmp_path: Path, where: str
) -> None:
    file = interface(tmp_path, WORDS).with_name(name)
    file.write_bytes(b'msgid "a"\nmsgstr "\xff\xfe"\n')
    done = run(*command, folder=tmp_path, where=where)
    assert done.returncode == 1
    assert f"{file}:2: the catalogue cannot be read: this is not text in UTF-8" in done.stderr


def test_help_needs_no_plugin(tmp_path: Path) -> None:
    where = install(tmp_path, "strange", "raise ValueError('boom')\n")
    done = run(*CHINESE, "--help", folder=tmp_path, where=where)
    assert (done.returncode, done.stderr) == (0, "")
    assert "检查" in done.stdout


def test_our_own_catalogue_is_read_once() -> None:
    from kepu_docs.cli.interface import Interface

    asked = []

    def find(locale: str) -> type[str]:
        asked.append(locale)
        return str

    said = Interface("zh_Hans", find)
    assert [said.translate("a"), said.translate("b")] == ["a", "b"]
    assert asked == ["zh_Hans"]


def test_a_rule_of_adding_up_that_fails_names_the_plugin(tmp_path: Path, where: str) -> None:
    done = run("rollup", "r.yaml", "-o", "out.yaml", folder=tmp_path, where=where)
    assert "the section kind “drills” (plugin strange:drills) cannot be added up: ValueError('boom')" in done.stderr
