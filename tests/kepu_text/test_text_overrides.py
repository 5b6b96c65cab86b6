"""Overrides of sections in plain text: blank lines and indents stay right around them."""

import pytest

from kepu_docs.blocks import Block, Column, Document, Heading, PageBreak, Paragraph, SectionSpan, Table
from kepu_docs.contract.renderers import OverrideFunction, SectionPart
from kepu_docs.testing import OFFICIAL_OUTLINE
from kepu_text import TextRenderer

HEADING = Heading(1, "培训", "一、")
TABLE = Table((Column("题目"),), (("急救",),))


def rendered(render: OverrideFunction, *blocks: Block, locale: str = "zh_Hans") -> list[str]:
    """Return the lines below the title; the section is all but the last block."""
    span = SectionSpan("x", 0, len(blocks) - 1)
    document = Document("标题", blocks, locale, OFFICIAL_OUTLINE, sections=(span,))
    return TextRenderer(width=None).overridden({"x": render}).render(document).decode().split("\n")[1:-1]


END = Paragraph("结尾。")
SHOWN = "\u3000\u3000结尾。"


def test_the_blank_line_before_a_part_stays() -> None:
    assert rendered(lambda part: "甲\n乙", HEADING, END) == ["", "甲", "乙", SHOWN]


def test_blank_lines_of_the_override_are_not_added_to_those() -> None:
    assert rendered(lambda part: "\n\n甲\n\n", HEADING, END) == ["", "甲", SHOWN]


def test_around_the_default() -> None:
    def around(part: SectionPart) -> str:
        return f"——\n{part.render_default()}\n——"

    text = rendered(around, HEADING, Paragraph("甲。"), END)
    assert text == ["", "——", "\u3000\u3000一、培训", "\u3000\u3000甲。", "——", SHOWN]


def test_a_table_at_the_end_of_the_default_is_parted_from_what_follows() -> None:
    end = rendered(lambda part: "——\n" + part.render_default(), HEADING, TABLE, END)[-2:]
    assert end == ["", SHOWN]
    assert rendered(lambda part: part.render_default() + "\n——", HEADING, TABLE, END)[-2:] == ["——", SHOWN]


def test_a_page_break_at_the_end_of_the_default() -> None:
    assert rendered(lambda part: part.render_default(), HEADING, PageBreak(), END)[-3:] == ["", "", SHOWN]
    assert rendered(lambda part: "甲", HEADING, PageBreak(), END) == ["", "甲", SHOWN]


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_languages_of_the_latin_script_keep_their_blanks(locale: str) -> None:
    text = rendered(
        lambda part: f"{part.render_default()}\n\u3000x", HEADING, Paragraph("Talks."), Paragraph("End."), locale=locale
    )
    assert text == ["", "一、培训", "", "Talks.", "\u3000x", "", "End."]
