"""Names, namespaces and fixed texts of the parts of a Word document."""

from typing import Any, Final

from lxml import etree

from kepu_word.xml_text import quote

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_COMPATIBILITY: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OWN_NAMESPACES: Final = (f"{{{W}}}", f"{{{R}}}", "{http://www.w3.org/XML/1998/namespace}")

DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"

LINKS: Final = ("http://", "https://", "mailto:")
"""The beginnings, in lower case, of addresses that a document may link to."""

MAIN: Final = "word/document.xml"
NUMBERING: Final = "word/numbering.xml"
STYLES: Final = "word/styles.xml"
SETTINGS: Final = "word/settings.xml"
FONTS: Final = "word/fontTable.xml"
THEME: Final = "word/theme/theme1.xml"
TYPES: Final = "[Content_Types].xml"
RELATIONSHIPS: Final = "word/_rels/document.xml.rels"
PROPERTIES: Final = "docProps/core.xml"
_APPLICATION: Final = "docProps/app.xml"

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
DOCUMENT_START: Final = (
    f'<w:document xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{DRAWING}/wordprocessingDrawing" xmlns:a="{DRAWING}/main"'
    f' xmlns:pic="{DRAWING}/picture"><w:body>'
)


def relationship(identity: str, kind: str, target: str, *, external: bool = False) -> str:
    """Return a relationship; ``kind`` is its type, or the last word of a type of Office."""
    kind = kind if ":" in kind else f"{R}/{kind}"
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{quote(identity)}" Type="{quote(kind)}" Target="{quote(target)}"{mode}/>'


def relationships(members: str) -> bytes:
    """Return the part with these relationships."""
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{members}</Relationships>'.encode()


def type_of(kind: str) -> str:
    """Return the content type of a part of Word by the last word of its relationship: ``styles``, ``footer``."""
    return f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"


def override(name: str, content_type: str) -> str:
    """Return the entry of a part whose suffix does not imply its content type."""
    return f'<Override PartName="/{name}" ContentType="{quote(content_type)}"/>'


def content_types(members: str) -> bytes:
    """Return the content types part: these entries, and those of suffixes that any document may have."""
    known = (
        ("png", "image/png"),
        ("jpeg", "image/jpeg"),
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    )
    defaults = "".join(f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in known)
    return f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">{defaults}{members}</Types>'.encode()


COMMON_PARTS: Final = {
    "_rels/.rels": relationships(
        relationship("rId3", f"{_PACKAGE}/relationships/metadata/core-properties", PROPERTIES)
        + relationship("rId1", "officeDocument", MAIN)
        + relationship("rId2", "extended-properties", _APPLICATION)
    ),
    _APPLICATION: (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>kepu-docs</Application></Properties>"
    ).encode(),
}
"""The parts that are the same in all documents."""
COMMON_TYPES: Final = {
    _APPLICATION: "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    PROPERTIES: "application/vnd.openxmlformats-package.core-properties+xml",
    MAIN: type_of("document.main"),
    NUMBERING: type_of("numbering"),
}


def w(name: str) -> str:
    """Return the full name of an element or attribute of WordprocessingML."""
    return f"{{{W}}}{name}"


def plain(element: Any) -> Any:
    """Return an element without extensions of the format, which would need a declaration at the root of their part."""
    for choice in list(element.iter(f"{_COMPATIBILITY}AlternateContent")):
        fallback = choice.find(f"{_COMPATIBILITY}Fallback")
        for member in () if fallback is None else list(fallback):
            choice.addprevious(member)
        choice.getparent().remove(choice)
    for member in list(element.iter()):
        if not str(member.tag).startswith(_OWN_NAMESPACES):
            if member.getparent() is not None:
                member.getparent().remove(member)
            continue
        for name in list(member.attrib):
            if not str(name).startswith(_OWN_NAMESPACES):
                del member.attrib[name]
    etree.cleanup_namespaces(element)
    return element
