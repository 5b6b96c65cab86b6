"""Decoding of templates and catalogues: UTF-8, with or without byte order mark; errors name any other encoding."""

import codecs
from typing import Final

from kepu_docs.errors import N_, Message

_MARK: Final = "\ufeff"
UTF_16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class EncodingError(ValueError):
    """A text is not in the required encoding: what is wrong, and the line where it shows."""

    def __init__(self, problem: Message, line: int) -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.line = line


def decode(data: bytes, encoding: str = "utf-8") -> str:
    """Return the text of ``data``, without byte order mark. Raises :class:`EncodingError`.

    A UTF-8 byte order mark takes precedence over ``encoding``, which the file itself declares.
    """
    if data.startswith(codecs.BOM_UTF8):
        encoding = "utf-8"
    try:
        return data.decode(encoding).lstrip(_MARK)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise EncodingError(_problem(data, encoding), line) from None


def _problem(data: bytes, encoding: str) -> Message:
    found = _found(data) if encoding.startswith("utf") else ""
    if found:
        text = N_("this text is in {found}, not in {name}; save the file as UTF-8, with “Save as” in an editor")
        return Message.of(text, found=found, name=encoding.upper())
    return Message.of(N_("this is not text in {name}"), name=encoding.upper())


def _found(data: bytes) -> str:
    """Return the name of an encoding that Chinese editors use, if a text is in one of these."""
    if data.startswith(codecs.BOM_UTF8):
        return ""
    name, encoding = ("UTF-16", "utf-16") if data.startswith(UTF_16_MARKS) else ("GBK", "gb18030")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    # Text in GBK contains Chinese characters: bytes that are valid by chance decode to others.
    return name if name != "GBK" or any("\u4e00" <= each <= "\u9fff" for each in text) else ""
