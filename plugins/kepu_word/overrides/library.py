"""The pack's link to python-docx: empty documents with its styles, and taking over what others have written into them.

Paragraphs and tables are taken over, with their pictures, links to the web, bookmarks and lists. Styles are matched by
name. Everything outside the text belongs to the resulting document.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from kepu_docs.plugin import N_, NumberLevel, Place, RenderError
from kepu_word.body.word_draft import Draft
from kepu_word.look.style_ids import Names
from kepu_word.look.style_names import ROLES
from kepu_word.overrides import wordprocessing
from kepu_word.package.parts import LINKS, R, W, plain
from kepu_word.template.found_styles import Styles

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W: Final = f"{{{W}}}"
_SUFFIXES: Final = {"image/png": "png", "image/jpeg": "jpeg"}
_PICTURE_TYPES: Final = {"image/gif": "gif", "image/bmp": "bmp", "image/tiff": "tiff"}
_STYLED: Final = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
_SECTION: Final = "section"
_STYLES: Final = "styles"
_CHANGED: Final = {_SECTION: N_("a change of the page"), _STYLES: N_("a change of styles")}
_HEADERS: Final = N_("a change of headers or footers")
_NUMBERED: Final = NumberLevel("%1.", "arabic")
_RELATIONS: Final = {
    "chart": N_("a chart"),
    "oleObject": N_("an embedded object (OLE)"),
    "package": N_("an embedded file"),
    "aFChunk": N_("another document in another format (altChunk)"),
}


class Library:
    """Makes and reads python-docx documents for documents of one pack.

    ``blank`` is an empty document of the pack, ``names`` are the ids of its styles, and ``bullet`` is the ``w:numId``
    of its bullets. Nothing is read until it is needed.
    """

    def __init__(self, blank: bytes, names: Names, bullet: int) -> None:
        self._blank = blank
        self._names = names
        self._bullet = bullet

    def new_document(self) -> WordDocument:
        """Return an empty document with the styles of the pack."""
        import docx  # takes 30 ms, so only when needed

        return docx.Document(io.BytesIO(self._blank))

    @cached_property
    def _own(self) -> _Own:
        document = self.new_document()
        return _Own(
            _furniture(document),
            Styles(document.styles.element),
            frozenset(str(number.get(f"{_W}numId")) for number in _numbering(document).iterchildren(f"{_W}num")),
        )

    def check(self, body: Any, draft: Draft) -> None:
        """Raise ``RenderError`` for styles and list numbers that the document does not have."""
        kinds = {style.identity: style.kind for style in self._own.styles.by_id.values()}
        missing = [identity for _, kind, identity in _styled(body) if kinds.get(identity) != kind]
        if missing:
            raise _unknown(missing, self._own.styles)
        for element in body.iter(f"{_W}numId"):
            identity = str(element.get(f"{_W}val"))
            known = identity == "0" or identity in self._own.numbers
            if not known and not (identity.isdecimal() and int(identity) in draft.further):
                raise _undefined(identity)

    def taken_over(self, returned: Any, draft: Draft, *, fresh: bool) -> Any:
        """Return the ``w:body`` of a python-docx document; its pictures and links go into ``draft``.

        ``fresh`` says that the document comes from :meth:`new_document`. Raises ``RenderError`` for any other object,
        and for content that cannot be taken over.
        """
        from docx.document import Document

        if not isinstance(returned, Document):
            raise RenderError.at(
                Place(),
                N_("it returned {found}; expected WordprocessingML or a python-docx document"),
                found=repr(returned)[:80],
            )
        self._check_furniture(returned, fresh=fresh)
        body = returned.element.body
        xml = "".join(
            etree.tostring(element, encoding="unicode", with_tail=False)
            for element in body
            if element is not body.sectPr
        )
        taken = wordprocessing.parsed(xml)
        _Taking(returned, taken, draft, self._own, fresh=fresh).take(self._names, self._bullet)
        return taken

    def _check_furniture(self, document: WordDocument, *, fresh: bool) -> None:
        """Refuse changes outside the text. A document from elsewhere has a page and styles of its own."""
        own, found = (self._own.furniture if fresh else {}), _furniture(document)
        for name in found.keys() | own.keys():
            if name in _CHANGED and not fresh:
                continue
            if found.get(name) != own.get(name):
                raise wordprocessing.refused(_CHANGED.get(name, _HEADERS))


@dataclass(frozen=True, slots=True)
class _Own:
    """What documents of the pack have: the parts that do not change, styles, numbers."""

    furniture: dict[str, bytes]
    styles: Styles
    numbers: frozenset[str]


class _Taking:
    """Takes over the text of one document."""

    def __init__(self, document: WordDocument, body: Any, draft: Draft, own: _Own, *, fresh: bool) -> None:
        self._document = document
        self._body = body
        self._draft = draft
        self._own = own
        self._fresh = fresh
        self._styles = own.styles if fresh else Styles(document.styles.element)
        self._definitions: dict[str, int] = {}
        self._numbers: dict[str, str] = {}

    def take(self, names: Names, bullet: int) -> None:
        """Replace styles, relationships and numbers by those of the result."""
        self._number()
        self._list(names, bullet)
        self._restyle(names)
        self._relate()
        for element in self._body.iter("{*}docPr"):
            element.set("id", "")

    def _list(self, names: Names, bullet: int) -> None:
        """Number paragraphs in list styles, which do not number anything themselves in the result."""

        def sort(paragraph: Any) -> str:
            properties = paragraph.find(f"{_W}pPr")
            style = None if properties is None else properties.find(f"{_W}pStyle")
            if style is None or properties.find(f"{_W}numPr") is not None:
                return ""
            name = self._name_of(str(style.get(f"{_W}val"))).lower()
            own = {"list bullet": names.bullet, "list number": names.numbered}.get(name)
            return name if own is not None and self._own.styles.numbering(own) is None else ""

        for parent in [self._body, *self._body.iter(f"{_W}tc")]:
            for name, paragraphs in groupby(list(parent), sort):
                if name:
                    identity = bullet if name == "list bullet" else self._draft.list_id(_NUMBERED)
                    for paragraph in paragraphs:
                        paragraph.find(f"{_W}pPr").append(_numbered(identity))
                        wordprocessing.put_in_order(paragraph.find(f"{_W}pPr"))

    def _number(self) -> None:
        for element in self._body.iter(f"{_W}numId"):
            element.set(f"{_W}val", self._number_of(str(element.get(f"{_W}val"))))

    def _number_of(self, identity: str) -> str:
        """Return the ``w:numId`` in the result for a number of the document."""
        if identity == "0" or (self._fresh and identity in self._own.numbers):
            return identity
        if identity not in self._numbers:
            self._numbers[identity] = self._instance(identity)
        return self._numbers[identity]

    def _instance(self, identity: str) -> str:
        numbering = _numbering(self._document)
        number = _child(numbering, "num", "numId", identity)
        link = None if number is None else number.find(f"{_W}abstractNumId")
        source = "" if link is None else str(link.get(f"{_W}val"))
        definition = _child(numbering, "abstractNum", "abstractNumId", source)
        if number is None or definition is None or definition.find(f"{_W}numStyleLink") is not None:
            raise _undefined(identity)
        further = self._draft.further
        if source not in self._definitions:
            self._definitions[source] = new = further.next_id()
            further.definitions.append(_defined(definition, new))
        new = further.next_id()
        copied = plain(etree.fromstring(etree.tostring(number)))
        copied.set(f"{_W}numId", str(new))
        copied.find(f"{_W}abstractNumId").set(f"{_W}val", str(self._definitions[source]))
        further.instances.append(wordprocessing.serialized(copied))
        return str(new)

    def _restyle(self, names: Names) -> None:
        missing = []
        for element, kind, identity in _styled(self._body):
            new = self._style(kind, identity, names)
            if new is None:
                missing.append(self._name_of(identity) or identity)
            else:
                element.set(f"{_W}val", new)
        if missing:
            raise _unknown(missing, self._own.styles)

    def _style(self, kind: str, identity: str, names: Names) -> str | None:
        """Return the result's style for a style of the document: the one with its name, or with its role."""
        if self._fresh and identity in self._own.styles.by_id:
            return identity
        name = self._name_of(identity)
        found = self._own.styles.named(kind, name)
        if found is not None:
            return found.identity
        for role in ROLES:
            if role.kind == kind and name.lower() in map(str.lower, role.names):
                value = getattr(names, role.member)
                return str(value if role.level is None else value[role.level])
        return None

    def _name_of(self, identity: str) -> str:
        """Return the name of a style of the document; empty if no style has this id."""
        style = self._styles.by_id.get(identity)
        return style.name if style else ""

    def _relate(self) -> None:
        known = self._document.part.rels
        for element, attribute, identity in list(wordprocessing.relations(self._body)):
            relation = known.get(identity)
            if relation is None:
                raise wordprocessing.unrelated(element, identity)
            word = relation.reltype.rpartition("/")[2]
            if word == "hyperlink" and relation.is_external:
                element.set(attribute, self._link(relation.target_ref))
            elif word == "image" and not relation.is_external and attribute == f"{{{R}}}embed":
                element.set(attribute, self._picture(relation.target_part))
            elif word == "image":
                raise wordprocessing.refused(N_("a picture stored outside the document"))
            elif word in _RELATIONS:
                raise wordprocessing.refused(_RELATIONS[word])
            else:
                text = N_("it returned a relationship of type {type}, which the document cannot include")
                raise RenderError.at(Place(), text, type=word)

    def _link(self, address: str) -> str:
        if not address.lower().startswith(LINKS):
            text = N_("it returned a link to “{address}”; expected http, https or mailto")
            raise RenderError.at(Place(), text, address=address)
        return self._draft.additions.relate("hyperlink", address, external=True)

    def _picture(self, part: Any) -> str:
        kind = str(part.content_type)
        if kind in _SUFFIXES:
            return self._draft.pictures.keep(part.blob, _SUFFIXES[kind])
        if kind not in _PICTURE_TYPES:
            text = N_("it returned a picture of type {type}; expected PNG, JPEG, GIF, BMP or TIFF")
            raise RenderError.at(Place(), text, type=kind)
        return self._draft.pictures.keep(part.blob, _PICTURE_TYPES[kind], kind)


