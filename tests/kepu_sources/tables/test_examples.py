"""The example row of a workbook for communities, when somebody has overwritten a part of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kepu_docs.plugin import SourceRecord
from kepu_sources.tables.workbooks import Workbooks
from tests.kepu_sources.tables.test_empty_workbook import made
from tests.kepu_sources.tables.test_tables import FORM, loaded

COMMUNITIES = "社区"
SESSIONS = "科普培训-场次"
QUIZZES = "工作成效-知识测试"
OURS = {"编码": "000101", "名称": "试验里社区", "时间": "2025年9月至2026年8月"}
OTHERS = {"编码": "000102", "名称": "样板里社区", "时间": "2026"}
LEFT = "these cells still hold the example's text and are not read; replace it with your own"
LEFT_OUT = "this row still has the example's text and too little else"
NO_CODE = "the code's cell still says “example”, so it is unclear who this row belongs to"


def read(
    path: Path, *rows: tuple[str, int, Mapping[str, Any]], marked: bool = True, others: bool = False
) -> list[SourceRecord]:
    """Return the records of a workbook with cells, each row by its sheet, its number and its headings."""
    book = made("zh_Hans", "training", "outcomes")
    if all(title != COMMUNITIES for title, _, _ in rows):
        rows = (*rows, (COMMUNITIES, 3, OURS))
    if others:
        rows = (*rows, (COMMUNITIES, 4, OTHERS))
    for title, number, values in rows:
        columns = {str(cell.value).rstrip("*"): cell.column for cell in book[title][1]}
        for name, value in values.items():
            book[title].cell(number, columns[name]).value = value
    if not marked:
        for sheet in book:
            sheet.defined_names.clear()
    book.save(path / "a.xlsx")
    return list(Workbooks().records(str(path / "a.xlsx"), FORM))


def content(record: SourceRecord) -> Mapping[str, Any]:
    assert not isinstance(record.content, bytes)
    return record.content


def sessions(record: SourceRecord) -> list[dict[str, Any]]:
    (training,) = (each for each in content(record).get("sections", ()) if each["kind"] == "training")
    found: list[dict[str, Any]] = training["sessions"]
    return found


def warnings(record: SourceRecord) -> list[tuple[str | None, str, str]]:
    """Return cell, beginning and listed cells of each warning."""
    return [
        (each.place.cell, each.message.partition(",")[0], str(dict(each.values).get("cells")))
        for each in record.warnings
    ]


def test_what_is_left_of_the_example_is_not_read(tmp_path: Path) -> None:
    (record,) = read(tmp_path, (SESSIONS, 2, {"编码": "000101", "主题": "防汛", "地点": "小广场", "人次": 45}))
    assert sessions(record) == [{"topic": "防汛", "place": "小广场", "attendance": 45}]
    assert warnings(record) == [(f"{SESSIONS}!C2", LEFT, "C2, E2, F2, H2")]
    assert not record.faults


def test_a_code_that_is_a_figure_of_the_example_too(tmp_path: Path) -> None:
    own = {"编码": "2", "主题": "防汛", "地点": "小广场"}
    (record,) = read(tmp_path, (SESSIONS, 2, own), (COMMUNITIES, 3, {**OURS, "编码": "2"}))
    assert [each["topic"] for each in sessions(record)] == ["防汛"]
    assert warnings(record) == [(f"{SESSIONS}!C2", LEFT, "C2, E2, F2, G2, H2")]
    assert not record.faults


def test_an_example_that_was_overtyped_as_a_whole(tmp_path: Path) -> None:
    whole = {"编码": "000101", "主题": "防汛", "时间": "2026-05", "地点": "小广场", "授课人": "张三", "人次": 45}
    (record,) = read(tmp_path, (SESSIONS, 2, {**whole, "对象": None, "学时": None}))
    assert [each["topic"] for each in sessions(record)] == ["防汛"]
    assert not record.warnings


def test_figures_and_days_are_compared_as_they_look(tmp_path: Path) -> None:
    (record,) = read(tmp_path, (QUIZZES, 2, {"编码": "000101", "名称": "防汛测试", "测试后正确率（%）": 99}))
    assert warnings(record) == [(f"{QUIZZES}!C2", LEFT, "C2, D2")]
    (outcomes,) = content(record)["sections"]
    assert list(outcomes.values())[1:] == [[{"name": "防汛测试", "after": 99}]]


@pytest.mark.parametrize(
    "own",
    [
        {"编码": "000101"},
        {"编码": "000101", "时间": "2026-05", "人次": 45},
        {"时间": "2026-05"},
        {"编码": None, "人次": 45},
        {"编码": "000101", "主题": None},
    ],
)
def test_what_has_no_name_is_no_fact(tmp_path: Path, own: dict[str, Any]) -> None:
    (record,) = read(tmp_path, (SESSIONS, 2, own), (SESSIONS, 3, {"编码": "000101", "主题": "防火"}))
    assert sessions(record) == [{"topic": "防火"}]
    ((_, text, _),) = warnings(record)
    assert text == LEFT_OUT
    assert not record.faults


def test_the_code_cleared(tmp_path: Path) -> None:
    rows = (SESSIONS, 3, {"编码": "000101", "主题": "防火"})
    (record,) = read(tmp_path, (SESSIONS, 2, {"编码": None}), rows, (QUIZZES, 2, {"编码": None}))
    assert sessions(record) == [{"topic": "防火"}]
    assert not record.warnings
    assert not record.faults


@pytest.mark.parametrize("word", ["示例", "（示例）"])
def test_the_word_left_in_the_code_of_the_only_community(tmp_path: Path, word: str) -> None:
    rows = (SESSIONS, 3, {"编码": "000101", "主题": "防火"})
    (record,) = read(tmp_path, (SESSIONS, 2, {"编码": word, "主题": "防汛", "地点": "小广场"}), rows)
    assert [each["topic"] for each in sessions(record)] == ["防汛", "防火"]
    assert warnings(record) == [(f"{SESSIONS}!A2", LEFT, "A2, C2, E2, F2, G2, H2")]
    assert not record.faults


def test_the_word_left_in_the_code_among_several_communities(tmp_path: Path) -> None:
    rows = (SESSIONS, 3, {"编码": "000101", "主题": "防火"})
    ours, others, stray = read(tmp_path, (SESSIONS, 2, {"主题": "防汛"}), rows, others=True)
    assert sessions(ours) == [{"topic": "防火"}]
    assert not ours.faults
    assert not others.faults
    (fault,) = stray.faults
    assert fault.place.cell == f"{SESSIONS}!A2"
    assert fault.message.startswith(NO_CODE)


def test_a_community_written_over_the_example(tmp_path: Path) -> None:
    (record,) = read(tmp_path, (COMMUNITIES, 2, OURS))
    assert content(record) == {
        "community": {"code": "000101", "name": "试验里社区"},
        "period": {"start": "2025-09-01", "end": "2026-08-31"},
    }
    assert loaded(record).community.name == "试验里社区"
    ((_, text, cells),) = warnings(record)
    assert text == LEFT
    assert cells.startswith("C2, D2, E2")


def test_a_community_that_left_the_time_of_the_example(tmp_path: Path) -> None:
    """It may be right, or never looked at: nobody knows, so the record says that its time is missing."""
    (record,) = read(tmp_path, (COMMUNITIES, 2, {"编码": "000101", "名称": "试验里社区"}))
    assert "period" not in content(record)
    assert record.find
    assert record.find(("period",)).cell == f"{COMMUNITIES}!N2"
    ((_, text, _),) = warnings(record)
    assert text == LEFT


def test_a_community_that_left_the_name_of_the_example(tmp_path: Path) -> None:
    (record,) = read(tmp_path, (COMMUNITIES, 2, {"编码": "000101", "时间": "2026"}))
    assert content(record) == {"community": {"code": "000101"}, "period": 2026}


@pytest.mark.parametrize("others", [False, True])
def test_a_community_with_the_word_left_in_its_code(tmp_path: Path, others: bool) -> None:
    """Alone it needs none; among others nobody knows whose their rows are."""
    rows = (SESSIONS, 2, {"主题": "防汛"})
    record, *rest = read(tmp_path, (COMMUNITIES, 2, {"名称": "试验里社区", "时间": "2026"}), rows, others=others)
    assert content(record)["community"] == {"name": "试验里社区"}
    assert [(each.place.cell, each.message[: len(NO_CODE)]) for each in record.faults] == [
        (f"{COMMUNITIES}!A2", NO_CODE)
    ] * others
    assert [fault.place.cell for each in rest for fault in each.faults] == [f"{SESSIONS}!A2"] * others
    if not others:
        assert [each["topic"] for each in sessions(record)] == ["防汛"]


def test_a_community_without_code_and_name_is_none(tmp_path: Path) -> None:
    record, *rest = read(tmp_path, (COMMUNITIES, 2, {"时间": "2026"}), (COMMUNITIES, 3, OURS))
    assert not rest
    assert content(record)["community"]["code"] == "000101"
    ((_, text, _),) = warnings(record)
    assert text == LEFT_OUT


def test_without_the_hidden_names_all_is_as_it_was(tmp_path: Path) -> None:
    rows = (SESSIONS, 3, {"编码": "000101", "主题": "防火"})
    (record,) = read(tmp_path, (SESSIONS, 2, {"主题": "防汛"}), rows, marked=False)
    assert sessions(record) == [{"topic": "防火"}], "the word in the code's cell alone marks an example"
    (record,) = read(tmp_path, (SESSIONS, 2, {"编码": "000101", "主题": "防汛"}), marked=False)
    assert sessions(record)[0]["place"] == "社区活动室"
    assert not record.warnings


def test_a_value_that_another_column_of_the_example_has(tmp_path: Path) -> None:
    """12 and 科普志愿者 stand elsewhere in the example."""
    own = {"编码": "000101", "主题": "科普志愿者", "地点": "某医院医生", "人次": 2}
    (record,) = read(tmp_path, (SESSIONS, 2, own))
    assert sessions(record) == [{"topic": "科普志愿者", "place": "某医院医生", "attendance": 2}]
    assert warnings(record) == [(f"{SESSIONS}!C2", LEFT, "C2, E2, F2, H2")]


def test_columns_that_were_moved_inserted_and_renamed(tmp_path: Path) -> None:
    read(tmp_path, (SESSIONS, 2, {"编码": "000101", "主题": "防汛", "人次": 45}))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book[SESSIONS]
    sheet.insert_cols(2)
    sheet["B1"], sheet["B2"] = "备注", "300余"
    sheet["E1"] = "举办地点"
    sheet.insert_rows(1)
    sheet.defined_names["_kepu_example"].attr_text = f"'{SESSIONS}'!$3:$3"  # as spreadsheets do
    book.save(tmp_path / "a.xlsx")
    (record,) = Workbooks().records(str(tmp_path / "a.xlsx"), FORM)
    assert sessions(record) == [{"topic": "防汛", "attendance": 45}]
    (cells,) = [cells for _, text, cells in warnings(record) if text == LEFT]
    assert cells == "D3, E3, F3, G3, I3"


COPY = {
    "编码": "000101",
    "主题": "应急救护",
    "时间": "2025-09",
    "地点": "社区活动室",
    "授课人": "某医院医生",
    "人次": "300余",
}


@pytest.mark.parametrize("own", [{}, {"主题": "防汛", "对象": "科普志愿者", "学时": 2}])
def test_a_copy_of_the_example_below_it(own: dict[str, Any], tmp_path: Path) -> None:
    (record,) = read(tmp_path, (SESSIONS, 3, {**COPY, **own}))
    (fault,) = record.faults
    assert (fault.code, fault.place.cell) == ("table-example-left", f"{SESSIONS}!{'C' if own else 'B'}3")


def test_some_values_as_in_the_example_are_chance(tmp_path: Path) -> None:
    own = {**COPY, "主题": "防汛", "授课人": "李四", "人次": 45}
    (record,) = read(tmp_path, (SESSIONS, 3, own))
    assert [each["place"] for each in sessions(record)] == ["社区活动室"]
    assert not record.faults
    assert not record.warnings


def test_who_deletes_the_example_may_say_the_same(tmp_path: Path) -> None:
    (record,) = read(tmp_path, (SESSIONS, 3, COPY), marked=False)
    assert [each["topic"] for each in sessions(record)] == ["应急救护"]
    assert not record.faults


@pytest.mark.parametrize("others", [False, True])
def test_the_word_in_the_code_below_the_example(tmp_path: Path, others: bool) -> None:
    row = (SESSIONS, 3, {"编码": "示例", "主题": "防汛", "人次": 45})
    record, *rest = read(tmp_path, row, others=others)
    if others:
        assert [fault.message[: len(NO_CODE)] for each in rest for fault in each.faults] == [NO_CODE]
    else:
        assert sessions(record) == [{"topic": "防汛", "attendance": 45}]
        assert [text for _, text, _ in warnings(record)] == [LEFT]


def test_a_community_with_the_word_in_its_code_below_the_example(tmp_path: Path) -> None:
    (record,) = read(tmp_path, (COMMUNITIES, 3, {**OURS, "编码": "示例"}))
    assert content(record)["community"] == {"name": "试验里社区"}
    assert [text for _, text, _ in warnings(record)] == [LEFT]


def test_rows_of_examples_without_a_mark_are_listed(tmp_path: Path) -> None:
    rows = [(SESSIONS, at, {"编码": "示例", "主题": "防汛"}) for at in (3, 4, 5)]
    (record,) = read(tmp_path, *rows, marked=False)
    ((cell, _, cells),) = warnings(record)
    assert (cell, cells) == (f"{SESSIONS}!A3", "A3, A4, A5")


@pytest.mark.parametrize("name", ["（示例）红光社区", "示例：红光社区", "(示例) 红光社区"])
@pytest.mark.parametrize("row", [2, 3])
def test_a_name_behind_the_word_of_the_example(tmp_path: Path, name: str, row: int) -> None:
    (record,) = read(tmp_path, (COMMUNITIES, row, {**OURS, "名称": name}))
    assert content(record)["community"]["name"] == "红光社区"
    assert "table-example-left" in [each.code for each in record.warnings]
    assert not record.faults
