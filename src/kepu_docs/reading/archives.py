"""ZIP archives, Word documents and workbooks from strangers: read within limits, or refused with the reason.

A Word document of 1 MB may unpack to 2 GB, and may contain programs, other documents, and addresses that an office
program opens without asking. The limits count the bytes that are actually read, since the directory of an archive may
lie.
"""

import posixpath
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from kepu_docs.errors import N_, DocumentError, Message, Place

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_ENTRIES: Final = 2_000
MOST_BYTES: Final = 200 * 1024 * 1024
MOST_BYTES_A_PART: Final = 50 * 1024 * 1024
MOST_RATIO: Final = 100
_SMALL: Final = 1024 * 1024
"""In bytes; parts that unpack to less may have any compression ratio."""
_PIECE: Final = 1024 * 1024
_MOST_SIGNATURES: Final = 10 * MOST_ENTRIES
"""The most signatures of entries in the bytes of an archive, including those of nested archives: a directory is read
as a whole before its entries can be counted, and takes some 500 bytes of memory for each entry."""
MOST_MARKS: Final = 2_000_000
"""Tags and attributes in all XML parts of a document: about 200 bytes of memory each. A page of Word has some 3,000."""
_LONGEST_REASON: Final = 200
"""The most characters of a parser's message about a broken part; it may quote any length of the part."""

_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, OverflowError, NotImplementedError,
    RuntimeError,
)  # fmt: skip
_ENTRY: Final = b"PK\x01\x02"
_UNSEEN: Final = ("Cc", "Cf", "Zl", "Zp")
"""Categories of characters that names of parts never contain: they are invisible, and terminals obey some of them."""
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The compression methods of Office packages; other methods may take any amount of memory."""

MAIN: Final = "word/document.xml"
_TYPES: Final = "[Content_Types].xml"
_RELATIONS: Final = "_rels/.rels"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML_SUFFIXES: Final = (".xml", ".rels", ".vml")
_LINKS: Final = ("http://", "https://", "mailto:")
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")

_REFUSED_PARTS: Final = {
    "vbaproject": N_("a program (macro)"),
    "vbadata": N_("a program (macro)"),
    "macroenabled": N_("a program (macro)"),
    "activex": N_("a program (ActiveX)"),
    "oleobject": N_("an embedded object (OLE)"),
    "embeddings/": N_("an embedded file"),
}
"""By the name of a part or its content type, in lower case."""
_REFUSED_RELATIONS: Final = {
    "afchunk": N_("another document in another format (altChunk)"),
    "oleobject": N_("an embedded object (OLE)"),
    "package": N_("an embedded file"),
    "control": N_("a program (ActiveX)"),
    "activexcontrolbinary": N_("a program (ActiveX)"),
    "vbaproject": N_("a program (macro)"),
    "wordvbadata": N_("a program (macro)"),
    "extensibility": N_("a program (macro)"),
    "webextension": N_("a program (macro)"),
    "webextensiontaskpanes": N_("a program (macro)"),
    "subdocument": N_("another document"),
    "frame": N_("another document"),
    "attachedtemplate": N_("an attached template (attach Normal instead)"),
}
"""By the last word of a relationship's type, in lower case."""
_REFUSED_PARTS_OF_WORKBOOKS: Final = {
    **_REFUSED_PARTS,
    "macrosheet": N_("a program (macro)"),
    "dialogsheet": N_("a program (macro)"),
    "externallink": N_("a link to another workbook"),
    "connections": N_("a connection to data elsewhere"),
    "querytable": N_("a connection to data elsewhere"),
    "xmlmaps": N_("a connection to data elsewhere"),
    "volatiledependencies": N_("a connection to data elsewhere"),
    "xl/model": N_("a connection to data elsewhere"),
    "revisions/": N_("a record of changes by several people (stop sharing the workbook in Excel)"),
}
_HYPERLINKS: Final = (
    "http://schemas.openxmlformats.org/officedocument/2006/relationships/hyperlink",
    "http://purl.oclc.org/ooxml/officedocument/relationships/hyperlink",
)
"""The only relationships that may lead out of a document: they are followed only when a person clicks on them."""
_WORKBOOK: Final = ".xlsx"
_BOOK: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}workbook"
_STRICT_BOOK: Final = "{http://purl.oclc.org/ooxml/spreadsheetml/main}workbook"
_SPREADSHEET: Final = b"opendocument.spreadsheet"
_AHEAD: Final = 200
"""How far into an OpenDocument file its type may be."""

# Targets outside a package: a scheme, a drive, another machine.
_address = re.compile(r"\s*+(?:[A-Za-z][A-Za-z0-9+.\-]*:|//|[^#?]*\\)")


