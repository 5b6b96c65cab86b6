"""Word numbers headings and lists itself; the numbers it shows are those of the blocks."""

import io
from pathlib import Path

import pytest
from pdfminer.pdfpage import PDFPage
from tests.kepu_word.invariants import broken_invariants, check_docx
from tests.kepu_word.office import converted
from tests.kepu_word.reading import W, part, shown_by_office

from kepu_docs.blocks import Block, Document, Heading, Item, ListBlock, NumberLevel, Paragraph
from kepu_docs.testing import NUMBER, OFFICIAL_OUTLINE, ORDINAL
from kepu_docs.typography.numerals import advance, label
from kepu_word import WordRenderer

RENDERER = WordRenderer()
PLAIN_OUTLINE = (
    NumberLevel("%1. ", "arabic"),
    NumberLevel("%1.%2 ", "arabic"),
    NumberLevel("%1.%2.%3 ", "arabic"),
    NumberLevel("(%4) ", "arabic"),
)


def document(*blocks: Block, outline: tuple[NumberLevel, ...] = OFFICIAL_OUTLINE) -> Document:
    return Document("总结", blocks, "zh_Hans", outline)


def headings(outline: tuple[NumberLevel, ...], levels: list[int]) -> list[Block]:
    """Return numbered headings of ``levels``, every third of them with its text run in."""
    counters: tuple[int, ...] = ()
    made: list[Block] = []
    for place, level in enumerate(levels):
        counters = advance(counters, level)
        number = label(outline[level - 1].pattern, outline[level - 1].numerals, counters)
        made.append(Heading(level, f"第{place}项。", number, "连着的正文。" if place % 3 == 2 else ""))
    return made


def ordered(level: NumberLevel, size: int) -> ListBlock:
    items = tuple(
        Item(f"内容{place}", "", label(level.pattern, level.numerals, (place,))) for place in range(1, size + 1)
    )
    return ListBlock("number" if level is NUMBER else "ordinal", items, level)


def expected(blocks: tuple[Block, ...]) -> list[str]:
    """Return the lines of ``blocks``, with a blank behind each number as LibreOffice's text filter puts it."""
    lines = ["总结"]
    for block in blocks:
        match block:
            case Heading():
                lines.append(f"{block.number} {block.text}{block.body}".strip())
            case Paragraph():
                lines.append(block.text)
            case ListBlock():
                lines += (f"{item.number} {item.text}" for item in block.items)
            case _:
                raise TypeError(block)
    return lines


@pytest.mark.deep
@pytest.mark.office
def test_libreoffice_shows_the_numbers_of_the_blocks(tmp_path: Path) -> None:
    levels = [1, 2, 2, 3, 3, 4, 4, 3, 2, 1, 2, 3, *[1] * 22, *[2] * 12]
    unnumbered = Heading(1, "不编号的标题")
    documents = {
        "official": document(*headings(OFFICIAL_OUTLINE, levels)),
        "plain": document(*headings(PLAIN_OUTLINE, levels), outline=PLAIN_OUTLINE),
        "skipped": document(*headings(OFFICIAL_OUTLINE, [1, 3, 2, 4, 3, 1, 2])),
        "unnumbered": document(*headings(OFFICIAL_OUTLINE, [1])[:1], unnumbered, Heading(1, "第二项", "二、")),
        "lists": document(
            ordered(ORDINAL, 3),
            ordered(NUMBER, 2),
            Paragraph("中间的一段"),
            ordered(ORDINAL, 2),
            ordered(ORDINAL, 12),
            ordered(NUMBER, 3),
        ),
        "many": document(*(ordered(level, 2) for _, level in zip(range(30), [ORDINAL, NUMBER] * 15, strict=True))),
    }
    shown = shown_by_office(tmp_path, {name: RENDERER.render(made) for name, made in documents.items()})
    for name, made in documents.items():
        assert shown[name] == expected(made.blocks), name


@pytest.mark.deep
@pytest.mark.office
def test_lists_of_a_hundred_pages_begin_at_one(tmp_path: Path) -> None:
    texts = [Paragraph(f"第{place}段") for place in range(2200)]
    outline = headings(OFFICIAL_OUTLINE, [1, 2, 2, 1])
    made = document(
        *(outline[0], ordered(NUMBER, 3), *texts[:700]),
        *(outline[1], ordered(NUMBER, 12), *texts[700:1400]),
        *(*outline[2:], *texts[1400:], ordered(NUMBER, 2)),
    )
    data = RENDERER.render(made)
    check_docx(data)
    (tmp_path / "pdf").mkdir()
    pdf = converted(tmp_path / "pdf", {"long": data}, "pdf")["long"]
    assert sum(1 for _ in PDFPage.get_pages(io.BytesIO(pdf))) >= 100
    (tmp_path / "text").mkdir()
    assert shown_by_office(tmp_path / "text", {"long": data})["long"] == expected(made.blocks)


def test_each_list_has_a_number_of_its_own() -> None:
    lists = [ordered(level, 2) for _ in range(9) for level in (ORDINAL, NUMBER)]
    data = RENDERER.render(document(*lists))
    assert broken_invariants(data) == []
    used = [element.get(f"{W}val") for element in part(data).iter(f"{W}numId")]
    assert len(set(used)) == len(lists)
    numbering = part(data, "word/numbering.xml")
    starts = {num.get(f"{W}numId"): num.find(f"{W}lvlOverride/{W}startOverride") for num in numbering.iter(f"{W}num")}
    assert all(starts[number] is not None for number in used)


def test_documents_with_few_lists_share_their_numbering_part() -> None:
    parts = {
        bytes(RENDERER.render(document(*[ordered(ORDINAL, 1)] * lists)).split(b"word/numbering.xml")[1][:300])
        for lists in range(1, 9)
    }
    assert len(parts) == 1


def test_a_list_without_a_way_of_counting_keeps_its_numbers_as_text() -> None:
    data = RENDERER.render(document(ListBlock("number", (Item("内容", "", "甲."),))))
    assert "甲.内容" in "".join(text.text or "" for text in part(data).iter(f"{W}t"))
    assert not list(part(data).iter(f"{W}numId"))


def test_headings_stand_in_the_navigation_pane() -> None:
    styles = part(RENDERER.render(document()), "word/styles.xml")
    for level in range(4):
        style = next(one for one in styles if one.get(f"{W}styleId") == f"Heading{level + 1}")
        outline, numbered = style.find(f".//{W}outlineLvl"), style.find(f".//{W}numId")
        assert outline is not None
        assert outline.get(f"{W}val") == str(level)
        assert numbered is not None
    linked = [
        element.get(f"{W}val") for element in part(RENDERER.render(document()), "word/numbering.xml").iter(f"{W}pStyle")
    ]
    assert linked == [f"Heading{level}" for level in range(1, 5)]
