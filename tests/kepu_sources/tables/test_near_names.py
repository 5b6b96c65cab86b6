"""Columns and sheets with names that clerks gave: read if only one can be meant, and reported."""

from pathlib import Path
from typing import Any

import pytest

from tests.kepu_sources.tables.test_beside_facts import (
    ACTIVITIES,
    ACTIVITY_HEADS,
    COMMUNITIES,
    FACTS,
    HEADS,
    KINDS,
    Read,
    activities_of,
    in_csv,
    in_workbook,
)
from tests.kepu_sources.tables.test_tables import loaded
from tests.tables import Rows


def codes(*records: Any) -> list[str]:
    return [fault.code for record in records for fault in (*record.warnings, *record.faults)]


@KINDS
def test_columns_of_other_names(read: Read, tmp_path: Path) -> None:
    heads = ["编码", "活动名称", "活动日期", "举办地点", "参加人数"]
    expected = activities_of(read(tmp_path, {"社区": COMMUNITIES, ACTIVITIES: [ACTIVITY_HEADS, *FACTS]})[0])
    (tmp_path / "near").mkdir()
    first, second = read(tmp_path / "near", {"社区": COMMUNITIES, ACTIVITIES: [heads, *FACTS]})
    assert activities_of(first) == expected
    assert codes(first, second) == ["table-near-name"] * 4


@pytest.mark.parametrize(
    ("title", "other"),
    [("名称", "活动名称"), ("人次", "参加人数"), ("地点", "社区名称"), ("地点", "女性人次"), ("地点", "电话")],
)
def test_a_column_that_may_be_another_is_not_read(title: str, other: str, tmp_path: Path) -> None:
    heads = [*ACTIVITY_HEADS, other]
    rows: Rows = {"社区": COMMUNITIES, ACTIVITIES: [heads, [*FACTS[0], "甲社区"]]}
    first, _ = in_workbook(tmp_path, rows)
    assert activities_of(first)[0] == {
        "name": "防溺水讲座", "held_on": "2025-07-01", "place": "广场", "attendance": 80
    }  # fmt: skip
    assert title in heads
    assert not first.faults


@KINDS
def test_a_column_that_counts(read: Read, tmp_path: Path) -> None:
    rows: Rows = {
        "社区": COMMUNITIES,
        ACTIVITIES: [
            ["序号", *ACTIVITY_HEADS],
            [1, *FACTS[0]],
            [2, *FACTS[1]],
            [3, *[None] * 5],
            [4, "合计", *[None] * 3, 120],
        ],
    }
    first, second = read(tmp_path, rows)
    assert len(activities_of(first)) == len(activities_of(second)) == 1
    assert sorted(codes(first, second)) == ["table-beside-facts", "table-unknown-column"]


@pytest.mark.parametrize(
    "title",
    [
        "科普活动—活动",
        "科普活动－活动",
        "科普活动–活动",
        "科普活动活动",
        "活动明细表",
        "2.科普活动-活动",
        "2025年科普活动情况表",
        "活动统计表",
    ],
)
@pytest.mark.parametrize("read", [in_workbook, in_csv])
def test_sheets_of_other_names(read: Read, title: str, tmp_path: Path) -> None:
    first, second = read(tmp_path, {"社区": COMMUNITIES, title: [ACTIVITY_HEADS, *FACTS]})
    assert len(activities_of(first)) == len(activities_of(second)) == 1
    assert not first.faults
    assert set(codes(first, second)) <= {"table-near-name"}


def test_a_sheet_that_belongs_nowhere_is_a_fault(tmp_path: Path) -> None:
    rows: Rows = {
        "社区": COMMUNITIES,
        "杂项": [["甲", "乙"], [1, 2]],
        "备注": [["甲", "乙"], [1, 2]],
        "草稿": [["一句话"]],
    }
    first, second, lost = in_workbook(tmp_path, rows)
    assert codes(first, second) == ["table-unknown", "table-unknown"]
    assert [(fault.code, fault.place.cell) for fault in lost.faults] == [("table-lost", "杂项")]


