"""Workbooks and CSV files as clerks fill them in: all spellings of a value are read alike, and notes are not facts."""

import csv
import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kepu_docs.contract.sources import RecordForm, SourceRecord
from kepu_docs.errors import KepuError
from kepu_docs.pipeline import default_engine
from kepu_docs.pipeline.records import placed_faults, summary_of
from kepu_docs.schema import WorkSummary
from kepu_sources.tables.csv_files import CsvFiles
from kepu_sources.tables.workbooks import Workbooks
from tests.depth import examples

ENGINE = default_engine()
FORM = RecordForm(ENGINE.registry.model, ENGINE.languages.vocabulary)
HEADINGS = ["编码", "名称", "时间", "地点", "对象", "人次", "效果"]
Rows = list[list[Any]]


def in_workbook(folder: Path, tables: dict[str, Rows]) -> list[SourceRecord]:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in tables.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(folder / "a.xlsx")
    return list(Workbooks().records(str(folder / "a.xlsx"), FORM))


def in_csv(encoding: str) -> Callable[[Path, dict[str, Rows]], list[SourceRecord]]:
    def read(folder: Path, tables: dict[str, Rows]) -> list[SourceRecord]:
        for title, rows in tables.items():
            with (folder / f"{title}.csv").open("w", encoding=encoding, newline="") as file:
                csv.writer(file).writerows(rows)
        return list(CsvFiles().records(str(folder), FORM))

    return read


Read = Callable[[Path, dict[str, Rows]], list[SourceRecord]]
FILES = pytest.mark.parametrize(
    "read", [in_workbook, in_csv("utf-8-sig"), in_csv("gbk")], ids=["xlsx", "csv with a mark", "csv in GBK"]
)


def tables(*rows: list[Any], period: Any = 2025) -> dict[str, Rows]:
    communities = [["编码", "名称", "时间"], ["000101", "试验社区", period], ["000102", "示例里社区", period]]
    return {"社区": communities, "科普活动-活动": [HEADINGS, *rows]}


def activities(record: SourceRecord) -> list[dict[str, Any]]:
    (section,) = summary_of(ENGINE, record).model_dump(mode="json", exclude_none=True)["sections"]
    found: list[dict[str, Any]] = section["activities"]
    return found


def faults(record: SourceRecord) -> list[str]:
    """Return the faults of a record with their cells, as a clerk reads them."""
    translation = ENGINE.languages.translation("zh_Hans")
    try:
        summary_of(ENGINE, record)
    except KepuError as error:
        found = placed_faults(error.faults, record)
        return [f"{each.place.cell.rpartition('!')[2]} {each.as_message.translated(translation)}" for each in found]
    return []


@FILES
def test_words_for_nothing_leave_no_trace_and_are_reported_once_a_column(read: Read, tmp_path: Path) -> None:
    first, second = read(
        tmp_path,
        tables(
            ["000101", "知识讲座", "无", "/", "—", "暂无", "……"],
            ["000101", "参观", "5月12日", "无", "-", "没有", "无"],
            ["000102", "义诊", "5月13日", "N/A", "居民", 30, "没有"],
            ["000102", "—", "无", "", "", "", ""],
        ),
    )
    named, held = activities(first)
    assert not {"held_on", "place", "attendance", "result"} & set(named)
    assert not named["audience"]
    assert held["held_on"]["start"] == "2025-05-12"
    assert not {"place", "attendance", "result"} & set(held)
    assert [(activity["name"], activity.get("place")) for activity in activities(second)] == [("义诊", None)]
    remarks = [(fault.code, dict(fault.values)["found"]) for fault in first.warnings]
    assert remarks == [("table-word-for-nothing", word) for word in ("无", "/", "—", "暂无", "……", "—")]
    assert not second.warnings


@pytest.mark.parametrize(
    "held", [datetime.date(2026, 5, 12), datetime.datetime(2052, 5, 12), "2024年5月12日", "2024-12", 46154]
)
def test_a_time_of_another_year_is_a_fault(held: Any, tmp_path: Path) -> None:
    record, _ = in_workbook(
        tmp_path,
        tables(
            ["000101", "知识讲座", held, "", "", 30, ""],
            ["000101", "参观", "2024-12-28至2025-01-03", "", "", 30, ""],
            ["000101", "义诊", datetime.date(2025, 12, 31), "", "", 30, ""],
        ),
    )
    (fault,) = record.faults
    assert (fault.place.cell, fault.code) == ("科普活动-活动!C2", "table-wrong-time")
    assert "不在这份总结的时间之内（2025-01-01至2025-12-31）" in faults(record)[0]


@pytest.mark.parametrize("word", ["无数据", "暂无数据", "无、", "无/", "无内容"])
def test_more_words_for_nothing(word: str, tmp_path: Path) -> None:
    record, _ = in_workbook(tmp_path, tables(["000101", "知识讲座", "5月12日", "", word, 30, word]))
    (activity,) = activities(record)
    assert not activity["audience"]
    assert "result" not in activity
    assert [fault.place.cell for fault in record.warnings] == ["科普活动-活动!E2", "科普活动-活动!G2"]


