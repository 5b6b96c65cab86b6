"""The document's properties (docProps/core.xml)."""

from datetime import datetime

from kepu_docs.plugin import Document, language_tag
from kepu_word.package.parts import DECLARATION
from kepu_word.package.source_date import w3c
from kepu_word.xml_text import escape


def properties(document: Document, made: datetime | None) -> str:
    """Return the part's XML. Without ``made`` there are no dates in it, so the same document gives the same bytes."""
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(document.title)}</dc:title>"
        f"<dc:subject>{escape(document.subject)}</dc:subject>"
        f"<dc:creator>{escape(document.author)}</dc:creator>"
        f"<cp:keywords>{escape('; '.join(document.keywords))}</cp:keywords>"
        f"<dc:language>{escape(language_tag(document.locale))}</dc:language>"
        f"{_dates(made) if made else ''}</cp:coreProperties>"
    )


def _dates(made: datetime) -> str:
    return "".join(
        f'<dcterms:{name} xmlns:dcterms="http://purl.org/dc/terms/"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="dcterms:W3CDTF">{w3c(made)}</dcterms:{name}>'
        for name in ("created", "modified")
    )
