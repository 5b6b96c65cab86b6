"""Rows with an unclear owner, or that may not be facts: none is printed, and each is reported."""

from pathlib import Path
from typing import Any

import pytest

from kepu_docs.contract.sources import SourceRecord
from tests.kepu_sources.tables.test_beside_facts import (
    ACTIVITIES,
    ACTIVITY_HEADS,
    COMMUNITIES,
    KINDS,
    Read,
    activities_of,
    in_workbook,
)

ONE: list[list[Any]] = [["编码", "名称", "时间"], ["000101", "甲社区", 2025]]
TALK: list[Any] = ["000101", "讲座", "2025-07-01", "广场", 80]
NAMED_HEADS = ["编码", "社区名称", "名称", "人次"]


def read_rows(read: Read, folder: Path, *rows: list[Any], communities: Any = ONE) -> list[SourceRecord]:
    return read(folder, {"社区": communities, ACTIVITIES: [ACTIVITY_HEADS, *rows]})


def names(record: SourceRecord) -> list[str]:
    return [each["name"] for each in activities_of(record)]


def codes(record: SourceRecord) -> list[str]:
    return [each.code for each in record.faults]


@pytest.mark.some(3)
@KINDS
@pytest.mark.parametrize(
    "mark",
    [
        *(
            "总计（场）",
            "合计：2场",
            "合计/平均",
            "累计参加",
            "总场次",
            "总人次",
            "平均",
            "人均",
            "计",
            "∑",
            "全年合计110人次",
        ),
        *("其中：", "其中：线上", "（其中）党员"),
    ],
)
def test_totals_by_other_words_and_parts_are_left_out(read: Read, mark: str, tmp_path: Path) -> None:
    (record,) = read_rows(read, tmp_path, TALK, ["000101", mark, None, None, 80])
    assert names(record) == ["讲座"]
    assert [each.code for each in record.warnings] == ["table-beside-facts"]
    assert not record.faults


@pytest.mark.parametrize("name", ["其中：线上", "上半年合计", "（续）讲座"])
def test_with_more_than_figures_they_are_doubtful(name: str, tmp_path: Path) -> None:
    (record,) = read_rows(in_workbook, tmp_path, TALK, ["000101", name, "2025-06", "礼堂", 80])
    assert codes(record) == ["table-doubtful-row"]


@pytest.mark.parametrize(
    "name", ["均衡膳食讲座", "计算机培训", "平均身高测量", "其他讲座", "一周科普", "第一课", "续写春天"]
)
def test_names_that_begin_so_are_facts(name: str, tmp_path: Path) -> None:
    (record,) = read_rows(in_workbook, tmp_path, TALK, ["000101", name, None, None, 80])
    assert names(record) == ["讲座", name]
    assert not record.faults
    assert not record.warnings


@pytest.mark.parametrize("code", [None, "000101"])
def test_what_follows_a_part_may_be_one_too(code: str | None, tmp_path: Path) -> None:
    rows: list[list[Any]] = [TALK, [code, "其中：线上", None, None, 20], [code, "线下", None, None, 60]]
    (record,) = read_rows(in_workbook, tmp_path, *rows)
    assert [(each.code, each.place.cell) for each in record.faults] == [("table-doubtful-row", f"{ACTIVITIES}!B4")]
    (record,) = read_rows(in_workbook, tmp_path, *rows[:2], ["000101", "义诊", "2025-08", None, 60])
    assert names(record) == ["讲座", "义诊"]
    assert not record.faults


def test_headings_of_groups(tmp_path: Path) -> None:
    (record,) = read_rows(in_workbook, tmp_path, ["一、讲座类"], TALK)
    assert names(record) == ["讲座"]
    (warning,) = record.warnings
    assert (warning.code, warning.place.cell) == ("table-beside-facts", f"{ACTIVITIES}!A2")
    (record,) = read_rows(in_workbook, tmp_path, ["000101", "一、讲座", "2025-07"])
    assert names(record) == ["一、讲座"]


@pytest.mark.some(3)
@KINDS
@pytest.mark.parametrize(
    ("place", "code"),
    [
        *((each, "table-wrong-cell") for each in ("XX", "×××", "某某", "[填写]", "请填写地点", "（此处填写）")),
        *(
            (each, "table-wrong-reference")
            for each in ("见附件", "详见附表1", "另见总结", "见照片", "同上表", "同上一条", "同第1条", "如图")
        ),
        *(
            (each, "table-doubtful-row")
            for each in ("未开展", "取消", "因疫情取消", "（因雨延期）", "计划中", "暂定", "礼堂（待核实）")
        ),
    ],
)
def test_words_in_place_of_a_value(read: Read, place: str, code: str, tmp_path: Path) -> None:
    (record,) = read_rows(read, tmp_path, [*TALK[:3], place, 80])
    assert codes(record) == [code]


