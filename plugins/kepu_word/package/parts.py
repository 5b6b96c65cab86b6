"""Names, namespaces and fixed texts of the parts that a Word document is made of."""

from typing import Any, Final

from lxml import etree

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_COMPATIBILITY: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OWN_NAMESPACES: Final = (f"{{{W}}}", f"{{{R}}}", "{http://www.w3.org/XML/1998/namespace}")

MAIN: Final = "word/document.xml"
NUMBERING: Final = "word/numbering.xml"
TYPES: Final = "[Content_Types].xml"
STYLES: Final = "word/styles.xml"
RELATIONSHIPS: Final = "word/_rels/document.xml.rels"
DOCUMENT_START: Final = (
    f'<w:document xmlns:w="{W}" xmlns:r="{R}"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>'
)
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
APPLICATION: Final = (
    f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>kepu-docs</Application></Properties>"
)
END_OF_TYPES: Final = "</Types>"
END_OF_RELATIONSHIPS: Final = "</Relationships>"


def w(name: str) -> str:
    """Return the full name of an element or attribute of WordprocessingML."""
    return f"{{{W}}}{name}"


def plain(element: Any) -> Any:
    """Return an element without extensions of the format, which need a declaration at the root of their part."""
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
