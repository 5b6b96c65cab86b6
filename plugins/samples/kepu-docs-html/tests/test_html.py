"""The format html, as it comes out of kepu-docs."""

from html.parser import HTMLParser

import kepu_docs
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
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


class TestHtml(RendererContract):
    """What every renderer must hold."""

    format = "html"


def page(**options: str) -> Page:
    return Page(kepu_docs.render(kepu_docs.load(RECORD), "html", **options).decode())


def test_text_is_text() -> None:
    made = page()
    assert made.open == []
    assert made.text.count(HOSTILE) == 2
    assert not {"script", "link", "iframe"} & {tag for tag, _ in made.tags}


def test_it_is_accessible() -> None:
    made = page()
    assert ("html", {"lang": "zh-Hans"}) in made.tags
    assert [tag for tag, _ in made.tags if tag in ("h1", "h2", "h3")] == ["h1", "h2"]
    assert {about["scope"] for tag, about in made.tags if tag == "th"} == {"col"}
    assert "caption" in {tag for tag, _ in made.tags}


def test_it_says_what_the_text_says() -> None:
    text = kepu_docs.render(kepu_docs.load(RECORD), "txt").decode()
    made = "".join(page().text.split())
    for word in ("试验社区2025年科普工作总结", "一、科普培训", "主题5", "35人次", "2025年12月20日"):
        assert word in made
        assert word.replace("人次", "") in "".join(text.split())


def test_languages() -> None:
    assert ("html", {"lang": "en"}) in page(locale="en").tags
