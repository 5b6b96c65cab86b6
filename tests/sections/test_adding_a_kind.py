"""A section kind is added to the core with its file, a line, and a template and labels for each locale; nothing else.

Everything happens in a copy of the project, in which a separate process then does what a user does.
"""

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECTIONS = "src/kepu_docs/sections"
TEMPLATES = "templates/kepu_templates"

KIND = '''\
"""参观学习: where the residents went to see science."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from kepu_docs.contract.recognition import Recognition, StatedAmount
from kepu_docs.contract.rollups import RollupRule
from kepu_docs.contract.sections import SectionKind
from kepu_docs.schema import Count, FactSection, Line, Many, Record, Unit, WorkSummary, total

__all__ = ["STUDY_VISITS", "StudyVisit", "StudyVisits"]


class StudyVisit(Record):
    """One visit."""

    place: Line
    """Where it went: 试验科技馆."""
    attendance: Annotated[Count, Unit("人次")] | None = None
    """How many went, in 人次."""


class StudyVisits(FactSection):
    """参观学习."""

    kind: Literal["study_visits"]
    visits: Many[StudyVisit] = ()
    """The visits, one by one."""
    visits_total: Annotated[Count, Unit("次")] | None = None
    """How many visits in all, where not all of them are listed, in 次."""

    def facts(self, summary: WorkSummary) -> Mapping[str, Any]:
        """``made``: visits in all; ``attendance`` in all."""
        return {
            "made": self.visits_total or total((Count(value=1) for _ in self.visits), "次"),
            "attendance": total((visit.attendance for visit in self.visits), "人次"),
        }


STUDY_VISITS: Final = SectionKind(
    StudyVisits,
    rollup=RollupRule.of(StudyVisits, totals=("visits_total",)),
    recognition=Recognition(
        words="参观|研学|visit",
        amounts=(StatedAmount("visits_total", "参观|研学", "次", verbs="组织|开展"),),
    ),
)
'''
TEMPLATE = """\
{%% heading %%}{{ section.heading or kind_label(section.kind) }}{%% endheading %%}
{%% paragraph %%}{{ [section.made | phrase("%s"), section.attendance | phrase("%s")] | sentence }}{%% endparagraph %%}
{%% for visit in section.visits %%}
{%% paragraph %%}{{ [visit.place, visit.attendance | phrase("%s")] | sentence }}{%% endparagraph %%}
{%% endfor %%}
{%% paragraphs section.narrative %%}
{%% points section.points %%}
"""
TEXTS = {
    "zh_Hans": ("组织参观{}", "参加{}", "{}参加"),
    "zh_Hant": ("辦理參觀{}", "參加{}", "{}參加"),
    "en": ("visits: {}", "attendance: {}", "attendance: {}"),
}
EXPLAINED = {
    "参观学习.": ("参观学习。", "參觀學習。"),
    "One visit.": ("一次参观。", "一次參觀。"),
    "Where it went: 试验科技馆.": ("去了哪里：试验科技馆。", "去了哪裡：試驗科技館。"),
    "How many went, in 人次.": ("多少人参加，以人次计。", "多少人參加，以人次計。"),
    "The visits, one by one.": ("逐次列出。", "逐次列出。"),
    "How many visits in all, where not all of them are listed, in 次.": (
        "未逐次列出时，共参观多少次，以次计。",
        "未逐次列出時，共參觀多少次，以次計。",
    ),
}
NAMED = {
    ("choice", "study_visits"): ("参观学习", "參觀學習"),
    ("key", "visits"): ("参观", "參觀"),
    ("key", "visits_total"): ("参观总次数", "參觀總次數"),
}
HEADING = {"zh_Hans": "参观学习", "zh_Hant": "參觀學習", "en": "Study visits"}

