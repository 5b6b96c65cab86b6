"""The pages on which headings are expected, compared with those on which LibreOffice prints them."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kepu_word.mixed import mixed
from tests.kepu_word.pages import Page, pdf_by_office
from tests.kepu_word.reading import W, part

import kepu_docs
from kepu_docs.blocks import Block, Column, Document, Figure, Heading, PageBreak, Paragraph, Table
from kepu_docs.plugin import PunctuationLook, graphemes, load_look, may_break
from kepu_docs.testing import OFFICIAL_OUTLINE, texts
from kepu_word import WordRenderer
from kepu_word.body.line_count import lines_of
from kepu_word.body.sheet import Setting

ROOT: Final = Path(__file__).parents[2]
RENDERER: Final = WordRenderer(toc=True)
BODY: Final = Setting(size=320, spacing=-5, line=579)
ROOM: Final = 28 * 315
PIECES: Final = (
    *("科普", "社区志愿者", "2025年", "3,000余人次", "science", "（", "）", "“", "”", "，", "。", "——", "?", "x" * 30),
    *(" ", "  ", "\u3000", "\u00a0", "e\u0301", "Ω", "½", "🇨🇳", "👨\u200d👩\u200d👧", "한", "ｶﾞ", "𠮷", "/", "-"),
)
STRICT: Final = PunctuationLook(hanging=False, space_latin=False, compress=True)


def pages(*blocks: Block) -> list[int]:
    """Return the pages of the headings among ``blocks``; the text begins on page 2."""
    data = RENDERER.render(Document("总结", blocks, "zh_Hans", OFFICIAL_OUTLINE))
    return [page for _, page in entries(data)]


def entries(data: bytes) -> list[tuple[str, int]]:
    """Return text and page of each entry of the table of contents."""
    table = next(part(data).iter(f"{W}sdt"))
    found = ([text.text or "" for text in paragraph.iter(f"{W}t")] for paragraph in table.iter(f"{W}p"))
    return [(text, int(page[0])) for text, *page in found if page]


@pytest.mark.parametrize(
    ("text", "first", "rules", "count"),
    [
        ("", 0, STRICT, 1),
        ("科" * 28, 0, STRICT, 1),
        ("科" * 29, 0, STRICT, 2),
        ("科" * 27, 640, STRICT, 2),
        ("科" * 28 + "。", 0, STRICT, 2),
        ("科" * 28 + "。", 0, replace(STRICT, hanging=True), 1),
        ("科" * 27 + "12", 0, STRICT, 1),
        ("科" * 27 + "12", 0, replace(STRICT, space_latin=True), 2),
        # A number goes down whole; the space at a line's end takes no room.
        ("科" * 26 + "12345678" + "科" * 24, 0, STRICT, 2),
        ("science " * 14, 0, STRICT, 2),
        ("x" * 200, 0, STRICT, 4),
    ],
)
def test_lines(text: str, first: int, rules: PunctuationLook, count: int) -> None:
    assert lines_of(text, BODY, ROOM, first, rules) == count


@given(
    text=texts() | st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    setting=st.sampled_from((BODY, Setting(size=220), Setting(size=20, spacing=-5))),
    room=st.integers(60, ROOM),
    first=st.integers(-2000, 2000),
    rules=st.builds(PunctuationLook, hanging=st.booleans(), space_latin=st.booleans(), compress=st.just(True)),
)
def test_lines_are_those_of_a_count_character_by_character(
    text: str, setting: Setting, room: int, first: int, rules: PunctuationLook
) -> None:
    assert lines_of(text, setting, room, first, rules) == slowly(text, setting, room, first, rules)


def slowly(text: str, setting: Setting, room: int, first: int, rules: PunctuationLook) -> int:
    """Return how many lines ``text`` takes, with one character placed after the other."""
    count = 1
    used = at_break = first
    before = ""
    units = graphemes(text)
    for place, character in enumerate(units):
        taken = (setting.size // 2 if character.isascii() else setting.size) + setting.spacing
        meeting = before.isalnum() and character.isalnum() and before.isascii() != character.isascii()
        blank = setting.size // 4 if rules.space_latin and meeting else 0
        if before and may_break(units, place):
            at_break = used + blank
        used += blank
        if used + taken > room and character != " " and not (rules.hanging and character in "、。，．,."):
            count += 1
            used = max(used - at_break, 0)
            if used + taken > room:
                used = 0
            at_break = 0
        used += taken
        before = character
    return count


def test_signs_that_are_escaped_take_the_room_of_one() -> None:
    heading, line = Heading(1, "甲", "一、"), Paragraph("文")
    for signs in ("&<>" * 46, "abc" * 46):  # four lines; as they are written, the former would take twelve
        for count, page in ((16, 2), (17, 3)):
            assert pages(*[line] * count, Paragraph(signs), heading, line) == [page], signs


def test_a_page_has_22_lines() -> None:
    line = Paragraph("文")
    for count, page in ((20, 2), (21, 3), (22, 3), (42, 3), (43, 4)):
        # A heading is not left alone at a page's foot.
        assert pages(*[line] * count, Heading(1, "甲", "一、"), line) == [page], count


def test_no_single_line_is_left_or_carried_over() -> None:
    line, three = Paragraph("文"), Paragraph("文" * 80)
    first, last = Heading(1, "甲", "一、"), Heading(1, "乙", "二、")
    # Two of three lines would fit, which would leave one for the next page: the whole goes there, the heading with it.
    assert pages(*[line] * 19, first, three, last, line) == [3, 3]
    assert pages(*[line] * 18, first, three, last, line) == [2, 3]


def test_pages_that_are_asked_for() -> None:
    heading = Heading(1, "甲", "一、")
    assert pages(heading, PageBreak(), heading, PageBreak(), PageBreak(), heading) == [2, 3, 4]


def test_rows_do_not_break_and_the_head_row_is_repeated() -> None:
    table = Table((Column("一"), Column("二")), (("甲", "乙"),) * 60)
    shown = pages(Heading(1, "甲", "一、"), table, Heading(1, "乙", "二、"), Paragraph("文"))
    # 61 rows of 20.5 points, and three more heads than one, in pages of 638.
    assert shown == [2, 4]


def test_captions_wrap_within_the_margins_of_their_cells() -> None:
    def page(caption: str) -> int:
        figures = [Figure(b"", "image/png", 800, 600, "像", caption, f"图{place}") for place in range(10, 20)]
        (shown,) = pages(*figures, Heading(1, "乙", "二、"), Paragraph("文"))
        return shown

    # A cell has room for 15.8 characters, and for 15.4 between its margins; 图10 and its blank count two and a half.
    assert page("现" * 12) == 3  # three rows a page
    assert page("现" * 13) == 4  # two


def test_a_look_whose_lines_are_as_high_as_its_fonts_has_no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    look = load_look("gongwen")
    loose = replace(look, text=replace(look.text, body=replace(look.text.body, line=0.0)))
    monkeypatch.setattr("kepu_word.renderer.load_look", lambda name: loose)
    data = WordRenderer(toc=True).render(Document("总结", (Heading(1, "甲", "一、"),), "zh_Hans", OFFICIAL_OUTLINE))
    assert entries(data) == []
    assert next(part(data).iter(f"{W}sdt"), None) is not None


@pytest.mark.deep
@pytest.mark.office
def test_headings_stand_on_the_pages_that_the_entries_say(tmp_path: Path) -> None:
    examples = [*sorted((ROOT / "docs" / "examples").glob("*.yaml")), ROOT / "tests" / "examples" / "rich.yaml"]
    records = {path.stem: kepu_docs.compose(kepu_docs.load(path)) for path in examples}
    generated = {f"mixed{seed}": mixed(4, seed) for seed in range(1, 9)}
    files = {name: RENDERER.render(document) for name, document in (records | generated).items()}
    shares = _shares(files, pdf_by_office(tmp_path, files))
    assert {name: share for name, share in shares.items() if name in records and share[0] < share[1]} == {}
    right, all_of_them = (sum(shares[name][place] for name in generated) for place in (0, 1))
    # LibreOffice hangs punctuation over the edge and spaces digits from hanzi, which the look forbids and Word does
    # not: a line more or less in some paragraphs.
    assert all_of_them > 100
    assert right / all_of_them > 0.9


def _shares(files: Mapping[str, bytes], printed: Mapping[str, tuple[Page, ...]]) -> dict[str, tuple[int, int]]:
    """Return for each file how many of its entries name the page on which their heading is printed, and how many are."""
    shares = {}
    for name, data in files.items():
        expected = entries(data)
        texts = [re.sub(r"\s", "", "".join(line.text for line in page.body)) for page in printed[name]]
        # The entries themselves, with their leaders, come first.
        page = next(place for place, text in enumerate(texts) if "....." not in text)
        at = right = 0
        for heading, shown in expected:
            wanted = re.sub(r"\s", "", heading)
            while (found := texts[page].find(wanted, at)) < 0:
                page, at = page + 1, 0
            at = found + len(wanted)
            right += page + 1 == shown
        shares[name] = right, len(expected)
    return shares
