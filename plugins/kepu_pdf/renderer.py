"""The renderer of PDF documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Final

from kepu_docs.plugin import N_, Document, Place, RenderError, RenderOptions, load_look, look_names
from kepu_pdf.standards import standards

if TYPE_CHECKING:
    from kepu_pdf.typesetter import Typesetter

_LOCALES_KEPT: Final = 8


@dataclass(frozen=True, eq=False)
class PdfRenderer:
    """Renders tagged documents in one look, to the requested ``standard`` of PDF; PDF/A-3a by default.

    With ``toc`` there is a table of contents below the title. What depends only on the locale is made for its first
    document and kept; nothing of a document is kept. Threads may share a renderer.
    """

    format: ClassVar[str] = "pdf"
    suffix: ClassVar[str] = ".pdf"
    media_type: ClassVar[str] = "application/pdf"

    look: str = "gongwen"
    toc: bool = field(default=False, kw_only=True)
    standard: str = field(default="", kw_only=True)
    _typesetter: Callable[[str], Typesetter] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        standards(self.standard)
        object.__setattr__(self, "_typesetter", lru_cache(_LOCALES_KEPT)(self._make_typesetter))

    def configured(self, options: RenderOptions) -> PdfRenderer:
        """Return a renderer with ``options``.

        Raises ``RenderError`` for a look or standard that does not exist, and for a reference, which is for Word only.
        """
        if options.look and options.look not in look_names():
            text = N_("there is no look “{look}”; the looks are: {known}")
            raise RenderError.at(Place(), text, look=options.look, known=", ".join(look_names()))
        if options.reference:
            text = N_("a PDF cannot use the page or styles of a Word template (--reference); choose docx only")
            raise RenderError.at(Place(), text)
        return replace(self, look=options.look or self.look, toc=options.toc, standard=options.pdf_standard)

    def render(self, document: Document) -> bytes:
        """Return the PDF of ``document``. Raises ``RenderError`` without Typst, fonts, or a font with a character."""
        return self._typesetter(document.locale).write(document)

    def pages(self, document: Document) -> tuple[bytes, ...]:
        """Return each page as an SVG image. Raises ``RenderError`` as :meth:`render` does."""
        return self._typesetter(document.locale).pages(document)

    def _make_typesetter(self, locale: str) -> Typesetter:
        # Programs that render no PDF do not wait for these imports.
        from kepu_pdf.typesetter import Typesetter

        return Typesetter(load_look(self.look), locale, standards(self.standard), toc=self.toc)
