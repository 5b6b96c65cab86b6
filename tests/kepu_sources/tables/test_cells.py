"""What people write in cells, and how a record reads it."""

import datetime
from typing import Any

import pytest

from kepu_docs.contract.sources import RecordForm
from kepu_docs.errors import Message
from kepu_docs.pipeline import default_engine
from kepu_docs.schema import Period
from kepu_sources.tables.cells import reader_of
from kepu_sources.tables.no_values import BadCell, CellMark
from kepu_sources.tables.table_names import Layout
from kepu_sources.tables.times_in_cells import TimeOfYear

ENGINE = default_engine()
LAYOUT = Layout(RecordForm(ENGINE.registry.model, ENGINE.languages.vocabulary))
PERIOD = ("next_year_plan.tasks", "deadline")
DAY = ("communities", "signed_on")
NUMBER = ("communities", "community.residents")
SHARE = ("outcomes", "coverage")
TRUTH = ("communities", "sealed")
TEXT = ("communities", "community.code")
TEXTS = ("leadership", "rules")
LINES = ("communities", "opening")
CHOICE = ("funding", "charts.by_use")
YEAR = ("outcomes.awards", "year")
HELD = ("activities.activities", "held_on")
ATTENDANCE = ("activities.activities", "attendance")
MONEY = ("funding.sources", "amount")
AREA = ("communities", "community.area")
EVERY = (PERIOD, DAY, NUMBER, SHARE, TRUTH, TEXT, TEXTS, LINES, CHOICE)


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
        (PERIOD, "2025.9-2025.12", {"start": "2025-09-01", "end": "2025-12-31"}),
        (PERIOD, "2025年9月15日至21", {"start": "2025-09-15", "end": "2025-09-21"}),
        (PERIOD, "2023年至2025年", {"start": "2023-01-01", "end": "2025-12-31"}),
        (PERIOD, "二〇二五年上半年", "2025-H1"),
        (PERIOD, "2025年1—6月", "2025-H1"),
        (PERIOD, 20250412, "2025-04-12"),
        (DAY, "二〇二五年十二月三日", "2025-12-03"),
        (DAY, "2025年2月31日", "2025-02-31"),
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
        (NUMBER, "300人。", "300人"),
        (NUMBER, "共300人", "300人"),
        (NUMBER, "大概300人", "约300人"),
        (NUMBER, "≥30", "不少于30"),
        (NUMBER, "＞30人", "超30人"),
        (NUMBER, "300.00", 300),
        (NUMBER, "3,000.0人", "3,000人"),
        (NUMBER, "1.0万", "1.0万"),
        (NUMBER, "'300", 300),
        (ATTENDANCE, "300余人（次）", "300余人次"),
        (MONEY, "￥5,000.00", "5,000"),
        (MONEY, "¥ 5000", 5000),
        (MONEY, "人民币5000元整", "5000元"),
        (MONEY, "5000（元）", "5000元"),
        (MONEY, "5000.50", 5000.5),
        (MONEY, "$500", "$500"),
        (NUMBER, "￥300", "￥300"),
        (NUMBER, "共同", "共同"),
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


@pytest.mark.parametrize("where", EVERY)
def test_a_failed_formula_is_no_value(where: tuple[str, str]) -> None:
    assert isinstance(read(where, "#REF!"), BadCell)


@pytest.mark.parametrize("cell", [0.95, 1, 1.0, "0.95"])
def test_a_percentage_that_excel_made_a_part_of_one(cell: Any) -> None:
    found = read(SHARE, cell)
    assert isinstance(found, BadCell)
    assert "95%" in found.text


@pytest.mark.parametrize("where", EVERY)
@pytest.mark.parametrize(
    "cell",
    [
        *("无", " 無。", "（无）", "/", "-", "—", "——", "－", "……", "...", "没有", "暂无", "N/A", "n/a"),
        *("未填", "空", "NULL", "待定", "?"),
    ],
)
def test_words_for_nothing(where: tuple[str, str], cell: str) -> None:
    assert read(where, cell) is CellMark.NOTHING