@pytest.mark.parametrize("place", ["\u200b", "\u2060 "])
def test_nothing_in_a_text(place: Any, tmp_path: Path) -> None:
    (record,) = read_rows(in_workbook, tmp_path, [*TALK[:3], place, 80])
    assert "place" not in activities_of(record)[0]
    assert not record.faults


@pytest.mark.parametrize("place", ["见山书院", "如意广场", "计划生育服务站", "取消街礼堂", "XX1号厅", "同前路"])
def test_places_that_begin_so(place: str, tmp_path: Path) -> None:
    (record,) = read_rows(in_workbook, tmp_path, [*TALK[:3], place, 80])
    assert activities_of(record)[0]["place"] == place
    assert not record.faults


@KINDS
@pytest.mark.parametrize("state", ["计划", "未开展", "取消", "否", "（延期）"])
def test_a_row_that_says_it_was_not_held(read: Read, state: str, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        [*ACTIVITY_HEADS, "完成情况"],
        [*TALK, state],
        ["000101", "义诊", "2025-08", None, 60, "已完成"],
    ]
    (record,) = read(tmp_path, {"社区": ONE, ACTIVITIES: rows})
    assert codes(record) == ["table-doubtful-row"]


def test_a_summary_of_one_day_is_none(tmp_path: Path) -> None:
    for day in ("2025-12-20", "2025年12月20日"):
        (record,) = in_workbook(tmp_path, {"社区": [["编码", "名称", "时间"], ["000101", "甲社区", day]]})
        assert [(each.code, each.place.cell) for each in record.faults] == [("table-wrong-time", "社区!C2")]


@KINDS
def test_the_code_of_one_and_the_name_of_another_community(read: Read, tmp_path: Path) -> None:
    """The row may be of either, so that neither is complete."""
    rows: list[list[Any]] = [NAMED_HEADS, ["000101", "乙社区", "讲座", 80], ["000102", "乙社区", "展览", 7]]
    first, second = read(tmp_path, {"社区": COMMUNITIES, ACTIVITIES: rows})
    assert codes(first) == codes(second) == ["table-disagreeing"]
    assert first.faults[0].place == second.faults[0].place


@pytest.mark.parametrize(
    ("code", "name", "faults"),
    [
        ("000101", "甲社区", []),
        ("000101", "甲 社区", []),
        ("000101", "甲社区居委会", []),
        ("000101", None, []),
        ("000101", "000101", []),
        ("000101", "丙社区", ["table-disagreeing"]),
        ("甲社区", "乙社区", ["table-disagreeing"]),
    ],
)
def test_names_beside_codes(code: str, name: str | None, faults: list[str], tmp_path: Path) -> None:
    first, _ = in_workbook(tmp_path, {"社区": COMMUNITIES, ACTIVITIES: [NAMED_HEADS, [code, name, "讲座", 80]]})
    assert codes(first) == faults
    assert names(first) == ["讲座"]


@KINDS
def test_codes_that_say_as_above_or_nothing(read: Read, tmp_path: Path) -> None:
    talk, first, second = ["义诊", "2025-08", None, 60], ["000101"], ["000102"]
    rows: list[list[Any]] = [[*first, *TALK[1:]], ["同上", *talk], [*second, "展览", "2025-09", None, 7], ["无", *talk]]
    one, other, stray = read_rows(read, tmp_path, *rows, communities=COMMUNITIES)
    assert names(one) == ["讲座", "义诊"]
    assert names(other) == ["展览"]
    assert codes(stray) == ["table-unknown-code"]


SECTIONS: list[list[Any]] = [["编码", "总场次"], ["000101", 6], ["000101", 4]]


@KINDS
def test_two_rows_of_one_section(read: Read, tmp_path: Path) -> None:
    (record,) = read(tmp_path, {"社区": ONE, "科普培训": SECTIONS})
    assert [each.code for each in record.warnings] == ["table-several-sections"]
    assert not record.faults
    assert not isinstance(record.content, bytes)
    assert len(record.content["sections"]) == 2


@KINDS
def test_two_rows_of_one_section_and_rows_of_its_list(read: Read, tmp_path: Path) -> None:
    sessions: list[list[Any]] = [["编码", "主题", "人次"], ["000101", "急救", 30]]
    (record,) = read(tmp_path, {"社区": ONE, "科普培训": SECTIONS, "科普培训-场次": sessions})
    assert codes(record) == ["table-several-sections"]


@pytest.mark.parametrize(("total", "faults"), [(9, ["table-disagreeing"]), (6, [])])
def test_the_row_of_the_community_and_a_sheet_disagree(total: int, faults: list[str], tmp_path: Path) -> None:
    communities: list[list[Any]] = [[*ONE[0], "科普培训·总场次"], [*ONE[1], total]]
    (record,) = in_workbook(tmp_path, {"社区": communities, "科普培训": SECTIONS[:2]})
    assert codes(record) == faults
