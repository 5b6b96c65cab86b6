"""Each block on a page of 40 columns, and whole documents."""

import pytest
from hypothesis import given, settings
from tests.depth import examples

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
from kepu_docs.plugin import Renderer
from kepu_docs.testing import NUMBER, OFFICIAL_OUTLINE, ORDINAL, documents
from kepu_docs.typography.columns import width
from kepu_text import TextRenderer, kepu_renderers


def shown(*blocks: Block, page: int | None = 40) -> str:
    """Return what stands below the title and the blank line after it."""
    document = Document("总结", blocks, "zh_Hans", OFFICIAL_OUTLINE)
    title, _, rest = TextRenderer(page).render(document).decode().partition("\n\n")
    assert title.strip() == "总结"
    return rest


SESSIONS = Table(
    (Column("时间"), Column("主题"), Column("人次", "right"), Column("备注", "center")),
    (("4月12日", "应急救护", "60", "“优”"), ("9月20日", "识别谣言", "近100", "")),
    "培训一览",
    "表1",
)

CASES: dict[str, tuple[tuple[Block, ...], str]] = {
    "a paragraph is indented and its later lines are flush": (
        (Paragraph("试验社区全年举办科普培训3场，参加居民3,000余人次，效果很好。"),),
        """\
　　试验社区全年举办科普培训3场，参加居
民3,000余人次，效果很好。
""",
    ),
    "headings are indented; a part begins after a blank line": (
        (
            Heading(1, "工作情况", "一、"),
            Heading(2, "培训", "（一）"),
            Heading(3, "文体活动。", "1.", "全年举办1场。"),
            Heading(4, "展览", "（1）"),
            Heading(1, "下一步打算"),
        ),
        """\
　　一、工作情况
　　（一）培训
　　1.文体活动。全年举办1场。
　　（1）展览

　　下一步打算
""",
    ),
    "lists": (
        (
            ListBlock(
                "ordinal", (Item("组长由书记担任。", "健全组织。", "一是"), Item("定制度。", "", "二是")), ORDINAL
            ),
            ListBlock("number", (Item("2025年建成科普角。", "", "1."), Item("6期。", "画廊。", "2.")), NUMBER),
            ListBlock("bullet", (Item("公众号24篇"),)),
        ),
        """\
　　一是健全组织。组长由书记担任。
　　二是定制度。
　　1. 2025年建成科普角。
　　2. 画廊。6期。
　　• 公众号24篇
""",
    ),
    "a table is centred under its caption": (
        (Paragraph("前文。"), SESSIONS, Paragraph("后文。")),
        """\
　　前文。

　　　　　　 表1　培训一览
    --------------------------------
    时间     主题       人次   备注
    --------------------------------
    4月12日  应急救护     60  “优”
    9月20日  识别谣言  近100
    --------------------------------

　　后文。
""",
    ),
    "a wide table is wrapped inside its columns": (
        (
            Table(
                (Column("序号", "right"), Column("任务"), Column("责任人")),
                (("1", "建设社区科普馆，面积不少于60平方米", "居委会、物业公司"), ("2", "讲座12场", "李主任")),
            ),
        ),
        """\
----------------------------------------
序号  任务              责任人
----------------------------------------
   1  建设社区科普馆，  居委会、物业公司
      面积不少于
      60平方米

   2  讲座12场          李主任
----------------------------------------
""",
    ),
    "a table without rows": (
        (Table((Column("时间"),), ()),),
        """\
                  ----
                  时间
                  ----
""",
    ),
    "a figure is named and described": (
        (Figure(b"", "image/png", 4, 3, "居民学急救", "培训现场", "图1"), Figure(b"", "image/png", 4, 3, "画廊")),
        """\
　　 ［图1　培训现场：居民学急救］

　　　　　　　　［画廊］
""",
    ),
    "a chart is a table of its figures": (
        (
            Chart(
                "bar",
                "季度",
                ("一季度", "二季度"),
                (Series("场次", (1.0, None), ("1", "")), Series("人次", (60.0, 1100.0), ("60", "1,100"))),
                "各季度活动",
                "图2",
            ),
        ),
        """\
　　　　　　图2　各季度活动
          -------------------
          季度    场次   人次
          -------------------
          一季度     1     60
          二季度        1,100
          -------------------
""",
    ),
    "without a seal the date begins two characters after the body": (
        (Signature("试验社区居民委员会", "2025年1月2日"),),
        """\
　　　　　　　　　试验社区居民委员会
　　　　　　　　　　　2025年1月2日
""",
    ),
    "without a seal a longer date keeps two characters from the edge": (
        (Signature("试验社区", "2025年12月20日"),),
        """\
　　　　　　　　　试验社区
　　　　　　　　　　　2025年12月20日
""",
    ),
    "with a seal the body is centred over the date, four characters from the edge": (
        (Signature("试验社区居民委员会", "2025年12月20日", sealed=True),),
        """\
　　　　　　　　试验社区居民委员会
　　　　　　　　　2025年12月20日
""",
    ),
    "a body or a date alone": (
        (Signature("试验社区", ""), Signature("", "2025年1月2日"), Signature("试验社区", "", sealed=True)),
        """\
　　　　　　　　　　　　　　试验社区

　　　　　　　　　　　　2025年1月2日

　　　　　　　　　　　　试验社区
""",
    ),
    "one attachment": (
        (Paragraph("正文。"), AttachmentNote("附件：", ("2025年试验社区科普志愿者名册和服务时长统计",))),
        """\
　　正文。

　　附件：2025年试验社区科普志愿者名册和
　　　　　服务时长统计
""",
    ),
    "names of attachments stand one below the other": (
        (AttachmentNote("附件：", ("活动台账", "试验社区科普志愿者名册和服务时长统计", *"三四五六七八九十")),),
        """\
　　附件：1.  活动台账
　　　　　2.  试验社区科普志愿者名册和服
　　　　　　　务时长统计
　　　　　3.  三
　　　　　4.  四
　　　　　5.  五
　　　　　6.  六
　　　　　7.  七
　　　　　8.  八
　　　　　9.  九
　　　　　10. 十
""",
    ),
    "a page break is white space": (
        (Paragraph("正文。"), PageBreak(), Heading(1, "附表", "二、")),
        """\
　　正文。


　　二、附表
""",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_block(case: str) -> None:
    blocks, expected = CASES[case]
    assert shown(*blocks) == expected


def test_a_long_title_is_centred_on_balanced_lines() -> None:
    document = Document("试验街道试验社区二〇二五年度科普工作总结", (), "zh_Hans", OFFICIAL_OUTLINE)
    assert TextRenderer(30).render(document).decode() == "　　　 试验街道试验社区\n　 二〇二五年度科普工作总结\n"


def test_without_a_width_everything_stands_at_the_left() -> None:
    blocks = (Paragraph("科普" * 60), SESSIONS, Signature("试验社区", "2025年1月2日", sealed=True))
    lines = shown(*blocks, page=None).splitlines()
    assert lines[0] == "　　" + "科普" * 60
    assert lines[2] == "表1　培训一览"
    assert lines[-2:] == ["试验社区", "2025年1月2日"]


def test_a_page_too_narrow_is_refused() -> None:
    with pytest.raises(ValueError, match="24 are needed"):
        TextRenderer(23)


def test_the_plugin_offers_the_format() -> None:
    (renderer,) = kepu_renderers()
    assert isinstance(renderer, Renderer)
    assert (renderer.format, renderer.suffix) == ("txt", ".txt")
    assert renderer.media_type == "text/plain; charset=UTF-8"


@settings(max_examples=examples(200), deadline=None)
@given(documents())
def test_lines_keep_to_the_page(document: Document) -> None:
    data = TextRenderer(60).render(document)
    assert data == TextRenderer(60).render(document)
    text = data.decode()
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    lines = text.removesuffix("\n").split("\n")
    assert all(line == line.rstrip() for line in lines)
    assert max(map(width, lines)) <= 60


@settings(max_examples=examples(100), deadline=None)
@given(documents())
def test_wrapping_changes_white_space_only(document: Document) -> None:
    blocks = tuple(block for block in document.blocks if not isinstance(block, Table | Chart))
    prose = Document(document.title, blocks, document.locale, document.outline)
    wrapped, whole = (TextRenderer(page).render(prose).decode() for page in (60, None))
    assert "".join(wrapped.split()) == "".join(whole.split())


def test_english_is_not_indented_and_blank_lines_part_its_blocks() -> None:
    blocks = (
        Heading(1, "Training", "1 "),
        Paragraph("The community held 2 sessions."),
        ListBlock("ordinal", (Item("once.", number="First, "), Item("twice.", number="Second, "))),
        Table((Column("Name"),), (("甲",),), "Venues", "Table 1"),
        Figure(b"", "image/png", 1, 1, "a hall", "The hall", "Figure 1"),
        AttachmentNote("Attachments: ", ("One", "Two")),
        Signature("Testville Office", "20 December 2025"),
    )
    text = TextRenderer(width=32).render(Document("Summary", blocks, "en", OFFICIAL_OUTLINE)).decode()
    assert text.splitlines() == [
        "            Summary",
        "",
        "1 Training",
        "",
        "The community held 2 sessions.",
        "",
        "First, once.",
        "Second, twice.",
        "",
        "        Table 1: Venues",
        "              ----",
        "              Name",
        "              ----",
        "              甲",
        "              ----",
        "",
        "  [Figure 1: The hall: a hall]",
        "",
        "Attachments: 1. One",
        "             2. Two",
        "",
        "Testville Office",
        "20 December 2025",
    ]


def test_a_formal_paper_in_english_is_set_with_ordinary_blanks() -> None:
    letterhead = Letterhead("Testville Office", number="TV 12", signer_lead="Approved by: ", signer="A. B.")
    imprint = Imprint("Copied to: ", "Office\u3000A.", "Testville Office", "Issued on 2 May 2025")
    document = Document("Summary", (), "en", OFFICIAL_OUTLINE, letterhead=letterhead, imprint=imprint)
    assert TextRenderer(width=44).render(document).decode().splitlines() == [
        "              Testville Office",
        "  TV 12                 Approved by: A. B.",
        "",
        "                  Summary",
        "",
        "Copied to: Office\u3000A.",
        "  Testville Office    Issued on 2 May 2025",
    ]


def test_a_long_signature_at_the_left_keeps_to_the_page() -> None:
    signature = Signature("Residents' Committee " * 5 + "of a Long Name", "20 December 2025")
    document = Document("Title", (Paragraph("Text."), signature), "en", OFFICIAL_OUTLINE)
    lines = TextRenderer(60).render(document).decode().splitlines()
    assert lines[-1] == "20 December 2025"
    assert max(map(width, lines)) <= 60
