"""The format html holds what every format must; what is its own stands below."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from kepu_docs_html import HtmlRenderer

import kepu_docs
from kepu_docs.plugin import Document, Heading, OverrideFunction, Paragraph, RenderError, SectionSpan
from kepu_docs.testing import RendererContract

HOSTILE = '<script>alert("1")</script> & "甲" {{ 7 * 7 }}'
RECORD = {
    "community": {"name": "试验社区"},
    "period": 2025,
    "opening": HOSTILE,
    "sections": [
        {
            "kind": "training",
            "narrative": HOSTILE,
            "sessions": [{"topic": f"主题{n}", "held_on": "2025-05", "attendance": 30 + n} for n in range(6)],
        }
    ],
    "signed_by": "试验社区居民委员会",
    "signed_on": "2025-12-20",
}


class Page(HTMLParser):
    """What a page consists of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"head", "style"} & set(self.open):
            self.texts.append(data)


class TestHtml(RendererContract):
    format = "html"

    def text(self, data: bytes) -> list[str]:
        made = Page(data.decode())
        assert made.open == []
        assert not {"script", "link", "iframe"} & {tag for tag, _ in made.tags}
        return made.texts


def page(**options: str) -> Page:
    return Page(kepu_docs.render(kepu_docs.load(RECORD), "html", **options).decode())


def test_it_is_accessible() -> None:
    made = page()
    assert ("html", {"lang": "zh-Hans"}) in made.tags
    assert [tag for tag, _ in made.tags if tag in ("h1", "h2", "h3")] == ["h1", "h2"]
    assert {about["scope"] for tag, about in made.tags if tag == "th"} == {"col"}
    assert "caption" in {tag for tag, _ in made.tags}


def test_languages() -> None:
    assert ("html", {"lang": "en"}) in page(locale="en").tags


def test_sections_that_others_render() -> None:
    blocks = (Paragraph("开头。"), Heading(1, "培训", "一、"), Paragraph("全年培训。"), Paragraph("结尾。"))
    document = Document("标题", blocks, "zh_Hans", (), sections=(SectionSpan("training", 1, 3),))
    plain = HtmlRenderer()

    def changed(render: OverrideFunction) -> str:
        return plain.overridden({"training": render}).render(document).decode()

    assert changed(lambda part: part.render_default()) == plain.render(document).decode()
    boxed = changed(lambda part: f"<aside>\n{part.render_default()}\n</aside>")
    assert "<aside>\n<h2>一、培训</h2>\n<p>全年培训。</p>\n</aside>\n<p>结尾。</p>" in boxed
    assert changed(lambda part: "") == plain.render(replace(document, blocks=blocks[:1] + blocks[3:])).decode()
    with pytest.raises(RenderError, match="expected text"):
        changed(lambda part: None)