def read_archive(data: bytes, place: Place) -> Mapping[str, bytes]:
    """Return the parts of a ZIP archive by their names.

    Raises ``DocumentError`` at ``place`` for a file that is not an archive, or is broken, encrypted or larger than the
    limits, or has names that lead out of it or occur twice.
    """
    with _opened(data, place) as archive:
        return _parts(archive, len(data), place)


def look_into(data: bytes, place: Place, most: int) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of a ZIP archive in pieces, each with its part's name, and keep none of them.

    Used to check an archive before other code reads it. Raises ``DocumentError`` at ``place`` for a file that is not an
    archive, or is broken or encrypted, or unpacks to more than ``most`` bytes.
    """
    with _opened(data, place) as archive:
        left = most
        for info in _infos(archive, len(data), place):
            for piece in _pieces(archive, info, left, place, most):
                left -= len(piece)
                yield info.filename, piece


@contextmanager
def _opened(data: bytes, place: Place) -> Iterator[zipfile.ZipFile]:
    found = data.count(_ENTRY)
    if found > _MOST_SIGNATURES:
        raise _too_many(found, place)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            yield archive
    except DocumentError:
        raise
    except _BROKEN as error:
        raise DocumentError.at(place, N_("the file is broken: {reason}"), reason=str(error)) from None


def _too_many(found: int, place: Place) -> DocumentError:
    text = N_("the file has {found} parts; at most {limit} are allowed")
    return DocumentError.at(place, text, found=found, limit=MOST_ENTRIES)


def _infos(archive: zipfile.ZipFile, size: int, place: Place) -> list[zipfile.ZipInfo]:
    """Return the entries of an archive of ``size`` bytes; they must not overlap and must begin at its beginning."""
    infos = archive.infolist()
    if len(infos) > MOST_ENTRIES:
        raise _too_many(len(infos), place)
    if any(info.flag_bits & 1 for info in infos):
        raise DocumentError.at(place, N_("the file is encrypted; save it without a password"))
    if any(info.compress_type not in _METHODS for info in infos):
        raise _broken(place, N_("it is packed in a way that no Office program uses"))
    if infos and min(info.header_offset for info in infos) != 0:
        raise _broken(place, N_("there is something before its first part"))
    if sum(info.compress_size for info in infos) > size:
        raise _broken(place, N_("its parts overlap"))
    return infos


def _broken(place: Place, reason: str) -> DocumentError:
    return DocumentError.at(place, N_("the file is broken: {reason}"), reason=Message(reason))


def _parts(archive: zipfile.ZipFile, size: int, place: Place) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    # Office programs ignore case in names.
    known: set[str] = set()
    left = MOST_BYTES
    for info in _infos(archive, size, place):
        name = info.filename
        if name.endswith("/"):
            continue
        if name.lower() in known or not _is_name(info):
            raise DocumentError.at(
                place, N_("the part “{name}” has a name that cannot be in a Word document"), name=name
            )
        known.add(name.lower())
        parts[name] = b"".join(_pieces(archive, info, min(MOST_BYTES_A_PART, left), place, MOST_BYTES))
        left -= len(parts[name])
    return parts


def _is_name(info: zipfile.ZipInfo) -> bool:
    """Return whether a package may contain the name of an entry; a name that was cut at a NUL is refused."""
    name = info.filename
    return (
        name == info.orig_filename
        and not any(unicodedata.category(char) in _UNSEEN for char in name)
        and not name.startswith("/")
        and "\\" not in name
        and ".." not in name.split("/")
    )


def _pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int, place: Place, most: int) -> Iterator[bytes]:
    size = 0
    with archive.open(info) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > limit or (size > _SMALL and size > MOST_RATIO * max(info.compress_size, 1)):
                text = N_(
                    "the unpacked part “{name}” is larger than allowed ({limit} MiB for each part, {all} MiB in all)"
                )
                limit_of_part, limit_of_all = min(MOST_BYTES_A_PART, most) >> 20, most >> 20
                raise DocumentError.at(place, text, name=info.filename, limit=limit_of_part, all=limit_of_all)
            yield piece


@dataclass(frozen=True, slots=True)
class OfficeParts:
    """The parts of a Word document or workbook by their names, the roots of its XML parts, and the main part.

    ``links`` are the addresses that the text links to, by the ids of their relationships.
    """

    data: Mapping[str, bytes]
    roots: "Mapping[str, _Element]"
    main: str
    links: Mapping[str, str]


def read_word(data: bytes, place: Place, *, charts: bool = False, links: bool = False) -> Mapping[str, bytes]:
    """Return the parts of a Word document that contains nothing active.

    With ``charts`` the workbooks of charts are allowed; nothing here opens them. With ``links`` a hyperlink may have
    any address, for callers that read the document and do not pass it on: only a click opens it.

    Raises ``DocumentError`` at ``place`` and names the cause: a program, an embedded or linked document, an address
    that is not a plain link, a document type definition; or the file is not a Word document, or is broken.
    """
    return open_word(data, place, charts=charts, links=links).data


def open_word(data: bytes, place: Place, *, charts: bool = False, links: bool = False) -> OfficeParts:
    """Return the parts as :func:`read_word` does, with the roots of the XML parts."""
    if data.startswith(_OLE):
        text = N_("this is a Word document in the old format (.doc), or an encrypted one; save it as .docx")
        raise DocumentError.at(place, text)
    if not data.startswith(b"PK"):
        raise DocumentError.at(place, N_("this is not a Word document (.docx)"))
    parts, roots = _read(data, place)
    main = _main(parts, roots.get, place)
    _require_harmless(parts, roots, place, _REFUSED_PARTS, charts=charts, links=links)
    return OfficeParts(parts, roots, main, _links(roots, main))


def open_workbook(data: bytes, place: Place, *, links: bool = False) -> OfficeParts:
    """Return the parts of a workbook (.xlsx) that contains nothing active except its formulas.

    With ``links`` a hyperlink may have any address. Raises ``DocumentError`` as :func:`read_word` does.
    """
    if data.startswith(_OLE):
        text = N_("this is a workbook in an old format (.xls, .et), or an encrypted one; save it as .xlsx")
        raise DocumentError.at(place, text)
    if not data.startswith(b"PK"):
        raise DocumentError.at(place, N_("this is not a workbook (.xlsx)"))
    parts, roots = _read(data, place)
    if _TYPES not in parts or _RELATIONS not in parts:
        raise DocumentError.at(place, N_("this is not an Excel workbook; save it as .xlsx"))
    _require_harmless(parts, roots, place, _REFUSED_PARTS_OF_WORKBOOKS, links=links)
    for relation in roots[_RELATIONS]:
        main = target_of(relation, _RELATIONS)
        root = roots.get(main)
        if str(relation.get("Type")).endswith("/officeDocument") and root is not None:
            if str(root.tag) == _STRICT_BOOK:
                text = N_("this is a “Strict Open XML” workbook; save it as an ordinary one (.xlsx)")
                raise DocumentError.at(place, text)
            if str(root.tag) == _BOOK:
                return OfficeParts(parts, roots, main, _links(roots, main))
    raise DocumentError.at(place, N_("this is not an Excel workbook; save it as .xlsx"))


def is_workbook(data: bytes) -> bool:
    """Return whether a file is a workbook of any kind, by the names of its parts; a broken file is not."""
    if data.startswith(_OLE):
        return any(name.encode("utf-16-le") in data for name in ("Workbook", "Book"))
    if not data.startswith(b"PK"):
        return False
    try:
        with _opened(data, Place()) as archive:
            names = [info.filename.lower() for info in archive.infolist()[:MOST_ENTRIES]]
    except DocumentError:
        return False
    return any(name.startswith("xl/") for name in names) or _SPREADSHEET in data[:_AHEAD]


def _read(data: bytes, place: Place) -> "tuple[dict[str, bytes], dict[str, _Element]]":
    """Return the parts of a package, and the roots of its XML parts."""
    parts = read_archive(data, place)
    written = {name: content for name, content in parts.items() if name.lower().endswith(_XML_SUFFIXES)}
    _count_marks(written, place)
    return dict(parts), {name: parse_xml(content, name, place) for name, content in written.items()}


def _require_harmless(
    parts: Mapping[str, bytes],
    roots: "Mapping[str, _Element]",
    place: Place,
    refused: Mapping[str, str],
    *,
    charts: bool = False,
    links: bool = False,
) -> None:
    """Raise ``DocumentError`` for a part or a relationship that is active."""
    types = _content_types(parts, roots[_TYPES])
    for name in parts:
        for mark, what in refused.items():
            may_be = charts and mark == "embeddings/" and name.lower().endswith(_WORKBOOK)
            if mark in types[name] or (mark in name.lower() and not may_be):
                raise _refusal(what, name, place)
    if any("macroenabled" in str(each.get("ContentType")).lower() for each in roots[_TYPES]):
        raise _refusal(N_("a program (macro)"), _TYPES, place)
    for name, root in roots.items():
        if name.lower().endswith(".rels"):
            for relation in root.iter():
                if not (charts and _is_behind_chart(relation, name, parts)):
                    _check_relation(relation, name, place, links=links)
        if next(root.iter("{*}altChunk"), None) is not None:
            raise _refusal(_REFUSED_RELATIONS["afchunk"], name, place)


def _links(roots: "Mapping[str, _Element]", main: str) -> Mapping[str, str]:
    folder, file = posixpath.split(main)
    root = roots.get(f"{folder}/_rels/{file}.rels")
    return {
        str(relation.get("Id")): str(relation.get("Target"))
        for relation in (() if root is None else root)
        if is_external(relation) and _kind(relation) in _HYPERLINKS
    }


def _content_types(parts: Mapping[str, bytes], root: "_Element") -> Mapping[str, str]:
    """Return the content type of each part in lower case, empty if it has none."""
    usual = {str(each.get("Extension")).lower(): str(each.get("ContentType")).lower() for each in root}
    own = {unquote(str(each.get("PartName"))).lower(): str(each.get("ContentType")).lower() for each in root}
    return {name: own.get(f"/{name}".lower(), usual.get(name.rpartition(".")[2].lower(), "")) for name in parts}


def main_part(parts: Mapping[str, bytes], place: Place) -> str:
    """Return the name of the part with a Word document's text; Word on the web calls it ``document2.xml``.

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
    raise DocumentError.at(place, N_("this is not a Word document (.docx): it has no part {name}"), name=MAIN)


