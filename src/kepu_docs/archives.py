"""ZIP archives and Word documents from strangers: read within limits, or refused with the reason.

A Word document of 1 MB may unpack to 2 GB, and may bring along programs, other documents, and addresses that an office
program opens unasked. The limits count what is really read, since an archive's own directory may lie.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from kepu_docs.errors import N_, DocumentError, Message, Place

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_ENTRIES: Final = 2_000
MOST_BYTES: Final = 200 * 1024 * 1024
MOST_BYTES_A_PART: Final = 50 * 1024 * 1024
MOST_RATIO: Final = 100
_SMALL: Final = 1024 * 1024
"""What unpacks to less than this may be packed as tightly as it likes."""
_PIECE: Final = 1024 * 1024

_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip

MAIN: Final = "word/document.xml"
_TYPES: Final = "[Content_Types].xml"
_RELATIONS: Final = "_rels/.rels"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML_SUFFIXES: Final = (".xml", ".rels", ".vml")
_LINKS: Final = ("http://", "https://", "mailto:")

_REFUSED_PARTS: Final = {
    "vbaproject": N_("a program (macro)"),
    "activex": N_("a program (ActiveX)"),
    "oleobject": N_("an embedded object (OLE)"),
    "embeddings/": N_("an embedded file"),
}
_REFUSED_RELATIONS: Final = {
    "/aFChunk": N_("another document in another format (altChunk)"),
    "/oleObject": N_("an embedded object (OLE)"),
    "/package": N_("an embedded file"),
    "/control": N_("a program (ActiveX)"),
    "/vbaProject": N_("a program (macro)"),
    "/subDocument": N_("another document"),
    "/frame": N_("another document"),
    "/attachedTemplate": N_("a template elsewhere"),
}
_WORKBOOK: Final = ".xlsx"


def read_archive(data: bytes, place: Place) -> Mapping[str, bytes]:
    """Return the parts of a ZIP archive by their names.

    Raises ``DocumentError`` at ``place`` for what is no archive, is broken, encrypted, larger than the limits, or has
    names that lead out of it or stand twice.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _parts(archive, place)
    except DocumentError:
        raise
    except _BROKEN as error:
        raise DocumentError.at(place, N_("the file is broken: {reason}"), reason=str(error)) from None


def look_into(data: bytes, place: Place, most: int) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of a ZIP archive in pieces, each with its part's name, and keep none: what another will read.

    Raises ``DocumentError`` at ``place`` for what is no archive, is broken, encrypted, or unpacks to more than ``most``
    bytes.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            left = most
            for info in _infos(archive, place):
                for piece in _pieces(archive, info, left, place, most):
                    left -= len(piece)
                    yield info.filename, piece
    except DocumentError:
        raise
    except _BROKEN as error:
        raise DocumentError.at(place, N_("the file is broken: {reason}"), reason=str(error)) from None


def _infos(archive: zipfile.ZipFile, place: Place) -> list[zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > MOST_ENTRIES:
        text = N_("the file holds {found} parts; at most {limit} are allowed")
        raise DocumentError.at(place, text, found=len(infos), limit=MOST_ENTRIES)
    if any(info.flag_bits & 1 for info in infos):
        raise DocumentError.at(place, N_("the file is encrypted; save it without a password"))
    return infos


def _parts(archive: zipfile.ZipFile, place: Place) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = MOST_BYTES
    for info in _infos(archive, place):
        name = info.filename
        if name.endswith("/"):
            continue
        if name in parts or name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise DocumentError.at(place, N_("the part “{name}” has a name that no Word document has"), name=name)
        parts[name] = b"".join(_pieces(archive, info, min(MOST_BYTES_A_PART, left), place, MOST_BYTES))
        left -= len(parts[name])
    return parts


def _pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int, place: Place, most: int) -> Iterator[bytes]:
    size = 0
    with archive.open(info) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > limit or (size > _SMALL and size > MOST_RATIO * max(info.compress_size, 1)):
                text = N_("the part “{name}” unpacks to more than is allowed ({limit} MiB a part, {all} MiB in all)")
                limits = {"limit": min(MOST_BYTES_A_PART, most) >> 20, "all": most >> 20}
                raise DocumentError.at(place, text, name=info.filename, **limits)
            yield piece


