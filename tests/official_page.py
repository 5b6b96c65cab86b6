"""The page of GB/T 9704-2012, measured in a PDF: a class of tests for each format with visible pages."""

from itertools import pairwise

import pytest

from kepu_docs.blocks import AttachmentNote, Block, Document, Heading, Paragraph, Signature
from kepu_docs.testing import OFFICIAL_OUTLINE
from tests.kepu_word.pages import POINT, Line, Page

WIDTH, HEIGHT = 210.0, 297.0
TOP, LEFT, RIGHT, BOTTOM = 37.0, 28.0, 210.0 - 26.0, 297.0 - 35.0
MARGIN = 1.0  # the standard's own tolerance (5.2.1)

LINES, CHARACTERS = 22, 28
PITCH = 28.95 * POINT
ADVANCE = 15.75 * POINT  # of a 3号 character, which is set a quarter of a point closer
HALF = ADVANCE / 2

# The baseline of a line of exact height stands at four fifths of it, whatever the font.
RISE = 0.8

SENTENCE = "社区科普工作全年开展"
SHORT, LONG = "试验社区", "试验社区居民委员会科普工作办公室"
# Without a zero, which the font for 仿宋 has not as a hanzi: both are as wide as their characters.
DATE, LONG_DATE = "二五年二月二日", "二五年一十二月二十一日"
NAME = "科普活动" * 9


def document(*blocks: Block) -> Document:
    return Document("科普工作总结", blocks, "zh_Hans", OFFICIAL_OUTLINE)


DOCUMENTS = {
    # One paragraph, so that no line but its first and last is short.
    "body": document(Paragraph(SENTENCE * 200)),
    "headings": document(
        Heading(1, "组织", "一、"),
        Heading(2, "领导", "（一）"),
        Heading(3, "小组", "1."),
        Heading(4, "分工", "（1）"),
        Heading(1, "不编号"),
        Paragraph(SENTENCE),
        Heading(2, "连排", "（二）", SENTENCE * 5),
    ),
    "signed": document(Paragraph(SENTENCE), Signature(LONG, DATE)),
    "late": document(Paragraph(SENTENCE), Signature(SHORT, LONG_DATE)),
    "sealed": document(Paragraph(SENTENCE), Signature(LONG, DATE, sealed=True)),
    "sealed short": document(Paragraph(SENTENCE), Signature(SHORT, LONG_DATE, sealed=True)),
    "attached": document(Paragraph(SENTENCE), AttachmentNote("附件：", (NAME,))),
    "attached twice": document(Paragraph(SENTENCE), AttachmentNote("附件：", (NAME, NAME))),
}


def line(page: Page, text: str) -> Line:
    """Return the one line that begins with ``text``."""
    (found,) = [one for one in page.body if one.text.startswith(text)]
    return found


def right(one: Line) -> float:
    """Return where a line ends, its last character's spacing counted as Word and LibreOffice count it."""
    return one.glyphs[-1].left + ADVANCE


