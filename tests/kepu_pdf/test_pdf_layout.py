"""Content and layout: tables across pages, pictures in rows, formal papers, and what is kept together."""

import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from tests.kepu_pdf.fonts import need_fonts
from tests.kepu_pdf.reading import shown_text
from tests.kepu_word.pages import POINT, Page, read

from kepu_docs.blocks import (
    AttachmentNote,
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
    Signature,
    Table,
)
from kepu_docs.plugin import RenderError, in_latin, load_look
from kepu_docs.testing import OFFICIAL_OUTLINE
from kepu_pdf import PdfRenderer
from kepu_pdf.look_data import look_data

pytestmark = pytest.mark.usefixtures("fonts")

GREY = (Path(__file__).parent / "grey.png").read_bytes()
RENDERER = PdfRenderer()
LEFT, RIGHT, BOTTOM = 28.0, 184.0, 262.0
SENTENCE = "社区科普工作全年开展"


@pytest.fixture(scope="module")
def fonts() -> None:
    need_fonts()


def document(*blocks: Any, **more: Any) -> Document:
    return Document("科普工作总结", blocks, "zh_Hans", OFFICIAL_OUTLINE, **more)


def pages(*blocks: Any, renderer: PdfRenderer = RENDERER, **more: Any) -> tuple[Page, ...]:
    return read(renderer.render(document(*blocks, **more)))


def lines(page: Page) -> list[str]:
    return [line.text.strip() for line in page.body]


def table(rows: int, cell: str = "内容") -> Table:
    return Table((Column("序号"), Column("事项")), tuple((f"第{row}行", cell) for row in range(rows)), "一览", "表1")


def test_a_long_table_repeats_its_head_and_breaks_no_row() -> None:
    long = pages(table(70))
    assert len(long) > 2
    for page in long:
        head = next(place for place, text in enumerate(lines(page)) if text.startswith("序号"))
        assert lines(page)[head + 1].startswith("第")
        assert all(line.baseline < BOTTOM for line in page.body)
    rows = [text for page in long for text in lines(page) if text.startswith("第")]
    assert rows == [f"第{row}行内容" for row in range(70)]


def test_a_low_table_goes_to_the_next_page_whole_with_its_caption() -> None:
    first, second = pages(*[Paragraph(SENTENCE)] * 18, table(5))
    assert not any("表1" in text for text in lines(first))
    assert lines(second)[:2] == ["表1　一览", "序号事项"]
    assert len(lines(second)) == 7


def test_a_row_that_is_higher_than_a_page_loses_nothing() -> None:
    cell = "很长的内容" * 400
    data = RENDERER.render(document(table(2, cell)))
    assert len(read(data)) > 2
    assert shown_text(data).count(cell) == 2
    for page in read(data):
        assert all(line.baseline < BOTTOM for line in page.body)


def test_a_row_of_other_length_is_refused() -> None:
    with pytest.raises(RenderError, match=r"table 表1: a row of 1 cells; there are 2 columns"):
        pages(replace(table(1), rows=(("一格",),)))


def test_two_pictures_stand_side_by_side_at_one_height() -> None:
    wide, high = (Figure(GREY, "image/png", *size, "照片", "说明", "图1") for size in ((800, 600), (600, 800)))
    (page,) = pages(wide, high, wide)
    first, second, third = page.pictures
    assert first.right < (LEFT + RIGHT) / 2 < second.left
    assert first.top == pytest.approx(second.top, abs=0.1)
    assert first.bottom == pytest.approx(second.bottom, abs=0.1)
    # An odd last one stands in the middle.
    assert (third.left + third.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.2)
    assert third.right - third.left == pytest.approx(76.0, abs=0.1)


def test_a_picture_alone_is_as_large_as_the_look_allows() -> None:
    large, small = Figure(GREY, "image/png", 4000, 1000, "照片"), Figure(GREY, "image/png", 96, 96, "照片")
    (page,) = pages(large, Paragraph("文"), small)
    first, second = page.pictures
    assert (first.right - first.left, first.bottom - first.top) == pytest.approx((110.0, 27.5), abs=0.1)
    assert second.right - second.left == pytest.approx(25.4, abs=0.1)


def test_a_page_break_leaves_no_blank_page() -> None:
    full = [Paragraph(SENTENCE)] * 20  # with the title's two lines a full page
    assert len(pages(*full, PageBreak(), Paragraph("后文"))) == 2
    assert len(pages(Paragraph("前文"), PageBreak(), PageBreak(), Paragraph("后文"))) == 2


def test_a_heading_ends_no_page() -> None:
    first, second = pages(*[Paragraph(SENTENCE)] * 19, Heading(1, "培训", "一、"), Paragraph("后文"))
    assert len(first.body) == 20
    assert lines(second) == ["一、培训", "后文"]


def test_who_signs_has_text_on_the_page() -> None:
    """A page without text may not bear who signs it (GB/T 9704, 7.3.5)."""
    signature = Signature("试验社区居民委员会", "2025年12月20日")
    for blocks in ((signature,), (AttachmentNote("附件：", ("一览表",)), signature)):
        _, second = pages(*[Paragraph(SENTENCE)] * 20, *blocks)
        assert lines(second)[0] == SENTENCE


@pytest.mark.parametrize("before", [Paragraph(SENTENCE * 36), table(16)], ids=["text", "table"])
def test_neither_is_it_parted_from_a_long_text_or_table(before: Paragraph | Table) -> None:
    for above in range(4, 14):
        last = pages(*[Paragraph(SENTENCE)] * above, before, Signature("试验社区居民委员会", "2025年12月20日"))[-1]
        assert len(last.body) > 2, above


