"""A press: puts a document's own parts together with those that it shares with others."""

from functools import lru_cache
from typing import Final

from kepu_docs.plugin import Document, NumberLevel, Place, RenderError
from kepu_word import package, properties, record
from kepu_word.additions import Additions
from kepu_word.body import body
from kepu_word.contents import Contents
from kepu_word.numbering import Supply, numbering, supply
from kepu_word.pack import MAIN, NUMBERING, Pack
from kepu_word.pagination import TRUSTED_PAGES, numbers_shown, pages
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
        lists = supply(document, pack.numbers.taken)
        numbers = self._numbering(document.outline, lists)
        additions = Additions()
        try:
            main = encode(self._main(document, lists, additions))
            about = encode(properties.properties(document, pack.made))
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
            return package.archive(pack.recorded if document.record else pack.plain, pack.dated(parts))
        start = pack.start(additions, recorded=bool(document.record))
        return package.archive(start, pack.dated(parts + additions.parts))

    def _main(self, document: Document, lists: Supply, additions: Additions) -> str:
        """Return the main part's text."""
        pack = self._pack
        if not pack.toc:
            return "".join((pack.head, *body(document, pack.look, pack.marks, lists, additions), pack.tail))
        contents = Contents(document, pack.names)
        text = "".join((pack.head, *body(document, pack.look, pack.marks, lists, additions, contents), pack.tail))
        if not contents or pack.sheet is None:
            return text
        found = pages(encode(text), pack.sheet, numbers_shown(document))
        if max(found.values()) > TRUSTED_PAGES:
            return text
        return text.replace(contents.xml(), contents.xml(found), 1)

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
        return package.deflated(NUMBERING, numbering(pack.look, pack.names, outline, lists, pack.numbers).encode())