def test_the_only_community_fails_with_a_sheet_that_belongs_nowhere(tmp_path: Path) -> None:
    (record,) = in_workbook(tmp_path, {"社区": COMMUNITIES[:2], "杂项": [["甲", "乙"], [1, 2]]})
    assert [fault.code for fault in record.faults] == ["table-lost"]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (["编码", "名称", "时间", "地点", "参加"], [None, None, None, None, "人次"]),
        (["编码", "活动", None, None, "参加"], [None, "名称", "时间", "地点", "人次"]),
        (ACTIVITY_HEADS, [None, None, "（年月日）", None, "（人次）"]),
        (ACTIVITY_HEADS, ["必填", "必填", "选填", "选填", "选填"]),
    ],
)
@pytest.mark.parametrize("read", [in_workbook, in_csv])
def test_headings_in_two_rows(read: Read, upper: list[Any], lower: list[Any], tmp_path: Path) -> None:
    rows: Rows = {"社区": COMMUNITIES, ACTIVITIES: [["2025年活动表"], upper, lower, *FACTS]}
    first, second = read(tmp_path, rows)
    assert activities_of(first) == [{"name": "防溺水讲座", "held_on": "2025-07-01", "place": "广场", "attendance": 80}]
    assert len(activities_of(second)) == 1
    assert codes(first, second) == ["table-beside-facts", "table-two-headings"]


@KINDS
def test_the_name_of_the_community_in_a_column_of_its_own(read: Read, tmp_path: Path) -> None:
    rows: Rows = {"社区": COMMUNITIES, ACTIVITIES: [["社区名称", *ACTIVITY_HEADS[1:]], ["甲社区", *FACTS[0][1:]]]}
    first, _ = read(tmp_path, rows)
    assert len(activities_of(first)) == 1
    assert not first.faults


@KINDS
def test_a_name_in_place_of_the_code_of_a_community(read: Read, tmp_path: Path) -> None:
    (record,) = read(tmp_path, {"社区": [HEADS, ["甲社区", None, 2025, 5]]})
    assert isinstance(record.content, dict)
    assert record.content["community"] == {"name": "甲社区", "residents": 5}
    assert codes(record) == ["table-code-by-name"]


def test_a_single_community_needs_no_column_of_codes(tmp_path: Path) -> None:
    rows: Rows = {"社区": [HEADS[1:], COMMUNITIES[1][1:]], ACTIVITIES: [ACTIVITY_HEADS[1:], FACTS[0][1:]]}
    (record,) = in_workbook(tmp_path, rows)
    assert len(activities_of(record)) == 1
    assert not codes(record)


@KINDS
def test_this_years_figures_beside_a_community_are_not_last_years(read: Read, tmp_path: Path) -> None:
    heads = ["编码", "名称", "时间", "志愿者", "培训场次", "培训人次", "活动场次", "活动人次", "科普经费"]
    (record,) = read(tmp_path, {"社区": [heads, ["000101", "甲社区", 2025, 25, 3, "近60", 12, 900, "1.2万元"]]})
    summary = loaded(record)
    assert summary.earlier is None
    found = {section.kind_name(): section.model_dump(exclude_none=True) for section in summary.sections}
    assert found["team"]["volunteers"]["value"] == 25
    assert (found["training"]["sessions_total"]["value"], found["training"]["attendance_total"]["value"]) == (3, 60)
    assert (found["activities"]["times_total"]["value"], found["activities"]["attendance_total"]["value"]) == (12, 900)
    assert found["funding"]["total"]["value"] == 12_000


@KINDS
def test_last_years_figures_are_under_their_full_names(read: Read, tmp_path: Path) -> None:
    heads = ["编码", "名称", "时间", "上年数据·时间", "上年数据·志愿者", "志愿者"]
    (record,) = read(tmp_path, {"社区": [heads, ["000101", "甲社区", 2025, 2024, 20, 25]]})
    summary = loaded(record)
    assert summary.earlier
    assert summary.earlier.volunteers
    assert summary.earlier.volunteers.value == 20
    assert not record.warnings


@KINDS
@pytest.mark.parametrize("title", ["社区", "社区名称", "单位名称"])
def test_the_name_under_what_it_is_called_beside_facts(title: str, read: Read, tmp_path: Path) -> None:
    (record,) = read(tmp_path, {"社区": [["编码", title, "时间"], ["000101", "甲社区", 2025]]})
    assert loaded(record).community.name == "甲社区"


