"""The example records: their outlines, and every figure in them."""

from pathlib import Path
from typing import Final

import pytest

import kepu_docs
from kepu_docs.blocks import Document, Heading, ListBlock, Paragraph, Table

EXAMPLES: Final = Path(__file__).parents[2] / "docs" / "examples"

# The numbers of first-level headings, sub-headings on lines of their own, run-in sub-headings, and the lengths of
# the lists of points (一是…).
OUTLINES: Final = {
    "01-training-and-activities": (3, 2, 0, []),
    "02-files-and-frequency": (4, 0, 0, []),
    "03-team-and-facilities": (4, 0, 0, [3, 3]),
    "04-rural-narrative": (4, 0, 0, []),
    "05-categories-in-line": (4, 0, 5, []),
}

TITLES: Final = {
    "01-training-and-activities": "试验社区2020年科普工作总结",
    "02-files-and-frequency": "复兴路社区2020年科普工作总结",
    "03-team-and-facilities": "南华社区2020年科普工作总结",
    "04-rural-narrative": "示例社区2020年科普工作总结",
    "05-categories-in-line": "教育街社区2020年科普工作总结",
}

FIGURES: Final = {
    "01-training-and-activities": ["居民健身点1个"],
    "02-files-and-frequency": ["9人", "300余人次", "平均每两个月1次", "5个目录"],
    "03-team-and-facilities": [
        *("宣传橱窗2个", "活动室3个", "近万册", "3,000余份", "25人", "4场次", "2,000余人", "100余名"),
    ],
    "04-rural-narrative": ["2个新品种", "1项新技术", "73号"],
    "05-categories-in-line": ["板报评比1次", "“三结合”", "“三贴近”"],
}


def composed(name: str) -> Document:
    return kepu_docs.compose(kepu_docs.load(EXAMPLES / f"{name}.yaml"))


def text(document: Document) -> str:
    lines = [document.title]
    for block in document.blocks:
        match block:
            case Heading():
                lines.append(block.number + block.text + block.body)
            case Paragraph():
                lines.append(block.text)
            case ListBlock():
                lines += [item.number + item.lead + item.text for item in block.items]
            case Table():
                lines += ["\t".join(row) for row in block.rows]
            case _:
                pass
    return "\n".join(lines)


def test_the_table_names_every_example() -> None:
    assert sorted(path.stem for path in EXAMPLES.glob("*.yaml")) == sorted(OUTLINES)


@pytest.mark.parametrize("name", OUTLINES)
def test_outline(name: str) -> None:
    blocks = composed(name).blocks
    headings = [block for block in blocks if isinstance(block, Heading)]
    lists = [block for block in blocks if isinstance(block, ListBlock)]
    assert {block.style for block in lists} <= {"ordinal"}
    assert OUTLINES[name] == (
        sum(heading.level == 1 for heading in headings),
        sum(heading.level == 2 and not heading.body for heading in headings),
        sum(heading.level == 2 and bool(heading.body) for heading in headings),
        [len(block.items) for block in lists],
    )


@pytest.mark.parametrize("name", TITLES)
def test_title(name: str) -> None:
    assert composed(name).title == TITLES[name]


@pytest.mark.parametrize("name", FIGURES)
def test_figures(name: str) -> None:
    told = text(composed(name))
    assert [figure for figure in FIGURES[name] if figure not in told] == []


@pytest.mark.parametrize("name", OUTLINES)
def test_composing_twice_gives_equal_documents(name: str) -> None:
    assert composed(name) == composed(name)
