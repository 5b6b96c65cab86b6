"""The format rst meets the contract of every format, as read by docutils; tests of its own are below."""

from dataclasses import replace

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from kepu_docs_rst import RstRenderer

import kepu_docs
from kepu_docs.plugin import (
    Document,
    Heading,
    OverrideFunction,
    Paragraph,
    RenderError,
    SectionSpan,
)
from kepu_docs.testing import RendererContract


def parsed(data: bytes) -> nodes.document:
    """Return the document as docutils reads it. Fails if docutils reports a warning."""
    settings = {"report_level": 2, "halt_level": 2, "doctitle_xform": False, "input_encoding": "utf-8"}
    return publish_doctree(data, settings_overrides=settings)


class TestRst(RendererContract):
    format = "rst"

    def text(self, data: bytes) -> list[str]:
        shown = []
        for node in parsed(data).findall():
            if isinstance(node, nodes.list_item) and isinstance(node.parent, nodes.enumerated_list):
                shown.append(f"{node.parent.index(node) + 1}.")
            elif isinstance(node, nodes.Text) and not isinstance(node.parent, nodes.comment):
                shown.append(node.astext())
        return shown


BLOCKS = (Paragraph("开头。"), Heading(1, "培训", "一、"), Paragraph("全年培训。"), Paragraph("结尾。"))
DOCUMENT = Document("标题", BLOCKS, "zh_Hans", (), sections=(SectionSpan("training", 1, 3),))


def test_a_record() -> None:
    record = {
        "community": {"name": "试验社区"},
        "period": 2025,
        "opening": "*开头* | `甲`",
        "sections": [
            {
                "kind": "training",
                "sessions": [{"topic": f"主题{n}", "held_on": "2025-05", "attendance": 30 + n} for n in range(6)],
            }
        ],
    }
    made = parsed(kepu_docs.render(kepu_docs.load(record), "rst"))
    titles = [node.astext() for node in made.findall(nodes.title)]
    assert titles[:2] == ["试验社区2025年科普工作总结", "一、科普培训"]
    (table,) = made.findall(nodes.table)
    assert len(list(table.findall(nodes.row))) == 7
    assert "*开头* | `甲`" in made.astext()


@pytest.mark.parametrize(
    "text",
    [
        "\\\\\\\\",
        "\\\\",
        "====",
        "- a",
        "1. a",
        "(1) a",
        "#. a",
        ".. a",
        ":a: b",
        "a::",
        ">>> a",
        "| a",
        "__ a",
        "[1] a",
        "• a",
    ],
)
def test_what_would_begin_a_block_is_text(text: str) -> None:
    blocks = (Paragraph(text), Heading(1, f"{text}二"), Paragraph("后文。"))
    made = parsed(RstRenderer().render(Document(f"{text}一", blocks, "zh_Hans", ())))
    assert [node.astext() for node in made.findall(nodes.TextElement)] == [f"{text}一", text, f"{text}二", "后文。"]


def test_sections_leave_no_level_out() -> None:
    blocks = (Heading(2, "甲"), Heading(4, "乙"), Heading(3, "丙"), Heading(1, "丁"))
    made = parsed(RstRenderer().render(Document("标题", blocks, "zh_Hans", ())))
    depths = {}
    for title in made.findall(nodes.title):
        depths[title.astext()] = sum(isinstance(parent, nodes.section) for parent in parents(title))
    assert depths == {"标题": 1, "甲": 2, "乙": 3, "丙": 3, "丁": 2}


def parents(node: nodes.Node) -> list[nodes.Node]:
    found = []
    while node.parent is not None:
        node = node.parent
        found.append(node)
    return found


def test_sections_that_others_render() -> None:
    plain = RstRenderer()

    def changed(render: OverrideFunction) -> str:
        return plain.overridden({"training": render}).render(DOCUMENT).decode()

    assert changed(lambda part: part.render_default()) == plain.render(DOCUMENT).decode()
    noted = changed(lambda part: f"{part.render_default()}\n\n.. note:: 提要")
    assert "\n\n一、培训\n========\n\n全年培训。\n\n.. note:: 提要\n\n结尾。\n" in noted
    assert changed(lambda part: "") == plain.render(replace(DOCUMENT, blocks=BLOCKS[:1] + BLOCKS[3:])).decode()
    with pytest.raises(RenderError, match="expected text"):
        changed(lambda part: None)
