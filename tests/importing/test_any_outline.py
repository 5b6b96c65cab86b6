"""Import of outlines in any style: the headings with their levels and numbers, and every word in its order."""

from typing import Final, TypeAlias

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.depth import examples
from tests.importing.outlines import headings_of
from tests.importing.words import bare, of_document, of_record

from kepu_docs.importing.documents import imported
from kepu_docs.importing.reading import read_bytes_of
from kepu_docs.importing.result import Given
from kepu_docs.pipeline import default_engine
from kepu_docs.typography.breaking import may_break
from kepu_docs.typography.columns import width
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


BREAKS: Final = ("line", "blank line", "indented margin", "margin and blank line", "margin", "within marks", "one line")
"""How lines are broken: one for each paragraph, or at a margin, with an indent or a blank line where a paragraph begins."""
OUTLINE_STYLES: Final = (
    ("{}、", "（{}）", "{n}.", "（{n}）"),
    ("{}、", "({})", "{n}、", "({n})"),
    ("（{}）", "{n}.", "（{n}）", "{c}"),
    ("{}．", "{n}．", "（{n}）", "{c}"),
    ("第{}部分　", "{}、", "（{}）", "{n}."),
    ("{f}、", "{}、", "（{}）", "{n}、"),
    ("{n} ", "{a}.{n} ", "{a}.{b}.{n} "),
)
"""Marks of four levels, the higher of which stand above the lower in every summary."""
ONE_LINE: Final = OUTLINE_STYLES[:2]
Node: TypeAlias = tuple[int, str, str]
"""A heading of the outline: level, text, and what stands below it."""


@st.composite
def outlines(draw: st.DrawFn) -> list[Node]:
    """Draw an outline of at least two sections, each level of which has two headings at least."""
    nodes: list[Node] = []

    def part(level: int) -> None:
        for _ in range(draw(st.integers(2, 3))):
            text = "".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4)))
            nodes.append((level, draw(st.sampled_from(HEADINGS)), text))
            if level < 3 and draw(st.integers(0, 2)) == 0:
                part(level + 1)

    part(1)
    return nodes


def rendered(nodes: list[Node], style: tuple[str, ...], breaking: str, run_in: frozenset[int]) -> str:
    """Return an outline as a text file; the text of headings at the levels ``run_in`` runs on in their line."""
    counts = [0] * 4
    paragraphs = ["甲乙社区2025年科普工作总结"]
    for level, heading, text in nodes:
        counts[level - 1 :] = [counts[level - 1] + 1, *([0] * (4 - level))]
        number = counts[level - 1]
        mark = style[level - 1].format(
            hanzi(number), n=number, c=circled(number), f="壹贰叁肆伍"[number - 1], a=counts[0], b=counts[1]
        )
        if level in run_in or breaking == "one line":
            paragraphs.append(f"{mark}{heading}。{text}")
        else:
            paragraphs += [mark + heading, text]
    if breaking == "one line":
        return paragraphs[0] + " " + "".join(paragraphs[1:]) + "\n"
    indent = "　　" if breaking in ("line", "indented margin") else ""
    shown = [paragraphs[0], *(indent + paragraph for paragraph in paragraphs[1:])]
    if "margin" in breaking:
        shown = ["\n".join(wrapped(paragraph, 64)) for paragraph in shown]
    text = ("\n\n" if "blank" in breaking else "\n").join(shown) + "\n"
    if breaking == "within marks":
        for whole, broken in (
            ("“科普进", "“科普\n进"),
            ("（线上", "（线\n上"),
            ("“听得懂、", "“听得懂、\n"),
            ("《科普", "《科\n普"),
            ("2025年", "2025\n年"),
        ):
            text = text.replace(whole, broken)
    return text


def wrapped(text: str, columns: int) -> list[str]:
    """Return the lines of a paragraph that is broken at a margin, by the rules of typesetting."""
    lines = [""]
    for at, character in enumerate(text):
        if lines[-1].strip() and width(lines[-1] + character) > columns and may_break(text, at):
            lines.append("")
        lines[-1] += character
    return lines


@settings(max_examples=examples(300), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(outlines(), st.data())
def test_an_outline_is_the_same_in_any_numbers_and_lines(nodes: list[Node], data: st.DataObject) -> None:
    breaking = data.draw(st.sampled_from(BREAKS))
    style = data.draw(st.sampled_from(ONE_LINE if breaking == "one line" else OUTLINE_STYLES))
    run_in = data.draw(st.sampled_from([frozenset(), frozenset({3}), frozenset({2, 3})]))
    text = rendered(nodes, style, breaking, run_in)
    assert headings_of(text) == [(level, heading) for level, heading, _ in nodes]
    (summary,) = imported(read_bytes_of(text.encode(), "a.txt", ".txt"), default_engine(), Given())
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
