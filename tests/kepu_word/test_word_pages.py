"""Where pages end: no heading, caption or head row last, no signature without text, nothing outside the type area."""

from functools import cache
from pathlib import Path
from typing import Final

import pytest
from tests.kepu_word.pages import Page, pdf_by_office
from tests.kepu_word.test_word_layout import png
from tests.pages import RECORDS

import kepu_docs
from kepu_docs.blocks import (
    AttachmentNote,
    Block,
    Chart,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Series,
    Signature,
    Table,
)
from kepu_docs.testing import OFFICIAL_OUTLINE
from kepu_word import WordRenderer

pytestmark = [pytest.mark.office, pytest.mark.deep]

TOP, LEFT, RIGHT, BOTTOM = 37.0, 28.0, 210.0 - 26.0, 297.0 - 35.0
# A rule of a table lies with half its width (1 point) on either side of the edge; positions are rounded to twips.
SLACK = 0.3
# LibreOffice lets these hang over the edge although it is told not to (see test_word_geometry).
HANGING: Final = set("，。、；：！？”’）》")

LINES = 22
# With the title's two lines, so that each line of what follows meets the page's end once.
LENGTHS = range(10, 24)
FILLER = "这一行是正文"
THREE_LINES = Paragraph("社区科普工作全年开展" * 8)
ONE_LINE = Paragraph(FILLER)
SIGNED = Signature("试验社区居民委员会", "二五年一月二日")
ATTACHED = AttachmentNote("附件：", ("活动照片", "志愿者名单"))
TABLE = Table((Column("日期"), Column("主题")), (("甲日", "防火"),) * 3, "活动一览", "表1")
FIGURE = Figure(png(128), "image/png", 200, 150, "现场", "活动现场", "图1")

ENDINGS: Final[dict[str, tuple[Block, ...]]] = {
    "heading": (Heading(1, "标题", "一、"), THREE_LINES),
    "headings": (Heading(1, "标题", "一、"), Heading(2, "次级", "（一）"), Heading(3, "再次", "1."), ONE_LINE),
    "long heading": (Heading(1, "很长的标题" * 8, "一、"), ONE_LINE),
    "table": (TABLE, ONE_LINE),
    "heading and table": (Heading(1, "标题", "一、"), TABLE),
    "figure": (FIGURE, ONE_LINE),
    "signature": (SIGNED,),
    "paragraph and signature": (THREE_LINES, SIGNED),
    "attachments": (ATTACHED, SIGNED),
    "table and signature": (TABLE, SIGNED),
}
"""What comes after a number of lines."""


@cache
def documents() -> dict[str, Document]:
    return {path.stem: kepu_docs.compose(kepu_docs.load(path)) for path in RECORDS} | {
        f"{name} {length}": Document("科普工作总结", (*[ONE_LINE] * length, *ending), "zh_Hans", OFFICIAL_OUTLINE)
        for name, ending in ENDINGS.items()
        for length in LENGTHS
    }


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Page, ...]]:
    renderer = WordRenderer()
    files = {name: renderer.render(made) for name, made in documents().items()}
    return pdf_by_office(tmp_path_factory.mktemp("printed"), files)


def solid(text: str) -> str:
    """Return ``text`` without blanks, whose number readers differ about."""
    return "".join(text.split())


def test_every_page_end_is_met(printed: dict[str, tuple[Page, ...]]) -> None:
    for name in ENDINGS:
        assert {len(printed[f"{name} {length}"]) for length in LENGTHS} == {1, 2}
    for path in RECORDS:
        assert len(printed[path.stem]) >= 2


def test_no_page_is_blank(printed: dict[str, tuple[Page, ...]]) -> None:
    assert [name for name, pages in printed.items() for page in pages if not (page.body or page.pictures)] == []


def test_what_belongs_to_the_next_line_does_not_end_a_page(printed: dict[str, tuple[Page, ...]]) -> None:
    found = []
    for name, document in documents().items():
        openings = set()
        for block in document.blocks:
            match block:
                case Heading(body=""):
                    openings.add(solid(block.number + block.text))
                case Table():
                    openings.add(solid(block.number + block.caption))
                    openings.add(solid("".join(column.title for column in block.columns)))
                case _:
                    pass
        for page in printed[name]:
            last = solid(page.body[-1].text)
            found += [(name, last) for opening in openings if opening.endswith(last)]
    assert found == []


def test_a_caption_stands_with_its_picture(printed: dict[str, tuple[Page, ...]]) -> None:
    for length in LENGTHS:
        (page,) = [page for page in printed[f"figure {length}"] if page.pictures]
        (picture,) = page.pictures
        (caption,) = [line for line in page.body if line.text.startswith("图1")]
        assert 0 < caption.baseline - picture.bottom < 12


def test_no_line_of_a_paragraph_stands_alone(printed: dict[str, tuple[Page, ...]]) -> None:
    first, third = THREE_LINES.text[:26], THREE_LINES.text[54:]
    shown = [page for length in LENGTHS for page in printed[f"heading {length}"]]
    assert any(line.text == first for page in shown for line in page.body)
    assert any(line.text == third for page in shown for line in page.body)
    assert not [page for page in shown if page.body[-1].text == first or page.body[0].text == third]


def test_a_signature_stands_below_text(printed: dict[str, tuple[Page, ...]]) -> None:
    """The signing body, the date and the names of attachments stand on one page, with text above them (7.3.5)."""
    signed = 0
    for name, document in documents().items():
        attachments = 0
        for block in document.blocks:
            match block:
                case AttachmentNote():
                    attachments = len(block.names)
                case Signature():
                    *texts, body, date = [solid(line.text) for line in printed[name][-1].body]
                    assert (body, date) == (block.body, block.date), name
                    assert len(texts) > attachments, name
                    assert not attachments or texts[-attachments].startswith("附件："), name
                    signed += 1
                case _:
                    pass
    assert signed > 4 * len(LENGTHS)