@pytest.mark.parametrize(
    ("heads", "near"),
    [(["编码", "名称", "时间", "总户数"], "“户数”"), (["編碼", "名稱", "時間", "總戶數"], "“戶數”")],
)
def test_a_column_is_named_in_the_language_of_its_sheet(heads: list[str], near: str, tmp_path: Path) -> None:
    (record,) = in_workbook(tmp_path, {"社区": [heads, ["000101", "甲社区", 2025, 300]]})
    (warning,) = record.warnings
    assert near in warning.message
    heads[3] = {"总户数": "居民总数", "總戶數": "居民總數"}[heads[3]]
    (record,) = in_workbook(tmp_path, {"社区": [heads, ["000101", "甲社区", 2025, 300]]})
    assert record.warnings[0].message.partition("is read as ")[2].startswith("“居民”")


@pytest.mark.parametrize(
    ("heads", "place"),
    [
        (["编码", "地点", "人次"], "科普活动-活动!2: 名称"),
        (["編碼", "地點", "人次"], "科普活动-活动!2: 名稱"),
        (["code", "place", "attendance"], "科普活动-活动!2: name"),
    ],
)
def test_a_missing_column_is_named_at_the_row_that_lacks_it(heads: list[str], place: str, tmp_path: Path) -> None:
    rows: Rows = {"社区": COMMUNITIES[:2], ACTIVITIES: [heads, ["000101", "广场", 80]]}
    (record,) = in_workbook(tmp_path, rows)
    assert record.find
    assert str(record.find(("sections", 0, "activities", 0, "name"))).endswith(place)


def test_a_community_without_any_known_column_lacks_a_name(tmp_path: Path) -> None:
    (record,) = in_workbook(tmp_path, {"社区": [["时间", "备注"], [2025, "甲社区"]]})
    assert record.find
    assert str(record.find(("community",))).endswith("社区!2: 名称")


@pytest.mark.parametrize(
    ("sheet", "heads", "row", "names"),
    [
        ("经费保障-来源", ["编码", "来源", "金额"], ["000101", "镇财政", 800], ["镇财政"]),
        ("科普活动-活动", ["编码", "活动", "人次"], ["000101", "讲座", 80], ["讲座"]),
        ("科普活动-活动", ["编码", "名称", "活动"], ["000101", "讲座", "80"], ["讲座"]),
        ("科普培训-场次", ["编码", "主题", "场次"], ["000101", "防火", 3], ["防火"]),
    ],
)
def test_the_name_of_a_list_as_a_heading(
    sheet: str, heads: list[str], row: list[Any], names: list[str], tmp_path: Path
) -> None:
    rows: Rows = {"社区": COMMUNITIES[:2], sheet: [heads, row]}
    (record,) = in_workbook(tmp_path, rows)
    assert not record.faults
    assert not isinstance(record.content, bytes)
    (section,) = record.content["sections"]
    (entries,) = (each for each in section.values() if isinstance(each, list))
    assert [each.get("name") or each["topic"] for each in entries] == names


@KINDS
@pytest.mark.parametrize("heads", [ACTIVITY_HEADS, ["编码", "活动名称", "日期", "地点", "参加人数"]])
def test_a_list_on_the_sheet_of_its_section(heads: list[str], read: Read, tmp_path: Path) -> None:
    first, second = read(tmp_path, {"社区": COMMUNITIES, "科普活动": [heads, *FACTS]})
    assert [each["name"] for each in (*activities_of(first), *activities_of(second))] == ["防溺水讲座", "注意安全宣传"]
    assert codes(first, second)[0] == "table-near-name"


@KINDS
def test_a_sheet_of_a_section_beside_that_of_its_list(read: Read, tmp_path: Path) -> None:
    own: list[list[Any]] = [["编码", "合作单位", "总场次"], ["000101", "区图书馆", 3]]
    rows: Rows = {"社区": COMMUNITIES, "科普活动": own, ACTIVITIES: [ACTIVITY_HEADS, *FACTS]}
    first, _ = read(tmp_path, rows)
    assert loaded(first).model_dump()["sections"][0]["partners"] == ("区图书馆",)
    assert not codes(first)


def test_a_single_communitys_list_without_codes_on_the_sheet_of_its_section(tmp_path: Path) -> None:
    rows: Rows = {"社区": COMMUNITIES[:2], "科普培训": [["主题", "时间", "人次"], ["防火", "5月12日", 30]]}
    (record,) = in_workbook(tmp_path, rows)
    assert [each["topic"] for each in loaded(record).model_dump()["sections"][0]["sessions"]] == ["防火"]
