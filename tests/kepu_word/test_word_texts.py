"""Any text is read back from a .docx unchanged, and the file is complete."""

import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import docx
import mammoth
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.depth import examples
from tests.kepu_word.invariants import broken_invariants
from tests.kepu_word.reading import paragraphs, texts_of

from kepu_docs.blocks import Block, Column, Document, Figure, Heading, Item, ListBlock, Paragraph, Signature, Table
from kepu_docs.plugin import Renderer, RenderError
from kepu_docs.testing import OFFICIAL_OUTLINE, documents, texts
from kepu_word import WordRenderer, kepu_renderers

RENDERER = WordRenderer()


def document(*blocks: Block, title: str = "试验社区2025年度科普工作总结") -> Document:
    return Document(title, blocks, "zh_Hans", OFFICIAL_OUTLINE)


@given(documents())
def test_text_comes_out_as_it_went_in(drawn: Document) -> None:
    data = RENDERER.render(drawn)
    assert paragraphs(data) == texts_of(drawn)
    assert not broken_invariants(data)


def test_a_fresh_renderer_makes_the_same_bytes() -> None:
    summary = document(Heading(1, "组织领导", "一、"), Paragraph("内容。"))
    assert RENDERER.render(summary) == WordRenderer().render(summary)


@settings(max_examples=examples(50))
@given(documents())
def test_mammoth_reads_the_same_text(drawn: Document) -> None:
    # It passes over text boxes, and so over the imprint.
    drawn = replace(drawn, imprint=None)
    raw = mammoth.extract_raw_text(io.BytesIO(RENDERER.render(drawn))).value
    # Between number and signer of a letterhead there is a tab.
    shown = [text.replace("\t", "") for text in raw.split("\n\n")]
    assert [text for text in shown if text] == [text for text in texts_of(drawn) if text]


def test_python_docx_reads_title_and_properties() -> None:
    summary = Document(
        "<总结> & 展望", (Paragraph("内容"),), "zh_Hans", OFFICIAL_OUTLINE, "甲 & 乙", "科普", ("总结", "社区")
    )
    opened = docx.Document(io.BytesIO(RENDERER.render(summary)))
    assert opened.paragraphs[0].text == "<总结> & 展望"
    core = opened.core_properties
    assert (core.title, core.author, core.subject) == ("<总结> & 展望", "甲 & 乙", "科普")
    assert (core.keywords, core.language) == ("总结; 社区", "zh-CN")


@given(st.sampled_from([*map(chr, range(0x20)), "\ufffe", "\uffff", "\ud800", "\udfff"]), texts())
def test_a_character_that_xml_cannot_hold_is_refused(character: str, text: str) -> None:
    for block, field in (
        (Paragraph(text + character), "blocks[0].text"),
        (Heading(1, "标题", "一、", text + character), "blocks[0].body"),
        (ListBlock("bullet", (Item(text), Item(text, text + character))), "blocks[0].items[1].lead"),
        (Table((Column("甲"),), ((text,), (text + character,))), "blocks[0].rows[1][0]"),
        (Signature(text + character, ""), "blocks[0].body"),
        (Figure(b"", "image/png", 1, 1, text + character), "blocks[0].alt"),
    ):
        with pytest.raises(RenderError) as caught:
            RENDERER.render(document(block))
        (fault,) = caught.value.faults
        assert fault.place.field == field
        assert f"U+{ord(character):04X}" in fault.message
        assert str(len(text) + 1) in fault.message


def test_a_property_that_xml_cannot_hold_is_refused() -> None:
    summary = Document("标题", (), "zh_Hans", OFFICIAL_OUTLINE, keywords=("好", "坏\x00"))
    with pytest.raises(RenderError, match=r"keywords\[1\]: character U\+0000"):
        RENDERER.render(summary)


def test_an_outline_of_other_depth_is_refused() -> None:
    with pytest.raises(RenderError, match="3 levels of heading numbers; expected 4"):
        RENDERER.render(Document("标题", (), "zh_Hans", OFFICIAL_OUTLINE[:3]))


def test_documents_do_not_leak_into_each_other() -> None:
    summaries = [
        Document(
            f"标题{canary}",
            (
                Heading(1, f"要点{canary}", "一、"),
                Figure(canary.encode(), "image/png", 10, 10, f"图片{canary}", canary, "图1"),
                Table((Column(canary),), ((canary,),) * place, canary, "表1"),
                Paragraph(canary * place),
            ),
            "zh_Hans",
            OFFICIAL_OUTLINE,
            canary,
        )
        for place, canary in enumerate(f"金丝雀{name}号" for name in "甲乙丙丁戊己庚辛")
    ]
    alone = [WordRenderer().render(summary) for summary in summaries]
    shared = WordRenderer()
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            assert list(pool.map(shared.render, summaries)) == alone
    for place, summary in enumerate(summaries):
        text = " ".join(paragraphs(alone[place]))
        assert all((other.author in text) == (other is summary) for other in summaries)


def test_what_it_offers() -> None:
    (renderer,) = kepu_renderers()
    assert isinstance(renderer, Renderer)
    assert (renderer.format, renderer.suffix) == ("docx", ".docx")


def test_importing_it_is_quick(capfd: pytest.CaptureFixture[str]) -> None:
    code = "import sys, kepu_word; print([name for name in ('docx', 'lxml') if name in sys.modules])"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert capfd.readouterr().out == "[]\n"