def test_pages_are_full_but_for_what_is_kept_together(printed: dict[str, tuple[Page, ...]]) -> None:
    """The most that goes to the next page with its last line: a line, attachments, a signing body, blanks between.

    LibreOffice takes the whole of a paragraph to the next one's page, Word its last two lines.
    """
    seen = 0
    for name in ("heading", "headings", "signature", "paragraph and signature", "attachments"):
        for length in LENGTHS:
            first, *rest = printed[f"{name} {length}"]
            # The title has a blank line below it.
            assert not rest or len(first.body) + 1 >= LINES - 6
            seen += bool(rest)
    assert seen


ROWS: Final = (3, 4, 6, 7, 8, 13, 27, 40)
CHART: Final = Chart("bar", "月份", ("甲月", "乙月"), (Series("场次", (1.0, 2.0), ("1", "2")),), "活动场次", "图1")
SIGNING: Final = "试验市试验区试验街道办事处试验社区居民委员会科学技术普及工作领导小组"
DAY: Final = "2025年12月20日"


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Page, ...]]:
    """Tables of many heights, and a chart, at many places of the page; long signatures."""
    endings: dict[str, tuple[Block, ...]] = {
        f"rows {count}": (
            Table((Column("日期"), Column("主题")), tuple((f"{row}日", "防火") for row in range(count)), "一览", "表1"),
            ONE_LINE,
        )
        for count in ROWS
    } | {"chart": (CHART, ONE_LINE)}
    made = {
        f"{name} {length}": (*[ONE_LINE] * length, *blocks)
        for name, blocks in endings.items()
        for length in range(3, 24, 1 if name == "chart" else 2)
    } | {f"signed {sealed}": (ONE_LINE, Signature(SIGNING, DAY, sealed=sealed)) for sealed in (False, True)}
    renderer = WordRenderer()
    files = {
        name: renderer.render(Document("科普工作总结", blocks, "zh_Hans", OFFICIAL_OUTLINE))
        for name, blocks in made.items()
    }
    return pdf_by_office(tmp_path_factory.mktemp("laid"), files)


def test_no_row_stands_alone_on_a_page(laid: dict[str, tuple[Page, ...]]) -> None:
    parted = 0
    for name, pages in laid.items():
        kind, _, count = name.rpartition(" ")[0].partition(" ")
        if kind != "rows":
            continue
        rows = [sum("防火" in line.text for line in page.body) for page in pages]
        assert sum(rows) == int(count), name
        shown = [number for number in rows if number]
        assert len(shown) == 1 or min(shown) >= 2, (name, rows)
        assert int(count) > 6 or len(shown) == 1, (name, rows)
        parted += len(shown) > 1
    assert parted > 20


def test_less_than_a_third_of_a_page_is_blank_above_a_chart_or_a_table(laid: dict[str, tuple[Page, ...]]) -> None:
    for name, pages in laid.items():
        for page in pages[:-1]:
            # The baseline of a line's text lies above its foot.
            lowest = max([*(line.baseline for line in page.body), *(box.bottom for box in page.drawn)])
            assert BOTTOM - lowest < (BOTTOM - TOP) / 3 + 3, name


def test_a_long_signature_keeps_the_place_of_its_date(laid: dict[str, tuple[Page, ...]]) -> None:
    one = 15.75 * 25.4 / 72
    *_, first, second, date = laid["signed False"][-1].body
    assert solid(first.text + second.text) == SIGNING
    assert first.left == pytest.approx(second.left, abs=0.3)
    assert date.left - first.left == pytest.approx(2 * one, abs=0.5)
    assert RIGHT - max(first.right, second.right) == pytest.approx(2 * one, abs=1)
    *_, first, second, third, date = laid["signed True"][-1].body
    assert solid(first.text + second.text + third.text) == SIGNING
    assert RIGHT - date.right == pytest.approx(4 * one, abs=0.5)
    for line in (first, second, third):
        assert (line.left + line.right) / 2 == pytest.approx(RIGHT - 7.5 * one, abs=1)


def test_nothing_stands_outside_the_type_area(printed: dict[str, tuple[Page, ...]]) -> None:
    outside = []
    for name, pages in printed.items():
        for page in pages:
            boxes = [*page.drawn, *page.pictures]
            for line in page.body:
                hanging = line.glyphs[-1:] if line.text[-1] in HANGING else ()
                boxes += [glyph.ink for glyph in line.glyphs if glyph.ink and glyph not in hanging]
            outside += [
                (name, box)
                for box in boxes
                if box.left < LEFT - SLACK
                or box.right > RIGHT + SLACK
                or box.top < TOP - SLACK
                or box.bottom > BOTTOM + SLACK
            ]
    assert outside == []
    assert any(page.drawn for page in printed["rich"])


def test_no_character_is_missing_in_fonts_of_gb_2312(printed: dict[str, tuple[Page, ...]]) -> None:
    glyphs = [(name, glyph) for name, pages in printed.items() for page in pages for glyph in page.glyphs]
    assert [(name, glyph.text) for name, glyph in glyphs if glyph.missing] == []


def test_a_missing_character_is_seen(tmp_path: Path) -> None:
    """What the test above stands on."""
    # In a private plane, where no font has anything.
    document = Document("总结", (Paragraph("甲\U00100000乙"),), "zh_Hans", OFFICIAL_OUTLINE)
    ((page,),) = pdf_by_office(tmp_path, {"missing": WordRenderer().render(document)}).values()
    assert [glyph.missing for glyph in page.body[1].glyphs] == [False, True, False]
