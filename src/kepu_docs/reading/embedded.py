"""The record that a Word document or a workbook written by kepu-docs carries."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kepu_docs.blocks import RECORD_NAMESPACE, REVIEW_NOTE
from kepu_docs.errors import N_, DocumentError, Place
from kepu_docs.isolation import Limits, StoppedError, isolated
from kepu_docs.reading.archives import is_workbook, open_workbook, parse_xml, read_word

if TYPE_CHECKING:
    from lxml.etree import _Element

_CUSTOM = b"customXml/item"
"""The beginning of the name of the part that carries a record, as it is in the directory of a package."""
_RECORD = f"{{{RECORD_NAMESPACE}}}record"


def embedded_record(data: bytes, name: str) -> str:
    """Return the JSON text of the record in a Word document; the document is read in a separate process.

    Raises ``DocumentError`` for a file that is not a Word document, is refused, or carries no record.
    """
    try:
        return isolated(find_record, Limits.of_size(len(data)), data, name)
    except StoppedError as error:
        text = N_("the Word document cannot be read: {reason}")
        raise DocumentError.at(Place(name), text, reason=error.reason) from None


def find_record(data: bytes, name: str) -> str:
    """Return the JSON text of the record in a Word document. Raises as :func:`embedded_record` does."""
    place = Place(name)
    parts = read_word(data, place, charts=True, links=True).items()
    found = record_among(
        (part, parse_xml(content, part, place))
        for part, content in parts
        if part.endswith(".xml") and RECORD_NAMESPACE.encode() in content
    )
    if found == REVIEW_NOTE:
        raise DocumentError.at(place, N_("this is the list of points to check for a summary; it contains no record"))
    if found is not None:
        return found
    text = N_(
        "this Word document contains no record: kepu-docs did not make it, or made it without the record (--no-embed)"
    )
    raise DocumentError.at(place, text)


def record_of_workbook(data: bytes, name: str) -> str:
    """Return the JSON text of the record in a workbook that is a filled form; it is read in a separate process.

    Raises ``DocumentError`` for a file that is not a workbook, is refused, or carries no record.
    """
    try:
        return isolated(find_record_of_workbook, Limits.of_size(len(data)), data, name)
    except StoppedError as error:
        text = N_("the workbook cannot be read: {reason}")
        raise DocumentError.at(Place(name), text, reason=error.reason) from None


def find_record_of_workbook(data: bytes, name: str) -> str:
    """Return the JSON text of the record in a workbook. Raises as :func:`record_of_workbook` does."""
    found = record_among(open_workbook(data, Place(name), links=True).roots.items())
    if found is None:
        text = N_("this workbook contains no record: kepu-docs did not fill it in, or filled it in with --no-embed")
        raise DocumentError.at(Place(name), text)
    return found


def carries_record(data: bytes, name: str) -> bool:
    """Return whether a workbook carries a record; false if it cannot be read."""
    if _CUSTOM not in data or not is_workbook(data):
        return False
    try:
        record_of_workbook(data, name)
    except DocumentError:
        return False
    return True


def record_among(parts: "Iterable[tuple[str, _Element]]") -> str | None:
    """Return the JSON text of the record among the parts of a document; ``None`` if there is none."""
    for part, root in parts:
        # An office program may have renamed the part when it saved the document.
        if part.startswith("customXml/") and root.tag == _RECORD:
            return "".join(map(str, root.itertext()))
    return None
