"""A document with everything, and how a browser reads HTML: with the parser that the standard describes."""

from typing import Final
from xml.etree.ElementTree import Element

import html5lib

from kepu_docs.blocks import (
    AttachmentNote,
    Block,
    Chart,
    Column,
    Document,
    Figure,
    Heading,
    Imprint,
    Item,
    Letterhead,
    ListBlock,
    PageBreak,
    Paragraph,
    Series,
    Signature,
    Table,
)
from kepu_docs.testing import NUMBER, OFFICIAL_OUTLINE, ORDINAL, png

TEXT: Final = Paragraph("全年举办科普培训4场，培训近255人次；开展科普活动6场，900余人次参加。")
QUARTERS: Final = ("第一季度", "第二季度", "第三季度", "第四季度：应急救护培训和识别网络谣言讲座")
PEOPLE: Final = Series("人次", (120.0, 300.0, None, 86.0), ("120", "近300", "", "86"))
TIMES: Final = Series("场次", (4.0, 12.0, 6.0, 3.0), ("4", "12", "6", "3"))
YEARS: Final = tuple(f"{year}年" for year in range(2016, 2026))

BLOCKS: Final[tuple[Block, ...]] = (
    Heading(1, "组织领导", "一、"),
    TEXT,
    Heading(2, "科普小组", "（一）"),
    Heading(3, "加强领导。", "1.", TEXT.text),
    Heading(4, "责任到人", "（1）"),
    ListBlock("ordinal", (Item("专人负责，定期研究。", "", "一是"), Item("及时总结。", "", "二是")), ORDINAL),
    ListBlock("number", (Item("办讲座。", "科普讲座：", "1."), Item("2场培训。", "", "2.")), NUMBER),
    ListBlock("bullet", (Item("全年不少于6场", "科普讲座："), Item("每季度一期"))),
    Heading(1, "培训", "二、"),
    Heading(4, "一览"),
    Table(
        (Column("主题"), Column("时间", "center"), Column("人次", "right")),
        (("急救 <常识>", "2025年4月", "60"), ("识别网络谣言", "2025年5月", "")),
        "科普培训一览",
        "表1",
    ),
    Table(tuple(Column(f"第{n}列") for n in range(12)), (tuple(f"单元格{n}" for n in range(12)),)),
    Chart("bar", "季度", QUARTERS, (PEOPLE, TIMES), "各季度活动", "图1"),
    Chart("line", "季度", QUARTERS, (PEOPLE,), "各季度人次", "图2"),
    Chart("line", "年份", YEARS, (Series("人次", tuple(map(float, range(10))), tuple("0123456789")),) * 2, "", "图3"),
    Chart("pie", "季度", QUARTERS, (TIMES,)),
    Figure(png(40, 30), "image/png", 40, 30, "居民听急救讲座", "急救讲座", "图4"),
    Figure(png(8, 6), "image/png", 8, 6, "宣传栏"),
    PageBreak(),
    Heading(1, "打算", "三、"),
    AttachmentNote("附件：", ("活动照片", "志愿者名单")),
    Signature("试验社区居民委员会", "2025年12月20日"),
)
PAPER: Final = Document(
    "试验社区居民委员会2025年科普工作总结",
    BLOCKS,
    "zh_Hans",
    OFFICIAL_OUTLINE,
    author="试验社区居民委员会",
    subject="2025年科普工作",
    keywords=("科普", "工作总结"),
    addressee="试验街道办事处：",
    letterhead=Letterhead("试验社区文件", "试验〔2025〕1号", "000001", "秘密", "特急", "签发人：", "甲某某"),
    imprint=Imprint("抄送：", "试验区科学技术协会。", "试验社区居民委员会", "2025年12月20日印发"),
)


def parsed(data: bytes) -> Element:
    """Return the root of a page as a browser has it. Fails where the parser has to guess anything."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root: Element = parser.parse(data, transport_encoding="utf-8")
    assert parser.errors == []
    return root


def parsed_fragment(data: bytes) -> Element:
    """Return the element that the elements of a fragment are in, as an editor has it that they are pasted into."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root: Element = parser.parseFragment(data.decode(), container="div")
    assert parser.errors == []
    return root


def elements(root: Element) -> list[tuple[str, dict[str, str]]]:
    """Return all elements below a root, each with its attributes; those of SVG by their names alone."""
    return [(name(each), dict(each.attrib)) for each in root.iter()]


def name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def texts(root: Element) -> list[str]:
    """Return what is seen of a page, text by text."""
    unseen = {id(each) for head in root.iter() if name(head) in ("head", "style", "script") for each in head.iter()}
    shown: list[str] = []
    _gather(root, unseen, shown)
    return shown


def _gather(element: Element, unseen: set[int], shown: list[str]) -> None:
    if id(element) not in unseen:
        shown.append(element.text or "")
        for child in element:
            _gather(child, unseen, shown)
            shown.append(child.tail or "")
