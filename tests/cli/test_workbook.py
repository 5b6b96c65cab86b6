"""``kepu-docs workbook``: the empty workbook that communities receive."""

import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.cli.calling import kepu

from kepu_docs.cli.choices import kind_named, kind_names
from kepu_docs.contract.record_tables import record_tables
from kepu_docs.contract.sources import RecordForm
from kepu_docs.pipeline import default_engine
from kepu_sources.tables.table_names import Layout

ENGINE = default_engine()
_TIMES = ((ENGINE.registry.model, "period"), (ENGINE.registry.model, "signed_on"))


def test_a_workbook_for_some_kinds(tmp_path: Path) -> None:
    done = kepu("--ui-locale", "zh_Hans", "workbook", "a.xlsx", "training", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "a.xlsx\n", "")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["社区", "科普培训", "科普培训-场次", "填写说明"]
    sessions = book["科普培训-场次"]
    assert [cell.value for cell in sessions[1]] == ["编码*", "主题*", "时间", "地点", "授课人", "对象", "人次", "学时"]
    assert sessions["A2"].value == "示例"
    assert sessions.freeze_panes == "B2"
    explained = [[cell.value for cell in row] for row in book["填写说明"].iter_rows()]
    (topic,) = (row for row in explained if row[:2] == ["科普培训-场次", "主题"])
    assert topic[2].startswith("教了什么")
    assert topic[3:] == ["一行文字", "是", "应急救护"]
    again = kepu("workbook", "a.xlsx", folder=tmp_path)
    assert again.returncode == 1
    assert "a file of this name exists already" in again.stderr


def test_drop_downs_and_checks(tmp_path: Path) -> None:
    kepu("workbook", "a.xlsx", "activities", "--locale", "zh_Hant", folder=tmp_path)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    rules = {
        str(sheet[1][next(iter(rule.sqref.ranges)).min_col - 1].value).rstrip("*"): rule
        for sheet in book
        for rule in sheet.data_validations.dataValidation
    }
    assert rules["標題接排"].formula1 == '"是,否"'
    assert rules["圖表·各月場次"].type == "list"
    for free in ("署名日期", "人次", "頻次·月數"):
        assert rules[free].type is None, "300余 is as good, and draws no warning"
        assert rules[free].prompt, "what it may hold is said beside the cell"


def test_a_short_one(tmp_path: Path) -> None:
    done = kepu("workbook", "a.xlsx", "training", "activities", "--short", "--locale", "zh_Hans", folder=tmp_path)
    assert done.returncode == 0
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["社区", "科普培训-场次", "科普活动-活动", "填写说明"]
    assert [cell.value for cell in book["科普活动-活动"][1]] == ["编码*", "名称*", "时间", "地点", "人次"]


def test_make_fill_in_and_run(tmp_path: Path) -> None:
    done = kepu("workbook", "汇总.xlsx", "training", "--locale", "zh_Hans", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "汇总.xlsx\n", "")
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    communities, _, sessions, _ = book.worksheets
    columns = {str(cell.value).rstrip("*"): cell.column for cell in communities[1]}
    for row, (code, name, period) in enumerate([("000101", "试验社区", "2025"), ("000102", "示例里社区", "今年")], 3):
        communities.cell(row, columns["编码"], code)
        communities.cell(row, columns["名称"], name)
        communities.cell(row, columns["时间"], period)
    sessions["A3"], sessions["B3"], sessions["G3"] = "000101", "防火", "近60人次"
    sessions["A4"], sessions["B4"] = "000103", "防震"
    sessions["I1"], sessions["I3"] = "联系电话", "000"
    book.save(tmp_path / "汇总.xlsx")
    done = kepu("--ui-locale", "zh_Hans", "batch", "汇总.xlsx", "-o", "out", "-f", "txt", "-q", folder=tmp_path)
    assert done.returncode == 1
    told = done.stderr.splitlines()
    assert told[0] == "注意：汇总.xlsx: 科普培训-场次!I1: 不认识“联系电话”这一列；该列未读取"
    assert told[1].startswith("错误：汇总.xlsx: 社区!N4: ")
    assert told[2] == "错误：汇总.xlsx: 科普培训-场次!A4: 没有编码为“000103”的社区；这一行没有写入文档"
    (document,) = (tmp_path / "out").rglob("*.txt")
    assert "近60人次" in document.read_text(encoding="utf-8")


