"""Numbers that count lines, and numbers that are only at the beginning of one."""

import pytest
from tests.importing.outlines import elements_of, headings_of

from kepu_docs.importing.reading import read_bytes_of
from kepu_docs.importing.structure.elements import Heading, Listed
from kepu_docs.importing.structure.frame import framed

TITLE = "试验社区2024年科普工作总结\n"


@pytest.mark.parametrize(
    "lines",
    [
        ("1、9月16日，组织学生参观气象站。", "2、9月20日，举办讲座，居民到场60余人。", "3、10月8日，表彰骨干。"),
        ("1.5月18日，播放科教片两部。", "2.5月20日，参观展厅。", "3.5月下旬，慰问老科技工作者。"),
        ("1、3月，植树。", "2、4月份，开展爱鸟活动，放飞山雀。", "3、5月上旬，科技周。"),
        ("1. 9月16日至18日，展出标本。", "2. 9月19日，闭幕。"),
        ("①6月5日，清理河道。", "②6月8日，评比。"),
    ],
)
def test_numbers_before_days_count_points(lines: tuple[str, ...]) -> None:
    text = f"{TITLE}一、活动\n" + "\n".join(lines) + "\n二、体会\n居民满意。\n"
    heading, points, last, _ = elements_of(text)
    assert isinstance(heading, Heading)
    assert isinstance(points, Listed)
    assert len(points.texts) == len(lines)
    assert all("月" in each[:3] for each in points.texts)
    assert isinstance(last, Heading)


@pytest.mark.parametrize(
    "line",
    ["3、4月份开展活动，居民踊跃参加。", "1.5月的时间里，社区办了两件事。", "3.5万元用于购买器材。", "7、8月间，孩子们放假。", "1、2月份筹备。\n3、4月份实施。"],
)  # fmt: skip
def test_figures_count_nothing(line: str) -> None:
    text = f"{TITLE}一、活动\n{line}\n二、体会\n居民满意。\n"
    assert headings_of(text) == [(1, "活动"), (1, "体会")]
    assert not any(isinstance(each, Listed) for each in elements_of(text))


@pytest.mark.parametrize("blank", [" ", "　", "", "\u00a0"])
@pytest.mark.parametrize("lead", ["其{}", "第{}"])
def test_leads_with_a_blank_before_the_comma(lead: str, blank: str) -> None:
    lines = [
        f"{lead.format(number)}{blank}，{text}"
        for number, text in zip("一二三", ("抓队伍。", "抓阵地。", "抓活动。"), strict=True)
    ]
    (points,) = elements_of(TITLE + "\n".join(lines) + "\n")
    assert isinstance(points, Listed)
    assert points.texts == ("抓队伍。", "抓阵地。", "抓活动。")


@pytest.mark.parametrize(
    "first", ["16 浏览健康宣传工作总结", "3、松林社区2024年科普工作总结", "（7）社区科普工作总结", "208次浏览", "12 科普工作汇报", "5. 甲乙社区年度科普报告"]
)  # fmt: skip
@pytest.mark.parametrize(
    "marks", [("一、", "二、", "1、", "2、"), ("1、", "2、", "（1）", "（2）"), ("（一）", "（二）", "1.", "2.")]
)
def test_a_number_on_the_first_line_demotes_nothing(first: str, marks: tuple[str, ...]) -> None:
    top, second, inner, other = marks
    text = f"{first}\n今年的工作如下。\n{top}组织领导\n书记负责。\n{second}宣传\n{inner}办专栏\n全年十期。\n{other}发读本\n全年百册。\n"
    assert headings_of(text) == [(1, "组织领导"), (1, "宣传"), (2, "办专栏"), (2, "发读本")]


@pytest.mark.parametrize("title", ["16 浏览健康宣传工作总结", "3、松林社区2024年科普工作总结", "（7）社区科普工作总结"])
def test_a_title_with_the_number_it_had_among_others_is_a_title(title: str) -> None:
    frame, rest = framed(
        read_bytes_of(f"{title}\n今年的工作如下。\n一、组织\n书记负责。\n".encode(), "a.txt", ".txt").lines
    )
    assert frame.title == title
    assert len(rest) == 3


def test_a_second_heading_is_no_title() -> None:
    frame, _ = framed(
        read_bytes_of("2、科普讲座\n办了三次。\n3、科普展览\n办了两次。\n".encode(), "a.txt", ".txt").lines
    )
    assert frame.title == ""


@pytest.mark.parametrize("mark", ["{}、", "{}. ", "{} "])
def test_a_first_heading_is_no_title(mark: str) -> None:
    text = mark.format(1) + "工作情况\n办了讲座。\n" + mark.format(2) + "工作打算\n继续努力。\n"
    assert headings_of(text) == [(1, "工作情况"), (1, "工作打算")]


@pytest.mark.parametrize("word", ["前言", "引言", "结束语"])
def test_prefaces_beside_numbered_headings(word: str) -> None:
    text = f"{TITLE}{word}\n社区有居民五千人。\n一、宣传\n办专栏。\n（一）线上\n发文章。\n二、打算\n继续办。\n"
    assert headings_of(text) == [(1, word), (1, "宣传"), (2, "线上"), (1, "打算")]


@pytest.mark.parametrize("line", ["社区有居民五千人", "前言后语", "现状"])
def test_short_lines_beside_numbered_headings_are_text(line: str) -> None:
    text = f"{TITLE}今年工作如下。\n{line}\n大家都支持。\n一、宣传\n办专栏。\n二、打算\n继续办。\n"
    assert headings_of(text) == [(1, "宣传"), (1, "打算")]
