"""The Markdown renderer: CommonMark with the tables of GitHub Flavored Markdown."""

from collections.abc import Iterable

from kepu_docs.plugin import Renderer, hookimpl
from kepu_markdown.renderer import MarkdownRenderer

__all__ = ["MarkdownRenderer"]


@hookimpl
def kepu_renderers() -> Iterable[Renderer]:
    """Offer the format ``md``."""
    return [MarkdownRenderer()]
