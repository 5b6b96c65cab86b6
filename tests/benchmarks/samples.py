"""Documents to measure with: all of one shape, each with its own texts.

The shape is a year's summary of medium length: 5 headings, 15 sub-headings, 15 paragraphs, a table of 12 rows and 5
columns, a signature. Its main part in Word is about 18,000 characters long.
"""

import struct
import zlib
from collections.abc import Iterator
from random import Random
from typing import Final

from kepu_docs.blocks import Block, Column, Document, Heading, NumberLevel, Paragraph, Signature, Table
from kepu_docs.typography import numerals

OUTLINE: Final = (
    NumberLevel("%1、", "hanzi"),
    NumberLevel("（%2）", "hanzi"),
    NumberLevel("%3.", "arabic"),
    NumberLevel("（%4）", "arabic"),
)
COLUMNS: Final = (
    Column("日期", "center"),
    Column("活动"),
    Column("地点"),
    Column("参加人次", "right"),
    Column("合作单位"),
)
PARTS: Final = 5
POINTS: Final = 3
ROWS: Final = 12

_PHRASES: Final = (
    "社区科普工作领导小组每季度研究一次工作",
    "志愿者走进楼栋讲解用电用气常识",
    "活动室全年向居民开放",
    "与辖区学校合办科学实验课",
    "邀请专家讲授慢性病防治知识",
    "组织居民参观科技场馆",
    "更换宣传栏内容",
    "为老年人开设智能手机课程",
    "发放科普读本",
    "收集居民意见并逐条答复",
)


def documents(count: int) -> Iterator[Document]:
    """Yield ``count`` documents, the same ones each time."""
    # A fixed seed is what is wanted here: the same documents on every machine.
    random = Random(20251220)
    for place in range(count):
        yield document(f"试验社区第{place + 1}居民区", random)


def document(community: str, random: Random) -> Document:
    """Return one document with texts drawn from ``random``."""
    blocks: list[Block] = []
    for part in range(1, PARTS + 1):
        blocks.append(Heading(1, _phrase(random), f"{numerals.hanzi(part)}、"))
        for point in range(1, POINTS + 1):
            blocks.append(Heading(2, _phrase(random), f"（{numerals.hanzi(point)}）"))
            blocks.append(Paragraph(_sentences(random)))
    blocks.append(table(ROWS, random))
    blocks.append(Signature(f"{community}居民委员会", "2025年12月20日"))
    return Document(f"{community}2025年度科普工作总结", tuple(blocks), "zh_Hans", OUTLINE, community)


def table(rows: int, random: Random) -> Table:
    """Return a table with texts drawn from ``random``."""
    return Table(COLUMNS, tuple(_row(random) for _ in range(rows)), "主要科普活动一览", "表1")


def png(width: int, height: int, greys: bytes) -> bytes:
    """Return a PNG file of ``greys``, one byte a pixel, row by row; it is not compressed."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    lines = b"".join(b"\0" + greys[start : start + width] for start in range(0, width * height, width))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines, 0)) + chunk(b"IEND", b"")


def _phrase(random: Random) -> str:
    return random.choice(_PHRASES)


def _sentences(random: Random) -> str:
    return "".join(
        f"{_phrase(random)}{random.randint(2, 60)}次，惠及{random.randint(50, 3000)}人次。" for _ in range(5)
    )


def _row(random: Random) -> tuple[str, ...]:
    return (
        f"{random.randint(1, 12)}月{random.randint(1, 28)}日",
        _phrase(random),
        f"第{random.randint(1, 9)}活动室",
        f"{random.randint(20, 3000):,}",
        random.choice(("试验区科学技术协会", "试验街道办事处", "试验小学")),
    )
