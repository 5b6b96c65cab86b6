"""What data and arguments may write to the terminal and the log of a build: only regular lines, all of them visible.

Each command runs in a separate process; its output is checked byte by byte.
"""

import json
import re
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path

import pytest
from tests.cli.calling import kepu

BAD = "\x1b]0;t\x07\x1b[31m\u202e\u2028\x85\x9b\U000e0041\r\n::set-output name=a::b\n ##[error]x"
"""Colours, a title, a turned direction, a hidden letter, lines, commands to two code hosts."""
ANNOTATION = re.compile(r"::(?:error|warning|notice) [a-zA-Z=%0-9]")
RECORD = {"community": {"name": "试验社区"}, "period": 2025}


def faults_of(text: str, *, commands: bool = False) -> list[str]:
    """Return what is wrong with an output; ``commands`` are allowed where they are its format."""
    found = [f"U+{ord(char):04X}" for char in text if char != "\n" and unicodedata.category(char) in _HIDDEN]
    for line in text.split("\n"):
        if line.lstrip().startswith("::") and not (commands and ANNOTATION.match(line)):
            found.append(line)
        if re.search(r"##\w*\[", line):
            found.append(line)
    return found


_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files and data whose every name and text is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    data = folder / "data"
    data.mkdir()
    for number, record in enumerate(
        (
            RECORD | {"sections": [{"kind": BAD}]},
            RECORD | {BAD: BAD},
            RECORD | {"sections": [{"kind": "narrative", "heading": BAD, "paragraphs": [BAD]}]},
            RECORD | {"sections": [{"kind": "training", "sessions": [{"topic": "甲", BAD: 1, "attendance": BAD}]}]},
            {"community": {"name": BAD, "street": BAD}, "period": BAD},
            RECORD | {"sections": [{"kind": "outcomes", "photos": [{"file": BAD, "caption": "甲"}]}]},
        )
    ):
        (data / f"{number}{BAD}.json").write_text(json.dumps(record), "utf-8")
    (data / f"{BAD}.jsonl").write_text("".join(json.dumps(RECORD | {BAD: n}) + "\n" for n in range(3)), "utf-8")
    (data / f"{BAD}.yaml").write_text(f"{json.dumps(BAD)}: !{json.dumps('x')} [\n- :", "utf-8")
    (data / f"{BAD}.toml").write_text(f"{json.dumps('x')} = \x1b[31m", "utf-8")
    (data / "sound.json").write_text(json.dumps(RECORD), "utf-8")
    tables = folder / f"tables{BAD}"
    tables.mkdir()
    (tables / "communities.csv").write_text(f'name,period,"{BAD}"\n"{BAD}",2025,"{BAD}"\n试验社区,"{BAD}",1\n', "utf-8")
    (tables / f"{BAD}.csv").write_text("a,b\n1,2\n", "utf-8")
    papers = folder / "papers"
    papers.mkdir()
    (papers / f"{BAD}.txt").write_text(f"试验社区2025年科普工作总结\n一、{BAD}\n{BAD}见附件{BAD}\n", "utf-8")
    (papers / f"{BAD}.md").write_text(f"# 试验社区{BAD}\n\n[甲](http://x/{BAD})\n", "utf-8")
    with zipfile.ZipFile(papers / f"{BAD}.docx", "w") as archive:
        archive.writestr(f"word/{BAD}.xml", "<a/>")
        archive.writestr(f"{BAD}/vbaProject.bin", "x")
    wording = folder / "wording" / "zh_Hans" / "sections"
    wording.mkdir(parents=True)
    (wording / f"{BAD.replace('/', '')}.jinja").write_text("x", "utf-8")
    return folder


def names(folder: Path, below: str) -> list[Path]:
    return sorted((folder / below).iterdir())


