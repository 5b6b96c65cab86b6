"""PDF documents: a plugin of kepu-docs. It needs the extra ``pdf``, which is imported for the first document."""

from collections.abc import Iterable

from kepu_docs.plugin import Renderer, hookimpl
from kepu_pdf.renderer import PdfRenderer

__all__ = ["PdfRenderer", "kepu_renderers"]


@hookimpl
def kepu_renderers() -> Iterable[Renderer]:
    """Offer the format ``pdf``."""
    return [PdfRenderer()]