def _furniture(document: WordDocument) -> dict[str, bytes]:
    """Return the parts of a document outside its text."""
    section = document.element.body.sectPr
    found = {
        _SECTION: b"" if section is None else _canonical(section),
        _STYLES: _canonical(document.styles.element),
    }
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")):
            found[str(relation.target_part.partname)] = _canonical(relation.target_part.element)
    return found


def _canonical(element: Any) -> bytes:
    return bytes(etree.tostring(element, method="c14n"))


def _numbering(document: WordDocument) -> Any:
    """Return the root of the numbering part; an empty one if there is none."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/numbering"):
            return relation.target_part.element
    return etree.Element(f"{_W}numbering")


def _child(parent: Any, name: str, attribute: str, value: str) -> Any:
    children = parent.iterchildren(_W + name)
    return next((child for child in children if child.get(_W + attribute) == value), None)


def _styled(body: Any) -> Iterator[tuple[Any, str, str]]:
    for name, kind in _STYLED.items():
        for element in body.iter(_W + name):
            yield element, kind, str(element.get(f"{_W}val"))


def _unknown(identities: list[str], styles: Styles) -> RenderError:
    known = sorted({style.name for style in styles.by_id.values() if style.kind != "numbering"})
    return RenderError.at(
        Place(),
        N_("it uses styles that the document does not have: {names}; it has: {known}"),
        names=", ".join(dict.fromkeys(identities)),
        known=", ".join(known),
    )


def _undefined(number: str) -> RenderError:
    text = N_("it returned a list with the number {number}, which the document does not define")
    return RenderError.at(Place(), text, number=number)


def _numbered(identity: int) -> Any:
    return etree.fromstring(f'<w:numPr xmlns:w="{W}"><w:ilvl w:val="0"/><w:numId w:val="{identity}"/></w:numPr>')


def _defined(definition: Any, identity: int) -> str:
    """Return the ``w:abstractNum`` of a list that is taken over, with another id."""
    copied = plain(etree.fromstring(etree.tostring(definition)))
    for name in ("nsid", "name", "styleLink"):
        for element in copied.findall(_W + name):
            copied.remove(element)
    for element in list(copied.iter(f"{_W}pStyle", f"{_W}lvlPicBulletId")):
        element.getparent().remove(element)
    # Word treats lists with the same w:nsid as one list.
    mark = etree.SubElement(copied, f"{_W}nsid")
    mark.set(f"{_W}val", f"{0x4B504400 + identity:08X}")
    copied.insert(0, mark)
    copied.set(f"{_W}abstractNumId", str(identity))
    return wordprocessing.serialized(copied)
