"""Overrides of sections: who gives them, what an override gets, what it may return, and whom an error names."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings

import kepu_html
import kepu_markdown
import kepu_text
import kepu_word
from kepu_docs.blocks import Block, Document, Heading, Paragraph, SectionSpan
from kepu_docs.contract.hooks import hookimpl
from kepu_docs.contract.renderers import Override, OverrideFunction, Renderer, SectionPart
from kepu_docs.errors import KepuError, Place, PluginError, RenderError
from kepu_docs.pipeline.engine import Engine
from kepu_docs.registry import Registry, core
from kepu_docs.testing import OFFICIAL_OUTLINE, documents
from kepu_docs.testing.document_strategies import SECTION_KINDS
from tests.depth import examples

_Ours: TypeAlias = (
    kepu_html.HtmlRenderer | kepu_markdown.MarkdownRenderer | kepu_text.TextRenderer | kepu_word.WordRenderer
)

FORMATS: Final[dict[str, _Ours]] = {
    "md": kepu_markdown.MarkdownRenderer(),
    "txt": kepu_text.TextRenderer(),
    "docx": kepu_word.WordRenderer(),
    "html": kepu_html.HtmlRenderer(),
}
RECORD: Final[dict[str, Any]] = {
    "community": {"name": "试验社区"},
    "period": 2025,
    "sections": [
        {"kind": "training", "narrative": "全年培训。"},
        {"kind": "narrative", "heading": "其他", "paragraphs": ["一段。"]},
    ],
}


class Plugin:
    """A plugin with overrides."""

    def __init__(self, *overrides: Override) -> None:
        self._overrides = overrides

    @hookimpl
    def kepu_overrides(self) -> tuple[Override, ...]:
        return self._overrides


def unchanged(part: SectionPart) -> str:
    return part.render_default()


def registry(*overrides: Override) -> Registry:
    return Registry.of(core, kepu_markdown, kepu_text, kepu_word, kepu_html, Plugin(*overrides))


def overriding(format_name: str, render: OverrideFunction, kind: str = "training") -> Callable[[Document], bytes]:
    made = registry(Override(kind, format_name, render))
    return made.renderer(format_name).render


def document(*blocks: Block, stop: int | None = None) -> Document:
    """Return a document whose blocks, up to ``stop``, are a section."""
    spans = (SectionSpan("training", 0, len(blocks) if stop is None else stop),)
    return Document("试验社区工作总结", blocks, "zh_Hans", OFFICIAL_OUTLINE, sections=spans)


NAMED: Final = r"the override of “training” in the format “{}” \(plugin plugin 6\) failed: "
SHORT = document(Heading(1, "科普培训", "一、"), Paragraph("全年培训。"))


@pytest.mark.parametrize("format_name", FORMATS)
@given(document=documents())
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
def test_the_default_returned_unchanged_leaves_every_byte(format_name: str, document: Document) -> None:
    renderer = FORMATS[format_name]
    overridden = renderer.overridden(dict.fromkeys(SECTION_KINDS, unchanged))
    assert overridden.render(document) == renderer.render(document)


@given(document=documents())
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
def test_with_a_table_of_contents_too(document: Document) -> None:
    renderer = kepu_word.WordRenderer(toc=True)
    overridden = renderer.overridden(dict.fromkeys(SECTION_KINDS, unchanged))
    assert overridden.render(document) == renderer.render(document)


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_section_comes_with_its_kind_blocks_and_locale(format_name: str) -> None:
    seen = []

    def look(part: SectionPart) -> str:
        seen.append((part.kind, part.blocks, part.locale))
        return part.render_default()

    overriding(format_name, look)(replace(SHORT, locale="en"))
    assert seen == [("training", SHORT.blocks, "en")]


@pytest.mark.parametrize("format_name", FORMATS)
def test_an_empty_text_leaves_no_trace(format_name: str) -> None:
    blocks = (Paragraph("开头。"), *SHORT.blocks, Paragraph("结尾。"))
    whole = replace(SHORT, blocks=blocks, sections=(SectionSpan("training", 1, 3),))
    without = replace(SHORT, blocks=(blocks[0], blocks[3]), sections=())
    assert overriding(format_name, lambda part: "")(whole) == FORMATS[format_name].render(without)
    assert overriding(format_name, lambda part: part.render_default()[:0])(whole) == FORMATS[format_name].render(
        without
    )


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_default_of_other_blocks(format_name: str) -> None:
    def shorter(part: SectionPart) -> str:
        part.render_default()
        return part.render_default([part.blocks[0], Paragraph("甲某某讲课。")])

    changed = replace(SHORT, blocks=(SHORT.blocks[0], Paragraph("甲某某讲课。")))
    assert overriding(format_name, shorter)(SHORT) == FORMATS[format_name].render(changed)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("text", ["全\x0b年", "全\ud800年"])
def test_the_default_of_blocks_with_what_is_no_text(format_name: str, text: str) -> None:
    with pytest.raises(PluginError, match=NAMED.format(format_name)):
        overriding(format_name, lambda part: part.render_default([Paragraph(text)]))(SHORT)


@pytest.mark.parametrize("format_name", FORMATS)
def test_kinds_without_an_override_stay(format_name: str) -> None:
    other = overriding(format_name, lambda part: "", kind="narrative")
    assert other(SHORT) == FORMATS[format_name].render(SHORT)


@pytest.mark.parametrize("format_name", FORMATS)
def test_other_formats_stay(format_name: str) -> None:
    made = registry(Override("training", format_name, lambda part: ""))
    for name, renderer in FORMATS.items():
        assert (made.renderer(name).render(SHORT) == renderer.render(SHORT)) is (name != format_name)


@pytest.mark.some(3)
@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize(
    ("returned", "problem"),
    [
        (None, "it returned None; expected"),
        (b"text", "it returned b'text'; expected"),
        (7, "it returned 7; expected"),
        ("全年\x0b培训。", r"the character U\+000B \(number 3\), which is not allowed in text"),
        ("全年\ud800", r"the character U\+D800"),
        ("\uffff", r"the character U\+FFFF"),
    ],
)
def test_what_may_not_be_returned_names_kind_format_and_plugin(format_name: str, returned: Any, problem: str) -> None:
    with pytest.raises(PluginError, match=NAMED.format(format_name) + ".*" + problem):
        overriding(format_name, lambda part: returned)(SHORT)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("error", [ZeroDivisionError("none"), RenderError.at(Place("x"), "no room")])
def test_what_an_override_raises_names_it(format_name: str, error: Exception) -> None:
    def fail(part: SectionPart) -> str:
        raise error

    with pytest.raises(PluginError, match=NAMED.format(format_name) + "(ZeroDivision.*none|no room)"):
        overriding(format_name, fail)(SHORT)


@pytest.mark.parametrize("format_name", ["html", "md", "txt"])
def test_a_format_without_a_library_says_so(format_name: str) -> None:
    with pytest.raises(PluginError, match=NAMED.format(format_name) + "this format has no library of its own"):
        overriding(format_name, lambda part: part.new_document())(SHORT)


def test_two_overrides_of_one_kind_and_format() -> None:
    one = Plugin(Override("training", "md", unchanged))
    with pytest.raises(PluginError, match=r"the plugins plugin 3 and plugin 4 both offer the override “training\.md”"):
        Registry.of(core, kepu_markdown, one, Plugin(Override("training", "md", unchanged)))
    other = Registry.of(core, kepu_markdown, one, Plugin(Override("narrative", "md", unchanged)))
    assert [info.overrides for info in other.plugins[2:]] == [("training.md",), ("narrative.md",)]


def test_an_override_of_what_there_is_not_is_idle() -> None:
    made = registry(
        Override("training", "md", unchanged),
        Override("drill", "md", unchanged),
        Override("training", "odt", unchanged),
    )
    assert made.plugins[-1].idle == ("drill.md", "training.odt")


def test_a_renderer_that_knows_no_overrides_leaves_them_idle() -> None:
    class Plain:
        format = "plain"
        suffix = ".plain"
        media_type = "text/plain"

        def render(self, document: Document) -> bytes:
            return b""

    class WithFormat:
        @hookimpl
        def kepu_renderers(self) -> list[Renderer]:
            return [Plain()]

    made = Registry.of(core, WithFormat(), Plugin(Override("training", "plain", unchanged)))
    assert made.plugins[-1].idle == ("training.plain",)


def test_only_the_record_with_the_failing_section_fails() -> None:
    def fail(part: SectionPart) -> str:
        raise KeyError("x")

    engine = Engine(registry(Override("training", "md", fail)))
    failing = engine.compose(engine.load(RECORD))
    with pytest.raises(KepuError, match=NAMED.format("md")):
        engine.render(failing, "md")
    sound = engine.compose(engine.load({**RECORD, "sections": RECORD["sections"][1:]}))
    assert "一段。" in engine.render(sound, "md").decode()
    assert "全年培训。" in engine.render(failing, "txt").decode()
