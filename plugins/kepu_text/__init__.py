"""The plain-text renderer: Chinese typesetting with plain characters only."""

from collections.abc import Iterable

from kepu_docs.plugin import Renderer, hookimpl
from kepu_text.renderer import TextRenderer

__all__ = ["TextRenderer"]


@hookimpl
def kepu_renderers() -> Iterable[Renderer]:
    """Offer the format ``txt``."""
    return [TextRenderer()]
