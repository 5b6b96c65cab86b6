"""The Python on the page about overrides runs, and its overrides do what they say."""

import re
from pathlib import Path
from typing import Any

import pytest

import kepu_markdown
import kepu_text
import kepu_word
from kepu_docs.blocks import Column, Document, Figure, Heading, Paragraph, SectionSpan, Table
from kepu_docs.plugin import Override, SectionPart, hookimpl
from kepu_docs.registry import Registry, core
from kepu_docs.testing import OFFICIAL_OUTLINE, png

PAGES = Path(__file__).parents[2] / "docs" / "plugins"


def run(name: str) -> dict[str, Any]:
    """Run the Python blocks of a page in their order in one namespace, and return it."""
    code = "\n".join(re.findall(r"```python\n(.*?)```", (PAGES / name).read_text(encoding="utf-8"), re.S))
    namespace: dict[str, Any] = {}
    exec(compile(code, f"docs/plugins/{name}", "exec"), namespace)  # noqa: S102
    return namespace


BLOCKS = (
    Heading(1, "科普培训", "一、"),
    Paragraph("全年培训两场。"),
    Table((Column("题目"),), (("急救",),)),
    Figure(png(40, 30), "image/png", 40, 30, "现场", "培训现场", "图1"),
)
DOCUMENT = Document("标题", BLOCKS, "zh_Hans", OFFICIAL_OUTLINE, sections=(SectionSpan("training", 0, len(BLOCKS)),))


def test_the_plugin_of_the_page() -> None:
    page = run("overrides.md")

    class Plugin:
        kepu_overrides = staticmethod(page["kepu_overrides"])

    made = Registry.of(core, kepu_markdown, Plugin).renderer("md").render(DOCUMENT).decode()
    assert "> 以下内容由试验区科协汇总。\n\n## 一、科普培训\n" in made


@pytest.mark.parametrize("name", ["without_tables", "with_a_remark", "with_a_note", "as_a_table"])
def test_the_overrides_of_the_page(name: str) -> None:
    page = run("overrides.md")
    formats = ["docx"] if name in ("with_a_note", "as_a_table") else ["md", "txt", "docx"]

    class Plugin:
        @hookimpl
        def kepu_overrides(self) -> list[Override]:
            return [Override("training", each, page[name]) for each in formats]

    made = Registry.of(core, kepu_markdown, kepu_text, kepu_word, Plugin())
    for each in formats:
        assert made.renderer(each).render(DOCUMENT)


def test_the_styles_of_the_page_are_those_of_a_new_document() -> None:
    text = (PAGES / "overrides.md").read_text(encoding="utf-8")
    shown = re.search(r"\*\*Styles\*\* are found(.*?)In a user's template", text, re.S)
    assert shown
    named = re.findall(r"`([^`]+)`", shown[1])
    known: list[str] = []

    def look(part: SectionPart) -> str:
        known.extend(style.name for style in part.new_document().styles)
        return ""

    kepu_word.WordRenderer().overridden({"training": look}).render(DOCUMENT)
    assert len(named) > 15
    assert set(named) <= set(known)
