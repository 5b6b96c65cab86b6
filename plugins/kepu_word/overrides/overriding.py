"""Sections that a plugin renders in its own way: what it receives, and what happens to what it returns.

Text that a plugin leaves unchanged goes into the document byte for byte. Everything else is parsed, checked and
adapted: ids are made unique, bookmarks of the table of contents follow the headings that are there, and what only
dropped text needed is dropped too.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Protocol

from kepu_docs.plugin import Block, Document, OverrideFunction, SectionPart, SectionSpan, accepted_text
from kepu_word.body.word_draft import Draft
from kepu_word.overrides import wordprocessing
from kepu_word.overrides.fitting import Fit
from kepu_word.overrides.library import Library

_RELATION: Final = re.compile(r' r:\w+="(\w+)"')


class _Write(Protocol):
    """Appends the text of blocks to pieces; returns whether what follows must begin a page."""

    def __call__(self, blocks: tuple[Block, ...], pieces: list[str], draft: Draft) -> bool: ...


@dataclass(frozen=True, slots=True)
class Overriding:
    """What overrides of sections need: their functions by section kind, and the pack's link to python-docx."""

    functions: Mapping[str, OverrideFunction]
    library: Library


def overridden(
    span: SectionSpan, document: Document, draft: Draft, overriding: Overriding, write: _Write
) -> tuple[list[str], bool]:
    """Return the text of an overridden section in pieces, and whether what follows must begin a page.

    ``write`` renders blocks without overrides.
    """
    section = _Section(draft, overriding.library, document.blocks[span.start : span.stop], write)
    part = SectionPart(
        span.kind, section.blocks, document.locale, section.default, section.new_document, section.accept
    )
    part.accept(overriding.functions[span.kind](part))
    return section.finished()


class _Section:
    """One section while it is written."""

    def __init__(self, draft: Draft, library: Library, blocks: tuple[Block, ...], write: _Write) -> None:
        self.blocks = blocks
        self._draft = draft
        self._library = library
        self._write = write
        self._additions = len(draft.additions)
        self._drawn = draft.pictures.drawn
        self._headings = len(draft.contents.headings) if draft.contents is not None else 0
        self._defaults: list[list[str]] = []
        self._documents: list[Any] = []
        self._changed = False
        self._new_page = False
        self._pieces: list[str] = []
        self._text: str | None = None

    def default(self, blocks: tuple[Block, ...]) -> str:
        """Return the text of ``blocks`` as it would be without an override."""
        pieces: list[str] = []
        self._new_page = self._write(blocks, pieces, self._draft)
        self._defaults.append(pieces)
        self._changed = blocks != self.blocks
        return "".join(pieces)

    def new_document(self) -> Any:
        """Return an empty python-docx document."""
        document = self._library.new_document()
        self._documents.append(document)
        return document

    def accept(self, returned: Any) -> str:
        """Return the text for the document. Raises ``RenderError`` for content that it cannot hold."""
        if isinstance(returned, str) and returned == self._text:
            return returned
        if len(self._defaults) == 1 and isinstance(returned, str) and returned == "".join(self._defaults[0]):
            if self._changed:
                wordprocessing.checked(returned)
                self._draft.rewritten = True
            self._pieces = self._defaults[0]
        else:
            self._pieces = self._fitted(returned)
        self._text = "".join(self._pieces)
        return self._text

    def finished(self) -> tuple[list[str], bool]:
        """Return the pieces, and whether what follows must begin a page; drop relationships that they do not need."""
        self._draft.additions.keep(self._additions, set(_RELATION.findall(self._text or "")))
        return self._pieces, self._new_page

    def _fitted(self, returned: Any) -> list[str]:
        draft = self._draft
        draft.rewritten = True
        fit = Fit(draft, self._library, self._drawn, self._headings)
        elements: list[Any] = []
        for each in returned if isinstance(returned, list | tuple) else [returned]:
            if isinstance(each, str):
                body = wordprocessing.parsed(accepted_text(each))
                for element, _, identity in wordprocessing.relations(body):
                    if identity not in draft.additions:
                        raise wordprocessing.unrelated(element, identity)
                fit.ours(body)
            else:
                body = self._library.taken_over(each, draft, fresh=any(each is made for made in self._documents))
                fit.others(body)
            elements += body
        pieces = [wordprocessing.serialized(element) for element in elements]
        gap, tables = draft.markup.table_gap, [xml.startswith("<w:tbl>") for xml in pieces]
        # Two consecutive tables would be joined, and a section must not end with a table.
        for place, (is_table, next_is) in enumerate(pairwise((*tables, True))):
            if is_table and next_is:
                pieces[place] += gap
        return pieces
