"""What numbers a line, and what only looks so."""

import pytest

from kepu_docs.importing.elements import Heading
from kepu_docs.importing.marks import mark_of, number_of
from kepu_docs.importing.outline import outline
from kepu_docs.importing.reading import read_bytes_of


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
