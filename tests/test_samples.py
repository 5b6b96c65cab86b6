"""The sample plugins as users install them: wheels in a separate environment, beside the wheel of kepu-docs.

The environment is made once for all tests.
"""

import ast
import json
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from kepu_docs.testing import golden
from tests.environments import Environment
from tests.kepu_word.invariants import check_docx
from tests.languages import LOCALES

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "plugins" / "samples"
NAMES = sorted(path.name for path in SAMPLES.iterdir() if path.is_dir())
EXAMPLE = SAMPLES / "04-rural.yaml"
GOLDEN = Path(__file__).with_name("examples") / "golden" / "samples"


class Installed:
    """An environment with kepu-docs and all samples."""

    def __init__(self, folder: Path) -> None:
        self.environment = Environment(folder)
        self.environment.install_kepu_docs()
        self.environment.install(*(SAMPLES / name for name in NAMES))

    def run(self, *arguments: str, folder: Path) -> str:
        """Return what Python prints."""
        done = self.environment.run(*arguments, folder=folder)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def kepu(self, *arguments: str | Path, folder: Path) -> str:
        """Return what ``kepu-docs`` prints, for which every plugin must be healthy."""
        return self.run("-m", "kepu_docs", "--strict-plugins", *map(str, arguments), folder=folder)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(tmp_path_factory.mktemp("samples") / "environment")


@pytest.mark.deep
def test_all_comes_from_wheels(installed: Installed, tmp_path: Path) -> None:
    modules = ["kepu_docs", "kepu_word", "kepu_docs_agriculture", "kepu_docs_disaster", "kepu_docs_rst"]
    code = f"import {', '.join(modules)}\nfor each in {', '.join(modules)}: print(each.__file__)"
    for file in installed.run("-c", code, folder=tmp_path).splitlines():
        assert Path(file).is_relative_to(installed.environment.folder)


@pytest.mark.parametrize("sample", NAMES)
def test_it_imports_the_vocabulary_of_plugins_alone(sample: str) -> None:
    files = [file for file in (SAMPLES / sample).rglob("*.py") if "tests" not in file.parts]
    imported = {
        name
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in _imported(node)
        if name.split(".")[0] == "kepu_docs"
    }
    assert imported == {"kepu_docs.plugin"}


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


