"""``kepu-docs plugins new``: a project that works, in every format and language, in a separate environment."""

import ast
import json
from pathlib import Path

import openpyxl
import pytest

from kepu_docs.testing import READERS
from tests.cli.calling import kepu
from tests.environments import Environment

RECORD = """community: {name: 试验社区}
period: 2025
sections:
  - kind: safety_drills
    entries: [{name: 疏散演练, held_on: 2025-05-12, attendance: 300}, {name: 急救演练, attendance: 近100}]
"""
LABELS = ("--label", "防灾演练", "--label", "zh_Hant=防災演練")
TOLD = {
    "zh_Hans": ("一、防灾演练", "开展2项，参加近400人次。", "5月12日，300人次参加。"),
    "zh_Hant": ("一、防災演練", "辦理2項，參加近400人次。", "5月12日，300人次參加。"),
    "en": ("1Safetydrills", "2entrieswereheld,withnearly400attendances.", "On12May,300attendances."),
}
"""What a reader sees, without white space."""


PROGRAM = """from kepu_docs import WorkSummary, render
from kepu_docs.schema import Community
from kepu_docs_safety_drills import SafetyDrills, SafetyDrillsEntry

entries = [
    SafetyDrillsEntry(name="疏散演练", held_on="2025-05-12", attendance=300),
    SafetyDrillsEntry(name="急救演练", attendance="近100"),
    SafetyDrillsEntry(name="消防演练"),
]
summary = WorkSummary(community=Community(name="试验社区"), period=2025, sections=[SafetyDrills(entries=entries)])
render(summary, "txt")
"""


