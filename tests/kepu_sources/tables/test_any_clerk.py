"""Whatever clerks put around the facts of a workbook: the records are those of the clean one, or they fail."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kepu_docs.contract.sources import SourceRecord
from tests.depth import examples
from tests.kepu_sources.tables.test_beside_facts import BESIDE, in_csv, in_excels_csv, in_workbook
from tests.kepu_sources.tables.test_tables import ENGINE, faults_of
from tests.tables import Rows

CODES = ("000101", "000102", "000103")
NAMES = ("试验社区", "示例里社区", "样板村")
HEADS = (
    ("编码", "社区编码", "代码"),
    ("名称", "活动名称"),
    ("时间", "活动日期"),
    ("地点", "活动地点"),
    ("人次", "参加人数", "人次（人）"),
)
TITLES = ("科普活动-活动", "科普活动—活动", "活动明细", "科普活动－活动表")
FACTS = st.tuples(
    st.sampled_from(CODES),
    st.sampled_from(["防溺水讲座", "注意安全宣传", "合计学习活动", "说明书里的科学", "展览", "负责人培训"]),
    st.sampled_from(["2025-05-12", "2025-07", None]),
    st.sampled_from(["广场", "礼堂", "单位食堂", None]),
    st.sampled_from([80, 40, "300余", None]),
)
DOUBTFUL: list[list[Any]] = [
    ["000101", "注：展览", "2025-05-12", "广场", 80],
    ["000102", "负责人：某人", None, "礼堂", None],
    ["1.10101E+11", "展览", None, None, 5],
    ["000101", "展览", "2025-05-12", "广场", "3场"],
    ["000102", "展览", "2025-05-12", "XX", 5],
    ["000103", "展览（取消）", None, None, 5],
    ["000101", "上半年合计", "2025-05", None, 300],
    ["乙乙社区", "展览", None, None, 5],
    [None, "展览", None, None, 5],
]
MORE_BESIDE: list[list[Any]] = [
    ["总计（场）", None, None, None, 300],
    [None, "总人次", None, None, 300],
    [None, "全年合计300人次", None, None, 300],
    ["一、讲座类"],
]
CODES_WRITTEN = ("{}", " {}", "'{}", "{}\u3000")


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[Any]], str, list[list[Any]], bool]:
    """Draw facts, and the title and the rows of the same sheet as a clerk writes it; whether something is doubtful."""
    facts = [list(each) for each in draw(st.lists(FACTS, min_size=1, max_size=6))]
    beside = draw(st.lists(st.sampled_from([*BESIDE[:-1], *MORE_BESIDE]), max_size=4))
    doubtful = draw(st.lists(st.sampled_from(DOUBTFUL), max_size=1))
    rows: list[list[Any]] = [[draw(st.sampled_from(CODES_WRITTEN)).format(row[0]), *row[1:]] for row in facts]
    named = draw(st.booleans())
    if named:
        rows = [[NAMES[CODES.index(row[0].strip(" '\u3000"))], *row[1:]] for row in rows]
    heads = [draw(st.sampled_from(each)) for each in HEADS]
    for each in (*doubtful, *beside, *([heads] if draw(st.booleans()) else [])):
        # What stands alone below a remark is a part of it; facts have a code.
        rows.insert(draw(st.integers(0, len(rows))), list(each))
    table = [heads, *rows]
    if draw(st.booleans()):
        table = [["序号", *heads], *([number, *row] for number, row in enumerate(rows, 1))]
    titles: list[list[Any]] = [["2025年活动表"], ["填报单位：示例街道", None, "2025年"]]
    above = draw(st.lists(st.sampled_from(titles), max_size=2))
    return facts, draw(st.sampled_from(TITLES)), [*above, *table], bool(doubtful)


def said(record: SourceRecord) -> Any:
    """Return what the document of a record says, its activities in any order."""
    data = ENGINE.read(record.content, record.syntax, "r").model_dump()
    return {**data, "sections": [_sorted(section) for section in data["sections"]]}


def _sorted(section: dict[str, Any]) -> dict[str, Any]:
    return {**section, "activities": sorted(section["activities"], key=repr)}


@pytest.mark.parametrize("read", [in_workbook, in_csv, in_excels_csv])
@settings(max_examples=examples(150), deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=tables(), total=st.booleans())
def test_what_clerks_write_around_facts_changes_none(
    read: Any, drawn: tuple[list[list[Any]], str, list[list[Any]], bool], total: bool, tmp_path_factory: Any
) -> None:
    facts, title, rows, doubtful = drawn
    folder: Path = tmp_path_factory.mktemp("clerk")
    communities: list[list[Any]] = [
        ["编码", "名称", "时间", "居民"],
        *([code, name, 2025, 100] for code, name in zip(CODES, NAMES, strict=True)),
    ]
    clean: Rows = {"社区": communities, TITLES[0]: [[each[0] for each in HEADS], *facts]}
    footer: list[list[Any]] = [["合计", None, None, 300], ["注：截至年底"], ["填表人：某人"]] if total else []
    written: Rows = {"社区": [*communities, *footer], title: rows}
    (folder / "clean").mkdir()
    (folder / "written").mkdir()
    expected = read(folder / "clean", clean)
    found = read(folder / "written", written)
    known = found[: len(expected)]
    assert [record.place for record in known] == [record.place for record in expected]
    for one, other in zip(expected, known, strict=True):
        assert faults_of(other) or said(one) == said(other)
    failed = [record for record in found if faults_of(record)]
    assert bool(failed) == doubtful
    left_out = len(rows) - len(facts) - 1 + len(footer)
    assert not left_out or failed or any(record.warnings for record in found)