def test_an_unknown_kind(tmp_path: Path) -> None:
    done = kepu("workbook", "a.xlsx", "trainning", folder=tmp_path)
    assert done.returncode == 2
    assert "there is no section kind “trainning”" in done.stderr
    assert not (tmp_path / "a.xlsx").exists()


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
def test_every_heading_names_one_column(locale: str) -> None:
    vocabulary = ENGINE.languages.vocabulary
    layout = Layout(RecordForm(ENGINE.registry.model, vocabulary))
    titles = [table.label(vocabulary, locale) for table in layout.tables]
    assert len(set(titles)) == len(titles)
    for table, title in zip(layout.tables, titles, strict=True):
        assert layout.table(title) is table
        headings = table.headings(vocabulary, locale)
        known = layout.columns(table)
        from kepu_docs.reading.near_names import plain_name

        assert [known[plain_name(heading)] for heading in headings] == list(table.columns)
        assert [known[plain_name(column.name)] for column in table.columns] == list(table.columns)


def test_all_fields_have_a_column_or_a_table() -> None:
    assert not any(table.left_out for table in record_tables(ENGINE.registry.model))


def labels(sheet: Any) -> dict[str, int]:
    """Return the rows of an upright sheet by their labels."""
    return {str(row[0].value).rstrip("*").split("（")[0]: row[0].row for row in sheet.iter_rows(min_row=2)}


