"""Titles that are too long for a line."""

import re
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.depth import DEEP, examples
from tests.kepu_word.invariants import check_docx
from tests.kepu_word.reading import W, part

from kepu_docs.blocks import Document
from kepu_docs.testing import OFFICIAL_OUTLINE, growth, texts
from kepu_docs.testing.steps import LINEAR
from kepu_docs.typography.columns import width as columns
from kepu_docs.typography.quarters import quarters as width
from kepu_docs.typography.title_words import NOT_FIRST, WORDS
from kepu_docs.typography.titles import LONGEST, title_lines
from kepu_word import WordRenderer

ROOM: Final = 80
"""Twenty characters, as 2号 in 156 mm."""
NAMES: Final = ("试验社区", "2025年", "科普工作总结")
PIECES: Final = (
    *(
        "试验市",
        "试验区",
        "试验街道",
        "试验社区",
        "居民委员会",
        "2025年",
        "2025年度",
        "第1季度",
        "上半年",
        "2025年上半年",
        "2025年第一季度",
        "2025年1—6月",
        "和",
        "的",
        "关于",
    ),
    *(
        "科普",
        "工作",
        "总结",
        "计划",
        "建设",
        "示范",
        "情况",
        "报告",
        "《科普法》",
        "“科学生活”",
        "COVID-19",
        "（试行）",
        "、",
    ),
)


def title(data: bytes) -> list[str | None]:
    """Return the texts and breaks (``None``) of a document's title."""
    return [
        None if each.tag == f"{W}br" else each.text for each in next(part(data).iter(f"{W}p")).iter(f"{W}t", f"{W}br")
    ]


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("试验社区2025年科普工作总结", ["试验社区2025年科普工作总结"]),
        (
            "试验市试验区试验街道办事处试验社区居民委员会2025年度科普工作总结",
            ["试验市试验区试验街道办事处试验社区", "居民委员会2025年度科普工作总结"],
        ),
        (
            "试验区试验街道试验社区2025年上半年科普工作总结和下半年工作计划",
            ["试验区试验街道试验社区2025年上半年", "科普工作总结和下半年工作计划"],
        ),
        (
            "关于试验社区开展《中华人民共和国科学技术普及法》宣传活动的情况报告",
            ["关于试验社区开展", "《中华人民共和国科学技术普及法》", "宣传活动的情况报告"],
        ),
        (
            "試驗里辦公處2025年度社區科學普及工作與活動成果總結報告書",
            ["試驗里辦公處2025年度社區", "科學普及工作與活動成果總結報告書"],
        ),
        (
            "Summary of the Science Popularisation Work of the Shiyan Community in 2025",
            ["Summary of the Science Popularisation ", "Work of the Shiyan Community in 2025"],
        ),
        ("x" * 50, ["x" * 25, "x" * 25]),
    ],
)
def test_where_titles_break(text: str, broken: list[str]) -> None:
    assert title_lines(text, ROOM, NAMES, width) == broken


def test_a_document_has_the_breaks_and_the_whole_text() -> None:
    text = "试验区试验街道试验社区2025年上半年科普工作总结和下半年工作计划"
    data = WordRenderer().render(Document(text, (), "zh_Hans", OFFICIAL_OUTLINE, keywords=("试验社区", "2025年")))
    assert title(data) == ["试验区试验街道试验社区2025年上半年", None, "科普工作总结和下半年工作计划"]
    assert (part(data, "docProps/core.xml")[0].text) == text
    check_docx(data)


def test_a_title_of_one_line_has_no_break() -> None:
    data = WordRenderer().render(Document("试" * 20, (), "zh_Hans", OFFICIAL_OUTLINE))
    assert title(data) == ["试" * 20]


@settings(max_examples=examples(400))
@given(texts(), st.integers(8, 120), st.lists(texts(), max_size=3))
def test_the_lines_are_the_title_again(text: str, room: int, words: list[str]) -> None:
    broken = title_lines(text, room, words, width)
    assert "".join(broken) == text
    if width(text) <= room:
        assert broken == [text]


@settings(max_examples=examples(300))
@given(st.lists(st.sampled_from(PIECES), min_size=6, max_size=24), st.integers(60, 100))
def test_lines_fit_and_no_word_is_torn_where_there_is_room_for_it(pieces: list[str], room: int) -> None:
    text = "试验社区" + "".join(pieces)
    broken = title_lines(text, room, NAMES, width)
    assert all(width(line) <= room for line in broken)
    assert not any(line.startswith(tuple("》”）、")) or line.endswith(tuple("《“（")) for line in broken)
    # Every piece is shorter than a line of sixty quarters, so none has to be torn, nor a pair of a word and its 的.
    ends = set()
    for start, line in pairwise([0, *_ends(broken)]):
        ends.add(line)
        assert start < line
    periods = ("2025年上半年", "2025年第一季度", "2025年1—6月")
    for word in {*WORDS, *NAMES, *periods, "2025年度", "第1季度", "COVID-19", "《科普法》", "“科学生活”", "（试行）"}:
        for found in re.finditer(f"(?={re.escape(word)})", text):
            assert not ends & set(range(found.start() + 1, found.start() + len(word))), word


@settings(max_examples=examples(200))
@given(st.lists(st.sampled_from(("社区", "科普", "工作", "总结", "2025年")), min_size=11, max_size=40))
def test_as_few_lines_as_words_allow_and_of_like_length(pieces: list[str]) -> None:
    text = "".join(pieces)
    broken = title_lines(text, ROOM, NAMES, width)
    widths = [width(line) for line in broken]
    # The longest word is three characters wide.
    assert len(broken) <= -(-width(text) // (ROOM - 12))
    assert max(widths) - min(widths) <= 24


def test_names_of_the_record_are_whole() -> None:
    title = "云岭区禾岭街道海棠云湾社区居民委员会2025年度科普工作总结"
    for room in range(28, 60):
        names = ("云岭区", "禾岭街道", "海棠云湾社区")
        broken = title_lines(title, room, names, columns)
        assert all(any(name in line for line in broken) for name in (*names, "居民委员会", "2025年度"))


def test_no_line_begins_with_a_particle() -> None:
    for particle in sorted(NOT_FIRST):
        for before in range(14, 24, 1 if DEEP else 4):
            broken = title_lines("试" * before + particle + "验" * 16, ROOM, (), width)
            assert len(broken) == 2
            assert not broken[1].startswith(particle)


def test_a_line_may_begin_with_a_name_that_begins_like_a_particle() -> None:
    assert title_lines("试" * 15 + "和平社区" + "验" * 12, ROOM, ["和平社区"], width)[1].startswith("和平社区")


def _ends(broken: list[str]) -> list[int]:
    ends: list[int] = []
    for line in broken[:-1]:
        ends.append((ends[-1] if ends else 0) + len(line))
    return ends


@pytest.mark.parametrize("piece", ["长", "a", "a ", "《", "。", "一", "2025年", "社区"])
def test_the_lines_of_a_title_take_time_in_proportion_to_its_length(piece: str) -> None:
    assert growth(lambda size: title_lines((piece * size)[:size], ROOM, NAMES, width), LONGEST // 4) < LINEAR


def test_the_lines_of_an_endless_title_are_left_to_word() -> None:
    assert len(title_lines("长" * LONGEST, ROOM, (), width)) > 1
    assert title_lines("长" * (LONGEST + 1), ROOM, (), width) == ["长" * (LONGEST + 1)]
