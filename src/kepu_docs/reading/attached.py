"""The record that a PDF written by kepu-docs carries as an attached file."""

from io import BytesIO
from typing import Final

from kepu_docs.blocks import RECORD_NAMESPACE
from kepu_docs.errors import N_, DocumentError, Place
from kepu_docs.isolation import Limits, StoppedError, isolated
from kepu_docs.reading.spots import MAX_BYTES

_SIGNATURE: Final = b"%PDF-"
_AHEAD: Final = 1024
"""How far into a file its signature may be (ISO 32000-1, annex H.3.4.1)."""
MOST_ATTACHMENTS: Final = 100
"""The most attachments of a PDF that are examined."""


def attached_record(data: bytes, name: str) -> str:
    """Return the JSON text of the record in a PDF; the PDF is read in a separate process.

    Raises ``DocumentError`` for a file that is not a PDF, cannot be read, or carries no record.
    """
    place = Place(name)
    if _SIGNATURE not in data[:_AHEAD]:
        raise DocumentError.at(place, N_("this is not a PDF"))
    try:
        return isolated(find_attached, Limits.of_size(len(data)), data, name)
    except StoppedError as error:
        raise DocumentError.at(place, N_("the PDF cannot be read: {reason}"), reason=error.reason) from None


def find_attached(data: bytes, name: str) -> str:
    """Return the JSON text of the record in a PDF. Raises as :func:`attached_record` does."""
    place = Place(name)
    try:
        from pypdf import PdfReader
    except ImportError:
        text = N_('reading a PDF needs pypdf, which is not installed: pip install "kepu-docs[pdf]"')
        raise DocumentError.at(place, text) from None
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            raise DocumentError.at(place, N_("the PDF is encrypted; save it without a password"))
        for number, attached in enumerate(reader.attachment_list):
            if number >= MOST_ATTACHMENTS:
                break
            if attached.description == RECORD_NAMESPACE:
                content = attached.content
                if len(content) <= MAX_BYTES:
                    return content.decode()
    except DocumentError:
        raise
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # a damaged file can make the parser raise anything
        reason = str(error) or type(error).__name__
        raise DocumentError.at(place, N_("the PDF cannot be read: {reason}"), reason=reason) from None
    text = N_("this PDF contains no record: kepu-docs did not make it, or made it without the record")
    raise DocumentError.at(place, text)
