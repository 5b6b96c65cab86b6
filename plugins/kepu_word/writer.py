"""The writer of a look and locale: combines a document's own parts with those that it shares with others."""

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Final

from kepu_docs.plugin import Document, Heading, NumberLevel, OverrideFunction, Place, RenderError
from kepu_word.body.contents import Contents
from kepu_word.body.main_part import body
from kepu_word.body.pagination import TRUSTED_PAGES, numbers_shown, pages
from kepu_word.body.word_draft import Draft
from kepu_word.look.numbering import Further, Supply, numbering, supply
from kepu_word.overrides.library import Library
from kepu_word.overrides.overriding import Overriding
from kepu_word.pack import Pack
from kepu_word.package import embedded_record, zip_archive
from kepu_word.package.parts import MAIN, NUMBERING, PROPERTIES
from kepu_word.package.properties import properties
from kepu_word.xml_text import encode, refusal

_NUMBERINGS_KEPT: Final = 64
_STARTS_KEPT: Final = 16
"""For how many sets of pictures and charts the beginning is kept; one takes about ten kilobytes."""


class Writer:
    """Makes documents of one look and locale; ``overrides`` render the sections of some kinds."""

    def __init__(self, pack: Pack, overrides: Mapping[str, OverrideFunction]) -> None:
        self._pack = pack
        self._overrides = overrides
        self._start = lru_cache(_STARTS_KEPT)(pack.start)
        self._numbering = lru_cache(_NUMBERINGS_KEPT)(self._make_numbering)

    def write(self, document: Document) -> bytes:
        """Return the .docx of ``document``. Raises ``RenderError`` for content that Word cannot hold."""
        pack = self._pack
        lists = supply(document, pack.numbers.taken)
        numbers = self._numbering(document.outline, lists)
        draft = self._draft(document, lists)
        try:
            main = encode(self._main(document, draft))
            about = encode(properties(document, pack.made))
        except UnicodeError:
            raise refusal(document) from None
        additions = draft.additions
        if draft.further.instances:
            numbers = self._make_numbering(document.outline, lists, draft.further)
        parts = [
            zip_archive.deflated(MAIN, main),
            # For small parts, starting the compression takes more time than it saves.
            zip_archive.stored(PROPERTIES, about),
            numbers,
        ]
        if document.record:
            xml = embedded_record.record_xml(document.record)
            parts.append(zip_archive.deflated(embedded_record.NAME, xml.encode()))
        if not additions:
            return zip_archive.archive(pack.recorded if document.record else pack.plain, pack.dated(parts))
        start = self._start(additions.types, additions.relationships, recorded=bool(document.record))
        return zip_archive.archive(start, pack.dated(parts + additions.parts))

    def _draft(self, document: Document, lists: Supply) -> Draft:
        pack = self._pack
        contents = Contents(document, pack.names) if pack.toc and self._lists(document) else None
        further = Further(lists, pack.look.text.list if pack.numbers.linked else None)
        return Draft(pack.look, pack.markup, lists, further, document.words, contents)

    def _lists(self, document: Document) -> bool:
        """Return whether there may be anything to list: headings, or an override that may write its own."""
        kinds = (section.kind for section in document.sections)
        return Heading in map(type, document.blocks) or any(kind in self._overrides for kind in kinds)

    @cached_property
    def _overriding(self) -> Overriding | None:
        return Overriding(self._overrides, self._library) if self._overrides else None

    @cached_property
    def _library(self) -> Library:
        """The pack's link to python-docx; its empty document has no title."""
        pack = self._pack
        empty = Document("", (), "zh_Hans", ())
        parts = [
            zip_archive.stored(MAIN, encode(pack.main(""))),
            zip_archive.stored(PROPERTIES, encode(properties(empty, pack.made))),
            zip_archive.stored(NUMBERING, numbering(pack.look, pack.names, (), Supply((), 0), pack.numbers).encode()),
        ]
        return Library(zip_archive.archive(pack.plain, parts), pack.names, pack.numbers.bullet)

    def _main(self, document: Document, draft: Draft) -> str:
        """Return the main part's text."""
        pack, contents = self._pack, draft.contents
        text = "".join(body(document, draft, self._overriding))
        # It is not known well enough how other text is set to count its lines.
        if contents and pack.sheet is not None and not draft.rewritten:
            found = pages(text, pack.sheet, numbers_shown(document))
            if max(found.values()) <= TRUSTED_PAGES:
                text = text.replace(contents.xml(), contents.xml(found), 1)
        return pack.main(text)

    def _make_numbering(
        self, outline: tuple[NumberLevel, ...], lists: Supply, further: Further | None = None
    ) -> zip_archive.Part:
        pack = self._pack
        levels = len(pack.names.headings)
        if len(outline) != levels:
            raise RenderError.at(
                Place(field="outline"),
                "{found} levels of heading numbers; expected {expected}",
                found=len(outline),
                expected=levels,
            )
        xml = numbering(pack.look, pack.names, outline, lists, pack.numbers, further)
        return zip_archive.deflated(NUMBERING, xml.encode())
