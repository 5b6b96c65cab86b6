"""The renderer of Word documents."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kepu_docs.plugin import Document, NumberLevel

if TYPE_CHECKING:
    from kepu_word.numbering import Supply
    from kepu_word.pack import Pack
    from kepu_word.package import Part

_LOCALES_KEPT: Final = 8
_NUMBERINGS_KEPT: Final = 64


class WordRenderer:
    """Renders documents in one look.

    What does not depend on a document is made at the first one of its locale and kept here; nothing of a document
    is. Threads may share a renderer.
    """

    format: Final = "docx"
    suffix: Final = ".docx"
    media_type: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def __init__(self, look: str = "gongwen") -> None:
        self._look_name = look
        self._pack = lru_cache(_LOCALES_KEPT)(self._make_pack)
        self._numbering = lru_cache(_NUMBERINGS_KEPT)(self._make_numbering)

    def render(self, document: Document) -> bytes:
        """Return the .docx of ``document``. Raises ``RenderError`` for what Word cannot hold."""
        # python-docx and lxml take a tenth of a second to import: only who renders Word waits for them.
        from kepu_word import numbering, writing

        pack = self._pack(document.locale)
        lists = numbering.supply(document)
        return writing.write(document, pack, lists, self._numbering(document.locale, document.outline, lists))

    def _make_pack(self, locale: str) -> Pack:
        from kepu_word.look import load
        from kepu_word.pack import make_pack

        return make_pack(load(self._look_name), locale)

    def _make_numbering(self, locale: str, outline: tuple[NumberLevel, ...], lists: Supply) -> Part:
        from kepu_word.writing import numbering_part

        return numbering_part(self._pack(locale), outline, lists)
