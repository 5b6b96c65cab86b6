"""The empty workbook for communities: what office programs see in it, and what is read when it is filled in."""

import io
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from kepu_docs.pipeline import Engine, empty_workbook
from kepu_docs.starters.common_columns import COMMON
from kepu_sources.tables.workbooks import Workbooks
from tests.kepu_sources.tables.test_layout import strange
from tests.kepu_sources.tables.test_tables import ENGINE, FORM, loaded
from tests.languages import LOCALES
from tests.tables import rows_of

__all__ = ["strange"]

DISTRICT = Path(__file__).parents[3] / "docs" / "district"


def made(locale: str, *kinds: str, engine: Engine = ENGINE) -> Any:
    return openpyxl.load_workbook(io.BytesIO(_saved(locale, kinds, engine)))


@cache
def _saved(locale: str, kinds: tuple[str, ...], engine: Engine) -> bytes:
    return empty_workbook(engine.registry, kinds or list(engine.registry.kinds), engine.languages.words(locale))


def rules(sheet: Any) -> dict[str, Any]:
    """Return the rule of each column by its heading."""
    headings = {cell.column_letter: str(cell.value) for cell in sheet[1]}
    found = {}
    for rule in sheet.data_validations.dataValidation:
        (cells,) = rule.sqref.ranges
        assert (cells.min_row, cells.min_col) == (2, cells.max_col)
        found[headings[openpyxl.utils.get_column_letter(cells.min_col)]] = rule
    return found


def test_sheets_and_headings() -> None:
    book = made("zh_Hans", "training", "outcomes")
    assert book.sheetnames == [
        "社区", "科普培训", "科普培训-场次", "工作成效", "工作成效-知识测试", "工作成效-荣誉", "工作成效-案例", "填写说明",
    ]  # fmt: skip
    assert [cell.value for cell in book["社区"][1]][:9] == [
        "编码*", "名称*", "层级", "街道", "区县", "市", "省", "居民（人）", "流动人口（人）",
    ]  # fmt: skip
    sessions = book["科普培训-场次"]
    assert [cell.value for cell in sessions[1]] == ["编码*", "主题*", "时间", "地点", "授课人", "对象", "人次", "学时"]
    assert [cell.value for cell in sessions[2]][:3] == ["示例", "应急救护", "2025-09"]
    assert sessions.freeze_panes == "B2"
    assert sessions.column_dimensions["A"].number_format == "@", "codes keep their zeros"
    assert sessions.column_dimensions["C"].number_format == "@", "2025-09 stays what it is"
    assert all(sheet.sheet_state == "visible" for sheet in book)


def test_what_cells_may_hold() -> None:
    book = made("zh_Hans")
    communities = rules(book["社区"])
    assert communities["层级"].formula1 == '"社区,村,学校,街道,镇,乡,区,县,市,协会,单位"'
    assert communities["盖章"].formula1 == '"是,否"'
    assert communities["盖章"].errorStyle in (None, "stop")
    assert communities["署名日期"].type is None, "12月20日 is as good as a date"
    assert communities["居民（人）"].type is None, "近300 is as good"
    assert communities["居民（人）"].prompt == "数字，如 300；也可按习惯写成：300余、近300、约1.2万"
    assert communities["时间*"].type is None, "2025-H1 is as good as a date"
    assert rules(book["经费保障"])["图表·经费用途"].formula1 == '"柱形图,折线图,饼图"'
    checked = {rule.type for sheet in book for rule in sheet.data_validations.dataValidation}
    assert checked == {"list", None}, "whatever else people write, no program warns of it"
    assert communities["排列"].formula1 == '"按时间,按填写"'
    assert rules(book["科普活动"])["排列"].formula1 == '"按时间,按填写"'
    assert book["工作成效"]["H3"].value is None
    assert book["工作成效"]["H2"].value == "95%"


@pytest.mark.parametrize("locale", LOCALES)
def test_each_column_is_explained(locale: str) -> None:
    book = made(locale)
    *tables, last = book.worksheets
    rows = [[cell.value for cell in row] for row in last.iter_rows()]
    (top,) = [number for number, row in enumerate(rows) if row[-1]][:1]
    explained = {(row[0], row[1]): row[2:] for row in rows[top + 1 :]}
    headings = {(sheet.title, str(cell.value).rstrip("*")) for sheet in tables for cell in sheet[1]}
    assert set(explained) == headings
    assert all(about and holds for about, holds, *_ in explained.values())
    assert {bool(needed) for _, _, needed, _ in explained.values()} == {True, False}
    if locale != "en":
        english = {cell for row in rows for cell in row if cell and cell.isascii() and len(cell.split()) > 1}
        assert not english, "not translated"


def test_what_no_table_can_hold_is_said(strange: Engine) -> None:
    last = made("zh_Hans", "agricultural_extension_of_villages", engine=strange).worksheets[-1]
    told = {row[1].value: row[3].value for row in last.iter_rows()}
    assert told["plots"] == "列表中的列表，表格无法填写；可改用记录文件（YAML）"


