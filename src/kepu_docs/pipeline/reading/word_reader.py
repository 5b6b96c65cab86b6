"""The record that a Word document of ours carries."""

from kepu_docs.archives import parse_xml, read_word
from kepu_docs.blocks import RECORD_NAMESPACE
from kepu_docs.errors import N_, DocumentError, Place

_RECORD = f"{{{RECORD_NAMESPACE}}}record"


def embedded_record(data: bytes, name: str) -> str:
    """Return the JSON text of the record in a Word document.

    Raises ``DocumentError`` for what is no Word document, is refused, or carries no record.
    """
    place = Place(name)
    for part, content in read_word(data, place, charts=True, links=True).items():
        # Word may have renamed the part when it saved the document.
        if part.startswith("customXml/") and part.endswith(".xml") and RECORD_NAMESPACE.encode() in content:
            root = parse_xml(content, part, place)
            if root.tag == _RECORD:
                return "".join(str(text) for text in root.itertext())
    text = N_("this Word document carries no record: it was not made by kepu-docs, or was made without it (--no-embed)")
    raise DocumentError.at(place, text)