@pytest.mark.deep
@pytest.mark.parametrize("sample", NAMES)
def test_its_own_tests_pass(sample: str, installed: Installed, tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / sample / "tests", tmp_path / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    assert " passed" in installed.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests", folder=tmp_path)


@pytest.mark.deep
def test_they_are_listed_and_healthy(installed: Installed, tmp_path: Path) -> None:
    lines = installed.kepu("plugins", "list", folder=tmp_path).splitlines()
    listed = [line for line in lines if line.startswith("kepu-docs-")]
    assert listed == [
        "kepu-docs-agriculture:agriculture 0.1.0  section kinds: agriculture",
        "kepu-docs-disaster:disaster 0.1.0  section kinds: disaster_prevention; "
        "overrides: disaster_prevention.docx; rules: drill-attendance, reinforced-houses, shelter-capacity",
        "kepu-docs-rst:rst 0.1.0  formats: rst",
    ]


@pytest.mark.deep
@pytest.mark.parametrize("locale", LOCALES)
def test_the_fourth_example_with_sections_of_its_own(locale: str, installed: Installed, tmp_path: Path) -> None:
    installed.kepu("render", EXAMPLE, "-f", "docx,html,md,rst,txt", "--locale", locale, folder=tmp_path)
    made = {file.suffix: file.read_bytes() for file in tmp_path.iterdir()}
    assert sorted(made) == [".docx", ".html", ".md", ".rst", ".txt"]
    check_docx(made[".docx"])
    for suffix in (".md", ".txt"):
        golden(GOLDEN / locale / f"{EXAMPLE.stem}{suffix}", made[suffix])


@pytest.mark.deep
@pytest.mark.parametrize("sample", ["kepu-docs-agriculture", "kepu-docs-disaster"])
def test_the_example_of_its_readme(sample: str, installed: Installed, tmp_path: Path) -> None:
    (section,) = re.findall(r"```yaml\n(.*?)```", (SAMPLES / sample / "README.md").read_text(encoding="utf-8"), re.S)
    record = f"community: {{name: 试验社区}}\nperiod: 2025\nsections:\n{section}"
    (tmp_path / "record.yaml").write_text(record, encoding="utf-8")
    installed.kepu("render", "record.yaml", "-f", "docx,txt", folder=tmp_path)
    (made,) = tmp_path.glob("*.docx")
    check_docx(made.read_bytes())


@pytest.mark.deep
def test_starter_records_and_schema(installed: Installed, tmp_path: Path) -> None:
    kinds = ("agriculture", "disaster_prevention")
    for locale in LOCALES:
        text = installed.kepu("new", *kinds, "--locale", locale, folder=tmp_path)
        (tmp_path / f"{locale}.yaml").write_text(text, encoding="utf-8")
    installed.kepu("render", *(f"{locale}.yaml" for locale in LOCALES), "-f", "txt", folder=tmp_path)
    schema = json.loads(installed.kepu("schema", folder=tmp_path))
    assert {"Agriculture", "DisasterPrevention", "Shelter", "Variety"} <= set(schema["$defs"])


@pytest.mark.deep
def test_a_workbook_filled_in_and_run(installed: Installed, tmp_path: Path) -> None:
    arguments = ("workbook", "汇总.xlsx", "agriculture", "disaster_prevention", "--locale", "zh_Hans")
    installed.kepu(*arguments, folder=tmp_path)
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    filled: dict[str, list[dict[str, object]]] = {
        "社区": [
            {"编码": "000101", "名称": "试验社区", "时间": "2025", "居民": 3200},
            {"编码": "000102", "名称": "示例社区", "时间": "2025", "居民": 900},
        ],
        "农业科技推广": [{"编码": "000101", "示范户": 36, "户均增收": "1200余"}, {"编码": "000102", "新品种总数": 2}],
        "农业科技推广-新品种": [{"编码": "000101", "名称": "试验稻1号", "作物": "水稻", "种植面积": 320}],
        "防震减灾": [
            {"编码": "000101", "房屋加固·已加固户数": 48, "房屋加固·需加固户数": 120, "房屋加固·投入资金": "96万"}
        ],
        "防震减灾-避难场所": [
            {"编码": "000101", "名称": "试验广场", "类别": "室外", "可容纳人数": 1200, "面积": 3600},
            {"编码": "000101", "名称": "服务中心", "类别": "室内", "可容纳人数": 150, "面积": 480},
        ],
        "防震减灾-应急物资": [{"编码": "000101", "名称": "应急灯", "数量": "20盏"}],
    }
    for title, rows in filled.items():
        sheet = book[title]
        columns = {re.sub("（.*）|[*]", "", str(cell.value)): cell.column for cell in sheet[1]}
        for place, row in enumerate(rows, 3):
            for name, value in row.items():
                sheet.cell(place, columns[name], value)
    book.save(tmp_path / "汇总.xlsx")
    installed.kepu("batch", "汇总.xlsx", "-o", "out", "-f", "docx,txt", "--names", "{community}", "-q", folder=tmp_path)
    first = "".join((tmp_path / "out" / "试验社区.txt").read_text(encoding="utf-8").split())
    assert "引进农业新品种1个，推广种植320亩。培育科技示范户36户。农户户均增收1200余元。" in first
    assert "设有应急避难场所2处，可容纳1350人，总面积4080平方米。" in first
    assert "需抗震加固房屋120户，已加固48户（占40%），投入资金96万元。" in first
    assert "储备应急物资，包括应急灯20盏。" in first
    second = "".join((tmp_path / "out" / "示例社区.txt").read_text(encoding="utf-8").split())
    assert "引进农业新品种2个。" in second
    check_docx((tmp_path / "out" / "试验社区.docx").read_bytes())


@pytest.mark.deep
def test_sections_of_the_samples_are_added_up(installed: Installed, tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    agriculture = "  - {kind: agriculture, varieties_total: 3, courses: [{topic: 水肥一体化, attendance: 近100}]}\n"
    disaster = "  - {kind: disaster_prevention, drills_total: 2, attendance_total: 300余, topics: [识别险情]}\n"
    other = f"community: {{name: 第二社区}}\nperiod: 2020\nsections:\n{agriculture}{disaster}"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(other, encoding="utf-8")
    installed.kepu("rollup", "a.yaml", "b.yaml", "--name", "试验街道", "-o", "street.txt", folder=tmp_path)
    told = "".join((tmp_path / "street.txt").read_text(encoding="utf-8").split())
    for sentence in ("引进农业新品种5个", "培训农民近100人次", "组织应急演练2场，300余人次参加", "识别险情"):
        assert sentence in told
