"""From a file to lines: Word documents, plain text and Markdown."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from kepu_docs.errors import N_, DocumentError, Place
from kepu_docs.errors.addresses import printable_path
from kepu_docs.importing.lines import Content
from kepu_docs.importing.reading.markdown_reader import read_markdown
from kepu_docs.importing.reading.text_reader import read_plain_text
from kepu_docs.importing.reading.word_reader import read_word_document
from kepu_docs.importing.suffixes import MARKDOWN, PLAIN_TEXT, SUFFIXES, WORD
from kepu_docs.isolation import Limits, StoppedError, isolated
from kepu_docs.reading.embedded import carries_record, record_of_workbook
from kepu_docs.reading.opening import read_bytes

__all__ = ["read_content", "read_form_content"]

_MIB: Final = 1024 * 1024
_MOST: Final = {WORD: 100 * _MIB, PLAIN_TEXT: 8 * _MIB, **dict.fromkeys(MARKDOWN, 8 * _MIB)}
_READERS: Final[Mapping[str, Callable[[bytes, str], Content]]] = {
    WORD: read_word_document,
    PLAIN_TEXT: read_plain_text,
    **dict.fromkeys(MARKDOWN, read_markdown),
}
_WORKBOOK: Final = ".xlsx"


def read_content(path: Path) -> Content:
    """Return the content of a document, which is read in a separate process.

    Raises ``DocumentError`` for a document that is broken or refused, ``RecordError`` for a file that cannot be read or
    is not text.
    """
    name, suffix = printable_path(path), path.suffix.lower()
    if suffix not in SUFFIXES:
        text = N_("a document to import must end in {known}; this one ends in “{suffix}”")
        raise DocumentError.at(Place(name), text, known=", ".join(SUFFIXES), suffix=printable_path(path.suffix))
    data = read_bytes(path, _MOST[suffix])
    try:
        return isolated(read_bytes_of, Limits.of_size(len(data)), data, name, suffix)
    except StoppedError as error:
        raise DocumentError.at(Place(name), N_("the document cannot be read: {reason}"), reason=error.reason) from None


def read_form_content(path: Path) -> Content:
    """Return the content of a filled form other than its places: for a workbook, only the record that it may carry.

    Raises as :func:`read_content` does.
    """
    if path.suffix.lower() != _WORKBOOK:
        return read_content(path)
    name = printable_path(path)
    data = read_bytes(path, _MOST[WORD])
    return Content(name, [], record=record_of_workbook(data, name) if carries_record(data, name) else "")


def read_bytes_of(data: bytes, name: str, suffix: str) -> Content:
    """Return the content of a document given as bytes; ``suffix`` gives its type."""
    return _READERS[suffix](data, name)