@pytest.mark.parametrize("where", EVERY)
def test_words_that_point_to_other_cells(where: tuple[str, str]) -> None:
    assert {read(where, cell) for cell in ("同上", "〃", '"', "同上。", "（同上）")} == {CellMark.AS_ABOVE}
    assert isinstance(read(where, "同左"), BadCell)


@pytest.mark.parametrize(
    "cell", ["无偿献血知识", "空巢老人", "没有围墙的课堂", "——以人为本", "/home", "A", "0", "5", "略阳社区", "无烟日"]
)
def test_texts_that_only_begin_so(cell: str) -> None:
    assert read(TEXT, cell) == cell


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (5.12, "2025-05-12"),
        ("5.12", "2025-05-12"),
        ("5/12", "2025-05-12"),
        ("5月12日", "2025-05-12"),
        ("5月12号", "2025-05-12"),
        ("５月１２日", "2025-05-12"),
        ("五月十二日", "2025-05-12"),
        ("5 月 12 日", "2025-05-12"),
        ("5月12", "2025-05-12"),
        ("5.4", "2025-05-04"),
        (5.4, "2025-05-04"),
        (2.3, "2025-02-03"),
        ("5.01", "2025-05-01"),
        ("5.10", "2025-05-10"),
        ("5月12日-18日", {"start": "2025-05-12", "end": "2025-05-18"}),
        ("5月12-18日", {"start": "2025-05-12", "end": "2025-05-18"}),
        ("5.12-5.18", {"start": "2025-05-12", "end": "2025-05-18"}),
        ("5.12-18", {"start": "2025-05-12", "end": "2025-05-18"}),
        ("5月12日至6月3日", {"start": "2025-05-12", "end": "2025-06-03"}),
        ("5.1-5.10", {"start": "2025-05-01", "end": "2025-05-10"}),
        ("5月上旬", {"start": "2025-05-01", "end": "2025-05-10"}),
        ("5月中旬", {"start": "2025-05-11", "end": "2025-05-20"}),
        ("2月下旬", {"start": "2025-02-21", "end": "2025-02-28"}),
        ("7月", "2025-07"),
        ("7月份", "2025-07"),
        ("7-9月", "2025-Q3"),
        ("3月至5月", {"start": "2025-03-01", "end": "2025-05-31"}),
        ("上半年", "2025-H1"),
        ("第三季度", "2025-Q3"),
        ("三季度", "2025-Q3"),
        ("全年", 2025),
        ("9月3日上午", "2025-09-03"),
        ("9月3日 9:00", "2025-09-03"),
        ("9月3日9:00—11:00", "2025-09-03"),
        ("9月3日下午2点半", "2025-09-03"),
        ("9月3日（周三）", "2025-09-03"),
        ("9月3日(星期三)下午2:30-4:30", "2025-09-03"),
        ("5月12日-18日上午", {"start": "2025-05-12", "end": "2025-05-18"}),
    ],
)
def test_a_time_without_a_year(cell: Any, value: Any) -> None:
    found = read(HELD, cell)
    assert isinstance(found, TimeOfYear)
    assert found.within(Period.model_validate(2025)) == value
    # Only of what was held is it known that it lies in the time of the summary.
    assert isinstance(read(PERIOD, cell), BadCell)
    assert isinstance(read(DAY, cell), BadCell)


