"""The parts of a user's Word template: which of them a document takes over, and under which names.

Programs name parts as they like (``word/document2.xml``, ``word/media/标志.PNG``), and a template's picture may have
the name that a document's own picture gets. So parts that are taken over get names that no part of kepu-docs has. Parts
that only the dropped text needed are never reached, since only relationships that a part still uses are followed.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any, Final
from urllib.parse import unquote

from lxml import etree

from kepu_docs.plugin import N_, DocumentError, Message, Place, main_part, parse_xml, read_word
from kepu_word.package.parts import DRAWING, relationship, relationships, w
from kepu_word.template.acts import RELATIONS, found_acting

PLACE: Final = Place("reference")
"""The place that errors name: the template comes as bytes, without a file name."""

_STRICT: Final = "http://purl.oclc.org/ooxml/"
_DRAWN: Final = f"{{{DRAWING}/wordprocessingDrawing}}docPr"
# Above those of any text: ids of drawings and bookmarks are one series for the whole document.
_FIRST_ID: Final = 1 << 30
# The types of parts that are not XML: pictures, and embedded fonts.
_CONTENT_TYPES: Final = (
    "image/", "application/vnd.openxmlformats-officedocument.obfuscatedfont", "application/x-font",
)  # fmt: skip
_SEPARATORS: Final = ("separator", "continuationSeparator", "continuationNotice")


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship: its id, its type, and the part's name or the address that it leads to."""

    identity: str
    kind: str
    target: str
    external: bool

    @property
    def word(self) -> str:
        """The last word of the type: ``styles``, ``header``."""
        return self.kind.rpartition("/")[2]


class Template:
    """A user's Word document."""

    def __init__(self, data: bytes, place: Place = PLACE, *, charts: bool = True) -> None:
        """Open a template. Raises ``DocumentError`` for a file that is not a Word document, is broken or is refused.

        ``charts`` says whether the workbooks of charts are accepted, as they are if the text with the charts is
        dropped.
        """
        self._place = place
        self.parts = read_word(data, place, charts=charts)
        self.main = main_part(self.parts, place)
        self.text = self.tree(self.main)
        if self.text.tag.startswith(f"{{{_STRICT}"):
            text = N_("this is a “Strict Open XML” document; save it as an ordinary Word document (.docx)")
            raise DocumentError.at(place, text)
        self.relations = {relation.identity: relation for relation in self.relations_of(self.main)}
        self._types = self.tree("[Content_Types].xml")

    def tree(self, name: str) -> Any:
        """Return the root of a part, parsed again."""
        return parse_xml(self.parts[name], name, self._place)

    def tree_or(self, name: str) -> Any:
        """Return the root of a part of relationships; a new, empty one if there is no such part."""
        return self.tree(name) if name in self.parts else etree.fromstring(relationships(""))

    def related(self, word: str) -> str:
        """Return the name of the part that the main part relates to by a type ending in ``word``; empty if none."""
        found = (each.target for each in self.relations.values() if each.word == word and not each.external)
        return next((name for name in found if name in self.parts), "")

    def relations_of(self, name: str) -> Iterator[Relation]:
        """Yield the relationships of a part."""
        folder, file = posixpath.split(name)
        source = f"{folder}/_rels/{file}.rels"
        if source not in self.parts:
            return
        for element in self.tree(source).iterchildren("{*}Relationship"):
            external = element.get("TargetMode", "Internal") != "Internal"
            target = str(element.get("Target"))
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                target = target if target in self.parts else unquote(target)
            yield Relation(str(element.get("Id")), str(element.get("Type")), target, external)

    def type_of(self, name: str) -> str:
        """Return the content type of a part. Raises ``DocumentError`` if it has none."""
        suffix = name.rpartition(".")[2].lower()
        found = ""
        for element in self._types:
            if unquote(str(element.get("PartName"))).lower() == f"/{name}".lower():
                return str(element.get("ContentType"))
            if str(element.get("Extension")).lower() == suffix:
                found = str(element.get("ContentType"))
        if not found:
            raise broken(name, "it has no content type", self._place)
        return found


