"""The document's properties (docProps/core.xml)."""

from kepu_docs.plugin import Document
from kepu_word.language import tag
from kepu_word.text import escape

NAME = "docProps/core.xml"


def properties(document: Document) -> str:
    """Return the part's XML. There are no dates in it, so that the same document gives the same bytes."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(document.title)}</dc:title>"
        f"<dc:subject>{escape(document.subject)}</dc:subject>"
        f"<dc:creator>{escape(document.author)}</dc:creator>"
        f"<cp:keywords>{escape('; '.join(document.keywords))}</cp:keywords>"
        f"<dc:language>{escape(tag(document.locale))}</dc:language>"
        "</cp:coreProperties>"
    )
