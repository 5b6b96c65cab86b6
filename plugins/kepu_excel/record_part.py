"""The embedded record: a custom XML part that Excel keeps and does not show."""

from typing import Final

from kepu_docs.plugin import RECORD_NAMESPACE
from kepu_excel.markup import DECLARATION, R, escape

# Excel finds a part by this name. Parts of one kind may have the same name in all documents.
_IDENTITY: Final = "{6B657075-646F-4373-8000-7265636F7264}"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


def record_parts(record: str, number: int) -> tuple[str, str, dict[str, bytes]]:
    """Return what puts ``record``, a JSON text, into a package as custom XML part ``number``.

    The result is a relationship of the main part, a content type, and the parts by their names.
    """
    name, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    relation = f'<Relationship Id="rId1" Type="{R}/customXmlProps" Target="itemProps{number}.xml"/>'
    relations = f'{DECLARATION}<Relationships xmlns="{_PACKAGE}">{relation}</Relationships>'
    parts = {
        name: f'{DECLARATION}<record xmlns="{RECORD_NAMESPACE}">{escape(record)}</record>',
        properties: f'{DECLARATION}<ds:datastoreItem ds:itemID="{_IDENTITY}"'
        ' xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{RECORD_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>',
        f"customXml/_rels/item{number}.xml.rels": relations,
    }
    return (
        f'<Relationship Id="rIdRecord" Type="{R}/customXml" Target="/{name}"/>',
        f'<Override PartName="/{properties}" ContentType="{_TYPE}"/>',
        {name: text.encode() for name, text in parts.items()},
    )