@FILES
def test_as_above(read: Read, tmp_path: Path) -> None:
    first, second = read(
        tmp_path,
        tables(
            ["000101", "知识讲座", "5月12日", "社区活动室", "居民", "30人", ""],
            ["000101", "参观", "同上", "〃", "同上", "同上", ""],
            ["000101", "义诊", "同上", "同上", '"', 40, "同上"],
            ["000102", "义诊", "5月13日", "同上", "同左", 30, ""],
        ),
    )
    assert faults(first) == ["G4 写的是“同上”，可上面一格没有可用的内容；请直接写内容"] or read is not in_workbook
    assert len(faults(first)) == 1
    # Nothing is taken from another community.
    assert len(faults(second)) == 2
    complete = tables(
        ["000101", "知识讲座", "5月12日", "社区活动室", "居民", "30人", ""],
        ["000101", "参观", "同上", "〃", "同上", "同上", ""],
        ["000101", "义诊", "同上", "同上", '"', 40, ""],
    )
    record, _ = read(tmp_path, complete)
    assert [activity["place"] for activity in activities(record)] == ["社区活动室"] * 3
    assert [activity["held_on"]["start"] for activity in activities(record)] == ["2025-05-12"] * 3
    assert [activity["audience"] for activity in activities(record)] == [["居民"]] * 3
    assert [activity["attendance"]["value"] for activity in activities(record)] == [30, 30, 40]


@pytest.mark.parametrize("word", ["同上", "〃"])
def test_communities_of_one_street(word: str, tmp_path: Path) -> None:
    rows: Rows = [
        ["编码", "名称", "街道", "时间"],
        ["1", "试验社区", "试验街道", 2025],
        ["2", "示例里社区", word, word],
    ]
    found = [summary_of(ENGINE, record) for record in in_workbook(tmp_path, {"社区": rows})]
    assert [summary.community.street for summary in found] == ["试验街道"] * 2


def test_times_of_a_school_year(tmp_path: Path) -> None:
    first, _ = in_workbook(
        tmp_path,
        tables(
            ["000101", "讲座", "10月8日", "", "", "", ""],
            ["000101", "参观", 3.12, "", "", "", ""],
            period="2024年9月至2025年8月",
        ),
    )
    assert [activity["held_on"]["start"] for activity in activities(first)] == ["2024-10-08", "2025-03-12"]


@FILES
def test_what_is_not_sure_is_named_with_its_cell(read: Read, tmp_path: Path) -> None:
    record, _ = read(
        tmp_path,
        tables(
            ["000101", "讲座一", 5.1, "", "", "50-60", ""],
            ["000101", "讲座二", "每月", "", "", "数十人", ""],
            ["000101", "讲座三", "那几天", "", "", "", ""],
        ),
    )
    found = faults(record)
    assert len(found) == 5
    assert any("5.1”可能是5月1日，也可能是5月10日" in fault and "5月1日" in fault for fault in found)
    assert any("这一格请空着" in fault for fault in found)
    assert any("写成“2025年5月12日”或“5月12日”" in fault for fault in found)
    assert any("是两个数" in fault for fault in found)
    assert not any("{" in fault or "\\u" in fault for fault in found)


def days(day: datetime.date) -> st.SearchStrategy[Any]:
    month, number = day.month, day.day
    figures = f"{month}.{number:02}"
    return st.sampled_from(
        [
            f"{month}月{number}日",
            f"{month}/{number}",
            figures,
            f"{month}月{number}号",
            f"2025/{month}/{number}",
            f"2025.{month}.{number}",
            f"2025年{month}月{number}日",
            f" {day.isoformat()}\n",
            f"2025年{month}月{number}日".translate(str.maketrans("0123456789", "０１２３４５６７８９")),
            (day - datetime.date(1899, 12, 30)).days,
            str((day - datetime.date(1899, 12, 30)).days),
        ]
    )


def counts(number: int) -> st.SearchStrategy[Any]:
    return st.sampled_from(
        [
            number,
            float(number),
            str(number),
            f"{number:,}",
            f"{number:,}".replace(",", "，"),
            f"{number}人次",
            f"{number} 人次",
            str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
            number * 1.00000000000001,
            f"\n{number}\n",
        ]
    )


@st.composite
def spellings(draw: st.DrawFn) -> tuple[list[Any], list[list[Any]]]:
    """A row as it should be, and others that say the same."""
    day = draw(st.dates(datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)))
    number = draw(st.integers(0, 99_999))
    words = draw(st.lists(st.sampled_from(["青少年", "老年人", "妇女", "志愿者"]), min_size=1, max_size=3, unique=True))
    nothing = st.sampled_from(["", "无", "/", "—", "暂无", "N/A", "……", " "])
    rows = [
        [
            "000101",
            "讲座",
            draw(days(day)),
            draw(nothing),
            draw(st.sampled_from(["、", "，", "\n", "；", "、\n"])).join(words),
            draw(counts(number)),
            draw(nothing),
        ]
        for _ in range(4)
    ]
    return ["000101", "讲座", day.isoformat(), "", "、".join(words), number, ""], rows


@settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(given_rows=spellings())
@FILES
def test_spellings_of_one_value_read_alike(
    read: Read, given_rows: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    clean, rows = given_rows
    found: list[WorkSummary] = []
    for written in ([clean] * len(rows), rows):
        first, _ = read(tmp_path_factory.mktemp("any"), tables(*written))
        found.append(summary_of(ENGINE, first))
    assert found[0] == found[1]
