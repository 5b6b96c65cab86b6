"""The renderer of Word documents."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kepu_docs.plugin import N_, Document, OverrideFunction, Place, RenderError, RenderOptions

if TYPE_CHECKING:
    from kepu_word.writer import Writer

_LOCALES_KEPT: Final = 8
_NONE: Final[Mapping[str, OverrideFunction]] = MappingProxyType({})


class WordRenderer:
    """Renders documents in one look, or with page and styles of a Word document, ``reference``.

    A table of contents stands below the title where ``toc`` says so. ``overrides`` render the sections of some kinds.

    What does not depend on a document is made at the first one of its locale and kept here; nothing of a document
    is. Threads may share a renderer.
    """

    format: Final = "docx"
    suffix: Final = ".docx"
    media_type: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def __init__(
        self,
        look: str = "gongwen",
        *,
        toc: bool = False,
        reference: bytes = b"",
        overrides: Mapping[str, OverrideFunction] = _NONE,
    ) -> None:
        self._look_name = look
        self._toc = toc
        self._reference = reference
        self._overrides = overrides
        self._writer = lru_cache(_LOCALES_KEPT)(self._make_writer)

    def configured(self, options: RenderOptions) -> WordRenderer:
        """Return a renderer that obeys ``options``. Raises ``RenderError`` for a look that there is not."""
        from kepu_word.look.model import names

        if options.look and options.look not in names():
            text = N_("there is no look “{look}”; the looks are: {known}")
            raise RenderError.at(Place(), text, look=options.look, known=", ".join(names()))
        look = options.look or self._look_name
        return WordRenderer(look, toc=options.toc, reference=options.reference, overrides=self._overrides)

    def overridden(self, overrides: Mapping[str, OverrideFunction]) -> WordRenderer:
        """Return a renderer that gives the sections of these kinds to these functions."""
        return WordRenderer(self._look_name, toc=self._toc, reference=self._reference, overrides=overrides)

    def render(self, document: Document) -> bytes:
        """Return the .docx of ``document``. Raises ``RenderError`` for what Word cannot hold."""
        return self._writer(document.locale).write(document)

    def _make_writer(self, locale: str) -> Writer:
        # lxml takes time to import: only who renders Word waits for it.
        from kepu_word.look.model import load
        from kepu_word.pack import make_pack
        from kepu_word.writer import Writer

        if self._reference:
            from kepu_word.template import reference

            look = load(self._look_name)
            return Writer(reference.read_pack(self._reference, look, toc=self._toc), self._overrides)
        return Writer(make_pack(load(self._look_name), locale, toc=self._toc), self._overrides)
