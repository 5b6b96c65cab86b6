"""A press: puts a document's own parts together with those that it shares with others."""

from functools import lru_cache
from typing import Final

from kepu_docs.plugin import Document, NumberLevel, Place, RenderError
from kepu_word import package, properties
from kepu_word.body import body
from kepu_word.numbering import Supply, numbering, supply
from kepu_word.pack import MAIN, NUMBERING, Pack
from kepu_word.picture import Picture
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
        try:
            text, pictures = body(document, pack.look, pack.marks, lists)
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
        parts += self._pictures(pictures) if pictures else (pack.plain_relationships,)
        return package.archive(pack.start, parts)

    def _pictures(self, pictures: tuple[Picture, ...]) -> list[package.Part]:
        """Return the pictures' parts and the relationships that lead to them."""
        added = "".join(
            f'<Relationship Id="{picture.relationship}" Target="{picture.target}"'
            ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
            for picture in pictures
        )
        files = [package.stored(f"word/{picture.target}", picture.data) for picture in pictures]
        return [self._pack.relationships_with(added), *files]

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
