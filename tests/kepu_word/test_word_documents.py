"""Word documents: valid, equal for equal input, and every text can be read back."""

import io
import re
import sys
import zipfile
from dataclasses import replace

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from tests.depth import examples
from tests.kepu_word.invariants import broken_invariants, check_docx
from tests.kepu_word.reading import texts_of

from kepu_docs.errors import KepuError
from kepu_docs.plugin import Column, Document, Heading, ListBlock, Paragraph, Table
from kepu_docs.testing import OFFICIAL_OUTLINE, documents
from kepu_word import WordRenderer

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RENDERER = WordRenderer()


def document(*blocks: object, title: str = "试验社区2025年科普工作总结") -> Document:
    return Document(title, tuple(blocks), "zh_Hans", OFFICIAL_OUTLINE)  # type: ignore[arg-type]


def main_part(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def paragraph_texts(data: bytes) -> list[str]:
    paragraphs = main_part(data).iter(f"{W}p")
    # The paragraph that a text box hangs on has the paragraphs of the box in it.
    return [
        "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
        for paragraph in paragraphs
        if paragraph.find(f".//{W}p") is None
    ]


@settings(max_examples=examples(60), suppress_health_check=list(HealthCheck))
@given(documents())
def test_every_text_comes_back_out(given_document: Document) -> None:
    data = RENDERER.render(given_document)
    assert data == RENDERER.render(given_document)
    assert broken_invariants(data) == []
    shown = paragraph_texts(data)
    assert given_document.title in shown
    assert [text for text in shown if text] == [text for text in texts_of(given_document) if text]
    for block in given_document.blocks:
        match block:
            case Paragraph():
                assert block.text in shown
            case Heading():
                assert block.text + block.body in shown
            case ListBlock():
                for item in block.items:
                    assert item.lead + item.text in shown
            case Table():
                assert {cell for row in block.rows for cell in row} <= set(shown)
            case _:
                pass


@settings(max_examples=examples(8), suppress_health_check=list(HealthCheck))
@given(documents())
def test_validators_find_nothing(given_document: Document) -> None:
    check_docx(RENDERER.render(given_document))


def test_python_docx_reads_it() -> None:
    data = RENDERER.render(document(Heading(1, "标题", "一、"), Paragraph("100<100 & “甲”")))
    read = docx.Document(io.BytesIO(data))
    assert [paragraph.text for paragraph in read.paragraphs][:3] == [
        "试验社区2025年科普工作总结",
        "标题",
        "100<100 & “甲”",
    ]
    assert read.core_properties.title == "试验社区2025年科普工作总结"


def test_fonts_are_named_for_hanzi() -> None:
    with zipfile.ZipFile(io.BytesIO(RENDERER.render(document(Paragraph("文"))))) as package:
        styles = etree.fromstring(package.read("word/styles.xml"))
    fonts = [element.get(f"{W}eastAsia") for element in styles.iter(f"{W}rFonts")]
    assert fonts
    assert all(fonts)


def test_a_table_has_its_widths_thrice() -> None:
    table = Table((Column("主题"), Column("人次", "right")), (("防火", "60"),))
    element = next(main_part(RENDERER.render(document(table))).iter(f"{W}tbl"))
    grid = [int(column.get(f"{W}w", "0")) for column in element.iter(f"{W}gridCol")]
    cells = [int(width.get(f"{W}w", "0")) for width in element.iter(f"{W}tcW")]
    whole = int(next(element.iter(f"{W}tblW")).get(f"{W}w", "0"))
    assert cells == grid * 2
    assert sum(grid) == whole
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in element.iter(f"{W}tr")] == [True, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in element.iter(f"{W}tr"))


def test_nothing_of_one_document_is_in_another() -> None:
    first = document(Paragraph("金丝雀甲"), title="金丝雀甲")
    second = document(Paragraph("乙"), title="乙")
    before = RENDERER.render(second)
    RENDERER.render(first)
    after = RENDERER.render(second)
    assert before == after
    with zipfile.ZipFile(io.BytesIO(after)) as package:
        assert not any("金丝雀".encode() in package.read(name) for name in package.namelist())


def test_what_xml_cannot_hold_is_refused() -> None:
    with pytest.raises(KepuError):
        RENDERER.render(document(Paragraph("a\x00b")))
    with pytest.raises(KepuError):
        RENDERER.render(document(Paragraph("a\ud800b")))


def test_long_tables_take_linear_work() -> None:
    def calls(rows: int) -> int:
        """Count the calls that rendering takes: work as time, but the same on a busy machine."""
        counted = 0

        def count(frame: object, event: str, argument: object) -> None:
            nonlocal counted
            counted += event in ("call", "c_call")

        table = Table((Column("主题"), Column("人次", "right")), (("防火常识", "60人次"),) * rows)
        sys.setprofile(count)
        try:
            RENDERER.render(document(table))
        finally:
            sys.setprofile(None)
        return counted

    calls(10)
    assert calls(4000) / calls(2000) < 2.1


def test_metadata_is_in_the_properties() -> None:
    given_document = replace(document(), author="试验社区居民委员会", subject="总结", keywords=("试验社区", "2025年"))
    with zipfile.ZipFile(io.BytesIO(RENDERER.render(given_document))) as package:
        core = package.read("docProps/core.xml").decode()
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    for text in ("试验社区居民委员会", "总结", "2025年"):
        assert text in core
    assert not re.search("20[0-9]{2}-[0-9]{2}-[0-9]{2}T", core.replace("2000-01-01T", ""))