@pytest.mark.parametrize("locale", LOCALES)
def test_a_workbook_that_is_filled_in_reads_back(locale: str, tmp_path: Path) -> None:
    book = made(locale, "training", "leadership")
    words = ENGINE.languages.words(locale)
    communities, _, sessions, leadership, _ = book.worksheets

    def fill(sheet: Any, row: int, **cells: Any) -> None:
        headings = {str(cell.value).rstrip("*").split(" (")[0].split("（")[0]: cell.column for cell in sheet[1]}
        for name, value in cells.items():
            sheet.cell(row, headings[name], value)

    from kepu_docs.schema import Community, Period
    from kepu_docs.sections import Leadership, TrainingSession

    code = words.key(Community, "code")
    model = ENGINE.registry.model
    fill(
        communities,
        3,
        **{code: "000101", words.key(Community, "name"): "试验社区", words.key(model, "period"): "2025"},
        **{words.key(model, "sealed"): words.choice("true"), words.key(Community, "residents"): "近8600"},
    )
    fill(sessions, 3, **{code: "000101", words.key(TrainingSession, "topic"): "防火"})
    fill(sessions, 4, **{code: "000101", words.key(TrainingSession, "held_on"): "2025-09"})
    sessions.cell(4, 2, "防震")
    fill(leadership, 3, **{code: "000101", words.key(Leadership, "in_plan"): words.choice("true")})
    book.save(tmp_path / "a.xlsx")
    (record,) = Workbooks().records(str(tmp_path / "a.xlsx"), FORM)
    assert not record.warnings
    summary = loaded(record)
    assert (summary.community.code, summary.sealed) == ("000101", True)
    assert summary.community.residents
    assert summary.community.residents.approx == "nearly"
    leading, training = summary.model_dump()["sections"]
    assert leading["in_plan"] is True
    assert [session["topic"] for session in training["sessions"]] == ["防火", "防震"]
    assert training["sessions"][1]["held_on"] == Period.of_month(2025, 9).model_dump()


def with_row(tmp_path: Path, change: Callable[[Any], object]) -> list[Any]:
    """Return the records of a workbook with a community, and one session in the third row, when it has been changed."""
    book = made("zh_Hans", "training")
    columns = {str(cell.value).rstrip("*"): cell.column for cell in book["社区"][1]}
    for name, value in {"编码": "000101", "名称": "试验社区", "时间": "2025"}.items():
        book["社区"].cell(3, columns[name], value)
    sessions = book["科普培训-场次"]
    sessions["A3"], sessions["B3"] = "000101", "防火"
    change(sessions)
    book.save(tmp_path / "a.xlsx")
    return list(Workbooks().records(str(tmp_path / "a.xlsx"), FORM))


def topics(records: list[Any]) -> list[str]:
    return [session["topic"] for session in records[0].content["sections"][0]["sessions"]]


def test_the_example_is_known_by_its_mark(tmp_path: Path) -> None:
    def clear(sessions: Any) -> None:
        sessions["A2"] = None

    (record,) = with_row(tmp_path, clear)
    assert topics([record]) == ["防火"], "nothing in the row says that it is an example, but the hidden names do"
    assert not record.faults


def test_an_example_that_was_filled_in_is_none(tmp_path: Path) -> None:
    def fill(sessions: Any) -> None:
        sessions["A2"], sessions["B2"] = "000101", "防汛"

    records = with_row(tmp_path, fill)
    assert topics(records) == ["防汛", "防火"]


def test_examples_without_a_mark_are_known_by_their_word(tmp_path: Path) -> None:
    """Workbooks that were handed out before have none."""
    book = made("zh_Hans", "training")
    for sheet in book:
        sheet.defined_names.clear()
    book["科普培训-场次"]["A3"], book["科普培训-场次"]["B3"] = "000101", "防火"
    columns = {str(cell.value).rstrip("*"): cell.column for cell in book["社区"][1]}
    for name, value in {"编码": "000101", "名称": "试验社区", "时间": "2025"}.items():
        book["社区"].cell(3, columns[name], value)
    book.save(tmp_path / "a.xlsx")
    assert topics(list(Workbooks().records(str(tmp_path / "a.xlsx"), FORM))) == ["防火"]


def test_marks_are_hidden_and_of_each_sheet() -> None:
    book = made("zh_Hans", "training")
    for sheet in book.worksheets[:-1]:
        assert {name for name in sheet.defined_names if name.startswith("_kepu")} == {
            "_kepu_example",
            "_kepu_example_cells",
        }
        assert all(sheet.defined_names[name].hidden for name in sheet.defined_names if name.startswith("_kepu"))


@pytest.mark.parametrize("short", [False, True])
def test_pages_can_be_read(short: bool) -> None:
    """No sheet is made smaller than 70 % to fit its pages, and each page repeats headings, and whose row it is."""
    words = ENGINE.languages.words("zh_Hans")
    data = empty_workbook(ENGINE.registry, list(ENGINE.registry.kinds), words, short=short)
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        wide = sum(
            each.width * (each.max - each.min + 1) for each in sheet.column_dimensions.values() if each.width < 99
        )
        pages = sheet.page_setup.fitToWidth or 1
        assert sheet.page_setup.paperSize == 9
        room = 145 if sheet.page_setup.orientation == "landscape" else 96
        assert wide <= pages * room / 0.7 + 1, sheet.title
        assert sheet.print_title_rows
        assert (pages == 1) or sheet.print_title_cols


def test_the_short_workbook_keeps_its_rule() -> None:
    """What most of the invented district's communities fill in, in two years."""
    records = [
        record
        for year in (2024, 2025)
        for record in yaml.safe_load_all((DISTRICT / f"{year}.yaml").read_text(encoding="utf-8"))
    ]
    having = Counter(kind for record in records for kind in {each["kind"] for each in record.get("sections", ())})
    common = dict.fromkeys(COMMON, ())
    for name, (names, *rows) in rows_of(ENGINE.registry, records).items():
        asked = len({row[0] for row in rows}) * 4 >= having.get(name.split(".")[0], len(records))
        filled = [
            each
            for at, each in enumerate(names)
            if each != "code" and 2 * sum(row[at] is not None for row in rows) >= len(rows)
        ]
        common[name] = tuple(filled) if asked or name == "communities" else ()
    assert common == dict(COMMON)
