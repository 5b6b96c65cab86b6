"""The parts of a Word document, found by their relationships and read alike in both variants of the format."""

import posixpath
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from kepu_docs.errors import Place
from kepu_docs.reading.archives import OfficeParts, is_external, open_word, parse_xml, target_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_OFFICE: Final = b"http://schemas.openxmlformats.org/"
_OF_STRICT: Final = (
    (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
    (b"officeDocument/math", b"officeDocument/2006/math"),
    (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
    (b"drawingml/wordprocessingDrawing", b"drawingml/2006/wordprocessingDrawing"),
    (b"drawingml/main", b"drawingml/2006/main"),
    (b"drawingml/picture", b"drawingml/2006/picture"),
    (b"drawingml/chart", b"drawingml/2006/chart"),
    (b"drawingml/diagram", b"drawingml/2006/diagram"),
)
"""The namespaces of “Strict Open XML”, and those of ordinary documents, after their common beginning."""


class Related:
    """The parts of one document, and the relationships between them."""

    def __init__(self, parts: OfficeParts, place: Place) -> None:
        """``place`` is the place of the document, for errors in it."""
        self.main = parts.main
        self._data = parts.data
        self._links: dict[str, Mapping[str, str]] = {}
        self._targets: dict[str, Mapping[str, str | None]] = {}
        self.roots = _ordinary(parts, place) if _is_strict(parts) else parts.roots

    @classmethod
    def read(cls, data: bytes, place: Place) -> "Related":
        """Open a Word document whose links may lead anywhere. Raises ``DocumentError`` for one that is refused."""
        return cls(open_word(data, place, charts=True, links=True), place)

    def root(self, kind: str, usual: str) -> "_Element | None":
        """Return the root of the part related to the main part by ``kind``, else of the part called ``usual``."""
        related = self.all_of(self.main, kind)
        return self.roots[related[0]] if related else self.roots.get(usual)

    def of(self, part: str, identity: str) -> str | None:
        """Return the name of the part that the relationship ``identity`` of a part leads to."""
        known = self._targets.get(part)
        if known is None:
            found = {str(relation.get("Id")): self._target(relation, part) for relation in self._relations(part)}
            known = self._targets[part] = found
        return known.get(identity)

    def all_of(self, part: str, kind: str) -> list[str]:
        """Return the names of the parts to which a part has relationships of a kind."""
        found = [self._target(relation, part) for relation in self._relations(part) if _kind(relation) == kind]
        return [name for name in found if name is not None]

    def mentions(self, part: str, *words: bytes) -> bool:
        """Return whether any of the words may occur in a part; fast, so that rare features cost little elsewhere."""
        data = self._data[part]
        return data.startswith(_UTF_16) or any(word in data for word in words)

    def links(self, part: str) -> Mapping[str, str]:
        """Return the addresses that a part links to, by the ids of their relationships."""
        known = self._links.get(part)
        if known is None:
            known = self._links[part] = {
                str(relation.get("Id")): str(relation.get("Target"))
                for relation in self._relations(part)
                if _kind(relation) == "hyperlink" and is_external(relation)
            }
        return known

    def _relations(self, part: str) -> "Iterator[_Element]":
        root = self.roots.get(_relations_of(part))
        return iter(()) if root is None else iter(root)

    def _target(self, relation: "_Element", part: str) -> str | None:
        if is_external(relation):
            return None
        target = target_of(relation, _relations_of(part))
        return next((name for name in (target, unquote(target)) if name in self.roots), None)


def _relations_of(part: str) -> str:
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _kind(relation: "_Element") -> str:
    return str(relation.get("Type")).rstrip("/ ").rpartition("/")[2]


def _is_strict(parts: OfficeParts) -> bool:
    return str(parts.roots[parts.main].tag).startswith("{" + _STRICT.decode())


def _ordinary(parts: OfficeParts, place: Place) -> "Mapping[str, _Element]":
    """Return the roots of a strict document with the namespaces of an ordinary one."""
    return {name: parse_xml(_renamed(parts.data[name]), name, place) for name in parts.roots}


def _renamed(data: bytes) -> bytes:
    if data.startswith(_UTF_16):
        data = data.decode("utf-16").encode()
    for strict, ordinary in _OF_STRICT:
        data = data.replace(_STRICT + strict, _OFFICE + ordinary)
    return data