def test_one_for_each_community_comes_back_as_a_folder(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("试验社区\n000102\n", encoding="utf-8")
    given = ("--for", "list.txt", "-o", "out", "training", "leadership", "--locale", "zh_Hans")
    done = kepu("workbook", *given, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["out/试验社区.xlsx", "out/000102.xlsx"]
    for file, name in (("试验社区.xlsx", None), ("000102.xlsx", "示例里社区")):
        book = openpyxl.load_workbook(tmp_path / "out" / file)
        assert book.sheetnames == ["社区", "组织领导", "科普培训", "科普培训-场次", "填写说明"] or book.sheetnames == [
            "社区", "科普培训", "科普培训-场次", "组织领导", "填写说明",
        ]  # fmt: skip
        community = book["社区"]
        rows = labels(community)
        assert [cell.value for cell in community[1]] == ["项目（带*的必填）", "填写内容", "示例（不会读取）", "含义"]
        assert community.protection.sheet
        assert community.cell(rows["名称"], 2).protection.locked is (name is None)
        assert community.cell(rows["编码"], 2).protection.locked is (name is not None)
        assert community.cell(rows["时间"], 2).protection.locked is False
        if name:
            community.cell(rows["名称"], 2, name)
        community.cell(rows["时间"], 2, "2025")
        community.cell(rows["居民"], 2, "8600余")
        sessions = book["科普培训-场次"]
        sessions["B3"], sessions["B4"] = "防火", "防震"
        leadership = book["组织领导"]
        leadership.cell(labels(leadership)["列入议程"], 2, "是")
        book.save(tmp_path / "out" / file)
    done = kepu("batch", "out", "-o", "documents", "-f", "txt", folder=tmp_path)
    assert (done.returncode, done.stderr.count("warning: out")) == (0, 0), done.stderr
    texts = [path.read_text(encoding="utf-8") for path in sorted((tmp_path / "documents").rglob("*.txt"))]
    assert len(texts) == 2
    assert all("防火" in text and "防震" in text and "8600余" in text and "应急救护" not in text for text in texts)


def test_a_list_with_streets(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("编码,名称,街道,区县\n000101,试验社区,甲街道,试验区\n", encoding="utf-8")
    done = kepu("workbook", "--for", "list.csv", "-o", "out", "-k", "training", "--short", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    book = openpyxl.load_workbook(tmp_path / "out" / "甲街道-试验社区.xlsx")
    shown = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows(min_row=2)}
    assert {"000101", "试验社区", "甲街道", "试验区"} <= set(shown.values())
    assert [cell.value for cell in book.worksheets[1]["A"][2:]] == [None] * 20
    again = kepu("workbook", "--for", "list.csv", "-o", "out", folder=tmp_path)
    assert again.returncode == 1
    assert "exists already" in again.stderr


@pytest.mark.parametrize("given", [(), ("--for", "list.txt"), ("-o", "out")])
def test_what_is_missing_is_said(given: tuple[str, ...], tmp_path: Path) -> None:
    done = kepu("workbook", *given, folder=tmp_path)
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_a_single_community_whoever_it_is(tmp_path: Path) -> None:
    kepu("workbook", "a.xlsx", "--single", "--kind", "training", "--short", "--locale", "zh_Hans", folder=tmp_path)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["社区", "科普培训-场次", "填写说明"]
    rows = labels(book["社区"])
    book["社区"].cell(rows["名称"], 2, "试验社区")
    book["社区"].cell(rows["时间"], 2, "2025")
    book["科普培训-场次"]["B3"] = "防火"
    book.save(tmp_path / "a.xlsx")
    done = kepu("batch", "a.xlsx", "-o", "out", "-f", "txt", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    (document,) = (tmp_path / "out").rglob("*.txt")
    assert "防火" in document.read_text(encoding="utf-8")


def test_a_note_below_a_list_is_a_note_alone(tmp_path: Path) -> None:
    """Nothing stands in the blank rows of a copy that would be left out with the note."""
    (tmp_path / "list.txt").write_text("试验社区\n", encoding="utf-8")
    kepu("workbook", "--for", "list.txt", "-o", "out", "training", "--locale", "zh_Hans", folder=tmp_path)
    path = tmp_path / "out" / "试验社区.xlsx"
    book = openpyxl.load_workbook(path)
    community = book["社区"]
    community.cell(labels(community)["时间"], 2).value = "2025"
    book["科普培训-场次"]["B3"], book["科普培训-场次"]["B8"] = "防火", "注：防汛未计入"
    book.save(path)
    done = kepu("--ui-locale", "zh_Hans", "batch", "out", "-o", "made", "-f", "txt", "-q", folder=tmp_path)
    assert done.returncode == 0
    assert done.stderr.endswith("请填在表格相应的列里（B8）\n")


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
def test_an_upright_sheet_fits_a_page_of_a4_side_by_side(locale: str, tmp_path: Path) -> None:
    """In a size of nine points at least, in rows that grow with what is filled in, under headings that say what to do."""
    kepu("workbook", "a.xlsx", "training", "--single", "--short", "--locale", locale, folder=tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    columns = sum(sheet.column_dimensions[letter].width for letter in "ABCD")
    assert columns < 96 * 11 / 9
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("portrait", "$1:$1")
    assert "*" in sheet["A1"].value
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        rows = re.findall(r"<row [^>]*>", archive.read("xl/worksheets/sheet1.xml").decode())
    assert any("ht=" in row for row in rows)
    assert not any("customHeight" in row for row in rows)


def test_examples_and_units_are_in_the_characters_of_the_workbook(tmp_path: Path) -> None:
    kepu("workbook", "a.xlsx", "publicity", "problems", "--single", "--locale", "zh_Hant", folder=tmp_path)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    shown = {row[0].value: row[2].value for row in book["社區"].iter_rows(min_row=2)}
    assert (shown["名稱*"], shown["街道"], shown["居民（人）"]) == ("試驗社區", "試驗街道", "8600餘")
    assert "網格（個）" in shown
    assert ("渠道", "宣傳欄、有線廣播") in [(row[0].value, row[2].value) for row in book["科普宣傳"].iter_rows()]
    assert book["存在問題-問題"]["C2"].value == "專職人員少"


@pytest.mark.parametrize("locale", ["zh_Hans", "zh_Hant"])
def test_what_a_cell_may_hold_is_read(locale: str, tmp_path: Path) -> None:
    """Each time and each day that the sheet itself gives for an example, in the language of the clerk."""
    kepu("workbook", "a.xlsx", "training", "--single", "--locale", locale, folder=tmp_path)
    community = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    about = {str(row[0].value).rstrip("*"): str(row[3].value) for row in community.iter_rows()}
    time, day = (about[ENGINE.languages.words(locale).key(*key)] for key in _TIMES)
    times = re.findall(r"2025[^、，]*", time.splitlines()[-1])
    days = re.findall(r"2025[^、，]*", day.splitlines()[-1])
    assert (len(times), len(days)) == (5, 2)
    rows = [f"试验{number}社区,{each},{days[number % 2]}" for number, each in enumerate(times)]
    (tmp_path / "flat.csv").write_text("\n".join(["name,period,signed_on", *rows]), encoding="utf-8")
    done = kepu("batch", "flat.csv", "-o", "out", "-f", "txt", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_blank_rows_are_high_enough_to_write_in_and_fit_a_page(tmp_path: Path) -> None:
    kepu("workbook", "a.xlsx", "training", "--short", "--locale", "zh_Hans", folder=tmp_path)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    heights = [float(height) for height in re.findall(r'<row [^>]*ht="([\d.]+)"', sheet)]
    assert len(heights) == 22
    assert min(heights[2:]) >= 20, "points: 7 mm"
    assert 'orientation="landscape"' in sheet
    assert sum(heights) < 595 - 2 * 0.8 * 72, "what the margins leave of a page of A4 that lies"
    assert "customHeight" not in sheet


@pytest.mark.parametrize(
    "kinds",
    [
        ("培训", "下一步工作计划"),
        ("科普培訓", "下一步工作計劃"),
        ("Training", "next year plan"),
        (" training", "Next-Year-Plan", "科普培训"),
    ],
)
def test_kinds_by_the_names_that_records_may_use(kinds: tuple[str, ...], tmp_path: Path) -> None:
    for number, arguments in enumerate([kinds, ("training", "next_year_plan")]):
        done = kepu("workbook", f"{number}.xlsx", *arguments, "--locale", "zh_Hans", folder=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
    first, second = (openpyxl.load_workbook(tmp_path / f"{number}.xlsx").sheetnames for number in (0, 1))
    assert first == second
    assert kepu("new", *kinds, folder=tmp_path).stdout == kepu("new", *arguments, folder=tmp_path).stdout
    done = kepu("workbook", "c.xlsx", "-k", kinds[0], folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    done = kepu("templates", "copy", kinds[0], folder=tmp_path)
    assert done.stdout == f"{Path('templates/zh_Hans/sections/training.jinja')}\n"


def test_an_unknown_kind_gets_the_names_in_the_language_of_messages(tmp_path: Path) -> None:
    done = kepu("--ui-locale", "zh_Hans", "new", "培训班", folder=tmp_path)
    assert done.returncode == 2
    assert "没有栏目类型“培训班”；可用的有：组织领导, 队伍建设, 科普培训" in done.stderr
    done = kepu("new", "培训班", folder=tmp_path)
    assert "the section kinds are: leadership, team, training" in done.stderr


def test_each_name_is_that_of_one_kind() -> None:
    for locale in ("en", "zh_Hans", "zh_Hant"):
        names = kind_names(ENGINE, locale)
        for kind, own in names.items():
            assert kind in own
            assert {kind_named(ENGINE, name) for name in own} == {kind}


@pytest.mark.parametrize(
    ("typed", "locale", "offered"),
    [
        ("kepu-docs new 科普培", "C.UTF-8", ["科普培训"]),
        ("kepu-docs new tr", "zh_CN.UTF-8", ["training"]),
        ("kepu-docs workbook a.xlsx p", "C.UTF-8", ["publicity", "problems"]),
        ("kepu-docs workbook p", "C.UTF-8", []),
        ("kepu-docs workbook a.xlsx --kind 下", "zh_TW.UTF-8", ["下一步工作計劃"]),
        ("kepu-docs workbook --for l.txt -o copies 培", "zh_CN.UTF-8", ["培训"]),
    ],
)
def test_completion_of_kinds(typed: str, locale: str, offered: list[str], tmp_path: Path) -> None:
    asked = {"COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1)}
    done = kepu(folder=tmp_path, LC_ALL=locale, _KEPU_DOCS_COMPLETE="complete_bash", **asked)
    assert done.stdout.split() == offered


def test_completion_offers_names_in_the_language_of_messages(tmp_path: Path) -> None:
    asked = {"COMP_WORDS": "kepu-docs new ", "COMP_CWORD": "2", "_KEPU_DOCS_COMPLETE": "complete_bash"}
    assert kepu(folder=tmp_path, LC_ALL="zh_CN.UTF-8", **asked).stdout.split()[:2] == ["组织领导", "队伍建设"]
    assert kepu(folder=tmp_path, **asked).stdout.split()[:2] == ["leadership", "team"]
