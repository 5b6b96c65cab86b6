"""Fonts: what replaces a missing one, and the message about a character that none has."""

import json
import sys
from pathlib import Path

import pytest
from tests.kepu_pdf.fonts import STAND_INS, need_fonts
from tests.kepu_pdf.reading import shown_text
from tests.kepu_word.pages import read

import kepu_docs
from kepu_docs.blocks import Column, Document, Heading, Paragraph, Table
from kepu_docs.plugin import RenderError, load_look
from kepu_docs.testing import OFFICIAL_OUTLINE
from kepu_pdf import PdfRenderer, fonts
from kepu_pdf.fonts import Family, chosen, coverage, installed
from kepu_pdf.missing_characters import missing_characters

pytestmark = pytest.mark.usefixtures("stand_ins")

HEI = "WenQuanYi Zen Hei"


@pytest.fixture(scope="module")
def stand_ins() -> None:
    need_fonts()


def document(*texts: str) -> Document:
    return Document("总结", tuple(map(Paragraph, texts)), "zh_Hans", OFFICIAL_OUTLINE)


def only(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let these families alone be installed."""
    there = {name.lower(): installed()[name.lower()] for name in names}
    monkeypatch.setattr(fonts, "installed", lambda: there)


def test_each_kind_of_text_has_its_font_and_then_the_others() -> None:
    look = load_look("gongwen")
    fangsong, kai, hei = (
        chosen(look, font, None) for font in (look.text.body.font, look.text.lead.font, look.text.caption.font)
    )
    assert [font.names[0] for font in (fangsong, kai, hei)] == list(STAND_INS)
    assert set(fangsong.names) == set(kai.names) == set(hei.names) >= set(STAND_INS)


def test_text_in_traditional_characters_is_set_in_fonts_that_have_them() -> None:
    """The fonts that stand in for 仿宋 and 楷体 have the characters of GB 2312 alone: every other one would be 黑体."""
    look = load_look("gongwen")
    for font in (look.text.body.font, look.text.lead.font):
        first, *_ = chosen(look, font, None, traditional=True).names
        assert coverage(first) >= set("總結個國這對")


@pytest.mark.parametrize(
    ("lacking", "font"), [(STAND_INS[1], "楷体_GB2312"), (HEI, "黑体"), (STAND_INS[0], "仿宋_GB2312")]
)
def test_a_font_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, lacking: str, font: str) -> None:
    only(monkeypatch, *(name for name in STAND_INS if name != lacking))
    with pytest.raises(RenderError, match=f"no font is installed for “{font}”") as raised:
        PdfRenderer().render(document("正文"))
    (fault,) = raised.value.faults
    assert fault.code == "font-missing"
    for needed in (lacking, "apt install", "Windows", "macOS"):
        assert needed in fault.message


def test_a_character_of_another_font_of_the_look_is_set_in_that() -> None:
    """GB 2312 has no 喆, and neither have the fonts that stand in for 仿宋 and 楷体."""
    (page,) = read(PdfRenderer().render(document("王喆说")))
    glyphs = {glyph.text: glyph for glyph in page.body[1].glyphs}
    assert glyphs["喆"].font == "WenQuanYiZenHei"
    assert glyphs["说"].font != "WenQuanYiZenHei"
    assert not any(glyph.missing for glyph in page.glyphs)


def test_a_character_that_the_look_has_not_is_set_in_any_font_that_has_it() -> None:
    name = "ƺ"  # of no font of the look
    assert not any(name in coverage(family) for family in STAND_INS)
    if not any(name in coverage(family) for family in installed()):
        pytest.skip("no installed font has it")
    assert name in shown_text(PdfRenderer().render(document(f"甲{name}乙")))


@pytest.mark.parametrize("standard", ["", "none"])
def test_a_character_of_no_font_is_an_error_with_its_place(standard: str) -> None:
    blocks = (Paragraph("正文"), Heading(1, "甲"), Table((Column("姓名"),), (("王\U0010fffd\ue123",),)))
    with pytest.raises(RenderError) as raised:
        PdfRenderer(standard=standard).render(Document("总结", blocks, "zh_Hans", OFFICIAL_OUTLINE))
    (fault,) = raised.value.faults
    assert fault.code == "font-without-character"
    assert fault.place.field == "blocks[2].rows[0][0]"
    for named in ("U+E123", "U+10FFFD", "apt install fonts-noto-cjk"):
        assert named in fault.message


def test_what_to_install_follows_from_the_character() -> None:
    message = str(missing_characters(document("𠮷", "👨"), {"𠮷", "👨"}))
    assert message.startswith("blocks[0].text: no installed font has the character “👨” (U+1F468), “𠮷” (U+20BB7). ")
    for family in ("fonts-hanazono", "SimSun-ExtB", "fonts-noto-color-emoji", "Segoe UI Emoji", "Apple Color Emoji"):
        assert family in message


def test_half_a_surrogate_pair_is_refused_by_its_place() -> None:
    with pytest.raises(RenderError, match=r"blocks\[1\]\.text: .*U\+D800"):
        PdfRenderer().render(document("正文", "甲\ud800"))


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\u200d", "\u2060", "\u00ad", "\ufe0f", "\U000e0100", "\u202a", "\u3000", "\u2003", "\u00a0"]
)
def test_what_is_not_seen_needs_no_font(unseen: str) -> None:
    shown = shown_text(PdfRenderer().render(document(f"前{unseen}后")))
    assert "前" in shown
    assert "后" in shown


def test_what_no_font_has_bold_is_set_bolder() -> None:
    """WenQuanYi has no bold face; its letters get a line around them."""
    heavy = PdfRenderer("briefing").render(document("正文"))
    assert HEI.lower() in installed()
    (page,) = read(heavy)
    assert {glyph.font for glyph in page.body[-1].glyphs} == {"WenQuanYiZenHei"}


def test_typst_alone_does_not_decide_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A family that Typst does not find would be set as nothing at all."""
    ghost = Family("No Such Family", bold=False, faces=())
    monkeypatch.setattr(fonts, "installed", lambda: {"仿宋_gb2312": ghost})
    with pytest.raises(RenderError, match="no font is installed for"):
        PdfRenderer().render(document("正文"))


@pytest.mark.parametrize("lacking", ["typst", "fontTools.ttLib"])
def test_without_typst_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, lacking: str) -> None:
    monkeypatch.setitem(sys.modules, lacking, None)
    with pytest.raises(RenderError, match=r"kepu-docs\[pdf\]"):
        fonts.typst_module()


def test_a_record_with_a_character_of_no_font_fails_alone(tmp_path: Path) -> None:
    records = tmp_path / "records"
    records.mkdir()
    for number, name in enumerate(("甲社区", "乙\ue123社区"), 1):
        record = {"community": {"name": name}, "period": 2025, "opening": "正文"}
        (records / f"{number}.json").write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    report = kepu_docs.render_batch(records, tmp_path / "out", formats=["docx", "pdf"], jobs=1)
    assert (report.made, report.failed) == (1, 1)
    (line,) = report.failures()
    assert "U+E123" in line.errors[0][1]
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir() if path.suffix in (".docx", ".pdf")) == [
        ".docx",
        ".pdf",
    ]
