"""Long documents of every kind of block, the same ones each time."""

from random import Random
from typing import Final

from kepu_docs.blocks import (
    Block,
    Column,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Signature,
    Table,
)
from kepu_docs.testing import NUMBER, OFFICIAL_OUTLINE, png
from kepu_docs.typography import numerals

_PHRASES: Final = (
    "志愿者走进楼栋讲解用电用气常识",
    "活动室全年向居民开放",
    "与辖区学校合办科学实验课",
    "邀请专家讲授慢性病防治知识",
    "更换宣传栏内容",
    "为老年人开设智能手机课程",
    "发放科普读本",
    "收集居民意见并逐条答复",
)
_COLUMNS: Final = (
    Column("日期", "center"),
    Column("活动"),
    Column("地点"),
    Column("参加人次", "right"),
    Column("合作单位"),
)
_SIZES: Final = ((400, 300), (600, 400), (300, 500))


def mixed(parts: int, seed: int = 1) -> Document:
    """Return a document of ``parts`` parts, of about three pages each; every heading's text is its own."""
    return _Author(Random(seed)).document(parts)  # noqa: S311


class _Author:
    def __init__(self, random: Random) -> None:
        self._random = random
        self._counters: tuple[int, ...] = ()
        self._headings = 0
        self._blocks: list[Block] = []

    def document(self, parts: int) -> Document:
        for _ in range(parts):
            self._heading(1)
            for _ in range(self._random.randint(4, 14)):
                self._some()
        self._blocks.append(Signature("试验社区居民委员会", "2025年12月20日"))
        return Document("试验社区2025年度科普工作总结", tuple(self._blocks), "zh_Hans", OFFICIAL_OUTLINE)

    def _phrase(self) -> str:
        return self._random.choice(_PHRASES)

    def _text(self, sentences: int) -> str:
        random = self._random
        return "".join(
            f"{self._phrase()}{random.randint(2, 60)}次，惠及{random.randint(50, 3000)}人次。"
            if random.random() < 0.6
            else f"{self._phrase()}，{self._phrase()}。"
            for _ in range(sentences)
        )

    def _heading(self, level: int, body: str = "") -> None:
        level = min(level, len(self._counters) + 1)
        self._counters = numerals.advance(self._counters, level)
        self._headings += 1
        outline = OFFICIAL_OUTLINE[level - 1]
        number = numerals.label(outline.pattern, outline.numerals, self._counters)
        text = f"{self._phrase()}其{numerals.hanzi(self._headings)}"
        self._blocks.append(Heading(level, f"{text}。" if body else text, number, body))

    def _figure(self) -> Figure:
        width, height = self._random.choice(_SIZES)
        return Figure(png(width, height), "image/png", width, height, "图", "活动现场")

    def _row(self) -> tuple[str, ...]:
        random = self._random
        return (
            f"{random.randint(1, 12)}月{random.randint(1, 28)}日",
            self._phrase(),
            f"第{random.randint(1, 9)}活动室",
            f"{random.randint(20, 3000):,}",
            random.choice(("试验区科学技术协会", "试验街道办事处", "试验小学")),
        )

    def _some(self) -> None:
        random = self._random
        match random.choice(
            ("text", "text", "text", "heading", "heading", "run-in", "list", "bullets", "table", "figure")
        ):
            case "heading":
                self._heading(random.randint(2, 4))
                self._blocks.append(Paragraph(self._text(random.randint(1, 3))))
            case "run-in":
                self._heading(random.randint(2, 3), self._text(3))
            case "list":
                items = tuple(Item(self._text(1), "", f"{place}.") for place in range(1, random.randint(3, 9)))
                self._blocks.append(ListBlock("number", items, NUMBER))
            case "bullets":
                self._blocks.append(
                    ListBlock("bullet", tuple(Item(self._text(1)) for _ in range(random.randint(2, 5))))
                )
            case "table":
                rows = tuple(self._row() for _ in range(random.randint(2, 25)))
                self._blocks.append(Table(_COLUMNS, rows, "主要科普活动一览"))
            case "figure":
                self._blocks += [self._figure() for _ in range(random.randint(1, 4))]
            case _:
                self._blocks.append(Paragraph(self._text(random.randint(1, 6))))