@pytest.mark.parametrize(
    ("period", "cell", "value"),
    [
        ({"start": "2024-09-01", "end": "2025-08-31"}, "10月8日", "2024-10-08"),
        ({"start": "2024-09-01", "end": "2025-08-31"}, "5月12日", "2025-05-12"),
        ({"start": "2024-09-01", "end": "2025-08-31"}, "下半年", None),
        ({"start": "2024-01-01", "end": "2025-12-31"}, "5月12日", None),
        ("2025-H1", "7月", None),
        ("2025-H1", "全年", None),
        (2025, "2月29日", None),
        (2024, "2月29日", "2024-02-29"),
        (2025, "12月30日-1月2日", None),
    ],
)
def test_the_year_that_the_time_of_the_summary_makes_certain(period: Any, cell: str, value: Any) -> None:
    time = read(HELD, cell)
    found = time.within(Period.model_validate(period)) if isinstance(time, TimeOfYear) else time
    assert isinstance(found, BadCell) if value is None else found == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2025/5/12", "2025-05-12"),
        ("2025.5.12", "2025-05-12"),
        ("2025.5.1", "2025-05-01"),
        ("２０２５年５月１２日", "2025-05-12"),
        ("２０２５／５／１２", "2025-05-12"),
        ("2025 年 5 月 12 日", "2025-05-12"),
        ("2025-05-12 00:00:00", "2025-05-12"),
        ("2025/5/12 0:00", "2025-05-12"),
        ("2025-05-12 09:30", "2025-05-12"),
        ("2025/5/12 14:30:00", "2025-05-12"),
        ("2025年5月12日（周一）", "2025-05-12"),
        ("2025年5月12日 上午9时—11时", "2025-05-12"),
        (45789, datetime.date(2025, 5, 12)),
        (45789.0, datetime.date(2025, 5, 12)),
        (45789.4, datetime.date(2025, 5, 12)),
        ("45789", datetime.date(2025, 5, 12)),
        (datetime.datetime(2025, 5, 12), datetime.date(2025, 5, 12)),
    ],
)
def test_a_day(cell: Any, value: Any) -> None:
    assert read(HELD, cell) == read(PERIOD, cell) == read(DAY, cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2025年度", 2025),
        ("2025年5月上旬", {"start": "2025-05-01", "end": "2025-05-10"}),
        ("2024年2月下旬", {"start": "2024-02-21", "end": "2024-02-29"}),
        ("2025.12", "2025-12"),
        (2025.12, "2025-12"),
        (2025.9, "2025-09"),
    ],
)
def test_a_time_with_its_year(cell: Any, value: Any) -> None:
    assert read(HELD, cell) == read(PERIOD, cell) == value


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        (5.1, "5月10日"),
        ("5.1", "5月10日"),
        (5.3, "5月30日"),
        (2025.1, "2025年10月"),
        ("每月", "how often"),
        ("每周二", "how often"),
        ("常年", "how often"),
        ("5", "5月12日-18日"),
        (5, "5月12日-18日"),
        ("5-12", "5月12日-18日"),
        ("13月", "5月12日-18日"),
        ("5月32日", "5月12日-18日"),
        ("5月底", "5月上旬"),
        ("春节期间", "5月上旬"),
        ("5月1日、8日", "one row for each"),
        ("1月和3月", "one row for each"),
        ("2025 12:30", "5月12日-18日"),
        ("9月39:00", "5月12日-18日"),
        ("5月12日\n5月18日", "5月12日 5月18日"),
        ("2025年9月至13月", "5月12日-18日"),
        ("2025年9月，3次", "5月12日-18日"),
        ("今年", "5月12日-18日"),
        (True, "5月12日-18日"),
        ("9" * 1000, "5月12日-18日"),
        (datetime.time(9, 30), "5月12日-18日"),
    ],
)
def test_what_is_no_time(cell: Any, word: str) -> None:
    found = read(HELD, cell)
    assert isinstance(found, BadCell)
    assert word in str(Message(found.text, found.values))
    assert "{" not in str(Message(found.text, found.values))
    assert isinstance(read(PERIOD, cell), BadCell)
    assert isinstance(read(DAY, cell), BadCell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("80人", "80人"),
        ("80 人次", "80人次"),
        ("80多", "80多"),
        ("80 多人", "80多人"),
        ("四十多", "40多"),
        ("四十多人", "40多人"),
        ("十几人", "10余人"),
        ("二十几", "20余"),
        ("近百", "近100"),
        ("近百人", "近100人"),
        ("近千", "近1000"),
        ("百余人", "100余人"),
        ("一百二十人次", "120人次"),
        ("两千", "2000"),
        ("三万余人", "3万余人"),
        ("一万二千", "12000"),
        ("3千人次", "3000人次"),
        ("1.5千余", "1500余"),
        ("5百", "500"),
        ("约50", "约50"),
        ("约 50", "约50"),
        ("８０", 80),
        ("８０人", "80人"),
        ("1,200", "1,200"),
        ("１，２００", "1,200"),
        ("1.2万", "1.2万"),
        ("１．２万", "1.2万"),
        (4.35 * 100, 435),
        (str(4.35 * 100), 435),
        (0.1 + 0.2, 0.3),
        (" 80 ", 80),
        ("80\n人", "80人"),
        ("at least 300", "at least 300"),
        ("1 200", "1 200"),
    ],
)
def test_a_figure(cell: Any, value: Any) -> None:
    found = read(ATTENDANCE, cell)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "cell",
    [
        *("数十", "数百人", "几十", "几百人", "许多", "上百", "三五十人", "七八十", "一百二", "百人"),
        *("一般", "三件事", "二〇二五"),
    ],
)
def test_what_is_no_figure_is_left_to_the_record(cell: str) -> None:
    assert read(ATTENDANCE, cell) == cell