COMMANDS: dict[str, tuple[str, ...]] = {
    "render": ("render", "@data", f"gone{BAD}.yaml", "-o", f"out{BAD}", "-f", "md"),
    "render format": ("render", "@data", "-f", BAD),
    "render locale": ("render", "@data", "--locale", BAD),
    "render look": ("render", "@data", "--look", BAD),
    "render wording": ("render", "@data", "--templates", "wording"),
    "render reference": ("render", "@data", "--reference", f"gone{BAD}.docx"),
    "batch": ("batch", "data", "-o", f"batch{BAD}", "-f", "md", "--zip"),
    "batch tables": ("batch", f"tables{BAD}", "-o", "batch tables", "-f", "md"),
    "batch gone": ("batch", f"gone{BAD}", "-o", "gone"),
    "batch pattern": ("batch", f"{BAD}*.json", "-o", "gone", "--names", f"{{{BAD}}}"),
    "check text": ("check", "data", "@papers", f"tables{BAD}"),
    "check json": ("check", "data", "@papers", f"tables{BAD}", "-f", "json"),
    "check sarif": ("check", "data", "@papers", f"tables{BAD}", "-f", "sarif"),
    "check github": ("check", "data", "@papers", f"tables{BAD}", "-f", "github"),
    "check rule": ("check", "data", "--rule", BAD),
    "check format": ("check", "data", "-f", BAD),
    "check gone": ("check", f"gone{BAD}"),
    "check config": ("check", "data", "--config", f"gone{BAD}.toml"),
    "import": ("import", "@papers", f"gone{BAD}.docx", "-o", f"imported{BAD}"),
    "rollup": ("rollup", "data", "-o", f"rollup{BAD}.yaml", "--name", BAD, "--period", "2025"),
    "rollup level": ("rollup", "data", "-o", "rollup", "--by", BAD),
    "rollup expected": ("rollup", "data", "-o", "rollup.yaml", "--expected", f"gone{BAD}.txt"),
    "new": ("new", BAD),
    "new file": ("new", "-o", f"gone{BAD}/{BAD}.yaml"),
    "workbook": ("workbook", f"{BAD}.xlsx", BAD),
    "workbook file": ("workbook", f"{BAD}.xlsx"),
    "plugins": ("plugins", "list"),
    "plugins left out": ("--no-plugin", BAD, "plugins", "list"),
    "plugins new": ("plugins", "new", BAD),
    "schema": ("schema", BAD),
    "schema itself": ("schema",),
    "templates": ("templates", "list", "--templates", "wording"),
    "templates copy": ("templates", "copy", BAD),
    "command": (BAD,),
    "option": (f"--{BAD}",),
    "option of a command": ("render", f"--format{BAD}=x"),
    "jobs": ("batch", "data", "-o", "gone", "--jobs", BAD),
    "locale": ("--ui-locale", BAD, "new", "no-such-kind"),
}


@pytest.mark.some(2)
@pytest.mark.parametrize(
    ("name", "locale"),
    [
        *((name, "en") for name in COMMANDS),
        *((name, "zh_Hans") for name in ("batch", "check text", "import", "option")),
    ],
)
def test_what_commands_write(name: str, locale: str, folder: Path) -> None:
    arguments: list[str | Path] = []
    for argument in COMMANDS[name]:
        arguments += names(folder, argument[1:]) if argument.startswith("@") else [argument]
    said = kepu("--ui-locale", locale, *arguments, folder=folder)
    assert "Traceback" not in said.stderr
    assert "bug in kepu-docs" not in said.stderr
    assert "kepu-docs 自身" not in said.stderr
    assert faults_of(said.stderr) == []
    assert faults_of(said.stdout, commands=name == "check github") == []
    if name in ("check json", "check sarif", "schema itself"):
        assert json.loads(said.stdout)


def test_what_files_of_a_run_say(folder: Path, tmp_path: Path) -> None:
    kepu("batch", folder / "data", folder / f"tables{BAD}", "-o", "out", "-f", "md", folder=tmp_path)
    manifest = (tmp_path / "out" / "manifest.jsonl").read_text("utf-8")
    assert faults_of(manifest) == []
    lines = [json.loads(line) for line in manifest.splitlines()]
    assert any(BAD in line["name"] for line in lines)  # the name itself is not changed
    messages = [error["message"] for line in lines for error in line.get("errors", ())]
    assert any("\\x1b" in message for message in messages)
    with zipfile.ZipFile(tmp_path / "out" / "report.xlsx") as report:
        texts = "".join(report.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2, 3))
    assert "\\x1b" in texts
    assert [char for char in texts if unicodedata.category(char) in _HIDDEN and char not in "\r\n"] == []


def test_warnings_are_on_one_line() -> None:
    code = (
        "import sys, warnings\n"
        "from kepu_docs.errors import KepuWarning, Message\n"
        f"warnings.warn(KepuWarning(Message.of('about {{it}}', it={BAD!r})))\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert faults_of(said.stderr) == []


def test_only_one_module_writes() -> None:
    source = Path(__file__).parents[2] / "src" / "kepu_docs"
    rooms = [path for path in source.rglob("*.py") if "testing" not in path.parts]
    writing = re.compile(r"\btyper\.s?echo\b|\bprint\(|\bsys\.std(?:out|err)\.write|\brich\.print")
    assert {path.name for path in rooms if writing.search(path.read_text("utf-8"))} == set()