@dataclass(frozen=True, slots=True)
class WordParts:
    """The parts of a Word document by their names, the roots of those in XML, and which of them holds the text."""

    data: Mapping[str, bytes]
    roots: "Mapping[str, _Element]"
    main: str


def read_word(data: bytes, place: Place, *, charts: bool = False) -> Mapping[str, bytes]:
    """Return the parts of a Word document that holds nothing which might act by itself.

    With ``charts`` the workbooks behind charts are allowed; nothing here opens them.

    Raises ``DocumentError`` at ``place``, naming what was found: a program, an embedded or linked document, an address
    that is no plain link, a document type definition; or that the file is no Word document, or broken.
    """
    return open_word(data, place, charts=charts).data


def open_word(data: bytes, place: Place, *, charts: bool = False) -> WordParts:
    """Return the parts as :func:`read_word` does, with the roots of those in XML."""
    if data.startswith(_OLE):
        text = N_("this is a Word document of the old kind (.doc), or an encrypted one; save it as .docx")
        raise DocumentError.at(place, text)
    if not data.startswith(b"PK"):
        raise DocumentError.at(place, N_("this is no Word document (.docx)"))
    parts = read_archive(data, place)
    roots = {name: parse_xml(content, name, place) for name, content in parts.items() if name.endswith(_XML_SUFFIXES)}
    main = _main(parts, roots.get, place)
    for name in parts:
        if charts and name.endswith(_WORKBOOK):
            continue
        found = next((what for mark, what in _REFUSED_PARTS.items() if mark in name.lower()), None)
        if found:
            raise _refusal(found, name, place)
    for name, root in roots.items():
        if name == _TYPES and any("macroEnabled" in str(each.get("ContentType")) for each in root):
            raise _refusal(N_("a program (macro)"), name, place)
        if name.endswith(".rels"):
            for relation in root.iterchildren("{*}Relationship"):
                if not (charts and str(relation.get("Target")).endswith(_WORKBOOK)):
                    _check_relation(relation, name, place)
        if next(root.iter("{*}altChunk"), None) is not None:
            raise _refusal(_REFUSED_RELATIONS["/aFChunk"], name, place)
    return WordParts(parts, roots, main)


def main_part(parts: Mapping[str, bytes], place: Place) -> str:
    """Return the name of the part that holds a Word document's text; Word on the web calls it ``document2.xml``.

    Raises ``DocumentError`` if there is none.
    """
    return _main(parts, lambda name: parse_xml(parts[name], name, place), place)


def _main(parts: Mapping[str, bytes], root_of: "Callable[[str], _Element | None]", place: Place) -> str:
    related = _RELATIONS in parts and _TYPES in parts
    relations = root_of(_RELATIONS) if related else None
    for relation in () if relations is None else relations:
        name = str(relation.get("Target")).lstrip("/")
        if str(relation.get("Type")).endswith("/officeDocument") and name in parts:
            root = root_of(name)
            if root is not None and str(root.tag).endswith("}document"):
                return name
    raise DocumentError.at(place, N_("this is no Word document (.docx): it has no part {name}"), name=MAIN)


def parse_xml(data: bytes, name: str, place: Place) -> "_Element":
    """Return the root of an XML part. Raises ``DocumentError`` for a broken one, or one that defines entities."""
    # Only who opens a document waits for lxml.
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        text = N_("the part “{name}” is broken: {reason}")
        raise DocumentError.at(place, text, name=name, reason=str(error)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _refusal(N_("a document type definition"), name, place)
    return root


def _check_relation(relation: "_Element", name: str, place: Place) -> None:
    kind, target = str(relation.get("Type")), str(relation.get("Target"))
    external = relation.get("TargetMode") == "External"
    for ending, what in _REFUSED_RELATIONS.items():
        if kind.endswith(ending):
            raise _refusal(what, name, place)
    if external and not (kind.endswith("/hyperlink") and target.lower().startswith(_LINKS)):
        raise _refusal(N_("an address that is opened unasked"), name, place)


def _refusal(what: str, name: str, place: Place) -> DocumentError:
    text = N_("the document is refused: it holds {what}, in the part “{name}”")
    return DocumentError.at(place, text, what=Message(what), name=name)