USED = '''\
"""What a user does with the kind."""

import io
import json
from pathlib import Path

import openpyxl
import pytest

import kepu_docs
from kepu_docs.pipeline import default_engine, empty_workbook, starter_record
from kepu_docs.schema import json_schema
from kepu_docs.sections import KINDS, StudyVisit, StudyVisits
from kepu_docs.testing import READERS, SectionContract

SECTION = {"kind": "study_visits", "visits": [{"place": "试验科技馆", "attendance": "近100"}, {"place": "试验气象站"}]}


class TestStudyVisits(SectionContract):
    kind = "study_visits"
    sections = [SECTION]
    headings = ["组织参观学习", "開展研學", "Study visits"]
    sentences = {"全年组织参观6次。": {"visits_total": "6次"}}


def record(name, section):
    return {"community": {"name": name}, "period": 2025, "sections": [section]}


def test_it_is_the_copy():
    assert Path(kepu_docs.__file__).is_relative_to(Path(__file__).parent)
    assert [kind.name for kind in KINDS][2:4] == ["training", "study_visits"]
    assert StudyVisit(place="试验科技馆").place in str(StudyVisits(kind="study_visits", visits=[{"place": "试验科技馆"}]))


@pytest.mark.parametrize(("locale", "text"), [("zh_Hans", "组织参观2次"), ("zh_Hant", "辦理參觀2次"), ("en", "visits:2")])
@pytest.mark.parametrize("format_name", ["docx", "html", "md", "txt"])
def test_it_is_composed(format_name, locale, text):
    data = kepu_docs.render(kepu_docs.load(record("试验社区", SECTION)), format_name, locale=locale)
    assert text.lower() in "".join("".join(READERS[format_name](data)).split()).lower()


def test_it_is_handed_out(tmp_path):
    engine = default_engine()
    assert "参观学习" in starter_record(engine.registry, ["study_visits"], engine.languages.words("zh_Hans"))
    assert "StudyVisits" in json_schema(engine.registry.model)["$defs"]
    book = empty_workbook(engine.registry, ["study_visits"], engine.languages.words("zh_Hans"))
    assert "参观学习" in openpyxl.load_workbook(io.BytesIO(book)).sheetnames


def test_it_is_added_up(tmp_path):
    lines = [json.dumps(record(f"试验{name}社区", {"kind": "study_visits", "visits_total": number})) for name, number in
             (("甲", 3), ("乙", 4))]
    (tmp_path / "r.jsonl").write_text("\\n".join(lines), encoding="utf-8")
    report = kepu_docs.rollup(tmp_path / "r.jsonl", name="试验街道")
    (section,) = [each for each in report.summary.sections if each.kind == "study_visits"]
    assert section.visits_total.value == 7


def test_an_old_document_has_it(tmp_path):
    text = "试验社区2024年科普工作总结\\n\\n一、组织居民研学\\n\\n全年组织参观6次，反响良好。\\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (imported,) = kepu_docs.import_document(tmp_path / "a.txt")
    (section,) = imported.record["sections"]
    assert (section["kind"], section["visits_total"]) == ("study_visits", "6次")
'''


class House:
    """A copy of what is installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in ("src", "plugins", "templates"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "samples"))
        self.before = self.files()

    def files(self) -> dict[str, str]:
        """Return what the files hold, in short."""
        return {
            path.relative_to(self.folder).as_posix(): sha256(path.read_bytes()).hexdigest()
            for path in self.folder.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def label(self, locale: str, catalog: str, entries: dict[tuple[str, str], str]) -> None:
        """Add labels to a catalogue."""
        path = self.folder / TEMPLATES / locale / catalog
        added = "".join(
            "\n" + (f'msgctxt "{context}"\n' if context else "") + f'msgid "{key}"\nmsgstr "{text}"\n'
            for (context, key), text in entries.items()
        )
        path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")

    def run(self, *arguments: str) -> str:
        """Run Python with the copy, and return what it prints."""
        path = os.pathsep.join(str(self.folder / part) for part in ("src", "plugins", "templates"))
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def add(house: House) -> None:
    """Add the kind as a contributor does."""
    house.write(f"{SECTIONS}/study_visits.py", KIND)
    listed = (house.folder / SECTIONS / "__init__.py").read_text(encoding="utf-8")
    line = "from kepu_docs.sections.training import *\n"
    assert line in listed
    new = "from kepu_docs.sections.study_visits import *\n"
    house.write(f"{SECTIONS}/__init__.py", listed.replace(line, line + new))
    for locale, texts in TEXTS.items():
        house.write(f"{TEMPLATES}/{locale}/sections/study_visits.jinja", TEMPLATE % texts)
        house.label(locale, "messages.po", {("kind", "study_visits"): HEADING[locale]})
    for number, locale in enumerate(("zh_Hans", "zh_Hant")):
        house.label(locale, "keys.po", {key: texts[number] for key, texts in NAMED.items()})
        house.label(locale, "interface.po", {("", text): texts[number] for text, texts in EXPLAINED.items()})
    # "make catalogs" puts the labels in their order, and says which are missing.
    assert house.run("templates/catalogs.py") == ""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    made = House(tmp_path_factory.mktemp("house"))
    add(made)
    return made


@pytest.mark.deep
def test_nothing_else_is_touched(house: House) -> None:
    after = house.files()
    touched = {name for name in after.keys() | house.before.keys() if after.get(name) != house.before.get(name)}
    assert touched == {
        f"{SECTIONS}/study_visits.py",
        f"{SECTIONS}/__init__.py",
        *(f"{TEMPLATES}/{locale}/sections/study_visits.jinja" for locale in TEXTS),
        *(f"{TEMPLATES}/{locale}/messages.po" for locale in TEXTS),
        *(f"{TEMPLATES}/{locale}/{name}" for locale in ("zh_Hans", "zh_Hant") for name in ("keys.po", "interface.po")),
    }


@pytest.mark.deep
def test_it_is_there_for_all_that_users_do(house: House) -> None:
    house.write("test_used.py", USED)
    house.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "test_used.py")
