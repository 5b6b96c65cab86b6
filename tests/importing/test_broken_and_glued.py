"""Lines that were broken in copying, and summaries in one line."""

import pytest
from tests.importing.outlines import elements_of, headings_of

from kepu_docs.errors import Place
from kepu_docs.importing.lines import Line
from kepu_docs.importing.reading import read_bytes_of
from kepu_docs.importing.structure.elements import Text
from kepu_docs.importing.structure.gluing import glued
from kepu_docs.importing.structure.joining import joined

TITLE = "试验社区2024年科普工作总结\n"


def lines_of(text: str) -> list[str]:
    return [line.text for line in joined(read_bytes_of(text.encode(), "a.txt", ".txt").lines)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("一、开展“科普进楼栋、进", "家庭”活动"),
        ("孩子们把它叫作“会走路的", "实验室”，每周都来。"),
        ("学习《中华人民共和国科学技术", "普及法》，人人有笔记。"),
        ("社区（含两个新", "建小区）共有居民五千人。"),
        ("試驗社區辦理「親子科學", "闖關」活動。"),
        ("二、2025", "年工作安排"),
        ("社区从2019", "年开始办实验课，从未间断。"),
        ("规划纲要2021", "—2035年提出了目标。"),
        ("活动定于2024年9", "月20日举行。"),
        ("仪式在9月20", "日举行。"),
        ("试验社区2024", "年科普工作总结"),
        ("全年共办讲座12场，其中2024年", "上半年5场，下半年7场。"),
    ],
)  # fmt: skip
def test_broken_lines_are_joined(before: str, after: str) -> None:
    assert lines_of(f"甲。\n{before}\n{after}\n乙。\n") == ["甲。", before + after, "乙。"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("居民说“好", "社区很高兴。"),
        ("居民说“好", "一、宣传”活动"),
        ("居民说“好", "\n听得懂”。"),
        ("居民称为“课堂", "另一个“讲堂”也办起来了。"),
        ("共发放3000", "年初，社区又发了一批。"),
        ("试验社区2024年", "我们认真开展科普工作。"),
        ("已办20", "日常工作也没有放松。"),
        ("编号12", "月度例会如期举行。"),
    ],
)
def test_what_stands_whole_is_not_joined(before: str, after: str) -> None:
    assert lines_of(f"甲。\n{before}\n{after}\n乙。\n") == ["甲。", before, after.strip(), "乙。"]


@pytest.mark.parametrize(("leads", "lead"), [((12, 5), 17), ((12, 2), 14), ((4, 5), 4), ((0, 0), 0)])
def test_what_is_set_apart_stays_apart(leads: tuple[int, int], lead: int) -> None:
    pieces = ("一、开展“科普进楼栋、进", "家庭”活动")
    lines = [
        Line(text, Place("a.docx", at), lead=each) for at, (text, each) in enumerate(zip(pieces, leads, strict=True))
    ]
    (line,) = joined(lines)
    assert (line.text, line.lead) == ("".join(pieces), lead)


