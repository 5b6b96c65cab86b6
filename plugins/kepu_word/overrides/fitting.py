"""Adapts elements that others have written to the document that they go into."""

import re
from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from kepu_docs.plugin import N_, Heading, Place, RenderError
from kepu_word.body.contents import bookmark
from kepu_word.body.word_draft import Draft
from kepu_word.overrides.library import Library
from kepu_word.overrides.wordprocessing import REFERENCE
from kepu_word.package.parts import DRAWING, W

_W: Final = f"{{{W}}}"
_DRAWN: Final = f"{{{DRAWING}/wordprocessingDrawing}}docPr"
_PICTURE: Final = f"{{{DRAWING}/picture}}cNvPr"
_DIGITS: Final = "0123456789"


class Fit:
    """Adapts the elements of one section to the document: styles, ids, bookmarks, headings."""

    def __init__(self, draft: Draft, library: Library, drawn: int, headings: int) -> None:
        self._draft = draft
        self._library = library
        self._drawn = set(range(drawn + 1, draft.pictures.drawn + 1))
        contents = draft.contents
        self._headings = dict(enumerate(contents.headings[headings:], headings)) if contents is not None else {}
        if contents is not None:
            del contents.headings[headings:]

    def ours(self, body: Any) -> None:
        """Adapt elements that may contain text of kepu-docs."""
        self._library.check(body, self._draft)
        self._fit(body, {bookmark(place): heading for place, heading in self._headings.items()})

    def others(self, body: Any) -> None:
        """Adapt elements from another document."""
        drawn, self._drawn = self._drawn, set()
        self._fit(body, {})
        self._drawn = drawn

    def _fit(self, body: Any, ours: Mapping[str, Heading]) -> None:
        self._style(body)
        self._draw(body)
        self._mark(body, ours)

    def _style(self, body: Any) -> None:
        """Give paragraphs without a style that of body text, table text or a picture, and tables the default one."""
        names = self._draft.markup.names
        for table in body.iter(f"{_W}tbl"):
            properties = table.find(f"{_W}tblPr")
            if properties.find(f"{_W}tblStyle") is None:
                properties.insert(0, _valued("tblStyle", names.table))
        for paragraph in body.iter(f"{_W}p"):
            properties = _properties(paragraph)
            if properties.find(f"{_W}pStyle") is None:
                inline = paragraph.find(f"{_W}r/{_W}drawing/{{*}}inline") is not None
                in_table = paragraph.getparent() is not body
                style = names.figure if inline else names.table_text if in_table else names.body
                properties.insert(0, _valued("pStyle", style))

    def _draw(self, body: Any) -> None:
        """Give drawings ids that no other drawing has."""
        for element in body.iter(_DRAWN):
            identity = str(element.get("id", ""))
            if identity.isdecimal() and int(identity) in self._drawn:
                self._drawn.discard(int(identity))
                continue
            word = str(element.get("name", "")).rstrip(_DIGITS).rstrip() or "Picture"
            self._draft.pictures.next_name(word)
            new = str(self._draft.pictures.drawn)
            pictures = element.getparent().iter(_PICTURE)
            for each in (element, *pictures):
                each.set("id", new)
                each.set("name", f"{word} {new}")

    def _mark(self, body: Any, ours: Mapping[str, Heading]) -> None:
        """Make bookmarks unique, and mark headings for the table of contents."""
        marks = _Bookmarks(self._draft)
        for element in body:
            listed = False
            for mark in list(element.iter(f"{_W}bookmarkStart", f"{_W}bookmarkEnd")):
                heading = ours.get(str(mark.get(f"{_W}name")))
                if mark.tag == f"{_W}bookmarkStart" and heading is not None:
                    marks.begin(mark, self._list(heading))
                    listed = True
                elif mark.tag == f"{_W}bookmarkStart":
                    marks.begin(mark)
                else:
                    marks.end(mark)
            if not listed:
                self._mark_heading(element)
        marks.close(body)

    def _mark_heading(self, paragraph: Any) -> None:
        """Mark a paragraph with the style of a heading that kepu-docs did not write."""
        contents, names = self._draft.contents, self._draft.markup.names
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        if contents is None or style is None:
            return
        identity = style.get(f"{_W}val")
        for level, (numbered, bare) in enumerate(zip(names.headings, names.bare_headings, strict=True), 1):
            if identity in (numbered, bare) and level <= len(names.contents):
                text = "".join(part.text or "" for part in paragraph.iter(f"{_W}t"))
                # Its number is known once all headings are.
                place = self._list(Heading(level, text, "?" if identity == numbered else ""))
                start, end = (_valued(name, str(place), "id") for name in ("bookmarkStart", "bookmarkEnd"))
                start.set(f"{_W}name", bookmark(place))
                paragraph.insert(1, start)
                paragraph.append(end)
                return

    def _list(self, heading: Heading) -> int:
        contents = self._draft.contents
        assert contents is not None  # noqa: S101  (without it no heading is marked)
        contents.headings.append(heading)
        return len(contents.headings) - 1