@pytest.mark.parametrize(
    "cell", ["50-60", "50—60人", "50~60", "50至60人次", "50人-60人", "五十到六十", datetime.date(2025, 3, 5)]
)
def test_what_is_two_figures_or_a_day(cell: Any) -> None:
    assert isinstance(read(ATTENDANCE, cell), BadCell)


@pytest.mark.parametrize(
    ("cell", "text", "value"),
    [(0.12345, "0.12345", 0.1235), (12.00004, "12.00004", 12), (1.5, "1.5", 1.5), (0.25, "0.25", 0.25)],
)
def test_an_area_has_four_decimals_at_most(cell: float, text: str, value: float) -> None:
    assert read(AREA, cell) == read(AREA, text) == value
    assert read(AREA, f"{text}平方公里") == f"{value}平方公里"


@pytest.mark.parametrize("cell", [0.00001, "0.00001", "0.00001平方公里"])
def test_an_area_that_four_decimals_cannot_show(cell: Any) -> None:
    assert isinstance(read(AREA, cell), BadCell)


@pytest.mark.parametrize(
    "cell",
    ["青少年、老年人", "青少年，老年人", "青少年,老年人", "青少年, 老年人", "青少年\n老年人", "青少年；老年人"],
)
def test_words_of_a_list(cell: str) -> None:
    assert read(TEXTS, cell) == ["青少年", "老年人"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("青少年，老年人、妇女", ["青少年", "老年人", "妇女"]),
        ("开展培训12场，参加3000人次", ["开展培训12场，参加3000人次"]),
        ("1,200册", ["1,200册"]),
        ("《奖励，惩罚制度》", ["《奖励，惩罚制度》"]),
        ("奖励制度，凡是参加活动的志愿者年底都有表彰", ["奖励制度，凡是参加活动的志愿者年底都有表彰"]),
    ],
)
def test_clauses_stay_together(cell: str, value: list[str]) -> None:
    assert read(TEXTS, cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("社区\n活动室", "社区 活动室"),
        ("社区，\r\n活动室", "社区，活动室"),
        ("社区\t活动室", "社区 活动室"),
        ("社区\u2028活动室", "社区 活动室"),
        (434.99999999999994, "435"),
    ],
)
def test_a_text_is_on_one_line(cell: Any, value: str) -> None:
    assert read(TEXT, cell) == value