def test_a_long_paragraph_is_joined_once() -> None:
    text = "“" + "科学" * 150 + "\n普及”\n"
    # What was opened long before says nothing.
    assert len(lines_of(text)) == 2


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "一、服务职能稳步提升1、巩固阵地。投入2万元翻修活动室，添置显微镜四台，周末全天开放。2、争取支持。与气象局、消防站签订协议。"
            "二、宣传有声有色1、用好橱窗。全年更换8期。2、用好网络。发布文章40篇，阅读量一万余次，居民留言很多。",
            [(1, "服务职能稳步提升"), (2, "巩固阵地"), (2, "争取支持"), (1, "宣传有声有色"), (2, "用好橱窗"), (2, "用好网络")],
        ),
        (
            "一、主要做法（一）建机制。网格长每周入户走访一次，收集居民想听的题目，汇总以后报给街道。（二）强阵地。把闲置车棚改成科普小屋，"
            "由退休教师轮流看管，天天开放。（三）办活动。全年举办周末课26场，参加居民1300人次。",
            [(1, "主要做法"), (2, "建机制"), (2, "强阵地"), (2, "办活动")],
        ),
        (
            "（一）加强领导。书记任组长，设专人负责日常工作，每季度开会研究一次，有计划有检查。1.建立制度。2.明确责任。（二）加强宣传。"
            "在小区主干道设宣传栏六处，每月更换内容，居民走过路过都能看到，反响很好。",
            [(1, "加强领导"), (1, "加强宣传")],
        ),
        (
            "一、加强领导，明确责任。社区成立领导小组，书记任组长，年初制定计划，年终逐项对账，居民代表参加评议。"
            "二、建好阵地，改善条件。把老旧画廊换成灯箱，夜间也能看，每周六下午向青少年开放实验教室。",
            [(1, "加强领导，明确责任"), (1, "建好阵地，改善条件")],
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("lead", ["今年以来，试验社区科普工作取得明显成效。", "现将情况汇报如下："])
def test_a_summary_in_one_line(lead: str, body: str, expected: list[tuple[int, str]]) -> None:
    found = headings_of(f"试验社区2024年科普工作总结 {lead}{body}\n")
    assert found == expected
    assert "".join(_texts(f"试验社区2024年科普工作总结 {lead}{body}\n")) == f"试验社区2024年科普工作总结{lead}{body}"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("取得成效。一、服务职能稳步提升1、巩固阵地，翻修活动室。2、争取支持，添置器材。", ["服务职能稳步提升"]),
        ("如下：一、主要做法（一）建机制。每周碰头。（二）强阵地。改造车棚。", ["主要做法", "建机制", "强阵地"]),
        ("一、强化领导，健全机制。书记任组长。二、强化宣传，营造氛围。出专栏。三、强化活动。办讲座。", ["强化领导，健全机制", "强化宣传，营造氛围", "强化活动"]),
        ("经验：一、高位推动。二、部门联动。三、居民行动。", []),
        ("主要抓三件事：一、抓队伍；二、抓阵地；三、抓活动，件件有着落，事事有回音。", []),
        ("做法有：（一）建机制；（二）强阵地；（三）办活动，居民十分欢迎。", []),
    ],
)  # fmt: skip
def test_short_lines_with_an_outline(line: str, expected: list[str]) -> None:
    found = [head.rstrip("。") for _, head in headings_of(f"{TITLE}{line}\n")]
    assert found == expected


def _texts(text: str) -> list[str]:
    return [part.text for line in read_bytes_of(text.encode(), "a.txt", ".txt").lines for part in glued(line)]


@pytest.mark.parametrize(
    "text",
    [
        "社区的做法可以概括为三句话：1、依靠居民；2、服务居民；3、居民说了算。这三句话贯穿全年工作的始终，每次活动以后都要对照检查，看看哪一句没有做到，做得不够的下次改进，年底再向居民代表报告一次，请大家打分。",
        "社区统一、规范地管理台账，第一、二季度各检查一次（见附件（一）），全年共检查四次，每次检查都有记录，发现问题当场整改，不留尾巴，居民代表全程参加，检查结果在公告栏公布，接受大家监督，年底汇总上报街道科协备案。",
        "全年用于科普的经费为1.2万元，其中活动费0.5万元、资料费0.4万元、器材费0.3万元，均由街道拨付，专款专用，每笔支出都由两人经手、书记审批，并于每季度末在居务公开栏公布，接受居民监督，没有发生挪用、截留等问题，居民放心。",
    ],
)
def test_a_paragraph_that_counts_is_one_line(text: str) -> None:
    assert _texts(text + "\n") == [text]
    assert isinstance(elements_of(f"{TITLE}一、做法\n{text}\n")[1], Text)


def test_parts_know_their_places() -> None:
    (line,) = read_bytes_of(
        ("试验社区总结 今年。一、领导" + "好" * 90 + "。二、宣传好。\n").encode(), "a.txt", ".txt"
    ).lines
    parts: list[Line] = list(glued(line))
    assert [part.text for part in parts] == ["试验社区总结", "今年。", "一、领导" + "好" * 90 + "。", "二、宣传好。"]
    for part in parts:
        assert part.place.column is not None
        assert line.text[part.place.column - 1 :].lstrip().startswith(part.text)
