"""What people write into cells, and what a record makes of it."""

import datetime
from typing import Any

import pytest

from kepu_docs.contract.sources import RecordForm
from kepu_docs.pipeline import default_engine
from kepu_sources.tables.cells import BadCell, reader_of
from kepu_sources.tables.layout import Layout

ENGINE = default_engine()
LAYOUT = Layout(RecordForm(ENGINE.registry.model, ENGINE.languages.vocabulary))
PERIOD = ("communities", "period")
DAY = ("communities", "signed_on")
NUMBER = ("communities", "community.residents")
SHARE = ("outcomes", "coverage")
TRUTH = ("communities", "sealed")
TEXT = ("communities", "community.code")
TEXTS = ("leadership", "rules")
LINES = ("communities", "opening")
CHOICE = ("funding", "charts.by_use")
YEAR = ("outcomes.awards", "year")


def read(where: tuple[str, str], cell: Any) -> Any:
    table = LAYOUT.table(where[0])
    assert table
    (column,) = [column for column in table.columns if column.name == where[1]]
    return reader_of(column, LAYOUT.vocabulary)(cell)


@pytest.mark.parametrize(
    ("where", "cell", "value"),
    [
        (PERIOD, "2025", 2025),
        (PERIOD, 2025.0, 2025),
        (PERIOD, "2025年", 2025),
        (PERIOD, "2025-H1", "2025-H1"),
        (PERIOD, "2025年上半年", "2025-H1"),
        (PERIOD, "2025下半年", "2025-H2"),
        (PERIOD, "2025年第三季度", "2025-Q3"),
        (PERIOD, "2025年4季度", "2025-Q4"),
        (PERIOD, "2025年9月", "2025-09"),
        (PERIOD, "2025.9", "2025-09"),
        (PERIOD, "2025/4/12", "2025-04-12"),
        (PERIOD, datetime.datetime(2025, 9, 1, 10, 30), datetime.date(2025, 9, 1)),
        (PERIOD, "2025-09-15至2025-09-21", {"start": "2025-09-15", "end": "2025-09-21"}),
        (PERIOD, "2025-09-15 to 2025-09-21", {"start": "2025-09-15", "end": "2025-09-21"}),
        (PERIOD, "2025年9月15日—21日", {"start": "2025-09-15", "end": "2025-09-21"}),
        (PERIOD, "2025年9月15日-10月2日", {"start": "2025-09-15", "end": "2025-10-02"}),
        (PERIOD, "2025年12月30日～2026年1月2日", {"start": "2025-12-30", "end": "2026-01-02"}),
        (PERIOD, "2024年11月至2025年2月", {"start": "2024-11-01", "end": "2025-02-28"}),
        (PERIOD, "2025年9月至12月", {"start": "2025-09-01", "end": "2025-12-31"}),
        (PERIOD, "2025年9月至13月", "2025年9月至13月"),
        (PERIOD, "2025.9-2025.12", {"start": "2025-09-01", "end": "2025-12-31"}),
        (PERIOD, "2025年9月15日至21", {"start": "2025-09-15", "end": "2025-09-21"}),
        (PERIOD, "2023年至2025年", {"start": "2023-01-01", "end": "2025-12-31"}),
        (PERIOD, "二〇二五年上半年", "2025-H1"),
        (PERIOD, "2025年1—6月", "2025-H1"),
        (PERIOD, "2025年9月，3次", "2025年9月，3次"),
        (PERIOD, 20250412, "2025-04-12"),
        (PERIOD, True, True),
        (DAY, "二〇二五年十二月三日", "2025-12-03"),
        (DAY, "2025年2月31日", "2025-02-31"),
        (PERIOD, "今年", "今年"),
        (DAY, "2025年12月3日", "2025-12-03"),
        (DAY, 20251203, "2025-12-03"),
        (DAY, "2025.12.3", "2025-12-03"),
        (DAY, datetime.date(2025, 12, 3), datetime.date(2025, 12, 3)),
        (NUMBER, 300.0, 300),
        (NUMBER, 3.5, 3.5),
        (NUMBER, " 近300人\u3000", "近300人"),
        (NUMBER, "300", 300),
        (NUMBER, "3,000", "3,000"),
        (NUMBER, "9" * 1000, "9" * 1000),
        (NUMBER, "0", 0),
        (NUMBER, "-", None),
        (NUMBER, "——", None),
        (NUMBER, "/", None),
        (NUMBER, "无", None),
        (YEAR, "2025年", 2025),
        (SHARE, 95.5, 95.5),
        (SHARE, "95%以上", "95%以上"),
        (SHARE, "0.5%", "0.5%"),
        (SHARE, 0, 0),
        (TRUTH, "是", True),
        (TRUTH, "否", False),
        (TRUTH, True, True),
        (TRUTH, "TRUE", True),
        (TRUTH, 0, False),
        (TRUTH, "√", True),
        (TRUTH, "也许", "也许"),
        (CHOICE, "柱形图", "bar"),
        (CHOICE, "PIE", "pie"),
        (CHOICE, "长图", "长图"),
        (TEXT, 110101.0, "110101"),
        (TEXT, "000101\n", "000101"),
        (TEXT, "-", "-"),
        (TEXT, "\u3000 ", None),
        (TEXT, datetime.datetime(2025, 9, 1), "2025-09-01"),
        (TEXTS, "奖励制度、例会制度", ["奖励制度", "例会制度"]),
        (TEXTS, "奖励制度；学习、培训制度", ["奖励制度", "学习、培训制度"]),
        (TEXTS, "奖励制度\n学习、培训制度\n", ["奖励制度", "学习、培训制度"]),
        (TEXTS, "《学习、培训制度》、例会（周、月）", ["《学习、培训制度》", "例会（周、月）"]),
        (LINES, "第一段；还是第一段、。\r\n\r\n第二段。", ["第一段；还是第一段、。", "第二段。"]),
    ],
)
def test_what_a_cell_says(where: tuple[str, str], cell: Any, value: Any) -> None:
    found = read(where, cell)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("where", [PERIOD, DAY, NUMBER, SHARE, TRUTH, TEXT, TEXTS, LINES, CHOICE])
def test_a_failed_formula_is_no_value(where: tuple[str, str]) -> None:
    assert isinstance(read(where, "#REF!"), BadCell)


@pytest.mark.parametrize("cell", [0.95, 1, 1.0, "0.95"])
def test_a_percentage_that_excel_made_a_part_of_one(cell: Any) -> None:
    found = read(SHARE, cell)
    assert isinstance(found, BadCell)
    assert "95%" in found.text
