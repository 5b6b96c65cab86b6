"""Tables of the section in Word."""

import io

import docx
import pytest
from docx.oxml.ns import qn

import kepu_docs
from kepu_docs.plugin import Table
from kepu_docs.testing import OverrideContract

SHELTERS = [
    {"name": "试验广场", "category": "室外", "place": "试验路1号", "capacity": 1200, "area": 3600},
    {"name": "社区服务中心", "category": "室内", "place": "试验路8号", "capacity": 150, "area": 480},
    {"name": "试验小学操场", "category": "室外", "place": "试验路20号", "capacity": 1600, "area": 4800},
    {"name": "村文化礼堂", "capacity": 200},
]


class TestInWord(OverrideContract):
    """The contract of every override; merged cells have their text once."""

    kind = "disaster_prevention"
    format = "docx"
    sections = ({"kind": "disaster_prevention", "shelters": SHELTERS, "narrative": "末段。"},)
    left_out = (Table,)
    adds = ("试验小学操场", "880")  # from 8880, or 8,880 in English
    examples = 20


def rendered(locale: str = "zh_Hans", **section: object) -> docx.document.Document:
    """Return the Word document of a record with the section between two others."""
    training = {
        "kind": "training",
        "sessions": [{"topic": f"主题{place}", "attendance": place} for place in range(1, 6)],
    }
    sections = [training, {"kind": "disaster_prevention", **section}, training]
    record = {"community": {"name": "试验社区"}, "period": 2025, "sections": sections}
    return docx.Document(io.BytesIO(kepu_docs.render(kepu_docs.load(record), "docx", locale=locale)))


def merged(table: docx.table.Table) -> list[list[tuple[str, int, str | None]]]:
    """Return for each cell its text, the columns it spans, and whether it begins or continues a vertical merge."""
    return [
        [("".join(p.text for p in cell.p_lst), cell.grid_span, cell.vMerge) for cell in row.tc_lst]
        for row in table._tbl.tr_lst
    ]


def shaded(table: docx.table.Table) -> list[bool]:
    """Return for each row whether all its cells have a background."""
    return [all(cell.find(f".//{qn('w:shd')}") is not None for cell in row.tc_lst) for row in table._tbl.tr_lst]


# In English the heads take more room, and the place of a shelter is among the remarks.
@pytest.mark.parametrize(
    ("locale", "total", "cells"), [("zh_Hans", "合计", 3), ("zh_Hant", "合計", 3), ("en", "Total", 2)]
)
def test_categories_and_sums_are_merged(locale: str, total: str, cells: int) -> None:
    before, table, after = rendered(locale, shelters=SHELTERS).tables
    first = [row[0] for row in merged(table)][1:]
    assert first == [
        ("室外", 1, "restart"),
        ("", 1, "continue"),
        ("室内", 1, None),
        ("", 1, None),
        (total, cells, None),
    ]
    assert [len(row) for row in merged(table)] == [2 + cells] * 5 + [3]
    assert shaded(table) == [True, False, False, False, False, True]
    for other in (before, after):
        assert not any(shaded(other))


def test_what_stands_around_the_table_is_as_ever() -> None:
    shown = [paragraph.text for paragraph in rendered(shelters=SHELTERS, narrative="末段。").paragraphs]
    assert "防震减灾" in shown
    assert "设有应急避难场所4处，可容纳3150人，总面积8880平方米以上。" in shown
    assert "表2　应急避难场所一览" in shown
    assert shown.index("表2　应急避难场所一览") < shown.index("末段。")


def test_several_tables() -> None:
    drills = [{"name": f"演练{place}", "held_on": "2025-05-12", "attendance": place} for place in range(1, 6)]
    _, table, shelters, _ = rendered(drills=drills, shelters=SHELTERS).tables
    assert [row[0] for row in merged(table)][1:] == [("5月12日", 1, "restart"), *[("", 1, "continue")] * 4]
    assert shaded(table) == [True, *[False] * 5]
    assert len(merged(shelters)) == 6


def test_a_last_row_that_is_no_sum_stays_as_it_is() -> None:
    _, table, _ = rendered(shelters=[{"name": "试验广场", "place": "试验路1号"}, {"name": "文化礼堂"}]).tables
    assert merged(table)[1:] == [
        [("试验广场", 1, None), ("试验路1号", 1, None)],
        [("文化礼堂", 1, None), ("", 1, None)],
    ]


def test_a_long_table() -> None:
    shelters = [{"name": f"试验场所{place}", "category": "室外", "capacity": 10} for place in range(1100)]
    _, table, _ = rendered(shelters=shelters).tables
    assert len(table._tbl.tr_lst) == 1102


def test_a_section_without_tables() -> None:
    document = rendered(plans=["地震应急预案"])
    assert len(document.tables) == 2
    assert "制定地震应急预案。" in [paragraph.text for paragraph in document.paragraphs]
