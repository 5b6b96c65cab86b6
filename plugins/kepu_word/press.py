"""A press: puts a document's own parts together with those that it shares with others."""

from functools import lru_cache
from typing import Final

from kepu_docs.plugin import Document, NumberLevel, Place, RenderError
from kepu_word import package, properties, record
from kepu_word.additions import Additions
from kepu_word.body import body
from kepu_word.numbering import Supply, numbering, supply
from kepu_word.pack import MAIN, NUMBERING, Pack
from kepu_word.text import encode, refusal

_NUMBERINGS_KEPT: Final = 64


class Press:
    """Makes documents of one look and locale."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._numbering = lru_cache(_NUMBERINGS_KEPT)(self._make_numbering)

    def write(self, document: Document) -> bytes:
        """Return the .docx of ``document``. Raises ``RenderError`` for what Word cannot hold."""
        pack = self._pack
        lists = supply(document)
        numbers = self._numbering(document.outline, lists)
        additions = Additions()
        try:
            text = body(document, pack.look, pack.marks, lists, additions)
            main = encode("".join((pack.head, *text, pack.tail)))
            about = encode(properties.properties(document))
        except UnicodeError:
            raise refusal(document) from None
        parts = [
            package.deflated(MAIN, main),
            # Too small to gain by compression as much time as starting it takes.
            package.stored(properties.NAME, about),
            numbers,
        ]
        if document.record:
            parts.append(package.deflated(record.NAME, record.record_xml(document.record).encode()))
        if not additions.parts:
            return package.archive(pack.recorded if document.record else pack.plain, parts)
        return package.archive(pack.start(additions, recorded=bool(document.record)), parts + additions.parts)

    def _make_numbering(self, outline: tuple[NumberLevel, ...], lists: Supply) -> package.Part:
        pack = self._pack
        levels = len(pack.names.headings)
        if len(outline) != levels:
            raise RenderError.at(
                Place(field="outline"),
                "{found} levels of heading numbers; {expected} are expected",
                found=len(outline),
                expected=levels,
            )
        return package.deflated(NUMBERING, numbering(pack.look, pack.names, outline, lists).encode())
