"""Column widths, the positions of signature and attachments, pictures, captions, page breaks."""

import io
import struct
import zipfile
import zlib
from itertools import pairwise

import docx
import mammoth
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.kepu_word.invariants import broken_invariants, check_docx
from tests.kepu_word.reading import W, paragraphs, part, texts_of

from kepu_docs.blocks import (
    AttachmentNote,
    Block,
    Column,
    Document,
    Figure,
    Item,
    ListBlock,
    PageBreak,
    Paragraph,
    Signature,
    Table,
)
from kepu_docs.plugin import RenderError, load_look, quarters
from kepu_docs.testing import OFFICIAL_OUTLINE
from kepu_word import WordRenderer
from kepu_word.look.units import advance, line_twips, text_twips, twips

RENDERER = WordRenderer()
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
TEXT_WIDTH = twips(156)
DATE = "2025年12月20日"  # seven characters wide: a digit is half of one


def document(*blocks: Block) -> Document:
    return Document("总结", blocks, "zh_Hans", OFFICIAL_OUTLINE)


def grid(table: Table) -> list[int]:
    return [int(column.get(f"{W}w", "")) for column in part(RENDERER.render(document(table))).iter(f"{W}gridCol")]


def columns(count: int) -> tuple[Column, ...]:
    return tuple(Column(f"列{place}") for place in range(count))


@given(st.lists(st.integers(0, 400), min_size=1, max_size=63), st.sampled_from(("字", "x")))
def test_columns_fill_the_type_area(lengths: list[int], character: str) -> None:
    widths = grid(Table(columns(len(lengths)), (tuple(character * length for length in lengths),)))
    assert sum(widths) == TEXT_WIDTH
    assert all(width > 0 for width in widths)


def test_short_columns_get_what_they_want_beside_a_long_one() -> None:
    date, count, text = grid(Table(columns(3), (("10月21日", "1,200", "很长的说明文字" * 30),)))
    # Ten halves of 12 points and padding fit; the rest is the long column's.
    assert 5 * 240 < date < 8 * 240
    assert 3 * 240 < count < 6 * 240
    assert text == TEXT_WIDTH - date - count


_QUARTER = 12 * 20 // 4
_PADDING = 2 * twips(1.5)


@given(
    st.lists(st.sampled_from(("12人次", "1,500份", "300余人次", "近1.2万人次")), min_size=3, max_size=3),
    st.lists(st.sampled_from(("应急救护", "垃圾分类和资源回收利用", "")), min_size=3, max_size=3),
)
def test_figures_and_dates_are_not_broken_in_a_full_table(figures: list[str], names: list[str]) -> None:
    heads = (
        *(Column("参加人次", "right") for _ in figures),
        *(Column("名称") for _ in names),
        Column("时间", "center"),
    )
    taken = grid(Table(heads, ((*figures, *names, "10月21日"), (*figures, *["很长的说明文字" * 9] * 3, "6月"))))
    assert sum(taken) == TEXT_WIDTH
    for text, twips_taken in zip((*figures, *names, "10月21日"), taken, strict=True):
        if text not in names:
            assert quarters(text) * _QUARTER + _PADDING <= twips_taken, text


def test_a_full_table_has_dates_fit_where_digits_stand_apart_from_hanzi() -> None:
    """A reader that spaces them adds a quarter of a character at each of five places; fonts have wider digits, too."""
    rows = (
        ("参加青少年科技创新大赛", "报送作品10件以上", "科技辅导组", "2026年3月"),
        ("培训科技辅导员", "不少于20人次", "教导处", "2026年8月31日"),
    )
    heads = (Column("任务"), Column("目标"), Column("责任人"), Column("完成时限", "center"))
    taken = grid(Table(heads, rows))
    assert sum(taken) == TEXT_WIDTH
    wide = 7 * 0.64 + 3 + 5 * 0.25
    assert round(wide * 4 * _QUARTER) + _PADDING <= taken[3]


def test_a_number_among_words_is_not_broken() -> None:
    rows = (("全年共计1234567890份", *["很长的说明文字" * 9] * 6),)
    (first, *_) = grid(Table(columns(7), rows))
    assert quarters("1234567890") * _QUARTER + _PADDING <= first