class Carried:
    """The parts that are taken over from a template, with the parts that they need, each once."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._names: dict[str, str] = {}
        self._ids = count(_FIRST_ID)
        self.contents: dict[str, bytes] = {}
        self.types: dict[str, str] = {}

    def add(self, name: str, xml: str, content_type: str) -> None:
        """Add a part that kepu-docs makes."""
        self.contents[name] = xml.encode()
        self.types[name] = content_type

    def take(self, name: str, wanted: str = "", tree: Any = None) -> str:
        """Take a part over under the name ``wanted``, or under a generated one, and return its new name.

        ``tree`` is its changed root; without it, the part is taken unchanged.
        """
        if name in self._names:
            return self._names[name]
        if "embeddings/" in name.lower() or name.lower().endswith(".xlsx"):
            raise refused(Message(N_("an embedded file")), name)
        suffix = re.sub(r"[^a-z0-9]", "", name.rpartition(".")[2].lower()) or "bin"
        new = self._names[name] = wanted or f"word/template/part{len(self._names) + 1}.{suffix}"
        content_type = self._template.type_of(name)
        if tree is None and content_type.endswith("xml"):
            tree = self._template.tree(name)
        elif tree is None and not content_type.lower().startswith(_CONTENT_TYPES):
            raise refused(Message.of(N_("something of an unknown kind ({kind})"), kind=content_type), name)
        self.types[new] = content_type
        if tree is None:
            self.contents[new] = self._template.parts[name]
            return new
        acting = found_acting(tree)
        if acting is not None:
            raise refused(acting, name)
        self._renumber(tree)
        relations = "".join(self._relation(each, name) for each in self._used(tree, name))
        self.contents[new] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        if relations:
            folder, file = posixpath.split(new)
            self.contents[f"{folder}/_rels/{file}.rels"] = relationships(relations)
        return new

    def _used(self, tree: Any, name: str) -> list[Relation]:
        used = {
            str(value) for element in tree.iter() for key, value in element.attrib.items() if str(key).startswith("{")
        }
        return [relation for relation in self._template.relations_of(name) if relation.identity in used]

    def _relation(self, relation: Relation, name: str) -> str:
        if relation.word.lower() not in RELATIONS:
            raise refused(Message.of(N_("something of an unknown kind ({kind})"), kind=relation.word), name)
        target = relation.target
        if not relation.external:
            if target not in self._template.parts:
                raise broken(name, f"it leads to “{target}”, which is not there")
            target = "/" + self.take(target)
        return relationship(relation.identity, relation.kind, target, external=relation.external)

    def _renumber(self, tree: Any) -> None:
        """Give drawings and bookmarks ids that no text has."""
        bookmarks: dict[str, str] = {}
        for element in tree.iter(_DRAWN):
            element.set("id", str(next(self._ids)))
        for element in tree.iter(w("bookmarkStart"), w("bookmarkEnd")):
            identity = str(element.get(w("id")))
            if identity not in bookmarks:
                bookmarks[identity] = str(next(self._ids))
            element.set(w("id"), bookmarks[identity])


def refused(what: Message, name: str, place: Place = PLACE) -> DocumentError:
    """Return the error for a part with content that no finished document may have."""
    return DocumentError.at(
        place, N_("the document is rejected: it contains {what}, in the part “{name}”"), what=what, name=name
    )


def broken(name: str, reason: str, place: Place = PLACE) -> DocumentError:
    """Return the error for a broken part."""
    return DocumentError.at(place, N_("the part “{name}” is broken: {reason}"), name=name, reason=reason)


def without_notes(root: Any) -> Any:
    """Return footnotes or endnotes with only their separators: the notes belong to the dropped text."""
    for note in list(root):
        if note.get(w("type")) not in _SEPARATORS:
            root.remove(note)
    return root
