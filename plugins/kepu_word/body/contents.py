"""The table of contents: a field of Word with its result written out.

Nothing refreshes it when a document is opened: ``w:updateFields`` makes Word ask, and WPS ignores it. So each entry is
written as a link to its heading, with the number of the page on which the heading is expected
(:mod:`kepu_word.body.pagination`), or without a number if the estimate is not reliable. Users who change the text
update the field, which then has all numbers.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import repeat
from operator import add
from typing import Final

from kepu_docs.plugin import Document, Heading, advance, contents_heading, label
from kepu_word.body.markup import END, END_FIELD, END_RUN, RUN, field, field_start, paragraph
from kepu_word.look.style_ids import Names
from kepu_word.xml_text import escape

_TAB: Final = "<w:r><w:tab/></w:r>"
_PROPERTIES: Final = "</w:pPr>"
_END_ENTRY: Final = "</w:hyperlink></w:p>"
_RUN_ENDS: Final = "</w:r>"
_FULL_STOPS: Final = ("。", ".")


class Contents:
    """The table of contents of one document while it is written: its marked headings of the first levels."""

    def __init__(self, document: Document, names: Names) -> None:
        self._names = names
        self._locale = document.locale
        self._outline = document.outline
        self._entries: list[str] = []
        self.headings: list[Heading] = []

    def __bool__(self) -> bool:
        """Return whether there is anything to list."""
        return bool(self.headings)

    def marked(self, xml: str, block: Heading) -> str:
        """Return the paragraph of a heading, ``xml``, with a bookmark around the heading's own text.

        Call it for all headings of the document in order.
        """
        if block.level > len(self._names.contents):
            return xml
        place = len(self.headings)
        self.headings.append(block)
        start = xml.index(_PROPERTIES) + len(_PROPERTIES)
        end = xml.index(_RUN_ENDS, start) + len(_RUN_ENDS)
        return (
            f'{xml[:start]}<w:bookmarkStart w:id="{place}" w:name="{bookmark(place)}"/>{xml[start:end]}'
            f'<w:bookmarkEnd w:id="{place}"/>{xml[end:]}'
        )

    def recount(self) -> None:
        """Recompute the numbers that Word counts, which change if an override has added or dropped headings."""
        counters: tuple[int, ...] = ()
        for place, block in enumerate(self.headings):
            if block.number:
                counters = advance(counters, block.level)
                shape = self._outline[block.level - 1]
                self.headings[place] = replace(block, number=label(shape.pattern, shape.numerals, counters))

    def xml(self, pages: Mapping[str, int] | None = None) -> str:
        """Return the table. ``pages`` maps each bookmark to its page; without it the entries have no page numbers.

        Call it when all headings are marked, and counted again if need be.
        """
        names = self._names
        if not self._entries:
            self._entries = [self._entry(place, block) for place, block in enumerate(self.headings)]
            opening = field_start(f'TOC \\o "1-{len(names.contents)}" \\h \\z \\u')
            self._entries[0] = self._entries[0].replace(_PROPERTIES, _PROPERTIES + opening, 1)
        numbers = [_number(bookmark(place), pages) for place in range(len(self._entries))] if pages else repeat("")
        entries = _END_ENTRY.join(map(add, self._entries, numbers))
        return (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
            f"</w:docPartObj></w:sdtPr><w:sdtContent>{paragraph(names.contents_title)}{RUN}{contents_heading(self._locale)}{END}"
            f"{entries}</w:hyperlink>{END_FIELD}</w:p></w:sdtContent></w:sdt>"
        )

    def _entry(self, place: int, block: Heading) -> str:
        """Return an entry up to its page number."""
        text = block.text
        if block.body and text.endswith(_FULL_STOPS):
            text = text[:-1]
        opening = paragraph(self._names.contents[block.level - 1])
        link = f'<w:hyperlink w:anchor="{bookmark(place)}" w:history="1">'
        return f"{opening}{link}{RUN}{escape(block.number + text)}{END_RUN}"


def _number(name: str, pages: Mapping[str, int]) -> str:
    return _TAB + field(f"PAGEREF {name} \\h", f"{RUN}{pages[name]}{END_RUN}")


def bookmark(place: int) -> str:
    """Return the name of the bookmark around the heading at ``place`` (from 0), in Word's own style."""
    return f"_Toc{place + 1:09}"
