"""Web pages (.html): a plugin of kepu-docs."""

from collections.abc import Iterable

from kepu_docs.plugin import Renderer, hookimpl
from kepu_html.renderer import HtmlRenderer

__all__ = ["HtmlRenderer", "kepu_renderers"]


@hookimpl
def kepu_renderers() -> Iterable[Renderer]:
    """Offer the format ``html``."""
    return [HtmlRenderer()]