class _Bookmarks:
    """The bookmarks of one body, which get unique ids and names."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._open: dict[str, str] = {}
        self._renamed: dict[str, str] = {}

    def begin(self, mark: Any, place: int | None = None) -> None:
        """Process the start of a bookmark; ``place`` is that of a heading that kepu-docs wrote."""
        identity, name = str(mark.get(f"{_W}id")), str(mark.get(f"{_W}name"))
        if identity in self._open:
            raise _one_end(name)
        if place is not None:
            new_identity, new = str(place), bookmark(place)
        else:
            new_identity, new = str(next(self._draft.bookmark_ids)), self._unique(name)
            self._draft.bookmarks.add(new)
        if new != name:
            self._renamed[name] = new
        self._open[identity] = new_identity
        mark.set(f"{_W}id", new_identity)
        mark.set(f"{_W}name", new)

    def _unique(self, name: str) -> str:
        taken = self._draft.bookmarks
        base = f"x{name}" if name.startswith("_Toc") else name
        new, count = base, 2
        while new in taken:
            new, count = f"{base}_{count}", count + 1
        return new

    def end(self, mark: Any) -> None:
        """Process the end of a bookmark."""
        identity = str(mark.get(f"{_W}id"))
        if identity not in self._open:
            raise _one_end(identity)
        mark.set(f"{_W}id", self._open.pop(identity))

    def close(self, body: Any) -> None:
        """Update references to renamed bookmarks. Raises ``RenderError`` for a bookmark without an end."""
        if self._open:
            raise _one_end(next(iter(self._open)))
        if not self._renamed:
            return
        for link in body.iter(f"{_W}hyperlink"):
            anchor = link.get(f"{_W}anchor")
            if anchor in self._renamed:
                link.set(f"{_W}anchor", self._renamed[anchor])

        def renamed(found: re.Match[str]) -> str:
            return found[1] + found[2] + self._renamed.get(found[3], found[3])

        for field in body.iter(f"{_W}instrText"):
            field.text = REFERENCE.sub(renamed, field.text or "")
        for field in body.iter(f"{_W}fldSimple"):
            field.set(f"{_W}instr", REFERENCE.sub(renamed, str(field.get(f"{_W}instr", ""))))


def _one_end(name: str) -> RenderError:
    return RenderError.at(Place(), N_("it returned a bookmark (“{name}”) with one end only"), name=name)


def _properties(paragraph: Any) -> Any:
    """Return the ``w:pPr`` of a paragraph, which is created if it has none."""
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        properties = paragraph.makeelement(f"{_W}pPr")
        paragraph.insert(0, properties)
    return properties


def _valued(name: str, value: str, attribute: str = "val") -> Any:
    element = etree.Element(f"{_W}{name}", nsmap={"w": W})
    element.set(f"{_W}{attribute}", value)
    return element