def test_what_announces_a_list_ends_no_page() -> None:
    items = ListBlock("ordinal", (Item("做好宣传。", number="一是"),))
    first, second = pages(*[Paragraph(SENTENCE)] * 19, Paragraph("工作如下："), items)
    assert len(first.body) == 20
    assert lines(second)[0] == "工作如下："


@pytest.mark.parametrize("look", ["gongwen", "briefing"])
def test_entries_of_a_list_stand_as_paragraphs_do(look: str) -> None:
    items = ListBlock(
        "number", (Item("社区科普" * 20, "讲座。", "1."), Item("第二项", number="2."), Item("第三项", number="3."))
    )
    (page,) = pages(Paragraph("正文"), items, Paragraph("后文"), renderer=PdfRenderer(look))
    at = {line.text.strip()[:2]: line for line in page.body}
    assert {round(at[text].left, 1) for text in ("1.", "2.", "后文")} == {round(at["正文"].left, 1)}
    steps = [at[lower].baseline - at[upper].baseline for upper, lower in (("2.", "3."), ("3.", "后文"))]
    assert steps[0] == pytest.approx(steps[1], abs=0.05)


def test_a_formal_paper() -> None:
    letterhead = Letterhead("试验街道办事处文件", "试街办〔2025〕12号", "000001", "", "特急", "签发人：", "甲某某")
    imprint = Imprint("抄送：", "区科协，区文明办。", "试验街道党政办公室", "2025年12月22日印发")
    (page,) = pages(Paragraph(SENTENCE), letterhead=letterhead, imprint=imprint, addressee="试验区科协：")
    shown = lines(page)
    assert shown[:2] == ["000001", "特急"]
    by_text = {line.text.strip(): line for line in page.body}
    issuer = by_text["试验街道办事处文件"]
    # 35 mm below the type area's upper edge the mark's line begins (7.2.4).
    assert issuer.glyphs[0].ink is not None
    assert issuer.glyphs[0].ink.top == pytest.approx(37.0 + 35.0, abs=6.0)
    assert (issuer.left + issuer.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.3)
    number = next(line for line in page.body if "12号" in line.text)
    assert number.left == pytest.approx(LEFT + 15.75 * POINT, abs=0.2)
    assert number.right == pytest.approx(RIGHT - 15.75 * POINT, abs=0.6)
    # The red rule, 4 mm below the number, as wide as the type area.
    rule = min((box for box in page.drawn if box.right - box.left > 150), key=lambda box: box.top)
    assert (rule.left, rule.right) == pytest.approx((LEFT, RIGHT), abs=0.2)
    assert rule.top - number.baseline == pytest.approx(4.0 + 0.2 * 28.95 * POINT, abs=0.5)
    printed = page.body[-1]
    assert printed.text.strip().endswith("2025年12月22日印发")
    # The imprint stands at the foot of the type area.
    assert BOTTOM - printed.baseline < 4.0


def test_a_long_title_is_broken_as_in_word() -> None:
    title = "关于试验社区二〇二五年度科学技术普及工作情况的总结报告"
    (page,) = read(RENDERER.render(replace(document(Paragraph("文")), title=title)))
    first, second = page.body[:2]
    assert first.text + second.text == title
    assert second.baseline - first.baseline == pytest.approx(28.95 * POINT, abs=0.05)


def test_the_look_briefing_numbers_pages_in_the_middle() -> None:
    for page in pages(*[Paragraph(SENTENCE * 20)] * 9, renderer=PdfRenderer("briefing")):
        assert (page.foot.left + page.foot.right) / 2 == pytest.approx(105.0, abs=0.3)


def test_latin_documents_are_set_without_indents_and_in_fonts_for_letters() -> None:
    look = load_look("gongwen")
    chinese, latin = (look_data(each)["text"]["body"] for each in (look, in_latin(look)))
    assert chinese["first"] == 2 * 15.75
    assert latin["first"] == 0
    assert chinese["fonts"][0] == "AR PL SungtiL GB"
    assert latin["fonts"][0] != "AR PL SungtiL GB"


def test_threads_share_a_renderer() -> None:
    documents = [document(Paragraph(f"第{number}份"), Figure(GREY, "image/png", 8, 8, "图")) for number in range(12)]
    alone = [PdfRenderer().render(each) for each in documents]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(RENDERER.render, documents)) == alone


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
def test_in_a_process_that_was_forked_it_does_not_wait_for_ever() -> None:
    made = document(Paragraph("正文"))
    here = made.render("pdf")
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as forked:
        error = forked.submit(Document.render, made, "pdf").exception(timeout=60)
    assert isinstance(error, RenderError)
    assert error.faults[0].code == "pdf-after-fork"
    with ProcessPoolExecutor(1, mp_context=get_context("forkserver")) as begun:
        assert begun.submit(Document.render, made, "pdf").result(timeout=60) == here


def test_nothing_of_one_document_is_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    canary = RENDERER.render(document(Paragraph("金丝雀"), Figure(GREY, "image/png", 8, 8, "金丝雀图")))
    assert "金丝雀" in shown_text(canary)
    assert "金丝雀" not in shown_text(RENDERER.render(document(Paragraph("正文"))))
    assert list(tmp_path.iterdir()) == []