class Made:
    """The project, made and installed in a clean environment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project = folder / "kepu-docs-safety-drills"
        self.environment = Environment(folder / "environment")
        self.environment.install_kepu_docs()
        self.files = self.kepu("plugins", "new", "safety-drills", *LABELS).splitlines()
        self.environment.install(self.project)
        (folder / "r.yaml").write_text(RECORD, encoding="utf-8")

    def kepu(self, *arguments: str) -> str:
        done = self.environment.run("-m", "kepu_docs", *arguments, folder=self.folder)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        return done.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(tmp_path_factory.mktemp("scaffold"))


@pytest.mark.deep
def test_it_stands_beside_kepu_docs_and_not_beside_the_checkout(made: Made) -> None:
    assert len(made.files) == 15
    done = made.environment.run("-c", "import kepu_docs; print(kepu_docs.__file__)", folder=made.folder)
    assert done.stdout.startswith(str(made.environment.folder))
    assert "kepu-docs-safety-drills:safety_drills 0.1.0  section kinds: safety_drills" in made.kepu("plugins", "list")
    made.kepu("--strict-plugins", "plugins", "list")


@pytest.mark.deep
def test_its_own_tests_pass(made: Made) -> None:
    arguments = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error"]
    done = made.environment.run(*arguments, folder=made.project)
    assert done.returncode == 0, done.stdout
    assert "16 passed" in done.stdout


@pytest.mark.deep
@pytest.mark.parametrize("checker", [("mypy", "--strict", "--no-incremental"), ("basedpyright", "--level", "error")])
def test_its_sections_are_built_in_python_and_type_check(checker: tuple[str, ...], made: Made, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    for source, code in ((PROGRAM, 0), (PROGRAM.replace("attendance=300", "attendance=[300]"), 1)):
        program.write_text(source, encoding="utf-8")
        python = ["--pythonpath", str(made.environment.python)] if checker[0] == "basedpyright" else []
        done = made.environment.run("-m", *checker, *python, program.name, folder=tmp_path)
        assert done.returncode == code, done.stdout + done.stderr
    program.write_text(PROGRAM, encoding="utf-8")
    done = made.environment.run(program.name, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.deep
def test_its_tests_tell_what_is_forgotten(made: Made, tmp_path: Path) -> None:
    """Somebody adds a field, and nothing else."""
    source = made.project / "src" / "kepu_docs_safety_drills"
    copy = tmp_path / "copy" / "kepu_docs_safety_drills"
    for file in source.rglob("*"):
        if file.is_file() and file.suffix != ".pyc":
            target = copy / file.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    module = copy / "__init__.py"
    field = '    place: Line | None = None\n    """Where it was practised."""\n    attendance:'
    module.write_text(module.read_text(encoding="utf-8").replace("    attendance:", field, 1), encoding="utf-8")
    test = f"import sys; sys.path.insert(0, {str(copy.parent)!r})\n"
    (tmp_path / "test_it.py").write_text(
        test + (made.project / "tests" / "test_safety_drills.py").read_text(encoding="utf-8"), encoding="utf-8"
    )
    done = made.environment.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "test_it.py", folder=tmp_path)
    assert done.returncode == 1
    assert "zh_Hans: interface.po has no “Where it was practised.” (SafetyDrillsEntry.place)" in done.stdout
    assert "en: entries.place" in done.stdout
    assert "2 failed, 14 passed" in done.stdout


@pytest.mark.deep
def test_it_is_there_in_new_schema_and_workbook(made: Made) -> None:
    starter = made.kepu("new", "safety_drills", "--locale", "zh_Hans")
    assert "类型: 防灾演练  # 防灾演练。" in starter
    (made.folder / "starter.yaml").write_text(starter, encoding="utf-8")
    made.kepu("render", "starter.yaml", "-f", "txt", "-o", "starter")
    assert "safety_drills" in json.dumps(json.loads(made.kepu("schema")))
    made.kepu("workbook", "a.xlsx", "safety_drills", "--locale", "zh_Hans")
    assert openpyxl.load_workbook(made.folder / "a.xlsx").sheetnames[1:3] == ["防灾演练", "防灾演练-条目"]


@pytest.mark.deep
@pytest.mark.parametrize("format_name", ["docx", "html", "md", "txt"])
@pytest.mark.parametrize("locale", TOLD)
def test_it_is_shown_in_every_format_and_language(made: Made, locale: str, format_name: str) -> None:
    folder = f"out-{locale}-{format_name}"
    made.kepu("render", "r.yaml", "-f", format_name, "-o", folder, "--locale", locale)
    (file,) = (made.folder / folder).iterdir()
    shown = "".join("".join(READERS[format_name](file.read_bytes())).split())
    assert [text for text in TOLD[locale] if text not in shown] == []


@pytest.mark.deep
def test_it_is_there_in_a_batch(made: Made) -> None:
    made.kepu("batch", "r.yaml", "-o", "batch", "-f", "docx,md,txt", "--names", "{community}")
    assert "一、防灾演练" in (made.folder / "batch" / "试验社区.txt").read_text(encoding="utf-8")


@pytest.mark.deep
def test_it_takes_twenty_odd_lines_of_python(made: Made) -> None:
    source = (made.project / "src" / "kepu_docs_safety_drills" / "__init__.py").read_text(encoding="utf-8")
    told = {line for node in ast.walk(ast.parse(source)) if _is_told(node) for line in _lines(node)}
    code = [line for number, line in enumerate(source.splitlines(), 1) if line.strip() and number not in told]
    assert 20 <= len(code) < 30


def _is_told(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _lines(node: ast.AST) -> range:
    assert isinstance(node, ast.Expr)
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Drills", "as in: kepu-docs plugins new drills\n"),
        ("Safety Drills", "as in: kepu-docs plugins new safety-drills\n"),
        ("防灾演练", "as in: kepu-docs plugins new drills --label 防灾演练\n"),
        ("2drills", "as in: kepu-docs plugins new drills\n"),
        ("class-", "cannot be the name of a plugin"),
        ("training", "already"),
    ],
)
def test_names_that_are_refused(name: str, told: str, tmp_path: Path) -> None:
    done = kepu("plugins", "new", name, folder=tmp_path)
    assert done.returncode == 1
    assert told in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("演练/避险", "cannot be the name of a section"),
        ("练" * 21, "cannot be the name of a section"),
        ('防"灾', "cannot be the name of a section"),
        ("fr=Exercices", "no language “fr”; it has: zh_Hans, zh_Hant, en"),
    ],
)
def test_labels_that_are_refused(label: str, told: str, tmp_path: Path) -> None:
    done = kepu("plugins", "new", "drills", "--label", label, folder=tmp_path)
    assert done.returncode == 1
    assert told in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_name_in_one_script_is_none_in_the_other(tmp_path: Path) -> None:
    done = kepu("plugins", "new", "drills", "--label", "防灾演练", folder=tmp_path)
    assert done.returncode == 0
    assert "the section has no name in zh_Hant yet; give it one: --label zh_Hant=…" in done.stderr
    templates = tmp_path / "kepu-docs-drills" / "src" / "kepu_docs_drills" / "templates"
    assert "防灾演练" in (templates / "zh_Hans" / "messages.po").read_text(encoding="utf-8")
    assert "新欄目" in (templates / "zh_Hant" / "messages.po").read_text(encoding="utf-8")


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "kepu-docs-drills").mkdir()
    done = kepu("plugins", "new", "drills", folder=tmp_path)
    assert done.returncode == 1
    assert "exists already" in done.stderr