def test_a_table_that_word_cannot_show_is_refused() -> None:
    for table, message in (
        (Table(columns(64), (), number="表7"), "表7.*64 columns.* 63"),
        (Table((), ()), "0 columns"),
        (Table(columns(2), (("甲", "乙"), ("丙",)), "一览"), "一览.*1 cells.*2 columns"),
    ):
        with pytest.raises(RenderError, match=message):
            RENDERER.render(document(table))


def png(grey: int) -> bytes:
    """Return a PNG file of one grey pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixel = zlib.compress(bytes((0, grey)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


def picture(data: bytes, width: int, height: int) -> Figure:
    """Return a figure whose size is whatever the test says; a renderer does not open the file."""
    return Figure(data, "image/png", width, height, 'a "b" <c>', "现场", "图1")


def test_a_picture_is_kept_once_and_fits_its_page() -> None:
    one, two = png(1), png(2)
    apart = Paragraph("文")
    data = RENDERER.render(
        document(picture(one, 4000, 1000), apart, picture(one, 10, 4000), apart, picture(two, 20, 10))
    )
    check_docx(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        pictures = {name: archive.read(name) for name in archive.namelist() if "media" in name}
    assert pictures == {"word/media/image1.png": one, "word/media/image2.png": two}
    sizes = [(int(extent.get("cx", "")), int(extent.get("cy", ""))) for extent in part(data).iter(f"{WP}extent")]
    look = load_look("gongwen").figure
    assert sizes[0][0] == twips(look.width) * 635
    assert sizes[0][0] / sizes[0][1] == pytest.approx(4, rel=1e-4)
    assert sizes[1][1] == twips(look.height) * 635
    assert sizes[2] == (20 * 9525, 10 * 9525)
    assert [about.get("descr") for about in part(data).iter(f"{WP}docPr")] == ['a "b" <c>'] * 3


def drawn(data: bytes) -> list[tuple[int, int]]:
    return [(int(extent.get("cx", "")), int(extent.get("cy", ""))) for extent in part(data).iter(f"{WP}extent")]


def test_pictures_that_follow_one_another_stand_side_by_side() -> None:
    landscape, portrait, last = (
        picture(png(shade), *size) for shade, size in ((1, (900, 600)), (2, (600, 900)), (3, (800, 600)))
    )
    data = RENDERER.render(document(Paragraph("文"), landscape, portrait, last, Paragraph("文"), landscape))
    check_docx(data)
    (table,) = part(data).iter(f"{W}tbl")
    rows = [[len(list(cell.iter(f"{WP}inline"))) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
    assert rows == [[1, 1], [1]]
    assert all(row.find(f".//{W}cantSplit") is not None for row in table.iter(f"{W}tr"))
    first, second, third, alone = drawn(data)
    assert first[1] == second[1]
    assert first[0] / first[1] == pytest.approx(1.5, rel=1e-3)
    assert second[0] / second[1] == pytest.approx(2 / 3, rel=1e-3)
    look = load_look("gongwen").figure
    assert third[1] == twips(look.pair_height) * 635
    assert third[0] / third[1] == pytest.approx(4 / 3, rel=1e-3)
    assert alone[0] == twips(look.width) * 635
    widths = [sum(int(cell.get(f"{W}w", "")) for cell in row.iter(f"{W}tcW")) for row in table.iter(f"{W}tr")]
    assert widths == [TEXT_WIDTH, TEXT_WIDTH]


def test_beside_a_panorama_or_an_icon_a_picture_keeps_its_size() -> None:
    look = load_look("gongwen").figure
    for small, size in (((4000, 800), (look.pair_width, look.pair_width / 5)), ((24, 24), (6.35, 6.35))):
        data = RENDERER.render(document(picture(png(1), *small), picture(png(2), 900, 1200)))
        check_docx(data)
        low, high = drawn(data)
        assert low == pytest.approx([twips(side) * 635 for side in size], rel=1e-3)
        assert high[1] == twips(look.pair_height) * 635
        # Their captions are in line.
        (row,) = part(data).iter(f"{W}tr")
        assert [place.get(f"{W}val") for place in row.iter(f"{W}vAlign")] == ["bottom", "bottom"]


_SIDES = st.integers(1, 4000)


@example([(1, 1), (1, 1), (1, 205), (1, 941)], [False] * 7)
@given(st.lists(st.tuples(_SIDES, _SIDES), min_size=2, max_size=7), st.lists(st.booleans(), min_size=7, max_size=7))
def test_pictures_fit_their_cells_and_keep_their_shapes(sizes: list[tuple[int, int]], captioned: list[bool]) -> None:
    figures = tuple(
        Figure(png(place), "image/png", *size, "像", "现场" if shown else "", f"图{place}" if shown else "")
        for place, (size, shown) in enumerate(zip(sizes, captioned, strict=False), start=1)
    )
    summary = document(Paragraph("文"), *figures, Paragraph("文"))
    data = RENDERER.render(summary)
    assert not broken_invariants(data)
    assert paragraphs(data) == texts_of(summary)
    (table,) = part(data).iter(f"{W}tbl")
    margins = sum(int(side.get(f"{W}w", "")) for cell in table.iter(f"{W}tblCellMar") for side in cell)
    assert margins > 0
    extents = drawn(data)
    for place, row in enumerate(table.iter(f"{W}tr")):
        assert [int(cell.get(f"{W}w", "")) for cell in row.iter(f"{W}tcW")] == (
            [TEXT_WIDTH // 2] * 2 if 2 * place + 1 < len(sizes) else [TEXT_WIDTH]
        )
        pair = extents[2 * place : 2 * place + 2]
        assert len(list(row.iter(f"{WP}inline"))) == len(pair)
        assert all(width <= (TEXT_WIDTH // 2 - margins) * 635 for width, _ in pair)
        low, high = min(height for _, height in pair), max(height for _, height in pair)
        assert low == high or 3 * low < 2 * high
    for (width, height), (cx, cy) in zip(sizes, extents, strict=True):
        assert min(cx, cy) > 0
        assert abs(cx * height - cy * width) <= max(width, height)
        assert cx <= width * 9525 + 1
        assert cy <= height * 9525 + 1


def test_others_read_pictures_side_by_side() -> None:
    figures = [Figure(png(place), "image/png", 800, 600, "像", f"现场{place}", f"图{place}") for place in range(1, 6)]
    summary = document(Paragraph("前文"), *figures, Paragraph("后文"))
    data = RENDERER.render(summary)
    raw = mammoth.extract_raw_text(io.BytesIO(data)).value
    assert [text for text in raw.split("\n\n") if text] == texts_of(summary)
    opened = docx.Document(io.BytesIO(data))
    assert len(opened.inline_shapes) == 5
    (table,) = opened.tables
    assert [[cell.text.strip() for cell in row.cells] for row in table.rows] == [
        ["图1　现场1", "图2　现场2"],
        ["图3　现场3", "图4　现场4"],
        ["图5　现场5"] * 2,  # python-docx tells a cell over two columns twice
    ]


def test_a_signature_keeps_to_the_text_before_it() -> None:
    def kept(*blocks: Block) -> list[bool]:
        data = RENDERER.render(document(*blocks, Signature("试验社区", DATE)))
        check_docx(data)
        return [one.find(f"{W}pPr/{W}keepNext") is not None for one in part(data)[0].iterchildren(f"{W}p")]

    assert kept(Paragraph("一"), Paragraph("二")) == [False, False, True, False, False]
    assert kept(AttachmentNote("附件：", ("甲", "乙"))) == [True, True, True, False, False]
    assert kept() == [True, False, False]
    assert kept(Table(columns(1), (("甲",),))) == [False, True, False, False]


@pytest.mark.parametrize(("number", "field"), [("表1", " SEQ 表 "), ("Table 12", " SEQ Table "), ("附表甲", "")])
def test_a_caption_is_counted_by_word_where_it_can_be(number: str, field: str) -> None:
    data = RENDERER.render(document(Table(columns(1), (("甲",),), "一览", number)))
    assert field == "".join(code.text or "" for code in part(data).iter(f"{W}instrText")).partition("\\")[0]
    shown = "".join(text.text or "" for text in list(part(data).iter(f"{W}p"))[1].iter(f"{W}t"))
    assert shown == (f"{number}: 一览" if number.isascii() else f"{number}\u3000一览")


@pytest.mark.parametrize(
    ("count", "free"),
    # The rows after which a page may end: none of a low table but its last; two at each end of a higher one stand
    # together.
    [(1, [0]), (2, [1]), (3, [2]), (6, [5]), (7, [1, 2, 3, 4, 6]), (12, [*range(1, 10), 11])],
)
def test_which_rows_are_kept_together(count: int, free: list[int]) -> None:
    data = RENDERER.render(document(Table(columns(2), (("甲", "乙"),) * count)))
    check_docx(data)
    _, *rows = part(data).iter(f"{W}tr")
    assert [place for place, row in enumerate(rows) if row.find(f".//{W}keepNext") is None] == free


def test_a_table_of_few_high_rows_may_go_over_pages() -> None:
    high = ("很长的说明文字" * 30,) * 2
    _, *rows = part(RENDERER.render(document(Table(columns(2), (high,) * 6)))).iter(f"{W}tr")
    assert all(row.find(f".//{W}keepNext") is None for row in rows)


def test_a_page_break_is_of_what_follows() -> None:
    def begins(*blocks: Block) -> list[bool]:
        data = RENDERER.render(document(*blocks))
        check_docx(data)
        return [one.find(f".//{W}pageBreakBefore") is not None for one in part(data)[0].iterchildren(f"{W}p")]

    text, table = Paragraph("文"), Table(columns(1), (("甲",),), "", "")
    captioned = Table(columns(1), (("甲",),), "一览", "表1")
    assert begins(text, PageBreak(), PageBreak(), text, text) == [False, False, True, False]
    assert begins(text, PageBreak()) == [False, False]
    assert begins(PageBreak(), captioned) == [False, True, False]
    assert begins(PageBreak(), table) == [False, True, False]


def test_what_a_signature_stands_below_is_kept_with_it() -> None:
    text, table = Paragraph("文"), Table(columns(2), (("甲", "乙"),) * 2)
    signed, attached = Signature("试验社区", DATE), AttachmentNote("附件：", ("名册", "照片"))

    def kept(*blocks: Block) -> list[bool]:
        data = RENDERER.render(document(*blocks))
        check_docx(data)
        return [one.find(f"{W}pPr/{W}keepNext") is not None for one in part(data)[0].iter(f"{W}p")][1:]

    # The signing body's style keeps it with its date.
    assert kept(text, text, signed) == [False, True, False, False]
    assert kept(text, attached, signed) == [True, True, True, False, False]
    assert kept(text, attached) == [True, True, False]
    # The table's head is kept by its style. Its rows stay together, and its last row with what parts it from the text.
    assert kept(table, signed) == [*[False] * 2, *[True] * 4, True, False, False]
    assert kept(text, PageBreak(), signed) == [False, False, False]


def test_what_a_list_is_announced_by_is_kept_with_it() -> None:
    entries = ListBlock("bullet", (Item("科普馆。"), Item("活动室。")))

    def kept(*blocks: Block) -> list[bool]:
        data = RENDERER.render(document(*blocks))
        check_docx(data)
        return [one.find(f"{W}pPr/{W}keepNext") is not None for one in part(data)[0].iter(f"{W}p")][1:]

    assert kept(Paragraph("社区建有以下科普场所："), entries) == [True, False, False]
    assert kept(Paragraph("The community has the following venues:"), entries) == [True, False, False]
    assert kept(Paragraph("社区建有科普场所。"), entries) == [False] * 3
    assert kept(Paragraph("如下："), Paragraph("文")) == [False] * 2
    assert kept(Paragraph("如下："), PageBreak(), entries) == [False] * 3


def test_tables_do_not_run_into_each_other() -> None:
    table = Table(columns(1), (("甲",),))
    tags = [element.tag for element in part(RENDERER.render(document(table, table)))[0]]
    assert all(follower == f"{W}p" for element, follower in pairwise(tags) if element == f"{W}tbl")


def test_the_look_has_the_figures_of_the_standard() -> None:
    page = load_look("gongwen").page
    assert (page.width - page.left - page.text_width, page.height - page.top - page.text_height) == (26, 35)
    # 22 lines of 28 characters (GB/T 9704-2012, 5.2.3)
    assert 22 * line_twips(page) <= twips(page.text_height) < 23 * line_twips(page)
    assert (
        28 * advance(load_look("gongwen").text.body) <= text_twips(page) < 29 * advance(load_look("gongwen").text.body)
    )
