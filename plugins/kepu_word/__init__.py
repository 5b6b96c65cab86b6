"""Word documents (.docx): a plugin of kepu-docs."""

from collections.abc import Iterable

from kepu_docs.plugin import Renderer, hookimpl
from kepu_word.renderer import WordRenderer

__all__ = ["WordRenderer", "kepu_renderers"]


@hookimpl
def kepu_renderers() -> Iterable[Renderer]:
    """Offer the format ``docx``."""
    return [WordRenderer()]
