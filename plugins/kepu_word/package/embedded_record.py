"""The embedded record: a custom XML part that Word keeps and does not show."""

from typing import Final

from kepu_docs.plugin import RECORD_NAMESPACE
from kepu_word.package.parts import DECLARATION, override, relationship, relationships
from kepu_word.xml_text import escape

NAME: Final = "customXml/item1.xml"
PROPERTIES: Final = "customXml/itemProps1.xml"
RELATIONSHIPS: Final = "customXml/_rels/item1.xml.rels"
PROPERTIES_TYPE: Final = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"

# Word finds a part by this name. Parts of one kind may have the same name in all documents.
_IDENTITY: Final = "{6B657075-646F-4373-8000-7265636F7264}"

RELATIONSHIP: Final = relationship("rIdRecord", "customXml", f"../{NAME}")
"""Leads from the main part to the record."""

PROPERTIES_XML: Final = (
    f'{DECLARATION}<ds:datastoreItem ds:itemID="{_IDENTITY}"'
    ' xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{RECORD_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)
RELATIONSHIPS_XML: Final = relationships(relationship("rId1", "customXmlProps", "itemProps1.xml"))


def record_xml(record: str) -> str:
    """Return the part that holds ``record``, a JSON text."""
    return f'{DECLARATION}<record xmlns="{RECORD_NAMESPACE}">{escape(record)}</record>'


def numbered(record: str, number: int) -> tuple[str, str, dict[str, bytes]]:
    """Return what puts ``record`` as item ``number`` into a package that has its own custom XML.

    The result is a relationship of the main part, content types, and the parts by their names.
    """
    name, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    parts = {
        name: record_xml(record).encode(),
        properties: PROPERTIES_XML.encode(),
        f"customXml/_rels/item{number}.xml.rels": relationships(
            relationship("rId1", "customXmlProps", f"itemProps{number}.xml")
        ),
    }
    return relationship("rIdRecord", "customXml", f"/{name}"), override(properties, PROPERTIES_TYPE), parts