def parse_xml(data: bytes, name: str, place: Place) -> "_Element":
    """Return the root of an XML part, without its comments and processing instructions.

    The part is read as UTF-8 or UTF-16, as in all packages, whatever encoding it declares. Raises ``DocumentError`` for
    a part that is broken, defines entities, or has more tags and attributes than a document may have.
    """
    # Only callers that open a document wait for the import of lxml.
    from lxml import etree

    _count_marks({name: data}, place)
    parser = etree.XMLParser(
        encoding="utf-16" if data.startswith(_UTF_16) else "utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        text = N_("the part “{name}” is broken: {reason}")
        raise DocumentError.at(place, text, name=name, reason=str(error)[:_LONGEST_REASON]) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _refusal(N_("a document type definition"), name, place)
    return root


def _count_marks(parts: Mapping[str, bytes], place: Place) -> None:
    """Count the tags (``<``) and attributes (``=``) of XML parts, which take memory, before their trees are built."""
    left = MOST_MARKS
    for name, data in parts.items():
        left -= data.count(b"<") + data.count(b"=")
        if left < 0:
            text = N_("the part “{name}” has too many tags; at most {limit} are allowed in all parts together")
            raise DocumentError.at(place, text, name=name, limit=MOST_MARKS)


def is_external(relation: "_Element") -> bool:
    """Return whether a relationship leads out of its package: true unless it says that it stays within it."""
    modes = [str(value).strip().lower() for name, value in relation.attrib.items() if _last(name) == "targetmode"]
    return any(mode != "internal" for mode in modes)


def is_address(target: str) -> bool:
    """Return whether a target is outside a package: it names a scheme, a drive or a machine."""
    return _address.match(target) is not None


def is_plain_link(address: str) -> bool:
    """Return whether an address is that of a page or a mailbox, as links in a finished document must be."""
    return address.lower().startswith(_LINKS)


def target_of(relation: "_Element", name: str) -> str:
    """Return the name of the part that an internal relationship of the part ``name`` (``….rels``) leads to."""
    folder = posixpath.dirname(posixpath.dirname(name))
    return posixpath.normpath(posixpath.join("/", folder, str(relation.get("Target")))).lstrip("/")


def _kind(relation: "_Element") -> str:
    return str(relation.get("Type")).strip().rstrip("/").lower()


def _last(name: object) -> str:
    return str(name).rpartition("}")[2].lower()


def _is_behind_chart(relation: "_Element", name: str, parts: Mapping[str, bytes]) -> bool:
    """Return whether a relationship leads to an embedded workbook within the document."""
    target = target_of(relation, name)
    return (
        _kind(relation).rpartition("/")[2] == "package"
        and not is_external(relation)
        and not is_address(str(relation.get("Target")))
        and target.lower().endswith(_WORKBOOK)
        and (target in parts or unquote(target) in parts)
    )


def _check_relation(relation: "_Element", name: str, place: Place, *, links: bool) -> None:
    kind, target = _kind(relation), str(relation.get("Target"))
    found = _REFUSED_RELATIONS.get(kind.rpartition("/")[2])
    if found is not None:
        raise _refusal(found, name, place)
    external = is_external(relation)
    is_link = external and kind in _HYPERLINKS and (links or is_plain_link(target))
    moved = any(_last(attribute) == "base" for attribute in relation.attrib)
    if moved or (external and not is_link) or (not external and is_address(target)):
        raise _refusal(N_("an address that opens automatically"), name, place)


def _refusal(what: str, name: str, place: Place) -> DocumentError:
    text = N_("the document is rejected: it contains {what}, in the part “{name}”")
    return DocumentError.at(place, text, what=Message(what), name=name)
