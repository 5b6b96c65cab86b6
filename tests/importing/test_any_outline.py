"""Import of outlines in any style: the headings with their levels and numbers, and every word in its order."""

from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.depth import examples
from tests.importing.words import bare, of_document, of_record

from kepu_docs.importing.assembling import Given
from kepu_docs.importing.documents import imported
from kepu_docs.importing.reading import read_bytes_of
from kepu_docs.pipeline import default_engine
from kepu_docs.typography.numerals import circled, hanzi

HEADINGS: Final = (
    "组织领导", "健全工作机制", "加强队伍建设，提高服务水平", "开展“科普进万家”活动", "完善设施、方便居民", "志愿服务",
    "宣传工作（线上）", "经费使用", "下一步打算", "存在问题",
)  # fmt: skip
SENTENCES: Final = (
    "社区书记亲自抓，分管委员具体抓。", "全年发放宣传资料3,000余份，居民反映很好。", "讲座从9:30开始，来了近100人。",
    "居民说：“听得懂、用得上。”", "活动室面积120平方米；图书室藏书2万册。", "《科普法》修订以后，社区组织学习了三次！",
    "志愿者中有教师、医生和工程师，人人都有一技之长。", "这项工作还有差距吗？有，而且不小。",
)  # fmt: skip

STYLES: Final = (
    ("第{}部分", "{}、", "（{}）", "{n}."),
    ("{}、", "（{}）", "{n}.", "（{n}）"),
    ("{}、", "({})", "{n}、", "({n})"),
    ("{}．", "{n}．", "（{n}）", "{c}"),
    ("{}、", "{n}、", "{n}）", "{c}"),
    ("{n}.", "（{n}）", "{c}"),
    ("{}、", "（{}）、", "{n}、"),
)
"""Marks of the levels; {} is the number in hanzi, {n} in digits, {c} in a circle."""


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[tuple[int, str, str]]]:
    """Draw the text of a summary and its headings."""
    style = draw(st.sampled_from(STYLES))
    indent = draw(st.sampled_from(["", "　　", "    ", "\t"]))
    gap = draw(st.sampled_from(["\n", "\n\n", "\r\n", "\r\n\r\n"]))
    lines = ["甲乙社区2025年科普工作总结"]
    headings: list[tuple[int, str, str]] = []

    def text() -> None:
        lines.extend(
            indent + "".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3)))
            for _ in range(draw(st.integers(1, 2)))
        )

    def part(level: int) -> None:
        for number in range(1, draw(st.integers(1, 3)) + 1):
            mark = style[level - 1].format(hanzi(number), n=number, c=circled(number))
            heading = draw(st.sampled_from(HEADINGS))
            headings.append((level, mark, heading))
            lines.append(indent + mark + heading)
            text()
            if level < len(style) and draw(st.booleans()):
                part(level + 1)

    if draw(st.booleans()):
        text()
    part(1)
    if draw(st.booleans()):
        lines += ["甲乙社区居委会", "2025年12月20日"]
    return gap.join(lines) + "\n", headings


@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_outline_and_words(drawn: tuple[str, list[tuple[int, str, str]]]) -> None:
    text, headings = drawn
    (summary,) = imported(read_bytes_of(text.encode(), "a.txt", ".txt"), default_engine(), Given())
    assert [(entry.level, entry.number, entry.text) for entry in summary.outline] == headings
    assert of_record(summary) == of_document(summary)
    assert bare("".join(summary.text)) == bare(text)


LINES: Final = st.text(
    st.sampled_from("一二三、.．（）()1230年月日是第其①附件：: 社区科普工作总结甲乙。，；“”\t　-—#*|[]"),
    min_size=0,
    max_size=24,
)


@settings(max_examples=examples(200), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINES | st.sampled_from(SENTENCES), min_size=1, max_size=14), st.booleans())
def test_no_word_of_any_text_is_lost(lines: list[str], full_width: bool) -> None:
    content = read_bytes_of("\n".join(lines).encode(), "a.txt", ".txt")
    if not content.lines:
        return
    for summary in imported(content, default_engine(), Given("2025", "试验社区"), full_width=full_width):
        assert of_record(summary) == of_document(summary)


def test_points_of_which_one_is_only_a_name_are_no_headings() -> None:
    text = (
        "甲乙社区2025年科普工作总结\n一、队伍建设\n社区有科普队伍2支。\n"
        "1. 科普小队。队员12人，负责入户宣传。\n2. 门球小队。\n二、存在问题\n经费不足。\n"
    )
    (summary,) = imported(read_bytes_of(text.encode(), "a.txt", ".txt"), default_engine(), Given())
    assert [entry.text for entry in summary.outline] == ["队伍建设", "存在问题"]
    assert of_record(summary) == of_document(summary)