class OfficialPage:
    """Give it a fixture ``printed``, the pages of ``DOCUMENTS`` by their names."""

    def test_the_paper_is_a4(self, printed: dict[str, tuple[Page, ...]]) -> None:
        for pages in printed.values():
            for page in pages:
                assert page.width == pytest.approx(WIDTH, abs=0.1)
                assert page.height == pytest.approx(HEIGHT, abs=0.1)

    def test_a_full_line_has_28_characters(self, printed: dict[str, tuple[Page, ...]]) -> None:
        first, *full, _ = [one for page in printed["body"] for one in page.body[page is printed["body"][0] :]]
        assert len(first.text) == CHARACTERS - 2
        assert len(full) > LINES
        assert {len(one.text) for one in full} == {CHARACTERS}

    def test_a_full_page_has_22_lines(self, printed: dict[str, tuple[Page, ...]]) -> None:
        first, *full, _ = printed["body"]
        assert full
        assert {len(page.body) for page in full} == {LINES}
        # The title has a blank line below it.
        assert len(first.body) == LINES - 1
        for page in full:
            steps = [lower.baseline - upper.baseline for upper, lower in pairwise(page.body)]
            assert steps == [pytest.approx(PITCH, abs=0.05)] * (LINES - 1)

    def test_the_margins(self, printed: dict[str, tuple[Page, ...]]) -> None:
        """The type area is where lines begin and end, and what 22 line heights around their baselines take."""
        for page in printed["body"][1:-1]:
            assert min(one.left for one in page.body) == pytest.approx(LEFT, abs=MARGIN)
            assert max(one.right for one in page.body) == pytest.approx(RIGHT, abs=MARGIN)
            assert page.body[0].baseline - RISE * PITCH == pytest.approx(TOP, abs=MARGIN)
            assert page.body[-1].baseline + (1 - RISE) * PITCH == pytest.approx(BOTTOM, abs=MARGIN)
            inked = [glyph.ink for one in page.body for glyph in one.glyphs if glyph.ink]
            assert min(ink.top for ink in inked) >= TOP
            assert max(ink.bottom for ink in inked) <= BOTTOM

    def test_the_page_number(self, printed: dict[str, tuple[Page, ...]]) -> None:
        """In 4号, between two dashes, a character of its own size from the outer edge, 7 mm below the type area (7.5)."""
        size = 14.0
        assert len(printed["body"]) > 3
        for number, page in enumerate(printed["body"], start=1):
            foot = page.foot
            assert foot.text == f"— {number} —"
            assert {glyph.size for glyph in foot.glyphs} == {size}
            if number % 2:
                assert foot.right == pytest.approx(RIGHT - size * POINT, abs=0.25)
            else:
                assert foot.left == pytest.approx(LEFT + size * POINT, abs=0.25)
            for dash in (foot.glyphs[0].ink, foot.glyphs[-1].ink):
                assert dash
                assert dash.top == pytest.approx(BOTTOM + 7.0, abs=0.25)

    def test_indents(self, printed: dict[str, tuple[Page, ...]]) -> None:
        """Body and headings of all levels begin two characters in, and wrapped lines at the edge."""
        (page,) = printed["headings"]
        *indented, wrapped, _ = page.body[1:]
        assert len(indented) == 7
        for one in indented:
            # Word counts two characters by their size, without the spacing.
            assert one.left == pytest.approx(LEFT + 2 * 16 * POINT, abs=0.25), one.text
        assert wrapped.left == pytest.approx(LEFT, abs=0.25)

    def test_fonts_and_sizes(self, printed: dict[str, tuple[Page, ...]]) -> None:
        """By the fonts that stand in for those of the look (fonts.conf), and by the names inside their files."""
        fangsong, kai, hei = "BousungEG-Light-GB", "GBZenKai-Medium", "WenQuanYiZenHei"
        (page,) = printed["headings"]
        fonts = [one.fonts for one in page.body]
        assert fonts == [
            {fangsong},
            {hei},
            {kai},
            {fangsong},
            {fangsong},
            {hei},
            {fangsong},
            {kai, fangsong},
            {fangsong},
            {fangsong},
        ]
        sizes = [{round(glyph.size, 3) for glyph in one.glyphs} for one in page.body]
        assert sizes == [{22.0}, *[{16.0}] * 9]
        run_in = page.body[7]
        assert "".join(glyph.text for glyph in run_in.glyphs if glyph.font == kai) == "（二）连排"

    def test_the_title_is_centred(self, printed: dict[str, tuple[Page, ...]]) -> None:
        for pages in printed.values():
            title = pages[0].body[0]
            assert (title.left + title.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.25)

    def test_signed_without_seal(self, printed: dict[str, tuple[Page, ...]]) -> None:
        """The body ends two characters from the edge, the date begins two to the right of it, a line below (7.3.5.2)."""
        (page,) = printed["signed"]
        body, date = line(page, LONG), line(page, DATE)
        assert right(body) == pytest.approx(RIGHT - 2 * ADVANCE, abs=HALF)
        assert date.left - body.left == pytest.approx(2 * ADVANCE, abs=HALF)
        assert date.baseline - body.baseline == pytest.approx(PITCH, abs=0.05)
        assert body.baseline - line(page, SENTENCE).baseline == pytest.approx(2 * PITCH, abs=0.05)

    def test_signed_with_a_long_date(self, printed: dict[str, tuple[Page, ...]]) -> None:
        """A date longer than the body takes its two characters from the edge, and the body moves left."""
        (page,) = printed["late"]
        body, date = line(page, SHORT), line(page, LONG_DATE)
        assert right(date) == pytest.approx(RIGHT - 2 * ADVANCE, abs=HALF)
        assert date.left - body.left == pytest.approx(2 * ADVANCE, abs=HALF)

    @pytest.mark.parametrize(("name", "by", "on"), [("sealed", LONG, DATE), ("sealed short", SHORT, LONG_DATE)])
    def test_signed_with_seal(self, printed: dict[str, tuple[Page, ...]], name: str, by: str, on: str) -> None:
        """The date ends four characters from the edge, the body is centred above it (7.3.5.1)."""
        (page,) = printed[name]
        body, date = line(page, by), line(page, on)
        centre = (date.left + right(date)) / 2
        # Where the body is too long to be centred within the type area, it ends at its edge.
        room = min(0.0, RIGHT - (centre + len(by) * ADVANCE / 2))
        assert right(date) == pytest.approx(RIGHT - 4 * ADVANCE, abs=HALF)
        assert (body.left + right(body)) / 2 == pytest.approx(centre + room, abs=HALF)

    def test_the_attachment_note(self, printed: dict[str, tuple[Page, ...]]) -> None:
        """Two characters in, a line below the text; what wraps begins below the name's first character (7.3.4)."""
        for name, numbers in (("attached", [""]), ("attached twice", ["1. ", "2. "])):
            (page,) = printed[name]
            text, *note = page.body[1:]
            assert len(note) == 2 * len(numbers)
            assert note[0].baseline - text.baseline == pytest.approx(2 * PITCH, abs=0.05)
            assert note[0].left == pytest.approx(LEFT + 2 * ADVANCE, abs=HALF)
            assert note[0].text.startswith(f"附件：{numbers[0]}{NAME[:4]}")
            begin = note[0].glyphs[len(f"附件：{numbers[0]}")].left
            for place, number in enumerate(numbers):
                named, wrapped = note[2 * place : 2 * place + 2]
                first = named.text.index(NAME[0])
                assert named.text[:first].endswith(number)
                assert named.glyphs[first].left == pytest.approx(begin, abs=HALF)
                assert wrapped.left == pytest.approx(begin, abs=HALF)
