"""Figures in another unit than their column's are converted if that is certain, and otherwise refused by name."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kepu_docs.contract.sources import SourceRecord
from kepu_docs.errors import SourceError
from kepu_docs.reading.units import unit_factor, unit_in, units_of_all, without_unit
from tests.kepu_sources.tables.test_beside_facts import ACTIVITIES, KINDS, Read, in_csv, in_workbook
from tests.kepu_sources.tables.test_tables import loaded

COMMUNITY: list[list[Any]] = [["编码", "名称", "时间"], ["000101", "试验社区", 2025]]
SOURCES = "经费保障-来源"


def amount(record: SourceRecord) -> Any:
    """Return the amount of the only source of funds."""
    (section,) = loaded(record).model_dump()["sections"]
    (source,) = section["sources"]
    return source["amount"]["value"], source["amount"]["approx"], source["amount"]["unit"]


def funds(read: Read, folder: Path, heading: str, cell: Any, *, above: Any = (), below: Any = ()) -> SourceRecord:
    rows = [*above, ["编码", "名称", heading], ["000101", "区财政", cell], *below]
    (record,) = read(folder, {"社区": COMMUNITY, SOURCES: rows})
    return record


def codes(record: SourceRecord) -> list[str]:
    return [each.code for each in record.faults]


@KINDS
@pytest.mark.parametrize(
    ("heading", "cell", "value"),
    [
        ("金额（万元）", 1.2, (12_000, "exactly", "元")),
        ("金额（万元）", "约1.2", (12_000, "about", "元")),
        ("金额（万元）", "1.2万元", (12_000, "exactly", "元")),
        ("金额（万元）", "5000元", (5000, "exactly", "元")),
        ("金额（单位：万元）", 3, (30_000, "exactly", "元")),
        ("金额(千元)*", 5, (5000, "exactly", "元")),
        ("金额（10万元）", 3, (300_000, "exactly", "元")),
        ("金额（万）", 3, (30_000, "exactly", "元")),
        ("金额/万元", 0.07, (700, "exactly", "元")),
        ("金额万元", 0.29, (2900, "exactly", "元")),
        ("金额（元）", 5000, (5000, "exactly", "元")),
        ("金额（元）", "3万", (30_000, "exactly", "元")),
        ("金额（必填）", 5000, (5000, "exactly", "元")),
    ],
)
def test_multiples_of_the_unit_in_a_heading(read: Read, heading: str, cell: Any, value: Any, tmp_path: Path) -> None:
    record = funds(read, tmp_path, heading, cell)
    assert amount(record) == value
    turned = [each.place.cell for each in record.warnings if each.code == "table-unit-turned"]
    assert len(turned) == any(each in heading for each in "万千")


@pytest.mark.parametrize("heading", ["金额（美元）", "金额（人）", "金额（万人）", "金额（平方米）"])
def test_a_heading_in_a_strange_unit_refuses_each_figure(heading: str, tmp_path: Path) -> None:
    record = funds(in_workbook, tmp_path, heading, 5000)
    (fault,) = record.faults
    assert (fault.code, fault.place.cell) == ("table-wrong-unit", f"{SOURCES}!C2")
    assert heading in fault.message
    assert not funds(in_workbook, tmp_path, heading, "无").faults


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("金额（万元）", 0.123456),
        ("金额（万元）", "1.2万"),
        ("金额（元）", "100美元"),
        ("金额（元）", "80人"),
        ("金额（元）", "3瓶"),
    ],
)
def test_what_cannot_be_turned_for_certain(heading: str, cell: Any, tmp_path: Path) -> None:
    assert codes(funds(in_workbook, tmp_path, heading, cell)) == ["table-wrong-unit"]


@pytest.mark.parametrize("read", [in_workbook, in_csv])
@pytest.mark.parametrize(
    "line", ["单位：万元", "（单位：万元）", "2025年经费表（万元）", "金额单位为万元", "单位：人、万元"]
)
def test_a_line_above_gives_the_unit_of_all(read: Read, line: str, tmp_path: Path) -> None:
    assert amount(funds(read, tmp_path, "金额", 3, above=[[line]])) == (30_000, "exactly", "元")
    assert amount(funds(read, tmp_path / "b", "金额（元）", 3, above=[[line]])) == (3, "exactly", "元")


@pytest.fixture(autouse=True)
def _second_folder(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()


@pytest.mark.parametrize("line", ["注：金额单位为万元", "单位：万元"])
def test_a_line_below_with_another_unit_stops_the_table(line: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        funds(in_workbook, tmp_path, "金额", 3, below=[[line]])
    (fault,) = error.value.faults
    assert (fault.code, fault.place.cell) == ("table-wrong-unit", f"{SOURCES}!A3")
    assert amount(funds(in_workbook, tmp_path, "金额（万元）", 3, below=[[line]])) == (30_000, "exactly", "元")
    assert amount(funds(in_workbook, tmp_path, "金额", 3, below=[["注：金额单位为元"]])) == (3, "exactly", "元")


def test_a_unit_in_the_second_row_of_headings(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["编码", "名称", "金额"], [None, None, "（万元）"], ["000101", "区财政", 3]]
    (record,) = in_workbook(tmp_path, {"社区": COMMUNITY, SOURCES: rows})
    assert amount(record) == (30_000, "exactly", "元")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *(("80名群众", 80), ("80人", 80), ("80个", 80), ("1.2万人次", 12_000), ("300余人", 300), ("80 people", 80)),
        *(
            (each, None)
            for each in ("80户", "3场", "5千克", "80%", "80元", "100以内", "8O", "2k", "5千米", "13800000000")
        ),
    ],
)
def test_units_behind_the_figures_of_people(cell: str, value: int | None, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["编码", "名称", "人次"], ["000101", "讲座", cell]]
    (record,) = in_workbook(tmp_path, {"社区": COMMUNITY, ACTIVITIES: rows})
    if value is None:
        (fault,) = record.faults
        assert fault.code in ("table-wrong-unit", "table-wrong-figure")
        assert fault.place.cell == f"{ACTIVITIES}!C2"
    else:
        (section,) = loaded(record).model_dump()["sections"]
        assert section["activities"][0]["attendance"]["value"] == value


@pytest.mark.parametrize(
    ("heading", "cell", "area"),
    [("面积", "90万平方米", 0.9), ("面积（平方米）", 900_000, 0.9), ("面积（公顷）", "约90", 0.9), ("面积", 0.9, 0.9)],
)
def test_areas(heading: str, cell: Any, area: float, tmp_path: Path) -> None:
    (record,) = in_workbook(tmp_path, {"社区": [[*COMMUNITY[0], heading], [*COMMUNITY[1], cell]]})
    assert loaded(record).model_dump()["community"]["area"]["value"] == area


@pytest.mark.parametrize(
    ("heading", "cell"), [("面积", "900亩"), ("面积（亩）", 900), ("居民（户）", 80), ("户数", "80人")]
)
def test_other_units_of_a_community(heading: str, cell: Any, tmp_path: Path) -> None:
    (record,) = in_workbook(tmp_path, {"社区": [[*COMMUNITY[0], heading], [*COMMUNITY[1], cell]]})
    assert codes(record) == ["table-wrong-unit"]


def test_what_units_are() -> None:
    assert unit_factor("万元", "元") == 10_000
    assert unit_factor("平方米", "平方公里") == Decimal("0.000001")
    assert unit_factor("人", "人次") == unit_factor("册", "本") == 1
    assert unit_factor("户", "人") is unit_factor("亩", "平方米") is unit_factor("万", "元") is None
    assert unit_factor("万", "元", in_heading=True) == 10_000
    assert unit_in("金额（必填）（万元）") == "万元"
    assert unit_in("金额（大写）") == unit_in("参加人次") == ""
    assert without_unit("金额万元") == "金额"
    assert without_unit("参加人次") == without_unit("万元") == ""
    assert list(units_of_all("单位：人、万元")) == ["人", "万元"]
    assert list(units_of_all("填报单位：试验街道")) == []
