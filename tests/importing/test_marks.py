"""Marks that number a line, and marks that only look so."""

import pytest

from kepu_docs.importing.reading import read_bytes_of
from kepu_docs.importing.structure.elements import Heading
from kepu_docs.importing.structure.numbering_marks import mark_of
from kepu_docs.importing.structure.outline import outline
from kepu_docs.typography.numerals import number_of


@pytest.mark.parametrize(
    ("text", "style", "number", "written"),
    [
        ("一、组织", "hanzi", 1, "一、"), ("十二．组织", "hanzi", 12, "十二．"), ("二 、 组织", "hanzi", 2, "二 、"),
        ("三　组织领导", "hanzi", 3, "三"), ("四，组织领导", "hanzi", 4, "四，"), ("贰、组织", "formal hanzi", 2, "贰、"),
        ("（一）组织", "bracketed hanzi", 1, "（一）"), ("(二)、组织", "bracketed hanzi", 2, "(二)、"),
        ("（三)组织", "bracketed hanzi", 3, "（三)"), ("㈣组织", "bracketed hanzi", 4, "㈣"),
        ("1.组织", "arabic", 1, "1."), ("2、组织", "arabic", 2, "2、"), ("３．组织", "arabic", 3, "３．"), ("⒋组织", "arabic", 4, "⒋"),
        ("5 组织领导", "bare arabic", 5, "5"), ("1.2 组织", "decimal 2", 2, "1.2"), ("1.2.3组织", "decimal 3", 3, "1.2.3"),
        ("（1）组织", "bracketed arabic", 1, "（1）"), ("⑵组织", "bracketed arabic", 2, "⑵"), ("3）组织", "half bracket", 3, "3）"),
        ("①组织", "circled", 1, "①"), ("㉑组织", "circled", 21, "㉑"), ("A.组织", "letter", 1, "A."), ("Ⅱ、组织", "roman", 2, "Ⅱ、"),
        ("第三部分 组织", "part", 3, "第三部分"), ("第2章 组织", "chapter", 2, "第2章"), ("第一节 组织", "section", 1, "第一节"),
        ("一是组织", "is", 1, "一是"), ("第二，组织", "ordinal", 2, "第二，"), ("其三，组织", "of them", 3, "其三，"),
        ("●组织", "bullet", 0, "●"), ("IV. Work", "roman", 4, "IV."),
    ],
)  # fmt: skip
def test_marks(text: str, style: str, number: int, written: str) -> None:
    mark = mark_of(text)
    assert mark is not None
    assert (mark.style, mark.number, mark.written) == (style, number, written)
    assert text[mark.end :].startswith(("组织", "Work"))


@pytest.mark.parametrize(
    "text",
    [
        "一年来",
        "十分重视",
        "第一季度",
        "第三方",
        "2025年",
        "20余人",
        "《科普法》",
        "（见附件）",
        "组织",
        "",
        "·",
        "一",
        "3,000份",
        "I am",
        "A组",
    ],
)
def test_no_marks(text: str) -> None:
    mark = mark_of(text)
    assert mark is None or mark.style == "bullet"


@pytest.mark.parametrize(
    ("written", "number"),
    [("十", 10), ("十二", 12), ("二十", 20), ("廿一", 21), ("一百零五", 105), ("拾贰", 12), ("二〇二五", 2025), ("１２", 12), ("", None), ("甲", None)],
)  # fmt: skip
def test_numbers(written: str, number: int | None) -> None:
    assert number_of(written) == number


@pytest.mark.parametrize(
    "line",
    [
        "3.5万元用于购买器材",
        "3、4月份开展活动",
        "一、二年级学生参加",
        "一、二、三季度完成了任务",
        "1.5平方公里的辖区",
        "20 名志愿者上门",
    ],
)
def test_figures_are_no_headings(line: str) -> None:
    lines = read_bytes_of(f"{line}\n正文在这里。\n".encode(), "a.txt", ".txt").lines
    assert not any(isinstance(element, Heading) for element in outline(lines, []))


def headings(text: str) -> list[str]:
    lines = read_bytes_of(text.encode(), "a.txt", ".txt").lines
    return [element.text for element in outline(lines, []) if isinstance(element, Heading)]


def test_a_figure_behind_a_number_in_hanzi() -> None:
    assert headings("一、3个方面有进步\n正文在这里。\n二、5类活动有特色\n正文在这里。\n") == [
        "3个方面有进步",
        "5类活动有特色",
    ]


def test_a_sentence_that_counts_for_itself_is_no_heading() -> None:
    assert headings("一、主要经验\n（一）高位推动。（二）部门联动。（三）居民行动。\n") == ["主要经验"]
    assert headings("一、主要体会\n①书记带头。②居民参与。\n") == ["主要体会"]


def test_sentences_with_numbers_are_headings_only_above_their_text() -> None:
    assert headings(
        "一、组织\n（一）社区成立小组，书记任组长。\n（二）志愿者有25名，全年服务。\n二、活动\n办了讲座。\n"
    ) == ["组织", "活动"]


def test_numbered_lines_at_the_margin_beside_indented_paragraphs() -> None:
    text = (
        "甲社区科普工作小结\n一、重点工作\n（一）夏季活动\n    7月6日，在桂花广场举行启动仪式，到场的居民一共有160人。\n"
        "（二）冬季活动\n    8月1日，青少年参加。\n"
    )
    assert headings(text) == ["重点工作", "夏季活动", "冬季活动"]
