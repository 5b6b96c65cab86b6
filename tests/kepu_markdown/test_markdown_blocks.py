"""Each block as its Markdown source, and what is escaped in it."""

import re
from base64 import b64encode

import pytest

from kepu_docs.blocks import (
    AttachmentNote,
    Block,
    Chart,
    Column,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    NumberLevel,
    PageBreak,
    Paragraph,
    Series,
    Signature,
    Table,
)
from kepu_docs.plugin import Renderer
from kepu_docs.testing import NUMBER, OFFICIAL_OUTLINE, ORDINAL
from kepu_markdown import MarkdownRenderer, kepu_renderers


def source(*blocks: Block) -> str:
    """Return what stands below the title."""
    document = Document("总结", blocks, "zh_Hans", OFFICIAL_OUTLINE)
    title, _, rest = MarkdownRenderer().render(document).decode().partition("\n\n")
    assert title == "# 总结"
    return rest


SESSIONS = Table(
    (Column("时间"), Column("人次", "right"), Column("备注", "center")),
    (("4月12日", "60", "a|b"), ("9月20日", "近100", "")),
    "培训一览",
    "表1",
)

CASES: dict[str, tuple[tuple[Block, ...], str]] = {
    "headings begin at level 2": (
        (Heading(1, "工作情况", "一、"), Heading(2, "培训", "（一）"), Heading(3, "讲座", "1."), Heading(4, "展览")),
        """\
## 一、工作情况

### （一）培训

#### 1.讲座

##### 展览
""",
    ),
    "a run-in heading is bold up to its full stop": (
        (
            Heading(3, "文体活动。", "1.", "全年举办1场。"),
            Heading(3, "“学”。", body="全年。"),
            Heading(3, "“学”", body="全年。"),
            Heading(3, "。", body="无。"),
        ),
        """\
**1.文体活动**。全年举办1场。

**“学”**。全年。

**“学**”全年。

。无。
""",
    ),
    "lists in prose are paragraphs": (
        (ListBlock("ordinal", (Item("书记任组长。", "健全组织。", "一是"), Item("定制度。", "", "二是")), ORDINAL),),
        """\
**一是健全组织**。书记任组长。

二是定制度。
""",
    ),
    "numbers and bullets are Markdown's own": (
        (
            ListBlock("number", (Item("2025年建成。", "", "1."), Item("6期。", "画廊。", "2.")), NUMBER),
            Paragraph("又："),
            ListBlock("bullet", (Item("- 甲"), Item("乙"))),
        ),
        """\
1. 2025年建成。
2. **画廊**。6期。

又：

- \\- 甲
- 乙
""",
    ),
    "numbers that Markdown has not are shown as text": (
        (ListBlock("number", (Item("甲", "", "（1）"), Item("乙", "", "（2）")), NumberLevel("（%1）", "arabic")),),
        """\
（1）甲

（2）乙
""",
    ),
    "lists in a row stay apart": (
        (
            ListBlock("number", (Item("甲", "", "1."),), NUMBER),
            ListBlock("number", (Item("乙", "", "1."),), NUMBER),
            ListBlock("bullet", (Item("丙"),)),
            ListBlock("bullet", (Item("丁"),)),
        ),
        """\
1. 甲

1) 乙

- 丙

+ 丁
""",
    ),
    "a table": (
        (SESSIONS,),
        """\
表1　培训一览

| 时间 | 人次 | 备注 |
| :--- | ---: | :---: |
| 4月12日 | 60 | a\\|b |
| 9月20日 | 近100 |  |
""",
    ),
    "a chart is a table of its figures": (
        (Chart("pie", "季度", ("一季度", "二季度"), (Series("场次", (1.0, None), ("1", "")),), "活动", "图1"),),
        """\
图1　活动

| 季度 | 场次 |
| :--- | ---: |
| 一季度 | 1 |
| 二季度 |  |
""",
    ),
    "pictures are in the file, at its end": (
        (Figure(b"one", "image/png", 4, 3, "急救[1]", "现场", "图1"), Figure(b"two", "image/jpeg", 4, 3, "画廊")),
        f"""\
![急救\\[1\\]][figure-1]

图1　现场

![画廊][figure-2]

[figure-1]: data:image/png;base64,{b64encode(b"one").decode()}
[figure-2]: data:image/jpeg;base64,{b64encode(b"two").decode()}
""",
    ),
    "a signature": (
        (Signature("试验社区", "2025年1月2日"), Signature("", "2025年1月2日"), Signature("试验社区", "", sealed=True)),
        """\
试验社区

2025年1月2日

2025年1月2日

试验社区
""",
    ),
    "attachments": (
        (AttachmentNote("附件：", ("台账",)), AttachmentNote("附件：", ("台账", "2025年名册"))),
        """\
附件：台账

附件：

1. 台账
2. 2025年名册
""",
    ),
    "a page break is a thematic break": (
        (Paragraph("正文"), PageBreak(), Paragraph("附表")),
        """\
正文

---

附表
""",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_block(case: str) -> None:
    blocks, expected = CASES[case]
    assert source(*blocks) == expected


@pytest.mark.parametrize(
    "text",
    [
        "试验社区以“科普进万家”为主题，开展活动12场（次），参加3,000余人次；满意率98.5%。",
        "面积100*5平方米",
        "3~5天",
        "100<100，x > y，A&B公司，R&D",
        "编号a_b_c",
        "1.5亿元",
        "-5℃",
        "C#语言",
        "#1号楼",
        "=1+1",
        "花费$5",
        "见https://example.org/a_b?x=1&y=2",
        "a@b.c",
        "a|b",
        "注意！（见附件）",
        "a  b\u3000c\u00a0d",
        "《科普法》第3)条",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert source(Paragraph(text)) == f"{text}\n"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# x", r"\# x"),
        ("#", r"\#"),
        ("- x", r"\- x"),
        ("---", r"\---"),
        ("+ x", r"\+ x"),
        ("* x", r"\* x"),
        ("> x", r"\> x"),
        ("1. x", r"1\. x"),
        ("12) x", r"12\) x"),
        ("*a*", r"\*a\*"),
        ("_a_", r"\_a\_"),
        ("3~5天、7~9天", r"3\~5天、7\~9天"),
        ("$x$", r"\$x\$"),
        ("`a`", r"\`a\`"),
        ("[a](b)", r"\[a](b)"),
        ("![a](b)", r"!\[a](b)"),
        ("<b>", r"\<b>"),
        ("<1@b.c>", r"\<1@b.c>"),
        ("&amp;", r"\&amp;"),
        ("&#65;", r"\&#65;"),
        ("a\\", r"a\\"),
        ("见 http://x.y/*a* 页", r"见 http\://x.y/\*a\* 页"),
        ("www.x.y/`", r"www\.x.y/\`"),
    ],
)
def test_markup_is_escaped(text: str, escaped: str) -> None:
    assert source(Paragraph(text)) == f"{escaped}\n"


def test_an_address_does_not_run_on_into_the_end_of_bold() -> None:
    assert source(Heading(3, "见http://x.y。", body="略。")) == "**见http\\://x.y**。略。\n"


def test_a_heading_keeps_the_number_signs_at_its_end() -> None:
    assert source(Heading(1, "C #")) == "## C \\#\n"


def test_the_plugin_offers_the_format() -> None:
    (renderer,) = kepu_renderers()
    assert isinstance(renderer, Renderer)
    assert (renderer.format, renderer.suffix, renderer.media_type) == ("md", ".md", "text/markdown")


def test_a_picture_that_is_shown_again_stands_in_the_document_once() -> None:
    shown = tuple(Figure(data, "image/png", 4, 3, "画廊") for data in (b"one", b"two", b"one"))
    text = source(*shown)
    assert re.findall(r"\]\[figure-(\d)\]", text) == ["1", "2", "1"]
    assert re.findall(r"^\[figure-(\d)\]: ", text, re.MULTILINE) == ["1", "2"]
