"""From the bytes of a record file to its text."""

import codecs
import re

from kepu_docs.errors import Place, RecordError
from kepu_docs.locale.encodings import UTF_16_MARKS
from kepu_docs.reading.spots import Lines


def decode(data: bytes, name: str) -> str:
    """Return the text of ``data``: after its byte order mark, else strict UTF-8, else strict GB18030.

    The mark itself may stay at the beginning of the text.

    Nothing else is replaced or guessed: a wrong guess would corrupt the text silently.

    Raises ``RecordError`` with the line and the byte at which decoding failed.
    """
    if data.startswith(UTF_16_MARKS):
        encodings = ["utf-16"]
    elif data.startswith(codecs.BOM_UTF8):
        encodings = ["utf-8"]
    else:
        encodings = ["utf-8", "gb18030"]
    failed_at = 0
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            # The encoding that decoded furthest is most likely the right one.
            failed_at = max(failed_at, error.start)
    raise RecordError.at(
        Place(name, line=data.count(b"\n", 0, failed_at) + 1),
        "byte {number} of the file (hexadecimal {byte}) is neither UTF-8 nor GB18030; expected a "
        "text file saved as UTF-8",
        number=failed_at + 1,
        byte=f"{data[failed_at]:02X}",
    )


def refuse_characters(text: str, forbidden: re.Pattern[str], name: str) -> None:
    """Raise ``RecordError`` at the first forbidden character of ``text``, with the number of such characters."""
    first = forbidden.search(text)
    if first is None:
        return
    raise RecordError.at(
        Lines(text).position(first.start()).place(name),
        "character U+{code}, which no document can show ({count} in the file); delete it, or save "
        "the file as plain text in UTF-8",
        code=f"{ord(first[0]):04X}",
        count=sum(1 for _ in forbidden.finditer(text)),
    )
